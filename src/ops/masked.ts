/**
 * @file torch.masked: reductions and normalizations of the elements where a mask holds.
 *
 * The others are replaced by what changes nothing: 0 in a sum, 1 in a product, −∞ where the greatest is sought.
 */
import { checkOptions } from "../core/arguments.js";
import { checkDType, type DType, isFloat } from "../core/dtype.js";
import { iinfo } from "../core/dtype-limits.js";
import { ArgumentError, DTypeError, ShapeError } from "../core/errors.js";
import { formatShape, normalizeDim, normalizeDims } from "../core/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import { scalarOf } from "../tensor/values.js";
import * as activation from "./activation/activation.js";
import { to } from "./copying.js";
import { div, mul, sqrt, sub } from "./elementwise/arithmetic.js";
import * as binary from "./elementwise/binary.js";
import { isnan } from "./elementwise/comparison.js";
import { clamp } from "./elementwise/limits.js";
import { maximum, where } from "./elementwise/selection.js";
import { checkTensor, floating, onesOf, type Scalar, zerosOf } from "./kernel.js";
import { vectorNorm } from "./linalg/norms.js";
import { nanmedian } from "./reduction/order-statistics.js";
import type { Dims } from "./reduction/reduction.js";
import * as reduction from "./reduction/reduction.js";
import * as scan from "./reduction/scan.js";
import * as statistics from "./reduction/statistics.js";
import { broadcastTo } from "./shape/view.js";

export interface MaskedOptions {
  /** Of the result. @defaultValue x's own, or what the op makes of it */
  dtype?: DType;
  /** True where an element counts; broadcasts to x. @defaultValue null, everywhere */
  mask?: Tensor | null;
}
export interface MaskedReduceOptions extends MaskedOptions {
  /** Keep reduced dims as size 1. @defaultValue false */
  keepdim?: boolean;
}
export interface MaskedVarOptions extends MaskedReduceOptions {
  /** Divide by one less than the count. @defaultValue false */
  unbiased?: boolean;
}

type Identity = 0 | 1 | "least" | "greatest";

/** The value of a dtype that changes nothing. */
function identity(op: string, which: Identity, dtype: DType): Scalar {
  if (typeof which === "number") return which;
  if (isFloat(dtype)) return which === "least" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (dtype === "bool") throw new DTypeError(`${op}: not implemented for bool`);
  return which === "least" ? iinfo(dtype).min : iinfo(dtype).max;
}

/** The mask in x's shape. */
function maskOf(op: string, x: Tensor, mask: Tensor): Tensor {
  checkTensor(op, mask);
  if (mask.ndim > x.ndim)
    throw new ShapeError(
      `${op}: expected broadcastable mask (got mask dimensionality higher than of the input): ${formatShape(mask.shape)} for ${formatShape(x.shape)}`,
    );
  return to(broadcastTo(mask.detach(), x.shape), "bool");
}

/** x with what does not count replaced. */
function filled(op: string, x: Tensor, mask: Tensor | null | undefined, value: Identity | number): Tensor {
  checkTensor(op, x);
  if (!mask) return x;
  const fill =
    typeof value === "string" || !Number.isNaN(value) ? identity(op, value as Identity, x.dtype) : value;
  return where(maskOf(op, x, mask), x, fill);
}

/** @throws ArgumentError unless x is a tensor and the options are those of the op */
function checkCall(op: string, x: Tensor, options: MaskedOptions, keys: readonly string[]): void {
  checkTensor(op, x);
  checkOptions(op, options, keys);
  if (options.dtype !== undefined) checkDType(op, options.dtype);
}

const reduceKeys = ["keepdim", "dtype", "mask"];

// ── reductions ───────────────────────────────────────────────────────────────────────────────────

/** Sum of what counts. @see torch.masked.sum */
export function sum(x: Tensor, dim?: Dims, options: MaskedReduceOptions = {}): Tensor {
  checkCall("masked.sum", x, options, reduceKeys);
  const { mask, ...rest } = options;
  return reduction.sum(filled("masked.sum", x, mask, 0), dim ?? null, rest);
}

/** Product of what counts. @see torch.masked.prod */
export function prod(x: Tensor, dim?: Dims, options: MaskedReduceOptions = {}): Tensor {
  checkCall("masked.prod", x, options, reduceKeys);
  const { mask, dtype, keepdim = false } = options;
  const y = filled("masked.prod", x, mask, 1);
  const none = dim == null || (typeof dim !== "number" && dim.length === 0);
  const dims = normalizeDims("masked.prod", dim, none ? x.ndim : Math.max(x.ndim, 1)).sort((a, b) => b - a);
  const whole = isFloat(x.dtype) ? x.dtype : "int64";
  return dims.reduce((z, d) => reduction.prod(z, d, { keepdim }), to(y, dtype ?? whole));
}

function extreme(
  op: "amax" | "amin",
  x: Tensor,
  dim: Dims | undefined,
  options: MaskedReduceOptions,
): Tensor {
  checkCall(`masked.${op}`, x, options, reduceKeys);
  const { mask, dtype = x.dtype, keepdim } = options;
  const y = filled(`masked.${op}`, x, mask, op === "amax" ? "least" : "greatest");
  return to((op === "amax" ? reduction.amax : reduction.amin)(y, dim, { keepdim }), dtype);
}
/** The greatest of what counts. @see torch.masked.amax */
export function amax(x: Tensor, dim?: Dims, options: MaskedReduceOptions = {}): Tensor {
  return extreme("amax", x, dim, options);
}
/** The least of what counts. @see torch.masked.amin */
export function amin(x: Tensor, dim?: Dims, options: MaskedReduceOptions = {}): Tensor {
  return extreme("amin", x, dim, options);
}

function argextreme(
  op: "argmax" | "argmin",
  x: Tensor,
  dim: number | null | undefined,
  options: MaskedReduceOptions,
): Tensor {
  checkCall(`masked.${op}`, x, options, reduceKeys);
  const { mask, dtype = x.dtype, keepdim } = options;
  const y = filled(`masked.${op}`, x, mask, op === "argmax" ? "least" : "greatest");
  return to((op === "argmax" ? reduction.argmax : reduction.argmin)(y, dim ?? undefined, { keepdim }), dtype);
}
/** Where the greatest of what counts is; of x's own dtype, as PyTorch has it. @see torch.masked.argmax */
export function argmax(x: Tensor, dim?: number | null, options: MaskedReduceOptions = {}): Tensor {
  return argextreme("argmax", x, dim, options);
}
/** Where the least of what counts is. @see torch.masked.argmin */
export function argmin(x: Tensor, dim?: number | null, options: MaskedReduceOptions = {}): Tensor {
  return argextreme("argmin", x, dim, options);
}

/** How many elements count. */
function countOf(
  op: string,
  x: Tensor,
  dim: Dims | undefined,
  mask: Tensor | null | undefined,
  keepdim: boolean,
) {
  const counted = mask ? maskOf(op, x, mask) : broadcastTo(onesOf(zerosOf(x, []), []), x.shape);
  return reduction.sum(to(counted.detach(), "int64"), dim ?? null, { keepdim });
}

/** Mean of what counts. @see torch.masked.mean */
export function mean(x: Tensor, dim?: Dims, options: MaskedReduceOptions = {}): Tensor {
  checkCall("masked.mean", x, options, reduceKeys);
  const { mask, dtype = x.dtype, keepdim = false } = options;
  const total = sum(x, dim, { mask, keepdim, dtype: dtype === "bool" ? "int64" : dtype });
  return div(total, countOf("masked.mean", x, dim, mask, keepdim));
}

/** The lower median of what counts along a dim. @throws ArgumentError if of whole numbers none counts @see torch.masked.median */
export function median(x: Tensor, dim = -1, options: MaskedReduceOptions = {}): Tensor {
  checkCall("masked.median", x, options, reduceKeys);
  const { mask, dtype = x.dtype, keepdim } = options;
  const wide = isFloat(x.dtype) ? x : to(x, "float32");
  const y = nanmedian(filled("masked.median", wide, mask, Number.NaN), dim, { keepdim }).values;
  if (isFloat(x.dtype)) return y;
  if (scalarOf(reduction.any(isnan(y))) === true)
    throw new ArgumentError("masked.median: expects no fully masked out rows if dtype is not floating point");
  return to(y, dtype);
}

/** ln Σ eˣ of what counts. @see torch.masked.logsumexp */
export function logsumexp(x: Tensor, dim?: Dims, options: MaskedReduceOptions = {}): Tensor {
  checkCall("masked.logsumexp", x, options, reduceKeys);
  const { mask, dtype = x.dtype, keepdim } = options;
  const y = filled("masked.logsumexp", x, mask, "least");
  const dims = normalizeDims("masked.logsumexp", dim, x.ndim);
  return to(statistics.logsumexp(to(y, floating(y.dtype)), dims, { keepdim }), dtype);
}

/** The p-norm of what counts. @see torch.masked.norm */
export function norm(x: Tensor, ord = 2, dim?: Dims, options: MaskedReduceOptions = {}): Tensor {
  checkCall("masked.norm", x, options, reduceKeys);
  const { mask, ...rest } = options;
  const none = ord === Number.NEGATIVE_INFINITY ? "greatest" : 0;
  return vectorNorm(filled("masked.norm", x, mask, none), ord, dim ?? null, rest);
}

function spread(op: string, x: Tensor, dim: Dims | undefined, options: MaskedVarOptions): Tensor {
  checkCall(op, x, options, [...reduceKeys, "unbiased"]);
  const { mask, keepdim = false, unbiased = false } = options;
  const dtype = options.dtype ?? floating(x.dtype);
  const middle = div(sum(x, dim, { mask, keepdim: true, dtype }), countOf(op, x, dim, mask, true));
  const apart = sub(x, middle);
  const total = sum(mul(apart, apart), dim, { mask, keepdim, dtype: floating(dtype) });
  const count = countOf(op, x, dim, mask, keepdim);
  return to(div(total, unbiased ? clamp(sub(count, 1), 0, null) : count), dtype);
}
/** Variance of what counts. @see torch.masked.var */
function variance(x: Tensor, dim?: Dims, options: MaskedVarOptions = {}): Tensor {
  return spread("masked.var", x, dim, options);
}

export { variance as var };
/** Standard deviation of what counts. @see torch.masked.std */
export function std(x: Tensor, dim?: Dims, options: MaskedVarOptions = {}): Tensor {
  return sqrt(spread("masked.std", x, dim, options));
}

// ── of the same shape as x ───────────────────────────────────────────────────────────────────────

function scanned(op: "cumsum" | "cumprod", x: Tensor, dim: number, options: MaskedOptions): Tensor {
  checkCall(`masked.${op}`, x, options, ["dtype", "mask"]);
  const { mask, dtype = x.dtype } = options;
  const y = filled(`masked.${op}`, x, mask, op === "cumsum" ? 0 : 1);
  return to((op === "cumsum" ? scan.cumsum : scan.cumprod)(y, dim, { dtype }), dtype);
}
/** Running sum of what counts. @see torch.masked.cumsum */
export function cumsum(x: Tensor, dim: number, options: MaskedOptions = {}): Tensor {
  return scanned("cumsum", x, dim, options);
}
/** Running product of what counts. @see torch.masked.cumprod */
export function cumprod(x: Tensor, dim: number, options: MaskedOptions = {}): Tensor {
  return scanned("cumprod", x, dim, options);
}

function soft(
  op: "softmax" | "logSoftmax" | "softmin",
  x: Tensor,
  dim: number,
  options: MaskedOptions,
): Tensor {
  checkCall(`masked.${op}`, x, options, ["dtype", "mask"]);
  const { mask, dtype = x.dtype } = options;
  const y = filled(`masked.${op}`, x, mask, op === "softmin" ? "greatest" : "least");
  const { softmax, logSoftmax, softmin } = activation;
  return { softmax, logSoftmax, softmin }[op](y, dim, { dtype });
}
/** Softmax over what counts, 0 elsewhere; NaN where nothing counts. @see torch.masked.softmax */
export function softmax(x: Tensor, dim: number, options: MaskedOptions = {}): Tensor {
  return soft("softmax", x, dim, options);
}
/** Logarithm of `softmax`. @see torch.masked.log_softmax */
export function logSoftmax(x: Tensor, dim: number, options: MaskedOptions = {}): Tensor {
  return soft("logSoftmax", x, dim, options);
}
/** Softmax of −x over what counts. @see torch.masked.softmin */
export function softmin(x: Tensor, dim: number, options: MaskedOptions = {}): Tensor {
  return soft("softmin", x, dim, options);
}

/** What counts divided by its p-norm, or by eps if that is greater. @see torch.masked.normalize */
export function normalize(
  x: Tensor,
  ord: number,
  dim: number,
  options: MaskedOptions & { eps?: number } = {},
): Tensor {
  checkCall("masked.normalize", x, options, ["eps", "dtype", "mask"]);
  const { mask, dtype, eps = 1e-12 } = options;
  const d = normalizeDim("masked.normalize", dim, x.ndim);
  const length = norm(x, ord, d, { keepdim: true, dtype, mask });
  const least = mul(onesOf(length, []), eps);
  return div(filled("masked.normalize", x, mask, 0), maximum(length, least));
}

/** ln(eᵃ + eᵇ), where what does not count is −∞. @see torch.masked.logaddexp */
export function logaddexp(
  a: Tensor,
  b: Tensor,
  options: { dtype?: DType; inputMask?: Tensor | null; otherMask?: Tensor | null } = {},
): Tensor {
  checkCall("masked.logaddexp", a, options, ["dtype", "inputMask", "otherMask"]);
  const { dtype = a.dtype, inputMask, otherMask } = options;
  const op = "masked.logaddexp";
  return to(binary.logaddexp(filled(op, a, inputMask, "least"), filled(op, b, otherMask, "least")), dtype);
}
