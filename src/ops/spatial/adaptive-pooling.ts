/** Pooling to a given size: the grid is cut into as many parts as asked for. */
import { checkInteger } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { checkKind, checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { mean, type ValuesAndIndices } from "../reduction/reduction.js";
import { stack } from "../shape/joining.js";
import { slice } from "../shape/parts.js";
import { reshape, squeeze, unsqueeze } from "../shape/view.js";
import { partOf } from "./spatial.js";
import { type PoolResult, type ReturnIndices, windowMax } from "./window-max.js";

/** A size for every dim, or one each; null keeps the input's. */
export type TargetSize = number | null | readonly (number | null)[];

function sizesOf(op: string, x: Tensor, size: TargetSize, rank: number): number[] {
  checkTensor(op, x);
  checkKind(op, x, "float");
  if (x.ndim !== rank + 1 && x.ndim !== rank + 2)
    throw new ShapeError(
      `${op}: Expected ${rank + 1}D or ${rank + 2}D tensor, but got ${formatShape(x.shape)}`,
    );
  if (
    x.shape
      .slice(1 - rank - 2 + x.ndim - x.ndim)
      .slice(-rank)
      .includes(0)
  )
    throw new ShapeError(
      `${op}: Expected input to have non-zero size for non-batch dimensions, but input has sizes ${formatShape(x.shape)}`,
    );
  const given = Array.isArray(size) ? (size as readonly (number | null)[]) : [size as number | null];
  const list = given.length === 1 ? Array.from({ length: rank }, () => given[0]!) : given;
  if (list.length !== rank)
    throw new ArgumentError(`${op}: output_size must be one or ${rank} numbers: got ${show(size)}`);
  return list.map((n, i) =>
    n === null ? x.shape[x.ndim - rank + i]! : checkInteger(op, "outputSize", n, 0),
  );
}

/** Means of the parts along one dim. */
function means(x: Tensor, d: number, size: number): Tensor {
  const n = x.shape[d]!;
  if (size > 0 && n % size === 0)
    return mean(reshape(x, [...x.shape.slice(0, d), size, n / size, ...x.shape.slice(d + 1)]), d + 1);
  if (size === 0) return slice(x, d, 0, 0);
  const cells = Array.from({ length: size }, (_, i) => mean(slice(x, d, ...partOf(i, size, n)), d));
  return stack(cells, d);
}

function adaptiveMean(op: string, x: Tensor, size: TargetSize, rank: number): Tensor {
  const sizes = sizesOf(`adaptiveAvgPool${rank}d`, x, size, rank);
  const dims = sizes.map((_, i) => x.ndim - rank + i);
  // As PyTorch, which calls this case by its name.
  if (sizes.every((n) => n === 1)) return mean(x, dims, { keepdim: true });
  return named(
    op,
    sizes.reduce((y, n, i) => means(y, dims[i]!, n), x),
  );
}

/** The mean of each part of a list [N, C, L]. @see torch.nn.functional.adaptive_avg_pool1d */
export function adaptiveAvgPool1d(x: Tensor, outputSize: TargetSize): Tensor {
  const [n] = sizesOf("adaptiveAvgPool1d", x, outputSize, 1);
  return squeeze(adaptiveAvgPool2d(unsqueeze(x, -2), [1, n!]), -2);
}
/** The mean of each cell of a grid of the given size laid over the image [N, C, H, W]. @see torch.nn.functional.adaptive_avg_pool2d */
export function adaptiveAvgPool2d(x: Tensor, outputSize: TargetSize): Tensor {
  return adaptiveMean("adaptive_avg_pool2d", x, outputSize, 2);
}
/** The mean of each cell of a volume [N, C, D, H, W]. @see torch.nn.functional.adaptive_avg_pool3d */
export function adaptiveAvgPool3d(x: Tensor, outputSize: TargetSize): Tensor {
  return adaptiveMean("adaptive_avg_pool3d", x, outputSize, 3);
}

function adaptiveMax(op: string, x: Tensor, size: TargetSize, rank: number): ValuesAndIndices {
  const sizes = sizesOf(`adaptiveMaxPool${rank}d`, x, size, rank);
  const cells = sizes.map((parts, i) => {
    const n = x.shape[x.ndim - rank + i]!;
    return Array.from({ length: parts }, (_, k) => {
      const [start, end] = partOf(k, parts, n);
      return Array.from({ length: end - start }, (_, j) => start + j);
    });
  });
  return windowMax(op, x, cells);
}

/** The greatest of each part of a list [N, C, L]. @see torch.nn.functional.adaptive_max_pool1d */
export function adaptiveMaxPool1d<const O extends ReturnIndices = object>(
  x: Tensor,
  outputSize: TargetSize,
  options?: O,
): PoolResult<O> {
  const { values, indices } = adaptiveMax("adaptive_max_pool2d", x, outputSize, 1);
  const y = named("squeeze", values, 1);
  return (options?.returnIndices ? { values: y, indices } : y) as PoolResult<O>;
}
/** The greatest of each cell of an image [N, C, H, W]. @see torch.nn.functional.adaptive_max_pool2d */
export function adaptiveMaxPool2d<const O extends ReturnIndices = object>(
  x: Tensor,
  outputSize: TargetSize,
  options?: O,
): PoolResult<O> {
  const both = adaptiveMax("adaptive_max_pool2d", x, outputSize, 2);
  return (options?.returnIndices ? both : both.values) as PoolResult<O>;
}
/** The greatest of each cell of a volume [N, C, D, H, W]. @see torch.nn.functional.adaptive_max_pool3d */
export function adaptiveMaxPool3d<const O extends ReturnIndices = object>(
  x: Tensor,
  outputSize: TargetSize,
  options?: O,
): PoolResult<O> {
  const both = adaptiveMax("adaptive_max_pool3d", x, outputSize, 3);
  return (options?.returnIndices ? both : both.values) as PoolResult<O>;
}
