/** Tensors over memory of the host. */
import type { DeviceName } from "../backend/backend.js";
import { backendOf, checkDevice } from "../backend/registry.js";
import { checkOptions } from "../core/arguments.js";
import { type DType, dtypes, type TypedArray } from "../core/dtype.js";
import { ArgumentError, DTypeError, show } from "../core/errors.js";
import { Storage } from "./storage.js";
import { Tensor } from "./tensor.js";

const arrayTypes: readonly DType[] = ["float64", "float32", "int64", "int32", "int16", "int8", "uint8"];

/** The dtype of a typed array's elements. */
export function dtypeOfArray(op: string, data: ArrayBufferView): DType {
  const dtype = arrayTypes.find((name) => data instanceof dtypes[name].array);
  if (dtype) return dtype;
  if (data instanceof Uint8ClampedArray) return "uint8";
  throw new DTypeError(`${op}: no dtype has the elements of ${show(data)}`);
}

/**
 * A 1-d tensor over the typed array's own memory: changes of either show in the other.
 *
 * Kernels copy it in and out around each call, so `torch.tensor(array)` is faster where sharing is not needed.
 *
 * @see torch.from_numpy
 */
export function fromTypedArray(data: TypedArray, options: { device?: DeviceName } = {}): Tensor {
  if (!ArrayBuffer.isView(data))
    throw new ArgumentError(`fromTypedArray: expected a typed array: got ${show(data)}`);
  checkOptions("fromTypedArray", options, ["device"]);
  const dtype = dtypeOfArray("fromTypedArray", data);
  const backend = backendOf(checkDevice("fromTypedArray", options.device ?? "cpu"));
  const cell = backend.adopt(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return new Tensor(new Storage(backend, cell), dtype, [data.length], [1]);
}
