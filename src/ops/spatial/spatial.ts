/** What ops on grids of one to three dims share: sizes given once or per dim, and lists of positions. */
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { squeeze, unsqueeze } from "../shape/view.js";

/** One number for all dims, or one each. */
export type Spatial = number | readonly number[];

/** @throws ArgumentError unless it is a whole number of at least `least`, or `rank` of them */
export function spatial(op: string, name: string, value: unknown, rank: number, least: number): number[] {
  const given: unknown[] = Array.isArray(value) ? value : [value];
  const list = given.length === 1 ? Array.from({ length: rank }, () => given[0]) : given;
  if (list.length !== rank || !list.every((n) => Number.isInteger(n) && (n as number) >= least))
    throw new ArgumentError(
      `${op}: ${name} must be one or ${rank} whole numbers of at least ${least}: got ${show(value)}`,
    );
  return list as number[];
}

/** Runs on a batch [N, C, …], whether x has a batch dim or not. @throws ShapeError for other ranks */
export function onBatch(op: string, x: Tensor, rank: number, run: (x: Tensor) => Tensor): Tensor {
  if (x.ndim === rank + 2) return run(x);
  if (x.ndim !== rank + 1)
    throw new ShapeError(
      `${op}: Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input, but got input of size: ${formatShape(x.shape)}`,
    );
  return squeeze(run(unsqueeze(x, 0)), 0);
}

/** A list of indices beside a tensor. */
export const indexList = (list: readonly number[], like: Tensor): Tensor =>
  makeOf(list, [list.length], "int64", like.storage.backend);

/** Where each of `count` windows reads, window by window: o·stride + k·dilation. */
export const taps = (count: number, kernel: number, stride: number, dilation: number): number[] =>
  Array.from({ length: count * kernel }, (_, i) => Math.floor(i / kernel) * stride + (i % kernel) * dilation);

/** How many windows fit. @throws ShapeError if none does */
export function windowCount(
  op: string,
  size: number,
  kernel: number,
  { stride = 1, padding = 0, dilation = 1, ceilMode = false },
): number {
  const room = size + 2 * padding - dilation * (kernel - 1) - 1;
  let count = (ceilMode ? Math.ceil(room / stride) : Math.floor(room / stride)) + 1;
  // The last window must start inside the input or its left padding.
  if (ceilMode && (count - 1) * stride >= size + padding) count--;
  if (room < 0 || count < 1)
    throw new ShapeError(
      `${op}: Calculated output size is too small: ${size} + 2·${padding} < ${dilation * (kernel - 1) + 1}`,
    );
  return count;
}

/** Part i of n positions cut into `parts`, as adaptive pooling cuts: parts may overlap, none is empty. */
export const partOf = (i: number, parts: number, n: number): [number, number] => [
  Math.floor((i * n) / parts),
  Math.ceil(((i + 1) * n) / parts),
];

/** The last dims of x have elements. @throws ShapeError if one is empty */
export function checkNonEmpty(op: string, x: Tensor, rank: number): void {
  if (numel(x.shape.slice(-rank)) === 0)
    throw new ShapeError(
      `${op}: Expected input's non-batch dimensions to have positive length, but got: ${formatShape(x.shape)}`,
    );
}
