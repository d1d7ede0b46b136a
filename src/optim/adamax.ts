/** Adamax: Adam with the greatest gradient in place of the mean square. */
import { pow } from "../core/math.js";
import { maximum } from "../ops/elementwise/selection.js";
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

export interface AdamaxOptions extends OptimizerOptions {
  /** Shares of the past in the mean and in the maximum. @defaultValue [0.9, 0.999] */
  betas?: readonly [number, number];
  /** Added to the size of the gradient. @defaultValue 1e-8 */
  eps?: number;
  /** Factor of the parameter that is added to its gradient. @defaultValue 0 */
  weightDecay?: number;
  /** Step up the gradient. @defaultValue false */
  maximize?: boolean;
}

interface AdamaxState {
  step: number;
  expAvg: Tensor;
  expInf: Tensor;
}

const defaults: Defaults<AdamaxOptions> = {
  lr: 2e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  foreach: null,
  maximize: false,
};

/** m ← β₁m + (1 − β₁)g, u ← max(β₂u, |g| + ε), x ← x − lr·m / (u·(1 − β₁ᵗ)). @see torch.optim.Adamax */
export class Adamax extends Optimizer<AdamaxOptions, AdamaxState> {
  constructor(params: Params<AdamaxOptions>, options: AdamaxOptions = {}) {
    super(params, options, defaults);
  }

  protected override checkOptions({ betas, eps, weightDecay }: Required<AdamaxOptions>): void {
    checkRange("Adamax", "epsilon", eps);
    checkBetas("Adamax", betas);
    checkRange("Adamax", "weight_decay", weightDecay);
  }

  protected override slots(): Slots<AdamaxState> {
    return { step: scalar(0), expAvg: filled(0), expInf: filled(0) };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<AdamaxOptions>): void {
    const [beta1, beta2] = group.betas;
    const state = this.stateOf(param, group);
    const g = direction(param, grad, group);
    average(state.expAvg, g, beta1);
    state.expInf.copy_(maximum(state.expInf.mul(beta2), g.abs().add_(group.eps)));
    const rate = group.lr / (1 - pow(beta1, ++state.step));
    param.add_(state.expAvg.div(state.expInf), { alpha: -rate });
  }
}
