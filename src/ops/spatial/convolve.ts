/** Convolution of images as a primitive, with its two adjoints, each differentiable again because each is linear in both arguments. */
import { record } from "../../autograd/record.js";
import type { Window2d } from "../../backend/backend.js";
import type { Shape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { sum } from "../reduction/reduction.js";
import { outputSize } from "./window.js";

/** The primitive. ∂x = g convolved back with w, ∂w = g correlated with x, ∂bias = Σ g over all but channels. */
export function convolve(
  x: Tensor,
  w: Tensor,
  bias: Tensor | null,
  window: Window2d,
  groups: number,
): Tensor {
  const [height, width] = outputSize("conv2d", x.shape, window);
  const out = make([x.shape[0]!, w.shape[0]!, height, width], x.dtype, x.storage.backend);
  out.storage.backend.conv2d(out, x, w, bias ?? undefined, window, groups);
  const [xs, ws] = [x.shape, w.shape];
  return record(out, {
    op: "convolution",
    inputs: bias ? [x, w, bias] : [x, w],
    saved: [x, w],
    backward: (g, [x, w]) => [
      () => gradInput(g, w, xs, window, groups),
      () => gradWeight(g, x, ws, window, groups),
      () => sum(g, [0, 2, 3]),
    ],
  });
}

/** The adjoint of `convolve` in x. ∂g = x̄ ⋆ w, ∂w = the adjoint in w with x̄ for x. */
export function gradInput(g: Tensor, w: Tensor, shape: Shape, window: Window2d, groups: number): Tensor {
  const out = make(shape, g.dtype, g.storage.backend);
  out.storage.backend.conv2dGradInput(out, g, w, window, groups);
  const ws = w.shape;
  return record(out, {
    op: "convolution_backward_input",
    inputs: [g, w],
    saved: [g, w],
    backward: (x, [g, w]) => [
      () => convolve(x, w, null, window, groups),
      () => gradWeight(g, x, ws, window, groups),
    ],
  });
}

/** The adjoint of `convolve` in w. ∂g = x ⋆ w̄, ∂x = the adjoint in x with w̄ for w. */
function gradWeight(g: Tensor, x: Tensor, shape: Shape, window: Window2d, groups: number): Tensor {
  const out = make(shape, g.dtype, g.storage.backend);
  out.storage.backend.conv2dGradWeight(out, g, x, window, groups);
  const xs = x.shape;
  return record(out, {
    op: "convolution_backward_weight",
    inputs: [g, x],
    saved: [g, x],
    backward: (w, [g, x]) => [
      () => convolve(x, w, null, window, groups),
      () => gradInput(g, w, xs, window, groups),
    ],
  });
}
