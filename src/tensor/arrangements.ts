/** Tensors from memory that is there, or laid out in a way of one's own. */
import { checkInteger, checkNumber, checkOptions } from "../core/arguments.js";
import { checkDType, type DType, getDefaultDtype, sizeOf } from "../core/dtype.js";
import { ArgumentError, ShapeError, show } from "../core/errors.js";
import { checkSizes, formatShape, numel, type Shape } from "../core/shape.js";
import { arange, asTensor, type Nested, resolve, type TensorOptions, tensor } from "./create.js";
import { fromTypedArray } from "./host.js";
import { make } from "./make.js";
import { Tensor } from "./tensor.js";

/** Uninitialised, with steps between neighbours of the caller's choice. @see torch.empty_strided */
export function emptyStrided(shape: Shape, strides: Shape, options: TensorOptions = {}): Tensor {
  checkSizes("emptyStrided", shape);
  checkSizes("emptyStrided", strides);
  if (shape.length !== strides.length)
    throw new ShapeError(
      `emptyStrided: dimensionality of sizes (${shape.length}) must match dimensionality of strides (${strides.length})`,
    );
  const { dtype, backend, requiresGrad } = resolve("emptyStrided", options, getDefaultDtype());
  const span = numel(shape) === 0 ? 0 : shape.reduce((end, n, d) => end + (n - 1) * strides[d]!, 1);
  const memory = make([span], dtype, backend);
  return new Tensor(memory.storage, dtype, shape, strides).requiresGrad_(requiresGrad);
}

/** start, start + step, … up to and with `end`, as fractions. `arange` leaves the end out. @see torch.range */
export function range(start: number, end: number, step = 1, options: TensorOptions = {}): Tensor {
  for (const [name, value] of Object.entries({ start, end, step })) checkNumber("range", name, value);
  if (step === 0) throw new ArgumentError("range: step must be nonzero");
  if ((end - start) * step < 0)
    throw new ArgumentError(
      `range: upper bound and lower bound inconsistent with step sign: ${start} to ${end} by ${step}`,
    );
  const count = Math.floor((end - start) / step) + 1;
  return arange(start, start + (count - 0.5) * step, step, { dtype: getDefaultDtype(), ...options });
}

export interface AsarrayOptions extends TensorOptions {
  /** true: always a copy; false: never one; otherwise one where it is needed. */
  copy?: boolean;
}
/** A tensor of anything: tensors and typed arrays share their memory if nothing has to change. @see torch.asarray */
export function asarray(data: Nested, options: AsarrayOptions = {}): Tensor {
  checkOptions("asarray", options, ["dtype", "device", "requiresGrad", "copy"]);
  const { copy, requiresGrad = false, ...target } = options;
  if (copy === true) return tensor(data, { ...target, requiresGrad });
  const shared = data instanceof Tensor || ArrayBuffer.isView(data);
  const own = ArrayBuffer.isView(data) ? fromTypedArray(data) : data;
  const y = asTensor(own, target);
  if (copy === false && !(shared && y === own))
    throw new ArgumentError(
      `asarray: can't alias ${show(data)} as a tensor of ${target.dtype ?? "its own dtype"}: leave out { copy: false }`,
    );
  return data instanceof Tensor && y === data && requiresGrad === data.requiresGrad
    ? y
    : y.detach().requiresGrad_(requiresGrad);
}

export interface FrombufferOptions {
  dtype: DType;
  /** How many elements; all that are left unless given. */
  count?: number;
  /** Bytes to skip. @defaultValue 0 */
  offset?: number;
  /** @defaultValue false */
  requiresGrad?: boolean;
}
/** A 1-d tensor over the bytes of an ArrayBuffer: changes of either show in the other. @see torch.frombuffer */
export function frombuffer(buffer: ArrayBuffer, options: FrombufferOptions): Tensor {
  checkOptions("frombuffer", options, ["dtype", "count", "offset", "requiresGrad"]);
  if (!(buffer instanceof ArrayBuffer))
    throw new ArgumentError(`frombuffer: expected an ArrayBuffer: got ${show(buffer)}`);
  const { offset = 0, requiresGrad = false } = options;
  const dtype = checkDType("frombuffer", options.dtype);
  const size = sizeOf(dtype);
  const left = buffer.byteLength - checkInteger("frombuffer", "offset", offset, 0);
  const count = checkInteger("frombuffer", "count", options.count ?? Math.floor(left / size), 0);
  if (count * size > left || (options.count === undefined && left % size !== 0))
    throw new ShapeError(
      `frombuffer: ${formatShape([count])} elements of ${dtype} from byte ${offset} do not fit a buffer of ${buffer.byteLength} bytes`,
    );
  const bytes = new Uint8Array(buffer, offset, count * size);
  const x = fromTypedArray(bytes);
  return new Tensor(x.storage, dtype, [count], [1]).requiresGrad_(requiresGrad);
}
