/** Many values reduced to one place each: by an index for every element, for every slice, or by runs. */
import { record } from "../../autograd/record.js";
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { DTypeError, GradError, ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { to } from "../copying.js";
import { div, mul } from "../elementwise/arithmetic.js";
import { eq, gt, isnan, logicalAnd, logicalOr } from "../elementwise/comparison.js";
import { clampMin } from "../elementwise/limits.js";
import { maskedFill, where } from "../elementwise/selection.js";
import { checkTensor, onesOf, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { any } from "../reduction/reduction.js";
import { narrow } from "../shape/slicing.js";
import { expand, reshape } from "../shape/view.js";
import { gather, scatter, scatterAdd } from "./gathering.js";
import { scattered } from "./positions.js";

const kinds = ["sum", "prod", "mean", "amax", "amin"] as const;
export type ReduceKind = (typeof kinds)[number];

export interface ReduceOptions {
  /** Whether the old values take part where something is put. @defaultValue true */
  includeSelf?: boolean;
}

/** Where values go. */
interface Route {
  dim: number;
  index: Tensor;
}

// ── the two primitives ───────────────────────────────────────────────────────────────────────────

/** x times all that goes to it. ∂x = g·Π src, ∂src = g·(what else is in the product). */
function products(x: Tensor, { dim, index }: Route, src: Tensor): Tensor {
  const y = scattered("scatterReduce", x, dim, index, src, x.dtype === "bool" ? "min" : "mul");
  return record(y, {
    op: "scatter_reduce",
    inputs: [x, src],
    saved: [x, src, index, y],
    backward: (g, [x, src, index, y]) => {
      const route = { dim, index };
      return [
        () => {
          const filled = maskedFill(x, eq(x, 0), 1);
          return div(mul(g, products(filled, route, src)), filled);
        },
        () => {
          const zero = eq(src, 0);
          const zeros = gather(scatterAdd(zerosOf(x, x.shape), dim, index, to(zero, x.dtype)), dim, index);
          const single = logicalAnd(zero, eq(zeros, 1));
          const others = products(x, route, maskedFill(src, single, 1));
          const rest = div(gather(mul(g, y), dim, index), maskedFill(src, zero, 1));
          const gradient = where(single, gather(mul(g, others), dim, index), rest);
          return scalarOf(any(gt(zeros, 1))) ? onceOnly(gradient) : gradient;
        },
      ];
    },
  });
}

/** Where two factors of one product are 0, products without one of them do not tell the second derivative. */
function onceOnly(gradient: Tensor): Tensor {
  return record(gradient.detach(), {
    op: "not_implemented",
    inputs: [gradient],
    backward: () => [
      () => {
        throw new GradError(
          "scatterReduce: Double backward is unsupported for src when >1 zeros in src are scattered to the same position",
        );
      },
    ],
  });
}

/**
 * The greatest or least of x and all that goes to it. ∂ = g shared by all that are equal to the result.
 *
 * @param own whether x counts among them
 */
function extremes(x: Tensor, { dim, index }: Route, src: Tensor, kind: "max" | "min", own: boolean): Tensor {
  const y = scattered("scatterReduce", x, dim, index, src, kind);
  return record(y, {
    op: "scatter_reduce",
    inputs: [x, src],
    saved: [x, src, index, y],
    backward: (g, [x, src, index, y]) => {
      const taken = gather(y, dim, index);
      const equal = eq(src, taken);
      const chosen = to(own ? equal : logicalOr(equal, isnan(src)), x.dtype);
      const self = own ? to(eq(x, y), x.dtype) : zerosOf(x, x.shape);
      const count = scatterAdd(self, dim, index, chosen);
      const share = div(g, own ? count : clampMin(count, 1));
      return [() => mul(self, share), () => mul(chosen, gather(share, dim, index))];
    },
  });
}

// ── what is built on them ────────────────────────────────────────────────────────────────────────

/** x where nothing goes, elsewhere what leaves a reduction as it is. */
function neutral(x: Tensor, { dim, index }: Route, src: Tensor, kind: ReduceKind): Tensor {
  if (kind === "sum" || kind === "mean") return scatter(x, dim, index, 0);
  if (kind === "prod") return scatter(x, dim, index, 1);
  // Whole numbers have no infinity; any of the values will do.
  if (!isFloat(x.dtype)) return scatter(x, dim, index, src);
  return scatter(x, dim, index, kind === "amax" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
}

function reduced(x: Tensor, route: Route, src: Tensor, kind: ReduceKind, includeSelf: boolean): Tensor {
  const { dim, index } = route;
  const base = includeSelf ? x : neutral(x, route, src, kind);
  switch (kind) {
    case "prod":
      return products(base, route, src);
    case "amax":
      return extremes(base, route, src, "max", true);
    case "amin":
      return extremes(base, route, src, "min", true);
    case "sum":
      return x.dtype === "bool"
        ? scattered("scatterReduce", base, dim, index, src, "max")
        : scatterAdd(base, dim, index, src);
    default: {
      const count = scatterAdd(
        (includeSelf ? onesOf : zerosOf)(x, x.shape),
        dim,
        index,
        onesOf(x, index.shape),
      );
      const sum = scatterAdd(base, dim, index, src);
      return div(sum, clampMin(count, 1), isFloat(x.dtype) ? {} : { roundingMode: "floor" });
    }
  }
}

/**
 * x with src reduced into it: y[index[i][j]][j] = reduce(y[index[i][j]][j], src[i][j]) for dim 0.
 *
 * @throws ShapeError if the index does not fit @throws IndexError if one is out of range
 * @example x.scatterReduce(0, index, src, "amax", { includeSelf: false })
 * @see torch.scatter_reduce
 */
export function scatterReduce(
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor,
  reduce: ReduceKind,
  options?: ReduceOptions,
): Tensor {
  const op = "scatterReduce";
  for (const tensor of [x, index, src]) checkTensor(op, tensor);
  checkOptions(op, options, ["includeSelf"]);
  checkChoice(op, "reduce", reduce, kinds);
  const d = normalizeDim(op, dim, x.ndim);
  if (index.ndim !== src.ndim || index.shape.some((n, i) => n > src.shape[i]!))
    throw new ShapeError(
      `${op}: Expected index ${formatShape(index.shape)} to be smaller than src ${formatShape(src.shape)} in every dimension`,
    );
  const read = index.shape.reduce((y, n, i) => (y.shape[i] === n ? y : narrow(y, i, 0, n)), src);
  return named("scatter_reduce", reduced(x, { dim: d, index }, read, reduce, options?.includeSelf ?? true));
}

/**
 * x with slices of `source` reduced into its slices at the indices of a dim.
 *
 * @param reduce "prod", "mean", "amax" or "amin"
 * @see torch.index_reduce
 */
export function indexReduce(
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  reduce: Exclude<ReduceKind, "sum">,
  options?: ReduceOptions,
): Tensor {
  const op = "indexReduce";
  for (const tensor of [x, index, source]) checkTensor(op, tensor);
  checkOptions(op, options, ["includeSelf"]);
  checkChoice(op, "reduce", reduce, ["prod", "mean", "amax", "amin"]);
  const d = normalizeDim(op, dim, x.ndim);
  if (index.ndim > 1)
    throw new ShapeError(`${op}: Index is supposed to be a vector: got ${formatShape(index.shape)}`);
  if (source.dtype !== x.dtype)
    throw new DTypeError(
      `${op}: self (${x.dtype}) and source (${source.dtype}) must have the same scalar type`,
    );
  const fits =
    source.ndim === x.ndim &&
    x.shape.every((n, i) => source.shape[i] === (i === d ? (index.shape[0] ?? 1) : n)) &&
    (x.ndim > 0 || (index.shape[0] ?? 1) === 1);
  if (!fits)
    throw new ShapeError(
      `${op}: source of shape ${formatShape(source.shape)} does not fit ${formatShape(x.shape)} with indices ${formatShape(index.shape)} at dim ${d}`,
    );
  const line = x.ndim === 0 ? [] : x.shape.map((_, i) => (i === d ? -1 : 1));
  const each = expand(reshape(index, line), source.shape as number[]);
  return named(
    "index_reduce",
    reduced(x, { dim: d, index: each }, source, reduce, options?.includeSelf ?? true),
  );
}

export { extremes, products, type Route };
