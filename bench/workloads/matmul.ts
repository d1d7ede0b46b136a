/** Products of matrices [m, k] @ [k, n], both made anew for every run. */
import { fill } from "../data.js";
import type { Workload } from "./workload.js";

const square = (n: number): Workload => product(`matmul_${n}`, n, n, n);

function product(name: string, m: number, k: number, n: number): Workload {
  return {
    name,
    group: "matmul",
    flops: 2 * m * k * n,
    prepare: () => {
      const [a, b] = [fill(1, [m, k]), fill(2, [k, n])];
      return () => a.matmul(b);
    },
  };
}

export const matmuls: readonly Workload[] = [
  ...[64, 128, 256, 512, 1024].map(square),
  product("matmul_64x784x256", 64, 784, 256),
  product("matmul_64x256x10", 64, 256, 10),
];
