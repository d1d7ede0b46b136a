/** Adam: steps scaled by running means of the gradient and of its square. */
import { zerosLike } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  type Defaults,
  Optimizer,
  type OptimizerOptions,
  type ParamGroup,
  type Params,
} from "./optimizer.js";
import { checkBetas, checkRange } from "./options.js";
import { filled, keep, type Slots, scalar } from "./state.js";

export interface AdamBaseOptions extends OptimizerOptions {
  /** Shares of the past in the running means of the gradient and of its square. @defaultValue [0.9, 0.999] */
  betas?: readonly [number, number];
  /** Added to the root of the mean square. @defaultValue 1e-8 */
  eps?: number;
  /** For Adam a factor of the parameter in its gradient, for AdamW its own decay. @defaultValue 0, AdamW 0.01 */
  weightDecay?: number;
  /** Divide by the greatest mean square so far. @defaultValue false */
  amsgrad?: boolean;
  /** Step up the gradient. @defaultValue false */
  maximize?: boolean;
  /** Only false. */
  capturable?: boolean;
}

interface AdamState {
  step: number;
  expAvg: Tensor;
  expAvgSq: Tensor;
  maxExpAvgSq?: Tensor;
}

/** What Adam and AdamW share: all but what weight decay means. */
export abstract class AdamBase extends Optimizer<AdamBaseOptions, AdamState> {
  /** @param decoupled whether the weights shrink by themselves, the gradient staying as it is */
  constructor(
    params: Params<AdamBaseOptions>,
    options: AdamBaseOptions,
    defaults: Defaults<AdamBaseOptions>,
    private readonly decoupled: boolean,
  ) {
    super(params, options, defaults);
  }

  protected override checkOptions({ betas, eps, weightDecay }: Required<AdamBaseOptions>): void {
    const { name } = this.constructor;
    checkRange(name, "epsilon", eps);
    checkBetas(name, betas);
    checkRange(name, "weight_decay", weightDecay);
  }

  protected override slots({ amsgrad }: ParamGroup<AdamBaseOptions>): Slots<AdamState> {
    const always = { step: scalar(0), expAvg: filled(0), expAvgSq: filled(0) };
    return amsgrad ? { ...always, maxExpAvgSq: filled(0) } : always;
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<AdamBaseOptions>): void {
    const state = this.stateOf(param, group);
    const { lr, betas, eps, weightDecay, amsgrad, maximize } = group;
    const [beta1, beta2] = betas;
    const largest = amsgrad ? (state.maxExpAvgSq ??= keep(zerosLike(param))) : null;
    const step = {
      lr,
      beta1,
      beta2,
      eps,
      weightDecay,
      decoupled: this.decoupled,
      maximize,
      step: ++state.step,
    };
    param.storage.backend.adamStep(param, grad, state.expAvg, state.expAvgSq, largest, step);
    param.version.value++;
  }
}

export interface AdamOptions extends AdamBaseOptions {
  /** Only false. */
  differentiable?: boolean;
  /** Only false: the step is one kernel anyway. */
  fused?: boolean;
}

const defaults: Defaults<AdamOptions> = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0,
  amsgrad: false,
  maximize: false,
  foreach: null,
  capturable: false,
  differentiable: false,
  fused: false,
};

/**
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², x ← x − lr·m̂ / (√v̂ + ε), m̂ and v̂ being corrected for their start at 0.
 *
 * @example new optim.Adam(net.parameters(), { lr: 1e-3 })
 * @see torch.optim.Adam
 */
export class Adam extends AdamBase {
  constructor(params: Params<AdamOptions>, options: AdamOptions = {}) {
    super(params, options, defaults, false);
  }
}
