/** One number as the bytes of an element. */
import type { DType } from "../../core/dtype.js";
import { numberToBfloat16, numberToFloat16 } from "../../core/half.js";

/** The bytes of what was encoded last, the element first. */
export const words = new Int32Array(2);
const f32 = new Float32Array(words.buffer);
const f64 = new Float64Array(words.buffer);
const i64 = new BigInt64Array(words.buffer);

/** Whole numbers wrap around; fractions are cut off for dtypes that have none. */
export function encode(dtype: DType, value: number | bigint): void {
  if (dtype === "float32") f32[0] = Number(value);
  else if (dtype === "float64") f64[0] = Number(value);
  else if (dtype === "float16") words[0] = numberToFloat16(Number(value));
  else if (dtype === "bfloat16") words[0] = numberToBfloat16(Number(value));
  else if (dtype === "bool") words[0] = Number(Number(value) !== 0);
  else i64[0] = typeof value === "bigint" ? value : BigInt(Math.trunc(value));
}
