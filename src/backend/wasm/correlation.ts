/**
 * @file How a convolution is walked: its two axes, the planes it is read from, and the distances between its taps.
 *
 * The layout is drawn in assembly/conv/geometry.ts.
 */
import { sizeOf } from "../../core/dtype.js";
import type { NDArray, Window2d } from "../backend.js";

/** Output i meets tap j at source index i·stride + j·dilation + start, and the kernel's index firstTap + j·tapStep. */
export interface Axis {
  readonly size: number;
  readonly outputs: number;
  readonly taps: number;
  readonly start: number;
  readonly stride: number;
  readonly dilation: number;
  readonly firstTap: number;
  readonly tapStep: number;
}

/** Source elements from the first that an axis touches to the last. */
const reach = (a: Axis): number =>
  Math.max(1, (a.outputs - 1) * a.stride + Math.max(0, a.taps - 1) * a.dilation + 1);
const inside = (a: Axis): boolean => a.start >= 0 && a.start + reach(a) <= a.size;

/** The axis of a convolution itself. A single output has no use for a stride. */
export function forward(window: Window2d, dim: 0 | 1, size: number, taps: number, outputs: number): Axis {
  const stride = outputs === 1 ? 1 : window.stride[dim];
  const start = -window.padding[dim];
  return { size, outputs, taps, start, stride, dilation: window.dilation[dim], firstTap: 0, tapStep: 1 };
}

/** The axis that gives elements residue, residue + stride, … of `length` from a gradient of `size`. */
export function backward(
  window: Window2d,
  dim: 0 | 1,
  size: number,
  taps: number,
  length: number,
  residue: number,
): Axis {
  const [stride, dilation] = [window.stride[dim], window.dilation[dim]];
  const source = (tap: number) => (residue + window.padding[dim] - tap * dilation) / stride;
  const meeting = Array.from({ length: taps }, (_, tap) => tap).filter((tap) =>
    Number.isInteger(source(tap)),
  );
  const last = meeting.at(-1) ?? 0;
  const step = meeting.length > 1 ? meeting[1]! - meeting[0]! : 1;
  return {
    size,
    outputs: Math.ceil((length - residue) / stride),
    taps: meeting.length,
    start: meeting.length > 0 ? source(last) : 0,
    stride: 1,
    dilation: meeting.length > 1 ? (step * dilation) / stride : 1,
    firstTap: last,
    tapStep: -step,
  };
}

/** How planes of `x` are read: in place if neighbouring outputs read neighbouring elements inside them, else laid out. */
export function planes(
  x: NDArray,
  channels: number,
  rows: Axis,
  columns: Axis,
  padRows: boolean,
  vector: number,
) {
  const size = sizeOf(x.dtype);
  const [, channelStride, rowStride, columnStride] = x.strides as [number, number, number, number];
  if (
    columnStride === 1 &&
    columns.stride === 1 &&
    columns.outputs >= vector &&
    inside(columns) &&
    (!padRows || inside(rows))
  ) {
    const [planeBytes, rowBytes] = [channelStride * size, rowStride * size];
    const origin = rows.start * rowBytes + columns.start * size;
    const none = { bytes: 0, firstRow: 0, firstColumn: 0, rows: 0, segment: 0 };
    return { ...none, residues: 1, planeBytes, rowBytes, origin };
  }
  const [firstRow, count] = padRows ? [rows.start, reach(rows)] : [0, rows.size];
  const residues = columns.stride;
  const segment = Math.ceil(reach(columns) / residues);
  const rowBytes = residues * segment * size;
  // An odd number of cache lines, so that a pixel's channels do not all fall into one set of the cache.
  const planeBytes = (((count * rowBytes + 63) >> 6) | 1) << 6;
  const origin = (rows.start - firstRow) * rowBytes;
  // The last strip of pixels may be read beyond its end.
  const bytes = channels * planeBytes + 64;
  const firstColumn = columns.start;
  return { bytes, firstRow, firstColumn, rows: count, residues, segment, planeBytes, rowBytes, origin };
}
export type Planes = ReturnType<typeof planes>;

/** Byte distances of every tap in the planes; taps of a kernel row are together unless `channelsFirst`. */
export function tapOffsets(
  p: Planes,
  size: number,
  channels: number,
  rows: Axis,
  columns: Axis,
  channelsFirst = false,
) {
  const offsets: number[] = [];
  const across = Array.from({ length: columns.taps }, (_, i) => {
    const at = i * columns.dilation;
    return ((at % p.residues) * p.segment + Math.floor(at / p.residues)) * size;
  });
  const row = (c: number, j: number) => {
    const at = c * p.planeBytes + j * rows.dilation * p.rowBytes;
    for (const offset of across) offsets.push(at + offset);
  };
  if (channelsFirst) for (let c = 0; c < channels; c++) for (let j = 0; j < rows.taps; j++) row(c, j);
  else for (let j = 0; j < rows.taps; j++) for (let c = 0; c < channels; c++) row(c, j);
  return offsets;
}

/** Byte distances of the weights of the same taps; `strides` of the kernel's [channel, row, column]. */
export function weightOffsets(
  size: number,
  strides: readonly number[],
  channels: number,
  rows: Axis,
  columns: Axis,
) {
  const offsets: number[] = [];
  const [sc, sr, si] = strides as [number, number, number];
  for (let j = 0; j < rows.taps; j++)
    for (let c = 0; c < channels; c++)
      for (let i = 0; i < columns.taps; i++) {
        const [row, column] = [rows.firstTap + j * rows.tapStep, columns.firstTap + i * columns.tapStep];
        offsets.push((c * sc + row * sr + column * si) * size);
      }
  return offsets;
}
