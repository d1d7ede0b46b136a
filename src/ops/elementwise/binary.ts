/** Functions of two numbers or three, elementwise, beyond arithmetic. */
import { record } from "../../autograd/record.js";
import { checkNumber, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { DTypeError } from "../../core/errors.js";
import { constant } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { to } from "../copying.js";
import { asOperand, asTerms, binary, checkTensor, floating, type Operand, promoted } from "../kernel.js";
import { named } from "../named.js";
import { inPlace } from "../rewrite.js";
import { abs, add, div, mul, neg, pow, rsub, sub } from "./arithmetic.js";
import { eq, ge, gt, isnan, le, logicalAnd, logicalOr, lt } from "./comparison.js";
import { exp, exp2, log1p, log2 } from "./exponential.js";
import { maskedFill, maximum, where } from "./selection.js";

/** √(a² + b²) without overflow. ∂a = g·a/y, ∂b = g·b/y. @see torch.hypot */
export function hypot(a: Tensor, b: Tensor): Tensor {
  checkTensor("hypot", a);
  checkTensor("hypot", b);
  const y = binary("hypot", "hypot", a, b);
  return record(y, {
    op: "hypot",
    inputs: [a, b],
    saved: [a, b, y],
    backward: (g, [a, b, y]) => [() => mul(g, div(a, y)), () => mul(g, div(b, y))],
  });
}

/** |a| with the sign of b. ∂a = g where the sign stays, −g where it turns, 0 where a = 0. @see torch.copysign */
export function copysign(a: Tensor, other: Operand): Tensor {
  checkTensor("copysign", a);
  const b = asOperand("copysign", other, a);
  const y = binary("copysign", "copysign", a, b, floating(promoted(a, b)));
  return record(y, {
    op: "copysign",
    overload: b.isNumber ? 1 : 0,
    inputs: [a, b],
    saved: [a, y],
    backward: (g, [a, y]) => [() => mul(g, maskedFill(div(y, a), eq(a, 0), 0)), () => mul(g, 0)],
  });
}

/** The next number after a on the way to b. @see torch.nextafter */
export function nextafter(a: Tensor, b: Tensor): Tensor {
  checkTensor("nextafter", a);
  checkTensor("nextafter", b);
  return binary("nextafter", "nextafter", a, b);
}

/** Of two numbers the one that wins, of a number and NaN the number. ∂ = g for the one taken, a if both are equal. */
function extreme(op: "fmax" | "fmin", a: Tensor, b: Tensor): Tensor {
  checkTensor(op, a);
  checkTensor(op, b);
  const wins = op === "fmax" ? ge : le;
  return record(binary(op, op, a, b), {
    op,
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => {
      const first = () => logicalOr(wins(a, b), isnan(b));
      return [() => where(first(), g, 0), () => where(first(), 0, g)];
    },
  });
}
/** The greater of both; NaN only if both are. @see torch.fmax */
export function fmax(a: Tensor, b: Tensor): Tensor {
  return extreme("fmax", a, b);
}
/** The smaller of both; NaN only if both are. @see torch.fmin */
export function fmin(a: Tensor, b: Tensor): Tensor {
  return extreme("fmin", a, b);
}

/** 0 below zero, 1 above, `values` at zero. @see torch.heaviside */
export function heaviside(x: Tensor, values: Tensor): Tensor {
  checkTensor("heaviside", x);
  checkTensor("heaviside", values);
  if (x.dtype !== values.dtype)
    throw new DTypeError(
      `heaviside: heaviside is not yet implemented for tensors with different dtypes: ${x.dtype} and ${values.dtype}`,
    );
  const [z, v] = [x.detach(), values.detach()];
  return where(eq(z, 0), v, to(gt(z, 0), x.dtype));
}

/** x·2^other. @see torch.ldexp */
export function ldexp(x: Tensor, other: Tensor): Tensor {
  checkTensor("ldexp", x);
  checkTensor("ldexp", other);
  return mul(x, pow(2.0, to(other, floating(other.dtype))));
}

/** ln(eᵃ + eᵇ), and its like of base 2, without overflow. ∂a = g/(1 + base^(b−a)). */
function logSum(op: "logaddexp" | "logaddexp2", a: Tensor, b: Tensor): Tensor {
  checkTensor(op, a);
  checkTensor(op, b);
  if (!isFloat(promoted(a, b))) throw new DTypeError(`${op}: not implemented for ${promoted(a, b)}`);
  const power = op === "logaddexp" ? exp : exp2;
  const [p, q] = [a.detach(), b.detach()];
  const tail = power(neg(abs(sub(p, q))));
  const y = add(maximum(p, q), op === "logaddexp" ? log1p(tail) : log2(add(tail, 1)));
  // Of two equal infinities the difference is no number.
  const same = logicalAnd(eq(p, q), eq(abs(p), Number.POSITIVE_INFINITY));
  return record(where(same, p, y), {
    op,
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => [() => div(g, add(power(sub(b, a)), 1)), () => div(g, add(power(sub(a, b)), 1))],
  });
}
/** ln(eᵃ + eᵇ). @see torch.logaddexp */
export function logaddexp(a: Tensor, b: Tensor): Tensor {
  return logSum("logaddexp", a, b);
}
/** log₂(2ᵃ + 2ᵇ). @see torch.logaddexp2 */
export function logaddexp2(a: Tensor, b: Tensor): Tensor {
  return logSum("logaddexp2", a, b);
}

/** x + w·(end − x). ∂x = g·(1 − w), ∂end = g·w, ∂w = g·(end − x). @see torch.lerp */
export function lerp(x: Tensor, end: Tensor, weight: Operand): Tensor {
  checkTensor("lerp", x);
  checkTensor("lerp", end);
  if (x.dtype !== end.dtype)
    throw new DTypeError(`lerp: expected dtype ${x.dtype} for \`end\` but got dtype ${end.dtype}`);
  if (!isFloat(x.dtype)) throw new DTypeError(`lerp: not implemented for ${x.dtype}`);
  const w = asOperand("lerp", weight, x);
  const [a, b, v] = [x.detach(), end.detach(), w.detach()];
  const d = sub(b, a);
  // From the nearer end, so that both are met exactly.
  const y = where(lt(abs(v), 0.5), add(a, mul(v, d)), sub(b, mul(d, rsub(v, 1))));
  return record(y, {
    op: "lerp",
    overload: w.isNumber ? 0 : 1,
    inputs: [x, end, w],
    saved: [x, end, w],
    backward: (g, [x, end, w]) => [() => mul(g, rsub(w, 1)), () => mul(g, w), () => mul(g, sub(end, x))],
  });
}

export interface ValueOptions {
  /** Factor of the added term. @defaultValue 1 */
  value?: number;
}
function factorOf(op: string, options: ValueOptions | undefined): number {
  checkOptions(op, options, ["value"]);
  return checkNumber(op, "value", options?.value ?? 1);
}
/** x + value·a·b. @see torch.addcmul */
export function addcmul(x: Tensor, a: Tensor, b: Tensor, options?: ValueOptions): Tensor {
  checkTensor("addcmul", a);
  checkTensor("addcmul", b);
  const term = mul(a, b);
  const value = factorOf("addcmul", options);
  return named("addcmul", add(x, mul(term, isFloat(term.dtype) ? value : Math.trunc(value))));
}
/** x + value·a/b. @see torch.addcdiv */
export function addcdiv(x: Tensor, a: Tensor, b: Tensor, options?: ValueOptions): Tensor {
  checkTensor("addcdiv", a);
  checkTensor("addcdiv", b);
  if (!isFloat(a.dtype) && !isFloat(b.dtype))
    throw new DTypeError("addcdiv: Integer division with addcdiv is no longer supported: use floats");
  return named("addcdiv", add(x, mul(div(a, b), factorOf("addcdiv", options))));
}

/** aᵇ, computed in float64 whatever is given. @see torch.float_power */
export function floatPower(a: Operand, b: Operand): Tensor {
  const [x, y] = asTerms("floatPower", a, b);
  const wide = (z: Tensor) => (z.isNumber ? constant(scalarOf(z), "float64", z.device) : to(z, "float64"));
  return pow(wide(x), wide(y));
}
/** As `floatPower`, written into x. @throws DTypeError unless x is float64 @see torch.Tensor.float_power_ */
export function floatPower_(x: Tensor, b: Operand): Tensor {
  checkTensor("floatPower_", x);
  if (x.dtype !== "float64")
    throw new DTypeError(
      `floatPower_: the base given to float_power_ has dtype ${x.dtype} but the operation's result requires dtype float64`,
    );
  return inPlace("floatPower_", x, b instanceof Tensor ? [b] : [], () => floatPower(x, b));
}
