/** Normalization within each sample, and the bilinear layer, as layers. */
import { checkInteger, checkOptions } from "../core/arguments.js";
import { ArgumentError } from "../core/errors.js";
import { bilinear } from "../ops/linear/attention.js";
import { groupNorm, type LocalResponseNormOptions, localResponseNorm } from "../ops/norm/group-norm.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyBool, pyFloat } from "./describe.js";
import { ones_, uniform_, zeros_ } from "./init.js";
import type { FactoryOptions } from "./linear.js";
import { type LinearOptions, parameter } from "./linear.js";
import { Module } from "./module.js";

export interface GroupNormLayerOptions extends FactoryOptions {
  /** @defaultValue 1e-5 */
  eps?: number;
  /** Whether to train a factor and a summand. @defaultValue true */
  affine?: boolean;
}
/** Groups of channels at mean 0 and variance 1. @example new nn.GroupNorm(3, 6) @see torch.nn.GroupNorm */
export class GroupNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  readonly eps: number;
  constructor(
    readonly numGroups: number,
    readonly numChannels: number,
    options: GroupNormLayerOptions = {},
  ) {
    super();
    checkInteger("GroupNorm", "numGroups", numGroups, 1);
    checkInteger("GroupNorm", "numChannels", numChannels, 0);
    checkOptions("GroupNorm", options, ["eps", "affine", "dtype", "device"]);
    if (numChannels % numGroups !== 0)
      throw new ArgumentError(
        `GroupNorm: num_channels must be divisible by num_groups: ${numChannels} % ${numGroups} ≠ 0`,
      );
    const { eps = 1e-5, affine = true } = options;
    this.eps = eps;
    this.weight = affine ? parameter([numChannels], options) : null;
    this.bias = affine ? parameter([numChannels], options) : null;
    if (this.weight) ones_(this.weight);
    if (this.bias) zeros_(this.bias);
  }
  override forward(x: Tensor): Tensor {
    const { weight, bias, eps } = this;
    return groupNorm(x, this.numGroups, { weight, bias, eps });
  }
  override extraRepr(): string {
    return `${this.numGroups}, ${this.numChannels}, eps=${pyFloat(this.eps)}, affine=${pyBool(this.weight !== null)}`;
  }
}

/** Each value divided by what its neighbouring channels hold. @see torch.nn.LocalResponseNorm */
export class LocalResponseNorm extends Module {
  constructor(
    readonly size: number,
    readonly options: LocalResponseNormOptions = {},
  ) {
    super();
    checkInteger("LocalResponseNorm", "size", size, 1);
    checkOptions("LocalResponseNorm", options, ["alpha", "beta", "k"]);
  }
  override forward(x: Tensor): Tensor {
    return localResponseNorm(x, this.size, this.options);
  }
  override extraRepr(): string {
    const { alpha = 1e-4, beta = 0.75, k = 1 } = this.options;
    return `${this.size}, alpha=${pyFloat(alpha)}, beta=${pyFloat(beta)}, k=${pyFloat(k)}`;
  }
}

/** Σ x·w·y + b: [..., in1Features] and [..., in2Features] → [..., outFeatures]. @see torch.nn.Bilinear */
export class Bilinear extends Module {
  weight: Parameter;
  bias: Parameter | null;
  constructor(
    readonly in1Features: number,
    readonly in2Features: number,
    readonly outFeatures: number,
    options: LinearOptions = {},
  ) {
    super();
    checkInteger("Bilinear", "in1Features", in1Features, 1);
    checkInteger("Bilinear", "in2Features", in2Features, 0);
    checkInteger("Bilinear", "outFeatures", outFeatures, 0);
    checkOptions("Bilinear", options, ["bias", "dtype", "device"]);
    this.weight = parameter([outFeatures, in1Features, in2Features], options);
    this.bias = (options.bias ?? true) ? parameter([outFeatures], options) : null;
    const bound = 1 / Math.sqrt(in1Features);
    uniform_(this.weight, -bound, bound);
    if (this.bias) uniform_(this.bias, -bound, bound);
  }
  override forward(x: Tensor, y: Tensor): Tensor {
    return bilinear(x, y, this.weight, { bias: this.bias });
  }
  override extraRepr(): string {
    return `in1_features=${this.in1Features}, in2_features=${this.in2Features}, out_features=${this.outFeatures}, bias=${pyBool(this.bias !== null)}`;
  }
}

builtIn(GroupNorm, LocalResponseNorm, Bilinear);
