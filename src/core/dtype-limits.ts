/** What the numbers of a dtype can be. */
import { checkDType, type DType, dtypes, getDefaultDtype, integerRange, sizeOf } from "./dtype.js";
import { DTypeError } from "./errors.js";

/** Limits of fractions. @see torch.finfo */
export interface FloatInfo {
  readonly dtype: DType;
  readonly bits: number;
  /** The step from 1 to the next number. */
  readonly eps: number;
  readonly max: number;
  readonly min: number;
  /** The least positive number with full precision. */
  readonly tiny: number;
  readonly smallestNormal: number;
  /** The power of ten that two numbers near 1 must differ by to be told apart in decimals. */
  readonly resolution: number;
}
/** Limits of whole numbers; of int64 as bigints. @see torch.iinfo */
export interface IntegerInfo {
  readonly dtype: DType;
  readonly bits: number;
  readonly max: number | bigint;
  readonly min: number | bigint;
}

/** eps, max, tiny, resolution. */
const fractions: { readonly [D in DType]?: readonly [number, number, number, number] } = {
  float64: [2.220446049250313e-16, 1.7976931348623157e308, 2.2250738585072014e-308, 1e-15],
  float32: [1.1920928955078125e-7, 3.4028234663852886e38, 1.1754943508222875e-38, 1e-6],
  float16: [0.0009765625, 65504, 0.00006103515625, 1e-3],
  bfloat16: [0.0078125, 3.3895313892515355e38, 1.1754943508222875e-38, 1e-2],
};

/** Limits of a floating-point dtype, of the default one when none is given. @throws DTypeError for other dtypes @see torch.finfo */
export function finfo(dtype: DType = getDefaultDtype()): FloatInfo {
  const limits = fractions[checkDType("finfo", dtype)];
  if (!limits) throw new DTypeError(`finfo: a floating point dtype is required: got ${dtype}; use iinfo`);
  const [eps, max, tiny, resolution] = limits;
  return { dtype, bits: 8 * sizeOf(dtype), eps, max, min: -max, tiny, smallestNormal: tiny, resolution };
}

/** Limits of an integer dtype. @throws DTypeError for other dtypes @see torch.iinfo */
export function iinfo(dtype: DType): IntegerInfo {
  if (dtypes[checkDType("iinfo", dtype)].kind !== "int")
    throw new DTypeError(`iinfo: an integer dtype is required: got ${dtype}`);
  const [min, max] = integerRange(dtype).map((limit) => (dtype === "int64" ? limit : Number(limit)));
  return { dtype, bits: 8 * sizeOf(dtype), max: max!, min: min! };
}
