/** Values brought to mean 0 and variance 1: over the batch, or within each sample. */
import { checkIntegers, checkNumber, checkOptions } from "../../core/arguments.js";
import { finfo } from "../../core/dtype-limits.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel, type Shape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clone } from "../copying.js";
import { add, mul, rsqrt, sub } from "../elementwise/arithmetic.js";
import { checkKind, checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { mean } from "../reduction/reduction.js";
import { varMean } from "../reduction/statistics.js";
import { select } from "../shape/slicing.js";
import { reshape } from "../shape/view.js";
import { affine, normalizeRows } from "./row-norm.js";
import { standardize } from "./standardize.js";

export interface LayerNormOptions {
  /** Factor, of the normalized shape. */
  weight?: Tensor | null;
  /** Summand, of the normalized shape. */
  bias?: Tensor | null;
  /** @defaultValue 1e-5 */
  eps?: number;
}

/**
 * Normalizes each part of the last dims to mean 0 and variance 1, then scales and shifts.
 *
 * @param x [..., *normalizedShape]
 * @throws ShapeError if the last dims of x are not `normalizedShape`
 * @example layerNorm(x, [768], { weight, bias })
 * @see torch.nn.functional.layer_norm; Ba, Kiros & Hinton 2016, arXiv:1607.06450
 */
export function layerNorm(x: Tensor, normalizedShape: Shape, options: LayerNormOptions = {}): Tensor {
  checkTensor("layerNorm", x);
  checkKind("layerNorm", x, "float");
  checkOptions("layerNorm", options, ["weight", "bias", "eps"]);
  const { weight = null, bias = null, eps = 1e-5 } = options;
  const dims = normalizedDims("layerNorm", x, normalizedShape, [weight, bias]);
  return normalizeRows("native_layer_norm", x, dims.length, eps, weight, bias);
}

/** The last dims, which must be those of the normalized shape and of the parameters. */
function normalizedDims(
  op: string,
  x: Tensor,
  normalizedShape: Shape,
  parameters: readonly (Tensor | null | undefined)[],
): number[] {
  if (!Array.isArray(normalizedShape))
    throw new ArgumentError(`${op}: normalizedShape must be a list: got ${show(normalizedShape)}`);
  checkIntegers(op, "normalizedShape", normalizedShape);
  const rank = normalizedShape.length;
  if (rank === 0 || normalizedShape.some((n, i) => n !== x.shape[x.ndim - rank + i]))
    throw new ShapeError(
      `${op}: Given normalized_shape=${formatShape(normalizedShape)}, expected input with shape [*, ${normalizedShape.join(", ")}], but got input of size ${formatShape(x.shape)}`,
    );
  for (const p of parameters)
    if (p && (p.ndim !== rank || p.shape.some((n, i) => n !== normalizedShape[i])))
      throw new ShapeError(
        `${op}: Expected weight and bias to be of same shape as normalized_shape: ${formatShape(p.shape)} ≠ ${formatShape(normalizedShape)}`,
      );
  return Array.from({ length: rank }, (_, i) => x.ndim - rank + i);
}

export interface BatchNormOptions {
  /** Factor of each channel [C]. */
  weight?: Tensor | null;
  /** Summand of each channel [C]. */
  bias?: Tensor | null;
  /** Use the batch's own statistics and update the running ones. @defaultValue false */
  training?: boolean;
  /** Share of the batch in the running statistics. @defaultValue 0.1 */
  momentum?: number;
  /** @defaultValue 1e-5 */
  eps?: number;
}

/**
 * Normalizes each channel of x [N, C, …] with the batch's statistics (training) or the running ones [C].
 *
 * @throws ShapeError if a channel has a single value in training
 * @see torch.nn.functional.batch_norm; Ioffe & Szegedy 2015, arXiv:1502.03167
 */
export function batchNorm(
  x: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options: BatchNormOptions = {},
): Tensor {
  checkTensor("batchNorm", x);
  checkKind("batchNorm", x, "float");
  checkOptions("batchNorm", options, ["weight", "bias", "training", "momentum", "eps"]);
  const { weight = null, bias = null, training = false, momentum = 0.1, eps = 1e-5 } = options;
  checkNumber("batchNorm", "momentum", momentum);
  if (numel(x.shape) === 0)
    return affine(clone(x), weight && select(weight, 0, 0), bias && select(bias, 0, 0));
  if (x.ndim < 2) throw new ShapeError(`batchNorm: expected at least 2 dims, got ${formatShape(x.shape)}`);
  const channels = x.shape[1]!;
  for (const p of [runningMean, runningVar, weight, bias]) if (p) checkTensor("batchNorm", p);
  for (const [name, p] of Object.entries({ runningMean, runningVar, weight, bias }))
    if (p && numel(p.shape) !== channels)
      throw new ShapeError(`batchNorm: ${name} should contain ${channels} elements not ${numel(p.shape)}`);
  const shape = x.shape.map((_, d) => (d === 1 ? channels : 1));
  const perChannel = (p: Tensor) => reshape(p, shape);
  const [w, b] = [weight && perChannel(weight), bias && perChannel(bias)];
  if (!training) {
    if (!runningMean || !runningVar)
      throw new ArgumentError(
        "batchNorm: Expected running_mean and running_var to be defined when training=False",
      );
    const centred = sub(x, perChannel(runningMean));
    const y = mul(centred, perChannel(rsqrt(add(runningVar, eps))));
    return named("native_batch_norm", affine(y, w, b));
  }
  const count = numel(x.shape) / Math.max(channels, 1);
  if (count <= 1)
    throw new ShapeError(
      `batchNorm: Expected more than 1 value per channel when training, got input size ${formatShape(x.shape)}`,
    );
  const dims = x.shape.map((_, d) => d).filter((d) => d !== 1);
  const { y, mu, sigma2 } = standardize("native_batch_norm", x, dims, eps);
  if (runningMean) follow(runningMean, mu, momentum);
  if (runningVar) follow(runningVar, mul(sigma2, count / (count - 1)), momentum);
  return w || b ? named("native_batch_norm", affine(y, w, b)) : y;
}

/** running ← (1 − momentum)·running + momentum·now. */
function follow(running: Tensor, now: Tensor, momentum: number): void {
  const next = add(mul(running.detach(), 1 - momentum), mul(now.detach(), momentum));
  running.storage.backend.copy(running, next);
  running.version.value++;
}

export interface RmsNormOptions {
  /** Factor, of the normalized shape. */
  weight?: Tensor | null;
  /** @defaultValue the dtype's eps */
  eps?: number | null;
}
/** x divided by the root of the mean of its squares over the last dims. @see torch.nn.functional.rms_norm; Zhang & Sennrich 2019, arXiv:1910.07467 */
export function rmsNorm(x: Tensor, normalizedShape: Shape, options: RmsNormOptions = {}): Tensor {
  checkTensor("rmsNorm", x);
  checkKind("rmsNorm", x, "float");
  checkOptions("rmsNorm", options, ["weight", "eps"]);
  const dims = normalizedDims("rmsNorm", x, normalizedShape, [options.weight]);
  const eps = options.eps ?? finfo(x.dtype).eps;
  const scale = rsqrt(add(mean(mul(x, x), dims, { keepdim: true }), eps));
  return affine(mul(x, scale), options.weight ?? null, null);
}

// ── with the statistics they used ────────────────────────────────────────────────────────────────

/** The result, the means and 1/σ of the batch; those are empty when the running ones are used. @see torch.native_batch_norm */
export function nativeBatchNorm(
  x: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  training: boolean,
  momentum: number,
  eps: number,
): [y: Tensor, mean: Tensor, invstd: Tensor] {
  const y = batchNorm(x, runningMean, runningVar, { weight, bias, training, momentum, eps });
  const dims = x.shape.map((_, d) => d).filter((d) => d !== 1);
  const stats: [Tensor, Tensor] = training
    ? statistics(x, dims, eps, false)
    : [zerosOf(x, [0]), zerosOf(x, [0])];
  return [named("native_batch_norm", y), ...stats];
}

/** The result, and the mean and 1/σ of each part. @see torch.native_layer_norm */
export function nativeLayerNorm(
  x: Tensor,
  normalizedShape: Shape,
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): [y: Tensor, mean: Tensor, invstd: Tensor] {
  const y = layerNorm(x, normalizedShape, { weight, bias, eps });
  const dims = normalizedDims("nativeLayerNorm", x, normalizedShape, []);
  return [named("native_layer_norm", y), ...statistics(x, dims, eps, true)];
}

/** Mean and 1/√(σ² + ε) over dims, not recorded. */
function statistics(x: Tensor, dims: number[], eps: number, keepdim: boolean): [Tensor, Tensor] {
  const [sigma2, mu] = varMean(x.detach(), dims, { correction: 0, keepdim });
  return [mu, rsqrt(add(sigma2, eps))];
}
