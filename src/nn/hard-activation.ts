/** Further activations as layers. */

import { checkInteger, checkOptions } from "../core/arguments.js";
import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { hardtanh, relu6, softmax, softmin } from "../ops/activation/activation.js";
import * as hard from "../ops/activation/hard-activation.js";
import * as soft from "../ops/activation/soft-activation.js";
import { checkTensor } from "../ops/kernel.js";
import { full } from "../tensor/create.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { type InplaceOptions, Softmax } from "./activation.js";
import { builtIn } from "./builtin.js";
import { pyFloat } from "./describe.js";
import type { FactoryOptions } from "./linear.js";
import { Module } from "./module.js";

/** An activation with options of its own, and perhaps into its input's memory. */
abstract class Activation<O extends object> extends Module {
  readonly inplace: boolean;
  protected readonly options: O;
  constructor(options: O & InplaceOptions, keys: readonly string[]) {
    super();
    checkOptions(this.constructor.name, options, [...keys, "inplace"]);
    const { inplace = false, ...rest } = options;
    this.inplace = inplace;
    this.options = rest as object as O;
  }
  protected abstract bend(x: Tensor): Tensor;
  protected describe(): string {
    return "";
  }
  override forward(x: Tensor): Tensor {
    const y = this.bend(x);
    return this.inplace ? x.copy_(y) : y;
  }
  override extraRepr(): string {
    return [this.describe(), this.inplace ? "inplace=True" : ""].filter(Boolean).join(", ");
  }
}

/** An activation without options. */
abstract class Plain extends Activation<object> {
  constructor(options: InplaceOptions = {}) {
    super(options, []);
  }
}
/** @see torch.nn.ReLU6 */
export class ReLU6 extends Plain {
  protected override bend(x: Tensor): Tensor {
    return relu6(x);
  }
  override extraRepr(): string {
    return this.inplace ? "inplace=True" : "";
  }
}
/** @see torch.nn.Hardsigmoid */
export class Hardsigmoid extends Plain {
  protected override bend(x: Tensor): Tensor {
    return hard.hardsigmoid(x);
  }
}
/** @see torch.nn.Hardswish */
export class Hardswish extends Plain {
  protected override bend(x: Tensor): Tensor {
    return hard.hardswish(x);
  }
}
/** @see torch.nn.SELU */
export class SELU extends Plain {
  protected override bend(x: Tensor): Tensor {
    return soft.selu(x);
  }
}
/** @see torch.nn.Mish */
export class Mish extends Plain {
  protected override bend(x: Tensor): Tensor {
    return soft.mish(x);
  }
}
/** @see torch.nn.Softsign */
export class Softsign extends Module {
  override forward(x: Tensor): Tensor {
    return soft.softsign(x);
  }
}
/** @see torch.nn.Tanhshrink */
export class Tanhshrink extends Module {
  override forward(x: Tensor): Tensor {
    return soft.tanhshrink(x);
  }
}
/** x held between minVal (−1) and maxVal (1). @see torch.nn.Hardtanh */
export class Hardtanh extends Activation<{ minVal?: number; maxVal?: number }> {
  constructor(options: { minVal?: number; maxVal?: number } & InplaceOptions = {}) {
    super(options, ["minVal", "maxVal"]);
  }
  protected override bend(x: Tensor): Tensor {
    return hardtanh(x, this.options);
  }
  protected override describe(): string {
    const { minVal = -1, maxVal = 1 } = this.options;
    return `min_val=${pyFloat(minVal)}, max_val=${pyFloat(maxVal)}`;
  }
}
/** @see torch.nn.CELU */
export class CELU extends Activation<soft.CeluOptions> {
  constructor(options: soft.CeluOptions & InplaceOptions = {}) {
    super(options, ["alpha"]);
  }
  protected override bend(x: Tensor): Tensor {
    return soft.celu(x, this.options);
  }
  protected override describe(): string {
    return `alpha=${pyFloat(this.options.alpha ?? 1)}`;
  }
}
/** Slopes drawn in training, their mean otherwise. @see torch.nn.RReLU */
export class RReLU extends Activation<Omit<hard.RReluOptions, "training">> {
  constructor(options: Omit<hard.RReluOptions, "training"> & InplaceOptions = {}) {
    super(options, ["lower", "upper"]);
  }
  protected override bend(x: Tensor): Tensor {
    return hard.rrelu(x, { ...this.options, training: this.training });
  }
  protected override describe(): string {
    const { lower = 1 / 8, upper = 1 / 3 } = this.options;
    return `lower=${pyFloat(lower)}, upper=${pyFloat(upper)}`;
  }
}
abstract class Shrink extends Module {
  readonly lambd: number;
  constructor(options: hard.ShrinkOptions = {}) {
    super();
    checkOptions(this.constructor.name, options, ["lambd"]);
    this.lambd = options.lambd ?? 0.5;
  }
  override extraRepr(): string {
    return pyFloat(this.lambd);
  }
}
/** @see torch.nn.Hardshrink */
export class Hardshrink extends Shrink {
  override forward(x: Tensor): Tensor {
    return hard.hardshrink(x, { lambd: this.lambd });
  }
}
/** @see torch.nn.Softshrink */
export class Softshrink extends Shrink {
  override forward(x: Tensor): Tensor {
    return hard.softshrink(x, { lambd: this.lambd });
  }
}
/** x above the threshold, else the value. @see torch.nn.Threshold */
export class Threshold extends Activation<object> {
  constructor(
    readonly threshold: number,
    readonly value: number,
    options: InplaceOptions = {},
  ) {
    super(options, []);
  }
  protected override bend(x: Tensor): Tensor {
    return hard.threshold(x, this.threshold, this.value);
  }
  protected override describe(): string {
    return `threshold=${pyFloat(this.threshold)}, value=${pyFloat(this.value)}`;
  }
}
/** The halves a and b of a dim as a·sigmoid(b). @see torch.nn.GLU */
export class GLU extends Module {
  constructor(readonly dim = -1) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return soft.glu(x, this.dim);
  }
  override extraRepr(): string {
    return `dim=${this.dim}`;
  }
}

export interface PReluLayerOptions extends FactoryOptions {
  /** One slope for all, or one a channel. @defaultValue 1 */
  numParameters?: number;
  /** Where slopes start. @defaultValue 0.25 */
  init?: number;
}
/** LeakyReLU with trained slopes. @see torch.nn.PReLU */
export class PReLU extends Module {
  weight: Parameter;
  readonly numParameters: number;
  constructor(options: PReluLayerOptions = {}) {
    super();
    checkOptions("PReLU", options, ["numParameters", "init", "dtype", "device"]);
    const { numParameters = 1, init = 0.25, dtype, device } = options;
    this.numParameters = checkInteger("PReLU", "numParameters", numParameters, 1);
    this.weight = new Parameter(full([numParameters], init, { dtype, device }));
  }
  override forward(x: Tensor): Tensor {
    return hard.prelu(x, this.weight);
  }
  override extraRepr(): string {
    return `num_parameters=${this.numParameters}`;
  }
}

/** Softmax of −x. @see torch.nn.Softmin */
export class Softmin extends Softmax {
  override forward(x: Tensor): Tensor {
    return softmin(x, this.dimOf(x));
  }
}
/** Softmax over the channels of an image. @see torch.nn.Softmax2d */
export class Softmax2d extends Module {
  override forward(x: Tensor): Tensor {
    checkTensor("Softmax2d", x);
    checkTensor("Softmax2d", x);
    if (x.ndim !== 3 && x.ndim !== 4)
      throw new ShapeError(`Softmax2d: requires a 3D or 4D tensor as input: got ${formatShape(x.shape)}`);
    return softmax(x, -3);
  }
}

builtIn(ReLU6, Hardsigmoid, Hardswish, SELU, Mish, Softsign, Tanhshrink, Hardtanh, CELU, RReLU, Hardshrink);
builtIn(Softshrink, Threshold, GLU, PReLU, Softmin, Softmax2d);
