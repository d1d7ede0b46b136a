/** Float64 arithmetic made that of a narrower dtype: every result is rounded as an element of it would be. */
import type { DType } from "../../core/dtype.js";
import { bfloat16ToNumber, float16ToNumber, numberToBfloat16, numberToFloat16 } from "../../core/half.js";

/** The nearest value of a float dtype; other dtypes leave numbers alone. */
export function rounder(dtype: DType): (x: number) => number {
  if (dtype === "float32") return Math.fround;
  if (dtype === "float16") return (x) => float16ToNumber(numberToFloat16(x));
  if (dtype === "bfloat16") return (x) => bfloat16ToNumber(numberToBfloat16(x));
  return (x) => x;
}
