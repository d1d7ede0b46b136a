/** Views of parts of a tensor, each beside its adjoint: a gradient put back where it came from, zeros elsewhere. */
import { noGrad } from "../autograd/grad-mode.js";
import { record } from "../autograd/record.js";
import { checkInteger } from "../core/arguments.js";
import { ArgumentError, IndexError, ShapeError, show } from "../core/errors.js";
import { formatShape, normalizeDim, type Shape } from "../core/shape.js";
import { make } from "../tensor/make.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkTensor } from "./kernel.js";
import { viewOf } from "./view-of.js";

/** The part [start, start + length) of a dim. @see torch.narrow */
export function narrow(x: Tensor, dim: number, start: number, length: number): Tensor {
  checkTensor("narrow", x);
  const d = normalizeDim("narrow", dim, x.ndim);
  checkInteger("narrow", "start", start);
  checkInteger("narrow", "length", length, 0);
  const n = x.shape[d] ?? 1;
  const from = start < 0 ? start + n : start;
  if (x.ndim === 0 || from < 0 || from + length > n)
    throw new IndexError(`narrow: start (${start}) + length (${length}) exceeds dimension size (${n}) of ${formatShape(x.shape)}`);
  return sliced(x, d, from, from + length, 1, null);
}

/** Every `step`-th of [start, end) of a dim, bounds as Python's. */
export function slice(x: Tensor, dim: number, start?: number | null, end?: number | null, step = 1): Tensor {
  checkTensor("slice", x);
  const d = normalizeDim("slice", dim, x.ndim);
  if (x.ndim === 0) throw new IndexError("slice: slice() cannot be applied to a 0-dim tensor.");
  checkInteger("slice", "step", step);
  if (step < 1) throw new ArgumentError(`slice: step must be greater than zero: got ${step}`);
  const n = x.shape[d]!;
  const bound = (at: number | null | undefined, fallback: number) =>
    at == null ? fallback : Math.min(n, Math.max(0, checkInteger("slice", "bound", at) < 0 ? at + n : at));
  const from = bound(start, 0);
  return sliced(x, d, from, Math.max(from, bound(end, n)), step, null);
}

function sliced(x: Tensor, d: number, start: number, end: number, step: number, frozen: "multiple" | null): Tensor {
  const from = x.shape;
  const y = viewOf(
    x,
    x.shape.with(d, Math.ceil((end - start) / step)),
    x.strides.with(d, x.strides[d]! * step),
    x.offset + start * x.strides[d]!,
    (x) => sliced(x, d, start, end, step, frozen),
    frozen,
  );
  return record(y, {
    op: frozen ? "split" : "slice",
    inputs: [x],
    backward: (g) => [() => sliceScatter(g, from, d, start, end, step)],
  });
}

/** One entry of a dim, the dim gone. @see torch.select */
export function select(x: Tensor, dim: number, index: number): Tensor {
  return selected(x, dim, index, null);
}

function selected(x: Tensor, dim: number, index: number, frozen: "multiple" | null): Tensor {
  checkTensor("select", x);
  if (x.ndim === 0) throw new IndexError("select: select() cannot be applied to a 0-dim tensor.");
  const d = normalizeDim("select", dim, x.ndim);
  const n = x.shape[d]!;
  if (!Number.isInteger(index) || index < -n || index >= n)
    throw new IndexError(`select: index ${show(index)} is out of bounds for dimension ${d} with size ${n}`);
  const i = index < 0 ? index + n : index;
  const from = x.shape;
  const y = viewOf(
    x,
    x.shape.toSpliced(d, 1),
    x.strides.toSpliced(d, 1),
    x.offset + i * x.strides[d]!,
    (x) => selected(x, d, i, frozen),
    frozen,
  );
  return record(y, {
    op: frozen ? "unbind" : "select",
    inputs: [x],
    backward: (g) => [() => selectScatter(g, from, d, i)],
  });
}

/** The diagonal of two dims, as a last dim; `offset` above (positive) or below. @see torch.diagonal */
export function diagonal(x: Tensor, offset = 0, dim1 = 0, dim2 = 1): Tensor {
  checkTensor("diagonal", x);
  const [a, b] = [normalizeDim("diagonal", dim1, x.ndim), normalizeDim("diagonal", dim2, x.ndim)];
  if (a === b) throw new ArgumentError(`diagonal: diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
  checkInteger("diagonal", "offset", offset);
  const length = Math.max(0, Math.min(x.shape[a]! + Math.min(offset, 0), x.shape[b]! - Math.max(offset, 0)));
  const start = length === 0 ? 0 : offset >= 0 ? offset * x.strides[b]! : -offset * x.strides[a]!;
  const others = (list: Shape) => list.filter((_, d) => d !== a && d !== b);
  const from = x.shape;
  const y = viewOf(
    x,
    [...others(x.shape), length],
    [...others(x.strides), x.strides[a]! + x.strides[b]!],
    x.offset + start,
    (x) => diagonal(x, offset, a, b),
  );
  return record(y, {
    op: "diagonal",
    inputs: [x],
    backward: (g) => [() => diagonalScatter(g, from, offset, a, b)],
  });
}

/** Parts of `size` along a dim (the last may be smaller), or of the given sizes. @see torch.split */
export function split(x: Tensor, size: number | Shape, dim = 0): Tensor[] {
  checkTensor("split", x);
  const d = normalizeDim("split", dim, x.ndim);
  const n = x.shape[d] ?? 1;
  if (x.ndim === 0) throw new ShapeError("split: expects at least a 1-dimensional tensor");
  const sizes = typeof size === "number" ? equalParts(n, checkInteger("split", "size", size, n === 0 ? 0 : 1)) : size;
  if (sizes.reduce((a, b) => a + b, 0) !== n)
    throw new ShapeError(`split: sizes ${formatShape(sizes)} must sum to ${n}, the size of dim ${d} of ${formatShape(x.shape)}`);
  let at = 0;
  return sizes.map((length) => sliced(x, d, at, (at += length), 1, "multiple"));
}

function equalParts(n: number, size: number): number[] {
  if (n === 0) return [0];
  return Array.from({ length: Math.ceil(n / size) }, (_, i) => Math.min(size, n - i * size));
}

/** At most `chunks` parts of one size. @see torch.chunk */
export function chunk(x: Tensor, chunks: number, dim = 0): Tensor[] {
  checkTensor("chunk", x);
  checkInteger("chunk", "chunks", chunks, 1);
  const n = x.shape[normalizeDim("chunk", dim, x.ndim)] ?? 1;
  if (n === 0) return Array.from({ length: chunks }, () => narrow(x, dim, 0, 0));
  return split(x, Math.ceil(n / chunks), dim);
}

/** The entries of a dim, one by one. @see torch.unbind */
export function unbind(x: Tensor, dim = 0): Tensor[] {
  checkTensor("unbind", x);
  if (x.ndim === 0) throw new IndexError("unbind: Dimension specified as 0 but tensor has no dimensions");
  const d = normalizeDim("unbind", dim, x.ndim);
  return Array.from({ length: x.shape[d]! }, (_, i) => selected(x, d, i, "multiple"));
}

// ── adjoints ─────────────────────────────────────────────────────────────────────────────────────

/** Zeros of `shape` with g in the part that `part` shows. */
function put(op: string, g: Tensor, shape: Shape, part: (x: Tensor) => Tensor): Tensor {
  const out = make(shape, g.dtype, g.storage.backend);
  const { backend } = out.storage;
  backend.fill(out, 0);
  backend.copy(noGrad(() => part(out)), g);
  return record(out, { op, inputs: [g], backward: (gg) => [() => part(gg)] });
}

/** Zeros of `shape` with g in every `step`-th of [start, end) of a dim. */
export function sliceScatter(g: Tensor, shape: Shape, dim: number, start: number, end: number, step: number): Tensor {
  return put("slice_backward", g, shape, (x) => slice(x, dim, start, end, step));
}
function selectScatter(g: Tensor, shape: Shape, dim: number, index: number): Tensor {
  return put("select_backward", g, shape, (x) => select(x, dim, index));
}
function diagonalScatter(g: Tensor, shape: Shape, offset: number, dim1: number, dim2: number): Tensor {
  return put("diagonal_backward", g, shape, (x) => diagonal(x, offset, dim1, dim2));
}
