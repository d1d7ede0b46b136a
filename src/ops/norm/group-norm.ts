/** Normalization within each sample: over groups of channels, over single ones, over neighbours. */

import { noGrad } from "../../autograd/grad-mode.js";
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, div, mul, pow } from "../elementwise/arithmetic.js";
import { copy_ } from "../inplace.js";
import { checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { mean } from "../reduction/reduction.js";
import { repeat } from "../shape/rearranging.js";
import { reshape, unsqueeze, view } from "../shape/view.js";
import { pad } from "../spatial/padding.js";
import { avgPool2d } from "../spatial/pooling.js";
import { batchNorm } from "./normalization.js";
import { normalizeRows } from "./row-norm.js";

export interface GroupNormOptions {
  /** Factor of each channel [C]. */
  weight?: Tensor | null;
  /** Summand of each channel [C]. */
  bias?: Tensor | null;
  /** @defaultValue 1e-5 */
  eps?: number;
}
/**
 * Normalizes each of `numGroups` groups of channels of x [N, C, …] to mean 0 and variance 1.
 *
 * @throws ShapeError if the channels do not divide
 * @see torch.nn.functional.group_norm; Wu & He 2018, arXiv:1803.08494
 */
export function groupNorm(x: Tensor, numGroups: number, options: GroupNormOptions = {}): Tensor {
  checkTensor("groupNorm", x);
  checkOptions("groupNorm", options, ["weight", "bias", "eps"]);
  checkInteger("groupNorm", "numGroups", numGroups, 1);
  const { weight, bias, eps = 1e-5 } = options;
  if (x.ndim < 2)
    throw new ShapeError(`groupNorm: Expected at least 2 dimensions for input tensor but received ${x.ndim}`);
  const [n, channels] = x.shape as [number, number];
  if (channels % numGroups !== 0)
    throw new ShapeError(
      `groupNorm: Expected number of channels in input to be divisible by num_groups, but got input of shape ${formatShape(x.shape)} and num_groups=${numGroups}`,
    );
  for (const p of [weight, bias])
    if (p && (p.ndim !== 1 || p.shape[0] !== channels))
      throw new ShapeError(
        `groupNorm: Expected weight and bias to be vectors of size ${channels}, but got ${formatShape(p.shape)}`,
      );
  const perChannel = x.shape.map((_, d) => (d === 1 ? channels : 1));
  const groups = reshape(x, [n, numGroups, numel(x.shape.slice(2)) * (channels / numGroups)]);
  const y = reshape(normalizeRows("native_group_norm", groups, 1, eps, null, null), x.shape as number[]);
  const scaled = weight ? mul(y, reshape(weight, perChannel)) : y;
  return named("native_group_norm", bias ? add(scaled, reshape(bias, perChannel)) : scaled);
}

export interface InstanceNormOptions extends GroupNormOptions {
  /** Means of each channel [C], brought up to date. */
  runningMean?: Tensor | null;
  /** Variances of each channel [C], brought up to date. */
  runningVar?: Tensor | null;
  /** Use the sample's own statistics, not the running ones. @defaultValue true */
  useInputStats?: boolean;
  /** Share of now in the running statistics. @defaultValue 0.1 */
  momentum?: number;
}
/**
 * Normalizes each channel of each sample of x [N, C, …]: batch normalization of N·C channels.
 *
 * @see torch.nn.functional.instance_norm; Ulyanov et al. 2016, arXiv:1607.08022
 */
export function instanceNorm(x: Tensor, options: InstanceNormOptions = {}): Tensor {
  checkTensor("instanceNorm", x);
  const keys = ["runningMean", "runningVar", "weight", "bias", "useInputStats", "momentum", "eps"];
  checkOptions("instanceNorm", options, keys);
  const { runningMean, runningVar, weight, bias, useInputStats = true, momentum, eps } = options;
  if (x.ndim < 2) throw new ShapeError(`instanceNorm: expected at least 2 dims, got ${formatShape(x.shape)}`);
  if (!useInputStats && (!runningMean || !runningVar))
    throw new ArgumentError(
      "instanceNorm: Expected running_mean and running_var to be defined when use_input_stats is false",
    );
  if (useInputStats && numel(x.shape.slice(2)) === 1)
    throw new ShapeError(
      `instanceNorm: Expected more than 1 spatial element when training, got input size ${formatShape(x.shape)}`,
    );
  const [n, channels, ...size] = x.shape as [number, number, ...number[]];
  const tiled = (p: Tensor | null | undefined) => (p ? repeat(p, n) : null);
  const [means, variances] = [tiled(runningMean), tiled(runningVar)];
  const y = batchNorm(reshape(x, [1, n * channels, ...size]), means, variances, {
    weight: tiled(weight),
    bias: tiled(bias),
    training: useInputStats,
    momentum,
    eps,
  });
  if (useInputStats)
    noGrad(() => {
      if (runningMean) copy_(runningMean, mean(reshape(means!, [n, channels]), 0));
      if (runningVar) copy_(runningVar, mean(reshape(variances!, [n, channels]), 0));
    });
  return view(y, x.shape as number[]);
}

export interface LocalResponseNormOptions {
  /** @defaultValue 1e-4 */
  alpha?: number;
  /** @defaultValue 0.75 */
  beta?: number;
  /** @defaultValue 1 */
  k?: number;
}
/**
 * x/(k + alpha·m)^beta, m the mean of squares over `size` neighbouring channels: x [N, C, …].
 *
 * @see torch.nn.functional.local_response_norm
 */
export function localResponseNorm(x: Tensor, size: number, options: LocalResponseNormOptions = {}): Tensor {
  checkTensor("localResponseNorm", x);
  checkOptions("localResponseNorm", options, ["alpha", "beta", "k"]);
  checkInteger("localResponseNorm", "size", size, 1);
  const { alpha = 1e-4, beta = 0.75, k = 1 } = options;
  if (x.ndim < 3)
    throw new ShapeError(
      `localResponseNorm: Expected 3D or higher dimensionality input (got ${x.ndim} dimensions)`,
    );
  if (numel(x.shape) === 0) return x;
  const [n, channels] = x.shape as [number, number];
  const squares = reshape(mul(x, x), [n, channels, numel(x.shape.slice(2))]);
  const padded = pad(unsqueeze(squares, 1), [0, 0, Math.floor(size / 2), Math.floor((size - 1) / 2)]);
  const average = reshape(avgPool2d(padded, [size, 1], { stride: 1 }), x.shape as number[]);
  return div(x, pow(add(mul(average, alpha), k), beta));
}
