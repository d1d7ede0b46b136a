/** Images as patches and patches as images: im2col beside col2im, pixels beside channels. */
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { ShapeError } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { indexAdd, indexSelect } from "../index/gathering.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { permute, reshape, squeeze, unsqueeze } from "../shape/view.js";
import { pad } from "./padding.js";
import { indexList, onBatch, type Spatial, spatial, taps, windowCount } from "./spatial.js";

export interface PatchOptions {
  /** @defaultValue 1 */
  dilation?: Spatial;
  /** Zeros on each side. @defaultValue 0 */
  padding?: Spatial;
  /** @defaultValue 1 */
  stride?: Spatial;
}

/** Patches along height and width: how many, and where they read. */
function grid(op: string, size: readonly number[], kernelSize: Spatial, options: PatchOptions) {
  checkOptions(op, options, ["dilation", "padding", "stride"]);
  const kernel = spatial(op, "kernelSize", kernelSize, 2, 1);
  const stride = spatial(op, "stride", options.stride ?? 1, 2, 1);
  const dilation = spatial(op, "dilation", options.dilation ?? 1, 2, 1);
  const padding = spatial(op, "padding", options.padding ?? 0, 2, 0);
  const counts = [0, 1].map((i) =>
    windowCount(op, size[i]!, kernel[i]!, { stride: stride[i], padding: padding[i], dilation: dilation[i] }),
  ) as [number, number];
  const reads = [0, 1].map((i) => taps(counts[i]!, kernel[i]!, stride[i]!, dilation[i]!)) as [
    number[],
    number[],
  ];
  return { kernel: kernel as [number, number], padding: padding as [number, number], counts, reads };
}

/**
 * Every patch of an image as a column: x [N, C, H, W] (or [C, H, W]) → [N, C·kh·kw, patches].
 *
 * @see torch.nn.functional.unfold
 */
export function unfold(x: Tensor, kernelSize: Spatial, options: PatchOptions = {}): Tensor {
  checkTensor("unfold", x);
  return onBatch("unfold", x, 2, (x) => {
    const { kernel, padding, counts, reads } = grid("unfold", x.shape.slice(2), kernelSize, options);
    const [kh, kw] = kernel;
    const [n, c] = x.shape as [number, number];
    const padded = pad(x, [padding[1], padding[1], padding[0], padding[0]]);
    const parts = indexSelect(indexSelect(padded, 2, indexList(reads[0], x)), 3, indexList(reads[1], x));
    const split = reshape(parts, [n, c, counts[0], kh, counts[1], kw]);
    const columns = permute(split, 0, 1, 3, 5, 2, 4);
    return named("im2col", reshape(columns, [n, c * kh * kw, counts[0] * counts[1]]));
  });
}

/**
 * The adjoint of unfold: columns [N, C·kh·kw, patches] added up to an image [N, C, …outputSize].
 *
 * @throws ShapeError if the columns are not those of such an image
 * @see torch.nn.functional.fold
 */
export function fold(
  x: Tensor,
  outputSize: Spatial,
  kernelSize: Spatial,
  options: PatchOptions = {},
): Tensor {
  checkTensor("fold", x);
  if (x.ndim === 2) return squeeze(fold(unsqueeze(x, 0), outputSize, kernelSize, options), 0);
  const size = spatial("fold", "outputSize", outputSize, 2, 1);
  const { kernel, padding, counts, reads } = grid("fold", size, kernelSize, options);
  const [kh, kw] = kernel;
  const patches = counts[0] * counts[1];
  if (x.ndim !== 3 || x.shape[1]! % (kh * kw) !== 0 || x.shape[2] !== patches)
    throw new ShapeError(
      `fold: Expected size [N, C·${kh}·${kw}, ${counts[0]}·${counts[1]} = ${patches}] for output_size=${formatShape(size)}, but got ${formatShape(x.shape)}`,
    );
  const [n, c] = [x.shape[0]!, x.shape[1]! / (kh * kw)];
  const split = permute(reshape(x, [n, c, kh, kw, counts[0], counts[1]]), 0, 1, 4, 2, 5, 3);
  const parts = reshape(split, [n, c, counts[0] * kh, counts[1] * kw]);
  const [height, width] = size.map((m, i) => m + 2 * padding[i]!) as [number, number];
  const rows = zerosOf(x, [n, c, height, counts[1] * kw]);
  const tall = indexAdd(rows, 2, indexList(reads[0], x), parts);
  const wide = indexAdd(zerosOf(x, [n, c, height, width]), 3, indexList(reads[1], x), tall);
  return named("col2im", pad(wide, [-padding[1], -padding[1], -padding[0], -padding[0]]));
}

/** Channels become pixels: [..., C·r², H, W] → [..., C, H·r, W·r]. @see torch.nn.functional.pixel_shuffle */
export function pixelShuffle(x: Tensor, upscaleFactor: number): Tensor {
  checkTensor("pixelShuffle", x);
  const r = checkInteger("pixelShuffle", "upscaleFactor", upscaleFactor, 1);
  const [c, h, w] = x.shape.slice(-3) as [number, number, number];
  if (x.ndim < 3 || c % (r * r) !== 0)
    throw new ShapeError(
      `pixelShuffle: expects its input's 'channel' dimension to be divisible by the square of upscale_factor: ${formatShape(x.shape)} and ${r}² = ${r * r}`,
    );
  const lead = x.shape.slice(0, -3);
  const split = reshape(x, [numel(lead), c / (r * r), r, r, h, w]);
  const y = reshape(permute(split, 0, 1, 4, 2, 5, 3), [...lead, c / (r * r), h * r, w * r]);
  return named("pixel_shuffle", y);
}

/** Pixels become channels: [..., C, H·r, W·r] → [..., C·r², H, W]. @see torch.nn.functional.pixel_unshuffle */
export function pixelUnshuffle(x: Tensor, downscaleFactor: number): Tensor {
  checkTensor("pixelUnshuffle", x);
  const r = checkInteger("pixelUnshuffle", "downscaleFactor", downscaleFactor, 1);
  const [c, h, w] = x.shape.slice(-3) as [number, number, number];
  if (x.ndim < 3 || h % r !== 0 || w % r !== 0)
    throw new ShapeError(
      `pixelUnshuffle: expects height and width to be divisible by downscale_factor: ${formatShape(x.shape)} and ${r}`,
    );
  const lead = x.shape.slice(0, -3);
  const split = reshape(x, [numel(lead), c, h / r, r, w / r, r]);
  const y = reshape(permute(split, 0, 1, 3, 5, 2, 4), [...lead, c * r * r, h / r, w / r]);
  return named("pixel_unshuffle", y);
}
