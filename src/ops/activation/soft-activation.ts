/** Activations without corners, or nearly so. */
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape, normalizeDim } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import { defaultGenerator } from "../../tensor/random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { abs, add, div, mul, neg, sub } from "../elementwise/arithmetic.js";
import { gt } from "../elementwise/comparison.js";
import { expm1, log } from "../elementwise/exponential.js";
import { clamp } from "../elementwise/limits.js";
import { where } from "../elementwise/selection.js";
import { tanh } from "../elementwise/trigonometric.js";
import { scatter } from "../index/gathering.js";
import { checkKind, checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { max } from "../reduction/reduction.js";
import { chunk } from "../shape/slicing.js";
import { sigmoid, softmax, softplus } from "./activation.js";

/** x/(1 + |x|). @see torch.nn.functional.softsign */
export function softsign(x: Tensor): Tensor {
  checkTensor("softsign", x);
  return div(x, add(abs(x), 1));
}

/** x − tanh(x). @see torch.nn.functional.tanhshrink */
export function tanhshrink(x: Tensor): Tensor {
  checkTensor("tanhshrink", x);
  return sub(x, tanh(x));
}

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** scale·(x where x > 0, else alpha·(eˣ − 1)). @see torch.nn.functional.selu; Klambauer et al. 2017, arXiv:1706.02515 */
export function selu(x: Tensor): Tensor {
  checkTensor("selu", x);
  checkKind("selu", x, "float");
  const below = mul(expm1(clamp(x, null, 0)), SELU_ALPHA * SELU_SCALE);
  return named("elu", where(gt(x, 0), mul(x, SELU_SCALE), below));
}

export interface CeluOptions {
  /** @defaultValue 1 */
  alpha?: number;
}
/** x where x > 0, else alpha·(e^(x/alpha) − 1). @see torch.nn.functional.celu; Barron 2017, arXiv:1704.07483 */
export function celu(x: Tensor, options: CeluOptions = {}): Tensor {
  checkTensor("celu", x);
  checkKind("celu", x, "float");
  checkOptions("celu", options, ["alpha"]);
  const { alpha = 1 } = options;
  if (alpha === 0) throw new ArgumentError("celu: ZeroDivisionError: alpha cannot be 0 for CELU");
  return named("celu", where(gt(x, 0), x, mul(expm1(div(clamp(x, null, 0), alpha)), alpha)));
}

/** x·tanh(softplus(x)). @see torch.nn.functional.mish; Misra 2019, arXiv:1908.08681 */
export function mish(x: Tensor): Tensor {
  checkTensor("mish", x);
  checkKind("mish", x, "float");
  return named("mish", mul(x, tanh(softplus(x))));
}

/** a·sigmoid(b) of the two halves a and b of a dim. @see torch.nn.functional.glu; Dauphin et al. 2016, arXiv:1612.08083 */
export function glu(x: Tensor, dim = -1): Tensor {
  checkTensor("glu", x);
  checkKind("glu", x, "float");
  if (x.ndim === 0) throw new ShapeError("glu: glu does not support 0-dimensional tensors");
  const d = normalizeDim("glu", dim, x.ndim);
  if (x.shape[d]! % 2 !== 0)
    throw new ShapeError(
      `glu: Halving dimension must be even, but dimension ${d} is size ${x.shape[d]} of ${formatShape(x.shape)}`,
    );
  const [a, b] = chunk(x, 2, d) as [Tensor, Tensor];
  return named("glu", mul(a, sigmoid(b)));
}

export interface GumbelSoftmaxOptions {
  /** Temperature. @defaultValue 1 */
  tau?: number;
  /** Give 1 at the greatest and 0 elsewhere, with the gradient of the soft sample. @defaultValue false */
  hard?: boolean;
}
/** softmax((x + G)/tau) with G drawn as −ln E, E exponential. @see torch.nn.functional.gumbel_softmax; Jang et al. 2016, arXiv:1611.01144 */
export function gumbelSoftmax(x: Tensor, dim = -1, options: GumbelSoftmaxOptions = {}): Tensor {
  checkTensor("gumbelSoftmax", x);
  checkKind("gumbelSoftmax", x, "float");
  checkOptions("gumbelSoftmax", options, ["tau", "hard", "eps"]);
  const { tau = 1, hard = false } = options;
  const noise = make(x.shape, x.dtype, x.storage.backend);
  x.storage.backend.random(noise, { kind: "exponential", rate: 1 }, defaultGenerator);
  const y = softmax(div(add(x, neg(log(noise))), tau), dim);
  if (!hard) return y;
  const { indices } = max(y.detach(), dim, { keepdim: true });
  const chosen = scatter(zerosOf(y, y.shape), dim, indices, 1);
  return add(sub(chosen, y.detach()), y);
}
