/** Parts of a tensor: taken as views, and written into copies. */
import { noGrad } from "../../autograd/grad-mode.js";
import { record } from "../../autograd/record.js";
import { checkInteger, checkIntegers, checkOptions } from "../../core/arguments.js";
import { ArgumentError, IndexError, ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim, type Shape, sameShape } from "../../core/shape.js";
import { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { clone } from "../copying.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { put, selected, slice, sliced } from "./parts.js";
import { viewOf } from "./view-of.js";

/** The part [start, start + length) of a dim. @see torch.narrow */
export function narrow(x: Tensor, dim: number, start: number | Tensor, length: number): Tensor {
  checkTensor("narrow", x);
  const d = normalizeDim("narrow", dim, x.ndim);
  const at = checkInteger("narrow", "start", start instanceof Tensor ? scalarOf(start) : start);
  checkInteger("narrow", "length", length, 0);
  const n = x.shape[d] ?? 1;
  const from = at < 0 ? at + n : at;
  if (x.ndim === 0 || from < 0 || from + length > n)
    throw new IndexError(
      `narrow: start (${at}) + length (${length}) exceeds dimension size (${n}) of ${formatShape(x.shape)}`,
    );
  return sliced(x, d, from, from + length, 1, "slice");
}

/** One entry of a dim, the dim gone. @see torch.select */
export function select(x: Tensor, dim: number, index: number): Tensor {
  return selected(x, dim, index, "select");
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
    backward: (g) => [() => put("diagonal_backward", g, from, (x) => diagonal(x, offset, a, b))],
  });
}

/** Parts of `size` along a dim (the last may be smaller), or of the given sizes. @see torch.split */
export function split(x: Tensor, size: number | Shape, dim = 0): Tensor[] {
  checkTensor("split", x);
  const d = normalizeDim("split", dim, x.ndim);
  const n = x.shape[d] ?? 1;
  if (x.ndim === 0) throw new ShapeError("split: expects at least a 1-dimensional tensor");
  const sizes =
    typeof size === "number"
      ? equalParts(n, checkInteger("split", "size", size, n === 0 ? 0 : 1))
      : checkIntegers("split", "every size", size);
  if (sizes.reduce((a, b) => a + b, 0) !== n)
    throw new ShapeError(
      `split: sizes ${formatShape(sizes)} must sum to ${n}, the size of dim ${d} of ${formatShape(x.shape)}`,
    );
  const op = typeof size === "number" ? "split" : "split_with_sizes";
  let at = 0;
  return sizes.map((length) => sliced(x, d, at, (at += length), 1, op));
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
  return Array.from({ length: x.shape[d]! }, (_, i) => selected(x, d, i, "unbind"));
}

// ── copies with a part overwritten ───────────────────────────────────────────────────────────────

/** x with src in the part that `part` shows. ∂x = g with zeros there, ∂src = g there. */
function withPart(op: string, x: Tensor, src: Tensor, part: (x: Tensor) => Tensor): Tensor {
  const name = op.replace("_s", "S");
  checkTensor(name, x);
  checkTensor(name, src);
  const out = clone(x.detach());
  const target = noGrad(() => part(out));
  if (!sameShape(target.shape, src.shape))
    throw new ShapeError(
      `${name}: expected src to have a size equal to the slice of self: ${formatShape(src.shape)} and ${formatShape(target.shape)}`,
    );
  out.storage.backend.copy(target, src);
  const { shape } = src;
  return record(out, {
    op,
    inputs: [x, src],
    backward: (g) => [() => withPart(op, g, zerosOf(g, shape), part), () => part(g)],
  });
}

export interface SliceOptions {
  /** @defaultValue 0 */
  start?: number | null;
  /** @defaultValue the size of the dim */
  end?: number | null;
  /** @defaultValue 1 */
  step?: number;
}
/** x with src in every `step`-th of [start, end) of a dim. @see torch.slice_scatter */
export function sliceScatter(x: Tensor, src: Tensor, dim = 0, options?: SliceOptions): Tensor {
  checkOptions("sliceScatter", options, ["start", "end", "step"]);
  const { start, end, step } = options ?? {};
  return withPart("slice_scatter", x, src, (x) => slice(x, dim, start, end, step));
}

/** x with src in one entry of a dim. @see torch.select_scatter */
export function selectScatter(x: Tensor, src: Tensor, dim: number, index: number): Tensor {
  return withPart("select_scatter", x, src, (x) => select(x, dim, index));
}

export interface DiagonalOptions {
  /** Above (positive) or below the main diagonal. @defaultValue 0 */
  offset?: number;
  /** @defaultValue 0 */
  dim1?: number;
  /** @defaultValue 1 */
  dim2?: number;
}
/** x with src on a diagonal. @see torch.diagonal_scatter */
export function diagonalScatter(x: Tensor, src: Tensor, options?: DiagonalOptions): Tensor {
  checkOptions("diagonalScatter", options, ["offset", "dim1", "dim2"]);
  const { offset, dim1, dim2 } = options ?? {};
  return withPart("diagonal_scatter", x, src, (x) => diagonal(x, offset, dim1, dim2));
}
