/** Layers that change the shape or drop elements. */
import { checkOptions } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import {
  alphaDropout,
  dropout,
  dropout1d,
  dropout2d,
  dropout3d,
  featureAlphaDropout,
} from "../ops/random/dropout.js";
import { flatten, unflatten } from "../ops/shape/view.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyBool, pyFloat, pyTuple } from "./describe.js";
import { Module } from "./module.js";

/** Dims from startDim (1) to endDim (−1) joined into one. @see torch.nn.Flatten */
export class Flatten extends Module {
  constructor(
    readonly startDim = 1,
    readonly endDim = -1,
  ) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return flatten(x, this.startDim, this.endDim);
  }
  override extraRepr(): string {
    return `start_dim=${this.startDim}, end_dim=${this.endDim}`;
  }
}
/** One dim split into several. @see torch.nn.Unflatten */
export class Unflatten extends Module {
  constructor(
    readonly dim: number,
    readonly unflattenedSize: readonly number[],
  ) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return unflatten(x, this.dim, this.unflattenedSize);
  }
  override extraRepr(): string {
    return `dim=${this.dim}, unflattened_size=${pyTuple(this.unflattenedSize)}`;
  }
}

export interface DropoutLayerOptions {
  /** The probability of a 0. @defaultValue 0.5 */
  p?: number;
  /** Write into the input. @defaultValue false */
  inplace?: boolean;
}
abstract class DropoutLayer extends Module {
  readonly p: number;
  readonly inplace: boolean;
  constructor(p: number | DropoutLayerOptions = {}, options: DropoutLayerOptions = {}) {
    super();
    const given = typeof p === "number" ? { ...options, p } : p;
    checkOptions(this.constructor.name, given, ["p", "inplace"]);
    this.p = given.p ?? 0.5;
    this.inplace = given.inplace ?? false;
    if (!(this.p >= 0 && this.p <= 1))
      throw new ArgumentError(
        `${this.constructor.name}: dropout probability has to be between 0 and 1, but got ${show(this.p)}`,
      );
  }
  protected abstract drop(x: Tensor): Tensor;
  override forward(x: Tensor): Tensor {
    const y = this.drop(x);
    return this.inplace && y !== x ? x.copy_(y) : y;
  }
  override extraRepr(): string {
    return `p=${pyFloat(this.p)}, inplace=${pyBool(this.inplace)}`;
  }
}
/** In training each element 0 with probability p, the others scaled up. @see torch.nn.Dropout */
export class Dropout extends DropoutLayer {
  protected override drop(x: Tensor): Tensor {
    return dropout(x, { p: this.p, training: this.training });
  }
}
/** As Dropout, whole channels at a time. @see torch.nn.Dropout2d */
export class Dropout2d extends DropoutLayer {
  protected override drop(x: Tensor): Tensor {
    return dropout2d(x, { p: this.p, training: this.training });
  }
}
/** As Dropout, whole channels of lists at a time. @see torch.nn.Dropout1d */
export class Dropout1d extends DropoutLayer {
  protected override drop(x: Tensor): Tensor {
    return dropout1d(x, { p: this.p, training: this.training });
  }
}
/** As Dropout, whole channels of volumes at a time. @see torch.nn.Dropout3d */
export class Dropout3d extends DropoutLayer {
  protected override drop(x: Tensor): Tensor {
    return dropout3d(x, { p: this.p, training: this.training });
  }
}
/** Dropout beside SELU. @see torch.nn.AlphaDropout */
export class AlphaDropout extends DropoutLayer {
  protected override drop(x: Tensor): Tensor {
    return alphaDropout(x, { p: this.p, training: this.training });
  }
}
/** AlphaDropout of whole channels. @see torch.nn.FeatureAlphaDropout */
export class FeatureAlphaDropout extends DropoutLayer {
  protected override drop(x: Tensor): Tensor {
    return featureAlphaDropout(x, { p: this.p, training: this.training });
  }
}

builtIn(Flatten, Unflatten, DropoutLayer);
