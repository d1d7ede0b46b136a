/** From the start of a process to an element of the first product of matrices. */
import { encode } from "./encode.js";
import { load, options } from "./runtime.js";

const name = process.argv[2]!;
const { InferenceSession, Tensor } = await load(name);
const shape = [64, 64];
const model = encode({
  nodes: [{ op: "MatMul", inputs: ["x", "y"], output: "out" }],
  constants: {},
  inputs: { x: shape, y: shape },
  output: { name: "out", shape },
});
const session = await InferenceSession.create(model, options);
const ones = new Tensor("float32", new Float32Array(64 * 64).fill(1), shape);
const { out } = await session.run({ x: ones, y: ones });
console.log((out!.data as Float32Array)[0]);
