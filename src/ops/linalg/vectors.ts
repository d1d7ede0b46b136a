/** Products of vectors, matrices of their powers, diagonals. */
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { ShapeError } from "../../core/errors.js";
import { broadcastShapes, formatShape, normalizeDim } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { mul, sub } from "../elementwise/arithmetic.js";
import { checkDevices, checkTensor, onesOf } from "../kernel.js";
import { dot } from "../linear/matmul.js";
import { named } from "../named.js";
import { sum } from "../reduction/reduction.js";
import { cumprod } from "../reduction/scan.js";
import { cat } from "../shape/joining.js";
import { roll } from "../shape/rearranging.js";
import { diagonal as diagonalOf } from "../shape/slicing.js";
import { expand, unsqueeze } from "../shape/view.js";

/** a × b along a dim of size 3, the last unless named. @throws ShapeError unless both have it @see torch.linalg.cross */
export function cross(a: Tensor, b: Tensor, dim = -1): Tensor {
  const op = "linalg.cross";
  checkTensor(op, a);
  checkTensor(op, b);
  checkDevices(op, a, b);
  if (a.ndim !== b.ndim)
    throw new ShapeError(
      `${op}: inputs must have the same number of dimensions. ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  const d = normalizeDim(op, dim, a.ndim);
  if (a.shape[d] !== 3 || b.shape[d] !== 3)
    throw new ShapeError(
      `${op}: inputs dimension ${dim} must have length 3. Got ${a.shape[d] ?? 1} and ${b.shape[d] ?? 1}`,
    );
  const shape = broadcastShapes(op, a.shape, b.shape) as number[];
  const [x, y] = [expand(a, shape), expand(b, shape)];
  const after = (z: Tensor, by: number) => roll(z, -by, d);
  const product = sub(mul(after(x, 1), after(y, 2)), mul(after(x, 2), after(y, 1)));
  return named("linalg_cross", product);
}

/** Σ a·b along a dim, the last unless named. @see torch.linalg.vecdot */
export function vecdot(a: Tensor, b: Tensor, dim = -1): Tensor {
  checkTensor("linalg.vecdot", a);
  checkTensor("linalg.vecdot", b);
  if (a.ndim === 1 && b.ndim === 1) return vdot(a, b);
  return sum(mul(a, b), dim);
}

/** Σ a·b of two lists. @see torch.vdot */
export function vdot(a: Tensor, b: Tensor): Tensor {
  return named("vdot", dot(a, b));
}

/** Rows 1, x, x², …: [..., n] → [..., n, N]. @param options.N default n @see torch.linalg.vander */
export function vander(x: Tensor, options?: { N?: number | null }): Tensor {
  const op = "linalg.vander";
  checkOptions(op, options, ["N"]);
  checkTensor(op, x);
  if (x.ndim === 0) throw new ShapeError(`${op}: Expected a tensor of dimension 1 or more: got a 0-d tensor`);
  const N = checkInteger(op, "N", options?.N ?? x.shape.at(-1)!, 2);
  const powers = cumprod(expand(unsqueeze(x, -1), [...x.shape, N - 1]), -1);
  return cat([onesOf(powers, [...x.shape, 1]), powers], -1);
}

/** The diagonals of the matrices [..., m, n], as a view. @see torch.linalg.diagonal */
export function diagonal(x: Tensor, offset = 0, dim1 = -2, dim2 = -1): Tensor {
  return diagonalOf(x, offset, dim1, dim2);
}
