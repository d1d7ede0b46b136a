/** Spreads, norms and sums of exponentials. */
import { record } from "../../autograd/record.js";
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError, show } from "../../core/errors.js";
import { normalizeDims, numel } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { add, div, mul, sqrt, sub } from "../elementwise/arithmetic.js";
import { eq, isinf } from "../elementwise/comparison.js";
import { exp, log } from "../elementwise/exponential.js";
import { maskedFill } from "../elementwise/selection.js";
import { checkTensor } from "../kernel.js";
import { svdvals } from "../linalg/svd.js";
import { named } from "../named.js";
import { movedim, reshape } from "../shape/view.js";
import { kept, pNorm } from "./p-norm.js";
import { amax, type Dims, type KeepdimOptions, mean, sum } from "./reduction.js";

export interface VarOptions extends KeepdimOptions {
  /** Divide by n − correction. @defaultValue 1 */
  correction?: number;
  /** `correction: 1` if true, 0 if not. */
  unbiased?: boolean;
}

function spreadOptions(op: string, dim: Dims | VarOptions | undefined, options: VarOptions | undefined) {
  const named =
    typeof dim === "object" && dim !== null && !Array.isArray(dim) ? (dim as VarOptions) : options;
  checkOptions(op, named, ["keepdim", "correction", "unbiased"]);
  const { keepdim = false, correction, unbiased = true } = named ?? {};
  return {
    dim: named === dim ? undefined : (dim as Dims),
    keepdim,
    correction: correction ?? (unbiased ? 1 : 0),
  };
}

/** Mean and variance in one pass over the data, neither recorded. */
function moments(op: string, x: Tensor, dims: number[], keepdim: boolean, correction: number) {
  if (!isFloat(x.dtype))
    throw new DTypeError(`${op}: only support floating point and complex dtypes: got ${x.dtype}`);
  const shape = x.shape.filter((_, d) => !dims.includes(d));
  const [mu, sigma2] = [make(shape, x.dtype, x.storage.backend), make(shape, x.dtype, x.storage.backend)];
  x.storage.backend.moments(
    mu,
    sigma2,
    x,
    [...dims].sort((a, b) => a - b),
    correction,
  );
  const target = keepdim ? kept(x.shape, dims) : shape;
  return { mu: reshape(mu, target).detach(), sigma2: reshape(sigma2, target).detach() };
}

/** Variance Σ(x−μ)²/(n−correction) over `dim`. ∂x = g·2(x−μ)/(n−correction). @see torch.var */
function variance(x: Tensor, dim?: Dims | VarOptions, options?: VarOptions): Tensor {
  checkTensor("var", x);
  const { dim: named, keepdim, correction } = spreadOptions("var", dim, options);
  const dims = normalizeDims("var", named, x.ndim);
  const { sigma2 } = moments("var", x, dims, keepdim, correction);
  return record(sigma2, {
    op: "var",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => varianceGrad(g, x, dims, correction)],
  });
}

export { variance as var };

function varianceGrad(g: Tensor, x: Tensor, dims: number[], correction: number): Tensor {
  const n = numel(dims.map((d) => x.shape[d]!));
  return mul(
    mul(reshape(g, kept(x.shape, dims)), 2 / (n - correction)),
    sub(x, mean(x, dims, { keepdim: true })),
  );
}

/** Standard deviation, the root of the variance. ∂x = g·(x−μ)/((n−correction)·σ), 0 where σ = 0. @see torch.std */
export function std(x: Tensor, dim?: Dims | VarOptions, options?: VarOptions): Tensor {
  checkTensor("std", x);
  const { dim: named, keepdim, correction } = spreadOptions("std", dim, options);
  const dims = normalizeDims("std", named, x.ndim);
  const { sigma2 } = moments("std", x, dims, keepdim, correction);
  const y = sqrt(sigma2).detach();
  return record(y, {
    op: "std",
    inputs: [x],
    saved: [x, y],
    backward: (g, [x, y]) => [
      () => varianceGrad(maskedFill(div(g, mul(y, 2)), eq(y, 0), 0), x, dims, correction),
    ],
  });
}

/** Variance and mean together. @see torch.var_mean */
export function varMean(x: Tensor, dim?: Dims | VarOptions, options?: VarOptions): [Tensor, Tensor] {
  return withMean("var_mean", variance(x, dim, options), x, dim, options);
}
/** Standard deviation and mean together. @see torch.std_mean */
export function stdMean(x: Tensor, dim?: Dims | VarOptions, options?: VarOptions): [Tensor, Tensor] {
  return withMean("std_mean", std(x, dim, options), x, dim, options);
}
function withMean(
  op: string,
  spread: Tensor,
  x: Tensor,
  dim: Dims | VarOptions | undefined,
  options: VarOptions | undefined,
): [Tensor, Tensor] {
  const { dim: wanted, keepdim } = spreadOptions(op, dim, options);
  return [named(op, spread), named(op, mean(x, wanted ?? null, { keepdim }))];
}

/** ln Σ eˣ over `dim`, without overflow. ∂x = g·softmax(x). @see torch.logsumexp */
export function logsumexp(x: Tensor, dim: Dims, options?: KeepdimOptions): Tensor {
  checkTensor("logsumexp", x);
  checkOptions("logsumexp", options, ["keepdim"]);
  const dims = normalizeDims("logsumexp", dim, x.ndim);
  const z = isFloat(x.dtype) ? x : to(x, "float32");
  const shape = kept(x.shape, dims);
  const y = (() => {
    if (numel(z.shape) === 0) return log(sum(exp(z.detach()), dims, { keepdim: true }));
    const top = amax(z.detach(), dims, { keepdim: true });
    const shift = maskedFill(top, isinf(top), 0);
    return add(log(sum(exp(sub(z.detach(), shift)), dims, { keepdim: true })), shift);
  })();
  const result = options?.keepdim
    ? y
    : reshape(
        y,
        x.shape.filter((_, d) => !dims.includes(d)),
      ).detach();
  return record(result, {
    op: "logsumexp",
    inputs: [z],
    saved: [z, result],
    backward: (g, [z, y]) => [() => mul(reshape(g, shape), exp(sub(z, reshape(y, shape))))],
  });
}

export interface NormOptions extends KeepdimOptions {}

/**
 * The p-norm (Σ|x|ᵖ)^(1/p) over `dim`; p may be ±Infinity and 0. The gradient at a zero norm is 0.
 *
 * @param p default "fro", which is 2, and the plain root of a sum for two dims (no gradient at 0); "nuc" is the sum of the singular values of the matrices in two dims
 * @see torch.norm
 */
export function norm(
  x: Tensor,
  p: number | "fro" | "nuc" = "fro",
  dim?: Dims,
  options?: NormOptions,
): Tensor {
  checkTensor("norm", x);
  checkOptions("norm", options, ["keepdim"]);
  if (typeof p === "string") checkChoice("norm", "p", p, ["fro", "nuc"]);
  if (!isFloat(x.dtype)) throw new DTypeError(`norm: Input must be floating point: got ${x.dtype}`);
  if (p === "nuc") return nuclear(x, normalizeDims("norm", dim ?? null, x.ndim), options?.keepdim ?? false);
  const order = p === "fro" ? 2 : p;
  if (typeof order !== "number") throw new ArgumentError('norm: p must be a number or "fro"');
  const dims = normalizeDims("norm", dim ?? null, x.ndim);
  // PyTorch's matrix norm is a plain root: without gradient at 0, where that of vectors has 0.
  if (p === "fro" && dim != null && dims.length === 2)
    return sqrt(sum(mul(x, x), dims, { keepdim: options?.keepdim ?? false }));
  return pNorm({ op: "norm", overload: 1 }, x, order, dims, options?.keepdim ?? false);
}

/** Σ of the singular values of the matrices in two dims. */
function nuclear(x: Tensor, dims: number[], keepdim: boolean): Tensor {
  if (dims.length !== 2) throw new ShapeError(`norm: the nuclear norm needs two dims: got ${show(dims)}`);
  const y = sum(svdvals(movedim(x, dims, [-2, -1])), -1);
  return keepdim ? reshape(y, kept(x.shape, dims)) : y;
}
