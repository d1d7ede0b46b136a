/** Adadelta: steps scaled by running means of squared gradients and of squared steps. */
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
import { count, filled, type Slots } from "./state.js";

export interface AdadeltaOptions extends OptimizerOptions {
  /** Share of the past in the running means. @defaultValue 0.9 */
  rho?: number;
  /** Added under the roots. @defaultValue 1e-6 */
  eps?: number;
  /** Factor of the parameter that is added to its gradient. @defaultValue 0 */
  weightDecay?: number;
  /** Step up the gradient. @defaultValue false */
  maximize?: boolean;
}

interface AdadeltaState {
  step: number;
  squareAvg: Tensor;
  accDelta: Tensor;
}

const defaults: Defaults<AdadeltaOptions> = {
  lr: 1,
  rho: 0.9,
  eps: 1e-6,
  weightDecay: 0,
  maximize: false,
  foreach: null,
};

/** v ← ρv + (1 − ρ)g², d = g·√(u + ε) / √(v + ε), u ← ρu + (1 − ρ)d², x ← x − lr·d. @see torch.optim.Adadelta */
export class Adadelta extends Optimizer<AdadeltaOptions, AdadeltaState> {
  constructor(params: Params<AdadeltaOptions>, options: AdadeltaOptions = {}) {
    super(params, options, defaults);
  }

  protected override checkOptions({ rho, eps, weightDecay }: Required<AdadeltaOptions>): void {
    checkRange("Adadelta", "rho", rho, 1);
    checkRange("Adadelta", "epsilon", eps);
    checkRange("Adadelta", "weight_decay", weightDecay);
  }

  protected override slots(): Slots<AdadeltaState> {
    return { step: count(0), squareAvg: filled(0), accDelta: filled(0) };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<AdadeltaOptions>): void {
    const { lr, rho, eps } = group;
    const state = this.stateOf(param, group);
    const g = direction(param, grad, group);
    state.step++;
    const root = average(state.squareAvg, g.square(), rho).add(eps).sqrt();
    const delta = state.accDelta.add(eps).sqrt().div(root).mul(g);
    average(state.accDelta, delta.square(), rho);
    param.add_(delta, { alpha: -lr });
  }
}
