/** New tensors over new memory: what every op and every factory starts from. */
import type { Backend, DeviceName } from "../backend/backend.js";
import { backendOf } from "../backend/registry.js";
import { type DType, dtypes, getDefaultDtype, sizeOf, type TypedArray } from "../core/dtype.js";
import { contiguousStrides, numel, type Shape } from "../core/shape.js";
import { denseStrides } from "./layout.js";
import { Storage } from "./storage.js";
import { Tensor } from "./tensor.js";

/** A contiguous tensor whose elements are whatever the memory held. */
export function make(shape: Shape, dtype: DType, backend: Backend): Tensor {
  const storage = new Storage(backend, backend.allocate(Math.max(1, numel(shape)) * sizeOf(dtype)));
  return new Tensor(storage, dtype, shape, contiguousStrides(shape));
}

/** As `make`, with the shape of x and its dims in the same order in memory. */
export function makeLike(x: Tensor, dtype: DType = x.dtype, backend: Backend = x.storage.backend): Tensor {
  const out = make(x.shape, dtype, backend);
  if (!x.isContiguous()) out.strides = denseStrides(x.shape, x.strides);
  return out;
}

/** A contiguous tensor with the bytes of a typed array. */
export function makeFrom(data: TypedArray, shape: Shape, dtype: DType, backend: Backend): Tensor {
  const out = make(shape, dtype, backend);
  backend.write(out.storage.cell, 0, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  return out;
}

/** A contiguous tensor with these elements, converted to `dtype`. */
export function makeOf(
  values: readonly (number | bigint)[],
  shape: Shape,
  dtype: DType,
  backend: Backend,
): Tensor {
  const { kind, array } = dtypes[dtype];
  if (dtype === "int64")
    return makeFrom(
      BigInt64Array.from(values, (v) => (typeof v === "bigint" ? v : BigInt(v))),
      shape,
      dtype,
      backend,
    );
  if (dtype === "float16" || dtype === "bfloat16") {
    const wide = makeFrom(Float64Array.from(values, Number), shape, "float64", backend);
    const out = make(shape, dtype, backend);
    backend.copy(out, wide);
    return out;
  }
  const data = new array(new ArrayBuffer(values.length * sizeOf(dtype)));
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    data[i] = (
      kind === "bool"
        ? v
          ? 1
          : 0
        : typeof v === "bigint" && kind === "int"
          ? Number(BigInt.asIntN(32, v))
          : Number(v)
    ) as never;
  }
  return makeFrom(data, shape, dtype, backend);
}

// ── numbers as operands ──────────────────────────────────────────────────────────────────────────

/** A plain value beside a tensor. */
export type Scalar = number | bigint | boolean;

/** The dtype a plain value has by itself: fractions the default one, whole numbers int64. */
export function scalarDType(value: Scalar): DType {
  if (typeof value === "boolean") return "bool";
  return typeof value === "bigint" || Number.isInteger(value) ? "int64" : getDefaultDtype();
}

const LARGEST_CACHE = 1024;
const constants = new Map<string, Map<Scalar, Tensor>>();

/** A 0-d tensor with the value; the same ones are made once, so they must never be changed. */
export function constant(value: Scalar, dtype: DType, device: DeviceName = "cpu"): Tensor {
  const key = device + dtype;
  let known = constants.get(key);
  if (!known) constants.set(key, (known = new Map()));
  let tensor = Object.is(value, -0) ? undefined : known.get(value);
  if (!tensor) {
    tensor = makeOf([typeof value === "boolean" ? Number(value) : value], [], dtype, backendOf(device));
    tensor.storage.escape();
    // The cache outlives every scope.
    tensor.storage.hold();
    tensor.isNumber = true;
    if (known.size >= LARGEST_CACHE) known.clear();
    if (!Object.is(value, -0)) known.set(value, tensor);
  }
  return tensor;
}
