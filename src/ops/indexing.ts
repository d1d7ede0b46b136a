/**
 * @file Indexing as Python writes it: `x.at(0, "1:3", null, "...", mask)` reads x[0, 1:3, None, ..., mask].
 *
 * Integers, slices, null and "..." give a view. Integer tensors, arrays and masks give a copy, made by one primitive and
 * put back by its adjoint.
 */
import { record } from "../autograd/record.js";
import { ArgumentError, IndexError, ShapeError, show } from "../core/errors.js";
import { broadcastShapes, formatShape, numel, type Shape } from "../core/shape.js";
import { parseSlice, Slice } from "../core/slice.js";
import { type Nested, tensor } from "../tensor/create.js";
import { framed } from "../tensor/frames.js";
import { constant } from "../tensor/make.js";
import { Tensor } from "../tensor/tensor.js";
import { add, mul } from "./arithmetic.js";
import { contiguous, to } from "./copying.js";
import { indexPut, indexSelect, nonzero, wrapNegative } from "./gathering.js";
import { copy_, inPlace } from "./inplace.js";
import { asOperand, checkTensor, type Operand, type Scalar } from "./kernel.js";
import { select, slice } from "./slicing.js";
import { expand, movedim, reshape, sumTo, unsqueeze, view } from "./view.js";

/** One part of an index. */
export type Index = number | bigint | boolean | null | string | Slice | Tensor | readonly Nested[];

/** An index tensor for each dim it picks from, null for dims taken whole. */
type Picks = (Tensor | null)[];

// ── reading an index ─────────────────────────────────────────────────────────────────────────────

/** How many dims of the tensor an index part uses up. */
function dimsTaken(part: Index): number {
  if (part === null || part === "..." || typeof part === "boolean") return 0;
  if (part instanceof Tensor && isMask(part)) return part.ndim;
  return 1;
}
const isMask = (x: Tensor): boolean => x.dtype === "bool" || x.dtype === "uint8";

/** Arrays become tensors; "..." becomes the whole slices it stands for. */
function complete(x: Tensor, indices: readonly Index[]): Index[] {
  const parts = indices.map((part): Index => {
    if (Array.isArray(part)) return asIndexTensor(part, x);
    if (typeof part === "string" && part !== "...") return parseSlice(part);
    return part as Index;
  });
  const taken = parts.reduce((n: number, part) => n + dimsTaken(part), 0);
  if (taken > x.ndim)
    throw new IndexError(`at: too many indices for tensor of dimension ${x.ndim}: ${taken} for shape ${formatShape(x.shape)}`);
  const at = parts.indexOf("...");
  const whole = new Array<Index>(x.ndim - taken).fill(new Slice());
  return at < 0 ? parts : [...parts.slice(0, at), ...whole, ...parts.slice(at + 1).filter((part) => part !== "...")];
}

function asIndexTensor(part: readonly Nested[], x: Tensor): Tensor {
  const index = tensor(part, { device: x.device });
  if (numel(index.shape) === 0) return to(index, "int64");
  if (index.dtype !== "int64" && index.dtype !== "bool")
    throw new IndexError(`at: tensors used as indices must be long, byte or bool tensors: got fractions`);
  return index;
}

/** Applies what gives a view; returns the view and the picks that remain. */
function applyBasic(x: Tensor, indices: readonly Index[]): { y: Tensor; picks: Picks } {
  let y = x;
  const picks: Picks = [];
  complete(x, indices).forEach((part, position) => {
    const d = picks.length;
    if (typeof part === "number" || typeof part === "bigint") {
      y = pickOne(y, d, Number(part), x, d + (x.ndim - y.ndim));
    } else if (part === null) {
      y = unsqueeze(y, d);
      picks.push(null);
    } else if (typeof part === "boolean") {
      y = unsqueeze(y, d);
      picks.push(tensor(part ? [0] : [], { dtype: "int64", device: x.device }));
    } else if (part instanceof Slice) {
      y = slice(y, d, part.start, part.end, part.step ?? 1);
      picks.push(null);
    } else if (part instanceof Tensor) y = pickMany(y, d, part, picks, position);
    else throw new ArgumentError(`at: cannot index with ${show(part)}`);
  });
  return { y, picks };
}

function pickOne(y: Tensor, d: number, index: number, x: Tensor, dim: number): Tensor {
  const n = y.shape[d]!;
  if (!Number.isInteger(index)) throw new ArgumentError(`at: an index must be a whole number: got ${index}`);
  if (index < -n || index >= n)
    throw new IndexError(`at: index ${index} is out of bounds for dimension ${dim} with size ${n} (shape ${formatShape(x.shape)})`);
  return select(y, d, index);
}

/** An integer tensor picks from one dim, a mask from as many as it has. */
function pickMany(y: Tensor, d: number, index: Tensor, picks: Picks, position: number): Tensor {
  if (!isMask(index)) {
    if (index.dtype !== "int64" && index.dtype !== "int32")
      throw new IndexError(`at: tensors used as indices must be long, byte or bool tensors: got ${index.dtype}`);
    picks.push(index);
    return y;
  }
  if (index.ndim === 0) {
    picks.push(reshape(nonzero(reshape(index, 1)), -1));
    return unsqueeze(y, d);
  }
  index.shape.forEach((n, i) => {
    if (n !== y.shape[d + i])
      throw new IndexError(
        `at: The shape of the mask ${formatShape(index.shape)} at index ${i} does not match the shape of the indexed tensor ${formatShape(y.shape)} at index ${d + i} (part ${position})`,
      );
  });
  const rows = nonzero(index);
  for (let i = 0; i < index.ndim; i++) picks.push(select(rows, 1, i));
  return y;
}

// ── the primitive and its adjoint ────────────────────────────────────────────────────────────────

/** Where picked dims go: to the front, unless all stand together. */
interface Plan {
  dims: number[];
  together: boolean;
  /** Shape of the broadcast index tensors. */
  shape: Shape;
  /** Row-major position of each pick among the picked dims. */
  flat: Tensor;
}

function plan(x: Tensor, picks: Picks): Plan {
  const dims = picks.flatMap((pick, d) => (pick ? [d] : []));
  const tensors = dims.map((d) => picks[d]!);
  const shape = tensors.reduce<Shape>((s, t) => {
    try {
      return broadcastShapes("at", s, t.shape);
    } catch {
      throw new IndexError(
        `at: shape mismatch: indexing tensors could not be broadcast together with shapes ${tensors.map((t) => formatShape(t.shape)).join(", ")}`,
      );
    }
  }, []);
  let flat: Tensor | null = null;
  tensors.forEach((t, i) => {
    const n = x.shape[dims[i]!]!;
    const index = wrapNegative(to(t, "int64"), n);
    if (numel(shape) > 0) checkBounds(index, t, n, dims[i]!);
    flat = flat ? add(mul(flat, n), index) : index;
  });
  const together = dims.every((d, i) => i === 0 || d === dims[i - 1]! + 1);
  return { dims, together, shape, flat: contiguous(reshape(expand(flat!, shape as number[]), -1)) };
}

function checkBounds(index: Tensor, given: Tensor, n: number, dim: number): void {
  const [least, greatest] = index.storage.backend.bounds(index);
  if (least >= 0n && greatest < BigInt(n)) return;
  const bad = least < 0n ? least - BigInt(n) : greatest;
  throw new IndexError(`at: index ${bad} is out of bounds for dimension ${dim} with size ${n} (index of shape ${formatShape(given.shape)})`);
}

const front = (dims: readonly number[]) => dims.map((_, i) => i);

/** x[picks]: y[…idx…, rest] = x[picked, rest]. ∂x = g added where it was taken. */
function index(x: Tensor, picks: Picks): Tensor {
  const z = x.detach();
  const { dims, together, shape, flat } = plan(z, picks);
  const moved = movedim(z, dims, front(dims));
  const rest = moved.shape.slice(dims.length);
  const rows = indexSelect(reshape(moved, [numel(moved.shape.slice(0, dims.length)), ...rest]), 0, flat);
  let y = reshape(rows, [...shape, ...rest]);
  if (together && dims[0]! > 0) y = movedim(y, front([...shape]), front([...shape]).map((i) => i + dims[0]!));
  const from = x.shape;
  return record(contiguous(y).detach(), {
    op: "index",
    inputs: [x],
    backward: (g) => [() => indexPutAt(expand(zero(g), from as number[]), picks, g, true)],
  });
}

const zero = (like: Tensor): Tensor => constant(0, like.dtype, like.device);

/** x with values written (or added) at the picks. ∂x = g (with zeros there if written), ∂values = g[picks]. */
export function indexPutAt(x: Tensor, picks: Picks, values: Tensor, accumulate: boolean): Tensor {
  const { dims, together, shape, flat } = plan(x.detach(), picks);
  const order = front(dims);
  const moved = contiguous(movedim(x.detach(), dims, order));
  const rest = moved.shape.slice(dims.length);
  const places = together ? [...x.shape.slice(0, dims[0]), ...shape, ...x.shape.slice(dims[0]! + dims.length)] : [...shape, ...rest];
  if (values.ndim > places.length && numel(values.shape.slice(0, values.ndim - places.length)) !== 1)
    throw new ShapeError(`setAt: shape mismatch: value tensor of shape ${formatShape(values.shape)} cannot be broadcast to indexing result of shape ${formatShape(places)}`);
  let source = values.detach();
  if (source.ndim > places.length) source = reshape(source, source.shape.slice(source.ndim - places.length));
  source = expandTo(source, places);
  if (together && dims[0]! > 0) source = movedim(source, front([...shape]).map((i) => i + dims[0]!), front([...shape]));
  const count = numel(moved.shape.slice(0, dims.length));
  const target = reshape(moved, [count, ...rest]);
  const filled = indexPut("setAt", target, 0, flat, contiguous(reshape(source, [numel(shape), ...rest])), accumulate ? "add" : "set");
  const y = contiguous(movedim(reshape(filled, moved.shape as number[]), order, dims)).detach();
  const from = values.shape;
  return record(y, {
    op: "index_put",
    inputs: [x, values],
    backward: (g) => [
      () => (accumulate ? g : indexPutAt(g, picks, zero(g), false)),
      () => sumToShape(index(g, picks), from),
    ],
  });
}

function expandTo(values: Tensor, shape: Shape): Tensor {
  try {
    return expand(values, shape as number[]);
  } catch {
    throw new ShapeError(
      `setAt: shape mismatch: value tensor of shape ${formatShape(values.shape)} cannot be broadcast to indexing result of shape ${formatShape(shape)}`,
    );
  }
}
const sumToShape = (g: Tensor, shape: Shape): Tensor => {
  const extra = shape.length - g.ndim;
  return extra > 0 ? reshape(g, shape as number[]) : sumTo(g, shape);
};

// ── the public functions ─────────────────────────────────────────────────────────────────────────

/**
 * The part of x that the index names, as Python's x[…].
 *
 * @param indices integers, "1:3" or slice(1, 3), null (a new dim), "...", integer tensors, arrays, masks
 * @throws IndexError if an index is out of range or there are too many
 * @example x.at(0, "1:3", null)
 * @see torch.Tensor.__getitem__
 */
export function at(x: Tensor, ...indices: Index[]): Tensor {
  checkTensor("at", x);
  const { y, picks } = applyBasic(x, indices);
  if (picks.some((pick) => pick !== null)) return framed(() => index(y, picks));
  return y === x ? view(x, x.shape as number[]) : y;
}

/**
 * Writes a value, broadcast, to the part of x that the index names, as Python's x[…] = value.
 *
 * @example y.setAt([i, j], x.at("0:2").mul(k).sum())
 * @see torch.Tensor.__setitem__
 */
export function setAt(x: Tensor, indices: Index | readonly Index[], value: Operand): Tensor {
  checkTensor("setAt", x);
  const list = Array.isArray(indices) ? (indices as readonly Index[]) : [indices as Index];
  const { y, picks } = applyBasic(x, list);
  const v = value instanceof Tensor ? value : to(asOperand("setAt", value as Scalar, x), x.dtype);
  const source = v.dtype === x.dtype ? v : to(v, x.dtype);
  if (picks.some((pick) => pick !== null)) inPlace("setAt", y, [source], () => indexPutAt(y, picks, source, false));
  else copy_(y, trimmed(source, y));
  return x;
}

/** Leading dims of size 1 that the target does not have do not count. */
function trimmed(source: Tensor, target: Tensor): Tensor {
  const extra = source.ndim - target.ndim;
  return extra > 0 && source.shape.slice(0, extra).every((n) => n === 1) ? reshape(source, source.shape.slice(extra)) : source;
}
