/** Functions too rare for a kernel: computed on the host in float64, element by element, and rounded once. */
import { type DType, dtypes } from "../../core/dtype.js";
import { DTypeError, GradError } from "../../core/errors.js";
import { broadcastShapes, type Shape } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { checkDevices, checkTensor, discard, floating, prepare, promoted } from "../kernel.js";

/** Rounding to the result's dtype, for functions whose meaning depends on it. */
export type Rounding = (x: number) => number;

/** The elements in row-major order, converted and broadcast. */
function elements(x: Tensor, dtype: DType, shape: Shape): (number | bigint)[] {
  const prepared = prepare(x, dtype, shape);
  const values = valuesOf(prepared);
  discard(prepared, x);
  return values;
}

const roundingOf = (dtype: DType): Rounding => (dtype === "float64" ? (x) => x : Math.fround);

/** f of every element, in the dtype of fractions that x has or becomes. */
export function hostUnary(op: string, f: (x: number, round: Rounding) => number, x: Tensor): Tensor {
  checkTensor(op, x);
  const dtype = floating(x.dtype);
  const round = roundingOf(dtype);
  const values = elements(x, dtype, x.shape).map((value) => f(Number(value), round));
  return makeOf(values, x.shape, dtype, x.storage.backend);
}

/** f of every pair of elements, promoted to fractions and broadcast. */
export function hostBinary(
  op: string,
  f: (a: number, b: number, round: Rounding) => number,
  a: Tensor,
  b: Tensor,
): Tensor {
  const dtype = floating(promoted(a, b));
  checkDevices(op, a, b);
  const shape = broadcastShapes(op, a.shape, b.shape);
  const round = roundingOf(dtype);
  const y = elements(b, dtype, shape);
  const values = elements(a, dtype, shape).map((x, i) => f(Number(x), Number(y[i]), round));
  return makeOf(values, shape, dtype, a.storage.backend);
}

/** f of every pair of whole numbers; results wrap around. @throws DTypeError for fractions and truth values */
export function hostWhole(op: string, f: (a: bigint, b: bigint) => bigint, a: Tensor, b: Tensor): Tensor {
  checkTensor(op, a);
  checkTensor(op, b);
  checkDevices(op, a, b);
  const dtype = promoted(a, b);
  if (dtypes[dtype].kind !== "int") throw new DTypeError(`${op}: not implemented for ${dtype}`);
  const shape = broadcastShapes(op, a.shape, b.shape);
  const y = elements(b, dtype, shape);
  const values = elements(a, dtype, shape).map((x, i) => f(BigInt(x), BigInt(y[i]!)));
  return makeOf(values, shape, dtype, a.storage.backend);
}

/** The pullback of an input in which PyTorch, too, has no derivative. */
export const noDerivative = (op: string, input: string) => (): never => {
  throw new GradError(`${op}: the derivative for '${op}: ${input}' is not implemented`);
};
