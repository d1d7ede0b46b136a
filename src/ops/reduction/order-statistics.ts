/** What stands at a place in the order of elements: medians, quantiles, the k-th, the most frequent. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, IndexError, ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim, numel } from "../../core/shape.js";
import { asTensor } from "../../tensor/create.js";
import { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { contiguous, to } from "../copying.js";
import { add, div, mul, sub } from "../elementwise/arithmetic.js";
import { lerp } from "../elementwise/binary.js";
import { eq, ge, isnan, le, logicalAnd, logicalNot, logicalOr, lt } from "../elementwise/comparison.js";
import { maskedFill, where } from "../elementwise/selection.js";
import { ceil, floor, round } from "../elementwise/trigonometric.js";
import { gather } from "../index/gathering.js";
import { recordPicked } from "../index/positions.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { sort } from "../shape/rearranging.js";
import { movedim, reshape, squeeze, unsqueeze } from "../shape/view.js";
import { unsafeView } from "../shape/view-of.js";
import { all, any, type KeepdimOptions, max, sum, type ValuesAndIndices } from "./reduction.js";

/** The elements that `indices` [.., 1, ..] pick along a dim. ∂x = g where they came from. */
function chosen(
  op: string,
  overload: number,
  x: Tensor,
  d: number,
  indices: Tensor,
  keepdim: boolean,
): ValuesAndIndices {
  const drop = keepdim || x.ndim === 0 ? (y: Tensor) => y : (y: Tensor) => squeeze(y, d);
  const values = recordPicked(op, gather(x.detach(), d, indices).detach(), x, d, indices, overload);
  return {
    values: keepdim || x.ndim === 0 ? values : named(op, squeeze(values, d), overload),
    indices: drop(indices),
  };
}

function checkFull(op: string, x: Tensor, d: number): void {
  if (x.ndim > 0 && x.shape[d] === 0)
    throw new IndexError(
      `${op}: Expected reduction dim ${d} to have non-zero size: a tensor of shape ${formatShape(x.shape)}`,
    );
}

/** Where each line's lower median stands. */
function medianIndices(x: Tensor, d: number, skipNan: boolean): Tensor {
  const { values, indices } = sort(x.detach(), d);
  const count = sum(logicalNot(isnan(values)), d, { keepdim: true });
  const total = x.shape[d] ?? 1;
  const middle = div(sub(maskedFill(count, eq(count, 0), 1), 1), 2, { roundingMode: "floor" });
  // NaN is sorted last: the first one stands right behind the numbers.
  const at = skipNan ? middle : where(eq(count, total), middle, count);
  return gather(indices, d, at);
}

/** Splits `(dim, options)`. */
function median_(
  op: "median" | "nanmedian",
  x: Tensor,
  dim: number | undefined,
  options: KeepdimOptions | undefined,
): Tensor | ValuesAndIndices {
  checkTensor(op, x);
  checkOptions(op, options, ["keepdim"]);
  if (dim !== undefined) {
    const d = normalizeDim(op, dim, x.ndim);
    checkFull(op, x, d);
    return chosen(op, 1, x, d, medianIndices(x, d, op === "nanmedian"), options?.keepdim ?? false);
  }
  if (numel(x.shape) === 0) return named(op, add(isFloat(x.dtype) ? sum(x) : zerosOf(x, []), Number.NaN));
  const flat = reshape(x, -1);
  return named(op, squeeze(gather(flat, 0, medianIndices(flat, 0, op === "nanmedian")), 0));
}
/** The lower median of everything, or along a dim with its index; NaN wins. @see torch.median */
export function median(x: Tensor): Tensor;
export function median(x: Tensor, dim: number, options?: KeepdimOptions): ValuesAndIndices;
export function median(x: Tensor, dim?: number, options?: KeepdimOptions): Tensor | ValuesAndIndices {
  return median_("median", x, dim, options);
}
/** As `median`, NaN left out. @see torch.nanmedian */
export function nanmedian(x: Tensor): Tensor;
export function nanmedian(x: Tensor, dim: number, options?: KeepdimOptions): ValuesAndIndices;
export function nanmedian(x: Tensor, dim?: number, options?: KeepdimOptions): Tensor | ValuesAndIndices {
  return median_("nanmedian", x, dim, options);
}

/** The k-th least along a dim, counted from 1, and where it is. @see torch.kthvalue */
export function kthvalue(x: Tensor, k: number, dim = -1, options?: KeepdimOptions): ValuesAndIndices {
  checkTensor("kthvalue", x);
  checkOptions("kthvalue", options, ["keepdim"]);
  checkInteger("kthvalue", "k", k);
  const d = normalizeDim("kthvalue", dim, x.ndim);
  checkFull("kthvalue", x, d);
  const n = x.shape[d] ?? 1;
  if (k < 1 || k > n)
    throw new ArgumentError(`kthvalue: selected number k out of range for dimension ${d}: ${k} of ${n}`);
  const { indices } = sort(x.detach(), d);
  const at = x.ndim === 0 ? indices : gather(indices, d, add(zerosOf(indices, x.shape.with(d, 1)), k - 1));
  return chosen("kthvalue", 0, x, d, at, options?.keepdim ?? false);
}

/** The most frequent element along a dim, the least of equally frequent ones, and where it was last met. @see torch.mode */
export function mode(x: Tensor, dim = -1, options?: KeepdimOptions): ValuesAndIndices {
  checkTensor("mode", x);
  checkOptions("mode", options, ["keepdim"]);
  const d = normalizeDim("mode", dim, x.ndim);
  checkFull("mode", x, d);
  const { values, indices } = sort(x.detach(), d);
  if (x.ndim === 0) return chosen("mode", 0, x, d, indices, true);
  const line = movedim(values, d, -1);
  // counts[i]: elements equal to the i-th; the first greatest belongs to the least value, its run ends count − 1 later.
  const counts = sum(eq(unsqueeze(line, -1), unsqueeze(line, -2)), -1);
  const most = max(counts, -1, { keepdim: true });
  const end = movedim(add(most.indices, sub(most.values, 1)), -1, d);
  return chosen("mode", 0, x, d, gather(indices, d, end), options?.keepdim ?? false);
}

/** Sorted along the first dim. @see torch.msort */
export function msort(x: Tensor): Tensor {
  return sort(x, 0).values;
}

export interface QuantileOptions extends KeepdimOptions {
  /** What to take between two elements. @defaultValue "linear" */
  interpolation?: "linear" | "lower" | "higher" | "midpoint" | "nearest";
}

function quantile_(
  op: "quantile" | "nanquantile",
  x: Tensor,
  q: Tensor | number,
  dim: number | null | undefined,
  options: QuantileOptions | undefined,
): Tensor {
  checkTensor(op, x);
  checkOptions(op, options, ["keepdim", "interpolation"]);
  const choices = ["linear", "lower", "higher", "midpoint", "nearest"] as const;
  const how = checkChoice(op, "interpolation", options?.interpolation ?? "linear", choices);
  const keepdim = options?.keepdim ?? false;
  if (!isFloat(x.dtype))
    throw new DTypeError(`${op}: input tensor must be either float or double dtype: got ${x.dtype}`);
  if (numel(x.shape) === 0)
    throw new ShapeError(`${op}: input tensor must be non-empty: got ${formatShape(x.shape)}`);
  const at = q instanceof Tensor ? q : asTensor(q, { dtype: x.dtype, device: x.device });
  if (at.dtype !== x.dtype)
    throw new DTypeError(`${op}: q tensor must be same dtype as the input tensor: ${at.dtype}`);
  if (at.ndim > 1)
    throw new ShapeError(`${op}: q must be a scalar or 1D tensor: got ${formatShape(at.shape)}`);
  if (scalarOf(all(logicalAnd(ge(at.detach(), 0), le(at.detach(), 1)))) !== true)
    throw new ArgumentError(`${op}: q values must be in the range [0, 1]`);
  const whole = dim === undefined || dim === null;
  const d = whole ? 0 : normalizeDim(op, dim, x.ndim);
  const line = whole || x.ndim === 0 ? reshape(x, -1) : movedim(x, d, -1);
  const sorted = sort(line, -1).values;
  const n = sorted.shape.at(-1)!;
  const missing = isnan(sorted.detach());
  // Ranks [..., q], counted among numbers only if NaN is left out.
  const last = op === "quantile" ? n - 1 : sub(sum(logicalNot(missing), -1, { keepdim: true }), 1);
  const lead = sorted.shape.slice(0, -1);
  const ranks = to(mul(reshape(at, -1), last), x.dtype).expand([...lead, numel(at.shape)]);
  const poisoned = op === "quantile" ? any(missing, -1, { keepdim: true }) : lt(ranks, 0);
  const held = where(logicalOr(poisoned, lt(ranks, 0)), n - 1, ranks);
  const take = (rank: Tensor) => gather(sorted, -1, to(rank, "int64"));
  const found = (() => {
    if (how === "nearest") return take(round(held));
    if (how === "lower") return take(floor(held));
    const high = take(ceil(held));
    if (how === "higher") return high;
    const below = floor(held);
    return lerp(take(below), high, how === "midpoint" ? 0.5 : sub(held, below));
  })();
  const kept = keepdim ? (whole ? x.shape.map(() => 1) : x.ndim === 0 ? [] : x.shape.with(d, 1)) : null;
  const shape = kept ?? lead;
  const count = at.ndim === 0 ? [] : [numel(at.shape)];
  return unsafeView(contiguous(movedim(found, -1, 0)), [...count, ...shape], "squeeze", 3);
}
/** The q-quantiles along a dim, of everything if none is named: [*q, ...]. NaN wins. @see torch.quantile */
export function quantile(
  x: Tensor,
  q: Tensor | number,
  dim?: number | null,
  options?: QuantileOptions,
): Tensor {
  return quantile_("quantile", x, q, dim, options);
}
/** As `quantile`, NaN left out. @see torch.nanquantile */
export function nanquantile(
  x: Tensor,
  q: Tensor | number,
  dim?: number | null,
  options?: QuantileOptions,
): Tensor {
  return quantile_("nanquantile", x, q, dim, options);
}
