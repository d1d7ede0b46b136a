/** Many elements into one: sums, products, means, extremes, spreads, norms, running totals. */
import { record } from "../../autograd/record.js";
import type { ReduceName } from "../../backend/backend.js";
import { checkOptions } from "../../core/arguments.js";
import { checkDType, type DType, isFloat } from "../../core/dtype.js";
import { DTypeError, IndexError } from "../../core/errors.js";
import { formatShape, normalizeDim, normalizeDims, numel, type Shape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { div, mul } from "../elementwise/arithmetic.js";
import { eq, isnan, logicalOr, ne } from "../elementwise/comparison.js";
import { maximum, minimum } from "../elementwise/selection.js";
import { gather, scatterAdd } from "../index/gathering.js";
import { checkTensor, discard, onesOf, prepare, zerosOf } from "../kernel.js";
import { named as asNode } from "../named.js";
import { cat } from "../shape/joining.js";
import { flip } from "../shape/rearranging.js";
import { narrow } from "../shape/slicing.js";
import { expand, reshape, squeeze } from "../shape/view.js";
import { cumprod } from "./scan.js";

/** One dim or several; all of them when left out. */
export type Dims = number | Shape | null;
export interface ReduceOptions {
  /** Keep reduced dims as size 1. @defaultValue false */
  keepdim?: boolean;
  /** Convert to this dtype first. @defaultValue int64 for whole numbers, else as it is */
  dtype?: DType;
}
export interface KeepdimOptions {
  /** Keep reduced dims as size 1. @defaultValue false */
  keepdim?: boolean;
}
/** What a search along a dim finds. */
export interface ValuesAndIndices {
  values: Tensor;
  /** int64 */
  indices: Tensor;
}

/** The shape with `dims` gone, or kept as 1. */
function reducedShape(shape: Shape, dims: Shape, keepdim: boolean): number[] {
  return keepdim
    ? shape.map((n, d) => (dims.includes(d) ? 1 : n))
    : shape.filter((_, d) => !dims.includes(d));
}

/** A contiguous tensor's memory with reduced dims put back as 1. */
function withKept(y: Tensor, shape: Shape, dims: Shape, keepdim: boolean): Tensor {
  if (!keepdim) return y;
  const kept = reducedShape(shape, dims, true);
  let d = 0;
  const strides = kept.map((_, i) => (dims.includes(i) ? 1 : y.strides[d++]!));
  return new Tensor(y.storage, y.dtype, kept, strides);
}

function reduced(
  name: ReduceName,
  x: Tensor,
  dims: number[],
  keepdim: boolean,
  dtype: DType,
  input = dtype,
): Tensor {
  const out = make(reducedShape(x.shape, dims, false), dtype, x.storage.backend);
  const y = prepare(x, input);
  out.storage.backend.reduce(
    name,
    out,
    y,
    [...dims].sort((a, b) => a - b),
  );
  discard(y, x);
  return withKept(out, x.shape, dims, keepdim);
}

/** A gradient spread back over the dims that were reduced. */
function spread(g: Tensor, shape: Shape, dims: Shape): Tensor {
  return expand(reshape(g, reducedShape(shape, dims, true)), shape as number[]);
}

/** Splits `(dim, options)` when the dim may be left out: `x.sum({ keepdim })`. */
function dimAnd<O extends object>(
  dim: Dims | O | undefined,
  options: O | undefined,
): { dim: Dims | undefined; options: O } {
  const named = typeof dim === "object" && dim !== null && !Array.isArray(dim);
  return {
    dim: named ? undefined : (dim as Dims | undefined),
    options: (named ? (dim as O) : options) ?? ({} as O),
  };
}

// ── sums, products, means ────────────────────────────────────────────────────────────────────────

/**
 * Sum over `dim`, over everything when left out. ∂x = g spread back.
 *
 * @example x.sum(1, { keepdim: true })
 * @see torch.sum
 */
export function sum(x: Tensor, dim?: Dims | ReduceOptions, options?: ReduceOptions): Tensor {
  checkTensor("sum", x);
  const named = dimAnd(dim, options);
  checkOptions("sum", named.options, ["keepdim", "dtype"]);
  const { keepdim = false, dtype } = named.options;
  const dims = normalizeDims("sum", named.dim, x.ndim);
  const { shape } = x;
  const type = dtype ? checkDType("sum", dtype) : isFloat(x.dtype) ? x.dtype : "int64";
  return record(reduced("sum", x, dims, keepdim, type), {
    op: "sum",
    overload: named.dim === undefined ? 0 : 1,
    inputs: [x],
    backward: (g) => [() => spread(g, shape, dims)],
  });
}

/** Mean over `dim`. ∂x = g/n spread back. @throws DTypeError for whole numbers @see torch.mean */
export function mean(x: Tensor, dim?: Dims | ReduceOptions, options?: ReduceOptions): Tensor {
  checkTensor("mean", x);
  const named = dimAnd(dim, options);
  checkOptions("mean", named.options, ["keepdim", "dtype"]);
  const { keepdim = false, dtype } = named.options;
  const type = dtype ? checkDType("mean", dtype) : x.dtype;
  if (!isFloat(type))
    throw new DTypeError(
      `mean: could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${type}`,
    );
  const dims = normalizeDims("mean", named.dim, x.ndim);
  const { shape } = x;
  const count = numel(dims.map((d) => shape[d]!));
  const total = reduced("sum", x, dims, keepdim, type);
  const y = div(total.detach(), count);
  return record(y, {
    op: "mean",
    overload: named.dim === undefined ? 0 : 1,
    inputs: [x],
    backward: (g) => [() => div(spread(g, shape, dims), count)],
  });
}

/** Product over one dim, or over everything. ∂x = g·(product of the others). @see torch.prod */
export function prod(x: Tensor, dim?: number | ReduceOptions, options?: ReduceOptions): Tensor {
  checkTensor("prod", x);
  const named = dimAnd(dim, options);
  checkOptions("prod", named.options, ["keepdim", "dtype"]);
  const { keepdim = false, dtype } = named.options;
  if (named.dim === undefined && x.ndim !== 1) {
    const flat = asNode("prod", prod(reshape(x, -1), 0, { dtype }));
    return keepdim
      ? reshape(
          flat,
          x.shape.map(() => 1),
        )
      : flat;
  }
  const d = normalizeDim("prod", (named.dim as number | undefined) ?? 0, x.ndim);
  const dims = x.ndim === 0 ? [] : [d];
  const { shape } = x;
  const type = dtype ? checkDType("prod", dtype) : isFloat(x.dtype) ? x.dtype : "int64";
  return record(reduced("prod", x, dims, keepdim, type), {
    op: "prod",
    overload: named.dim === undefined ? 0 : 1,
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => (x.ndim === 0 ? g : mul(spread(g, shape, dims), productOfOthers(x, d)))],
  });
}

/** Along a dim, the product of all elements but each itself: what stands before times what stands after. */
function productOfOthers(x: Tensor, dim: number): Tensor {
  const n = x.shape[dim]!;
  const before = shiftedProduct(x, dim, n);
  const after = flip(shiftedProduct(flip(x, dim), dim, n), dim);
  return mul(before, after);
}
function shiftedProduct(x: Tensor, dim: number, n: number): Tensor {
  if (n === 0) return x;
  return cumprod(cat([onesOf(x, x.shape.with(dim, 1)), narrow(x, dim, 0, n - 1)], dim), dim);
}

// ── truth ────────────────────────────────────────────────────────────────────────────────────────

function truth(
  op: "any" | "all",
  x: Tensor,
  dim: number | KeepdimOptions | undefined,
  options?: KeepdimOptions,
): Tensor {
  checkTensor(op, x);
  const named = dimAnd(dim, options);
  checkOptions(op, named.options, ["keepdim"]);
  const dims = normalizeDims(op, named.dim, x.ndim);
  // PyTorch keeps uint8 here, from the time before bool.
  const y = reduced(op, x, dims, named.options.keepdim ?? false, "bool", x.dtype);
  return x.dtype === "uint8" ? to(y, "uint8") : y;
}
/** Whether some element is nonzero. @see torch.any */
export function any(x: Tensor, dim?: number | KeepdimOptions, options?: KeepdimOptions): Tensor {
  return truth("any", x, dim, options);
}
/** Whether all elements are nonzero. @see torch.all */
export function all(x: Tensor, dim?: number | KeepdimOptions, options?: KeepdimOptions): Tensor {
  return truth("all", x, dim, options);
}
/** How many elements are nonzero. @see torch.count_nonzero */
export function countNonzero(x: Tensor, dim?: Dims): Tensor {
  checkTensor("countNonzero", x);
  return sum(ne(x, 0), dim ?? undefined);
}

// ── extremes ─────────────────────────────────────────────────────────────────────────────────────

function checkNotEmpty(op: string, x: Tensor, dims: Shape): void {
  const empty = dims.length === 0 && x.ndim > 0 ? numel(x.shape) === 0 : dims.some((d) => x.shape[d] === 0);
  if (empty)
    throw new IndexError(
      `${op}: Expected reduction dim to have non-zero size: a tensor of shape ${formatShape(x.shape)}`,
    );
}

/** Over dims, no indices; ties share the gradient evenly. */
function extremes(
  op: string,
  name: "max" | "min",
  x: Tensor,
  dim: Dims | undefined,
  keepdim: boolean,
): Tensor {
  const dims = normalizeDims(op, dim, x.ndim);
  checkNotEmpty(op, x, dims);
  const y = reduced(name, x, dims, keepdim, x.dtype);
  const { shape } = x;
  return record(y, {
    op: op.length > 3 ? op : name,
    overload: op.length > 3 ? 0 : 1,
    inputs: [x],
    saved: [x, y],
    backward: (g, [x, y]) => [
      () => {
        const top = spread(y, shape, dims);
        const hit = to(logicalOr(eq(x, top), isnan(x)), x.dtype);
        return mul(div(hit, sum(hit, dims, { keepdim: true })), spread(g, shape, dims));
      },
    ],
  });
}

/** Along one dim, with the index of the first extreme. */
function extremeAt(name: "max" | "min", x: Tensor, dim: number, keepdim: boolean): ValuesAndIndices {
  const d = normalizeDim(name, dim, x.ndim);
  checkNotEmpty(name, x, x.ndim ? [d] : []);
  const indices = argextreme(name, x, d, true);
  const found = gather(x, d, indices);
  const values = keepdim || x.ndim === 0 ? found : squeeze(found, d);
  const y = values.detach();
  const { shape } = x;
  record(y, {
    op: name,
    inputs: [x],
    saved: [indices],
    backward: (g, [indices]) => [
      () => scatterAdd(zerosOf(g, shape), d, indices, reshape(g, indices.shape as number[])),
    ],
  });
  return { values: y, indices: keepdim || x.ndim === 0 ? indices : squeeze(indices, d) };
}

/**
 * The greatest element; with a dim the greatest along it and where it is; with a tensor the greater of both, elementwise.
 *
 * @example const { values, indices } = x.max(1);
 * @see torch.max
 */
export function max(x: Tensor, other?: Tensor): Tensor;
export function max(x: Tensor, dim: number, options?: KeepdimOptions): ValuesAndIndices;
export function max(x: Tensor, dim?: number | Tensor, options?: KeepdimOptions): Tensor | ValuesAndIndices {
  return dim instanceof Tensor ? maximum(x, dim) : extreme("max", x, dim, options);
}
/** The least element; with a dim the least along it and where it is; with a tensor the smaller of both. @see torch.min */
export function min(x: Tensor, other?: Tensor): Tensor;
export function min(x: Tensor, dim: number, options?: KeepdimOptions): ValuesAndIndices;
export function min(x: Tensor, dim?: number | Tensor, options?: KeepdimOptions): Tensor | ValuesAndIndices {
  return dim instanceof Tensor ? minimum(x, dim) : extreme("min", x, dim, options);
}
function extreme(
  name: "max" | "min",
  x: Tensor,
  dim?: number,
  options?: KeepdimOptions,
): Tensor | ValuesAndIndices {
  checkTensor(name, x);
  checkOptions(name, options, ["keepdim"]);
  return dim === undefined
    ? extremes(name, name, x, null, false)
    : extremeAt(name, x, dim, options?.keepdim ?? false);
}

/** The greatest over dims; ties share the gradient evenly. @see torch.amax */
export function amax(x: Tensor, dim?: Dims, options?: KeepdimOptions): Tensor {
  checkTensor("amax", x);
  checkOptions("amax", options, ["keepdim"]);
  return extremes("amax", "max", x, dim, options?.keepdim ?? false);
}
/** The least over dims; ties share the gradient evenly. @see torch.amin */
export function amin(x: Tensor, dim?: Dims, options?: KeepdimOptions): Tensor {
  checkTensor("amin", x);
  checkOptions("amin", options, ["keepdim"]);
  return extremes("amin", "min", x, dim, options?.keepdim ?? false);
}

function argextreme(name: "max" | "min", x: Tensor, dim: number | undefined, keepdim: boolean): Tensor {
  const op = `arg${name}`;
  const { backend } = x.storage;
  const type = x.dtype === "bool" ? "uint8" : x.dtype;
  const flat = dim === undefined ? reshape(x.detach(), -1) : x.ndim === 0 ? reshape(x.detach(), 1) : x;
  const d = normalizeDim(op, dim === undefined ? 0 : dim, x.ndim === 0 ? 1 : flat.ndim);
  checkNotEmpty(op, flat, [d]);
  const out = make(reducedShape(flat.shape, [d], false), "int64", backend);
  const y = prepare(flat, type);
  backend.argreduce(name, out, y, d);
  discard(y, flat);
  if (!keepdim || x.ndim === 0) return out;
  return dim === undefined
    ? reshape(
        out,
        x.shape.map(() => 1),
      )
    : withKept(out, x.shape, [d], true);
}
/** Index of the first greatest element, of the flattened tensor when no dim is given. int64. @see torch.argmax */
export function argmax(x: Tensor, dim?: number, options?: KeepdimOptions): Tensor {
  checkTensor("argmax", x);
  checkOptions("argmax", options, ["keepdim"]);
  return argextreme("max", x, dim, options?.keepdim ?? false);
}
/** Index of the first least element. int64. @see torch.argmin */
export function argmin(x: Tensor, dim?: number, options?: KeepdimOptions): Tensor {
  checkTensor("argmin", x);
  checkOptions("argmin", options, ["keepdim"]);
  return argextreme("min", x, dim, options?.keepdim ?? false);
}
