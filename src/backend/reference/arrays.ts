/**
 * @file Arrays with strides as plain lists of numbers, in row-major order.
 *
 * The reference kernels read their operands into lists, say what they mean in plain loops over those, and write the result
 * back. float16 and bfloat16 are numbers here, int64 are bigints. Sums are kept in float64 and rounded once.
 */
import { type DType, dtypes, sizeOf } from "../../core/dtype.js";
import { bfloat16ToNumber, float16ToNumber, numberToBfloat16, numberToFloat16 } from "../../core/half.js";
import { contiguousStrides, numel, type Shape } from "../../core/shape.js";
import type { Cell, NDArray, TypedArray } from "../backend.js";

export interface HostCell extends Cell {
  readonly data: Uint8Array;
}

/** The cell's bytes as elements of `dtype`. */
export function view(x: NDArray): TypedArray {
  const { data } = x.storage.cell as HostCell;
  return new dtypes[x.dtype].array(
    data.buffer,
    data.byteOffset,
    Math.floor(data.byteLength / sizeOf(x.dtype)),
  );
}

/** Where each element stands, row-major. */
export function positions({
  shape,
  strides,
  offset,
}: Pick<NDArray, "shape" | "strides" | "offset">): number[] {
  let at = [offset];
  shape.forEach((n, d) => {
    const next: number[] = [];
    for (const p of at) for (let i = 0; i < n; i++) next.push(p + i * strides[d]!);
    at = next;
  });
  return at;
}

/** Elements as numbers, row-major; of int64 only those that a number can hold exactly are exact. */
export function numbers(x: NDArray): number[] {
  const data = view(x);
  const at = positions(x);
  if (x.dtype === "float16") return at.map((p) => float16ToNumber(Number(data[p])));
  if (x.dtype === "bfloat16") return at.map((p) => bfloat16ToNumber(Number(data[p])));
  return at.map((p) => Number(data[p]));
}

/** Elements of an integer or bool array as bigints, row-major. */
export function bigints(x: NDArray): bigint[] {
  const data = view(x);
  return positions(x).map((p) => BigInt(data[p]!));
}

/** Writes numbers or bigints, converting as C does: fractions are cut off, whole numbers wrap around. */
export function write(out: NDArray, values: readonly (number | bigint)[]): void {
  const data = view(out);
  const put = converter(out.dtype);
  positions(out).forEach((p, i) => {
    data[p] = put(values[i]!);
  });
}

/** What is stored in a typed array for a value of the given dtype. */
function converter(dtype: DType): (value: number | bigint) => never {
  const { kind } = dtypes[dtype];
  const convert = (value: number | bigint): number | bigint => {
    if (dtype === "bool") return Number(value) !== 0 ? 1 : 0;
    if (dtype === "float16") return numberToFloat16(Number(value));
    if (dtype === "bfloat16") return numberToBfloat16(Number(value));
    if (kind === "float") return Number(value);
    const whole = typeof value === "bigint" ? value : toInt64(value);
    return dtype === "int64" ? whole : Number(BigInt.asIntN(32, whole));
  };
  return convert as (value: number | bigint) => never;
}

/** As x86 converts: what int64 cannot hold, and NaN, becomes its least value. */
function toInt64(value: number): bigint {
  const cut = Math.trunc(value);
  return cut >= -0x8000000000000000 && cut < 0x8000000000000000 ? BigInt(cut) : -9223372036854775808n;
}

/** Views of an array with dims picked, to walk a part of it. */
export function pick(x: NDArray, dims: readonly number[]): { shape: Shape; strides: Shape } {
  return { shape: dims.map((d) => x.shape[d]!), strides: dims.map((d) => x.strides[d]!) };
}

/** A contiguous array of its own, zero-filled. */
export function zeros(shape: Shape, dtype: DType): NDArray {
  const data = new Uint8Array(Math.max(1, numel(shape)) * sizeOf(dtype));
  const cell: HostCell = { bytes: data.byteLength, data };
  return { storage: { cell }, dtype, shape, strides: contiguousStrides(shape), offset: 0 };
}
