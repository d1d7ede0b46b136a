/** Runs of a dim reduced to one element each. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim, numel } from "../../core/shape.js";
import { make, makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { div } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { narrow } from "../shape/slicing.js";
import { expand, reshape } from "../shape/view.js";
import { scatterAdd } from "./gathering.js";
import { extremes, products } from "./scatter-reduce.js";

const kinds = ["sum", "mean", "max", "min", "prod"] as const;

export interface SegmentOptions {
  /** How long the runs are: the dims of x before `axis`, then one length for each run. */
  lengths?: Tensor | null;
  /** Where runs begin, and where the last one ends; instead of `lengths`. */
  offsets?: Tensor | null;
  /** Which dim the runs lie along. @defaultValue 0 */
  axis?: number;
  /** Do not check that lengths add up. @defaultValue false */
  unsafe?: boolean;
  /** What each run starts from. @defaultValue what leaves it as it is; the mean of nothing is NaN */
  initial?: number | null;
}

const starts = {
  sum: 0,
  mean: 0,
  prod: 1,
  max: Number.NEGATIVE_INFINITY,
  min: Number.POSITIVE_INFINITY,
} as const;

/** Lengths of the runs, line by line. */
function lengthsOf(
  op: string,
  options: SegmentOptions,
): { lengths: number[]; count: number; shape: readonly number[] } {
  const { lengths, offsets } = options;
  const given = lengths ?? offsets;
  if (!given || (lengths && offsets))
    throw new ArgumentError(`${op}: Either lengths or offsets must be given, not both`);
  checkTensor(op, given);
  if (given.ndim === 0 || isFloat(given.dtype) || given.dtype === "bool")
    throw new DTypeError(
      `${op}: lengths and offsets hold whole numbers: got ${given.dtype} ${formatShape(given.shape)}`,
    );
  const values = valuesOf(given).map(Number);
  const width = given.shape.at(-1)!;
  if (lengths) return { lengths: values, count: width, shape: given.shape };
  if (width === 0) throw new ShapeError(`${op}: offsets must have at least one element`);
  const runs = values.flatMap((at, i) => (i % width === width - 1 ? [] : [values[i + 1]! - at]));
  if (values.some((at, i) => i % width === 0 && at !== 0))
    throw new ArgumentError(`${op}: offsets must start at 0`);
  return { lengths: runs, count: width - 1, shape: given.shape.with(-1, width - 1) };
}

/**
 * Each run of a dim reduced: x [..., n, ...] → [..., runs, ...].
 *
 * @param reduce "sum", "mean", "max", "min" or "prod"
 * @throws ArgumentError if the lengths are negative or do not add up to the size of the dim
 * @example segmentReduce(x, "max", { lengths: torch.tensor([2, 3]) })
 * @see torch.segment_reduce
 */
export function segmentReduce(
  x: Tensor,
  reduce: (typeof kinds)[number],
  options: SegmentOptions = {},
): Tensor {
  const op = "segmentReduce";
  checkTensor(op, x);
  checkOptions(op, options, ["lengths", "offsets", "axis", "unsafe", "initial"]);
  checkChoice(op, "reduce", reduce, kinds);
  if (!isFloat(x.dtype)) throw new DTypeError(`${op}: not implemented for ${x.dtype}`);
  const d = normalizeDim(op, checkInteger(op, "axis", options.axis ?? 0), x.ndim);
  const { lengths, count, shape } = lengthsOf(op, options);
  const n = x.shape[d] ?? 1;
  if (shape.length !== d + 1 || shape.some((m, i) => i < d && m !== x.shape[i]))
    throw new ShapeError(
      `${op}: lengths of shape ${formatShape(shape)} do not fit ${formatShape(x.shape)} at dim ${d}`,
    );
  const rows = numel(shape.slice(0, -1));
  for (let row = 0; row < rows; row++) {
    const line = lengths.slice(row * count, (row + 1) * count);
    const total = line.reduce((a, b) => a + b, 0);
    if (line.some((m) => m < 0) || total > n || (total !== n && !options.unsafe))
      throw new ArgumentError(
        `${op}: Expected all rows of lengths along axis to sum to data.size(axis) = ${n}: got ${line.join(", ")}`,
      );
  }
  // The run of each element; what no run reaches goes to one behind the last.
  const runs = new Array<number>(rows * n).fill(count);
  for (let row = 0; row < rows; row++) {
    let at = row * n;
    for (let k = 0; k < count; k++) for (let i = 0; i < lengths[row * count + k]!; i++) runs[at++] = k;
  }
  const after = x.shape.slice(d + 1).map(() => 1);
  const { backend } = x.storage;
  const index = expand(
    makeOf(runs, [...x.shape.slice(0, d + 1), ...after], "int64", backend),
    x.shape as number[],
  );
  const base = make(x.shape.with(d, count + 1), x.dtype, backend);
  backend.fill(base, options.initial ?? starts[reduce]);
  const route = { dim: d, index };
  const all =
    reduce === "prod"
      ? products(base, route, x)
      : reduce === "max" || reduce === "min"
        ? extremes(base, route, x, reduce, false)
        : scatterAdd(base, d, index, x);
  const y = narrow(all, d, 0, count);
  if (reduce !== "mean") return named("segment_reduce", y);
  // The mean of nothing is what it started from, NaN unless that was given.
  const given = options.initial !== undefined && options.initial !== null;
  const divisors = lengths.map((m) => (m === 0 && given ? 1 : m));
  return named(
    "segment_reduce",
    div(y, reshape(makeOf(divisors, shape, x.dtype, backend), [...shape, ...after])),
  );
}
