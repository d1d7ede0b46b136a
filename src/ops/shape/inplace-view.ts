/** Views in place: the tensor itself shows its memory under another shape. */
import type { Shape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { checkWritable } from "../rewrite.js";
import { asStrided } from "./as-strided.js";
import { squeeze, t, transpose, unsqueeze } from "./view.js";

function inPlaceView(op: string, x: Tensor, view: (x: Tensor) => Tensor): Tensor {
  checkWritable(op, x, []);
  const y = view(x);
  const { origin } = x;
  x.shape = y.shape;
  x.strides = y.strides;
  x.offset = y.offset;
  x.version.value++;
  if (origin) x.origin = { ...origin, replay: (base) => view(origin.replay(base)) };
  if (y.requiresGrad) x.setHistory(y.gradFn, y.outputIndex);
  return x;
}

/** The matrix transposed in place. @see torch.Tensor.t_ */
export function t_(x: Tensor): Tensor {
  return inPlaceView("t_", x, t);
}
/** Two dims exchanged in place. @see torch.Tensor.transpose_ */
export function transpose_(x: Tensor, a: number, b: number): Tensor {
  return inPlaceView("transpose_", x, (x) => transpose(x, a, b));
}
/** Dims of size 1 taken out in place: all of them, or those named. @see torch.Tensor.squeeze_ */
export function squeeze_(x: Tensor, dim?: number | Shape): Tensor {
  return inPlaceView("squeeze_", x, (x) => squeeze(x, dim));
}
/** A dim of size 1 put in, in place. @see torch.Tensor.unsqueeze_ */
export function unsqueeze_(x: Tensor, dim: number): Tensor {
  return inPlaceView("unsqueeze_", x, (x) => unsqueeze(x, dim));
}
/** The memory under other sizes and strides, in place. @see torch.Tensor.as_strided_ */
export function asStrided_(x: Tensor, size: Shape, stride: Shape, offset?: number | null): Tensor {
  return inPlaceView("asStrided_", x, (x) => asStrided(x, size, stride, offset));
}
