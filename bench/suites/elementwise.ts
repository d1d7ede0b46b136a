/** One number out for each number in: contiguous, broadcast and strided. */
import * as torch from "wasmgrad";
import { type Case, numbers, onTensor } from "./suite.js";

const n = [4096];
const square = [64, 64];

const binary = (
  name: string,
  shape: readonly number[],
  run: (a: ReturnType<typeof numbers>, b: ReturnType<typeof numbers>) => unknown,
): Case => ({
  name,
  prepare: (device) => {
    const [a, b] = [numbers(device, 1, square), numbers(device, 2, shape)];
    return () => run(a, b);
  },
});

export const elementwise: readonly Case[] = [
  binary("add", square, (a, b) => a.add(b)),
  binary("mul by a row", [64], (a, b) => a.mul(b)),
  binary("mul by a column", [64, 1], (a, b) => a.mul(b)),
  binary("add transposed", square, (a, b) => a.add(b.t())),
  binary("gt", square, (a, b) => a.gt(b)),
  binary("where", square, (a, b) => torch.where(a.gt(0), a, b)),
  onTensor("mul by a number", n, (x) => x.mul(2)),
  onTensor("relu", n, (x) => x.relu()),
  onTensor("exp", n, (x) => x.exp()),
  onTensor("log", n, (x) => x.abs().log()),
  onTensor("tanh", n, (x) => x.tanh()),
  onTensor("sigmoid", n, (x) => x.sigmoid()),
  onTensor("sin", n, (x) => x.sin()),
  onTensor("erf", n, (x) => x.erf()),
  onTensor("transpose and copy", square, (x) => x.t().contiguous()),
  onTensor("to float64", n, (x) => x.to("float64")),
];
