/** The adjoint of convolution as an op of its own: grids grow where convolution shrinks them. */
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { add } from "../elementwise/arithmetic.js";
import { indexAdd } from "../index/gathering.js";
import { checkDevices, checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { permute, reshape, squeeze, unsqueeze } from "../shape/view.js";
import { gradInput } from "./convolve.js";
import { pad } from "./padding.js";
import { indexList, onBatch, type Spatial, spatial, taps } from "./spatial.js";

export interface ConvTransposeOptions {
  /** [O], added to every output channel. */
  bias?: Tensor | null;
  /** @defaultValue 1 */
  stride?: Spatial;
  /** What the convolution was padded with: cut off on each side. @defaultValue 0 */
  padding?: Spatial;
  /** Added to the size at the end, to choose among the sizes that convolve to x's. @defaultValue 0 */
  outputPadding?: Spatial;
  /** @defaultValue 1 */
  groups?: number;
  /** @defaultValue 1 */
  dilation?: Spatial;
}

interface Plan {
  stride: number[];
  padding: number[];
  outputPadding: number[];
  dilation: number[];
  groups: number;
}

function planOf(op: string, x: Tensor, weight: Tensor, options: ConvTransposeOptions, rank: number): Plan {
  checkTensor(op, x);
  checkTensor(op, weight);
  checkOptions(op, options, ["bias", "stride", "padding", "outputPadding", "groups", "dilation"]);
  const { bias } = options;
  checkDevices(op, x, weight, ...(bias ? [bias] : []));
  if ((x.ndim !== rank + 1 && x.ndim !== rank + 2) || weight.ndim !== rank + 2)
    throw new ShapeError(
      `${op}: Expected ${rank + 1}D (unbatched) or ${rank + 2}D (batched) input and a ${rank + 2}D weight, but got ${formatShape(x.shape)} and ${formatShape(weight.shape)}`,
    );
  if (x.dtype !== weight.dtype || (bias && bias.dtype !== x.dtype))
    throw new DTypeError(
      `${op}: Input type (${x.dtype}) and weight type (${weight.dtype}) should be the same`,
    );
  const groups = checkInteger(op, "groups", options.groups ?? 1, 1);
  const channels = x.shape[x.ndim - rank - 1]!;
  if (channels !== weight.shape[0] || channels % groups !== 0)
    throw new ShapeError(
      `${op}: Given transposed=1, weight of size ${formatShape(weight.shape)}, expected input ${formatShape(x.shape)} to have ${weight.shape[0]} channels in ${groups} groups`,
    );
  const outputs = weight.shape[1]! * groups;
  if (bias && (bias.ndim !== 1 || bias.shape[0] !== outputs))
    throw new ShapeError(
      `${op}: bias of shape ${formatShape(bias.shape)} does not fit ${outputs} output channels`,
    );
  const plan = {
    stride: spatial(op, "stride", options.stride ?? 1, rank, 1),
    padding: spatial(op, "padding", options.padding ?? 0, rank, 0),
    outputPadding: spatial(op, "outputPadding", options.outputPadding ?? 0, rank, 0),
    dilation: spatial(op, "dilation", options.dilation ?? 1, rank, 1),
    groups,
  };
  plan.outputPadding.forEach((extra, i) => {
    if (extra >= Math.max(plan.stride[i]!, plan.dilation[i]!))
      throw new ArgumentError(
        `${op}: output padding must be smaller than either stride or dilation, but got ${extra} with stride ${plan.stride[i]} and dilation ${plan.dilation[i]}`,
      );
  });
  return plan;
}

/** The adjoint on images [N, C, H, W]. What lies beyond the last window is 0, so padding is cut off at the end. */
function spread(
  x: Tensor,
  weight: Tensor,
  { stride, padding, outputPadding, dilation, groups }: Plan,
): Tensor {
  const two = (list: number[]) => [list[0]!, list[1]!] as const;
  const kernel = [weight.shape[2]!, weight.shape[3]!] as const;
  const full = [0, 1].map((i) => (x.shape[i + 2]! - 1) * stride[i]! + dilation[i]! * (kernel[i]! - 1) + 1);
  const window = { kernel, stride: two(stride), padding: [0, 0] as const, dilation: two(dilation) };
  const y = gradInput(x, weight, [x.shape[0]!, weight.shape[1]! * groups, ...full], window, groups);
  const [top, left] = two(padding);
  return pad(y, [-left, outputPadding[1]! - left, -top, outputPadding[0]! - top]);
}

function finish(y: Tensor, bias: Tensor | null | undefined, rank: number): Tensor {
  const shape = [-1, ...Array.from({ length: rank }, () => 1)];
  return named("convolution", bias ? add(y, reshape(bias, shape)) : y);
}

function convTranspose(
  op: string,
  x: Tensor,
  weight: Tensor,
  options: ConvTransposeOptions,
  rank: number,
  run: (x: Tensor, weight: Tensor, plan: Plan) => Tensor,
): Tensor {
  const plan = planOf(op, x, weight, options, rank);
  if (x.dtype === "int64") {
    const wide = { ...options, bias: options.bias && to(options.bias, "float64") };
    return to(convTranspose(op, to(x, "float64"), to(weight, "float64"), wide, rank, run), "int64");
  }
  return onBatch(op, x, rank, (x) => finish(run(x, weight, plan), options.bias, rank));
}

/**
 * x [N, C, H, W] (or [C, H, W]) with weight [C, O/groups, kh, kw] → [N, O, (H − 1)·stride − 2·padding + dilation·(kh − 1) +
 * outputPadding + 1, …]: the gradient that a convolution of that weight sends to its input.
 *
 * @throws ShapeError if channels do not fit
 * @see torch.nn.functional.conv_transpose2d
 */
export function convTranspose2d(x: Tensor, weight: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return convTranspose("convTranspose2d", x, weight, options, 2, spread);
}

/** As convTranspose2d, on lists: x [N, C, L], weight [C, O/groups, k]. @see torch.nn.functional.conv_transpose1d */
export function convTranspose1d(x: Tensor, weight: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return convTranspose("convTranspose1d", x, weight, options, 1, (x, weight, plan) => {
    const { stride, padding, outputPadding, dilation, groups } = plan;
    const flat = {
      stride: [1, ...stride],
      padding: [0, ...padding],
      outputPadding: [0, ...outputPadding],
      dilation: [1, ...dilation],
      groups,
    };
    return squeeze(spread(unsqueeze(x, 2), unsqueeze(weight, 2), flat), 2);
  });
}

/** As convTranspose2d, on volumes: depth by depth as images, added up where windows overlap. @see torch.nn.functional.conv_transpose3d */
export function convTranspose3d(x: Tensor, weight: Tensor, options: ConvTransposeOptions = {}): Tensor {
  return convTranspose("convTranspose3d", x, weight, options, 3, (x, weight, plan) => {
    const [n, c, depth, h, w] = x.shape as [number, number, number, number, number];
    const [, o, kernel, kh, kw] = weight.shape as [number, number, number, number, number];
    const [stride, dilation, padding] = [plan.stride[0]!, plan.dilation[0]!, plan.padding[0]!];
    const tail = (list: number[]) => list.slice(1);
    const images = reshape(permute(x, 0, 2, 1, 3, 4), [n * depth, c, h, w]);
    const y = spread(images, reshape(weight, [c, o * kernel, kh, kw]), {
      stride: tail(plan.stride),
      padding: tail(plan.padding),
      outputPadding: tail(plan.outputPadding),
      dilation: tail(plan.dilation),
      groups: plan.groups,
    });
    const outputs = o * plan.groups;
    const size = y.shape.slice(2);
    const slices = permute(reshape(y, [n, depth, outputs, kernel, ...size]), 0, 2, 1, 3, 4, 5);
    const full = (depth - 1) * stride + dilation * (kernel - 1) + 1;
    const sum = indexAdd(
      zerosOf(y, [n, outputs, full, ...size]),
      2,
      indexList(taps(depth, kernel, stride, dilation), x),
      reshape(slices, [n, outputs, depth * kernel, ...size]),
    );
    return pad(sum, [0, 0, 0, 0, -padding, plan.outputPadding[0]! - padding]);
  });
}
