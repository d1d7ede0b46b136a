/** Convolution of volumes, as one of images: the kernel's depth becomes channels. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { indexSelect } from "../index/gathering.js";
import { checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { permute, reshape } from "../shape/view.js";
import { conv2d } from "./convolution.js";
import { pad } from "./padding.js";
import { indexList, onBatch, type Spatial, spatial, taps, windowCount } from "./spatial.js";

export interface Conv3dOptions {
  /** [O], added to every output channel. */
  bias?: Tensor | null;
  /** @defaultValue 1 */
  stride?: Spatial;
  /** Zeros on each side; "same" keeps the size (stride 1 only), "valid" is 0. @defaultValue 0 */
  padding?: Spatial | "same" | "valid";
  /** @defaultValue 1 */
  dilation?: Spatial;
  /** Channels are convolved in this many separate groups. @defaultValue 1 */
  groups?: number;
}

/**
 * x [N, C, D, H, W] (or [C, D, H, W]) ⋆ weight [O, C/groups, kd, kh, kw] + bias [O] → [N, O, Do, Ho, Wo].
 *
 * @throws ShapeError if channels and groups do not fit, or the kernel is larger than the padded input
 * @see torch.nn.functional.conv3d
 */
export function conv3d(x: Tensor, weight: Tensor, options: Conv3dOptions = {}): Tensor {
  checkTensor("conv3d", x);
  checkTensor("conv3d", weight);
  checkOptions("conv3d", options, ["bias", "stride", "padding", "dilation", "groups"]);
  if (weight.ndim !== 5)
    throw new ShapeError(`conv3d: expected a 5D weight, but got ${formatShape(weight.shape)}`);
  const { bias, padding = 0 } = options;
  const groups = checkInteger("conv3d", "groups", options.groups ?? 1, 1);
  const stride = spatial("conv3d", "stride", options.stride ?? 1, 3, 1);
  const dilation = spatial("conv3d", "dilation", options.dilation ?? 1, 3, 1);
  const kernel = weight.shape.slice(2);
  const rims = rimsOf(padding, kernel, stride, dilation);
  return onBatch("conv3d", x, 3, (x) => {
    const padded = rims.some((n) => n > 0) ? pad(x, rims) : x;
    const [n, c, depth, h, w] = padded.shape as [number, number, number, number, number];
    const [kd, kh, kw] = kernel as [number, number, number];
    const count = windowCount("conv3d", depth, kd, { stride: stride[0], dilation: dilation[0] });
    const slices = indexSelect(padded, 2, indexList(taps(count, kd, stride[0]!, dilation[0]!), x));
    const images = permute(reshape(slices, [n, c, count, kd, h, w]), 0, 2, 1, 3, 4, 5);
    const [o, inner] = [weight.shape[0]!, weight.shape[1]!];
    const y = conv2d(reshape(images, [n * count, c * kd, h, w]), reshape(weight, [o, inner * kd, kh, kw]), {
      bias,
      stride: [stride[1]!, stride[2]!],
      dilation: [dilation[1]!, dilation[2]!],
      groups,
    });
    return named("convolution", permute(reshape(y, [n, count, o, ...y.shape.slice(2)]), 0, 2, 1, 3, 4));
  });
}

/** Zeros to add, as `pad` takes them. */
function rimsOf(
  padding: Spatial | "same" | "valid",
  kernel: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
): number[] {
  if (typeof padding !== "string")
    return spatial("conv3d", "padding", padding, 3, 0)
      .reverse()
      .flatMap((n) => [n, n]);
  checkChoice("conv3d", "padding", padding, ["same", "valid"]);
  if (padding === "valid") return [];
  if (stride.some((n) => n !== 1))
    throw new ArgumentError("conv3d: padding='same' is not supported for strided convolutions");
  return kernel
    .map((k, i) => dilation[i]! * (k - 1))
    .reverse()
    .flatMap((total) => [Math.floor(total / 2), Math.ceil(total / 2)]);
}
