/** Negative log-likelihoods of numbers: normal and Poisson distributions. */
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape, numel, sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { add, div, mul, square, sub } from "../elementwise/arithmetic.js";
import { le, lt } from "../elementwise/comparison.js";
import { exp, log } from "../elementwise/exponential.js";
import { maskedFill } from "../elementwise/selection.js";
import { checkTensor } from "../kernel.js";
import { lifted } from "../linear/distance.js";
import { any } from "../reduction/reduction.js";
import { unsqueeze } from "../shape/view.js";
import { type LossOptions, reduceLoss, reductionOf } from "./loss-reduction.js";

const TWO_PI = 2 * Math.PI;
const HALF_LN_TWO_PI = 0.9189385332046727;

export interface GaussianNllOptions extends LossOptions {
  /** Add the constant ½·ln 2π. @defaultValue false */
  full?: boolean;
  /** The least variance. @defaultValue 1e-6 */
  eps?: number;
}
/** ½·(ln v + (x − y)²/v), v the variance, not below eps. @see torch.nn.functional.gaussian_nll_loss */
export function gaussianNllLoss(
  x: Tensor,
  target: Tensor,
  variance: Tensor,
  options: GaussianNllOptions = {},
): Tensor {
  checkTensor("gaussianNllLoss", x);
  checkTensor("gaussianNllLoss", target);
  checkTensor("gaussianNllLoss", variance);
  const reduction = reductionOf("gaussianNllLoss", options, ["full", "eps", "reduction"]);
  const { full = false, eps = 1e-6 } = options;
  let v = variance;
  if (!sameShape(v.shape, x.shape)) {
    if (sameShape(v.shape, x.shape.slice(0, -1))) v = unsqueeze(v, -1);
    else if (!sameShape(v.shape, [...x.shape.slice(0, -1), 1]))
      throw new ShapeError(
        `gaussianNllLoss: var is of incorrect size: ${formatShape(v.shape)} beside ${formatShape(x.shape)}`,
      );
  }
  if (numel(v.shape) > 0 && scalarOf(any(lt(v.detach(), 0))) === true)
    throw new ArgumentError("gaussianNllLoss: var has negative entry/entries");
  v = lifted(v, eps);
  const loss = mul(add(log(v), div(square(sub(x, target)), v)), 0.5);
  return reduceLoss(full ? add(loss, HALF_LN_TWO_PI) : loss, reduction);
}

export interface PoissonNllOptions extends LossOptions {
  /** x is the logarithm of the rate. @defaultValue true */
  logInput?: boolean;
  /** Add Stirling's approximation of ln y! where y > 1. @defaultValue false */
  full?: boolean;
  /** Added to the rate before its logarithm. @defaultValue 1e-8 */
  eps?: number;
}
/** eˣ − y·x, or x − y·ln(x + eps). @see torch.nn.functional.poisson_nll_loss */
export function poissonNllLoss(x: Tensor, target: Tensor, options: PoissonNllOptions = {}): Tensor {
  checkTensor("poissonNllLoss", x);
  checkTensor("poissonNllLoss", target);
  const reduction = reductionOf("poissonNllLoss", options, ["logInput", "full", "eps", "reduction"]);
  const { logInput = true, full = false, eps = 1e-8 } = options;
  const loss = logInput ? sub(exp(x), mul(target, x)) : sub(x, mul(target, log(add(x, eps))));
  if (!full) return reduceLoss(loss, reduction);
  const stirling = add(sub(mul(target, log(target)), target), mul(log(mul(target, TWO_PI)), 0.5));
  return reduceLoss(add(loss, maskedFill(stirling, le(target, 1), 0)), reduction);
}
