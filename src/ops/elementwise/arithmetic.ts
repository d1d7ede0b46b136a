/** Sums, products, quotients, powers, and the signs of numbers. */
import { record } from "../../autograd/record.js";
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { dtypes, isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError } from "../../core/errors.js";
import { log as ln } from "../../core/math.js";
import { Tensor } from "../../tensor/tensor.js";
import {
  asOperand,
  asOperands,
  asTerms,
  binary,
  checkTensor,
  floating,
  floatUnary,
  type Operand,
  promoted,
  type Scalar,
  unary,
} from "../kernel.js";
import { writeInto } from "../rewrite.js";
import { eq, ge, logicalAnd } from "./comparison.js";
import { log } from "./exponential.js";
import { where } from "./selection.js";

export interface AlphaOptions {
  /** Factor of the second operand. @defaultValue 1 */
  alpha?: number;
}
export interface AddOptions extends AlphaOptions {
  /** A tensor to write the result into, which is then returned. Nothing may require a gradient. */
  out?: Tensor;
}
export interface DivOptions {
  /** Round the quotient: "trunc" towards zero, "floor" down. @defaultValue null, no rounding */
  roundingMode?: "trunc" | "floor" | null;
}

// ── sums and differences ─────────────────────────────────────────────────────────────────────────

/** The second operand times alpha. */
function scaled(op: string, b: Tensor, options: AlphaOptions | undefined): Tensor {
  checkOptions(op, options, op === "add" ? ["alpha", "out"] : ["alpha"]);
  const alpha = options?.alpha ?? 1;
  return alpha === 1 ? b : mul(b, alpha);
}

/**
 * Elementwise a + alpha·b, broadcasting. ∂a = g, ∂b = alpha·g.
 *
 * @throws ShapeError if the shapes do not broadcast
 * @example torch.add(x, 1)
 * @see torch.add
 */
export function add(first: Operand, second: Operand, options?: AddOptions): Tensor {
  const [a, other] = asTerms("add", first, second);
  const b = scaled("add", other, options);
  const y = record(binary("add", "add", a, b), {
    op: "add",
    inputs: [a, b],
    backward: (g) => [() => g, () => g],
  });
  return options?.out === undefined ? y : writeInto("add", options.out, y);
}

/** Elementwise a − alpha·b, broadcasting. ∂a = g, ∂b = −alpha·g. @see torch.sub */
export function sub(first: Operand, second: Operand, options?: AlphaOptions): Tensor {
  const [a, other] = asTerms("sub", first, second);
  const b = scaled("sub", other, options);
  if (a.dtype === "bool" || b.dtype === "bool")
    throw new DTypeError(
      "sub: Subtraction, the `-` operator, with a bool tensor is not supported: use logicalXor or bitwiseNot",
    );
  return record(binary("sub", "sub", a, b), {
    op: "sub",
    inputs: [a, b],
    backward: (g) => [() => g, () => neg(g)],
  });
}

/** b − alpha·a. @see torch.rsub */
export function rsub(a: Tensor, other: Operand, options?: AlphaOptions): Tensor {
  checkTensor("rsub", a);
  const b = asOperand("rsub", other, a);
  const scaledA = scaled("rsub", a, options);
  return record(binary("rsub", "sub", b, scaledA), {
    op: "rsub",
    overload: other instanceof Tensor ? 0 : 1,
    inputs: [b, scaledA],
    backward: (g) => [() => g, () => neg(g)],
  });
}

/** −x. ∂x = −g. @see torch.neg */
export function neg(x: Tensor): Tensor {
  checkTensor("neg", x);
  if (x.dtype === "bool")
    throw new DTypeError(
      "neg: Negation, the `-` operator, on a bool tensor is not supported: use logicalNot",
    );
  return record(unary("neg", "neg", x), { op: "neg", inputs: [x], backward: (g) => [() => neg(g)] });
}

// ── products and quotients ───────────────────────────────────────────────────────────────────────

/** Elementwise product, broadcasting. ∂a = g·b, ∂b = g·a. @see torch.mul */
export function mul(first: Operand, second: Operand): Tensor {
  const [a, b] = asTerms("mul", first, second);
  return record(binary("mul", "mul", a, b), {
    op: "mul",
    inputs: [a, b],
    saved: [a, b],
    savedFor: [1, 0],
    backward: (g, [a, b]) => [() => mul(g, b), () => mul(g, a)],
  });
}

/** Elementwise quotient; whole numbers give fractions unless rounded. ∂a = g/b, ∂b = −g·a/b². @see torch.div */
export function div(first: Operand, second: Operand, options?: DivOptions): Tensor {
  const [a, b] = asTerms("div", first, second);
  checkOptions("div", options, ["roundingMode"]);
  const mode = options?.roundingMode ?? null;
  if (mode !== null) return divRounded(a, b, checkChoice("div", "roundingMode", mode, ["trunc", "floor"]));
  return record(binary("div", "div", a, b, floating(promoted(a, b))), {
    op: "div",
    inputs: [a, b],
    saved: [a, b],
    savedFor: [1, null],
    backward: (g, [a, b]) => [() => div(g, b), () => neg(div(mul(g, a), mul(b, b)))],
  });
}

/** Rounded quotients are flat between their steps: every gradient is 0. */
function divRounded(a: Tensor, b: Tensor, mode: "trunc" | "floor", op = "div"): Tensor {
  const name = mode === "floor" ? "floordiv" : "truncdiv";
  return record(binary(op, name, a, b, wholeUnlessBool(op, a, b)), {
    op: "div",
    overload: 2,
    inputs: [a, b],
    backward: (g) => [() => mul(g, 0), () => mul(g, 0)],
  });
}

/** Kernels that divide have no bool form; PyTorch refuses it too. */
function wholeUnlessBool(op: string, a: Tensor, b: Tensor) {
  const dtype = promoted(a, b);
  if (dtype === "bool") throw new DTypeError(`${op}: rounded division is not implemented for bool`);
  return dtype;
}

/** The quotient rounded down. @see torch.floor_divide */
export function floorDivide(first: Operand, second: Operand): Tensor {
  return divRounded(...asTerms("floorDivide", first, second), "floor", "floorDivide");
}

/** What is left after `floorDivide`, with the sign of the divisor. ∂a = g, ∂b = −g·⌊a/b⌋. @see torch.remainder */
export function remainder(first: Operand, second: Operand): Tensor {
  const [a, b] = asOperands("remainder", first, second);
  return record(binary("remainder", "remainder", a, b, wholeUnlessBool("remainder", a, b)), {
    op: "remainder",
    overload: b.isNumber ? 0 : 1,
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => [() => g, () => neg(mul(g, divRounded(a, b, "floor")))],
  });
}

/** What is left after division rounded to zero, with the sign of the dividend. @see torch.fmod */
export function fmod(a: Tensor, other: Operand): Tensor {
  checkTensor("fmod", a);
  const b = asOperand("fmod", other, a);
  return record(binary("fmod", "fmod", a, b, wholeUnlessBool("fmod", a, b)), {
    op: "fmod",
    overload: b.isNumber ? 0 : 1,
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => [() => g, () => neg(mul(g, divRounded(a, b, "trunc")))],
  });
}

/** 1/x. ∂x = −g/x². @see torch.reciprocal */
export function reciprocal(x: Tensor): Tensor {
  const y = floatUnary("reciprocal", "reciprocal", x);
  return record(y, {
    op: "reciprocal",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => neg(mul(g, mul(y, y)))],
  });
}

// ── powers and roots ─────────────────────────────────────────────────────────────────────────────

/**
 * a to the power b, elementwise. ∂a = g·b·a^(b−1), ∂b = g·a^b·ln a (0 where a = 0 and b ≥ 0).
 *
 * @throws ArgumentError for a whole tensor with a negative whole exponent
 * @see torch.pow
 */
export function pow(first: Operand, second: Operand): Tensor {
  const [a, b] = asOperands("pow", first, second);
  if (a.isNumber) return powOf(first as Scalar, a, b);
  if (!(second instanceof Tensor)) return powScalar(a, second);
  const y = binary("pow", "pow", a, b);
  return record(y, {
    op: "pow",
    overload: 1,
    inputs: [a, b],
    saved: [a, b, y],
    backward: (g, [a, b, y]) => [
      () => where(eq(b, 0), 0, mul(g, mul(b, pow(a, sub(b, 1))))),
      () => mul(g, where(logicalAnd(eq(a, 0), ge(b, 0)), 0, mul(y, log(a)))),
    ],
  });
}

/** A number to the power b. */
function powOf(value: Scalar, a: Tensor, b: Tensor): Tensor {
  const base = Number(value);
  const y = binary("pow", "pow", a, b);
  return record(y, {
    op: "pow",
    overload: 2,
    inputs: [b],
    saved: [b, y],
    backward: (g, [b, y]) => [
      () => {
        const slope = mul(g, mul(y, ln(base)));
        return base === 0 ? where(ge(b, 0), 0, slope) : slope;
      },
    ],
  });
}

function powScalar(a: Tensor, exponent: Scalar): Tensor {
  const n = Number(exponent);
  if (n < 0 && dtypes[a.dtype].kind === "int" && Number.isInteger(n))
    throw new ArgumentError(
      `pow: Integers to negative integer powers are not allowed: ${a.dtype} to the power ${n}`,
    );
  const forward = () => {
    if (isFloat(a.dtype)) {
      if (n === 2) return unary("pow", "square", a);
      if (n === 0.5) return unary("pow", "sqrt", a);
    }
    return binary("pow", "pow", a, asOperand("pow", exponent, a));
  };
  return record(forward(), {
    op: "pow",
    inputs: [a],
    saved: [a],
    backward: (g, [a]) => [
      () => (n === 0 ? mul(g, 0) : mul(g, n === 2 ? mul(a, 2) : mul(powScalar(a, n - 1), n))),
    ],
  });
}

/** x². ∂x = 2·g·x. @see torch.square */
export function square(x: Tensor): Tensor {
  checkTensor("square", x);
  return powScalar(x, 2);
}

/** √x. ∂x = g / (2·√x). @see torch.sqrt */
export function sqrt(x: Tensor): Tensor {
  const y = floatUnary("sqrt", "sqrt", x);
  return record(y, { op: "sqrt", inputs: [x], saved: [y], backward: (g, [y]) => [() => div(g, mul(y, 2))] });
}

/** 1/√x. ∂x = −g/2 · x^(−3/2). @see torch.rsqrt */
export function rsqrt(x: Tensor): Tensor {
  const y = floatUnary("rsqrt", "rsqrt", x);
  return record(y, {
    op: "rsqrt",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => mul(mul(g, powScalar(y, 3)), -0.5)],
  });
}

// ── signs ────────────────────────────────────────────────────────────────────────────────────────

/** |x|. ∂x = g·sign(x). @see torch.abs */
export function abs(x: Tensor): Tensor {
  checkTensor("abs", x);
  if (x.dtype === "bool") throw new DTypeError("abs: not implemented for bool");
  return record(unary("abs", "abs", x), {
    op: "abs",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, sign(x))],
  });
}

/** −1, 0 or 1. ∂x = 0. @see torch.sign */
export function sign(x: Tensor): Tensor {
  checkTensor("sign", x);
  return record(unary("sign", "sign", x), { op: "sign", inputs: [x], backward: (g) => [() => mul(g, 0)] });
}
