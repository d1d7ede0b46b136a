/** Sums that leave something out, or weigh: without NaN, of powers, along a curve, of differences. */
import { checkOptions } from "../core/arguments.js";
import { isFloat } from "../core/dtype.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import { formatShape, normalizeDim } from "../core/shape.js";
import { Tensor } from "../tensor/tensor.js";
import { add, div, mul, sub } from "./arithmetic.js";
import { gt, isnan, logicalNot, logicalXor } from "./comparison.js";
import { to } from "./copying.js";
import { cat } from "./joining.js";
import { checkTensor } from "./kernel.js";
import { named } from "./named.js";
import { amax, amin, type Dims, type KeepdimOptions, type ReduceOptions, sum } from "./reduction.js";
import { cumsum } from "./scan.js";
import { maskedFill, where } from "./selection.js";
import { diagonal, narrow } from "./slicing.js";
import { norm } from "./statistics.js";
import { reshape } from "./view.js";

/** Sum over `dim`, NaN counting as 0. ∂x = g where x is a number. @see torch.nansum */
export function nansum(x: Tensor, dim?: Dims, options?: ReduceOptions): Tensor {
  checkTensor("nansum", x);
  const clean = isFloat(x.dtype) ? maskedFill(x, isnan(x.detach()), 0) : x;
  return named("nansum", sum(clean, dim ?? null, options));
}

/** Mean over `dim` of what is not NaN. @see torch.nanmean */
export function nanmean(x: Tensor, dim?: Dims, options?: ReduceOptions): Tensor {
  checkTensor("nanmean", x);
  if (!isFloat(x.dtype))
    throw new DTypeError(`nanmean: expected input to have floating point dtype but got ${x.dtype}`);
  const count = sum(logicalNot(isnan(x.detach())), dim ?? null, { keepdim: options?.keepdim });
  return div(nansum(x, dim, options), count);
}

/** The least and the greatest, of everything or along a dim. @see torch.aminmax */
export function aminmax(
  x: Tensor,
  dim?: number | null,
  options?: KeepdimOptions,
): { min: Tensor; max: Tensor } {
  checkTensor("aminmax", x);
  const reduced = (op: typeof amin) => named("aminmax", op(x, dim ?? null, options));
  return { min: reduced(amin), max: reduced(amax) };
}

/** The p-norm of the difference. @see torch.dist */
export function dist(x: Tensor, other: Tensor, options?: { p?: number }): Tensor {
  checkTensor("dist", x);
  checkTensor("dist", other);
  checkOptions("dist", options, ["p"]);
  return named("dist", norm(sub(x, other), options?.p ?? 2));
}

/** The sum of the diagonal of a matrix. @see torch.trace */
export function trace(x: Tensor): Tensor {
  checkTensor("trace", x);
  if (x.ndim !== 2)
    throw new ShapeError(
      `trace: expected a matrix, but got tensor with dim ${x.ndim}: ${formatShape(x.shape)}`,
    );
  return named("trace", sum(diagonal(x)));
}

/** Each slice along a dim whose p-norm is above `maxnorm` shrunk to it. @see torch.renorm */
export function renorm(x: Tensor, p: number, dim: number, maxnorm: number): Tensor {
  checkTensor("renorm", x);
  const d = normalizeDim("renorm", dim, x.ndim);
  if (x.ndim < 2) throw new ShapeError(`renorm: input needs at least 2 dimensions, got ${x.ndim} dimensions`);
  const others = x.shape.map((_, i) => i).filter((i) => i !== d);
  const size = norm(x, p, others, { keepdim: true });
  const factor = where(gt(size, maxnorm), div(maxnorm, add(size, 1e-7)), 1);
  return named("renorm", mul(x, factor));
}

// ── differences and areas ────────────────────────────────────────────────────────────────────────

export interface DiffOptions {
  /** Put before x along the dim. */
  prepend?: Tensor | null;
  /** Put behind x along the dim. */
  append?: Tensor | null;
}
/** Differences of neighbours along a dim, taken n times. @see torch.diff */
export function diff(x: Tensor, n = 1, dim = -1, options?: DiffOptions): Tensor {
  checkTensor("diff", x);
  checkOptions("diff", options, ["prepend", "append"]);
  if (x.ndim === 0) throw new ShapeError("diff: diff expects input to be at least one-dimensional");
  const d = normalizeDim("diff", dim, x.ndim);
  const parts = [options?.prepend, x, options?.append].filter((part) => part instanceof Tensor);
  let y = parts.length === 1 ? x : cat(parts, d);
  for (let i = Math.min(n, y.shape[d]!); i > 0; i--) {
    const length = y.shape[d]! - 1;
    const [later, earlier] = [narrow(y, d, 1, length), narrow(y, d, 0, length)];
    y = y.dtype === "bool" ? logicalXor(later, earlier) : sub(later, earlier);
  }
  return y === x ? to(x, x.dtype, { copy: true }) : y;
}

export interface AreaOptions {
  /** Distance of neighbours, where no places are given. @defaultValue 1 */
  dx?: number;
}
/** The areas of the trapezoids under neighbours. */
function trapezoids(
  op: string,
  y: Tensor,
  x: Tensor | number | null | undefined,
  dim: number,
  options?: AreaOptions,
): Tensor {
  checkTensor(op, y);
  checkOptions(op, options, ["dx"]);
  const d = normalizeDim(op, dim, y.ndim);
  const length = Math.max(0, y.shape[d]! - 1);
  const pairs = add(narrow(y, d, Math.min(1, y.shape[d]!), length), narrow(y, d, 0, length));
  if (!(x instanceof Tensor)) return mul(pairs, (options?.dx ?? 1) / 2);
  const places =
    x.ndim === 1 && y.ndim > 1
      ? reshape(
          x,
          y.shape.map((_, i) => (i === d ? x.shape[0]! : 1)),
        )
      : x;
  return div(mul(diff(places, 1, x.ndim === y.ndim || x.ndim === 1 ? d - y.ndim : dim), pairs), 2);
}
/** The area under y by the trapezoid rule, at places x or dx apart. @see torch.trapezoid */
export function trapezoid(y: Tensor, x?: Tensor | null, dim = -1, options?: AreaOptions): Tensor {
  return sum(trapezoids("trapezoid", y, x, dim, options), dim);
}
/** As `trapezoid`. @see torch.trapz */
export function trapz(y: Tensor, x?: Tensor | null, dim = -1, options?: AreaOptions): Tensor {
  return trapezoid(y, x, dim, options);
}
/** The area under y up to each place. @see torch.cumulative_trapezoid */
export function cumulativeTrapezoid(y: Tensor, x?: Tensor | null, dim = -1, options?: AreaOptions): Tensor {
  return cumsum(trapezoids("cumulativeTrapezoid", y, x, dim, options), dim);
}
