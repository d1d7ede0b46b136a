/** ONNX Runtime doing the work. Operands and results are copied on each call: its API has no other way. */
import { serve, type Task } from "../../compare/serve.js";
import type { Work } from "../../compare/work.js";
import { encode } from "./encode.js";
import { modelOf } from "./graphs.js";
import { load, options } from "./runtime.js";

const [name, ...workloads] = process.argv.slice(2);
const { InferenceSession, Tensor } = await load(name!);

async function prepare(work: Work): Promise<Task | undefined> {
  const model = modelOf(work);
  if (model === undefined) return undefined;
  const session = await InferenceSession.create(encode(model), options);
  const feeds = Object.fromEntries(
    Object.entries(model.feeds).map(([input, { shape, values }]) => [
      input,
      new Tensor("float32", values, shape),
    ]),
  );
  return {
    awaited: true,
    call: () => session.run(feeds),
    read: async () => (await session.run(feeds))[model.output.name]!.data as Float32Array,
  };
}

await serve({ prepare }, workloads);
