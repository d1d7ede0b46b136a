/** Elements picked by index and put back by index: gather beside scatter, select beside add. */
import { record } from "../autograd/record.js";
import type { ScatterMode } from "../backend/backend.js";
import { checkChoice, checkOptions } from "../core/arguments.js";
import { DTypeError, IndexError, ShapeError } from "../core/errors.js";
import { broadcastShapes, formatShape, normalizeDim, numel, type Shape } from "../core/shape.js";
import { make } from "../tensor/make.js";
import { Tensor } from "../tensor/tensor.js";
import { add, mul } from "./arithmetic.js";
import { clone, to } from "./copying.js";
import { asOperand, checkDevices, checkTensor, discard, type Operand, prepare, type Scalar } from "./kernel.js";
import { lt } from "./comparison.js";
import { where } from "./selection.js";
import { select, sliceScatter } from "./slicing.js";
import { expand, reshape } from "./view.js";

/** @throws IndexError unless every index lies in [0, size) */
function checkIndex(op: string, index: Tensor, size: number, dim: number): void {
  if (index.dtype !== "int64" && index.dtype !== "int32")
    throw new DTypeError(`${op}: expected dtype int64 for index: got ${index.dtype}`);
  if (numel(index.shape) === 0) return;
  const wide = prepare(index, "int64");
  const [least, greatest] = index.storage.backend.bounds(wide);
  discard(wide, index);
  if (least < 0n || greatest >= BigInt(size)) {
    const bad = least < 0n ? least : greatest;
    throw new IndexError(`${op}: index ${bad} is out of bounds for dimension ${dim} with size ${size}`);
  }
}

/** 0-d tensors are lists of one here. */
const atLeast1d = (x: Tensor): Tensor => (x.ndim === 0 ? reshape(x, 1) : x);

function checkGather(op: string, x: Tensor, d: number, index: Tensor): void {
  checkDevices(op, x, index);
  if (x.ndim !== index.ndim)
    throw new ShapeError(
      `${op}: Index tensor must have the same number of dimensions as input tensor: ${formatShape(index.shape)} and ${formatShape(x.shape)}`,
    );
  index.shape.forEach((n, i) => {
    if (i !== d && n > x.shape[i]!)
      throw new ShapeError(
        `${op}: Size does not match at dimension ${i} expected index ${formatShape(index.shape)} to be smaller than self ${formatShape(x.shape)} apart from dimension ${d}`,
      );
  });
  checkIndex(op, index, x.shape[d]!, d);
}

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
/** Zeros of another shape, with the dtype and device of `like`. */
export function zerosOf(like: Tensor, shape: Shape): Tensor {
  const out = make(shape, like.dtype, like.storage.backend);
  out.storage.backend.fill(out, 0);
  return out;
}

/** Ones of another shape, with the dtype and device of `like`. */
export function onesOf(like: Tensor, shape: Shape): Tensor {
  const out = make(shape, like.dtype, like.storage.backend);
  out.storage.backend.fill(out, 1);
  return out;
}

function scattered(op: string, x: Tensor, dim: number, index: Tensor, src: Tensor, mode: ScatterMode): Tensor {
  checkTensor(op, x);
  checkTensor(op, index);
  const d = normalizeDim(op, dim, x.ndim);
  if (src.dtype !== x.dtype)
    throw new DTypeError(`${op}: Expected self.dtype to be equal to src.dtype: ${x.dtype} and ${src.dtype}`);
  const out = clone(x.detach());
  if (numel(index.shape) === 0) return out;
  const [y, at, from] = [atLeast1d(out), atLeast1d(index), atLeast1d(src)];
  checkGather(op, y, d, at);
  const fits = from.ndim === at.ndim && at.shape.every((n, i) => n <= from.shape[i]!);
  if (!fits)
    throw new ShapeError(
      `${op}: Expected index ${formatShape(index.shape)} to be smaller than src ${formatShape(src.shape)} in every dimension`,
    );
  const part = new Tensor(from.storage, from.dtype, at.shape, from.strides, from.offset);
  out.storage.backend.scatter(y, d, prepare(at, "int64"), part, mode);
  return out;
}

/** x with src written at index along `dim`. ∂x = g with zeros there, ∂src = g taken there. @see torch.scatter */
export function scatter(x: Tensor, dim: number, index: Tensor, src: Operand, options?: { reduce?: "add" | "multiply" }): Tensor {
  checkTensor("scatter", x);
  checkTensor("scatter", index);
  checkOptions("scatter", options, ["reduce"]);
  const reduce = options?.reduce === undefined ? null : checkChoice("scatter", "reduce", options.reduce, ["add", "multiply"]);
  const value = src instanceof Tensor ? src : to(asOperand("scatter", src, x), x.dtype);
  const from = src instanceof Tensor ? src : expand(value, index.shape as number[]);
  const y = scattered("scatter", x, dim, index, from, reduce === "add" ? "add" : reduce === "multiply" ? "mul" : "set");
  if (reduce !== null) return y;
  return record(y, {
    op: "scatter",
    inputs: [x, from],
    saved: [index],
    backward: (g, [index]) => [
      () => scatter(g, dim, index, 0),
      () => padCorner(gather(g, dim, index), from.shape),
    ],
  });
}

/** g in the first corner of zeros of `shape`: what of src was read. */
function padCorner(g: Tensor, shape: Shape): Tensor {
  return shape.reduce((y, n, d) => (y.shape[d] === n ? y : sliceScatter(y, y.shape.with(d, n), d, 0, y.shape[d]!, 1)), g);
}

/** x with src added at index along `dim`; repeated indices add up. ∂x = g, ∂src = g taken there. @see torch.scatter_add */
export function scatterAdd(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  checkTensor("scatterAdd", src);
  return record(scattered("scatterAdd", x, dim, index, src, "add"), {
    op: "scatter_add",
    inputs: [x, src],
    saved: [index],
    backward: (g, [index]) => [() => g, () => padCorner(gather(g, dim, index), src.shape)],
  });
}

// ── whole slices by a list of indices ────────────────────────────────────────────────────────────

function checkList(op: string, x: Tensor, d: number, index: Tensor): Tensor {
  checkDevices(op, x, index);
  if (index.ndim > 1)
    throw new IndexError(`${op}: Index is supposed to be a vector: got shape ${formatShape(index.shape)}`);
  checkIndex(op, index, x.shape[d] ?? 1, d);
  return prepare(atLeast1d(index), "int64");
}

/** y[…, k, …] = x[…, index[k], …]. ∂x = g added where it was taken. @see torch.index_select */
export function indexSelect(x: Tensor, dim: number, index: Tensor): Tensor {
  checkTensor("indexSelect", x);
  checkTensor("indexSelect", index);
  const d = normalizeDim("indexSelect", dim, x.ndim);
  const list = checkList("indexSelect", x, d, index);
  const source = atLeast1d(x.detach());
  const out = make(source.shape.with(d, list.shape[0]!), x.dtype, x.storage.backend);
  out.storage.backend.indexSelect(out, source, d, list);
  const y = x.ndim === 0 ? reshape(out, []).detach() : out;
  const { shape } = x;
  return record(y, {
    op: "index_select",
    inputs: [x],
    saved: [index],
    backward: (g, [index]) => [() => indexAdd(zerosOf(g, shape), d, index, g)],
  });
}

/** x with src at the indices of a dim, not recorded. */
export function indexPut(op: string, x: Tensor, dim: number, index: Tensor, src: Tensor, mode: ScatterMode): Tensor {
  checkTensor(op, x);
  checkTensor(op, index);
  checkTensor(op, src);
  const d = normalizeDim(op, dim, x.ndim);
  const list = checkList(op, x, d, index);
  if (src.dtype !== x.dtype)
    throw new DTypeError(`${op}: self (${x.dtype}) and source (${src.dtype}) must have the same scalar type`);
  const out = clone(x.detach());
  const target = atLeast1d(out);
  const from = atLeast1d(src);
  const wanted = target.shape.with(d, list.shape[0]!);
  if (numel(from.shape) !== numel(wanted) || from.ndim !== wanted.length || wanted.some((n, i) => n !== from.shape[i]))
    throw new ShapeError(
      `${op}: source of shape ${formatShape(src.shape)} does not fit ${formatShape(x.shape)} with ${list.shape[0]} indices at dim ${d}: expected ${formatShape(wanted)}`,
    );
  out.storage.backend.indexPut(target, d, list, from, mode);
  return out;
}

/** x with alpha·src added at the indices of a dim; repeated ones add up. ∂x = g, ∂src = alpha·g there. @see torch.index_add */
export function indexAdd(x: Tensor, dim: number, index: Tensor, src: Tensor, options?: { alpha?: number }): Tensor {
  checkOptions("indexAdd", options, ["alpha"]);
  const scaled = options?.alpha === undefined || options.alpha === 1 ? src : mul(src, options.alpha);
  return record(indexPut("indexAdd", x, dim, index, scaled, "add"), {
    op: "index_add",
    inputs: [x, scaled],
    saved: [index],
    backward: (g, [index]) => [() => g, () => reshape(indexSelect(g, dim, index), scaled.shape as number[])],
  });
}

/** x with src written at the indices of a dim. ∂x = g with zeros there, ∂src = g there. @see torch.index_copy */
export function indexCopy(x: Tensor, dim: number, index: Tensor, src: Tensor): Tensor {
  return record(indexPut("indexCopy", x, dim, index, src, "set"), {
    op: "index_copy",
    inputs: [x, src],
    saved: [index],
    backward: (g, [index]) => [
      () => indexFill(g, dim, index, 0),
      () => reshape(indexSelect(g, dim, index), src.shape as number[]),
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
  return record(indexPut("indexFill", x, dim, index, src, "set"), {
    op: "index_fill",
    inputs: [x],
    saved: [index],
    backward: (g, [index]) => [() => indexFill(g, dim, index, 0)],
  });
}

// ── by masks ─────────────────────────────────────────────────────────────────────────────────────

/** Indices of the nonzero elements [count, rank], row-major. int64. @see torch.nonzero */
export function nonzero(x: Tensor): Tensor {
  checkTensor("nonzero", x);
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
  if (mask.dtype !== "bool") throw new DTypeError(`maskedSelect: expected BoolTensor for mask: got ${mask.dtype}`);
  const [y, m] = broadcastTensors(x, mask);
  const at = flatIndex(nonzero(m), m.shape);
  return indexSelect(reshape(y, -1), 0, at);
}

/** All of them broadcast to one shape, as views. @see torch.broadcast_tensors */
export function broadcastTensors(...tensors: Tensor[]): [Tensor, Tensor, ...Tensor[]] {
  const shape = tensors.reduce<Shape>((s, x) => broadcastShapes("broadcastTensors", s, x.shape), []);
  return tensors.map((x) => expand(x, shape as number[])) as [Tensor, Tensor, ...Tensor[]];
}

/** Row-major positions of index rows [count, rank] in a shape. */
export function flatIndex(rows: Tensor, shape: Shape): Tensor {
  let flat = zerosOf(rows, [rows.shape[0]!]);
  shape.forEach((n, d) => {
    flat = add(mul(flat, n), select(rows, 1, d));
  });
  return flat;
}

/** Elements of the flattened tensor. @see torch.take */
export function take(x: Tensor, index: Tensor): Tensor {
  checkTensor("take", x);
  checkTensor("take", index);
  return reshape(indexSelect(reshape(x, -1), 0, wrapNegative(reshape(index, -1), numel(x.shape))), index.shape as number[]);
}

/** Indices counted from the end counted from the front. */
export function wrapNegative(index: Tensor, size: number): Tensor {
  return where(lt(index, 0), add(index, size), index);
}
