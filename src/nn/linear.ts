/** Layers that are one matrix product. */
import { checkInteger, checkOptions } from "../core/arguments.js";
import { linear } from "../ops/linear/linear.js";
import { empty, type TensorOptions } from "../tensor/create.js";
import { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyBool } from "./describe.js";
import { calculateFanInAndFanOut, kaimingUniform_, uniform_ } from "./init.js";
import { Module } from "./module.js";

export interface FactoryOptions extends Pick<TensorOptions, "dtype" | "device"> {}

export interface LinearOptions extends FactoryOptions {
  /** Whether to add a trained bias. @defaultValue true */
  bias?: boolean;
}

/** A parameter of the given size, its values still to be set. */
export function parameter(shape: readonly number[], { dtype, device }: FactoryOptions): Parameter {
  return new Parameter(empty(shape, { dtype, device }));
}

/** PyTorch's start for a layer with a weight and perhaps a bias. */
export function resetWeights(weight: Parameter, bias: Parameter | null): void {
  kaimingUniform_(weight, { a: Math.sqrt(5) });
  if (!bias) return;
  const [fanIn] = calculateFanInAndFanOut(weight);
  const bound = fanIn > 0 ? 1 / Math.sqrt(fanIn) : 0;
  uniform_(bias, -bound, bound);
}

/**
 * y = x·wᵀ + b: [..., inFeatures] → [..., outFeatures].
 *
 * @example new nn.Linear(784, 10, { bias: false })
 * @see torch.nn.Linear
 */
export class Linear extends Module {
  weight: Parameter;
  bias: Parameter | null;

  constructor(
    readonly inFeatures: number,
    readonly outFeatures: number,
    options: LinearOptions = {},
  ) {
    super();
    checkInteger("Linear", "inFeatures", inFeatures, 0);
    checkInteger("Linear", "outFeatures", outFeatures, 0);
    checkOptions("Linear", options, ["bias", "dtype", "device"]);
    this.weight = parameter([outFeatures, inFeatures], options);
    this.bias = (options.bias ?? true) ? parameter([outFeatures], options) : null;
    this.resetParameters();
  }

  /** Draws the weights anew. */
  resetParameters(): void {
    resetWeights(this.weight, this.bias);
  }

  override forward(x: Tensor): Tensor {
    return linear(x, this.weight, this.bias);
  }

  override extraRepr(): string {
    return `in_features=${this.inFeatures}, out_features=${this.outFeatures}, bias=${pyBool(this.bias !== null)}`;
  }
}

/** Gives back what it is given, whatever it was made with. @see torch.nn.Identity */
export class Identity extends Module {
  constructor(..._ignored: readonly unknown[]) {
    super();
  }
  override forward(x: Tensor): Tensor {
    return x;
  }
}

builtIn(Linear, Identity);
