/** The greatest of windows that stand at random distances. */
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import { rand } from "../../tensor/random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { gather } from "../index/gathering.js";
import { checkKind, checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { argmax, type ValuesAndIndices } from "../reduction/reduction.js";
import { reshape, unsqueeze } from "../shape/view.js";
import { checkNonEmpty, type Spatial, spatial } from "./spatial.js";
import type { PoolResult, ReturnIndices } from "./window-max.js";

export interface FractionalPoolOptions extends ReturnIndices {
  /** How many windows; this or `outputRatio` is needed. */
  outputSize?: Spatial | null;
  /** How many windows, as a part of the size, between 0 and 1. */
  outputRatio?: number | readonly number[] | null;
  /** Where windows begin, in [0, 1): [N, C, dims]. @defaultValue drawn */
  randomSamples?: Tensor | null;
}

function outputSizes(op: string, size: readonly number[], options: FractionalPoolOptions): number[] {
  const { outputSize = null, outputRatio = null } = options;
  if (outputSize !== null) return spatial(op, "outputSize", outputSize, size.length, 1);
  if (outputRatio === null)
    throw new ArgumentError(`${op}: requires specifying either an output_size or an output_ratio`);
  const ratios = typeof outputRatio === "number" ? size.map(() => outputRatio) : outputRatio;
  if (ratios.length !== size.length || ratios.some((r) => !(r > 0 && r < 1)))
    throw new ArgumentError(
      `${op}: output_ratio must be between 0 and 1 for each dim (got ${show(outputRatio)})`,
    );
  return size.map((n, i) => Math.floor(n * ratios[i]!));
}

/** Where windows begin: steps of α = (size − kernel)/(count − 1) from a random place, the last one at the end. */
function begins(
  sample: number,
  size: number,
  count: number,
  kernel: number,
  round: (x: number) => number,
): number[] {
  const alpha = round((size - kernel) / (count - 1));
  return Array.from({ length: count }, (_, i) =>
    i === count - 1
      ? size - kernel
      : Math.trunc(round(round(i + sample) * alpha)) - Math.trunc(round(sample * alpha)),
  );
}

/** What each window of one plane sees, window by window. */
function windowsOf(
  starts: readonly (readonly number[])[],
  kernel: readonly number[],
  size: readonly number[],
): number[] {
  let rows: number[][] = [[0]];
  starts.forEach((list, d) => {
    const taps = Array.from({ length: kernel[d]! }, (_, k) => k);
    rows = rows.flatMap((row) =>
      list.map((from) => row.flatMap((at) => taps.map((k) => at * size[d]! + from + k))),
    );
  });
  return rows.flat();
}

function fractionalMaxPool<O extends FractionalPoolOptions>(
  op: string,
  rank: number,
  x: Tensor,
  kernelSize: Spatial,
  options: O,
): PoolResult<O> {
  checkTensor(op, x);
  checkKind(op, x, "float");
  checkOptions(op, options, ["outputSize", "outputRatio", "returnIndices", "randomSamples"]);
  if (x.ndim !== rank + 1 && x.ndim !== rank + 2)
    throw new ShapeError(
      `${op}: Expected ${rank + 1}D or ${rank + 2}D tensor, but got: ${formatShape(x.shape)}`,
    );
  checkNonEmpty(op, x, rank + 1);
  const kernel = spatial(op, "kernelSize", kernelSize, rank, 1);
  const size = x.shape.slice(-rank);
  const counts = outputSizes(op, size, options);
  counts.forEach((n, d) => {
    if (n < 1 || n + kernel[d]! - 1 > size[d]!)
      throw new ShapeError(
        `${op}: pool size ${kernel[d]} too large relative to input size ${size[d]} for ${n} windows`,
      );
  });
  const lead = x.shape.slice(0, -rank);
  const planes = numel(lead);
  const wanted = [rank + 1 === x.ndim ? 1 : x.shape[0]!, x.shape.at(-rank - 1)!, rank];
  const samples = options.randomSamples ?? rand(wanted, { dtype: x.dtype, device: x.device });
  checkTensor(op, samples);
  if (numel(samples.shape) !== numel(wanted))
    throw new ShapeError(
      `${op}: Expect _random_samples of shape ${formatShape(wanted)}: got ${formatShape(samples.shape)}`,
    );
  const drawn = valuesOf(samples).map(Number);
  const round = x.dtype === "float64" ? (v: number) => v : Math.fround;
  const table = Array.from({ length: planes }, (_, p) => {
    // PyTorch gives an image's first number to its width, a volume's first to its depth.
    const sample = (d: number) => drawn[p * rank + (rank === 2 ? 1 - d : d)]!;
    const starts = size.map((n, d) => begins(sample(d), n, counts[d]!, kernel[d]!, round));
    return windowsOf(starts, kernel, size);
  }).flat();
  const [windows, width] = [numel(counts), numel(kernel)];
  const places = makeOf(table, [planes, windows * width], "int64", x.storage.backend);
  const flat = reshape(x, [planes, numel(size)]);
  const seen = reshape(gather(flat.detach(), 1, places), [planes, windows, width]);
  const best = unsqueeze(argmax(seen, -1), -1);
  const found = reshape(gather(reshape(places, [planes, windows, width]), -1, best), [planes, windows]);
  const shape = [...lead, ...counts];
  const result: ValuesAndIndices = {
    values: named(`fractional_max_pool${rank}d`, reshape(gather(flat, 1, found), shape)),
    indices: reshape(found, shape),
  };
  return (options.returnIndices ? result : result.values) as PoolResult<O>;
}

/**
 * The greatest of windows [kh, kw] of x [N, C, H, W] (or [C, H, W]) that overlap or not as chance wills.
 *
 * @example fractionalMaxPool2d(x, 3, { outputRatio: 0.5 })
 * @see torch.nn.functional.fractional_max_pool2d; Graham 2014, arXiv:1412.6071
 */
export function fractionalMaxPool2d<const O extends FractionalPoolOptions = object>(
  x: Tensor,
  kernelSize: Spatial,
  options?: O,
): PoolResult<O> {
  return fractionalMaxPool("fractionalMaxPool2d", 2, x, kernelSize, (options ?? {}) as O);
}

/** As fractionalMaxPool2d, of volumes [N, C, D, H, W] (or [C, D, H, W]). @see torch.nn.functional.fractional_max_pool3d */
export function fractionalMaxPool3d<const O extends FractionalPoolOptions = object>(
  x: Tensor,
  kernelSize: Spatial,
  options?: O,
): PoolResult<O> {
  return fractionalMaxPool("fractionalMaxPool3d", 3, x, kernelSize, (options ?? {}) as O);
}
