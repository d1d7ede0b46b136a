/** Activations as layers. */

import { checkInteger, checkOptions } from "../core/arguments.js";
import * as ops from "../ops/activation/activation.js";
import { tanh } from "../ops/elementwise/trigonometric.js";
import { checkTensor } from "../ops/kernel.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyFloat } from "./describe.js";
import { Module } from "./module.js";

export interface InplaceOptions {
  /** Write into the input. @defaultValue false */
  inplace?: boolean;
}

/** max(x, 0). @see torch.nn.ReLU */
export class ReLU extends Module {
  readonly inplace: boolean;
  constructor(options: InplaceOptions = {}) {
    super();
    checkOptions("ReLU", options, ["inplace"]);
    this.inplace = options.inplace ?? false;
  }
  override forward(x: Tensor): Tensor {
    return this.inplace ? x.relu_() : ops.relu(x);
  }
  override extraRepr(): string {
    return this.inplace ? "inplace=True" : "";
  }
}
/** @see torch.nn.Sigmoid */
export class Sigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return ops.sigmoid(x);
  }
}
/** @see torch.nn.Tanh */
export class Tanh extends Module {
  override forward(x: Tensor): Tensor {
    return tanh(x);
  }
}
/** @see torch.nn.LogSigmoid */
export class LogSigmoid extends Module {
  override forward(x: Tensor): Tensor {
    return ops.logsigmoid(x);
  }
}
/** @see torch.nn.SiLU */
export class SiLU extends Module {
  override forward(x: Tensor): Tensor {
    return ops.silu(x);
  }
}
/** @see torch.nn.GELU */
export class GELU extends Module {
  constructor(readonly options: ops.GeluOptions = {}) {
    super();
    checkOptions("GELU", options, ["approximate"]);
  }
  override forward(x: Tensor): Tensor {
    return ops.gelu(x, this.options);
  }
  override extraRepr(): string {
    return `approximate='${this.options.approximate ?? "none"}'`;
  }
}
/** @see torch.nn.Softplus */
export class Softplus extends Module {
  constructor(readonly options: ops.SoftplusOptions = {}) {
    super();
    checkOptions("Softplus", options, ["beta", "threshold"]);
  }
  override forward(x: Tensor): Tensor {
    return ops.softplus(x, this.options);
  }
  override extraRepr(): string {
    return `beta=${this.options.beta ?? 1}, threshold=${this.options.threshold ?? 20}`;
  }
}
/** @see torch.nn.LeakyReLU */
export class LeakyReLU extends Module {
  constructor(readonly options: ops.LeakyReluOptions & InplaceOptions = {}) {
    super();
    checkOptions("LeakyReLU", options, ["negativeSlope", "inplace"]);
  }
  override forward(x: Tensor): Tensor {
    const y = ops.leakyRelu(x, { negativeSlope: this.options.negativeSlope });
    return this.options.inplace ? x.copy_(y) : y;
  }
  override extraRepr(): string {
    return `negative_slope=${this.options.negativeSlope ?? 0.01}${this.options.inplace ? ", inplace=True" : ""}`;
  }
}
/** @see torch.nn.ELU */
export class ELU extends Module {
  constructor(readonly options: ops.EluOptions & InplaceOptions = {}) {
    super();
    checkOptions("ELU", options, ["alpha", "inplace"]);
  }
  override forward(x: Tensor): Tensor {
    const y = ops.elu(x, { alpha: this.options.alpha });
    return this.options.inplace ? x.copy_(y) : y;
  }
  override extraRepr(): string {
    return `alpha=${pyFloat(this.options.alpha ?? 1)}${this.options.inplace ? ", inplace=True" : ""}`;
  }
}

/** A layer along a dim; without one, PyTorch's old choice: 0 for a tensor of 0, 1 or 3 dims, else 1. */
abstract class AlongDim extends Module {
  readonly dim: number | null;
  constructor(dim: number | null = null) {
    super();
    this.dim = dim === null ? null : checkInteger(this.constructor.name, "dim", dim);
  }
  protected dimOf(x: Tensor): number {
    checkTensor(this.constructor.name, x);
    return this.dim ?? ([0, 1, 3].includes(x.ndim) ? 0 : 1);
  }
  override extraRepr(): string {
    return `dim=${this.dim ?? "None"}`;
  }
}
/** eˣ/Σ eˣ along a dim. @example new nn.Softmax(1) @see torch.nn.Softmax */
export class Softmax extends AlongDim {
  override forward(x: Tensor): Tensor {
    return ops.softmax(x, this.dimOf(x));
  }
}
/** ln of Softmax, without its loss of small values. @see torch.nn.LogSoftmax */
export class LogSoftmax extends AlongDim {
  override forward(x: Tensor): Tensor {
    return ops.logSoftmax(x, this.dimOf(x));
  }
}

builtIn(ReLU, Sigmoid, Tanh, LogSigmoid, SiLU, GELU, Softplus, LeakyReLU, ELU, Softmax, LogSoftmax);
