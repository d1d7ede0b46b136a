/** @file Pooling: lays out what assembly/pool.ts asks for. */
import { sizeOf } from "../../core/dtype.js";
import { numel } from "../../core/shape.js";
import type { LinearKernels, NDArray, Window2d } from "../backend.js";
import type { Machine } from "./machine.js";

type Pooling = Pick<LinearKernels, "maxPool2d" | "maxPool2dGrad" | "avgPool2d" | "avgPool2dGrad">;

const GEOMETRY_BYTES = 128;
const NO_WINDOW: Window2d = { kernel: [0, 0], stride: [0, 0], padding: [0, 0], dilation: [0, 0] };

const byteStrides = (x: NDArray): number[] => x.strides.map((s) => s * sizeOf(x.dtype));

export function pooling(machine: Machine): Pooling {
  const { cells } = machine;

  /** Runs a kernel over windows of `plane`, one for each element of `windows`. Fields stand as in assembly/pool.ts. */
  function run(
    name: string,
    { out, indices, x }: { out: NDArray; indices?: NDArray; x: NDArray },
    plane: NDArray,
    windows: NDArray,
    { kernel, stride, padding, dilation }: Window2d,
    countPadding = false,
    divisor = 0,
  ): void {
    if (numel(out.shape) === 0) return;
    cells.begin();
    const base = cells.workspace(GEOMETRY_BYTES);
    const geometry = [
      ...[machine.at(out), indices ? machine.at(indices) : 0, machine.at(x)],
      ...[x.shape[0]!, x.shape[1]!],
      ...byteStrides(x),
      ...(indices ? byteStrides(indices) : [0, 0, 0, 0]),
      ...[plane.shape[2]!, plane.shape[3]!, windows.shape[2]!, windows.shape[3]!],
      ...[...kernel, ...stride, ...padding, ...dilation],
      ...[countPadding ? 1 : 0, divisor],
    ];
    cells.heap.i32.set(geometry, base >>> 2);
    machine.kernel(x.dtype, "pool", name)(base);
    cells.end();
  }

  return {
    maxPool2d: (out, indices, x, window) => run("max", { out, indices, x }, x, out, window),
    maxPool2dGrad: (out, g, indices) => run("maxgrad", { out, indices, x: g }, out, g, NO_WINDOW),
    avgPool2d: (out, x, window, countPadding, divisor) =>
      run("mean", { out, x }, x, out, window, countPadding, divisor),
    avgPool2dGrad: (out, g, window, countPadding, divisor) =>
      run("meangrad", { out, x: g }, out, g, window, countPadding, divisor),
  };
}
