/** Other layouts of the same elements: quarter turns, splits at places, sliding windows, repeats. */
import { record } from "../../autograd/record.js";
import { checkInteger, checkIntegers, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, normalizeDim, type Shape } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { scalarOf, valuesOf } from "../../tensor/values.js";
import { clone, contiguous } from "../copying.js";
import { add } from "../elementwise/arithmetic.js";
import { broadcastTensors, gather, indexSelect } from "../index/gathering.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { sum } from "../reduction/reduction.js";
import { put, sliceBackward } from "./parts.js";
import { diag, flip } from "./rearranging.js";
import { diagonal, narrow, select } from "./slicing.js";
import { reshape, transpose, view } from "./view.js";
import { viewOf } from "./view-of.js";

/** All elements in one list. @see torch.ravel */
export function ravel(x: Tensor): Tensor {
  checkTensor("ravel", x);
  return view(contiguous(x), -1);
}

/** Reversed from left to right. @see torch.fliplr */
export function fliplr(x: Tensor): Tensor {
  checkTensor("fliplr", x);
  if (x.ndim < 2) throw new ShapeError(`fliplr: Input must be >= 2-d: got ${formatShape(x.shape)}`);
  return flip(x, 1);
}
/** Reversed from top to bottom. @see torch.flipud */
export function flipud(x: Tensor): Tensor {
  checkTensor("flipud", x);
  if (x.ndim < 1) throw new ShapeError("flipud: Input must be >= 1-d: got []");
  return flip(x, 0);
}

/** Turned k times by a quarter, from the first of `dims` towards the second. @see torch.rot90 */
export function rot90(x: Tensor, k = 1, dims: Shape = [0, 1]): Tensor {
  checkTensor("rot90", x);
  checkInteger("rot90", "k", k);
  checkIntegers("rot90", "every dim", dims);
  if (dims.length !== 2)
    throw new ArgumentError(`rot90: expected total rotation dims == 2, but got ${show(dims)}`);
  if (x.ndim < 2) throw new ShapeError(`rot90: expected total dims >= 2, but got ${formatShape(x.shape)}`);
  const [a, b] = [normalizeDim("rot90", dims[0]!, x.ndim), normalizeDim("rot90", dims[1]!, x.ndim)];
  if (a === b)
    throw new ArgumentError(`rot90: expected rotation dims to be different, but got ${show(dims)}`);
  const turns = ((k % 4) + 4) % 4;
  if (turns === 0) return named("rot90", clone(x, { memoryFormat: "contiguous_format" }));
  if (turns === 2) return named("rot90", flip(x, [a, b]));
  return named("rot90", transpose(flip(x, turns === 1 ? b : a), a, b));
}

// ── splits ───────────────────────────────────────────────────────────────────────────────────────

/** Parts of nearly one size, or cut before each of the given places. @see torch.tensor_split */
export function tensorSplit(x: Tensor, sections: number | Shape | Tensor, dim = 0): Tensor[] {
  checkTensor("tensorSplit", x);
  if (x.ndim === 0) throw new ShapeError("tensorSplit: expected at least a 1-dimensional tensor");
  const d = normalizeDim("tensorSplit", dim, x.ndim);
  const given =
    sections instanceof Tensor
      ? sections.ndim === 0
        ? Number(scalarOf(sections))
        : valuesOf(sections).map(Number)
      : typeof sections === "number"
        ? checkInteger("tensorSplit", "sections", sections, 1)
        : checkIntegers("tensorSplit", "every place", sections);
  const n = x.shape[d]!;
  if (typeof given !== "number") {
    const places = [0, ...given, n].map((at) => Math.min(n, Math.max(0, at < 0 ? at + n : at)));
    return places.slice(1).map((end, i) => narrow(x, d, places[i]!, Math.max(0, end - places[i]!)));
  }
  checkInteger("tensorSplit", "sections", given, 1);
  const [size, longer] = [Math.floor(n / given), n % given];
  const start = (i: number) => i * size + Math.min(i, longer);
  return Array.from({ length: given }, (_, i) => narrow(x, d, start(i), start(i + 1) - start(i)));
}

function splitAlong(op: string, x: Tensor, sections: number | Shape, dim: number, least: number): Tensor[] {
  checkTensor(op, x);
  if (x.ndim < least)
    throw new ShapeError(
      `${op}: requires a tensor with at least ${least} dimension, but got ${formatShape(x.shape)}`,
    );
  if (typeof sections === "number" && (sections < 1 || x.shape[dim]! % sections !== 0))
    throw new ShapeError(
      `${op}: attempted to split along dimension ${dim}, but the size of the dimension ${x.shape[dim]} is not divisible by the split_size ${sections}`,
    );
  return tensorSplit(x, sections, dim);
}
/** Split along dim 1 (1-d tensors along dim 0). @see torch.hsplit */
export function hsplit(x: Tensor, sections: number | Shape): Tensor[] {
  checkTensor("hsplit", x);
  return splitAlong("hsplit", x, sections, x.ndim === 1 ? 0 : 1, 1);
}
/** Split along dim 0. @see torch.vsplit */
export function vsplit(x: Tensor, sections: number | Shape): Tensor[] {
  return splitAlong("vsplit", x, sections, 0, 2);
}
/** Split along dim 2. @see torch.dsplit */
export function dsplit(x: Tensor, sections: number | Shape): Tensor[] {
  return splitAlong("dsplit", x, sections, 2, 3);
}

/** A copy of what `narrow` shows. @see torch.narrow_copy */
export function narrowCopy(x: Tensor, dim: number, start: number, length: number): Tensor {
  return clone(narrow(x, dim, start, length), { memoryFormat: "contiguous_format" });
}

// ── sizes ────────────────────────────────────────────────────────────────────────────────────────

/** Summed over the dims in which `shape` is 1 or has none. @see torch.Tensor.sum_to_size */
export function sumToSize(x: Tensor, ...sizes: [shape: Shape] | number[]): Tensor {
  checkTensor("sumToSize", x);
  const shape = (sizes.length === 1 && Array.isArray(sizes[0]) ? sizes[0] : sizes) as Shape;
  checkIntegers("sumToSize", "every size", shape);
  const lead = x.ndim - shape.length;
  if (lead < 0 || shape.some((n, d) => n !== 1 && n !== x.shape[d + lead]))
    throw new ShapeError(
      `sumToSize: size ${formatShape(shape)} is not expandable to size ${formatShape(x.shape)}`,
    );
  if (shape.length === 0) return sum(x);
  const dims = x.shape.flatMap((n, d) => (d < lead || (shape[d - lead] === 1 && n !== 1) ? [d] : []));
  const y = dims.length ? sum(x, dims, { keepdim: true }) : x;
  return lead > 0 ? view(y, shape as number[]) : y;
}

/** Windows of `size` along a dim, `step` apart, as a last dim: a view. ∂x = g added where it was taken. @see torch.Tensor.unfold */
export function unfold(x: Tensor, dim: number, size: number, step: number): Tensor {
  checkTensor("unfold", x);
  const d = normalizeDim("unfold", dim, x.ndim);
  checkInteger("unfold", "size", size, 0);
  checkInteger("unfold", "step", step, 1);
  const n = x.shape[d] ?? 1;
  if (size > n)
    throw new ShapeError(`unfold: maximum size for tensor at dimension ${d} is ${n} but size is ${size}`);
  const [count, own] = [Math.floor((n - size) / step) + 1, x.strides[d] ?? 1];
  const around = (list: Shape, middle: number) => (x.ndim === 0 ? [] : list.with(d, middle));
  const y = viewOf(
    x,
    [...around(x.shape, count), size],
    [...around(x.strides, own * step), own],
    x.offset,
    (x) => unfold(x, d, size, step),
  );
  const { shape } = x;
  return record(y, { op: "unfold", inputs: [x], backward: (g) => [() => refold(g, shape, d, size, step)] });
}

/** Windows added up where they overlap. */
function refold(g: Tensor, shape: Shape, d: number, size: number, step: number): Tensor {
  if (shape.length === 0) return sum(g);
  const last = (g.shape[d]! - 1) * step + 1;
  let total = zerosOf(g, shape);
  for (let j = 0; j < size; j++)
    total = add(total, sliceBackward(select(g, -1, j), shape, d, j, j + last, step));
  return total;
}

/** x on a diagonal of two new dims, zeros elsewhere. ∂x = that diagonal of g. @see torch.diag_embed */
export function diagEmbed(x: Tensor, offset = 0, dim1 = -2, dim2 = -1): Tensor {
  checkTensor("diagEmbed", x);
  checkInteger("diagEmbed", "offset", offset);
  const rank = x.ndim + 1;
  const [a, b] = [normalizeDim("diagEmbed", dim1, rank), normalizeDim("diagEmbed", dim2, rank)];
  if (a === b) throw new ArgumentError(`diagEmbed: diagonal dimensions cannot be identical ${dim1}, ${dim2}`);
  const n = x.shape.at(-1)! + Math.abs(offset);
  const rest = x.shape.slice(0, -1);
  const shape = Array.from({ length: rank }, (_, d) => (d === a || d === b ? n : rest.shift()!));
  return put("diag_embed", x, shape, (y) => diagonal(y, offset, a, b));
}
/** The elements in one list, on a diagonal. @see torch.diagflat */
export function diagflat(x: Tensor, offset = 0): Tensor {
  return diag(reshape(contiguous(x), -1), offset);
}

/** Elements at `indices` along a dim; all other dims broadcast. @see torch.take_along_dim */
export function takeAlongDim(x: Tensor, indices: Tensor, dim?: number): Tensor {
  checkTensor("takeAlongDim", x);
  checkTensor("takeAlongDim", indices);
  if (dim === undefined) return gather(reshape(x, -1), 0, reshape(indices, -1));
  const d = normalizeDim("takeAlongDim", dim, x.ndim);
  if (x.ndim !== indices.ndim)
    throw new ShapeError(
      `takeAlongDim: input and indices should have the same number of dimensions, but got ${x.ndim} dimensions for input, and ${indices.ndim} dimensions for indices`,
    );
  const rest = (y: Tensor) => narrow(y, d, 0, Math.min(1, y.shape[d]!));
  const [like] = broadcastTensors(rest(x), rest(indices));
  const wide = (y: Tensor) => y.expand(like.shape.with(d, y.shape[d]!) as number[]);
  return gather(wide(x), d, wide(indices));
}

export interface RepeatInterleaveOptions {
  /** How many there will be in all: checked. */
  outputSize?: number | null;
}
/** Each element (along a dim) repeated in place, all alike or each its own number of times. @see torch.repeat_interleave */
export function repeatInterleave(
  x: Tensor,
  repeats: number | Tensor,
  dim?: number,
  options?: RepeatInterleaveOptions,
): Tensor {
  checkTensor("repeatInterleave", x);
  checkOptions("repeatInterleave", options, ["outputSize"]);
  if (dim === undefined) return repeatInterleave(reshape(x, -1), repeats, 0, options);
  const d = normalizeDim("repeatInterleave", dim, x.ndim);
  const n = x.shape[d] ?? 1;
  const given = repeats instanceof Tensor ? valuesOf(repeats).map(Number) : [repeats];
  if (given.length !== 1 && given.length !== n)
    throw new ShapeError(
      `repeatInterleave: repeats must have the same size as input along dim: ${given.length} for ${n} along dim ${d}`,
    );
  given.forEach((count) => checkInteger("repeatInterleave", "repeats", count, 0));
  const at = Array.from({ length: n }, (_, i) => new Array<number>(given[i] ?? given[0]!).fill(i)).flat();
  return indexSelect(x, d, makeOf(at, [at.length], "int64", x.storage.backend));
}
