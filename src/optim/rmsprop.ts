/** RMSprop: steps scaled by a running mean of the squared gradient. */
import { zerosLike } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  type Defaults,
  Optimizer,
  type OptimizerOptions,
  type ParamGroup,
  type Params,
} from "./optimizer.js";
import { checkRange } from "./options.js";
import { average, direction } from "./rules.js";
import { count, filled, keep, type Slots } from "./state.js";

export interface RMSpropOptions extends OptimizerOptions {
  /** Share of the last step in the next. @defaultValue 0 */
  momentum?: number;
  /** Share of the past in the running means. @defaultValue 0.99 */
  alpha?: number;
  /** Added to the root. @defaultValue 1e-8 */
  eps?: number;
  /** Divide by the running deviation instead of the root mean square. @defaultValue false */
  centered?: boolean;
  /** Factor of the parameter that is added to its gradient. @defaultValue 0 */
  weightDecay?: number;
  /** Step up the gradient. @defaultValue false */
  maximize?: boolean;
  /** Only false. */
  differentiable?: boolean;
}

interface RMSpropState {
  step: number;
  squareAvg: Tensor;
  momentumBuffer?: Tensor;
  gradAvg?: Tensor;
}

const defaults: Defaults<RMSpropOptions> = {
  lr: 1e-2,
  momentum: 0,
  alpha: 0.99,
  eps: 1e-8,
  centered: false,
  weightDecay: 0,
  foreach: null,
  maximize: false,
  differentiable: false,
};

/** v ← αv + (1 − α)g², x ← x − lr·g / (√v + ε). @see torch.optim.RMSprop */
export class RMSprop extends Optimizer<RMSpropOptions, RMSpropState> {
  constructor(params: Params<RMSpropOptions>, options: RMSpropOptions = {}) {
    super(params, options, defaults);
  }

  protected override checkOptions({ eps, momentum, weightDecay, alpha }: Required<RMSpropOptions>): void {
    checkRange("RMSprop", "epsilon", eps);
    checkRange("RMSprop", "momentum", momentum);
    checkRange("RMSprop", "weight_decay", weightDecay);
    checkRange("RMSprop", "alpha", alpha);
  }

  protected override slots({ momentum, centered }: ParamGroup<RMSpropOptions>): Slots<RMSpropState> {
    return {
      step: count(0),
      squareAvg: filled(0),
      ...(momentum > 0 ? { momentumBuffer: filled(0) } : {}),
      ...(centered ? { gradAvg: filled(0) } : {}),
    };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<RMSpropOptions>): void {
    const { lr, alpha, eps, momentum, centered } = group;
    const state = this.stateOf(param, group);
    const g = direction(param, grad, group);
    state.step++;
    let mean = average(state.squareAvg, g.square(), alpha);
    if (centered) {
      state.gradAvg ??= keep(zerosLike(param));
      mean = mean.sub(average(state.gradAvg, g, alpha).square());
    }
    let step = g.div(mean.sqrt().add_(eps));
    if (momentum > 0) step = (state.momentumBuffer ??= keep(zerosLike(param))).mul_(momentum).add_(step);
    param.add_(step, { alpha: -lr });
  }
}
