/** Index tensors: checked, counted from the front, made into positions; and the kernels that take and put values there. */
import { record } from "../../autograd/record.js";
import type { ScatterMode } from "../../backend/backend.js";
import { DTypeError, IndexError, ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim, numel, type Shape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { clone } from "../copying.js";
import { add, mul } from "../elementwise/arithmetic.js";
import { lt } from "../elementwise/comparison.js";
import { where } from "../elementwise/selection.js";
import { checkDevices, checkTensor, discard, prepare, zerosOf } from "../kernel.js";
import { select } from "../shape/slicing.js";
import { reshape } from "../shape/view.js";
import { scatterAdd } from "./gathering.js";

/** @throws IndexError unless every index lies in [0, size) */
export function checkIndex(op: string, index: Tensor, size: number, dim: number): void {
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
export const atLeast1d = (x: Tensor): Tensor => (x.ndim === 0 ? reshape(x, 1) : x);

/** The indices of a dim as a kernel takes them: int64, 1-d. */
export function checkList(op: string, x: Tensor, d: number, index: Tensor): Tensor {
  checkDevices(op, x, index);
  if (index.ndim > 1)
    throw new IndexError(`${op}: Index is supposed to be a vector: got shape ${formatShape(index.shape)}`);
  checkIndex(op, index, x.shape[d] ?? 1, d);
  return prepare(atLeast1d(index), "int64");
}

/** The slices of x at the indices of a dim, not recorded. */
export function takeAlong(op: string, x: Tensor, dim: number, index: Tensor): Tensor {
  checkTensor(op, x);
  checkTensor(op, index);
  const d = normalizeDim(op, dim, x.ndim);
  const list = checkList(op, x, d, index);
  const source = atLeast1d(x.detach());
  const out = make(source.shape.with(d, list.shape[0]!), x.dtype, x.storage.backend);
  out.storage.backend.indexSelect(out, source, d, list);
  return x.ndim === 0 ? reshape(out, []).detach() : out;
}

/** x with src at the indices of a dim, not recorded. */
export function putAlong(
  op: string,
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor,
  mode: ScatterMode,
): Tensor {
  checkTensor(op, x);
  checkTensor(op, index);
  checkTensor(op, src);
  const d = normalizeDim(op, dim, x.ndim);
  const list = checkList(op, x, d, index);
  if (src.dtype !== x.dtype)
    throw new DTypeError(`${op}: self (${x.dtype}) and source (${src.dtype}) must have the same scalar type`);
  const out = clone(x.detach(), { memoryFormat: "contiguous_format" });
  const target = atLeast1d(out);
  const from = atLeast1d(src);
  const wanted = target.shape.with(d, list.shape[0]!);
  if (
    numel(from.shape) !== numel(wanted) ||
    from.ndim !== wanted.length ||
    wanted.some((n, i) => n !== from.shape[i])
  )
    throw new ShapeError(
      `${op}: source of shape ${formatShape(src.shape)} does not fit ${formatShape(x.shape)} with ${list.shape[0]} indices at dim ${d}: expected ${formatShape(wanted)}`,
    );
  out.storage.backend.indexPut(target, d, list, from, mode);
  return out;
}

/** Whether an index picks along a dim. @throws ShapeError or IndexError unless it fits */
export function checkGather(op: string, x: Tensor, d: number, index: Tensor): void {
  checkDevices(op, x, index);
  if (index.dtype !== "int64" && numel(index.shape) > 0)
    throw new DTypeError(`${op}: expected dtype int64 for index: got ${index.dtype}`);
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

/** x with the part of src that the index covers put into it; not recorded. */
export function scattered(
  op: string,
  x: Tensor,
  dim: number,
  index: Tensor,
  src: Tensor,
  mode: ScatterMode,
): Tensor {
  checkTensor(op, x);
  checkTensor(op, index);
  const d = normalizeDim(op, dim, x.ndim);
  if (src.dtype !== x.dtype)
    throw new DTypeError(`${op}: Expected self.dtype to be equal to src.dtype: ${x.dtype} and ${src.dtype}`);
  const out = clone(x.detach(), { memoryFormat: "contiguous_format" });
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

/** Row-major positions of index rows [count, rank] in a shape. */
export function flatIndex(rows: Tensor, shape: Shape): Tensor {
  let flat = zerosOf(rows, [rows.shape[0]!]);
  shape.forEach((n, d) => {
    flat = add(mul(flat, n), select(rows, 1, d));
  });
  return flat;
}

/** Indices counted from the end counted from the front. */
export function wrapNegative(index: Tensor, size: number): Tensor {
  return where(lt(index, 0), add(index, size), index);
}

/** Values that `gather` would take at `indices`. */
export function recordPicked(
  op: string,
  y: Tensor,
  x: Tensor,
  d: number,
  indices: Tensor,
  overload = 0,
): Tensor {
  const { shape } = x;
  return record(y, {
    op,
    overload,
    inputs: [x],
    saved: [indices],
    backward: (g, [indices]) => [
      () => (shape.length === 0 ? g : scatterAdd(zerosOf(g, shape), d, indices, g)),
    ],
  });
}
