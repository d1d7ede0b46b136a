/** The greatest or the mean of each window of an image, and of spans of a list. */
import { record } from "../../autograd/record.js";
import type { Window2d } from "../../backend/backend.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { gather } from "../index/gathering.js";
import { checkTensor } from "../kernel.js";
import type { ValuesAndIndices } from "../reduction/reduction.js";
import { flatten, reshape, squeeze, unsqueeze } from "../shape/view.js";
import { outputSize, type Pair, pair, type Single, single } from "./window.js";

export interface MaxPool2dOptions {
  /** @defaultValue the kernel's size */
  stride?: Pair | null;
  /** −∞ on each side, at most half the kernel. @defaultValue 0 */
  padding?: Pair;
  /** @defaultValue 1 */
  dilation?: Pair;
  /** Windows may hang over the end. @defaultValue false */
  ceilMode?: boolean;
}
/** With `returnIndices` the result also says where in its plane each maximum stood. */
export interface WithIndices {
  returnIndices: true;
}
export interface WithoutIndices {
  /** @defaultValue false */
  returnIndices?: false;
}
export interface AvgPool2dOptions {
  /** @defaultValue the kernel's size */
  stride?: Pair | null;
  /** Zeros on each side, at most half the kernel. @defaultValue 0 */
  padding?: Pair;
  /** Windows may hang over the end. @defaultValue false */
  ceilMode?: boolean;
  /** Whether padding counts in the mean. @defaultValue true */
  countIncludePad?: boolean;
  /** Divide by this instead of the window's size. */
  divisorOverride?: number | null;
}

/** PyTorch takes an empty list for none. */
const isEmpty = (value: Pair): boolean => Array.isArray(value) && value.length === 0;

function windowOf(op: string, x: Tensor, kernelSize: Pair, options: MaxPool2dOptions): Window2d {
  if (x.ndim !== 4 && x.ndim !== 3)
    throw new ShapeError(
      `${op}: Expected 3D or 4D (batch mode) tensor for input, but got: ${formatShape(x.shape)}`,
    );
  if (x.dtype !== "float32" && x.dtype !== "float64")
    throw new DTypeError(`${op}: not implemented for ${x.dtype}`);
  if (x.shape.slice(-3).includes(0))
    throw new ShapeError(
      `${op}: Expected non-zero size for the dims beside the batch, but got: ${formatShape(x.shape)}`,
    );
  const kernel = pair(op, "kernelSize", kernelSize, 1);
  const window = {
    kernel,
    stride:
      options.stride == null || isEmpty(options.stride) ? kernel : pair(op, "stride", options.stride, 1),
    padding: pair(op, "padding", options.padding ?? 0, 0),
    dilation: pair(op, "dilation", options.dilation ?? 1, 1),
  };
  for (const i of [0, 1] as const)
    if (window.padding[i] * 2 > kernel[i])
      throw new ArgumentError(
        `${op}: pad should be at most half of effective kernel size: padding ${window.padding[i]} > ${kernel[i]} / 2`,
      );
  return window;
}

/** Runs on [N, C, H, W], whether x has a batch dim or not. */
function batched<T>(x: Tensor, run: (x: Tensor) => T, drop: (y: T) => T): T {
  return x.ndim === 4 ? run(x) : drop(run(unsqueeze(x, 0)));
}

/** The greatest of each window and where in its plane it stood. @see torch.nn.functional.max_pool2d_with_indices */
export function maxPool2dWithIndices(
  x: Tensor,
  kernelSize: Pair,
  options: MaxPool2dOptions = {},
): ValuesAndIndices {
  checkTensor("maxPool2d", x);
  checkOptions("maxPool2d", options, ["stride", "padding", "dilation", "ceilMode"]);
  const window = windowOf("maxPool2d", x, kernelSize, options);
  return batched(
    x,
    (x) => {
      const [n, c] = x.shape as [number, number, number, number];
      const shape = [n, c, ...outputSize("maxPool2d", x.shape, window, options.ceilMode)];
      const [y, indices] = [make(shape, x.dtype, x.storage.backend), make(shape, "int64", x.storage.backend)];
      x.storage.backend.maxPool2d(y, indices, x, window);
      const from = x.shape;
      record(y, {
        op: "max_pool2d_with_indices",
        inputs: [x],
        saved: [indices],
        backward: (g, [indices]) => [() => maxPoolGrad(g, indices, from)],
      });
      return { values: y, indices };
    },
    ({ values, indices }) => ({ values: squeeze(values, 0), indices: squeeze(indices, 0) }),
  );
}

/** g added where each maximum stood. ∂g = what stands there. */
function maxPoolGrad(g: Tensor, indices: Tensor, shape: Shape): Tensor {
  const out = make(shape, g.dtype, g.storage.backend);
  out.storage.backend.maxPool2dGrad(out, g, indices);
  return record(out, {
    op: "max_pool2d_with_indices_backward",
    inputs: [g],
    saved: [indices],
    backward: (gg, [indices]) => [
      () => reshape(gather(flatten(gg, 2), 2, flatten(indices, 2)), indices.shape as number[]),
    ],
  });
}

/** The greatest of each window, NaN above all. ∂x = g where it stood. @see torch.nn.functional.max_pool2d */
export function maxPool2d(x: Tensor, kernelSize: Pair, options?: MaxPool2dOptions & WithoutIndices): Tensor;
export function maxPool2d(
  x: Tensor,
  kernelSize: Pair,
  options: MaxPool2dOptions & WithIndices,
): ValuesAndIndices;
export function maxPool2d(
  x: Tensor,
  kernelSize: Pair,
  options: MaxPool2dOptions & { returnIndices?: boolean } = {},
): Tensor | ValuesAndIndices {
  checkOptions("maxPool2d", options, ["stride", "padding", "dilation", "ceilMode", "returnIndices"]);
  const { returnIndices = false, ...rest } = options;
  const found = maxPool2dWithIndices(x, kernelSize, rest);
  return returnIndices ? found : found.values;
}

/** The mean of each window. ∂x = g shared out evenly. @see torch.nn.functional.avg_pool2d */
export function avgPool2d(x: Tensor, kernelSize: Pair, options: AvgPool2dOptions = {}): Tensor {
  checkTensor("avgPool2d", x);
  checkOptions("avgPool2d", options, ["stride", "padding", "ceilMode", "countIncludePad", "divisorOverride"]);
  const { ceilMode, countIncludePad = true, divisorOverride = null, stride, padding } = options;
  if (x.dtype === "int64") return to(avgPool2d(to(x, "float64"), kernelSize, options), "int64");
  if (divisorOverride === 0) throw new ArgumentError("avgPool2d: divisor must be not zero");
  const window = windowOf("avgPool2d", x, kernelSize, { stride, padding });
  return batched(
    x,
    (x) => {
      const size = outputSize("avgPool2d", x.shape, window, ceilMode);
      return averages(x, window, size, countIncludePad, divisorOverride ?? 0);
    },
    (y) => squeeze(y, 0),
  );
}

/** The primitive and its adjoint, linear both. */
function averages(
  x: Tensor,
  window: Window2d,
  size: readonly number[],
  countPadding: boolean,
  divisor: number,
): Tensor {
  const out = make([x.shape[0]!, x.shape[1]!, ...size], x.dtype, x.storage.backend);
  out.storage.backend.avgPool2d(out, x, window, countPadding, divisor);
  const { shape } = x;
  return record(out, {
    op: "avg_pool2d",
    inputs: [x],
    backward: (g) => [() => averagesGrad(g, shape, window, countPadding, divisor)],
  });
}
function averagesGrad(
  g: Tensor,
  shape: Shape,
  window: Window2d,
  countPadding: boolean,
  divisor: number,
): Tensor {
  const out = make(shape, g.dtype, g.storage.backend);
  out.storage.backend.avgPool2dGrad(out, g, window, countPadding, divisor);
  const size = g.shape.slice(2);
  return record(out, {
    op: "avg_pool2d_backward",
    inputs: [g],
    backward: (gg) => [() => averages(gg, window, size, countPadding, divisor)],
  });
}

export interface MaxPool1dOptions {
  /** @defaultValue the kernel's size */
  stride?: Single | null;
  /** @defaultValue 0 */
  padding?: Single;
  /** @defaultValue 1 */
  dilation?: Single;
  /** @defaultValue false */
  ceilMode?: boolean;
}

/** The greatest of each span: x [N, C, L] or [C, L]. @see torch.nn.functional.max_pool1d */
export function maxPool1d(x: Tensor, kernelSize: Single, options?: MaxPool1dOptions & WithoutIndices): Tensor;
export function maxPool1d(
  x: Tensor,
  kernelSize: Single,
  options: MaxPool1dOptions & WithIndices,
): ValuesAndIndices;
export function maxPool1d(
  x: Tensor,
  kernelSize: Single,
  options: MaxPool1dOptions & { returnIndices?: boolean } = {},
): Tensor | ValuesAndIndices {
  checkTensor("maxPool1d", x);
  checkOptions("maxPool1d", options, ["stride", "padding", "dilation", "ceilMode", "returnIndices"]);
  const { stride, padding = 0, dilation = 1, ceilMode, returnIndices = false } = options;
  const across = (name: string, value: Single) => single("maxPool1d", name, value);
  const kernel = across("kernelSize", kernelSize);
  const { values, indices } = maxPool2dWithIndices(unsqueeze(x, -2), [1, kernel], {
    stride: [1, stride == null || isEmpty(stride as Pair) ? kernel : across("stride", stride)],
    padding: [0, across("padding", padding)],
    dilation: [1, across("dilation", dilation)],
    ceilMode,
  });
  return returnIndices ? { values: squeeze(values, -2), indices: squeeze(indices, -2) } : squeeze(values, -2);
}
