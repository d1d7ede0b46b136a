/** Where elements are, how many there are, and which are alike. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { dtypes, isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { checkSizes, contiguousStrides, formatShape, numel, type Shape } from "../../core/shape.js";
import { asTensor } from "../../tensor/create.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf, valuesOf } from "../../tensor/values.js";
import { to } from "../copying.js";
import { floorDivide, remainder } from "../elementwise/arithmetic.js";
import { eq, isnan, le, logicalNot, logicalOr, lt } from "../elementwise/comparison.js";
import { where } from "../elementwise/selection.js";
import { checkDevices, checkTensor, type Operand, onesOf, prepare, promoted, zerosOf } from "../kernel.js";
import { any, max, sum } from "../reduction/reduction.js";
import { broadcastTo, reshape, unsqueeze } from "../shape/view.js";
import { pad } from "../spatial/padding.js";
import { gather, indexAdd, nonzero } from "./gathering.js";

/** Indices of the nonzero elements [count, rank], row-major. int64. @see torch.argwhere */
export function argwhere(x: Tensor): Tensor {
  return nonzero(x);
}

export interface NonzeroStaticOptions {
  /** How many rows there are to be. */
  size: number;
  /** Fills rows that no element needs. @defaultValue -1 */
  fillValue?: number;
}
/** As `nonzero` [size, rank], cut or filled up to a number of rows. @see torch.Tensor.nonzero_static */
export function nonzeroStatic(x: Tensor, options: NonzeroStaticOptions): Tensor {
  checkOptions("nonzeroStatic", options ?? null, ["size", "fillValue"]);
  const { size, fillValue = -1 } = options;
  checkInteger("nonzeroStatic", "size", size, 0);
  const rows = nonzero(x);
  return pad(rows, [0, 0, 0, size - rows.shape[0]!], { value: fillValue });
}

/** The indices, one tensor a dim, of places counted row-major through a shape. @see torch.unravel_index */
export function unravelIndex(places: Tensor, shape: Shape | number): Tensor[] {
  checkTensor("unravelIndex", places);
  if (isFloat(places.dtype) || places.dtype === "bool")
    throw new DTypeError(`unravelIndex: expected 'indices' to be integer dtype, but got ${places.dtype}`);
  const sizes = checkSizes("unravelIndex", typeof shape === "number" ? [shape] : shape);
  return contiguousStrides(sizes).map((step, d) => remainder(floorDivide(places, step), sizes[d]!));
}

export interface IsinOptions {
  /** Promised by the caller; not needed here. */
  assumeUnique?: boolean;
  /** The opposite. @defaultValue false */
  invert?: boolean;
}
/** Whether each element is among `test`. @see torch.isin */
export function isin(x: Operand, test: Operand, options?: IsinOptions): Tensor {
  checkOptions("isin", options, ["assumeUnique", "invert"]);
  const [elements, candidates] = [asTensor(x), asTensor(test)];
  const found = any(eq(unsqueeze(elements, -1), reshape(candidates, -1)), -1);
  return options?.invert ? logicalNot(found) : found;
}

export interface SearchOptions {
  /** int32 instead of int64. @defaultValue false */
  outInt32?: boolean;
  /** Behind equal elements instead of before them. @defaultValue false */
  right?: boolean;
}
export interface SearchsortedOptions extends SearchOptions {
  /** "right" is `right: true`. @defaultValue "left" */
  side?: "left" | "right" | null;
  /** Indices that sort the last dim, if it is not sorted itself. */
  sorter?: Tensor | null;
}

/** Where each value must go into the sorted last dim to keep it sorted: as many as are smaller. @see torch.searchsorted */
export function searchsorted(
  sorted: Tensor,
  values: Tensor | number,
  options: SearchsortedOptions = {},
): Tensor {
  checkTensor("searchsorted", sorted);
  checkOptions("searchsorted", options, ["outInt32", "right", "side", "sorter"]);
  const { outInt32 = false, right = false, side = null, sorter = null } = options;
  if (side !== null) checkChoice("searchsorted", "side", side, ["left", "right"]);
  if (right && side === "left")
    throw new ArgumentError(
      "searchsorted: side and right can't be set to opposites, got side of left while right was True",
    );
  const x = asTensor(values, { device: sorted.device });
  checkDevices("searchsorted", sorted, x);
  const line = sorter ? gather(sorted.detach(), -1, sorter) : sorted.detach();
  if (
    line.ndim === 0 ||
    (line.ndim > 1 && (x.ndim !== line.ndim || line.shape.slice(0, -1).some((n, d) => n !== x.shape[d])))
  )
    throw new ShapeError(
      `searchsorted: boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match, but we got boundaries tensor ${formatShape(line.shape)} and input value tensor ${formatShape(x.shape)}`,
    );
  const [a, b] = [unsqueeze(line, -2), unsqueeze(x.detach(), -1)];
  const before = right || side === "right" ? le(a, b) : lt(a, b);
  // NaN is sorted last, so everything but NaN stands before it.
  const both = isFloat(promoted(a, b))
    ? logicalOr(before, isBefore(a, b, right || side === "right"))
    : before;
  const places = sum(line.ndim === 1 ? reshape(both, [...x.shape, line.shape[0]!]) : both, -1);
  return outInt32 ? to(places, "int32") : places;
}
/** What stands before a NaN that is sought. */
function isBefore(a: Tensor, b: Tensor, right: boolean): Tensor {
  const nan = isnan(b);
  return right ? broadcastTo(nan, broadcastShape(a, b)) : where(isnan(a), false, nan);
}
const broadcastShape = (a: Tensor, b: Tensor) => eq(a, b).shape;

/** Which of the intervals between sorted boundaries each element lies in. @see torch.bucketize */
export function bucketize(x: Tensor | number, boundaries: Tensor, options?: SearchOptions): Tensor {
  checkTensor("bucketize", boundaries);
  checkOptions("bucketize", options, ["outInt32", "right"]);
  if (boundaries.ndim !== 1)
    throw new ShapeError(
      `bucketize: boundaries tensor must be 1 dimension, but got ${formatShape(boundaries.shape)}`,
    );
  return searchsorted(boundaries, x, options);
}

export interface BincountOptions {
  /** What each element counts. */
  weights?: Tensor | null;
  /** At least so many bins. @defaultValue 0 */
  minlength?: number;
}
/** How often each whole number ≥ 0 occurs. @see torch.bincount */
export function bincount(x: Tensor, options: BincountOptions = {}): Tensor {
  checkTensor("bincount", x);
  checkOptions("bincount", options, ["weights", "minlength"]);
  const { weights = null, minlength = 0 } = options;
  checkInteger("bincount", "minlength", minlength, 0);
  if (dtypes[x.dtype].kind !== "int" || x.ndim !== 1)
    throw new DTypeError(
      `bincount: only supports 1-d non-negative integral inputs: got ${x.dtype} ${formatShape(x.shape)}`,
    );
  const count = numel(x.shape);
  if (count > 0 && scalarOf(any(lt(x, 0))) === true)
    throw new ArgumentError("bincount: only supports 1-d non-negative integral inputs");
  if (weights && (weights.ndim !== 1 || weights.shape[0] !== count))
    throw new ShapeError(
      `bincount: weights should be 1-d and have the same length as input: ${formatShape(weights.shape)}`,
    );
  const bins = Math.max(minlength, count === 0 ? 0 : Number(scalarOf(max(x))) + 1);
  const wide = prepare(x, "int64");
  const each = weights
    ? weights.dtype === "float32"
      ? weights
      : to(weights, "float64")
    : onesOf(wide, [count]);
  return indexAdd(zerosOf(each, [bins]), 0, wide, each.detach());
}

/** How many elements fall into each of `bins` equal intervals from min to max. @see torch.histc */
export function histc(x: Tensor, bins = 100, options: { min?: number; max?: number } = {}): Tensor {
  checkTensor("histc", x);
  checkOptions("histc", options, ["min", "max"]);
  checkInteger("histc", "bins", bins, 1);
  if (!isFloat(x.dtype)) throw new DTypeError(`histc: not implemented for ${x.dtype}`);
  const values = valuesOf(x).map(Number);
  let { min: low = 0, max: high = 0 } = options;
  if (low === high && values.length > 0)
    [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  if (low === high) [low, high] = [low - 1, high + 1];
  if (!(low < high) || !Number.isFinite(high - low))
    throw new ArgumentError(`histc: max must be larger than min, and both finite: ${low} and ${high}`);
  const counts = new Array<number>(bins).fill(0);
  for (const value of values)
    if (value >= low && value <= high)
      counts[Math.min(bins - 1, Math.floor(((value - low) / (high - low)) * bins))]!++;
  return makeOf(counts, [bins], x.dtype, x.storage.backend);
}
