/** What can be asked of a tensor and is no tensor, as methods. */
import type { DType } from "../core/dtype.js";
import { sameShape } from "../core/shape.js";
import { memoryOrder } from "../tensor/layout.js";
import type { Tensor } from "../tensor/tensor.js";
import { to } from "./copying.js";
import { checkTensor } from "./kernel.js";

/** Whether both are the same memory in the same layout. @see torch.Tensor.is_set_to */
export function isSetTo(x: Tensor, other: Tensor): boolean {
  checkTensor("isSetTo", x);
  checkTensor("isSetTo", other);
  return (
    x.storage === other.storage &&
    x.offset === other.offset &&
    sameShape(x.shape, other.shape) &&
    sameShape(x.strides, other.strides)
  );
}

/** The dims from the one with the longest steps in memory to that with the shortest. @see torch.Tensor.dim_order */
export function dimOrder(x: Tensor): number[] {
  checkTensor("dimOrder", x);
  return memoryOrder(x.shape, x.strides).reverse();
}

/** The number of the accelerator that x lives on: −1, there is none. @see torch.Tensor.get_device */
export function getDevice(x: Tensor): number {
  checkTensor("getDevice", x);
  return -1;
}

const tensorTypes: { readonly [D in DType]: string } = {
  float64: "DoubleTensor",
  float32: "FloatTensor",
  float16: "HalfTensor",
  bfloat16: "BFloat16Tensor",
  int64: "LongTensor",
  int32: "IntTensor",
  int16: "ShortTensor",
  int8: "CharTensor",
  uint8: "ByteTensor",
  bool: "BoolTensor",
};

/** The name of x's type, as "torch.FloatTensor"; with a dtype, x converted to it. @see torch.Tensor.type */
export function type(x: Tensor): string;
export function type(x: Tensor, dtype: DType): Tensor;
export function type(x: Tensor, dtype?: DType): string | Tensor {
  checkTensor("type", x);
  return dtype === undefined ? `torch.${tensorTypes[x.dtype]}` : to(x, dtype);
}
