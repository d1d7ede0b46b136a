/** Exponentials and logarithms. */
import { record } from "../../autograd/record.js";
import type { Tensor } from "../../tensor/tensor.js";
import { floatUnary } from "../kernel.js";
import { add, div, mul } from "./arithmetic.js";

const { LN2, LN10 } = Math;

/** eˣ. ∂x = g·eˣ. @see torch.exp */
export function exp(x: Tensor): Tensor {
  const y = floatUnary("exp", "exp", x);
  return record(y, { op: "exp", inputs: [x], saved: [y], backward: (g, [y]) => [() => mul(g, y)] });
}

/** 2ˣ. ∂x = g·2ˣ·ln 2. @see torch.exp2 */
export function exp2(x: Tensor): Tensor {
  const y = floatUnary("exp2", "exp2", x);
  return record(y, {
    op: "exp2",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => mul(mul(g, y), LN2)],
  });
}

/** eˣ − 1, exact near 0. ∂x = g·(y + 1). @see torch.expm1 */
export function expm1(x: Tensor): Tensor {
  const y = floatUnary("expm1", "expm1", x);
  return record(y, { op: "expm1", inputs: [x], saved: [y], backward: (g, [y]) => [() => mul(g, add(y, 1))] });
}

/** ln x. ∂x = g/x. @see torch.log */
export function log(x: Tensor): Tensor {
  return record(floatUnary("log", "log", x), {
    op: "log",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => div(g, x)],
  });
}

/** ln(1 + x), exact near 0. ∂x = g/(1 + x). @see torch.log1p */
export function log1p(x: Tensor): Tensor {
  return record(floatUnary("log1p", "log1p", x), {
    op: "log1p",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => div(g, add(x, 1))],
  });
}

/** log₂ x. ∂x = g/(x·ln 2). @see torch.log2 */
export function log2(x: Tensor): Tensor {
  return record(floatUnary("log2", "log2", x), {
    op: "log2",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => div(g, mul(x, LN2))],
  });
}

/** log₁₀ x. ∂x = g/(x·ln 10). @see torch.log10 */
export function log10(x: Tensor): Tensor {
  return record(floatUnary("log10", "log10", x), {
    op: "log10",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => div(g, mul(x, LN10))],
  });
}
