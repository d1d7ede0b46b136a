/** One number out for each number in, a million of them. */
import * as torch from "wasmgrad";
import { fill } from "../data.js";
import type { Workload } from "./workload.js";

const { gelu } = torch.nn.functional;
const n = 1 << 20;
const group = "elementwise";

function unary(name: string, run: (x: torch.Tensor) => torch.Tensor): Workload {
  return {
    name,
    group,
    bytes: 8 * n,
    prepare: () => {
      const x = fill(5, [n], 4);
      return () => run(x);
    },
  };
}

export const elementwises: readonly Workload[] = [
  {
    name: "add_1m",
    group,
    bytes: 12 * n,
    prepare: () => {
      const [a, b] = [fill(5, [n]), fill(6, [n])];
      return () => a.add(b);
    },
  },
  {
    name: "add_bcast",
    group,
    bytes: 8 * n,
    prepare: () => {
      const [a, row] = [fill(5, [1024, 1024]), fill(6, [1024])];
      return () => a.add(row);
    },
  },
  unary("relu_1m", (x) => x.relu()),
  unary("exp_1m", (x) => x.exp()),
  unary("tanh_1m", (x) => x.tanh()),
  unary("gelu_1m", (x) => gelu(x, { approximate: "tanh" })),
];
