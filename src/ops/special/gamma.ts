/** The gamma function's family: logarithm, its derivatives, the incomplete integrals, Hurwitz' zeta. */
import { record } from "../../autograd/record.js";
import { checkInteger } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError } from "../../core/errors.js";
import * as math from "../../core/math.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul, neg, sub } from "../elementwise/arithmetic.js";
import { exp, log } from "../elementwise/exponential.js";
import { asOperands, checkTensor, floatUnary, type Operand, promoted } from "../kernel.js";
import { hostBinary, hostUnary, noDerivative } from "./host.js";

/** ln |Γ(x)|. ∂x = g·ψ(x). @see torch.lgamma */
export function lgamma(x: Tensor): Tensor {
  return record(floatUnary("lgamma", "lgamma", x), {
    op: "lgamma",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, digamma(x))],
  });
}

/** ψ(x), the slope of lgamma. ∂x = g·ψ′(x). @see torch.digamma */
export function digamma(x: Tensor): Tensor {
  return record(floatUnary("digamma", "digamma", x), {
    op: "digamma",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, polygamma(1, x))],
  });
}

/** ψ⁽ⁿ⁾(x), the n-th derivative of digamma. ∂x = g·ψ⁽ⁿ⁺¹⁾(x). @see torch.polygamma */
export function polygamma(n: number, x: Tensor): Tensor {
  checkTensor("polygamma", x);
  if (checkInteger("polygamma", "n", n) < 0)
    throw new ArgumentError(`polygamma: polygamma(n, x) does not support negative n: ${n}`);
  const y =
    n === 0
      ? floatUnary("polygamma", "digamma", x)
      : hostUnary("polygamma", (x, round) => math.polygamma(n, x, round), x);
  return record(y, {
    op: "polygamma",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, polygamma(n + 1, x))],
  });
}

/** p(p − 1)/4·ln π + Σ ln |Γ(x − i/2)| over i < p. ∂x = g·Σ ψ(x − i/2). @see torch.mvlgamma */
export function mvlgamma(x: Tensor, p: number): Tensor {
  checkTensor("mvlgamma", x);
  if (x.dtype === "bool") throw new DTypeError("mvlgamma: The input tensor may not be a boolean tensor.");
  if (checkInteger("mvlgamma", "p", p) < 1)
    throw new ArgumentError(`mvlgamma: p has to be greater than or equal to 1: ${p}`);
  const total = (f: (x: Tensor) => Tensor, x: Tensor): Tensor =>
    Array.from({ length: p }, (_, i) => f(sub(x, i / 2))).reduce((sum, term) => add(sum, term));
  return record(add(total(lgamma, x.detach()), (p * (p - 1) * math.log(Math.PI)) / 4), {
    op: "mvlgamma",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, total(digamma, x))],
  });
}

/** P(a, x) or Q(a, x). ∂x = ±g·xᵃ⁻¹·e⁻ˣ/Γ(a); PyTorch has no derivative in a. */
function incomplete(op: "igamma" | "igammac", a: Tensor, x: Tensor): Tensor {
  checkTensor(op, a);
  checkTensor(op, x);
  if (!isFloat(promoted(a, x))) throw new DTypeError(`${op}: not implemented for ${promoted(a, x)}`);
  return record(hostBinary(op, op === "igamma" ? math.gammainc : math.gammaincc, a, x), {
    op,
    inputs: [a, x],
    saved: [a, x],
    backward: (g, [a, x]) => [
      noDerivative(op, "input"),
      () => {
        const slope = mul(g, exp(sub(mul(sub(a, 1), log(x)), add(x, lgamma(a)))));
        return op === "igamma" ? slope : neg(slope);
      },
    ],
  });
}
/** The lower incomplete gamma function P(a, x) = ∫₀ˣ tᵃ⁻¹e⁻ᵗ/Γ(a). ∂x = g·xᵃ⁻¹·e⁻ˣ/Γ(a). @see torch.igamma */
export function igamma(a: Tensor, x: Tensor): Tensor {
  return incomplete("igamma", a, x);
}
/** The upper incomplete gamma function Q(a, x) = 1 − P(a, x). ∂x = −g·xᵃ⁻¹·e⁻ˣ/Γ(a). @see torch.igammac */
export function igammac(a: Tensor, x: Tensor): Tensor {
  return incomplete("igammac", a, x);
}

/** Hurwitz' ζ(x, q) = Σ (q + k)⁻ˣ. ∂q = −g·x·ζ(x + 1, q); PyTorch has no derivative in x. @see torch.special.zeta */
export function zeta(first: Operand, second: Operand): Tensor {
  const [x, q] = asOperands("zeta", first, second);
  return record(hostBinary("zeta", math.zeta, x, q), {
    op: "special_zeta",
    overload: x.isNumber ? 1 : q.isNumber ? 2 : 0,
    inputs: [x, q],
    saved: [x, q],
    backward: (g, [x, q]) => [noDerivative("zeta", "self"), () => mul(g, mul(neg(x), zeta(add(x, 1), q)))],
  });
}
