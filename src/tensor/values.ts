/** Elements as plain values. */
import { type DType, dtypes, sizeOf } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import { formatShape, numel } from "../core/shape.js";
import { make, type Scalar } from "./make.js";
import type { Tensor } from "./tensor.js";

/** The elements, row-major, as plain values: int64 as bigint, bool as 0 and 1. */
export function valuesOf(x: Tensor): (number | bigint)[] {
  const { backend } = x.storage;
  let source = x;
  if (!x.isContiguous() || x.dtype === "float16" || x.dtype === "bfloat16") {
    source = make(x.shape, x.dtype === "float16" || x.dtype === "bfloat16" ? "float32" : x.dtype, backend);
    backend.copy(source, x);
  }
  const size = sizeOf(source.dtype);
  const bytes = backend.read(source.storage.cell, source.offset * size, numel(x.shape) * size);
  if (source !== x) source.storage.release();
  return Array.from(new dtypes[source.dtype].array(bytes) as ArrayLike<number | bigint>);
}

/** The only element as a plain value: int64 beyond 2^53 a bigint. */
export function scalarOf(x: Tensor): Scalar {
  if (numel(x.shape) !== 1)
    throw new ShapeError(
      `item: a Tensor with ${numel(x.shape)} elements cannot be converted to Scalar: shape ${formatShape(x.shape)}`,
    );
  return plain(valuesOf(x)[0]!, x.dtype);
}

/** An element as people read it. */
export function plain(value: number | bigint, dtype: DType): Scalar {
  if (dtype === "bool") return Boolean(value);
  return typeof value === "bigint" && value >= -9007199254740991n && value <= 9007199254740991n
    ? Number(value)
    : value;
}
