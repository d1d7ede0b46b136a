/** Convolution layers. */
import { checkChoice, checkInteger, checkOptions } from "../core/arguments.js";
import { ArgumentError } from "../core/errors.js";
import { conv2d } from "../ops/spatial/convolution.js";
import { type PadMode, pad } from "../ops/spatial/padding.js";
import { type Pair, pair } from "../ops/spatial/window.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyTuple } from "./describe.js";
import { type FactoryOptions, parameter, resetWeights } from "./linear.js";
import { Module } from "./module.js";

export type PaddingMode = "zeros" | Exclude<PadMode, "constant">;

export interface ConvOptions extends FactoryOptions {
  /** @defaultValue 1 */
  stride?: Pair;
  /** Zeros on each side, "same" or "valid". @defaultValue 0 */
  padding?: Pair | "same" | "valid";
  /** What the padding is filled with. @defaultValue "zeros" */
  paddingMode?: PaddingMode;
  /** @defaultValue 1 */
  dilation?: Pair;
  /** @defaultValue 1 */
  groups?: number;
  /** @defaultValue true */
  bias?: boolean;
}

/**
 * Convolution of images: [N, inChannels, H, W] → [N, outChannels, Ho, Wo].
 *
 * @example new nn.Conv2d(1, 6, 5, { padding: 2 })
 * @see torch.nn.Conv2d
 */
export class Conv2d extends Module {
  weight: Parameter;
  bias: Parameter | null;
  readonly kernelSize: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number] | "same" | "valid";
  readonly paddingMode: PaddingMode;
  readonly dilation: readonly [number, number];
  readonly groups: number;

  constructor(
    readonly inChannels: number,
    readonly outChannels: number,
    kernelSize: Pair,
    options: ConvOptions = {},
  ) {
    super();
    checkInteger("Conv2d", "inChannels", inChannels, 1);
    checkInteger("Conv2d", "outChannels", outChannels, 1);
    checkOptions("Conv2d", options, [
      "stride",
      "padding",
      "paddingMode",
      "dilation",
      "groups",
      "bias",
      "dtype",
      "device",
    ]);
    const { padding = 0, groups = 1 } = options;
    this.groups = checkInteger("Conv2d", "groups", groups, 1);
    if (inChannels % groups !== 0)
      throw new ArgumentError(
        `Conv2d: in_channels must be divisible by groups: ${inChannels} % ${groups} ≠ 0`,
      );
    if (outChannels % groups !== 0)
      throw new ArgumentError(
        `Conv2d: out_channels must be divisible by groups: ${outChannels} % ${groups} ≠ 0`,
      );
    this.kernelSize = pair("Conv2d", "kernelSize", kernelSize, 1);
    this.stride = pair("Conv2d", "stride", options.stride ?? 1, 1);
    this.padding =
      padding === "same" || padding === "valid" ? padding : pair("Conv2d", "padding", padding, 0);
    const modes = ["zeros", "reflect", "replicate", "circular"] as const;
    this.paddingMode = checkChoice("Conv2d", "paddingMode", options.paddingMode ?? "zeros", modes);
    this.dilation = pair("Conv2d", "dilation", options.dilation ?? 1, 1);
    this.weight = parameter([outChannels, inChannels / groups, ...this.kernelSize], options);
    this.bias = (options.bias ?? true) ? parameter([outChannels], options) : null;
    this.resetParameters();
  }

  /** Draws the weights anew. */
  resetParameters(): void {
    resetWeights(this.weight, this.bias);
  }

  override forward(x: Tensor): Tensor {
    const { bias, stride, padding, paddingMode, dilation, groups } = this;
    if (paddingMode === "zeros") return conv2d(x, this.weight, { bias, stride, padding, dilation, groups });
    const rim = pad(x, this.rim, { mode: paddingMode });
    return conv2d(rim, this.weight, { bias, stride, dilation, groups });
  }

  /** [left, right, top, bottom] */
  private get rim(): number[] {
    const { padding, kernelSize, dilation } = this;
    return [1, 0].flatMap((d) => {
      if (padding === "valid") return [0, 0];
      if (padding !== "same") return [padding[d]!, padding[d]!];
      const total = dilation[d]! * (kernelSize[d]! - 1);
      return [Math.floor(total / 2), total - Math.floor(total / 2)];
    });
  }

  override extraRepr(): string {
    const parts = [
      `${this.inChannels}, ${this.outChannels}`,
      `kernel_size=${pyTuple(this.kernelSize)}`,
      `stride=${pyTuple(this.stride)}`,
    ];
    if (typeof this.padding === "string") parts.push(`padding=${this.padding}`);
    else if (this.padding.some((n) => n !== 0)) parts.push(`padding=${pyTuple(this.padding)}`);
    if (this.dilation.some((n) => n !== 1)) parts.push(`dilation=${pyTuple(this.dilation)}`);
    if (this.groups !== 1) parts.push(`groups=${this.groups}`);
    if (this.bias === null) parts.push("bias=False");
    if (this.paddingMode !== "zeros") parts.push(`padding_mode=${this.paddingMode}`);
    return parts.join(", ");
  }
}

builtIn(Conv2d);
