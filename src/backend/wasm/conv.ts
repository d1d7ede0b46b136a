/**
 * @file Convolutions as correlations of planes: the planning that assembly/conv leaves to its caller.
 *
 * The adjoint in x of a convolution with stride s is s·s convolutions with stride 1, one for each residue of x's rows and
 * columns modulo s, each with the taps that reach that residue. So both directions are one kernel with different tables.
 */
import { sizeOf } from "../../core/dtype.js";
import { numel } from "../../core/shape.js";
import type { LinearKernels, NDArray, Window2d } from "../backend.js";
import {
  type Axis,
  backward,
  forward,
  type Planes,
  planes,
  tapOffsets,
  weightOffsets,
} from "./correlation.js";
import type { Machine } from "./machine.js";

type Convolutions = Pick<LinearKernels, "conv2d" | "conv2dGradInput" | "conv2dGradWeight">;

/** Where outputs of a correlation stand: strides of [image, channel, row, column] and the first, in elements. */
interface Target {
  readonly strides: readonly number[];
  readonly first: number;
}

/** Tables and rooms of one call, in bytes from the start of the workspace. */
class Rooms {
  total = 0;
  take(bytes: number): number {
    const at = this.total;
    this.total += (bytes + 63) & ~63;
    return at;
  }
}

const GEOMETRY_BYTES = 256;
/** Pixels whose gradient is laid out at a time: 16 KiB for a block of outputs, so that it stays in the first-level cache. */
const CHUNK_PIXELS = 512;
/** What the strips of a row that a block of channels does at once may read, to stay in the first-level cache. */
const BATCH_BYTES = 16384;

export function convolution(machine: Machine): Convolutions {
  const { cells } = machine;

  function zero(out: NDArray): void {
    cells.begin();
    const address = machine.at(out);
    cells.heap.u8.fill(0, address, address + numel(out.shape) * sizeOf(out.dtype));
    cells.end();
  }

  /** Lays tables and geometry out in the workspace and runs the kernel. Fields stand as in assembly/conv/geometry.ts. */
  function run(
    name: "correlate" | "gradweight",
    [out, target]: readonly [NDArray, Target],
    x: NDArray,
    other: NDArray,
    otherStrides: readonly number[],
    bias: NDArray | undefined,
    groups: number,
    outputs: number,
    rows: Axis,
    columns: Axis,
    offsets: readonly number[],
    otherOffsets: readonly number[],
    p: Planes,
  ): void {
    const size = sizeOf(x.dtype);
    const taps = offsets.length;
    const chunk = Math.max(1, Math.floor(CHUNK_PIXELS / columns.outputs));
    const blocks = Math.ceil((outputs * size) / 32);
    // At most 4 channels each, as equal as can be: 6 = 3 + 3, 10 = 4 + 3 + 3.
    const tiles = Math.ceil(outputs / 4);
    const least = Math.floor(outputs / Math.max(1, tiles));
    const batch =
      target.strides[3] === 1 ? Math.max(1, Math.floor(BATCH_BYTES / (32 * Math.max(1, taps)))) : 1;
    const rooms = new Rooms();
    rooms.take(GEOMETRY_BYTES);
    const offsetsAt = rooms.take(taps * 4);
    const otherOffsetsAt = rooms.take(otherOffsets.length * 4);
    const startAt = rooms.take(outputs * size);
    const tileAt = rooms.take(256);
    const correlate = name === "correlate";
    const packedAt = rooms.take(
      correlate ? groups * outputs * taps * size : chunk * columns.outputs * blocks * 32,
    );
    const sumsAt = rooms.take(correlate ? 0 : blocks * Math.ceil(taps / 4) * 128);
    const planesAt = rooms.take(p.bytes);
    cells.begin();
    const base = cells.workspace(rooms.total);
    const bytes = (strides: readonly number[]) => strides.map((s) => s * size);
    const geometry = [
      machine.at(x),
      ...[x.shape[0]!, groups, x.shape[1]! / groups, rows.size, columns.size],
      ...bytes(x.strides),
      p.bytes === 0 ? 0 : base + planesAt,
      ...[p.firstRow, p.firstColumn, p.rows, p.residues, p.segment, p.planeBytes, p.rowBytes, p.origin],
      ...[base + offsetsAt, taps, rows.taps, rows.start, rows.stride, rows.dilation],
      machine.at(out) + target.first * size,
      ...[outputs, rows.outputs, columns.outputs],
      ...bytes(target.strides),
      ...[tiles, least, outputs - tiles * least, batch],
      machine.at(other),
      ...bytes(otherStrides),
      ...[base + otherOffsetsAt, base + packedAt, chunk],
      ...(bias ? [machine.at(bias), bias.strides[0]! * size] : [0, 0]),
      ...[base + startAt, base + tileAt, base + sumsAt],
    ];
    const { i32, u8 } = cells.heap;
    i32.set(geometry, base >>> 2);
    i32.set(offsets, (base + offsetsAt) >>> 2);
    i32.set(otherOffsets, (base + otherOffsetsAt) >>> 2);
    // Padding stays zero while image after image is laid out between.
    u8.fill(0, base + planesAt, base + planesAt + p.bytes);
    machine.kernel(x.dtype, "conv", name)(base);
    cells.end();
  }

  function correlate(
    out: readonly [NDArray, Target],
    x: NDArray,
    w: NDArray,
    /** Strides of the weights' [group, output, channel, row, column]. */
    strides: readonly number[],
    bias: NDArray | undefined,
    groups: number,
    outputs: number,
    rows: Axis,
    columns: Axis,
  ): void {
    const size = sizeOf(x.dtype);
    const channels = x.shape[1]! / groups;
    const p = planes(x, channels, rows, columns, false, 16 / size);
    const offsets = tapOffsets(p, size, channels, rows, columns);
    const weights = weightOffsets(size, strides.slice(2), channels, rows, columns);
    const other = [0, strides[0]!, strides[1]!, 0, 0];
    run("correlate", out, x, w, other, bias, groups, outputs, rows, columns, offsets, weights, p);
  }

  return {
    conv2d(out, x, w, bias, window, groups) {
      if (numel(out.shape) === 0) return;
      if (pointwise(window, w) && joins(x) && !joined(x))
        return this.conv2d(join(out), join(x), w, bias, window, groups);
      const [outputs, , kh, kw] = w.shape as [number, number, number, number];
      const [so, sc, sr, si] = w.strides as [number, number, number, number];
      const rows = forward(window, 0, x.shape[2]!, kh, out.shape[2]!);
      const columns = forward(window, 1, x.shape[3]!, kw, out.shape[3]!);
      const strides = [(outputs / groups) * so, so, sc, sr, si];
      const target = [out, { strides: out.strides, first: 0 }] as const;
      correlate(target, x, w, strides, bias, groups, outputs / groups, rows, columns);
    },

    conv2dGradInput(out, g, w, window, groups) {
      if (numel(out.shape) === 0) return;
      if (numel(g.shape) === 0) return zero(out);
      if (pointwise(window, w) && joins(g) && !joined(g))
        return this.conv2dGradInput(join(out), join(g), w, window, groups);
      const [outputs, channels, kh, kw] = w.shape as [number, number, number, number];
      const [so, sc, sr, si] = w.strides as [number, number, number, number];
      const [, , height, width] = out.shape as [number, number, number, number];
      const [sn, sp, sh, sw] = out.strides as [number, number, number, number];
      const [down, right] = window.stride;
      for (let r = 0; r < Math.min(down, height); r++) {
        const rows = backward(window, 0, g.shape[2]!, kh, height, r);
        for (let i = 0; i < Math.min(right, width); i++) {
          const columns = backward(window, 1, g.shape[3]!, kw, width, i);
          const target = [out, { strides: [sn, sp, sh * down, sw * right], first: r * sh + i * sw }] as const;
          const strides = [(outputs / groups) * so, sc, so, sr, si];
          correlate(target, g, w, strides, undefined, groups, channels, rows, columns);
        }
      }
    },

    conv2dGradWeight(out, g, x, window, groups) {
      if (numel(out.shape) === 0) return;
      if (numel(g.shape) === 0 || numel(x.shape) === 0) return zero(out);
      if (pointwise(window, out) && joins(x) && joins(g) && !joined(x))
        return this.conv2dGradWeight(out, join(g), join(x), window, groups);
      const size = sizeOf(x.dtype);
      const [outputs, channels, kh, kw] = out.shape as [number, number, number, number];
      const [sn, so, sr, si] = g.strides as [number, number, number, number];
      const rows = forward(window, 0, x.shape[2]!, kh, g.shape[2]!);
      const columns = forward(window, 1, x.shape[3]!, kw, g.shape[3]!);
      const p = planes(x, channels, rows, columns, true, 1);
      const offsets = tapOffsets(p, size, channels, rows, columns, true);
      const other = [sn, (outputs / groups) * so, so, sr, si];
      const target = [out, { strides: [0, 0, 0, 0], first: 0 }] as const;
      run(
        "gradweight",
        target,
        x,
        g,
        other,
        undefined,
        groups,
        outputs / groups,
        rows,
        columns,
        offsets,
        [],
        p,
      );
    },
  };
}

// ── 1×1 kernels: a plane is one long row ─────────────────────────────────────────────────────────

const pointwise = (window: Window2d, w: NDArray): boolean =>
  [w.shape[2], w.shape[3], ...window.stride].every((n) => n === 1) && window.padding.every((n) => n === 0);
const joins = (x: NDArray): boolean => x.strides[2] === x.shape[3]! * x.strides[3]!;
const joined = (x: NDArray): boolean => x.shape[2] === 1;
function join(x: NDArray): NDArray {
  const [n, c, h, w] = x.shape as [number, number, number, number];
  const [sn, sc, , sw] = x.strides as [number, number, number, number];
  return { ...x, shape: [n, c, 1, h * w], strides: [sn, sc, h * w * sw, sw] };
}
