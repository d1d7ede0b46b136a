/** Means of spans, and p-norms of spans and windows, through the means of windows. */
import { checkOptions } from "../../core/arguments.js";
import { ShapeError } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { relu } from "../activation/activation.js";
import { abs, mul, pow, sign } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import { squeeze, unsqueeze } from "../shape/view.js";
import { avgPool2d } from "./pooling.js";
import { avgPool3d } from "./pooling-3d.js";
import { type Spatial, spatial } from "./spatial.js";
import type { Pair } from "./window.js";

export interface AvgPool1dOptions {
  /** @defaultValue the kernel's size */
  stride?: Spatial | null;
  /** Zeros on each side, at most half the kernel. @defaultValue 0 */
  padding?: Spatial;
  /** Windows may hang over the end. @defaultValue false */
  ceilMode?: boolean;
  /** Whether padding counts in the mean. @defaultValue true */
  countIncludePad?: boolean;
}

/** The mean of each span: x [N, C, L] or [C, L]. @see torch.nn.functional.avg_pool1d */
export function avgPool1d(x: Tensor, kernelSize: Spatial, options: AvgPool1dOptions = {}): Tensor {
  const op = "avgPool1d";
  checkTensor(op, x);
  checkOptions(op, options, ["stride", "padding", "ceilMode", "countIncludePad"]);
  if (x.ndim !== 2 && x.ndim !== 3)
    throw new ShapeError(`${op}: Expected 2D or 3D tensor for input, but got: ${formatShape(x.shape)}`);
  const one = (name: string, value: Spatial, least: number) => spatial(op, name, value, 1, least)[0]!;
  const { stride, padding = 0, ceilMode, countIncludePad } = options;
  const kernel = one("kernelSize", kernelSize, 1);
  const none = stride == null || (Array.isArray(stride) && stride.length === 0);
  const y = avgPool2d(unsqueeze(x, -2), [1, kernel], {
    stride: [1, none ? kernel : one("stride", stride, 1)],
    padding: [0, one("padding", padding, 0)],
    ceilMode,
    countIncludePad,
  });
  return squeeze(y, -2);
}

export interface LpPoolOptions {
  /** @defaultValue the kernel's size */
  stride?: Spatial | null;
  /** Windows may hang over the end. @defaultValue false */
  ceilMode?: boolean;
}
/** (Σ xᵖ)^(1/p) from the mean of xᵖ over windows of `count` values. */
function rooted(average: Tensor, count: number, p: number): Tensor {
  return pow(mul(mul(sign(average), relu(abs(average))), count), 1 / p);
}

/** (Σ xᵖ)^(1/p) of each span: x [N, C, L] or [C, L]. @see torch.nn.functional.lp_pool1d */
export function lpPool1d(
  x: Tensor,
  normType: number,
  kernelSize: number,
  options: LpPoolOptions = {},
): Tensor {
  checkTensor("lpPool1d", x);
  checkOptions("lpPool1d", options, ["stride", "ceilMode"]);
  return rooted(avgPool1d(pow(x, normType), kernelSize, options), kernelSize, normType);
}
/** (Σ xᵖ)^(1/p) of each window: x [N, C, H, W] or [C, H, W]. @see torch.nn.functional.lp_pool2d */
export function lpPool2d(x: Tensor, normType: number, kernelSize: Pair, options: LpPoolOptions = {}): Tensor {
  checkTensor("lpPool2d", x);
  checkOptions("lpPool2d", options, ["stride", "ceilMode"]);
  const [kh, kw] = spatial("lpPool2d", "kernelSize", kernelSize, 2, 1) as [number, number];
  const stride = options.stride == null ? null : spatial("lpPool2d", "stride", options.stride, 2, 1);
  const average = avgPool2d(pow(x, normType), [kh, kw], {
    stride: stride && [stride[0]!, stride[1]!],
    ceilMode: options.ceilMode,
  });
  return rooted(average, kh * kw, normType);
}
/** (Σ xᵖ)^(1/p) of each box: x [N, C, D, H, W] or [C, D, H, W]. @see torch.nn.functional.lp_pool3d */
export function lpPool3d(
  x: Tensor,
  normType: number,
  kernelSize: Spatial,
  options: LpPoolOptions = {},
): Tensor {
  checkTensor("lpPool3d", x);
  checkOptions("lpPool3d", options, ["stride", "ceilMode"]);
  const kernel = spatial("lpPool3d", "kernelSize", kernelSize, 3, 1);
  return rooted(avgPool3d(pow(x, normType), kernelSize, options), numel(kernel), normType);
}
