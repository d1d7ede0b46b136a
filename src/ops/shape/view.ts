/**
 * @file Views: the same memory under another shape. Nothing is copied; `reshape` copies only where no view can do it.
 *
 * Each view knows how to be taken again from its base, so an in-place change of either finds the other's history.
 */

import { record } from "../../autograd/record.js";
import { checkIntegers } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, normalizeDim, numel, type Shape } from "../../core/shape.js";
import { viewStrides } from "../../tensor/layout.js";
import type { Tensor } from "../../tensor/tensor.js";
import { contiguous } from "../copying.js";
import { broadcast, checkTensor } from "../kernel.js";
import { sumTo } from "../reduction/sum-to.js";
import { type Sizes, sizesOf } from "./sizes.js";
import { unsafeView, viewOf } from "./view-of.js";

// ── shape ────────────────────────────────────────────────────────────────────────────────────────

/** Fills in the −1 of a shape. */
function inferred(op: string, x: Tensor, shape: Shape): Shape {
  const total = numel(x.shape);
  const holes = shape.filter((n) => n === -1).length;
  if (holes > 1) throw new ShapeError(`${op}: only one dimension can be inferred: ${formatShape(shape)}`);
  const rest = shape.reduce((product, n) => (n === -1 ? product : product * n), 1);
  if (holes === 1) {
    if (rest === 0)
      throw new ShapeError(
        `${op}: cannot reshape tensor of ${total} elements into shape ${formatShape(shape)} because the unspecified dimension size -1 can be any value and is ambiguous`,
      );
    if (total % rest === 0) return shape.map((n) => (n === -1 ? total / rest : n));
  }
  if (rest !== total || holes === 1)
    throw new ShapeError(
      `${op}: shape '${formatShape(shape)}' is invalid for input of size ${total} (${formatShape(x.shape)} has ${total} elements)`,
    );
  return shape;
}

/** The same elements under another shape; −1 is worked out. Shares memory. ∂x = g reshaped back. @see torch.Tensor.view */
export function view(x: Tensor, ...sizes: Sizes): Tensor {
  checkTensor("view", x);
  const shape = inferred("view", x, sizesOf("view", sizes));
  const strides = viewStrides(x.shape, x.strides, shape);
  if (!strides)
    throw new ShapeError(
      `view: view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces): ${formatShape(x.shape)} with strides ${formatShape(x.strides)} as ${formatShape(shape)}. Use .reshape(...) instead`,
    );
  return shaped("view", x, shape, strides);
}

function shaped(op: string, x: Tensor, shape: Shape, strides: Shape): Tensor {
  const from = x.shape;
  const y = viewOf(x, shape, strides, x.offset, (x) => view(x, shape as number[]));
  return record(y, { op, inputs: [x], backward: (g) => [() => reshape(g, from as number[])] });
}

/** As `view`, but copies where the memory cannot be seen that way. @see torch.reshape */
export function reshape(x: Tensor, ...sizes: Sizes): Tensor {
  checkTensor("reshape", x);
  const shape = inferred("reshape", x, sizesOf("reshape", sizes));
  const strides = viewStrides(x.shape, x.strides, shape);
  if (strides) return shaped("reshape_alias", x, shape, strides);
  return unsafeView(contiguous(x), shape);
}

/** As `view`, with the shape of another tensor. @see torch.Tensor.view_as */
export function viewAs(x: Tensor, other: Tensor): Tensor {
  checkTensor("viewAs", other);
  return view(x, other.shape as number[]);
}
/** As `reshape`, with the shape of another tensor. @see torch.Tensor.reshape_as */
export function reshapeAs(x: Tensor, other: Tensor): Tensor {
  checkTensor("reshapeAs", other);
  return reshape(x, other.shape as number[]);
}

/** Dims from `startDim` to `endDim` joined into one. @see torch.flatten */
export function flatten(x: Tensor, startDim = 0, endDim = -1): Tensor {
  checkTensor("flatten", x);
  const [from, to] = [normalizeDim("flatten", startDim, x.ndim), normalizeDim("flatten", endDim, x.ndim)];
  if (from > to)
    throw new ArgumentError("flatten: flatten() has invalid args: start_dim cannot come after end_dim");
  if (x.ndim === 0) return reshape(x, 1);
  if (from === to) return x;
  return reshape(x, [
    ...x.shape.slice(0, from),
    numel(x.shape.slice(from, to + 1)),
    ...x.shape.slice(to + 1),
  ]);
}

/** One dim split into several. @example x.unflatten(1, [2, -1]) @see torch.unflatten */
export function unflatten(x: Tensor, dim: number, sizes: Shape): Tensor {
  checkTensor("unflatten", x);
  const d = normalizeDim("unflatten", dim, x.ndim);
  if (!Array.isArray(sizes)) throw new ArgumentError(`unflatten: sizes must be a list: got ${show(sizes)}`);
  checkIntegers("unflatten", "every size", sizes);
  if (!sizes.includes(-1) && numel(sizes) !== x.shape[d])
    throw new ShapeError(
      `unflatten: Provided sizes ${formatShape(sizes)} don't multiply up to the size of dim ${d} (${x.shape[d]}) in the input tensor`,
    );
  return view(x, [...x.shape.slice(0, d), ...sizes, ...x.shape.slice(d + 1)]);
}

/** A dim of size 1 put in at `dim`. @see torch.unsqueeze */
export function unsqueeze(x: Tensor, dim: number): Tensor {
  checkTensor("unsqueeze", x);
  const d = normalizeDim("unsqueeze", dim, x.ndim + 1);
  const step = d < x.ndim ? x.shape[d]! * x.strides[d]! : 1;
  const y = viewOf(x, x.shape.toSpliced(d, 0, 1), x.strides.toSpliced(d, 0, step), x.offset, (x) =>
    unsqueeze(x, d),
  );
  return record(y, { op: "unsqueeze", inputs: [x], backward: (g) => [() => squeeze(g, d)] });
}

/** Without dims of size 1: all of them, or those named. @see torch.squeeze */
export function squeeze(x: Tensor, dim?: number | Shape): Tensor {
  checkTensor("squeeze", x);
  const named =
    dim === undefined
      ? null
      : (Array.isArray(dim) ? dim : [dim]).map((d) => normalizeDim("squeeze", d, x.ndim));
  const keep = x.shape.map((n, d) => n !== 1 || (named !== null && !named.includes(d)));
  const pick = (list: Shape) => list.filter((_, d) => keep[d]);
  const from = x.shape;
  const y = viewOf(x, pick(x.shape), pick(x.strides), x.offset, (x) => squeeze(x, dim));
  return record(y, {
    op: "squeeze",
    overload: dim === undefined ? 0 : 1,
    inputs: [x],
    backward: (g) => [() => reshape(g, from as number[])],
  });
}

// ── order of dims ────────────────────────────────────────────────────────────────────────────────

/** The dims in another order. @example x.permute(0, 2, 3, 1) @see torch.permute */
export function permute(x: Tensor, ...dims: Sizes): Tensor {
  checkTensor("permute", x);
  const list = dims.length === 1 && Array.isArray(dims[0]) ? dims[0] : (dims as number[]);
  const order = list.map((d) => normalizeDim("permute", d, x.ndim));
  if (order.length !== x.ndim || new Set(order).size !== x.ndim)
    throw new ShapeError(
      `permute: dims ${formatShape(list)} are no order of the ${x.ndim} dims of ${formatShape(x.shape)}: number of dimensions in the tensor input does not match the length of the desired ordering`,
    );
  return permuted("permute", x, order);
}

function permuted(op: string, x: Tensor, order: Shape): Tensor {
  const back = order.map((_, d) => order.indexOf(d));
  const y = viewOf(
    x,
    order.map((d) => x.shape[d]!),
    order.map((d) => x.strides[d]!),
    x.offset,
    (x) => permuted(op, x, order),
  );
  return record(y, { op, inputs: [x], backward: (g) => [() => permuted(op, g, back)] });
}

const swapped = (rank: number, a: number, b: number): number[] =>
  Array.from({ length: rank }, (_, d) => (d === a ? b : d === b ? a : d));

/** Two dims exchanged. @see torch.transpose */
export function transpose(x: Tensor, dim0: number, dim1: number): Tensor {
  checkTensor("transpose", x);
  const [a, b] = [normalizeDim("transpose", dim0, x.ndim), normalizeDim("transpose", dim1, x.ndim)];
  return permuted("transpose", x, swapped(x.ndim, a, b));
}

/** The last two dims exchanged. @see torch.adjoint */
export function adjoint(x: Tensor): Tensor {
  checkTensor("adjoint", x);
  if (x.ndim === 1)
    throw new ShapeError(
      "adjoint: tensor.adjoint() is only supported on matrices or batches of matrices. Got 1-D tensor",
    );
  return x.ndim === 0 ? x : transpose(x, -2, -1);
}

/** The transposed matrix; of fewer dims the tensor as it is. @see torch.t */
export function t(x: Tensor): Tensor {
  checkTensor("t", x);
  if (x.ndim > 2) throw new ShapeError(`t: expects a tensor with <= 2 dimensions, but self is ${x.ndim}D`);
  return permuted("t", x, swapped(x.ndim, 0, x.ndim - 1));
}

/** Dims moved to other places, the rest in order. @see torch.movedim */
export function movedim(x: Tensor, source: number | Shape, destination: number | Shape): Tensor {
  checkTensor("movedim", x);
  const list = (dims: number | Shape) =>
    checkIntegers("movedim", "every dim", dims).map((d) => normalizeDim("movedim", d, x.ndim));
  const [from, to] = [list(source), list(destination)];
  if (from.length !== to.length || new Set(from).size !== from.length || new Set(to).size !== to.length)
    throw new ArgumentError(
      `movedim: Invalid source or destination dims: ${show(source)} to ${show(destination)}`,
    );
  const order = new Array<number>(x.ndim).fill(-1);
  to.forEach((d, i) => {
    order[d] = from[i]!;
  });
  const rest = Array.from({ length: x.ndim }, (_, d) => d).filter((d) => !from.includes(d));
  return permuted(
    "permute",
    x,
    order.map((d) => (d < 0 ? rest.shift()! : d)),
  );
}

// ── repetition ───────────────────────────────────────────────────────────────────────────────────

/** Dims of size 1 repeated without copying; −1 keeps a size. ∂x = Σ g over the repeats. @see torch.Tensor.expand */
export function expand(x: Tensor, ...sizes: Sizes): Tensor {
  checkTensor("expand", x);
  const asked = sizesOf("expand", sizes);
  const lead = asked.length - x.ndim;
  if (lead < 0)
    throw new ShapeError(
      `expand: the number of sizes provided (${asked.length}) must be greater or equal to the number of dimensions in the tensor (${x.ndim})`,
    );
  const shape = asked.map((n, d) => {
    const own = d < lead ? -1 : x.shape[d - lead]!;
    if (n === -1 && d < lead)
      throw new ShapeError(
        `expand: the expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${d}`,
      );
    if (d >= lead && n !== -1 && own !== 1 && own !== n)
      throw new ShapeError(
        `expand: The expanded size of the tensor (${n}) must match the existing size (${own}) at non-singleton dimension ${d}: ${formatShape(x.shape)} to ${formatShape(asked)}`,
      );
    return n === -1 ? own : n;
  });
  const from = x.shape;
  const { strides } = broadcast(x, shape);
  const y = viewOf(x, shape, strides, x.offset, (x) => expand(x, shape as number[]));
  return record(y, { op: "expand", inputs: [x], backward: (g) => [() => sumTo(g, from)] });
}

/** As `expand`, to the shape of another tensor. @see torch.Tensor.expand_as */
export function expandAs(x: Tensor, other: Tensor): Tensor {
  checkTensor("expandAs", other);
  return expand(x, other.shape as number[]);
}
/** @see torch.broadcast_to */
export function broadcastTo(x: Tensor, shape: Shape): Tensor {
  return expand(x, shape as number[]);
}
