/** Comparison, logic on truth values, logic on bits. None has a derivative. */
import type { BinaryName, CompareName } from "../../backend/backend.js";
import { checkOptions } from "../../core/arguments.js";
import { dtypes } from "../../core/dtype.js";
import { ArgumentError, DTypeError } from "../../core/errors.js";
import { sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import {
  asOperand,
  asOperands,
  binary,
  checkKind,
  checkTensor,
  compare,
  type Operand,
  predicate,
  promoted,
  unary,
} from "../kernel.js";
import { all } from "../reduction/reduction.js";
import { abs, add, mul, sub } from "./arithmetic.js";

function comparison(op: string, name: CompareName, a: Tensor, other: Operand): Tensor {
  checkTensor(op, a);
  return compare(op, name, a, asOperand(op, other, a));
}

/** a = b, elementwise. @see torch.eq */
export function eq(a: Tensor, other: Operand): Tensor {
  return comparison("eq", "eq", a, other);
}
/** a ≠ b, elementwise. @see torch.ne */
export function ne(a: Tensor, other: Operand): Tensor {
  return comparison("ne", "ne", a, other);
}
/** a < b, elementwise. @see torch.lt */
export function lt(a: Tensor, other: Operand): Tensor {
  return comparison("lt", "lt", a, other);
}
/** a ≤ b, elementwise. @see torch.le */
export function le(a: Tensor, other: Operand): Tensor {
  return comparison("le", "le", a, other);
}
/** a > b, elementwise. @see torch.gt */
export function gt(a: Tensor, other: Operand): Tensor {
  return comparison("gt", "gt", a, other);
}
/** a ≥ b, elementwise. @see torch.ge */
export function ge(a: Tensor, other: Operand): Tensor {
  return comparison("ge", "ge", a, other);
}

/** Whether both have one shape and equal elements. @see torch.equal */
export function equal(a: Tensor, b: Tensor): boolean {
  checkTensor("equal", a);
  checkTensor("equal", b);
  return sameShape(a.shape, b.shape) && scalarOf(all(eq(a, b))) === true;
}

export interface CloseOptions {
  /** @defaultValue 1e-5 */
  rtol?: number;
  /** @defaultValue 1e-8 */
  atol?: number;
  /** Whether NaN is close to NaN. @defaultValue false */
  equalNan?: boolean;
}

/** |a − b| ≤ atol + rtol·|b|, elementwise; infinities only if equal. @see torch.isclose */
export function isclose(a: Tensor, b: Tensor, options: CloseOptions = {}): Tensor {
  checkTensor("isclose", a);
  checkTensor("isclose", b);
  checkOptions("isclose", options, ["rtol", "atol", "equalNan"]);
  const { rtol = 1e-5, atol = 1e-8, equalNan = false } = options;
  if (a.dtype !== b.dtype) throw new DTypeError(`isclose: ${a.dtype} did not match ${b.dtype}`);
  if (!(rtol >= 0))
    throw new ArgumentError(`isclose: rtol must be greater than or equal to zero, but got ${rtol}`);
  if (!(atol >= 0))
    throw new ArgumentError(`isclose: atol must be greater than or equal to zero, but got ${atol}`);
  const same = equalNan ? logicalOr(eq(a, b), logicalAnd(isnan(a), isnan(b))) : eq(a, b);
  if (a.dtype === "bool") return same;
  const error = abs(sub(a, b));
  return logicalOr(same, logicalAnd(isfinite(error), le(error, add(abs(mul(b, rtol)), atol))));
}

/** Whether all elements are close. @see torch.allclose */
export function allclose(a: Tensor, b: Tensor, options: CloseOptions = {}): boolean {
  return scalarOf(all(isclose(a, b, options))) === true;
}

// ── truth values ─────────────────────────────────────────────────────────────────────────────────

/** Whether both are nonzero. @see torch.logical_and */
export function logicalAnd(a: Tensor, other: Tensor): Tensor {
  checkTensor("logicalAnd", other);
  return comparison("logicalAnd", "logicaland", a, other);
}
/** Whether one is nonzero. @see torch.logical_or */
export function logicalOr(a: Tensor, other: Tensor): Tensor {
  checkTensor("logicalOr", other);
  return comparison("logicalOr", "logicalor", a, other);
}
/** Whether exactly one is nonzero. @see torch.logical_xor */
export function logicalXor(a: Tensor, other: Tensor): Tensor {
  checkTensor("logicalXor", other);
  return comparison("logicalXor", "logicalxor", a, other);
}
/** Whether it is zero. @see torch.logical_not */
export function logicalNot(x: Tensor): Tensor {
  return predicate("logicalNot", "logicalnot", x);
}
/** @see torch.isnan */
export function isnan(x: Tensor): Tensor {
  return predicate("isnan", "isnan", x);
}
/** @see torch.isinf */
export function isinf(x: Tensor): Tensor {
  return predicate("isinf", "isinf", x);
}
/** @see torch.isfinite */
export function isfinite(x: Tensor): Tensor {
  return predicate("isfinite", "isfinite", x);
}
/** Whether the sign bit is set, also that of −0. @see torch.signbit */
export function signbit(x: Tensor): Tensor {
  return predicate("signbit", "signbit", x);
}

// ── bits ─────────────────────────────────────────────────────────────────────────────────────────

function bitwise(op: string, name: BinaryName, first: Operand, second: Operand): Tensor {
  const [a, b] = asOperands(op, first, second);
  const dtype = promoted(a, b);
  if (dtypes[dtype].kind === "float")
    throw new DTypeError(`${op}: not implemented for ${dtype}: whole numbers only`);
  return binary(op, name, a, b, dtype);
}

/** a & b. @see torch.bitwise_and */
export function bitwiseAnd(a: Operand, other: Operand): Tensor {
  return bitwise("bitwiseAnd", "bitwiseand", a, other);
}
/** a | b. @see torch.bitwise_or */
export function bitwiseOr(a: Operand, other: Operand): Tensor {
  return bitwise("bitwiseOr", "bitwiseor", a, other);
}
/** a ^ b. @see torch.bitwise_xor */
export function bitwiseXor(a: Operand, other: Operand): Tensor {
  return bitwise("bitwiseXor", "bitwisexor", a, other);
}
/** a << b. @see torch.bitwise_left_shift */
export function bitwiseLeftShift(a: Operand, other: Operand): Tensor {
  return bitwise("bitwiseLeftShift", "shiftleft", a, other);
}
/** a >> b, keeping the sign. @see torch.bitwise_right_shift */
export function bitwiseRightShift(a: Operand, other: Operand): Tensor {
  return bitwise("bitwiseRightShift", "shiftright", a, other);
}
/** ~x; of truth values the opposite. @see torch.bitwise_not */
export function bitwiseNot(x: Tensor): Tensor {
  checkTensor("bitwiseNot", x);
  checkKind("bitwiseNot", x, "int", "bool");
  return x.dtype === "bool" ? predicate("bitwiseNot", "logicalnot", x) : unary("bitwiseNot", "bitwisenot", x);
}
