/** Convolution of lists and volumes, and the transposed convolutions. */

import { checkChoice, checkInteger, checkOptions } from "../core/arguments.js";
import { ArgumentError } from "../core/errors.js";
import { checkTensor } from "../ops/kernel.js";
import * as transpose from "../ops/spatial/conv-transpose.js";
import { conv3d } from "../ops/spatial/conv3d.js";
import { conv1d } from "../ops/spatial/convolution.js";
import { pad } from "../ops/spatial/padding.js";
import { type Spatial, spatial } from "../ops/spatial/spatial.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyTuple } from "./describe.js";
import { type FactoryOptions, parameter, resetWeights } from "./linear.js";
import { Module } from "./module.js";

type Mode = "zeros" | "reflect" | "replicate" | "circular";

interface BaseOptions extends FactoryOptions {
  /** @defaultValue 1 */
  stride?: Spatial;
  /** @defaultValue 1 */
  dilation?: Spatial;
  /** @defaultValue 1 */
  groups?: number;
  /** @defaultValue true */
  bias?: boolean;
}
export interface ConvNdOptions extends BaseOptions {
  /** On each side, "same" or "valid". @defaultValue 0 */
  padding?: Spatial | "same" | "valid";
  /** What the padding shows. @defaultValue "zeros" */
  paddingMode?: Mode;
}
export interface ConvTransposeLayerOptions extends BaseOptions {
  /** What the convolution was padded with. @defaultValue 0 */
  padding?: Spatial;
  /** Added to the size at the end. @defaultValue 0 */
  outputPadding?: Spatial;
  /** @defaultValue "zeros" */
  paddingMode?: "zeros";
}

const keys = ["stride", "padding", "paddingMode", "dilation", "groups", "bias", "dtype", "device"];
const modes = ["zeros", "reflect", "replicate", "circular"] as const;

/** What both kinds have; the rank is in the class's name. */
abstract class ConvNd extends Module {
  weight: Parameter;
  bias: Parameter | null;
  readonly kernelSize: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly number[] | "same" | "valid";
  readonly outputPadding: readonly number[];
  readonly paddingMode: Mode;
  readonly dilation: readonly number[];
  readonly groups: number;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    kernelSize: Spatial,
    options: ConvNdOptions & { outputPadding?: Spatial },
    transposed: boolean,
  ) {
    super();
    const name = this.constructor.name;
    const rank = Number(name.at(-2));
    checkOptions(name, options, transposed ? [...keys, "outputPadding"] : keys);
    checkInteger(name, "inChannels", inChannels, 1);
    checkInteger(name, "outChannels", outChannels, 1);
    const { padding = 0, groups = 1 } = options;
    this.groups = checkInteger(name, "groups", groups, 1);
    for (const [label, count] of [
      ["in_channels", inChannels],
      ["out_channels", outChannels],
    ] as const)
      if (count % groups !== 0)
        throw new ArgumentError(`${name}: ${label} must be divisible by groups: ${count} % ${groups} ≠ 0`);
    this.kernelSize = spatial(name, "kernelSize", kernelSize, rank, 1);
    this.stride = spatial(name, "stride", options.stride ?? 1, rank, 1);
    this.padding =
      typeof padding === "string"
        ? checkChoice<"same" | "valid">(name, "padding", padding, ["same", "valid"])
        : spatial(name, "padding", padding, rank, 0);
    if (padding === "same" && this.stride.some((n) => n !== 1))
      throw new ArgumentError(`${name}: padding='same' is not supported for strided convolutions`);
    this.outputPadding = spatial(name, "outputPadding", options.outputPadding ?? 0, rank, 0);
    const allowed = transposed ? (["zeros"] as const) : modes;
    this.paddingMode = checkChoice<Mode>(name, "paddingMode", options.paddingMode ?? "zeros", allowed);
    this.dilation = spatial(name, "dilation", options.dilation ?? 1, rank, 1);
    const [first, second] = transposed ? [inChannels, outChannels] : [outChannels, inChannels];
    this.weight = parameter([first, second / groups, ...this.kernelSize], options);
    this.bias = (options.bias ?? true) ? parameter([outChannels], options) : null;
    this.resetParameters();
  }

  /** Draws the weights anew. */
  resetParameters(): void {
    resetWeights(this.weight, this.bias);
  }

  /** Widths of the rim as `pad` takes them, the last dim first. */
  protected get rim(): number[] {
    const { padding, kernelSize, dilation } = this;
    return kernelSize.toReversed().flatMap((k, i) => {
      const d = kernelSize.length - 1 - i;
      if (typeof padding !== "string") return [padding[d]!, padding[d]!];
      const total = padding === "same" ? dilation[d]! * (k - 1) : 0;
      return [Math.floor(total / 2), Math.ceil(total / 2)];
    });
  }

  override extraRepr(): string {
    const { stride, padding, outputPadding, dilation, groups, paddingMode } = this;
    const parts = [
      `${this.inChannels}, ${this.outChannels}`,
      `kernel_size=${pyTuple(this.kernelSize)}`,
      `stride=${pyTuple(stride)}`,
    ];
    if (typeof padding === "string") parts.push(`padding=${padding}`);
    else if (padding.some((n) => n !== 0)) parts.push(`padding=${pyTuple(padding)}`);
    if (dilation.some((n) => n !== 1)) parts.push(`dilation=${pyTuple(dilation)}`);
    if (outputPadding.some((n) => n !== 0)) parts.push(`output_padding=${pyTuple(outputPadding)}`);
    if (groups !== 1) parts.push(`groups=${groups}`);
    if (this.bias === null) parts.push("bias=False");
    if (paddingMode !== "zeros") parts.push(`padding_mode=${paddingMode}`);
    return parts.join(", ");
  }
}

abstract class Convolution extends ConvNd {
  constructor(inChannels: number, outChannels: number, kernelSize: Spatial, options: ConvNdOptions = {}) {
    super(inChannels, outChannels, kernelSize, options, false);
  }
  protected abstract readonly run: (
    x: Tensor,
    weight: Tensor,
    options: {
      bias: Tensor | null;
      stride: Spatial;
      padding: Spatial | "same" | "valid";
      dilation: Spatial;
      groups: number;
    },
  ) => Tensor;
  override forward(x: Tensor): Tensor {
    const { bias, stride, padding, dilation, groups } = this;
    if (this.paddingMode === "zeros")
      return this.run(x, this.weight, { bias, stride, padding, dilation, groups });
    const rim = pad(x, this.rim, { mode: this.paddingMode });
    return this.run(rim, this.weight, { bias, stride, padding: 0, dilation, groups });
  }
}
/** Convolution of lists: [N, inChannels, L] → [N, outChannels, Lo]. @see torch.nn.Conv1d */
export class Conv1d extends Convolution {
  protected readonly run = conv1d as Convolution["run"];
}
/** Convolution of volumes: [N, inChannels, D, H, W] → [N, outChannels, Do, Ho, Wo]. @see torch.nn.Conv3d */
export class Conv3d extends Convolution {
  protected readonly run = conv3d;
}

abstract class ConvTranspose extends ConvNd {
  constructor(
    inChannels: number,
    outChannels: number,
    kernelSize: Spatial,
    options: ConvTransposeLayerOptions = {},
  ) {
    super(inChannels, outChannels, kernelSize, options, true);
  }
  protected abstract readonly run: typeof transpose.convTranspose2d;
  /** `outputSize` chooses among the sizes that convolve to x's. */
  override forward(x: Tensor, options: { outputSize?: readonly number[] | null } = {}): Tensor {
    checkTensor(this.constructor.name, x);
    checkOptions(this.constructor.name, options, ["outputSize"]);
    const { bias, stride, dilation, groups } = this;
    const padding = this.padding as readonly number[];
    const wanted = options.outputSize?.slice(-stride.length);
    const outputPadding = wanted ? wanted.map((n, i) => n - this.least(x, i)) : this.outputPadding;
    return this.run(x, this.weight, { bias, stride, padding, outputPadding, dilation, groups });
  }
  /** The smallest size that convolves to x's along dim i. */
  private least(x: Tensor, i: number): number {
    const { kernelSize, stride, dilation } = this;
    const padding = this.padding as readonly number[];
    const n = x.shape.at(i - stride.length)!;
    return (n - 1) * stride[i]! - 2 * padding[i]! + dilation[i]! * (kernelSize[i]! - 1) + 1;
  }
}
/** The adjoint of Conv1d. @see torch.nn.ConvTranspose1d */
export class ConvTranspose1d extends ConvTranspose {
  protected readonly run = transpose.convTranspose1d;
}
/** The adjoint of Conv2d. @see torch.nn.ConvTranspose2d */
export class ConvTranspose2d extends ConvTranspose {
  protected readonly run = transpose.convTranspose2d;
}
/** The adjoint of Conv3d. @see torch.nn.ConvTranspose3d */
export class ConvTranspose3d extends ConvTranspose {
  protected readonly run = transpose.convTranspose3d;
}

builtIn(Convolution, ConvTranspose);
