/**
 * @file Indexing as Python writes it: `x.at(0, "1:3", null, "...", mask)` reads x[0, 1:3, None, ..., mask].
 *
 * Integers, slices, null and "..." give a view. Integer tensors, arrays and masks give a copy, made by one primitive and
 * put back by its adjoint.
 */
import { record } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, IndexError, ShapeError, show } from "../../core/errors.js";
import { broadcastShapes, formatShape, numel, type Shape } from "../../core/shape.js";
import { parseSlice, Slice } from "../../core/slice.js";
import { type Nested, tensor } from "../../tensor/create.js";
import { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { contiguous, to } from "../copying.js";
import { add, mul } from "../elementwise/arithmetic.js";
import { copy_ } from "../inplace.js";
import { asOperand, checkTensor, type Operand, zerosOf } from "../kernel.js";
import { sumTo } from "../reduction/sum-to.js";
import { inPlace } from "../rewrite.js";
import { slice } from "../shape/parts.js";
import { select } from "../shape/slicing.js";
import { expand, movedim, reshape, unsqueeze } from "../shape/view.js";
import { viewOf } from "../shape/view-of.js";
import { indexSelect, nonzero } from "./gathering.js";
import { putAlong, wrapNegative } from "./positions.js";

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

/** Arrays become tensors, text becomes slices; a second "..." says nothing. */
function complete(x: Tensor, indices: readonly Index[]): Index[] {
  const parts = indices.map((part): Index => {
    if (Array.isArray(part)) return asIndexTensor(part, x);
    return typeof part === "string" && part !== "..." ? parseSlice(part) : (part as Index);
  });
  return parts.filter((part, i) => part !== "..." || parts.indexOf(part) === i);
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
  const parts = complete(x, indices);
  const taken = parts.reduce((n: number, part) => n + dimsTaken(part), 0);
  if (taken > x.ndim)
    throw new IndexError(
      `at: too many indices for tensor of dimension ${x.ndim}: ${taken} for shape ${formatShape(x.shape)}`,
    );
  for (const part of parts) {
    // As in PyTorch, a mask counts as one dim for the parts after it, however many it has.
    const d = picks.length;
    if (typeof part === "number" || typeof part === "bigint") y = pickOne(y, d, Number(part), x);
    else if (part === "...") picks.push(...new Array<null>(x.ndim - taken).fill(null));
    else if (part === null) {
      y = unsqueeze(y, d);
      picks.push(null);
    } else if (typeof part === "boolean") {
      y = unsqueeze(y, d);
      picks.push(tensor(part ? [0] : [], { dtype: "int64", device: x.device }));
    } else if (part instanceof Slice) {
      y = slice(y, d, part.start, part.end, part.step ?? 1);
      picks.push(null);
    } else if (part instanceof Tensor) y = pickMany(y, d, part, x, picks);
    else throw new ArgumentError(`at: cannot index with ${show(part)}`);
  }
  return { y, picks: withoutMasks(y, picks) };
}

function pickOne(y: Tensor, d: number, index: number, x: Tensor): Tensor {
  const n = y.shape[d]!;
  if (!Number.isInteger(index)) throw new ArgumentError(`at: an index must be a whole number: got ${index}`);
  if (index < -n || index >= n)
    throw new IndexError(
      `at: index ${index} is out of bounds for dimension ${d + x.ndim - y.ndim} with size ${n} (shape ${formatShape(x.shape)})`,
    );
  return select(y, d, index);
}

/** Notes an integer tensor or a mask; of no dims they act like an integer and a boolean. */
function pickMany(y: Tensor, d: number, index: Tensor, x: Tensor, picks: Picks): Tensor {
  if (index.ndim === 0 && isMask(index)) {
    picks.push(reshape(nonzero(reshape(index, 1)), -1));
    return unsqueeze(y, d);
  }
  if (!isMask(index) && index.dtype !== "int64" && index.dtype !== "int32")
    throw new IndexError(
      `at: tensors used as indices must be long, byte or bool tensors: got ${index.dtype}`,
    );
  if (index.ndim === 0) return pickOne(y, d, Number(scalarOf(index)), x);
  picks.push(index);
  return y;
}

/** Each mask replaced by the positions of its true elements, a list for each of its dims. */
function withoutMasks(y: Tensor, picks: Picks): Picks {
  const out: Picks = [];
  for (const pick of picks) {
    if (pick === null || !isMask(pick)) {
      out.push(pick);
      continue;
    }
    pick.shape.forEach((n, i) => {
      const d = out.length + i;
      if (n !== y.shape[d])
        throw new IndexError(
          `at: The shape of the mask ${formatShape(pick.shape)} at index ${i} does not match the shape of the indexed tensor ${formatShape(y.shape)} at index ${d}`,
        );
    });
    const rows = nonzero(pick);
    out.push(...pick.shape.map((_, i) => select(rows, 1, i)));
  }
  return out;
}

// ── the primitive and its adjoint ────────────────────────────────────────────────────────────────

/** Which dims are picked from, and how. Numbers only: a graph may keep it. */
interface Plan {
  dims: number[];
  /** The picked dims stand side by side, so the result has its new dims in their place, else in front. */
  together: boolean;
  /** Shape of the broadcast index tensors. */
  shape: Shape;
}

/** How to pick, and the row-major position of each pick among the picked dims. */
function plan(x: Tensor, picks: Picks): { how: Plan; flat: Tensor } {
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
  return {
    how: { dims, together, shape },
    flat: contiguous(reshape(expand(flat!, shape as number[]), -1)),
  };
}

function checkBounds(index: Tensor, given: Tensor, n: number, dim: number): void {
  const [least, greatest] = index.storage.backend.bounds(index);
  if (least >= 0n && greatest < BigInt(n)) return;
  const bad = least < 0n ? least - BigInt(n) : greatest;
  throw new IndexError(
    `at: index ${bad} is out of bounds for dimension ${dim} with size ${n} (index of shape ${formatShape(given.shape)})`,
  );
}

const front = (dims: readonly number[]) => dims.map((_, i) => i);
/** Where the new dims of a result stand. */
const placed = ({ dims, together, shape }: Plan) => front(shape).map((i) => (together ? i + dims[0]! : i));

/** y[…picked…, rest] = x[picked, rest]. ∂x = g added where it was taken. */
function index(x: Tensor, how: Plan, flat: Tensor): Tensor {
  const { dims, shape } = how;
  const moved = movedim(x.detach(), dims, front(dims));
  const rest = moved.shape.slice(dims.length);
  const rows = indexSelect(reshape(moved, [numel(moved.shape.slice(0, dims.length)), ...rest]), 0, flat);
  const y = movedim(reshape(rows, [...shape, ...rest]), front(shape), placed(how));
  const from = x.shape;
  return record(contiguous(y).detach(), {
    op: "index",
    inputs: [x],
    saved: [flat],
    backward: (g, [flat]) => [() => putAt(zerosOf(g, from), how, flat, g, true)],
  });
}

/** x with values written (or added) where `how` and `flat` point. ∂x = g (with zeros there if written), ∂values = g there. */
function putAt(x: Tensor, how: Plan, flat: Tensor, values: Tensor, accumulate: boolean): Tensor {
  const { dims, together, shape } = how;
  const order = front(dims);
  const moved = contiguous(movedim(x.detach(), dims, order));
  const rest = moved.shape.slice(dims.length);
  const before = together ? x.shape.slice(0, dims[0]) : [];
  const places = [...before, ...shape, ...rest.slice(before.length)];
  const source = movedim(expandTo(values.detach(), places), placed(how), front(shape));
  const target = reshape(moved, [numel(moved.shape.slice(0, dims.length)), ...rest]);
  const lines = contiguous(reshape(source, [numel(shape), ...rest]));
  const filled = putAlong("setAt", target, 0, flat, lines, accumulate ? "add" : "set");
  const y = contiguous(movedim(reshape(filled, moved.shape as number[]), order, dims)).detach();
  const from = values.shape;
  return record(y, {
    op: "index_put",
    inputs: [x, values],
    saved: [flat],
    backward: (g, [flat]) => [
      () => (accumulate ? g : putAt(g, how, flat, zerosOf(g, []), false)),
      () => sumToShape(index(g, how, flat), from),
    ],
  });
}

/** Values as they must lie to be written; leading dims of size 1 that the target does not have do not count. */
function expandTo(values: Tensor, shape: Shape): Tensor {
  try {
    return expand(trimmed(values, shape.length), shape as number[]);
  } catch {
    throw new ShapeError(
      `setAt: shape mismatch: value tensor of shape ${formatShape(values.shape)} cannot be broadcast to indexing result of shape ${formatShape(shape)}`,
    );
  }
}
function trimmed(values: Tensor, rank: number): Tensor {
  const extra = values.ndim - rank;
  const idle = extra > 0 && values.shape.slice(0, extra).every((n) => n === 1);
  return idle ? reshape(values, values.shape.slice(extra)) : values;
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
  if (picks.every((pick) => pick === null)) return y === x ? alias(x) : y;
  const { how, flat } = plan(y, picks);
  return index(y, how, flat);
}

/** All of x, as a view. */
function alias(x: Tensor): Tensor {
  const y = viewOf(x, x.shape, x.strides, x.offset, alias);
  return record(y, { op: "alias", inputs: [x], backward: (g) => [() => g] });
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
  const source = to(asOperand("setAt", value, x), x.dtype);
  if (picks.every((pick) => pick === null)) copy_(y, trimmed(source, y.ndim));
  else {
    const { how, flat } = plan(y, picks);
    inPlace("setAt", y, [source], () => putAt(y, how, flat, source, false));
  }
  return x;
}

export interface IndexPutOptions {
  /** Add instead of writing; repeated indices add up. @defaultValue false */
  accumulate?: boolean;
}

/** A copy of x with values, broadcast, written to x[indices]; null takes a dim whole. @see torch.index_put */
export function indexPut(
  x: Tensor,
  indices: readonly (Tensor | null)[],
  values: Tensor,
  options?: IndexPutOptions,
): Tensor {
  checkTensor("indexPut", x);
  checkTensor("indexPut", values);
  checkOptions("indexPut", options, ["accumulate"]);
  if (!Array.isArray(indices))
    throw new IndexError(`indexPut: indices must be a list of tensors: got ${show(indices)}`);
  if (values.dtype !== x.dtype)
    throw new DTypeError(
      `indexPut: Index put requires the source and destination dtypes match: ${x.dtype} and ${values.dtype}`,
    );
  const { y, picks } = applyBasic(
    x,
    indices.map((index) => index ?? new Slice()),
  );
  if (picks.every((pick) => pick === null)) throw new IndexError("indexPut: indices name no tensor");
  const { how, flat } = plan(y, picks);
  return putAt(y, how, flat, values, options?.accumulate ?? false);
}
