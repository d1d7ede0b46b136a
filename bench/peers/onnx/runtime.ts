/** ONNX Runtime on one thread: its WebAssembly ("ort-web") or its native ("ort-node") build. */
import type { InferenceSession, TensorConstructor } from "onnxruntime-common";

/** What both packages export. */
export interface Runtime {
  InferenceSession: {
    create(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession>;
  };
  Tensor: TensorConstructor;
}

export async function load(name: string): Promise<Runtime> {
  if (name === "ort-node") return import("onnxruntime-node");
  const runtime = await import("onnxruntime-web");
  runtime.env.wasm.numThreads = 1;
  return runtime;
}

export const options: InferenceSession.SessionOptions = {
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: "sequential",
  graphOptimizationLevel: "all",
  executionProviders: [],
};
