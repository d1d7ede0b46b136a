/** Adagrad: steps scaled by the sum of all squared gradients. */
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

export interface AdagradOptions extends OptimizerOptions {
  /** The rate of step t is lr / (1 + (t − 1)·lrDecay). @defaultValue 0 */
  lrDecay?: number;
  /** Added to the root. @defaultValue 1e-10 */
  eps?: number;
  /** Factor of the parameter that is added to its gradient. @defaultValue 0 */
  weightDecay?: number;
  /** Where the sums start. @defaultValue 0 */
  initialAccumulatorValue?: number;
  /** Step up the gradient. @defaultValue false */
  maximize?: boolean;
}

interface AdagradState {
  step: number;
  sum: Tensor;
}

const defaults: Defaults<AdagradOptions> = {
  lr: 1e-2,
  lrDecay: 0,
  eps: 1e-10,
  weightDecay: 0,
  initialAccumulatorValue: 0,
  foreach: null,
  maximize: false,
};

/** s ← s + g², x ← x − lr·g / (√s + ε). @see torch.optim.Adagrad */
export class Adagrad extends Optimizer<AdagradOptions, AdagradState> {
  constructor(params: Params<AdagradOptions>, options: AdagradOptions = {}) {
    super(params, options, defaults);
  }

  /** Unlike the others', its state is there before the first step. */
  override addParamGroup(options: { params: Tensor | Iterable<Tensor> } & AdagradOptions): void {
    super.addParamGroup(options);
    const group = this.paramGroups.at(-1)!;
    for (const param of group.params) this.stateOf(param, group);
  }

  protected override checkOptions(options: Required<AdagradOptions>): void {
    checkRange("Adagrad", "lr_decay", options.lrDecay);
    checkRange("Adagrad", "weight_decay", options.weightDecay);
    checkRange("Adagrad", "initial_accumulator_value", options.initialAccumulatorValue);
    checkRange("Adagrad", "epsilon", options.eps);
  }

  protected override slots({ initialAccumulatorValue }: ParamGroup<AdagradOptions>): Slots<AdagradState> {
    return { step: scalar(0), sum: filled(initialAccumulatorValue) };
  }

  protected override update(param: Tensor, grad: Tensor, group: ParamGroup<AdagradOptions>): void {
    const state = this.stateOf(param, group);
    const g = direction(param, grad, group);
    const rate = group.lr / (1 + state.step++ * group.lrDecay);
    state.sum.add_(g.square());
    param.add_(g.div(state.sum.sqrt().add_(group.eps)), { alpha: -rate });
  }
}
