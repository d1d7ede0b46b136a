/**
 * Element types: sizes, typed arrays, and PyTorch's rules for what two of them make together.
 *
 * @see torch.dtype, torch.result_type
 */
import { ArgumentError, show } from "./errors.js";

export type DType =
  | "float64"
  | "float32"
  | "float16"
  | "bfloat16"
  | "int64"
  | "int32"
  | "int16"
  | "int8"
  | "uint8"
  | "bool";
/** Whole numbers, fractions, or truth values: a higher kind wins in promotion. */
export type Kind = "bool" | "int" | "float";
export type TypedArray =
  | Float64Array
  | Float32Array
  | BigInt64Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint8Array
  | Uint16Array;
type TypedArrayConstructor = {
  new (buffer: ArrayBufferLike, byteOffset?: number, length?: number): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
};

interface DTypeInfo {
  /** Bytes an element takes. */
  readonly size: number;
  readonly kind: Kind;
  /** The view of raw bytes; float16 and bfloat16 show their bits. */
  readonly array: TypedArrayConstructor;
  /** The prefix of its kernels' names. */
  readonly prefix: string;
}

export const dtypes: { readonly [D in DType]: DTypeInfo } = {
  float64: { size: 8, kind: "float", array: Float64Array, prefix: "f64" },
  float32: { size: 4, kind: "float", array: Float32Array, prefix: "f32" },
  float16: { size: 2, kind: "float", array: Uint16Array, prefix: "f16" },
  bfloat16: { size: 2, kind: "float", array: Uint16Array, prefix: "bf16" },
  int64: { size: 8, kind: "int", array: BigInt64Array, prefix: "i64" },
  int32: { size: 4, kind: "int", array: Int32Array, prefix: "i32" },
  int16: { size: 2, kind: "int", array: Int16Array, prefix: "i16" },
  int8: { size: 1, kind: "int", array: Int8Array, prefix: "i8" },
  uint8: { size: 1, kind: "int", array: Uint8Array, prefix: "u8" },
  bool: { size: 1, kind: "bool", array: Uint8Array, prefix: "u8" },
};

export function isDType(value: unknown): value is DType {
  return typeof value === "string" && Object.hasOwn(dtypes, value);
}
/** @throws ArgumentError if `value` names no dtype. */
export function checkDType(op: string, value: unknown): DType {
  if (isDType(value)) return value;
  throw new ArgumentError(
    `${op}: dtype must be one of ${Object.keys(dtypes).join(", ")}: got ${show(value)}`,
  );
}
export const isFloat = (dtype: DType): boolean => dtypes[dtype].kind === "float";
export const sizeOf = (dtype: DType): number => dtypes[dtype].size;

/** Least and greatest value of an integer dtype. */
export function integerRange(dtype: DType): readonly [bigint, bigint] {
  if (dtype === "bool") return [0n, 1n];
  if (dtype === "uint8") return [0n, 255n];
  const half = 1n << BigInt(8 * sizeOf(dtype) - 1);
  return [-half, half - 1n];
}

let current: DType = "float32";
/** The dtype of new tensors made from fractions, float32 unless set. @see torch.get_default_dtype */
export function getDefaultDtype(): DType {
  return current;
}
/** Sets the dtype of new tensors made from fractions. @see torch.set_default_dtype */
export function setDefaultDtype(dtype: DType): void {
  if (!isFloat(checkDType("setDefaultDtype", dtype)))
    throw new ArgumentError(`setDefaultDtype: only floating-point dtypes can be the default: got ${dtype}`);
  current = dtype;
}

const tensorTypes: Readonly<Record<string, DType>> = {
  "torch.FloatTensor": "float32",
  "torch.DoubleTensor": "float64",
  "torch.HalfTensor": "float16",
  "torch.BFloat16Tensor": "bfloat16",
};
/** Sets the default dtype by PyTorch's old name of a tensor type. @see torch.set_default_tensor_type */
export function setDefaultTensorType(name: string): void {
  const dtype = Object.hasOwn(tensorTypes, name) ? tensorTypes[name] : undefined;
  if (!dtype)
    throw new ArgumentError(
      `setDefaultTensorType: expected one of ${Object.keys(tensorTypes).join(", ")}: got ${show(name)}`,
    );
  setDefaultDtype(dtype);
}

// ── promotion ────────────────────────────────────────────────────────────────────────────────────

const kindRank = { bool: 0, int: 1, float: 2 } as const;
const signed: readonly DType[] = ["int8", "int16", "int32", "int64"];

/** The smallest dtype that both convert to. @see torch.promote_types */
export function promoteTypes(a: DType, b: DType): DType {
  checkDType("promoteTypes", a);
  checkDType("promoteTypes", b);
  if (a === b) return a;
  const [ka, kb] = [dtypes[a].kind, dtypes[b].kind];
  if (ka !== kb) return kindRank[ka] > kindRank[kb] ? a : b;
  if (ka === "float") return sizeOf(a) === sizeOf(b) ? "float32" : sizeOf(a) > sizeOf(b) ? a : b;
  // uint8 fits no signed type of its own size, so beside int8 both become int16.
  if (a === "uint8" || b === "uint8") {
    const other = a === "uint8" ? b : a;
    return other === "int8" ? "int16" : other;
  }
  return signed.indexOf(a) > signed.indexOf(b) ? a : b;
}

/** Whether promotion may turn one dtype into the other: fractions never become whole, nothing becomes bool. @see torch.can_cast */
export function canCast(from: DType, to: DType): boolean {
  return (
    kindRank[dtypes[checkDType("canCast", from)].kind] <= kindRank[dtypes[checkDType("canCast", to)].kind]
  );
}

/** What promotion needs to know of an operand: `weight` is 2 for a tensor with dims, 1 for a 0-d one, 0 for a number. */
export interface Promotable {
  readonly dtype: DType;
  readonly weight: 0 | 1 | 2;
}

/** The dtype of a result: a lighter operand counts only if its kind is higher than all heavier ones'. */
export function resultType(a: Promotable, b: Promotable): DType {
  if (a.dtype === b.dtype) return a.dtype;
  if (a.weight === b.weight) return promoteTypes(a.dtype, b.dtype);
  const [heavy, light] = a.weight > b.weight ? [a.dtype, b.dtype] : [b.dtype, a.dtype];
  if (kindRank[dtypes[light].kind] <= kindRank[dtypes[heavy].kind]) return heavy;
  const dtype = Math.min(a.weight, b.weight) === 0 && isFloat(light) ? getDefaultDtype() : light;
  return promoteTypes(heavy, dtype);
}
