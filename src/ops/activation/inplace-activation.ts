/** Activations that write over what they are given. */
import type { Tensor } from "../../tensor/tensor.js";
import { inPlace } from "../rewrite.js";
import { type EluOptions, elu, hardtanh, type LeakyReluOptions, leakyRelu, relu } from "./activation.js";
import { type RReluOptions, rrelu, threshold } from "./hard-activation.js";
import { type CeluOptions, celu, selu } from "./soft-activation.js";

/** @see torch.nn.functional.relu_ */
export function relu_(x: Tensor): Tensor {
  return inPlace("relu_", x, [], () => relu(x));
}
/** @see torch.nn.functional.elu_ */
export function elu_(x: Tensor, options?: EluOptions): Tensor {
  return inPlace("elu_", x, [], () => elu(x, options));
}
/** @see torch.nn.functional.celu_ */
export function celu_(x: Tensor, options?: CeluOptions): Tensor {
  return inPlace("celu_", x, [], () => celu(x, options));
}
/** @see torch.nn.functional.selu_ */
export function selu_(x: Tensor): Tensor {
  return inPlace("selu_", x, [], () => selu(x));
}
/** @see torch.nn.functional.hardtanh_ */
export function hardtanh_(x: Tensor, options?: { minVal?: number; maxVal?: number }): Tensor {
  return inPlace("hardtanh_", x, [], () => hardtanh(x, options));
}
/** @see torch.nn.functional.leaky_relu_ */
export function leakyRelu_(x: Tensor, options?: LeakyReluOptions): Tensor {
  return inPlace("leakyRelu_", x, [], () => leakyRelu(x, options));
}
/** @see torch.nn.functional.rrelu_ */
export function rrelu_(x: Tensor, options?: RReluOptions): Tensor {
  return inPlace("rrelu_", x, [], () => rrelu(x, options));
}
/** @see torch.nn.functional.threshold_ */
export function threshold_(x: Tensor, limit: number, value: number): Tensor {
  return inPlace("threshold_", x, [], () => threshold(x, limit, value));
}
