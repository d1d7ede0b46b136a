/** The compiled kernels, found by their names: `f32_binary_add` is `kernels.f32.binary.add`. */
import { DeviceError } from "../../core/errors.js";
import { embedded } from "./embedded.js";

export type Kernel = (...args: number[]) => number;
export type Family = { readonly [name: string]: Kernel | undefined };
export type Kernels = {
  readonly [dtype: string]: { readonly [family: string]: Family | undefined } | undefined;
};

/** Hosts decode at once; half a megabyte in a loop of our own takes a cold engine ten milliseconds. */
function decode(base64: string): Uint8Array<ArrayBuffer> {
  const { fromBase64 } = Uint8Array as { fromBase64?(text: string): Uint8Array<ArrayBuffer> };
  if (fromBase64) return fromBase64.call(Uint8Array, base64);
  const { Buffer } = globalThis as {
    Buffer?: { from(text: string, code: "base64"): Uint8Array<ArrayBuffer> };
  };
  if (Buffer) return Buffer.from(base64, "base64");
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

let compiled: WebAssembly.Module | undefined;

/** Compiled when first needed, once. @throws DeviceError where the host forbids WebAssembly */
function compile(): WebAssembly.Module {
  try {
    compiled ??= new WebAssembly.Module(decode(embedded));
    return compiled;
  } catch (cause) {
    throw new DeviceError(
      `device "cpu": this host refuses to compile WebAssembly (${String(cause)}); under a Content-Security-Policy allow ` +
        `'wasm-unsafe-eval', or use device "reference"`,
      { cause },
    );
  }
}

/** A fresh instance of the kernels over `memory`, and where its own constants end. */
export function loadKernels(memory: WebAssembly.Memory): { kernels: Kernels; heapBase: number } {
  const { exports } = new WebAssembly.Instance(compile(), { env: { memory } });
  const kernels: Record<string, Record<string, Record<string, Kernel>>> = {};
  let heapBase = 0;
  for (const [name, value] of Object.entries(exports)) {
    if (value instanceof WebAssembly.Global) heapBase = value.value;
    if (typeof value !== "function") continue;
    const [dtype, family, ...rest] = name.split("_");
    const families = (kernels[dtype!] ??= {});
    (families[family!] ??= {})[rest.join("_")] = value as Kernel;
  }
  return { kernels, heapBase };
}
