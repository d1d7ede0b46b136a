/** Strides: under which existing memory shows another shape, and of new memory like another. */
import { checkChoice } from "../core/arguments.js";
import { ShapeError } from "../core/errors.js";
import { contiguousStrides, formatShape, numel, type Shape } from "../core/shape.js";

/**
 * The strides that show memory of `from` and `strides` as `to`, or null if only a copy could.
 *
 * Dims of `from` that lie in one run of memory form a block; each block must be made up of whole dims of `to`.
 */
export function viewStrides(from: Shape, strides: Shape, to: Shape): number[] | null {
  const out = new Array<number>(to.length).fill(1);
  if (numel(from) === 0) {
    for (let d = to.length - 2; d >= 0; d--) out[d] = out[d + 1]! * Math.max(1, to[d + 1]!);
    return out;
  }
  let d = to.length - 1;
  let block = 1;
  let step = strides.at(-1) ?? 1;
  for (let s = from.length - 1; s >= 0; s--) {
    block *= from[s]!;
    const goesOn = s > 0 && (from[s - 1] === 1 || strides[s - 1] === block * step);
    if (goesOn) continue;
    let taken = 1;
    while (d >= 0 && (taken < block || to[d] === 1)) {
      out[d] = taken * step;
      taken *= to[d--]!;
    }
    if (taken !== block) return null;
    if (s > 0) {
      block = 1;
      step = strides[s - 1]!;
    }
  }
  while (d >= 0 && to[d] === 1) d--;
  return d < 0 ? out : null;
}

/** Dims from the one that moves fastest in memory to the slowest; strides of 0 say nothing. */
export function memoryOrder(shape: Shape, strides: Shape): number[] {
  const order = shape.map((_, i) => shape.length - 1 - i);
  const slower = (a: number, b: number): number =>
    strides[a] === 0 || strides[b] === 0
      ? 0
      : strides[a]! - strides[b]! || Math.max(0, shape[a]! - shape[b]!);
  // Insertion that skips over what cannot be compared, as PyTorch's does.
  for (let i = 1; i < order.length; i++)
    for (let at = i, j = i - 1; j >= 0; j--) {
      const difference = slower(order[j]!, order[at]!);
      if (difference < 0) break;
      if (difference === 0) continue;
      [order[j], order[at]] = [order[at]!, order[j]!];
      at = j;
    }
  return order;
}

/** Strides without gaps under which dims keep their order in memory. @see torch.preserve_format */
export function denseStrides(shape: Shape, strides: Shape): number[] {
  const out = new Array<number>(shape.length);
  let step = 1;
  for (const d of memoryOrder(shape, strides)) {
    out[d] = step;
    step *= Math.max(shape[d]!, 1);
  }
  return out;
}

/** In which order dims lie in memory: as they did, row-major, or with the channels [N, C, …] moving fastest. */
export type MemoryFormat = "preserve_format" | "contiguous_format" | "channels_last" | "channels_last_3d";
const formats = ["preserve_format", "contiguous_format", "channels_last", "channels_last_3d"] as const;

/** Strides of new memory in a format. @throws ShapeError for other ranks than the format is for */
export function formatStrides(op: string, shape: Shape, strides: Shape, format: MemoryFormat): number[] {
  checkChoice(op, "memoryFormat", format, formats);
  if (format === "preserve_format") return denseStrides(shape, strides);
  if (format === "contiguous_format") return contiguousStrides(shape);
  const rank = format === "channels_last" ? 4 : 5;
  if (shape.length !== rank)
    throw new ShapeError(
      `${op}: required rank ${rank} tensor to use ${format} format: got ${formatShape(shape)}`,
    );
  const moved = contiguousStrides([shape[0]!, ...shape.slice(2), shape[1]!]);
  return [moved[0]!, moved.at(-1)!, ...moved.slice(1, -1)];
}

/** Whether memory lies in a format; where a dim has one element its stride says nothing. */
export function liesIn(op: string, shape: Shape, strides: Shape, format: MemoryFormat): boolean {
  if (format === "preserve_format" || numel(shape) === 0) return true;
  if (format !== "contiguous_format" && shape.length !== (format === "channels_last" ? 4 : 5)) return false;
  return formatStrides(op, shape, strides, format).every((step, d) => shape[d] === 1 || step === strides[d]);
}
