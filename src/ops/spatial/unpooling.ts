/** Max pooling undone as far as it can be: maxima back in their places, zeros elsewhere. */
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, IndexError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel, sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { ge, logicalOr, lt } from "../elementwise/comparison.js";
import { scatter } from "../index/gathering.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { any } from "../reduction/reduction.js";
import { reshape, squeeze, unsqueeze } from "../shape/view.js";
import { type Spatial, spatial } from "./spatial.js";

export interface UnpoolOptions {
  /** @defaultValue the kernel's size */
  stride?: Spatial | null;
  /** @defaultValue 0 */
  padding?: Spatial;
  /** Which of the sizes that pool to x's, whole shape or its last dims. */
  outputSize?: readonly number[] | null;
}

/** The size that pooling started from. @throws ArgumentError if `outputSize` is none of those possible */
function sizeOf(op: string, x: Tensor, kernelSize: Spatial, options: UnpoolOptions, rank: number): number[] {
  checkOptions(op, options, ["stride", "padding", "outputSize"]);
  const kernel = spatial(op, "kernelSize", kernelSize, rank, 1);
  const none = options.stride == null || (Array.isArray(options.stride) && options.stride.length === 0);
  const stride = none ? kernel : spatial(op, "stride", options.stride, rank, 1);
  const padding = spatial(op, "padding", options.padding ?? 0, rank, 0);
  const usual = kernel.map((k, i) => (x.shape.at(i - rank)! - 1) * stride[i]! + k - 2 * padding[i]!);
  const { outputSize } = options;
  if (outputSize == null) return usual;
  const size = outputSize.slice(-rank);
  if (size.length !== rank || size.some((n, i) => Math.abs(n - usual[i]!) >= stride[i]!))
    throw new ArgumentError(
      `${op}: invalid output_size ${show(outputSize)}: it must be within a stride ${formatShape(stride)} of ${formatShape(usual)}`,
    );
  return size;
}

function placed(op: string, name: string, x: Tensor, indices: Tensor, size: readonly number[]): Tensor {
  const rank = size.length;
  if (indices.dtype !== "int64")
    throw new DTypeError(`${name}: elements in indices should be type int64 but got: ${indices.dtype}`);
  if (!sameShape(x.shape, indices.shape))
    throw new ShapeError(
      `${name}: Expected shape of indices to be same as that of the input: ${formatShape(indices.shape)} ≠ ${formatShape(x.shape)}`,
    );
  if (x.ndim !== rank + 1 && x.ndim !== rank + 2)
    throw new ShapeError(
      `${name}: Input should be a ${rank + 1}D or ${rank + 2}D tensor, but got ${formatShape(x.shape)}`,
    );
  const lead = x.shape.slice(0, -rank);
  const [from, to] = [numel(x.shape.slice(-rank)), numel(size)];
  if (numel(x.shape) > 0 && scalarOf(any(logicalOr(lt(indices, 0), ge(indices, to)))) === true)
    throw new IndexError(`${name}: found an invalid max index for output size ${formatShape(size)}`);
  const flat = scatter(
    zerosOf(x, [...lead, to]),
    -1,
    reshape(indices, [...lead, from]),
    reshape(x, [...lead, from]),
  );
  return named(op, reshape(flat, [...lead, ...size]));
}

function unpool(
  name: string,
  op: string,
  x: Tensor,
  indices: Tensor,
  kernel: Spatial,
  options: UnpoolOptions,
  rank: number,
): Tensor {
  checkTensor(name, x);
  checkTensor(name, indices);
  return placed(op, name, x, indices, sizeOf(name, x, kernel, options, rank));
}

/** Maxima of spans back in their places: x and indices [N, C, L]. ∂x = g there. @see torch.nn.functional.max_unpool1d */
export function maxUnpool1d(
  x: Tensor,
  indices: Tensor,
  kernelSize: Spatial,
  options: UnpoolOptions = {},
): Tensor {
  checkTensor("maxUnpool1d", x);
  checkTensor("maxUnpool1d", indices);
  const [n] = sizeOf("maxUnpool1d", x, kernelSize, options, 1);
  return squeeze(
    placed("max_unpool2d", "maxUnpool1d", unsqueeze(x, -2), unsqueeze(indices, -2), [1, n!]),
    -2,
  );
}
/** Maxima of windows back in their places: x and indices [N, C, H, W]. ∂x = g there. @see torch.nn.functional.max_unpool2d */
export function maxUnpool2d(
  x: Tensor,
  indices: Tensor,
  kernelSize: Spatial,
  options: UnpoolOptions = {},
): Tensor {
  return unpool("maxUnpool2d", "max_unpool2d", x, indices, kernelSize, options, 2);
}
/** Maxima of windows back in their places: x and indices [N, C, D, H, W]. ∂x = g there. @see torch.nn.functional.max_unpool3d */
export function maxUnpool3d(
  x: Tensor,
  indices: Tensor,
  kernelSize: Spatial,
  options: UnpoolOptions = {},
): Tensor {
  return unpool("maxUnpool3d", "max_unpool3d", x, indices, kernelSize, options, 3);
}
