/** Shapes and strides as plain arrays of numbers, in elements. */
import { ArgumentError, IndexError, ShapeError, show } from "./errors.js";

export type Shape = readonly number[];

export const formatShape = (shape: Shape): string => `[${shape.join(", ")}]`;

/** How many elements a shape holds. */
export function numel(shape: Shape): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i]!;
  return n;
}

/** The strides of a row-major layout without gaps. */
export function contiguousStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= Math.max(shape[i]!, 1);
  }
  return strides;
}

/** Whether elements lie row-major without gaps. Strides of dims of size 1 do not matter. */
export function isContiguous(shape: Shape, strides: Shape): boolean {
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    const n = shape[i]!;
    if (n === 0) return true;
    if (n !== 1) {
      if (strides[i] !== step) return false;
      step *= n;
    }
  }
  return true;
}

export function sameShape(a: Shape, b: Shape): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The shape both broadcast to. @throws ShapeError if a dim differs and neither is 1 */
export function broadcastShapes(op: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const out = new Array<number>(rank);
  for (let i = 1; i <= rank; i++) {
    const m = i > a.length ? 1 : a[a.length - i]!;
    const n = i > b.length ? 1 : b[b.length - i]!;
    if (m !== n && m !== 1 && n !== 1)
      throw new ShapeError(
        `${op}: shapes do not broadcast: ${formatShape(a)} and ${formatShape(b)} (${m} ≠ ${n} at dim ${rank - i})`,
      );
    out[rank - i] = m === 1 ? n : m;
  }
  return out;
}

/** A dim counted from the front. @throws IndexError if it lies outside [-rank, rank); a 0-d tensor allows 0 and -1 */
export function normalizeDim(op: string, dim: number, rank: number): number {
  const size = Math.max(rank, 1);
  if (!Number.isInteger(dim)) throw new ArgumentError(`${op}: dim must be an integer: got ${show(dim)}`);
  if (dim < -size || dim >= size)
    throw new IndexError(
      `${op}: Dimension out of range: dim ${dim} of a tensor with ${rank} dims (expected ${-size} to ${size - 1})`,
    );
  return dim < 0 ? dim + size : dim;
}

/** Dims counted from the front, all of them when none are named. @throws IndexError if one is named twice */
export function normalizeDims(op: string, dims: number | Shape | null | undefined, rank: number): number[] {
  if (rank > 64) throw new ShapeError(`${op}: only tensors with up to 64 dims are supported: got ${rank}`);
  if (dims === undefined || dims === null || (typeof dims !== "number" && dims.length === 0))
    return Array.from({ length: rank }, (_, i) => i);
  const list = Array.isArray(dims) ? dims : [dims as number];
  const out = list.map((dim) => normalizeDim(op, dim, rank));
  const twice = out.find((dim, i) => out.indexOf(dim) !== i);
  if (twice !== undefined)
    throw new IndexError(`${op}: dim ${twice} appears multiple times in the list of dims: ${show(list)}`);
  return rank === 0 ? [] : out;
}

/** @throws ArgumentError unless every size is a whole number ≥ 0 */
export function checkSizes(op: string, shape: unknown): Shape {
  if (!Array.isArray(shape)) throw new ArgumentError(`${op}: sizes must be integers: got ${show(shape)}`);
  for (const n of shape) {
    if (!Number.isInteger(n)) throw new ArgumentError(`${op}: sizes must be integers: got ${show(shape)}`);
    if (n < 0) throw new ShapeError(`${op}: negative dimension ${n}: ${show(shape)}`);
  }
  return shape;
}
