/** Elements in another order, or repeated: flips, rolls, tiles, triangles, sorted. */
import { record } from "../../autograd/record.js";
import { checkInteger, checkIntegers, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim, normalizeDims, type Shape } from "../../core/shape.js";
import { arange } from "../../tensor/create.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clone, contiguous } from "../copying.js";
import { sub } from "../elementwise/arithmetic.js";
import { ge, le } from "../elementwise/comparison.js";
import { where } from "../elementwise/selection.js";
import { gather, indexSelect } from "../index/gathering.js";
import { recordPicked } from "../index/positions.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { sum, type ValuesAndIndices } from "../reduction/reduction.js";
import { cat } from "./joining.js";
import { put } from "./parts.js";
import { type Sizes, sizesOf } from "./sizes.js";
import { diagonal, narrow } from "./slicing.js";
import { expand, reshape, squeeze, unsqueeze } from "./view.js";

/** Reversed along dims. ∂x = g reversed. @see torch.flip */
export function flip(x: Tensor, dims: number | Shape): Tensor {
  checkTensor("flip", x);
  const list = checkIntegers("flip", "every dim", dims);
  const along = list.length ? normalizeDims("flip", list, x.ndim) : [];
  const reversed = (n: number) => arange(n - 1, -1, -1, { device: x.device });
  const y = along.reduce((y, d) => indexSelect(y, d, reversed(y.shape[d]!)), x.detach());
  return record(along.length ? y : clone(y), {
    op: "flip",
    inputs: [x],
    backward: (g) => [() => flip(g, dims)],
  });
}

/** Shifted around along dims: what leaves at one end comes in at the other. ∂x = g shifted back. @see torch.roll */
export function roll(x: Tensor, shifts: number | Shape, dims?: number | Shape): Tensor {
  checkTensor("roll", x);
  const by = checkIntegers("roll", "every shift", shifts);
  if (dims === undefined) return named("roll", reshape(roll(reshape(x, -1), by, 0), x.shape as number[]));
  const along = checkIntegers("roll", "every dim", dims).map((d) => normalizeDim("roll", d, x.ndim));
  if (along.length !== by.length)
    throw new ArgumentError(
      `roll: shifts and dimensions must align. shifts: ${by.length}, dims: ${along.length}`,
    );
  const shifted = along.reduce((y, d, i) => {
    const n = y.shape[d]!;
    const k = n === 0 ? 0 : ((by[i]! % n) + n) % n;
    return k === 0 ? y : cat([narrow(y, d, n - k, k), narrow(y, d, 0, n - k)], d);
  }, x.detach());
  const y = shifted.storage === x.storage ? clone(shifted) : shifted;
  const back = by.map((shift) => -shift);
  return record(y, { op: "roll", inputs: [x], backward: (g) => [() => roll(g, back, along)] });
}

/** Copies side by side. ∂x = Σ g over the copies. @example x.repeat(2, 3) @see torch.Tensor.repeat */
export function repeat(x: Tensor, ...sizes: Sizes): Tensor {
  checkTensor("repeat", x);
  const times = sizesOf("repeat", sizes);
  const lead = times.length - x.ndim;
  if (lead < 0)
    throw new ShapeError(
      `repeat: Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor: ${formatShape(times)} for ${formatShape(x.shape)}`,
    );
  const from = [...new Array<number>(lead).fill(1), ...x.shape];
  const between = from.flatMap((n) => [1, n]);
  const spread = from.flatMap((n, d) => [times[d]!, n]);
  const copies = clone(expand(reshape(x.detach(), between), spread), { memoryFormat: "contiguous_format" });
  const y = reshape(
    copies,
    from.map((n, d) => n * times[d]!),
  ).detach();
  const counts = from.map((_, d) => 2 * d);
  const { shape } = x;
  return record(y, {
    op: "repeat",
    inputs: [x],
    backward: (g) => [() => reshape(sum(reshape(g, spread), counts), shape as number[])],
  });
}

/** As `repeat`, with missing leading counts taken as 1. @see torch.tile */
export function tile(x: Tensor, ...sizes: Sizes): Tensor {
  checkTensor("tile", x);
  const times = sizesOf("tile", sizes);
  return repeat(x, [...new Array(Math.max(0, x.ndim - times.length)).fill(1), ...times]);
}

// ── triangles and diagonals ──────────────────────────────────────────────────────────────────────

function triangle(op: "triu" | "tril", x: Tensor, k: number): Tensor {
  checkTensor(op, x);
  if (x.ndim < 2)
    throw new ShapeError(`${op}: input tensor must have at least 2 dimensions: got ${formatShape(x.shape)}`);
  checkInteger(op, "diagonal", k);
  const rows = unsqueeze(arange(x.shape.at(-2)!, { device: x.device }), 1);
  const above = sub(arange(x.shape.at(-1)!, { device: x.device }), rows);
  const y = where((op === "triu" ? ge : le)(above, k), x.detach(), zerosOf(x, []));
  return record(y, { op, inputs: [x], backward: (g) => [() => triangle(op, g, k)] });
}
/** The upper triangle, from the k-th diagonal on. ∂x = that of g. @see torch.triu */
export function triu(x: Tensor, k = 0): Tensor {
  return triangle("triu", x, k);
}
/** The lower triangle, up to the k-th diagonal. ∂x = that of g. @see torch.tril */
export function tril(x: Tensor, k = 0): Tensor {
  return triangle("tril", x, k);
}

/** Of a list the matrix with it on the k-th diagonal; of a matrix a copy of that diagonal. @see torch.diag */
export function diag(x: Tensor, k = 0): Tensor {
  checkTensor("diag", x);
  checkInteger("diag", "diagonal", k);
  if (x.ndim === 1) {
    const n = x.shape[0]! + Math.abs(k);
    return put("diag", x, [n, n], (y) => diagonal(y, k));
  }
  if (x.ndim !== 2) throw new ShapeError(`diag: matrix or a vector expected: got ${formatShape(x.shape)}`);
  const { shape } = x;
  return record(clone(diagonal(x.detach(), k)), {
    op: "diag",
    inputs: [x],
    backward: (g) => [() => put("diag_backward", g, shape, (y) => diagonal(y, k))],
  });
}

// ── order ────────────────────────────────────────────────────────────────────────────────────────

export interface SortOptions {
  /** Greatest first. @defaultValue false */
  descending?: boolean;
  /** Equal elements keep their order; ours always do. */
  stable?: boolean;
}

/** Sorted along `dim`, and where each element came from. @see torch.sort */
export function sort(x: Tensor, dim = -1, options?: SortOptions): ValuesAndIndices {
  checkTensor("sort", x);
  checkOptions("sort", options, ["descending", "stable"]);
  const d = normalizeDim("sort", dim, x.ndim);
  const flat = x.ndim === 0 ? reshape(x.detach(), 1) : x;
  const [values, indices] = [
    make(flat.shape, x.dtype, x.storage.backend),
    make(flat.shape, "int64", x.storage.backend),
  ];
  x.storage.backend.sort(values, indices, flat, d, options?.descending ?? false);
  const [y, at] = x.ndim === 0 ? [squeeze(values).detach(), squeeze(indices)] : [values, indices];
  return { values: recordPicked("sort", y, x, d, at, options?.stable === undefined ? 0 : 1), indices: at };
}

/** The indices that sort. @see torch.argsort */
export function argsort(x: Tensor, dim = -1, options?: SortOptions): Tensor {
  return sort(x, dim, options).indices;
}

export interface TopkOptions {
  /** The greatest, else the least. @defaultValue true */
  largest?: boolean;
  /** In order; ours always are. */
  sorted?: boolean;
}

/** The k greatest (or least) along `dim`, in order, and where they are. @see torch.topk */
export function topk(x: Tensor, k: number, dim = -1, options?: TopkOptions): ValuesAndIndices {
  checkTensor("topk", x);
  checkOptions("topk", options, ["largest", "sorted"]);
  checkInteger("topk", "k", k, 0);
  const d = normalizeDim("topk", dim, x.ndim);
  const n = x.ndim === 0 ? 1 : x.shape[d]!;
  if (k > n)
    throw new ArgumentError(
      `topk: selected index k out of range: ${k} of ${n} along dim ${d} of ${formatShape(x.shape)}`,
    );
  const sorted = sort(x.detach(), d, { descending: options?.largest ?? true });
  if (x.ndim === 0)
    return { values: recordPicked("topk", sorted.values, x, d, sorted.indices), indices: sorted.indices };
  const indices = contiguous(narrow(sorted.indices, d, 0, k));
  return { values: recordPicked("topk", gather(x.detach(), d, indices), x, d, indices), indices };
}
