/** The numbers of numbers.ts as tensors. */
import * as torch from "wasmgrad";
import { type Checksum, fillValues, randintValues, sumUp } from "./numbers.js";

/** A tensor of numbers in [−scale, scale). */
export const fill = (seed: number, shape: readonly number[], scale = 1): torch.Tensor =>
  torch.tensor(fillValues(seed, shape, scale)).reshape([...shape]);

/** A tensor [n] of whole numbers (int64) in [0, modulus). */
export const randint = (seed: number, n: number, modulus: number): torch.Tensor =>
  torch.tensor(randintValues(seed, n, modulus), { dtype: "int64" });

export const checksum = (y: torch.Tensor): Checksum => sumUp(y.detach().clone().typedArray() as Float32Array);
