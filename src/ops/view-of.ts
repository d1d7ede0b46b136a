/** What every view op starts from. */
import { isGradEnabled } from "../autograd/grad-mode.js";
import type { Shape } from "../core/shape.js";
import { Tensor } from "../tensor/tensor.js";

/** A tensor over x's memory that remembers how it was taken. */
export function viewOf(
  x: Tensor,
  shape: Shape,
  strides: Shape,
  offset: number,
  replay: (x: Tensor) => Tensor,
  frozen: "multiple" | null = null,
): Tensor {
  const y = new Tensor(x.storage, x.dtype, shape, strides, offset, x.version);
  const parent = x.origin;
  y.origin = {
    base: parent ? parent.base : x,
    replay: parent ? (base) => replay(parent.replay(base)) : replay,
    version: x.version.value,
    frozen: isGradEnabled() ? (frozen ?? parent?.frozen ?? null) : "no_grad",
  };
  return y;
}
