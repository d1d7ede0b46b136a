/** Products of matrices, convolutions, pooling. */
import type { LinearKernels } from "../backend.js";
import { convolution } from "./conv.js";
import type { Machine } from "./machine.js";
import { products } from "./matmul.js";
import { pooling } from "./pool.js";

export function linear(machine: Machine): LinearKernels {
  return { ...products(machine), ...convolution(machine), ...pooling(machine) };
}
