/** Instance normalization: batch normalization of every sample by itself. */

import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { checkTensor } from "../ops/kernel.js";
import { instanceNorm } from "../ops/norm/group-norm.js";
import { squeeze, unsqueeze } from "../ops/shape/view.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { BatchNorm, type BatchNormLayerOptions } from "./normalization.js";

/** As BatchNorm's, but neither factor and summand nor running statistics unless asked for. */
abstract class InstanceNorm extends BatchNorm {
  constructor(numFeatures: number, options: BatchNormLayerOptions = {}) {
    super(numFeatures, { affine: false, trackRunningStats: false, ...options });
  }
  /** Dims beside batch and channels. */
  protected abstract readonly rank: number;
  protected override checkInput(x: Tensor): void {
    if (x.ndim !== this.rank + 1 && x.ndim !== this.rank + 2)
      throw new ShapeError(
        `${this.constructor.name}: expected ${this.rank + 1}D or ${this.rank + 2}D input (got ${x.ndim}D input ${formatShape(x.shape)})`,
      );
    const channels = x.shape[x.ndim - this.rank - 1]!;
    if (channels !== this.numFeatures)
      throw new ShapeError(
        `${this.constructor.name}: expected ${this.numFeatures} channels, got ${channels}: ${formatShape(x.shape)}`,
      );
  }
  override forward(x: Tensor): Tensor {
    checkTensor(this.constructor.name, x);
    this.checkInput(x);
    if (x.ndim === this.rank + 1) return squeeze(this.forward(unsqueeze(x, 0)), 0);
    const { weight, bias, runningMean, runningVar, eps } = this;
    const useInputStats = this.training || runningMean === null;
    const momentum = this.momentum ?? 0;
    return instanceNorm(x, { runningMean, runningVar, weight, bias, useInputStats, momentum, eps });
  }
}
/** Instance normalization of lists [N, C, L]. @see torch.nn.InstanceNorm1d */
export class InstanceNorm1d extends InstanceNorm {
  protected readonly rank = 1;
}
/** Instance normalization of images [N, C, H, W]. @see torch.nn.InstanceNorm2d */
export class InstanceNorm2d extends InstanceNorm {
  protected readonly rank = 2;
}
/** Instance normalization of volumes [N, C, D, H, W]. @see torch.nn.InstanceNorm3d */
export class InstanceNorm3d extends InstanceNorm {
  protected readonly rank = 3;
}

builtIn(InstanceNorm);
