/** Factories as methods: new tensors with the dtype and device of another. */
import { checkSizes, type Shape } from "../core/shape.js";
import { emptyStrided } from "./arrangements.js";
import {
  empty,
  full,
  type Nested,
  ones,
  type SizesAnd,
  sizesAnd,
  type TensorOptions,
  tensor,
  zeros,
} from "./create.js";
import type { Scalar } from "./make.js";
import type { Tensor } from "./tensor.js";

const like = (x: Tensor, options: TensorOptions): TensorOptions => ({
  dtype: x.dtype,
  device: x.device,
  ...options,
});

/** @see torch.Tensor.new_empty */
export function newEmpty(x: Tensor, ...args: SizesAnd<TensorOptions>): Tensor {
  const { shape, options } = sizesAnd<TensorOptions>("newEmpty", args);
  return empty(shape, like(x, options));
}
/** @see torch.Tensor.new_empty_strided */
export function newEmptyStrided(
  x: Tensor,
  shape: Shape,
  strides: Shape,
  options: TensorOptions = {},
): Tensor {
  return emptyStrided(shape, strides, like(x, options));
}
/** @see torch.Tensor.new_zeros */
export function newZeros(x: Tensor, ...args: SizesAnd<TensorOptions>): Tensor {
  const { shape, options } = sizesAnd<TensorOptions>("newZeros", args);
  return zeros(shape, like(x, options));
}
/** @see torch.Tensor.new_ones */
export function newOnes(x: Tensor, ...args: SizesAnd<TensorOptions>): Tensor {
  const { shape, options } = sizesAnd<TensorOptions>("newOnes", args);
  return ones(shape, like(x, options));
}
/** @see torch.Tensor.new_full */
export function newFull(x: Tensor, shape: Shape, value: Scalar, options: TensorOptions = {}): Tensor {
  return full(checkSizes("newFull", shape), value, like(x, options));
}
/** @see torch.Tensor.new_tensor */
export function newTensor(x: Tensor, data: Nested, options: TensorOptions = {}): Tensor {
  return tensor(data, like(x, options));
}
