/** Nodes with the names that people know. */
import { record } from "../autograd/record.js";
import type { Tensor } from "../tensor/tensor.js";

/** The fresh result of a composite, under the name that PyTorch's graph has for it. */
export function named(op: string, y: Tensor, overload = 0): Tensor {
  return record(y.detach(), { op, overload, inputs: [y], backward: (g) => [() => g] });
}
