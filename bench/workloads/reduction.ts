/** Sums of many numbers, and rows brought to a scale. */
import * as torch from "wasmgrad";
import { fill } from "../data.js";
import type { Workload } from "./workload.js";

const { layerNorm } = torch.nn.functional;
const group = "reduce";
const n = 1 << 20;
const rows = () => fill(5, [1024, 1024], 4);

export const reductions: readonly Workload[] = [
  {
    name: "sum_1m",
    group,
    bytes: 4 * n,
    bound: "read",
    prepare: () => {
      const x = fill(5, [n]);
      return () => x.sum();
    },
  },
  {
    name: "softmax_1024",
    group,
    bytes: 8 * n,
    prepare: () => {
      const x = rows();
      return () => x.softmax(1);
    },
  },
  {
    name: "layernorm_1024",
    group,
    bytes: 8 * n,
    prepare: () => {
      const [x, weight, bias] = [rows(), torch.ones(1024), torch.zeros(1024)];
      return () => layerNorm(x, [1024], { weight, bias, eps: 1e-5 });
    },
  },
];
