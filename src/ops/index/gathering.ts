/** Elements picked by index and put back by index: gather beside scatter, select beside add. */
import { record } from "../../autograd/record.js";
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { DTypeError, ShapeError } from "../../core/errors.js";
import { broadcastShapes, formatShape, normalizeDim, numel, type Shape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { mul } from "../elementwise/arithmetic.js";
import { asOperand, checkTensor, discard, type Operand, prepare, type Scalar, zerosOf } from "../kernel.js";
import { sliceBackward } from "../shape/parts.js";
import { select } from "../shape/slicing.js";
import { expand, reshape } from "../shape/view.js";
import { unsafeView } from "../shape/view-of.js";
import {
  atLeast1d,
  checkGather,
  flatIndex,
  putAlong,
  scattered,
  takeAlong,
  wrapNegative,
} from "./positions.js";

/**
 * y[i][j] = x[i][index[i][j]] along `dim`. ∂x = g added where it was taken.
 *
 * @throws IndexError if an index is out of range
 * @example logits.gather(1, labels.view(-1, 1))
 * @see torch.gather
 */
export function gather(x: Tensor, dim: number, index: Tensor): Tensor {
  checkTensor("gather", x);
  checkTensor("gather", index);
  const d = normalizeDim("gather", dim, x.ndim);
  const [y, at] = [atLeast1d(x.detach()), atLeast1d(index)];
  if (numel(index.shape) > 0) checkGather("gather", y, d, at);
  const out = make(at.shape, x.dtype, x.storage.backend);
  if (numel(index.shape) > 0) out.storage.backend.gather(out, y, d, prepare(at, "int64"));
  const result = x.ndim === 0 ? reshape(out, index.shape as number[]).detach() : out;
  const { shape } = x;
  return record(result, {
    op: "gather",
    inputs: [x],
    saved: [index],
    backward: (g, [index]) => [() => scatterOf(g, shape, d, index)],
  });
}

/** Zeros of `shape` with g added at its indices. */
function scatterOf(g: Tensor, shape: Shape, dim: number, index: Tensor): Tensor {
  return scatterAdd(zerosOf(g, shape), dim, index, g);
}
/** x with src written at index along `dim`. ∂x = g with zeros there, ∂src = g taken there. @see torch.scatter */
export function scatter(
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Operand,
  options?: { reduce?: "add" | "multiply" },
): Tensor {
  checkTensor("scatter", x);
  checkTensor("scatter", index);
  checkOptions("scatter", options, ["reduce"]);
  const reduce =
    options?.reduce === undefined
      ? null
      : checkChoice("scatter", "reduce", options.reduce, ["add", "multiply"]);
  const value = src instanceof Tensor ? src : to(asOperand("scatter", src, x), x.dtype);
  const from = src instanceof Tensor ? src : expand(value, index.shape as number[]);
  const y = scattered(
    "scatter",
    x,
    dim,
    index,
    from,
    reduce === "add" ? "add" : reduce === "multiply" ? "mul" : "set",
  );
  if (reduce !== null) return y;
  const { shape } = from;
  return record(y, {
    op: "scatter",
    overload: src instanceof Tensor ? 0 : 1,
    inputs: [x, from],
    saved: [index],
    backward: (g, [index]) => [
      () => scatter(g, dim, index, 0),
      () => padCorner(gather(g, dim, index), shape),
    ],
  });
}

/** g in the first corner of zeros of `shape`: what of src was read. */
function padCorner(g: Tensor, shape: Shape): Tensor {
  return shape.reduce(
    (y, n, d) => (y.shape[d] === n ? y : sliceBackward(y, y.shape.with(d, n), d, 0, y.shape[d]!, 1)),
    g,
  );
}

/** x with src added at index along `dim`; repeated indices add up. ∂x = g, ∂src = g taken there. @see torch.scatter_add */
export function scatterAdd(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  checkTensor("scatterAdd", src);
  const { shape } = src;
  return record(scattered("scatterAdd", x, dim, index, src, "add"), {
    op: "scatter_add",
    inputs: [x, src],
    saved: [index],
    backward: (g, [index]) => [() => g, () => padCorner(gather(g, dim, index), shape)],
  });
}

// ── whole slices by a list of indices ────────────────────────────────────────────────────────────

/** y[…, k, …] = x[…, index[k], …]. ∂x = g added where it was taken. @see torch.index_select */
export function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  const y = takeAlong("indexSelect", x, dim, index);
  const { shape } = x;
  return record(y, {
    op: "index_select",
    inputs: [x],
    saved: [index],
    backward: (g, [index]) => [() => indexAdd(zerosOf(g, shape), dim, index, g)],
  });
}

/** x with alpha·src added at the indices of a dim; repeated ones add up. ∂x = g, ∂src = alpha·g there. @see torch.index_add */
export function indexAdd(
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor,
  options?: { alpha?: number },
): Tensor {
  checkTensor("indexAdd", src);
  checkOptions("indexAdd", options, ["alpha"]);
  const scaled = options?.alpha === undefined || options.alpha === 1 ? src : mul(src, options.alpha);
  const shape = scaled.shape as number[];
  return record(putAlong("indexAdd", x, dim, index, scaled, "add"), {
    op: "index_add",
    inputs: [x, scaled],
    saved: [index],
    backward: (g, [index]) => [() => g, () => reshape(indexSelect(g, dim, index), shape)],
  });
}

/** x with src written at the indices of a dim. ∂x = g with zeros there, ∂src = g there. @see torch.index_copy */
export function indexCopy(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  checkTensor("indexCopy", src);
  const shape = src.shape as number[];
  return record(putAlong("indexCopy", x, dim, index, src, "set"), {
    op: "index_copy",
    inputs: [x, src],
    saved: [index],
    backward: (g, [index]) => [
      () => indexFill(g, dim, index, 0),
      () => reshape(indexSelect(g, dim, index), shape),
    ],
  });
}

/** x with one value at the indices of a dim. ∂x = g with zeros there. @see torch.index_fill */
export function indexFill(x: Tensor, dim: number, index: Tensor, value: Scalar): Tensor {
  checkTensor("indexFill", x);
  checkTensor("indexFill", index);
  const d = normalizeDim("indexFill", dim, x.ndim);
  const shape = atLeast1d(x).shape.with(d, atLeast1d(index).shape[0]!);
  const src = expand(to(asOperand("indexFill", value, x), x.dtype), shape as number[]);
  return record(putAlong("indexFill", x, dim, index, src, "set"), {
    op: "index_fill",
    inputs: [x],
    saved: [index],
    backward: (g, [index]) => [() => indexFill(g, dim, index, 0)],
  });
}

// ── by masks ─────────────────────────────────────────────────────────────────────────────────────

export interface NonzeroOptions {
  /** One list a dim instead of one row an element. @defaultValue false */
  asTuple?: boolean;
}
/** Indices of the nonzero elements [count, rank], row-major. int64. @see torch.nonzero */
export function nonzero(x: Tensor): Tensor;
export function nonzero(x: Tensor, options: NonzeroOptions): Tensor | Tensor[];
export function nonzero(x: Tensor, options?: NonzeroOptions): Tensor | Tensor[] {
  checkTensor("nonzero", x);
  checkOptions("nonzero", options, ["asTuple"]);
  if (options?.asTuple) {
    const rows = nonzero(atLeast1d(x));
    return Array.from({ length: rows.shape[1]! }, (_, d) => select(rows, 1, d));
  }
  const { backend } = x.storage;
  const mask = prepare(x, "bool");
  const out = make([backend.count(mask), x.ndim], "int64", backend);
  backend.nonzero(out, mask);
  discard(mask, x);
  return out;
}

/** The elements where the mask holds, as a list; both broadcast. ∂x = g put back. @see torch.masked_select */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  checkTensor("maskedSelect", x);
  checkTensor("maskedSelect", mask);
  if (mask.dtype !== "bool")
    throw new DTypeError(`maskedSelect: expected BoolTensor for mask: got ${mask.dtype}`);
  const [y, m] = broadcastTensors(x.detach(), mask);
  const at = flatIndex(nonzero(m), m.shape);
  return picked("masked_select", x, y, at, at.shape);
}

/** Elements of y, which is x broadcast, from positions [n] of the flattened tensor. */
function picked(op: string, x: Tensor, y: Tensor, at: Tensor, shape: Shape): Tensor {
  const from = y.shape;
  return record(unsafeView(takeAlong(op, reshape(y, -1), 0, at), shape), {
    op,
    inputs: [x],
    saved: [at],
    backward: (g, [at]) => [
      () => reshape(indexAdd(zerosOf(g, [numel(from)]), 0, at, reshape(g, -1)), from as number[]),
    ],
  });
}

/** All of them broadcast to one shape, as views. @see torch.broadcast_tensors */
export function broadcastTensors(...tensors: Tensor[]): [Tensor, Tensor, ...Tensor[]] {
  for (const x of tensors) checkTensor("broadcastTensors", x);
  const shape = tensors.reduce<Shape>((s, x) => broadcastShapes("broadcastTensors", s, x.shape), []);
  return tensors.map((x) => expand(x, shape as number[])) as [Tensor, Tensor, ...Tensor[]];
}

/** Elements of the flattened tensor. @see torch.take */
export function take(x: Tensor, index: Tensor): Tensor {
  checkTensor("take", x);
  checkTensor("take", index);
  return picked("take", x, x.detach(), wrapNegative(reshape(index, -1), numel(x.shape)), index.shape);
}

export interface PutOptions {
  /** Add instead of writing; repeated indices add up. @defaultValue false */
  accumulate?: boolean;
}

/** x with the elements of source written where the index points in its flattened form. ∂x = g (with zeros there if written), ∂source = g there. @see torch.put */
export function put(x: Tensor, index: Tensor, source: Tensor, options?: PutOptions): Tensor {
  for (const tensor of [x, index, source]) checkTensor("put", tensor);
  checkOptions("put", options, ["accumulate"]);
  if (numel(index.shape) !== numel(source.shape))
    throw new ShapeError(
      `put: Expected source and index to have the same number of elements, but got source ${formatShape(source.shape)}, index ${formatShape(index.shape)}`,
    );
  const accumulate = options?.accumulate ?? false;
  const flat = (y: Tensor) => reshape(y.detach(), -1);
  const at = wrapNegative(flat(index), numel(x.shape));
  const list = putAlong("put", flat(x), 0, at, flat(source), accumulate ? "add" : "set");
  const from = source.shape as number[];
  return record(reshape(list, x.shape as number[]).detach(), {
    op: "put",
    inputs: [x, source],
    saved: [at],
    backward: (g, [at]) => [
      () => (accumulate ? g : put(g, at, zerosOf(g, at.shape))),
      () => reshape(take(g, at), from),
    ],
  });
}
