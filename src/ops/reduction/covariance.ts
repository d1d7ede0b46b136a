/** How variables, one a row, vary together. */
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { dtypes, isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { to } from "../copying.js";
import { div, mul, sqrt, sub } from "../elementwise/arithmetic.js";
import { lt } from "../elementwise/comparison.js";
import { clamp, clampMin } from "../elementwise/limits.js";
import { checkKind, checkTensor } from "../kernel.js";
import { matmul } from "../linear/matmul.js";
import { diag } from "../shape/rearranging.js";
import { squeeze, transpose, unsqueeze, view } from "../shape/view.js";
import { any, sum } from "./reduction.js";

export interface CovOptions {
  /** Taken off the number of observations: 1 gives the unbiased estimate. @defaultValue 1 */
  correction?: number;
  /** How often each observation was made: whole numbers [observations]. */
  fweights?: Tensor | null;
  /** How much each observation counts: fractions [observations]. */
  aweights?: Tensor | null;
}

function checkWeights(name: "fweights" | "aweights", weights: Tensor, observations: number): void {
  checkTensor("cov", weights);
  if (weights.ndim > 1 || numel(weights.shape) !== observations)
    throw new ShapeError(
      `cov: expected ${name} to have one dimension and as many elements as there are observations in the input: ${formatShape(weights.shape)} for ${observations}`,
    );
  const whole = dtypes[weights.dtype].kind === "int";
  if (name === "fweights" ? !whole : !isFloat(weights.dtype))
    throw new DTypeError(
      `cov: expected ${name} to have ${name === "fweights" ? "integral" : "floating point"} dtype but got ${weights.dtype}`,
    );
  if (observations > 0 && scalarOf(any(lt(weights.detach(), 0))) === true)
    throw new ArgumentError(`cov: ${name} cannot be negative`);
}

/**
 * The covariance matrix of variables [variables, observations]; of a single one [observations] its variance.
 *
 * @example torch.cov(x, { correction: 0 })
 * @see torch.cov
 */
export function cov(x: Tensor, options: CovOptions = {}): Tensor {
  checkTensor("cov", x);
  checkOptions("cov", options, ["correction", "fweights", "aweights"]);
  checkKind("cov", x, "int", "float");
  if (x.ndim > 2)
    throw new ShapeError(
      `cov: expected input to have two or fewer dimensions but got an input with ${x.ndim} dimensions`,
    );
  const { fweights = null, aweights = null } = options;
  const correction = checkInteger("cov", "correction", options.correction ?? 1);
  const rows = x.ndim < 2 ? view(x, 1, -1) : x;
  const observations = rows.shape[1]!;
  if (fweights) checkWeights("fweights", fweights, observations);
  if (aweights) checkWeights("aweights", aweights, observations);
  const w = fweights && aweights ? mul(fweights, aweights) : (fweights ?? aweights);
  const weighted = (y: Tensor) => (w ? mul(y, w) : y);
  const total = w ? sum(w) : observations;
  const centred = sub(rows, unsqueeze(div(sum(weighted(rows), 1), total), 1));
  const taken =
    w && aweights && correction !== 0 ? mul(div(sum(mul(w, aweights)), total), correction) : correction;
  const divisor =
    typeof total === "number"
      ? Math.max(0, total - (taken as number))
      : clampMin(to(sub(total, taken), centred.dtype), 0);
  return squeeze(div(matmul(centred, transpose(weighted(centred), 0, 1)), divisor));
}

/** Correlation coefficients of variables [variables, observations]: the covariances over both deviations. @see torch.corrcoef */
export function corrcoef(x: Tensor): Tensor {
  checkTensor("corrcoef", x);
  if (x.ndim > 2)
    throw new ShapeError(
      `corrcoef: expected input to have two or fewer dimensions but got an input with ${x.ndim} dimensions`,
    );
  const c = cov(x);
  if (c.ndim === 0) return div(c, c);
  const deviation = sqrt(diag(c));
  return clamp(div(div(c, view(deviation, -1, 1)), view(deviation, 1, -1)), -1, 1);
}
