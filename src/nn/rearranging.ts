/** Layers that add rims, rearrange pixels, cut patches or change the size of grids. */
import { checkNumber } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import { type InterpolateOptions, interpolate } from "../ops/spatial/interpolation.js";
import { pad } from "../ops/spatial/padding.js";
import { fold, type PatchOptions, pixelShuffle, pixelUnshuffle, unfold } from "../ops/spatial/patches.js";
import { type Spatial, spatial } from "../ops/spatial/spatial.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyFloat, pyTuple } from "./describe.js";
import { Module } from "./module.js";

/** As it was given: a number, or several in parentheses. */
const shown = (value: Spatial): string => (typeof value === "number" ? String(value) : pyTuple(value));

/** A rim around the last dims: one width, or [left, right, top, bottom, …]. */
abstract class Padding extends Module {
  readonly padding: readonly number[];
  protected abstract readonly mode: "constant" | "reflect" | "replicate";
  protected readonly fill: number = 0;
  constructor(padding: Spatial) {
    super();
    const name = this.constructor.name;
    const rank = Number(/(\d)d$/.exec(name)?.[1] ?? 0);
    const list = Array.isArray(padding) ? (padding as readonly number[]) : [padding as number];
    if ((list.length !== 1 && list.length !== 2 * rank) || !list.every(Number.isInteger))
      throw new ArgumentError(
        `${name}: padding must be one or ${2 * rank} whole numbers: got ${show(padding)}`,
      );
    this.padding = list.length === 1 ? Array.from({ length: 2 * rank }, () => list[0]!) : list;
  }
  override forward(x: Tensor): Tensor {
    return this.mode === "constant"
      ? pad(x, this.padding, { value: this.fill })
      : pad(x, this.padding, { mode: this.mode });
  }
  override extraRepr(): string {
    return pyTuple(this.padding);
  }
}
abstract class ConstantPad extends Padding {
  protected readonly mode = "constant";
  constructor(
    padding: Spatial,
    protected override readonly fill: number,
  ) {
    super(padding);
    checkNumber(this.constructor.name, "value", fill);
  }
  override extraRepr(): string {
    return `padding=${pyTuple(this.padding)}, value=${pyFloat(this.fill)}`;
  }
}
/** @see torch.nn.ConstantPad1d */
export class ConstantPad1d extends ConstantPad {}
/** @see torch.nn.ConstantPad2d */
export class ConstantPad2d extends ConstantPad {}
/** @see torch.nn.ConstantPad3d */
export class ConstantPad3d extends ConstantPad {}
/** @see torch.nn.ZeroPad2d */
export class ZeroPad2d extends Padding {
  protected readonly mode = "constant";
}
abstract class ReflectionPad extends Padding {
  protected readonly mode = "reflect";
}
/** @see torch.nn.ReflectionPad1d */
export class ReflectionPad1d extends ReflectionPad {}
/** @see torch.nn.ReflectionPad2d */
export class ReflectionPad2d extends ReflectionPad {}
/** @see torch.nn.ReflectionPad3d */
export class ReflectionPad3d extends ReflectionPad {}
abstract class ReplicationPad extends Padding {
  protected readonly mode = "replicate";
}
/** @see torch.nn.ReplicationPad1d */
export class ReplicationPad1d extends ReplicationPad {}
/** @see torch.nn.ReplicationPad2d */
export class ReplicationPad2d extends ReplicationPad {}
/** @see torch.nn.ReplicationPad3d */
export class ReplicationPad3d extends ReplicationPad {}

/** Channels become pixels. @see torch.nn.PixelShuffle */
export class PixelShuffle extends Module {
  constructor(readonly upscaleFactor: number) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return pixelShuffle(x, this.upscaleFactor);
  }
  override extraRepr(): string {
    return `upscale_factor=${this.upscaleFactor}`;
  }
}
/** Pixels become channels. @see torch.nn.PixelUnshuffle */
export class PixelUnshuffle extends Module {
  constructor(readonly downscaleFactor: number) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return pixelUnshuffle(x, this.downscaleFactor);
  }
  override extraRepr(): string {
    return `downscale_factor=${this.downscaleFactor}`;
  }
}

const patchText = (kernel: Spatial, { dilation = 1, padding = 0, stride = 1 }: PatchOptions): string =>
  `kernel_size=${shown(kernel)}, dilation=${shown(dilation)}, padding=${shown(padding)}, stride=${shown(stride)}`;
/** Patches as columns. @see torch.nn.Unfold */
export class Unfold extends Module {
  constructor(
    readonly kernelSize: Spatial,
    readonly options: PatchOptions = {},
  ) {
    super();
    spatial("Unfold", "kernelSize", kernelSize, 2, 1);
  }
  override forward(x: Tensor): Tensor {
    return unfold(x, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return patchText(this.kernelSize, this.options);
  }
}
/** Columns added up to images. @see torch.nn.Fold */
export class Fold extends Module {
  constructor(
    readonly outputSize: Spatial,
    readonly kernelSize: Spatial,
    readonly options: PatchOptions = {},
  ) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return fold(x, this.outputSize, this.kernelSize, this.options);
  }
  override extraRepr(): string {
    return `output_size=${shown(this.outputSize)}, ${patchText(this.kernelSize, this.options)}`;
  }
}

/** Grids brought to another size. @example new nn.Upsample(null, { scaleFactor: 2 }) @see torch.nn.Upsample */
export class Upsample extends Module {
  constructor(
    readonly size: Spatial | null = null,
    readonly options: InterpolateOptions = {},
  ) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return interpolate(x, this.size, this.options);
  }
  override extraRepr(): string {
    const { scaleFactor, mode = "nearest" } = this.options;
    const floats = (f: Spatial) => (typeof f === "number" ? pyFloat(f) : pyTuple(f.map(pyFloat)));
    const size = scaleFactor == null ? `size=${shown(this.size!)}` : `scale_factor=${floats(scaleFactor)}`;
    return `${size}, mode=${mode}`;
  }
}
/** @see torch.nn.UpsamplingNearest2d */
export class UpsamplingNearest2d extends Upsample {
  constructor(size: Spatial | null = null, options: Pick<InterpolateOptions, "scaleFactor"> = {}) {
    super(size, { ...options, mode: "nearest" });
  }
}
/** @see torch.nn.UpsamplingBilinear2d */
export class UpsamplingBilinear2d extends Upsample {
  constructor(size: Spatial | null = null, options: Pick<InterpolateOptions, "scaleFactor"> = {}) {
    super(size, { ...options, mode: "bilinear", alignCorners: true });
  }
}

builtIn(Padding, PixelShuffle, PixelUnshuffle, Unfold, Fold, Upsample);
