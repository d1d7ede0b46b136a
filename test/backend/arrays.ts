/** Arrays on any backend for tests: made from numbers in several layouts, and read back row-major. */

import type { Backend, NDArray } from "../../src/backend/backend.js";
import { type DType, dtypes, sizeOf, type TypedArray } from "../../src/core/dtype.js";
import { bfloat16ToNumber, float16ToNumber, numberToBfloat16, numberToFloat16 } from "../../src/core/half.js";
import { contiguousStrides, numel, type Shape } from "../../src/core/shape.js";

/**
 * contiguous; transposed: the last two dims stand swapped in memory; stepped: every second element of a longer array;
 * expanded: dim 0 repeats its first entry with stride 0.
 */
export type Layout = "contiguous" | "transposed" | "stepped" | "expanded";
export const layouts: readonly Layout[] = ["contiguous", "transposed", "stepped", "expanded"];

/** Strides and the first element's offset of `shape` in a layout, in elements. */
function place(shape: Shape, layout: Layout): { strides: number[]; offset: number } {
  const rank = shape.length;
  if (layout === "transposed" && rank >= 2) {
    const order = shape.map((_, d) => (d < rank - 2 ? d : 2 * rank - 3 - d));
    const swapped = contiguousStrides(order.map((d) => shape[d]!));
    return { strides: order.map((d) => swapped[d]!), offset: 0 };
  }
  const strides = contiguousStrides(shape);
  if (layout === "stepped") return { strides: strides.map((s) => 2 * s), offset: 1 };
  if (layout === "expanded" && rank >= 1)
    return { strides: strides.map((s, d) => (d === 0 ? 0 : s)), offset: 0 };
  return { strides, offset: 0 };
}

/** Where each element stands, row-major. */
function positions(x: Pick<NDArray, "shape" | "strides" | "offset">): number[] {
  let at = [x.offset];
  x.shape.forEach((n, d) => {
    at = at.flatMap((p) => Array.from({ length: n }, (_, i) => p + i * x.strides[d]!));
  });
  return at;
}

function bits(dtype: DType, value: number | bigint): number | bigint {
  if (dtype === "int64") return BigInt(value);
  if (dtype === "bool") return value ? 1 : 0;
  if (dtype === "float16") return numberToFloat16(Number(value));
  if (dtype === "bfloat16") return numberToBfloat16(Number(value));
  return Number(value);
}

/** An array holding `values` row-major; of an expanded one only the first entry's values count. */
export function make(
  backend: Backend,
  dtype: DType,
  shape: Shape,
  values: readonly (number | bigint)[] | number | bigint = [],
  layout: Layout = "contiguous",
): NDArray {
  const { strides, offset } = place(shape, layout);
  const at = positions({ shape, strides, offset });
  const length = Math.max(1, 2 * numel(shape));
  const data: TypedArray = new dtypes[dtype].array(new ArrayBuffer(length * sizeOf(dtype)));
  const value = (i: number) => (Array.isArray(values) ? (values[i] ?? 0) : (values as number));
  for (let i = at.length - 1; i >= 0; i--) data[at[i]!] = bits(dtype, value(i)) as never;
  const cell = backend.allocate(data.byteLength);
  backend.write(cell, 0, new Uint8Array(data.buffer));
  return { storage: { cell }, dtype, shape, strides, offset };
}

/** The elements row-major; int64 as bigints, everything else as numbers. */
export function values(backend: Backend, x: NDArray): (number | bigint)[] {
  const { cell } = x.storage;
  const data: TypedArray = new dtypes[x.dtype].array(backend.read(cell, 0, cell.bytes));
  const read = (p: number): number | bigint => {
    const raw = data[p]!;
    if (x.dtype === "float16") return float16ToNumber(Number(raw));
    if (x.dtype === "bfloat16") return bfloat16ToNumber(Number(raw));
    return raw;
  };
  return positions(x).map(read);
}
