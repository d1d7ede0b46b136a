/** Pooling layers. */
import { checkOptions } from "../core/arguments.js";
import { adaptiveAvgPool2d } from "../ops/spatial/adaptive-pooling.js";
import {
  type AvgPool2dOptions,
  avgPool2d,
  type MaxPool2dOptions,
  maxPool2dWithIndices,
} from "../ops/spatial/pooling.js";
import type { Pair } from "../ops/spatial/window.js";
import type { PoolResult, ReturnIndices } from "../ops/spatial/window-max.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyBool, pyTuple } from "./describe.js";
import { Module } from "./module.js";

/** As it was given: a number, or a pair in parentheses. */
const show = (value: Pair | readonly (number | null)[]): string =>
  typeof value === "number" ? String(value) : pyTuple(value.map((n) => n ?? "None"));

/** The greatest of each window. @example new nn.MaxPool2d(2) @see torch.nn.MaxPool2d */
export class MaxPool2d<const O extends MaxPool2dOptions & ReturnIndices = object> extends Module {
  constructor(
    readonly kernelSize: Pair,
    readonly options: O = {} as O,
  ) {
    super();
    checkOptions("MaxPool2d", options, ["stride", "padding", "dilation", "ceilMode", "returnIndices"]);
  }
  override forward(x: Tensor): PoolResult<O> {
    const { returnIndices = false, ...options } = this.options;
    const both = maxPool2dWithIndices(x, this.kernelSize, options);
    return (returnIndices ? both : both.values) as PoolResult<O>;
  }
  override extraRepr(): string {
    const { stride, padding = 0, dilation = 1, ceilMode = false } = this.options;
    return `kernel_size=${show(this.kernelSize)}, stride=${show(stride ?? this.kernelSize)}, padding=${show(padding)}, dilation=${show(dilation)}, ceil_mode=${pyBool(ceilMode)}`;
  }
}

/** The mean of each window. @see torch.nn.AvgPool2d */
export class AvgPool2d extends Module {
  constructor(
    readonly kernelSize: Pair,
    readonly options: AvgPool2dOptions = {},
  ) {
    super();
    checkOptions("AvgPool2d", options, [
      "stride",
      "padding",
      "ceilMode",
      "countIncludePad",
      "divisorOverride",
    ]);
  }
  override forward(x: Tensor): Tensor {
    return avgPool2d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    const { stride, padding = 0 } = this.options;
    return `kernel_size=${show(this.kernelSize)}, stride=${show(stride ?? this.kernelSize)}, padding=${show(padding)}`;
  }
}

/** The mean of each cell of a grid of fixed size. @see torch.nn.AdaptiveAvgPool2d */
export class AdaptiveAvgPool2d extends Module {
  constructor(readonly outputSize: Pair | readonly [number | null, number | null]) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return adaptiveAvgPool2d(x, this.outputSize);
  }
  override extraRepr(): string {
    return `output_size=${show(this.outputSize)}`;
  }
}

builtIn(MaxPool2d, AvgPool2d, AdaptiveAvgPool2d);
