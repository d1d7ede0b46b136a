/** RAdam: Adam that takes plain steps until its mean square is trustworthy. */
import { pow } from "../core/math.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  type Defaults,
  Optimizer,
  type OptimizerOptions,
  type ParamGroup,
  type Params,
} from "./optimizer.js";
import { checkBetas, checkRange } from "./options.js";
import { average, direction } from "./rules.js";
import { filled, type Slots, scalar } from "./state.js";

export interface RAdamOptions extends OptimizerOptions {
  /** Shares of the past in the running means of the gradient and of its square. @defaultValue [0.9, 0.999] */
  betas?: readonly [number, number];
  /** Added to the root of the mean square. @defaultValue 1e-8 */
  eps?: number;
  /** Factor of the parameter that is added to its gradient. @defaultValue 0 */
  weightDecay?: number;
}

interface RAdamState {
  step: number;
  expAvg: Tensor;
  expAvgSq: Tensor;
}

const defaults: Defaults<RAdamOptions> = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  foreach: null,
};

/** As Adam, its steps multiplied by the rectification of the variance, and plain where there is none. @see torch.optim.RAdam */
export class RAdam extends Optimizer<RAdamOptions, RAdamState> {
  constructor(params: Params<RAdamOptions>, options: RAdamOptions = {}) {
    super(params, options, defaults);
  }

  protected override checkOptions({ betas, eps, weightDecay }: Required<RAdamOptions>): void {
    checkRange("RAdam", "epsilon", eps);
    checkBetas("RAdam", betas);
    checkRange("RAdam", "weight_decay", weightDecay);
  }

  protected override slots(): Slots<RAdamState> {
    return { step: scalar(0), expAvg: filled(0), expAvgSq: filled(0) };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<RAdamOptions>): void {
    const [beta1, beta2] = group.betas;
    const state = this.stateOf(param, group);
    const g = direction(param, grad, group);
    const t = ++state.step;
    const fading = pow(beta2, t);
    average(state.expAvg, g, beta1);
    average(state.expAvgSq, g.square(), beta2);
    const mean = state.expAvg.div(1 - pow(beta1, t));
    // ρ: how many gradients the running mean square averages over.
    const most = 2 / (1 - beta2) - 1;
    const rho = most - (2 * t * fading) / (1 - fading);
    if (rho <= 5) return void param.add_(mean, { alpha: -group.lr });
    const rectified = Math.sqrt(((rho - 4) * (rho - 2) * most) / ((most - 4) * (most - 2) * rho));
    const root = state.expAvgSq.sqrt().add_(group.eps);
    param.add_(mean.div(root), { alpha: -group.lr * rectified * Math.sqrt(1 - fading) });
  }
}
