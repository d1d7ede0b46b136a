/** Products of matrices in every order of memory. */
import * as torch from "wasmgrad";
import { type Case, numbers } from "./suite.js";

const product = (
  name: string,
  a: readonly number[],
  b: readonly number[],
  run: (a: torch.Tensor, b: torch.Tensor) => torch.Tensor,
): Case => ({
  name,
  prepare: (device) => {
    const [x, y] = [numbers(device, 1, a), numbers(device, 2, b)];
    return () => run(x, y);
  },
});

export const matmul: readonly Case[] = [
  product("NN 64³", [64, 64], [64, 64], (a, b) => a.matmul(b)),
  product("NT 64³", [64, 64], [64, 64], (a, b) => a.matmul(b.t())),
  product("TN 64³", [64, 64], [64, 64], (a, b) => a.t().matmul(b)),
  product("17 × 33 × 9", [17, 33], [33, 9], (a, b) => a.matmul(b)),
  product("64 × 256 × 10", [64, 256], [256, 10], (a, b) => a.matmul(b)),
  product("row × 256²", [256], [256, 256], (a, b) => a.matmul(b)),
  product("256² × column", [256, 256], [256], (a, b) => a.matmul(b)),
  product("batch of 8, 32³", [8, 32, 32], [8, 32, 32], (a, b) => a.bmm(b)),
  product("dot 4096", [4096], [4096], (a, b) => a.dot(b)),
  product("linear 64 × 64 × 10", [64, 64], [10, 64], (a, b) => torch.nn.functional.linear(a, b)),
];
