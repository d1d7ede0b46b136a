/** What view ops start from, and what looks like a view but is not one. */
import { isGradEnabled } from "../../autograd/grad-mode.js";
import { record } from "../../autograd/record.js";
import { contiguousStrides, type Shape } from "../../core/shape.js";
import { Tensor } from "../../tensor/tensor.js";
import { reshape } from "./view.js";

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
    layout: parent ? parent.layout : x.strides,
    replay: parent ? (base) => replay(parent.replay(base)) : replay,
    version: x.version.value,
    frozen: isGradEnabled() ? (frozen ?? parent?.frozen ?? null) : "no_grad",
  };
  return y;
}

/** The fresh, contiguous result of an op under another shape: nothing else refers to it, so it is no view. */
export function unsafeView(x: Tensor, shape: Shape, op = "unsafe_view", overload = 0): Tensor {
  const y = new Tensor(x.storage, x.dtype, shape, contiguousStrides(shape), x.offset, x.version);
  const from = x.shape;
  return record(y, { op, overload, inputs: [x], backward: (g) => [() => reshape(g, from as number[])] });
}
