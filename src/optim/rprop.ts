/** Rprop: step sizes that grow while the gradient keeps its sign. */
import { ArgumentError } from "../core/errors.js";
import { where } from "../ops/elementwise/selection.js";
import type { Tensor } from "../tensor/tensor.js";
import {
  type Defaults,
  Optimizer,
  type OptimizerOptions,
  type ParamGroup,
  type Params,
} from "./optimizer.js";
import { direction } from "./rules.js";
import { count, filled, type Slots } from "./state.js";

export interface RpropOptions extends OptimizerOptions {
  /** Factors of a step size when the sign changes and when it stays. @defaultValue [0.5, 1.2] */
  etas?: readonly [number, number];
  /** The least and the greatest step size. @defaultValue [1e-6, 50] */
  stepSizes?: readonly [number, number];
  /** Step up the gradient. @defaultValue false */
  maximize?: boolean;
}

interface RpropState {
  step: number;
  prev: Tensor;
  stepSize: Tensor;
}

const defaults: Defaults<RpropOptions> = {
  lr: 1e-2,
  etas: [0.5, 1.2],
  stepSizes: [1e-6, 50],
  foreach: null,
  maximize: false,
};

/** x ← x − s·sign(g); s is multiplied by an eta according to the signs of g and of the gradient before. @see torch.optim.Rprop */
export class Rprop extends Optimizer<RpropOptions, RpropState> {
  constructor(params: Params<RpropOptions>, options: RpropOptions = {}) {
    super(params, options, defaults);
  }

  protected override checkOptions({ etas: [less, more] }: Required<RpropOptions>): void {
    if (!(less > 0 && less < 1 && more > 1))
      throw new ArgumentError(`Rprop: Invalid eta values: ${less}, ${more}`);
  }

  protected override slots({ lr }: ParamGroup<RpropOptions>): Slots<RpropState> {
    return { step: count(0), prev: filled(0), stepSize: filled(lr) };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<RpropOptions>): void {
    const { etas, stepSizes, maximize } = group;
    const state = this.stateOf(param, group);
    const g = direction(param, grad, { weightDecay: 0, maximize });
    state.step++;
    const agreement = g.mul(state.prev);
    const turned = agreement.lt(0);
    const factor = where(turned, etas[0], where(agreement.gt(0), etas[1], 1)).to(param);
    state.stepSize.mul_(factor).clamp_(...stepSizes);
    // Where the sign changed the parameter rests for one step.
    const going = where(turned, 0, g);
    param.sub_(going.sign().mul(state.stepSize));
    state.prev.copy_(going);
  }
}
