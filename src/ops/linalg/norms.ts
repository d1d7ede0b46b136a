/** Norms of vectors and matrices, and the condition number. */
import { checkOptions } from "../../core/arguments.js";
import { type DType, isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError, show } from "../../core/errors.js";
import { normalizeDim, normalizeDims, type Shape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { div, mul } from "../elementwise/arithmetic.js";
import { ne } from "../elementwise/comparison.js";
import { maskedFill } from "../elementwise/selection.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { pNorm } from "../reduction/p-norm.js";
import { amax, amin, type Dims, sum } from "../reduction/reduction.js";
import { norm as norms } from "../reduction/statistics.js";
import { narrow } from "../shape/slicing.js";
import { movedim, squeeze, unsqueeze } from "../shape/view.js";
import { batchOf, checkMatrix, checkSquare } from "./host.js";
import { invEx } from "./solve.js";
import { svdvals } from "./svd.js";

export interface NormOptions {
  /** Keep reduced dims as size 1. @defaultValue false */
  keepdim?: boolean;
  /** Convert to this dtype first. */
  dtype?: DType;
}
export type MatrixOrder = number | "fro" | "nuc";

function converted(op: string, x: Tensor, dtype: DType | undefined): Tensor {
  checkTensor(op, x);
  if (!isFloat(x.dtype))
    throw new DTypeError(`${op}: Expected a floating point or complex tensor as input. Got ${x.dtype}`);
  if (dtype && !isFloat(dtype))
    throw new DTypeError(`${op}: dtype should be floating point or complex. Got ${dtype}`);
  return dtype ? to(x, dtype) : x;
}

/** The p-norm over `dim`, over everything when left out. @param ord default 2 @see torch.linalg.vector_norm */
export function vectorNorm(x: Tensor, ord = 2, dim?: Dims, options?: NormOptions): Tensor {
  const op = "linalg.vector_norm";
  checkOptions(op, options, ["keepdim", "dtype"]);
  const { keepdim = false, dtype } = options ?? {};
  const y = converted(op, x, dtype);
  if (typeof ord !== "number") throw new ArgumentError(`${op}: ord must be a number: got ${show(ord)}`);
  return pNorm({ op: "linalg_vector_norm" }, y, ord, normalizeDims(op, dim ?? null, y.ndim), keepdim);
}

/**
 * The norm of the matrices in two dims of x: "fro", "nuc", ±1 (columns), ±Infinity (rows), ±2 (singular values).
 *
 * @param ord default "fro"
 * @param dim default [-2, -1]
 * @see torch.linalg.matrix_norm
 */
export function matrixNorm(
  x: Tensor,
  ord: MatrixOrder = "fro",
  dim: Shape = [-2, -1],
  options?: NormOptions,
): Tensor {
  const op = "linalg.matrix_norm";
  checkOptions(op, options, ["keepdim", "dtype"]);
  const { keepdim = false, dtype } = options ?? {};
  checkMatrix(op, x);
  const y = converted(op, x, dtype);
  if (!Array.isArray(dim) || dim.length !== 2)
    throw new ShapeError(`${op}: dim must be a 2-tuple. Got ${show(dim)}`);
  const [rows, columns] = normalizeDims(op, dim, x.ndim) as [number, number];
  if (ord === "fro") return pNorm({ op: "linalg_vector_norm" }, y, 2, [rows, columns], keepdim);
  if (ord === "nuc" || ord === 2 || ord === -2) {
    const s = svdvals(movedim(y, [rows, columns], [-2, -1]));
    const along = { keepdim };
    const n = ord === "nuc" ? sum(s, -1, along) : ord === 2 ? amax(s, -1, along) : amin(s, -1, along);
    return keepdim ? movedim(unsqueeze(n, -1), [-2, -1], [rows, columns]) : n;
  }
  if (ord !== 1 && ord !== -1 && ord !== Number.POSITIVE_INFINITY && ord !== Number.NEGATIVE_INFINITY)
    throw new ArgumentError(`${op}: Order ${show(ord)} not supported.`);
  const [added, compared] = ord === 1 || ord === -1 ? [rows, columns] : [columns, rows];
  const sums = norms(y, 1, added, { keepdim });
  const left = !keepdim && added < compared ? compared - 1 : compared;
  return ord > 0 ? amax(sums, left, { keepdim }) : amin(sums, left, { keepdim });
}

/**
 * A vector norm, or a matrix norm if `ord` is one and two dims are meant; without `ord` the 2-norm of all elements.
 *
 * @example torch.linalg.norm(A, "nuc")
 * @see torch.linalg.norm
 */
export function norm(x: Tensor, ord?: MatrixOrder | null, dim?: Dims, options?: NormOptions): Tensor {
  checkOptions("linalg.norm", options, ["keepdim", "dtype"]);
  checkTensor("linalg.norm", x);
  const list = typeof dim === "number" ? [dim] : (dim ?? null);
  if (ord === undefined || ord === null) return vectorNorm(x, 2, dim, options);
  if (list === null ? x.ndim !== 1 && x.ndim !== 2 : list.length !== 1 && list.length !== 2)
    throw new ShapeError(
      list === null
        ? `linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got ${x.ndim}D.`
        : `linalg.norm: If dim is specified, it must be of length 1 or 2. Got ${show(list)}`,
    );
  const matrix = list ? list.length === 2 : x.ndim === 2;
  if (matrix) return matrixNorm(x, ord, list ?? [0, 1], options);
  if (typeof ord === "string")
    throw new ArgumentError(
      `linalg.norm: ord ${show(ord)} needs two dims: the input is of shape ${show(x.shape)}`,
    );
  return vectorNorm(x, ord, [normalizeDim("linalg.norm", list?.[0] ?? 0, x.ndim)], options);
}

/** ‖A‖·‖A⁻¹‖ in the norm `p` (default 2), ∞ for a singular matrix. @see torch.linalg.cond */
export function cond(a: Tensor, p?: MatrixOrder | null): Tensor {
  checkMatrix("linalg.cond", a);
  if (p === undefined || p === null || p === 2 || p === -2) {
    const s = svdvals(a);
    const n = s.shape.at(-1)!;
    if (n === 0) return zerosOf(a, batchOf(a));
    const [top, least] = [narrow(s, -1, 0, 1), narrow(s, -1, n - 1, 1)];
    return squeeze(p === -2 ? div(least, top) : div(top, least), -1);
  }
  checkSquare("linalg.cond", a);
  if (a.shape.at(-1) === 0) return zerosOf(a, batchOf(a));
  const { inverse, info } = invEx(a);
  const singular = ne(info, 0);
  const undone = maskedFill(inverse, unsqueeze(unsqueeze(singular, -1), -1), 0);
  return maskedFill(mul(matrixNorm(a, p), matrixNorm(undone, p)), singular, Number.POSITIVE_INFINITY);
}
