/** What the products of matrices share. */
import { DTypeError } from "../../core/errors.js";
import { numel } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { checkDevices, checkTensor } from "../kernel.js";
import { reshape } from "../shape/view.js";
import { unsafeView } from "../shape/view-of.js";

/** @throws DTypeError unless both are numbers of one dtype */
export function checkProduct(op: string, a: Tensor, b: Tensor): void {
  checkTensor(op, a);
  checkTensor(op, b);
  checkDevices(op, a, b);
  if (a.dtype !== b.dtype)
    throw new DTypeError(`${op}: expected both operands to have the same dtype: ${a.dtype} ≠ ${b.dtype}`);
  if (a.dtype === "bool") throw new DTypeError(`${op}: not implemented for ${a.dtype}`);
}

/** Batches of rows that meet one matrix are simply more rows. */
export function foldBatch(a: Tensor, run: (rows: Tensor) => Tensor, op = "unsafe_view"): Tensor {
  const k = a.shape.at(-1)!;
  const y = run(reshape(a, [numel(a.shape.slice(0, -1)), k]));
  return unsafeView(y, [...a.shape.slice(0, -1), y.shape[1]!], op);
}
