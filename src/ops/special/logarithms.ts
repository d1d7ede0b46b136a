/** Products with logarithms that are 0 where their factor is. */
import { record } from "../../autograd/record.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { add, div, mul, neg, sub } from "../elementwise/arithmetic.js";
import { eq, isnan, le, logicalAnd, logicalNot, lt } from "../elementwise/comparison.js";
import { log, log1p } from "../elementwise/exponential.js";
import { maskedFill, where } from "../elementwise/selection.js";
import { asOperands, checkTensor, floating, type Operand } from "../kernel.js";

/** a·ln(b + shift). ∂a = g·ln(b + shift), ∂b = g·a/(b + shift). */
function timesLog(name: string, op: string, shift: 0 | 1, first: Operand, second: Operand): Tensor {
  const [a, b] = asOperands(name, first, second);
  const [p, q] = [a.detach(), b.detach()];
  const ln = shift ? log1p : log;
  const product = mul(p, ln(q));
  const y = where(logicalAnd(eq(p, 0), logicalNot(isnan(q))), to(mul(p, 0), product.dtype), product);
  return record(y, {
    op,
    overload: a.isNumber ? 1 : b.isNumber ? 2 : 0,
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => [
      () => maskedFill(mul(g, ln(b)), logicalAnd(eq(a, 0), le(b, -shift)), 0),
      () => mul(g, div(a, shift ? add(b, shift) : b)),
    ],
  });
}

/** a·ln b, 0 where a = 0 and b is a number. ∂a = g·ln b, ∂b = g·a/b. @see torch.xlogy */
export function xlogy(a: Operand, b: Operand): Tensor {
  return timesLog("xlogy", "xlogy", 0, a, b);
}

/** a·ln(1 + b), 0 where a = 0 and b is a number. ∂a = g·ln(1 + b), ∂b = g·a/(1 + b). @see torch.special.xlog1py */
export function xlog1py(a: Operand, b: Operand): Tensor {
  return timesLog("xlog1py", "special_xlog1py", 1, a, b);
}

/** −x·ln x, 0 at 0 and −∞ below. ∂x = −g·(ln x + 1). @see torch.special.entr */
export function entr(x: Tensor): Tensor {
  checkTensor("entr", x);
  const z = to(x.detach(), floating(x.dtype));
  return record(maskedFill(neg(xlogy(z, z)), lt(z, 0), Number.NEGATIVE_INFINITY), {
    op: "special_entr",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, sub(neg(log(x)), 1))],
  });
}
