/** Tensors put together. */
import { record } from "../../autograd/record.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, normalizeDim, type Shape, sameShape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { checkDevices, checkTensor, promotedAll } from "../kernel.js";
import { narrow, select } from "./slicing.js";
import { reshape, unsqueeze } from "./view.js";

function checkList(op: string, tensors: readonly Tensor[]): void {
  if (!Array.isArray(tensors))
    throw new ArgumentError(`${op}: expected a list of tensors: got ${show(tensors)}`);
  if (tensors.length === 0) throw new ArgumentError(`${op}: expected a non-empty list of Tensors`);
  for (const x of tensors) checkTensor(op, x);
  checkDevices(op, ...tensors);
}

/**
 * Joined along an existing dim; all other dims must agree. ∂ = the parts of g.
 *
 * @example torch.cat([a, b], 1)
 * @see torch.cat
 */
export function cat(tensors: readonly Tensor[], dim = 0): Tensor {
  checkList("cat", tensors);
  // PyTorch leaves out 1-d tensors without elements, whatever the others' shape.
  const parts = tensors.filter((x) => !(x.ndim === 1 && x.shape[0] === 0));
  const first = parts[0] ?? tensors[0]!;
  if (tensors.some((x) => x.ndim === 0))
    throw new ShapeError("cat: zero-dimensional tensor cannot be concatenated");
  const d = normalizeDim("cat", dim, first.ndim);
  const { shape } = first;
  for (const x of parts)
    if (x.ndim !== shape.length || x.shape.some((n, i) => i !== d && n !== shape[i]))
      throw new ShapeError(
        `cat: Sizes of tensors must match except in dimension ${d}: ${formatShape(x.shape)} and ${formatShape(shape)}`,
      );
  const sizes = tensors.map((x) => (parts.includes(x) ? x.shape[d]! : 0));
  const total = sizes.reduce((a, b) => a + b, 0);
  const out = make(shape.with(d, total), promotedAll(tensors), first.storage.backend);
  let at = 0;
  for (const x of parts) {
    const target = part(out, d, at, x.shape);
    out.storage.backend.copy(target, x);
    at += x.shape[d]!;
  }
  const starts = sizes.map((_, i) => sizes.slice(0, i).reduce((a, b) => a + b, 0));
  const shapes = tensors.map((x) => x.shape);
  return record(out, {
    op: "cat",
    inputs: tensors,
    backward: (g) => sizes.map((n, i) => () => reshape(narrow(g, d, starts[i]!, n), shapes[i] as number[])),
  });
}

/** The slice of a fresh tensor that starts at `at`. */
function part(out: Tensor, d: number, at: number, shape: Shape) {
  const { storage, dtype, strides } = out;
  return { storage, dtype, shape, strides, offset: at * strides[d]! };
}

/** Joined along a new dim; all shapes must be equal. @see torch.stack */
export function stack(tensors: readonly Tensor[], dim = 0): Tensor {
  checkList("stack", tensors);
  const { shape } = tensors[0]!;
  for (const x of tensors)
    if (!sameShape(x.shape, shape))
      throw new ShapeError(
        `stack: stack expects each tensor to be equal size, but got ${formatShape(shape)} and ${formatShape(x.shape)}`,
      );
  const d = normalizeDim("stack", dim, shape.length + 1);
  const parts = tensors.map((x) => unsqueeze(x.detach(), d));
  const count = tensors.length;
  return record(cat(parts, d), {
    op: "stack",
    inputs: tensors,
    backward: (g) => Array.from({ length: count }, (_, i) => () => select(g, d, i)),
  });
}

const atLeast = (x: Tensor, rank: number): Tensor =>
  x.ndim >= rank ? x : reshape(x, [...new Array(rank - x.ndim).fill(1), ...x.shape]);

/** Joined along dim 1 (1-d tensors along dim 0). @see torch.hstack */
export function hstack(tensors: readonly Tensor[]): Tensor {
  checkList("hstack", tensors);
  const parts = tensors.map((x) => atLeast(x, 1));
  return cat(parts, parts[0]!.ndim === 1 ? 0 : 1);
}
/** Joined as rows. @see torch.vstack */
export function vstack(tensors: readonly Tensor[]): Tensor {
  checkList("vstack", tensors);
  return cat(
    tensors.map((x) => atLeast(x, 2)),
    0,
  );
}

export { cat as concat, cat as concatenate, vstack as rowStack };
