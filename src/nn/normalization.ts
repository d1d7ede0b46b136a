/** Layers that bring values to mean 0 and variance 1. */

import { noGrad } from "../autograd/grad-mode.js";
import { checkInteger, checkIntegers, checkOptions } from "../core/arguments.js";
import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { fill_ } from "../ops/inplace.js";
import { checkTensor } from "../ops/kernel.js";
import { batchNorm, layerNorm } from "../ops/norm/normalization.js";
import { ones, tensor, zeros } from "../tensor/create.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyBool, pyFloat, pyTuple } from "./describe.js";
import { ones_, zeros_ } from "./init.js";
import { type FactoryOptions, parameter } from "./linear.js";
import { Module } from "./module.js";

export interface BatchNormLayerOptions extends FactoryOptions {
  /** @defaultValue 1e-5 */
  eps?: number;
  /** Share of the batch in the running statistics; null: all batches count alike. @defaultValue 0.1 */
  momentum?: number | null;
  /** Whether to train a factor and a summand. @defaultValue true */
  affine?: boolean;
  /** Whether to keep running statistics for use outside training. @defaultValue true */
  trackRunningStats?: boolean;
}

export abstract class BatchNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  runningMean!: Tensor | null;
  runningVar!: Tensor | null;
  numBatchesTracked!: Tensor | null;
  readonly eps: number;
  readonly momentum: number | null;

  constructor(
    readonly numFeatures: number,
    options: BatchNormLayerOptions = {},
  ) {
    super();
    checkInteger(this.constructor.name, "numFeatures", numFeatures, 1);
    checkOptions(this.constructor.name, options, [
      "eps",
      "momentum",
      "affine",
      "trackRunningStats",
      "dtype",
      "device",
    ]);
    const { eps = 1e-5, momentum = 0.1, affine = true, trackRunningStats = true, dtype, device } = options;
    this.eps = eps;
    this.momentum = momentum;
    this.weight = affine ? parameter([numFeatures], options) : null;
    this.bias = affine ? parameter([numFeatures], options) : null;
    this.registerBuffer("runningMean", trackRunningStats ? zeros([numFeatures], { dtype, device }) : null);
    this.registerBuffer("runningVar", trackRunningStats ? ones([numFeatures], { dtype, device }) : null);
    this.registerBuffer(
      "numBatchesTracked",
      trackRunningStats ? tensor(0, { dtype: "int64", device }) : null,
    );
    if (this.weight) ones_(this.weight);
    if (this.bias) zeros_(this.bias);
  }

  protected abstract checkInput(x: Tensor): void;

  override forward(x: Tensor): Tensor {
    checkTensor(this.constructor.name, x);
    this.checkInput(x);
    const { weight, bias, eps, runningMean, runningVar } = this;
    let momentum = this.momentum ?? 0;
    if (this.training && this.numBatchesTracked) {
      const seen = this.numBatchesTracked.item() + 1;
      noGrad(() => fill_(this.numBatchesTracked!, seen));
      momentum = this.momentum ?? 1 / seen;
    }
    const training = this.training || runningMean === null;
    return batchNorm(
      x,
      this.training || !training ? runningMean : null,
      this.training || !training ? runningVar : null,
      {
        weight,
        bias,
        training,
        momentum,
        eps,
      },
    );
  }

  override extraRepr(): string {
    const momentum = this.momentum === null ? "None" : String(this.momentum);
    return `${this.numFeatures}, eps=${pyFloat(this.eps)}, momentum=${momentum}, affine=${pyBool(this.weight !== null)}, track_running_stats=${pyBool(this.runningMean !== null)}`;
  }
}

/** Batch normalization of [N, C] or [N, C, L]. @see torch.nn.BatchNorm1d */
export class BatchNorm1d extends BatchNorm {
  protected override checkInput(x: Tensor): void {
    if (x.ndim !== 2 && x.ndim !== 3)
      throw new ShapeError(
        `BatchNorm1d: expected 2D or 3D input (got ${x.ndim}D input ${formatShape(x.shape)})`,
      );
  }
}
/** Batch normalization of images [N, C, H, W]. @see torch.nn.BatchNorm2d */
export class BatchNorm2d extends BatchNorm {
  protected override checkInput(x: Tensor): void {
    if (x.ndim !== 4)
      throw new ShapeError(`BatchNorm2d: expected 4D input (got ${x.ndim}D input ${formatShape(x.shape)})`);
  }
}

/** Batch normalization of volumes [N, C, D, H, W]. @see torch.nn.BatchNorm3d */
export class BatchNorm3d extends BatchNorm {
  protected override checkInput(x: Tensor): void {
    if (x.ndim !== 5)
      throw new ShapeError(`BatchNorm3d: expected 5D input (got ${x.ndim}D input ${formatShape(x.shape)})`);
  }
}

export interface LayerNormLayerOptions extends FactoryOptions {
  /** @defaultValue 1e-5 */
  eps?: number;
  /** Whether to train a factor and a summand. @defaultValue true */
  elementwiseAffine?: boolean;
}

/** Normalizes over the last dims, of the given sizes. @example new nn.LayerNorm(768) @see torch.nn.LayerNorm */
export class LayerNorm extends Module {
  weight: Parameter | null;
  bias: Parameter | null;
  readonly normalizedShape: readonly number[];
  readonly eps: number;

  constructor(normalizedShape: number | readonly number[], options: LayerNormLayerOptions = {}) {
    super();
    checkOptions("LayerNorm", options, ["eps", "elementwiseAffine", "dtype", "device"]);
    this.normalizedShape = [...checkIntegers("LayerNorm", "normalizedShape", normalizedShape)];
    const { eps = 1e-5, elementwiseAffine = true } = options;
    this.eps = eps;
    this.weight = elementwiseAffine ? parameter(this.normalizedShape, options) : null;
    this.bias = elementwiseAffine ? parameter(this.normalizedShape, options) : null;
    if (this.weight) ones_(this.weight);
    if (this.bias) zeros_(this.bias);
  }
  override forward(x: Tensor): Tensor {
    const { weight, bias, eps } = this;
    return layerNorm(x, this.normalizedShape, { weight, bias, eps });
  }
  override extraRepr(): string {
    return `${pyTuple(this.normalizedShape)}, eps=${pyFloat(this.eps)}, elementwise_affine=${pyBool(this.weight !== null)}`;
  }
}

builtIn(BatchNorm, LayerNorm);
