/** The greatest or the mean of each window of a volume. */
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { div } from "../elementwise/arithmetic.js";
import { checkKind, checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { reshape } from "../shape/view.js";
import { avgPool2d } from "./pooling.js";
import { checkNonEmpty, onBatch, type Spatial, spatial, windowCount } from "./spatial.js";
import type { Pair } from "./window.js";
import { type PoolResult, type ReturnIndices, windowMax } from "./window-max.js";

export interface Pool3dOptions {
  /** @defaultValue the kernel's size */
  stride?: Spatial | null;
  /** On each side, at most half the kernel. @defaultValue 0 */
  padding?: Spatial;
  /** Windows may hang over the end. @defaultValue false */
  ceilMode?: boolean;
}
export interface MaxPool3dOptions extends Pool3dOptions, ReturnIndices {
  /** @defaultValue 1 */
  dilation?: Spatial;
}
export interface AvgPool3dOptions extends Pool3dOptions {
  /** Whether padding counts in the mean. @defaultValue true */
  countIncludePad?: boolean;
  /** Divide by this instead of the window's size. */
  divisorOverride?: number | null;
}

interface Windows {
  kernel: number[];
  stride: number[];
  padding: number[];
  dilation: number[];
  counts: number[];
}

function windowsOf(op: string, x: Tensor, kernelSize: Spatial, options: MaxPool3dOptions): Windows {
  checkTensor(op, x);
  if (x.ndim !== 4 && x.ndim !== 5)
    throw new ShapeError(
      `${op}: non-empty 4D or 5D (batch mode) tensor expected for input, but got ${formatShape(x.shape)}`,
    );
  if (x.shape.slice(-4).includes(0)) checkNonEmpty(op, x, 4);
  const { stride, ceilMode } = options;
  const kernel = spatial(op, "kernelSize", kernelSize, 3, 1);
  const none = stride == null || (Array.isArray(stride) && stride.length === 0);
  const windows = {
    kernel,
    stride: none ? kernel : spatial(op, "stride", stride, 3, 1),
    padding: spatial(op, "padding", options.padding ?? 0, 3, 0),
    dilation: spatial(op, "dilation", options.dilation ?? 1, 3, 1),
  };
  windows.padding.forEach((p, i) => {
    if (2 * p > kernel[i]!)
      throw new ArgumentError(
        `${op}: pad should be at most half of effective kernel size: padding ${p} > ${kernel[i]} / 2`,
      );
  });
  const counts = kernel.map((k, i) =>
    windowCount(op, x.shape.at(i - 3)!, k, {
      stride: windows.stride[i],
      padding: windows.padding[i],
      dilation: windows.dilation[i],
      ceilMode,
    }),
  );
  return { ...windows, counts };
}

/** The greatest of each window: x [N, C, D, H, W] or [C, D, H, W]. ∂x = g where it stood. @see torch.nn.functional.max_pool3d */
export function maxPool3d<const O extends MaxPool3dOptions = object>(
  x: Tensor,
  kernelSize: Spatial,
  options?: O,
): PoolResult<O> {
  checkOptions("maxPool3d", options, ["stride", "padding", "dilation", "ceilMode", "returnIndices"]);
  const { kernel, stride, padding, dilation, counts } = windowsOf("maxPool3d", x, kernelSize, options ?? {});
  checkKind("maxPool3d", x, "float");
  const cells = counts.map((count, i) =>
    Array.from({ length: count }, (_, o) =>
      Array.from({ length: kernel[i]! }, (_, k) => o * stride[i]! - padding[i]! + k * dilation[i]!).filter(
        (at) => at >= 0 && at < x.shape.at(i - 3)!,
      ),
    ),
  );
  const both = windowMax("max_pool3d_with_indices", x, cells);
  return (options?.returnIndices ? both : both.values) as PoolResult<O>;
}

/** The mean of each window: x [N, C, D, H, W] or [C, D, H, W]. Sums of planes, then of depths. @see torch.nn.functional.avg_pool3d */
export function avgPool3d(x: Tensor, kernelSize: Spatial, options: AvgPool3dOptions = {}): Tensor {
  const op = "avgPool3d";
  checkOptions(op, options, ["stride", "padding", "ceilMode", "countIncludePad", "divisorOverride"]);
  const { ceilMode, countIncludePad = true, divisorOverride = null } = options;
  const { kernel, stride, padding, counts } = windowsOf(op, x, kernelSize, options);
  if (divisorOverride === 0) throw new ArgumentError(`${op}: divisor must be not zero`);
  if (x.dtype === "int64") return to(avgPool3d(to(x, "float64"), kernelSize, options), "int64");
  return onBatch(op, x, 3, (x) => {
    const [n, c, depth, height, width] = x.shape as [number, number, number, number, number];
    const sums = (y: Tensor, k: Pair, s: Pair, p: Pair) =>
      avgPool2d(y, k, { stride: s, padding: p, ceilMode, divisorOverride: 1 });
    const two = (list: number[]) => [list[1]!, list[2]!] as const;
    const planes = sums(reshape(x, [n, c * depth, height, width]), two(kernel), two(stride), two(padding));
    const [h, w] = [counts[1]!, counts[2]!];
    const columns = reshape(planes, [n, c, depth, h * w]);
    const total = sums(columns, [kernel[0]!, 1], [stride[0]!, 1], [padding[0]!, 0]);
    const y = reshape(total, [n, c, ...counts]);
    if (divisorOverride !== null) return named("avg_pool3d", div(y, divisorOverride));
    // How many positions each window covers, as a product over the dims.
    const sizes = counts.map((count, i) => {
      const size = x.shape[i + 2]!;
      return Array.from({ length: count }, (_, o) => {
        const start = o * stride[i]! - padding[i]!;
        const end = Math.min(start + kernel[i]!, size + padding[i]!);
        return countIncludePad ? end - start : Math.min(end, size) - Math.max(start, 0);
      });
    });
    const volumes = sizes[0]!.flatMap((a) => sizes[1]!.flatMap((b) => sizes[2]!.map((c) => a * b * c)));
    return named("avg_pool3d", div(y, makeOf(volumes, counts, x.dtype, x.storage.backend)));
  });
}
