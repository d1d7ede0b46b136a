/** Activations made of straight pieces. */
import { record } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import { defaultGenerator } from "../../tensor/random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { add, div, mul, sub } from "../elementwise/arithmetic.js";
import { ge, gt, le, logicalAnd, lt } from "../elementwise/comparison.js";
import { clamp } from "../elementwise/limits.js";
import { where } from "../elementwise/selection.js";
import { indexCopy, nonzero } from "../index/gathering.js";
import { checkKind, checkTensor, onesOf } from "../kernel.js";
import { named } from "../named.js";
import { reshape } from "../shape/view.js";
import { leakyRelu } from "./activation.js";

/** A function of one tensor and its slope, by which the gradient is multiplied. */
function bent(op: string, x: Tensor, y: Tensor, pass: (g: Tensor, x: Tensor) => Tensor): Tensor {
  return record(y.detach(), { op, inputs: [x], saved: [x], backward: (g, [x]) => [() => pass(g, x)] });
}

/** min(max(x + 3, 0), 6)/6. ∂x = g/6 where −3 < x < 3. @see torch.nn.functional.hardsigmoid */
export function hardsigmoid(x: Tensor): Tensor {
  checkTensor("hardsigmoid", x);
  checkKind("hardsigmoid", x, "float");
  const y = div(clamp(add(x.detach(), 3), 0, 6), 6);
  return bent("hardsigmoid", x, y, (g, x) => where(logicalAnd(gt(x, -3), lt(x, 3)), div(g, 6), 0));
}

/** x·hardsigmoid(x). ∂x = g·(x/3 + ½) where −3 ≤ x ≤ 3, g above. @see torch.nn.functional.hardswish */
export function hardswish(x: Tensor): Tensor {
  checkTensor("hardswish", x);
  checkKind("hardswish", x, "float");
  const y = div(mul(x.detach(), clamp(add(x.detach(), 3), 0, 6)), 6);
  return bent("hardswish", x, y, (g, x) =>
    where(lt(x, -3), 0, where(le(x, 3), mul(g, add(div(x, 3), 0.5)), g)),
  );
}

export interface ShrinkOptions {
  /** Half the width of the part that becomes 0. @defaultValue 0.5 */
  lambd?: number;
}
const small = (x: Tensor, lambd: number): Tensor => logicalAnd(ge(x, -lambd), le(x, lambd));

/** x where |x| > λ, else 0. ∂x = g there. @see torch.nn.functional.hardshrink */
export function hardshrink(x: Tensor, options: ShrinkOptions = {}): Tensor {
  checkTensor("hardshrink", x);
  checkKind("hardshrink", x, "float");
  checkOptions("hardshrink", options, ["lambd"]);
  const { lambd = 0.5 } = options;
  const y = where(small(x, lambd), 0, x.detach());
  return bent("hardshrink", x, y, (g, x) => where(small(x, lambd), 0, g));
}

/** x − λ above λ, x + λ below −λ, else 0. ∂x = g outside. @see torch.nn.functional.softshrink */
export function softshrink(x: Tensor, options: ShrinkOptions = {}): Tensor {
  checkTensor("softshrink", x);
  checkKind("softshrink", x, "float");
  checkOptions("softshrink", options, ["lambd"]);
  const { lambd = 0.5 } = options;
  if (!(lambd >= 0))
    throw new ArgumentError(`softshrink: lambda must be greater or equal to 0, but found to be ${lambd}`);
  const z = x.detach();
  const y = where(gt(z, lambd), sub(z, lambd), where(lt(z, -lambd), add(z, lambd), 0));
  return bent("softshrink", x, y, (g, x) => where(small(x, lambd), 0, g));
}

/** x where x > threshold, else `value`. ∂x = g there. @see torch.nn.functional.threshold */
export function threshold(x: Tensor, limit: number, value: number): Tensor {
  checkTensor("threshold", x);
  checkKind("threshold", x, "int", "float");
  const y = to(where(le(x.detach(), limit), value, x.detach()), x.dtype);
  return bent("threshold", x, y, (g, x) => where(le(x, limit), 0, g));
}

/**
 * x where x > 0, else weight·x: x [N, C, …] with weight [C], or any x with weight [1]. ∂weight = Σ g·x where x ≤ 0.
 *
 * @throws ShapeError if the weight fits neither
 * @see torch.nn.functional.prelu; He et al. 2015, arXiv:1502.01852
 */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  checkTensor("prelu", x);
  checkTensor("prelu", weight);
  if (weight.ndim > 1)
    throw new ShapeError(
      `prelu: Expected weight to be a scalar or 1D tensor, but got ndim = ${weight.ndim}: ${formatShape(weight.shape)}`,
    );
  const count = numel(weight.shape);
  const channels = x.ndim > 1 ? x.shape[1]! : 1;
  if (count !== 1 && count !== channels)
    throw new ShapeError(
      `prelu: Mismatch of parameter numbers and input channel size. Found parameter numbers = ${count} and channel size = ${channels}`,
    );
  const shape = x.shape.map((_, d) => (d === 1 ? count : 1));
  const slope = count === 1 ? reshape(weight, []) : reshape(weight, shape);
  return named("prelu", where(gt(x, 0), x, mul(x, slope)));
}

export interface RReluOptions {
  /** @defaultValue 1/8 */
  lower?: number;
  /** @defaultValue 1/3 */
  upper?: number;
  /** Draw slopes; otherwise their mean is taken. @defaultValue false */
  training?: boolean;
}
/** x where x > 0, else r·x with r drawn from [lower, upper) for each. ∂x = g·r. @see torch.nn.functional.rrelu */
export function rrelu(x: Tensor, options: RReluOptions = {}): Tensor {
  checkTensor("rrelu", x);
  checkKind("rrelu", x, "float");
  checkOptions("rrelu", options, ["lower", "upper", "training"]);
  const { lower = 1 / 8, upper = 1 / 3, training = false } = options;
  if (!(lower <= upper))
    throw new ArgumentError(
      `rrelu: Lower bound should be less than or equal to the upper bound: ${lower}, ${upper}`,
    );
  if (!training) return named("rrelu_with_noise", leakyRelu(x, { negativeSlope: (lower + upper) / 2 }));
  const count = numel(x.shape);
  const bent = reshape(nonzero(reshape(le(x.detach(), 0), [count])), [-1]);
  const drawn = make(bent.shape, "float64", x.storage.backend);
  x.storage.backend.random(drawn, { kind: "uniform", from: lower, to: upper }, defaultGenerator);
  const slopes = reshape(indexCopy(onesOf(x, [count]), 0, bent, to(drawn, x.dtype)), x.shape as number[]);
  return named("rrelu_with_noise", mul(x, slopes));
}
