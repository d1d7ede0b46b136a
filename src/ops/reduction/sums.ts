/** Sums that leave something out, or weigh: without NaN, of powers, along a curve, of differences. */
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim } from "../../core/shape.js";
import { Tensor } from "../../tensor/tensor.js";
import { clone, to } from "../copying.js";
import { add, div, mul, sub } from "../elementwise/arithmetic.js";
import { gt, isnan, logicalNot, logicalXor } from "../elementwise/comparison.js";
import { maskedFill, where } from "../elementwise/selection.js";
import { checkTensor, floating } from "../kernel.js";
import { named } from "../named.js";
import { cat } from "../shape/joining.js";
import { diagonal, narrow, select } from "../shape/slicing.js";
import { reshape } from "../shape/view.js";
import { amax, amin, type Dims, type KeepdimOptions, type ReduceOptions, sum } from "./reduction.js";
import { cumsum } from "./scan.js";
import { norm } from "./statistics.js";

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
  // Of a 0-d tensor PyTorch keeps a dim that was not there.
  const grown = x.ndim === 0 && dim != null && options?.keepdim === true;
  const reduced = (op: typeof amin) =>
    named("aminmax", grown ? op(reshape(x, 1), 0, options) : op(x, dim ?? null, options));
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
  checkInteger("diff", "n", n, 0);
  if (n === 0) return named("copy", clone(x));
  if (x.ndim === 0) throw new ShapeError("diff: diff expects input to be at least one-dimensional");
  const d = normalizeDim("diff", dim, x.ndim);
  const parts = [options?.prepend, x, options?.append].filter((part) => part instanceof Tensor);
  let y = parts.length === 1 ? x : cat(parts, d);
  for (let i = Math.min(n, y.shape[d]!); i > 0; i--) {
    const length = y.shape[d]! - 1;
    const [later, earlier] = [narrow(y, d, 1, length), narrow(y, d, 0, length)];
    y = y.dtype === "bool" ? logicalXor(later, earlier) : sub(later, earlier);
  }
  return y === x ? clone(x) : y;
}

export interface AreaOptions {
  /** Distance of neighbours, where no places are given. @defaultValue 1 */
  dx?: number;
}
/** Distances of neighbours along a dim, from places that are given once or for each line. */
function distances(op: string, x: Tensor, y: Tensor, d: number): Tensor {
  checkTensor(op, x);
  if (x.ndim === 1 && x.shape[0] !== y.shape[d])
    throw new ShapeError(
      `${op}: There must be one \`x\` value for each sample point: ${x.shape[0]} for ${y.shape[d]} along dim ${d}`,
    );
  const alone = y.shape.map((_, i) => (i === d ? x.shape[0]! : 1));
  const padded = [...new Array<number>(Math.max(0, y.ndim - x.ndim)).fill(1), ...x.shape];
  return diff(reshape(x, x.ndim === 1 ? alone : padded), 1, d);
}

/** Sums of neighbours along a dim. */
function pairs(y: Tensor, d: number): Tensor {
  const n = y.shape[d]!;
  return n === 0 ? y : add(narrow(y, d, 0, n - 1), narrow(y, d, 1, n - 1));
}

/** The area under y by the trapezoid rule, at places x or dx apart. @see torch.trapezoid */
export function trapezoid(y: Tensor, x?: Tensor | null, dim = -1, options?: AreaOptions): Tensor {
  checkTensor("trapezoid", y);
  checkOptions("trapezoid", options, ["dx"]);
  const d = normalizeDim("trapezoid", dim, y.ndim);
  if (y.shape[d] === 0) return sum(y, d);
  if (x) return named("div", div(sum(mul(pairs(y, d), distances("trapezoid", x, y, d)), d), 2), 1);
  const ends = add(select(y, d, 0), select(y, d, -1));
  return named("mul", mul(sub(sum(y, d), mul(ends, 0.5)), options?.dx ?? 1), 1);
}
/** As `trapezoid`. @see torch.trapz */
export function trapz(y: Tensor, x?: Tensor | null, dim = -1, options?: AreaOptions): Tensor {
  return trapezoid(y, x, dim, options);
}
/** The area under y up to each place. @see torch.cumulative_trapezoid */
export function cumulativeTrapezoid(y: Tensor, x?: Tensor | null, dim = -1, options?: AreaOptions): Tensor {
  checkTensor("cumulativeTrapezoid", y);
  checkOptions("cumulativeTrapezoid", options, ["dx"]);
  const d = normalizeDim("cumulativeTrapezoid", dim, y.ndim);
  // dx is a fraction whatever it is, so whole numbers become fractions too.
  if (!x) return cumsum(mul(pairs(to(y, floating(y.dtype)), d), (options?.dx ?? 1) / 2), d);
  const areas = mul(pairs(y, d), distances("cumulativeTrapezoid", x, y, d));
  return named("div", div(cumsum(areas, d), 2), 1);
}
