/** NAdam: Adam that looks one step of momentum ahead. */
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

export interface NAdamOptions extends OptimizerOptions {
  /** Shares of the past in the running means of the gradient and of its square. @defaultValue [0.9, 0.999] */
  betas?: readonly [number, number];
  /** Added to the root of the mean square. @defaultValue 1e-8 */
  eps?: number;
  /** Factor of the parameter that is added to its gradient. @defaultValue 0 */
  weightDecay?: number;
  /** How soon the momentum reaches β₁. @defaultValue 0.004 */
  momentumDecay?: number;
}

interface NAdamState {
  step: number;
  muProduct: number;
  expAvg: Tensor;
  expAvgSq: Tensor;
}

const defaults: Defaults<NAdamOptions> = {
  lr: 2e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  momentumDecay: 4e-3,
  foreach: null,
};

/** As Adam, with momentum μₜ = β₁·(1 − 0.96^(t·momentumDecay) / 2) and the gradient itself in the step. @see torch.optim.NAdam */
export class NAdam extends Optimizer<NAdamOptions, NAdamState> {
  constructor(params: Params<NAdamOptions>, options: NAdamOptions = {}) {
    super(params, options, defaults);
  }

  protected override checkOptions({ betas, eps, weightDecay, momentumDecay }: Required<NAdamOptions>): void {
    checkRange("NAdam", "epsilon", eps);
    checkBetas("NAdam", betas);
    checkRange("NAdam", "weight_decay", weightDecay);
    checkRange("NAdam", "momentum_decay", momentumDecay);
  }

  protected override slots(): Slots<NAdamState> {
    return { step: scalar(0), muProduct: scalar(1), expAvg: filled(0), expAvgSq: filled(0) };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<NAdamOptions>): void {
    const { lr, eps, momentumDecay } = group;
    const [beta1, beta2] = group.betas;
    const state = this.stateOf(param, group);
    const g = direction(param, grad, group);
    const t = ++state.step;
    const momentum = (step: number) => beta1 * (1 - 0.5 * pow(0.96, step * momentumDecay));
    const [mu, muNext] = [momentum(t), momentum(t + 1)];
    state.muProduct = Math.fround(state.muProduct * Math.fround(mu));
    // PyTorch 1.13 has μₜ in the next product twice.
    const productNext = Math.fround(Math.fround(state.muProduct * Math.fround(mu)) * Math.fround(muNext));
    average(state.expAvg, g, beta1);
    average(state.expAvgSq, g.square(), beta2);
    const root = state.expAvgSq
      .div(1 - pow(beta2, t))
      .sqrt()
      .add_(eps);
    param.add_(g.div(root), { alpha: (-lr * (1 - mu)) / (1 - state.muProduct) });
    param.add_(state.expAvg.div(root), { alpha: (-lr * muNext) / (1 - productNext) });
  }
}
