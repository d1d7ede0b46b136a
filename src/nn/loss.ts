/** Losses as layers: each calls the function of the same name with the options it was made with. */
import { checkOptions } from "../core/arguments.js";
import * as ops from "../ops/loss/loss.js";
import { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { Module } from "./module.js";

/** A loss with options; tensors among them are buffers, so that they move with the module. */
export abstract class Loss<O extends object> extends Module {
  readonly reduction: string;
  weight!: Tensor | null;
  posWeight!: Tensor | null;

  constructor(protected readonly options: O = {} as O) {
    super();
    checkOptions(this.constructor.name, options, Object.keys(options ?? {}));
    const { weight, posWeight, reduction } = options as {
      weight?: Tensor;
      posWeight?: Tensor;
      reduction?: string;
    };
    this.reduction = reduction ?? "mean";
    for (const [name, value] of Object.entries({ weight, posWeight }))
      if (value instanceof Tensor) this.registerBuffer(name, value);
  }

  /** The options as they are now. */
  protected get current(): O {
    const { weight, posWeight } = this;
    return { ...this.options, ...(weight ? { weight } : {}), ...(posWeight ? { posWeight } : {}) };
  }
}

/** Mean of (x − y)². @see torch.nn.MSELoss */
export class MSELoss extends Loss<ops.LossOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.mseLoss(x, target, this.current);
  }
}
/** Mean of |x − y|. @see torch.nn.L1Loss */
export class L1Loss extends Loss<ops.LossOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.l1Loss(x, target, this.current);
  }
}
/** @see torch.nn.SmoothL1Loss */
export class SmoothL1Loss extends Loss<ops.SmoothL1Options> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.smoothL1Loss(x, target, this.current);
  }
}
/** @see torch.nn.HuberLoss */
export class HuberLoss extends Loss<ops.HuberOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.huberLoss(x, target, this.current);
  }
}
/** −ln softmax(x) at the target class. @example new nn.CrossEntropyLoss()(scores, labels) @see torch.nn.CrossEntropyLoss */
export class CrossEntropyLoss extends Loss<ops.CrossEntropyOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.crossEntropy(x, target, this.current);
  }
}
/** −x at the target class, x log-probabilities. @see torch.nn.NLLLoss */
export class NLLLoss extends Loss<ops.ClassLossOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.nllLoss(x, target, this.current);
  }
}
/** Binary cross entropy of probabilities. @see torch.nn.BCELoss */
export class BCELoss extends Loss<ops.WeightedLossOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.binaryCrossEntropy(x, target, this.current);
  }
}
/** Binary cross entropy of scores. @see torch.nn.BCEWithLogitsLoss */
export class BCEWithLogitsLoss extends Loss<ops.BCEWithLogitsOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.binaryCrossEntropyWithLogits(x, target, this.current);
  }
}
/** @see torch.nn.KLDivLoss */
export class KLDivLoss extends Loss<ops.KlDivOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return ops.klDiv(x, target, this.current);
  }
}

builtIn(
  MSELoss,
  L1Loss,
  SmoothL1Loss,
  HuberLoss,
  CrossEntropyLoss,
  NLLLoss,
  BCELoss,
  BCEWithLogitsLoss,
  KLDivLoss,
);
