/** Pooling layers of lists and volumes, adaptive and p-norm pooling, unpooling. */
import { checkOptions } from "../core/arguments.js";
import type { ValuesAndIndices } from "../ops/reduction/reduction.js";
import * as adaptive from "../ops/spatial/adaptive-pooling.js";
import {
  type AvgPool1dOptions,
  avgPool1d,
  type LpPoolOptions,
  lpPool1d,
  lpPool2d,
} from "../ops/spatial/mean-pooling.js";
import { type MaxPool1dOptions, maxPool1d } from "../ops/spatial/pooling.js";
import * as volume from "../ops/spatial/pooling-3d.js";
import { type Spatial, spatial } from "../ops/spatial/spatial.js";
import { maxUnpool1d, maxUnpool2d, maxUnpool3d, type UnpoolOptions } from "../ops/spatial/unpooling.js";
import type { Pair, Single } from "../ops/spatial/window.js";
import type { ReturnIndices } from "../ops/spatial/window-max.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyBool, pyTuple } from "./describe.js";
import { Module } from "./module.js";

const shown = (value: adaptive.TargetSize): string =>
  Array.isArray(value) ? pyTuple(value.map((n) => n ?? "None")) : String(value ?? "None");

/** @see torch.nn.MaxPool1d */
export class MaxPool1d extends Module {
  constructor(
    readonly kernelSize: Single,
    readonly options: MaxPool1dOptions & ReturnIndices = {},
  ) {
    super();
  }
  override forward(x: Tensor): Tensor | ValuesAndIndices {
    return this.options.returnIndices
      ? maxPool1d(x, this.kernelSize, { ...this.options, returnIndices: true })
      : maxPool1d(x, this.kernelSize, { ...this.options, returnIndices: false });
  }
  override extraRepr(): string {
    const { stride, padding = 0, dilation = 1, ceilMode = false } = this.options;
    return `kernel_size=${shown(this.kernelSize)}, stride=${shown(stride ?? this.kernelSize)}, padding=${shown(padding)}, dilation=${shown(dilation)}, ceil_mode=${pyBool(ceilMode)}`;
  }
}
/** @see torch.nn.MaxPool3d */
export class MaxPool3d extends Module {
  constructor(
    readonly kernelSize: Spatial,
    readonly options: volume.MaxPool3dOptions = {},
  ) {
    super();
  }
  override forward(x: Tensor): Tensor | ValuesAndIndices {
    return volume.maxPool3d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    const { stride, padding = 0, dilation = 1, ceilMode = false } = this.options;
    return `kernel_size=${shown(this.kernelSize)}, stride=${shown(stride ?? this.kernelSize)}, padding=${shown(padding)}, dilation=${shown(dilation)}, ceil_mode=${pyBool(ceilMode)}`;
  }
}
/** @see torch.nn.AvgPool1d */
export class AvgPool1d extends Module {
  constructor(
    readonly kernelSize: Spatial,
    readonly options: AvgPool1dOptions = {},
  ) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return avgPool1d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    const one = (value: Spatial) => pyTuple(spatial("AvgPool1d", "size", value, 1, 0));
    const { stride, padding = 0 } = this.options;
    return `kernel_size=${one(this.kernelSize)}, stride=${one(stride ?? this.kernelSize)}, padding=${one(padding)}`;
  }
}
/** @see torch.nn.AvgPool3d */
export class AvgPool3d extends Module {
  constructor(
    readonly kernelSize: Spatial,
    readonly options: volume.AvgPool3dOptions = {},
  ) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return volume.avgPool3d(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    const { stride, padding = 0 } = this.options;
    return `kernel_size=${shown(this.kernelSize)}, stride=${shown(stride ?? this.kernelSize)}, padding=${shown(padding)}`;
  }
}

abstract class Adaptive extends Module {
  constructor(
    readonly outputSize: adaptive.TargetSize,
    protected readonly options: ReturnIndices = {},
  ) {
    super();
  }
  override extraRepr(): string {
    return `output_size=${shown(this.outputSize)}`;
  }
}
/** @see torch.nn.AdaptiveAvgPool1d */
export class AdaptiveAvgPool1d extends Adaptive {
  override forward(x: Tensor): Tensor {
    return adaptive.adaptiveAvgPool1d(x, this.outputSize);
  }
}
/** @see torch.nn.AdaptiveAvgPool3d */
export class AdaptiveAvgPool3d extends Adaptive {
  override forward(x: Tensor): Tensor {
    return adaptive.adaptiveAvgPool3d(x, this.outputSize);
  }
}
/** @see torch.nn.AdaptiveMaxPool1d */
export class AdaptiveMaxPool1d extends Adaptive {
  override forward(x: Tensor): Tensor | ValuesAndIndices {
    return adaptive.adaptiveMaxPool1d(x, this.outputSize, this.options);
  }
}
/** @see torch.nn.AdaptiveMaxPool2d */
export class AdaptiveMaxPool2d extends Adaptive {
  override forward(x: Tensor): Tensor | ValuesAndIndices {
    return adaptive.adaptiveMaxPool2d(x, this.outputSize, this.options);
  }
}
/** @see torch.nn.AdaptiveMaxPool3d */
export class AdaptiveMaxPool3d extends Adaptive {
  override forward(x: Tensor): Tensor | ValuesAndIndices {
    return adaptive.adaptiveMaxPool3d(x, this.outputSize, this.options);
  }
}

abstract class LpPool<K extends Spatial> extends Module {
  constructor(
    readonly normType: number,
    readonly kernelSize: K,
    protected readonly options: LpPoolOptions = {},
  ) {
    super();
  }
  override extraRepr(): string {
    const { stride = null, ceilMode = false } = this.options;
    return `norm_type=${this.normType}, kernel_size=${shown(this.kernelSize)}, stride=${shown(stride)}, ceil_mode=${pyBool(ceilMode)}`;
  }
}
/** @see torch.nn.LPPool1d */
export class LPPool1d extends LpPool<number> {
  override forward(x: Tensor): Tensor {
    return lpPool1d(x, this.normType, this.kernelSize, this.options);
  }
}
/** @see torch.nn.LPPool2d */
export class LPPool2d extends LpPool<Pair> {
  override forward(x: Tensor): Tensor {
    return lpPool2d(x, this.normType, this.kernelSize, this.options);
  }
}

abstract class MaxUnpool extends Module {
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  constructor(kernelSize: Spatial, options: Omit<UnpoolOptions, "outputSize"> = {}) {
    super();
    const name = this.constructor.name;
    checkOptions(name, options, ["stride", "padding"]);
    const rank = Number(name.at(-2));
    this.kernelSize = spatial(name, "kernelSize", kernelSize, rank, 1);
    this.stride = spatial(name, "stride", options.stride ?? kernelSize, rank, 1);
    this.padding = spatial(name, "padding", options.padding ?? 0, rank, 0);
  }
  protected with(options: Pick<UnpoolOptions, "outputSize">): UnpoolOptions {
    return { stride: this.stride, padding: this.padding, ...options };
  }
  override extraRepr(): string {
    return `kernel_size=${pyTuple(this.kernelSize)}, stride=${pyTuple(this.stride)}, padding=${pyTuple(this.padding)}`;
  }
}
/** @see torch.nn.MaxUnpool1d */
export class MaxUnpool1d extends MaxUnpool {
  override forward(x: Tensor, indices: Tensor, options: Pick<UnpoolOptions, "outputSize"> = {}): Tensor {
    return maxUnpool1d(x, indices, this.kernelSize, this.with(options));
  }
}
/** @see torch.nn.MaxUnpool2d */
export class MaxUnpool2d extends MaxUnpool {
  override forward(x: Tensor, indices: Tensor, options: Pick<UnpoolOptions, "outputSize"> = {}): Tensor {
    return maxUnpool2d(x, indices, this.kernelSize, this.with(options));
  }
}
/** @see torch.nn.MaxUnpool3d */
export class MaxUnpool3d extends MaxUnpool {
  override forward(x: Tensor, indices: Tensor, options: Pick<UnpoolOptions, "outputSize"> = {}): Tensor {
    return maxUnpool3d(x, indices, this.kernelSize, this.with(options));
  }
}

builtIn(MaxPool1d, MaxPool3d, AvgPool1d, AvgPool3d, AdaptiveAvgPool1d, AdaptiveAvgPool3d, AdaptiveMaxPool1d);
builtIn(AdaptiveMaxPool2d, AdaptiveMaxPool3d, LPPool1d, LPPool2d, MaxUnpool1d, MaxUnpool2d, MaxUnpool3d);
