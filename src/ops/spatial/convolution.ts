/** Convolution of images and of lists. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { checkDevices, checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { squeeze, unsqueeze } from "../shape/view.js";
import { convolve } from "./convolve.js";
import { pad } from "./padding.js";
import { type Pair, pair, type Single, single } from "./window.js";

export interface Conv2dOptions {
  /** [O], added to every output channel. */
  bias?: Tensor | null;
  /** @defaultValue 1 */
  stride?: Pair;
  /** Zeros on each side; "same" keeps the size (stride 1 only), "valid" is 0. @defaultValue 0 */
  padding?: Pair | "same" | "valid";
  /** @defaultValue 1 */
  dilation?: Pair;
  /** Channels are convolved in this many separate groups. @defaultValue 1 */
  groups?: number;
}

const conv2dKeys = ["bias", "stride", "padding", "dilation", "groups"] as const;

/**
 * x [N, C, H, W] (or [C, H, W]) ⋆ weight [O, C/groups, kh, kw] + bias [O] → [N, O, Ho, Wo].
 *
 * @throws ShapeError if channels and groups do not fit, or the kernel is larger than the padded input
 * @example conv2d(x, weight, { bias, padding: 1 })
 * @see torch.nn.functional.conv2d
 */
export function conv2d(x: Tensor, weight: Tensor, options: Conv2dOptions = {}): Tensor {
  checkTensor("conv2d", x);
  checkTensor("conv2d", weight);
  checkOptions("conv2d", options, conv2dKeys);
  const { bias = null, padding = 0 } = options;
  const groups = checkInteger("conv2d", "groups", options.groups ?? 1, 1);
  checkShapes(x, weight, bias, groups);
  if (x.ndim === 3) return squeeze(conv2d(unsqueeze(x, 0), weight, options), 0);
  if (x.dtype === "int64") {
    // Exact as long as sums stay below 2^53.
    const fractions = { ...options, bias: bias && to(bias, "float64") };
    return to(conv2d(to(x, "float64"), to(weight, "float64"), fractions), "int64");
  }
  const kernel = [weight.shape[2]!, weight.shape[3]!] as const;
  const stride = pair("conv2d", "stride", options.stride ?? 1, 1);
  const dilation = pair("conv2d", "dilation", options.dilation ?? 1, 1);
  if (padding === "same") {
    if (stride[0] !== 1 || stride[1] !== 1)
      throw new ArgumentError("conv2d: padding='same' is not supported for strided convolutions");
    const total = kernel.map((k, i) => dilation[i]! * (k - 1));
    const [top, left] = total.map((t) => Math.floor(t / 2)) as [number, number];
    const even = total.every((t) => t % 2 === 0);
    if (even) return conv2d(x, weight, { ...options, padding: [top, left] });
    const [below, right] = [total[0]! - 2 * top, total[1]! - 2 * left];
    return conv2d(pad(x, [0, right, 0, below]), weight, { ...options, padding: [top, left] });
  }
  if (typeof padding === "string") checkChoice("conv2d", "padding", padding, ["same", "valid"]);
  const sides = padding === "valid" ? ([0, 0] as [number, number]) : pair("conv2d", "padding", padding, 0);
  return convolve(x, weight, bias, { kernel, stride, padding: sides, dilation }, groups);
}

function checkShapes(x: Tensor, weight: Tensor, bias: Tensor | null, groups: number): void {
  checkDevices("conv2d", x, weight, ...(bias ? [bias] : []));
  if ((x.ndim !== 4 && x.ndim !== 3) || weight.ndim !== 4)
    throw new ShapeError(
      `conv2d: Expected 3D (unbatched) or 4D (batched) input to conv2d and a 4D weight, but got input of size: ${formatShape(x.shape)} and weight ${formatShape(weight.shape)}`,
    );
  if (x.dtype !== weight.dtype || (bias && bias.dtype !== x.dtype))
    throw new DTypeError(
      `conv2d: Input type (${x.dtype}) and weight type (${weight.dtype})${bias ? ` and bias type (${bias.dtype})` : ""} should be the same`,
    );
  if (!["float32", "float64", "int64"].includes(x.dtype))
    throw new DTypeError(`conv2d: not implemented for ${x.dtype}`);
  const [channels, outputs] = [x.shape.at(-3)!, weight.shape[0]!];
  if (channels !== weight.shape[1]! * groups)
    throw new ShapeError(
      `conv2d: input has ${channels} channels but weight ${formatShape(weight.shape)} expects ${weight.shape[1]} × ${groups} groups: Given groups=${groups}, weight of size ${formatShape(weight.shape)}, expected input${formatShape(x.shape)} to have ${weight.shape[1]! * groups} channels`,
    );
  if (outputs % groups !== 0)
    throw new ShapeError(`conv2d: ${outputs} output channels do not divide into ${groups} groups`);
  if (bias && (bias.ndim !== 1 || bias.shape[0] !== outputs))
    throw new ShapeError(
      `conv2d: bias of shape ${formatShape(bias.shape)} does not fit ${outputs} output channels`,
    );
}

// ── one dim ──────────────────────────────────────────────────────────────────────────────────────

export interface Conv1dOptions {
  bias?: Tensor | null;
  /** @defaultValue 1 */
  stride?: Single;
  /** @defaultValue 0 */
  padding?: Single | "same" | "valid";
  /** @defaultValue 1 */
  dilation?: Single;
  /** @defaultValue 1 */
  groups?: number;
}

/** x [N, C, L] (or [C, L]) ⋆ weight [O, C/groups, k] → [N, O, Lo], as images of height 1. @see torch.nn.functional.conv1d */
export function conv1d(x: Tensor, weight: Tensor, options: Conv1dOptions = {}): Tensor {
  checkTensor("conv1d", x);
  checkTensor("conv1d", weight);
  checkOptions("conv1d", options, conv2dKeys);
  if ((x.ndim !== 3 && x.ndim !== 2) || weight.ndim !== 3)
    throw new ShapeError(
      `conv1d: Expected 2D (unbatched) or 3D (batched) input to conv1d and a 3D weight, but got ${formatShape(x.shape)} and ${formatShape(weight.shape)}`,
    );
  const { bias, stride = 1, padding = 0, dilation = 1, groups } = options;
  const y = conv2d(unsqueeze(x, -2), unsqueeze(weight, -2), {
    bias,
    stride: [1, single("conv1d", "stride", stride)],
    padding: typeof padding === "string" ? padding : [0, single("conv1d", "padding", padding)],
    dilation: [1, single("conv1d", "dilation", dilation)],
    groups,
  });
  return x.ndim === 3 ? named("convolution", squeeze(y, -2)) : squeeze(y, -2);
}
