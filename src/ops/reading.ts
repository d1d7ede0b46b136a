/** From tensors to values of the host. */
import { dtypes, sizeOf, type TypedArray } from "../core/dtype.js";
import { ArgumentError, GradError, IndexError } from "../core/errors.js";
import { numel } from "../core/shape.js";
import { formatTensor } from "../tensor/format.js";
import type { Scalar } from "../tensor/make.js";
import { Parameter } from "../tensor/parameter.js";
import { Tensor } from "../tensor/tensor.js";
import { plain, scalarOf, valuesOf } from "../tensor/values.js";
import { checkTensor } from "./kernel.js";
import { select } from "./shape/slicing.js";

/** Plain values, nested as deep as the tensor has dims. */
export type NestedArray = Scalar | NestedArray[];

/**
 * The only element as a plain value: a number, a boolean, or for int64 beyond 2^53 a bigint.
 *
 * @throws ShapeError if there are more elements, or none
 * @see torch.Tensor.item
 */
export function item(x: Tensor): number {
  checkTensor("item", x);
  return scalarOf(x) as number;
}

/** The elements as nested arrays. @see torch.Tensor.tolist */
export function toArray(x: Tensor): NestedArray {
  checkTensor("toArray", x);
  const values = valuesOf(x).map((value) => plain(value, x.dtype));
  let at = 0;
  const nest = (d: number): NestedArray =>
    d === x.ndim ? values[at++]! : Array.from({ length: x.shape[d]! }, () => nest(d + 1));
  return nest(0);
}
/** The elements as nested arrays. @see torch.Tensor.tolist */
export function tolist(x: Tensor): NestedArray {
  return toArray(x);
}

/**
 * The elements as a typed array over the tensor's own memory: changes of either show in the other.
 *
 * The memory moves to the host for good, where kernels copy it in and out; for a copy use `x.clone().typedArray()`.
 *
 * @throws ArgumentError if the tensor is not contiguous
 * @throws GradError if it requires a gradient: use `x.detach().typedArray()`
 * @see torch.Tensor.numpy
 */
export function typedArray(x: Tensor): TypedArray {
  checkTensor("typedArray", x);
  if (x.requiresGrad)
    throw new GradError(
      "typedArray: Can't call typedArray() on Tensor that requires grad. Use tensor.detach().typedArray() instead.",
    );
  if (!x.isContiguous())
    throw new ArgumentError(
      "typedArray: the tensor has gaps or another order in memory: use x.contiguous().typedArray()",
    );
  const bytes = x.storage.backend.share(x.storage.cell);
  const start = bytes.byteOffset + x.offset * sizeOf(x.dtype);
  return new dtypes[x.dtype].array(bytes.buffer, start, numel(x.shape));
}

/** The entries of dim 0, one by one, as views. */
export function* iterate(x: Tensor): Generator<Tensor, void, undefined> {
  if (x.ndim === 0) throw new IndexError("iterate: iteration over a 0-d tensor");
  for (let i = 0; i < x.shape[0]!; i++) yield select(x, 0, i);
}

/** The text that printing shows. @see torch.Tensor.__repr__ */
export function inspect(x: Tensor): string {
  const { shape, dtype, device, requiresGrad } = x;
  const node = x.gradFn;
  const at = (index: readonly number[]): Scalar => {
    const offset = index.reduce((sum, i, d) => sum + i * x.strides[d]!, x.offset);
    return scalarOf(new Tensor(x.storage, dtype, [], [], offset));
  };
  return formatTensor({
    shape,
    dtype,
    at,
    device,
    requiresGrad,
    gradFn: node?.name ?? null,
    parameter: x instanceof Parameter,
  });
}
