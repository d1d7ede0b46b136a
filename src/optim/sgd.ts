/** Stochastic gradient descent. */
import { ArgumentError } from "../core/errors.js";
import { emptyLike } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { Optimizer, type OptimizerOptions, type ParamGroup, type Params } from "./optimizer.js";
import { checkRange } from "./options.js";
import { keep, later, type Slots } from "./state.js";

export interface SGDOptions extends OptimizerOptions {
  /** Share of the last step in the next. @defaultValue 0 */
  momentum?: number;
  /** How much less than 1 the gradient counts in the buffer. @defaultValue 0 */
  dampening?: number;
  /** Factor of the parameter that is added to its gradient. @defaultValue 0 */
  weightDecay?: number;
  /** Look one step of momentum ahead. @defaultValue false */
  nesterov?: boolean;
  /** Step up the gradient. @defaultValue false */
  maximize?: boolean;
  /** Only false. */
  differentiable?: boolean;
}

interface SGDState {
  momentumBuffer: Tensor | null;
}

const defaults = {
  lr: undefined,
  momentum: 0,
  dampening: 0,
  weightDecay: 0,
  nesterov: false,
  maximize: false,
  foreach: null,
  differentiable: false,
};

/**
 * b ← momentum·b + (1 − dampening)·g, x ← x − lr·b, where g has weightDecay·x added.
 *
 * @example new optim.SGD(net.parameters(), { lr: 0.1, momentum: 0.9 })
 * @see torch.optim.SGD
 */
export class SGD extends Optimizer<SGDOptions, SGDState> {
  constructor(params: Params<SGDOptions>, options: SGDOptions = {}) {
    super(params, options, defaults);
  }

  protected override checkOptions({
    momentum,
    dampening,
    weightDecay,
    nesterov,
  }: Required<SGDOptions>): void {
    checkRange("SGD", "momentum", momentum);
    checkRange("SGD", "weight_decay", weightDecay);
    if (nesterov && (momentum === 0 || dampening !== 0))
      throw new ArgumentError(
        `SGD: Nesterov momentum requires a momentum and zero dampening: momentum ${momentum}, dampening ${dampening}`,
      );
  }

  protected override slots(): Slots<SGDState> {
    return { momentumBuffer: later };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<SGDOptions>): void {
    const state = this.stateOf(param, group);
    const first = state.momentumBuffer === null;
    if (group.momentum !== 0) state.momentumBuffer ??= keep(emptyLike(param));
    const buffer = group.momentum === 0 ? null : state.momentumBuffer;
    param.storage.backend.sgdStep(param, grad, buffer, { ...group, first });
    param.version.value++;
  }
}
