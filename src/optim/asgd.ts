/** Averaged stochastic gradient descent. */
import { pow } from "../core/math.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  type Defaults,
  Optimizer,
  type OptimizerOptions,
  type ParamGroup,
  type Params,
} from "./optimizer.js";
import { checkRange } from "./options.js";
import { direction } from "./rules.js";
import { filled, type Slots, scalar } from "./state.js";

export interface ASGDOptions extends OptimizerOptions {
  /** Decay of the parameters at each step. @defaultValue 1e-4 */
  lambd?: number;
  /** Power with which the rate falls. @defaultValue 0.75 */
  alpha?: number;
  /** The step at which averaging starts. @defaultValue 1e6 */
  t0?: number;
  /** Factor of the parameter that is added to its gradient. @defaultValue 0 */
  weightDecay?: number;
  /** Step up the gradient. @defaultValue false */
  maximize?: boolean;
}

interface ASGDState {
  step: number;
  eta: number;
  mu: number;
  ax: Tensor;
}

const defaults: Defaults<ASGDOptions> = {
  lr: 1e-2,
  lambd: 1e-4,
  alpha: 0.75,
  t0: 1e6,
  weightDecay: 0,
  foreach: null,
  maximize: false,
};

/** x ← (1 − λη)x − ηg with η = lr / (1 + λ·lr·t)^α; `ax` in the state averages x from step t0 on. @see torch.optim.ASGD */
export class ASGD extends Optimizer<ASGDOptions, ASGDState> {
  constructor(params: Params<ASGDOptions>, options: ASGDOptions = {}) {
    super(params, options, defaults);
  }

  protected override checkOptions({ weightDecay }: Required<ASGDOptions>): void {
    checkRange("ASGD", "weight_decay", weightDecay);
  }

  protected override slots({ lr }: ParamGroup<ASGDOptions>): Slots<ASGDState> {
    return { step: scalar(0), eta: scalar(Math.fround(lr)), mu: scalar(1), ax: filled(0) };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<ASGDOptions>): void {
    const { lr, lambd, alpha, t0 } = group;
    const state = this.stateOf(param, group);
    const g = direction(param, grad, group);
    const t = ++state.step;
    param.mul_(1 - lambd * state.eta).add_(g, { alpha: -state.eta });
    if (state.mu === 1) state.ax.copy_(param);
    else state.ax.add_(param.sub(state.ax).mul(state.mu));
    state.eta = Math.fround(lr / pow(1 + lambd * lr * t, alpha));
    state.mu = Math.fround(1 / Math.max(1, t - t0));
  }
}
