/** Circular and hyperbolic functions and their inverses, and rounding. */
import { record } from "../../autograd/record.js";
import type { UnaryName } from "../../backend/backend.js";
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clone } from "../copying.js";
import { binary, checkTensor, floating, floatUnary, promoted, unary } from "../kernel.js";
import { add, div, mul, neg, rsqrt, rsub, sub } from "./arithmetic.js";

/** A function of x whose slope is written in x. */
function ofInput(name: UnaryName, x: Tensor, slope: (g: Tensor, x: Tensor) => Tensor): Tensor {
  return record(floatUnary(name, name, x), {
    op: name,
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => slope(g, x)],
  });
}

/** sin x. ∂x = g·cos x. @see torch.sin */
export function sin(x: Tensor): Tensor {
  return ofInput("sin", x, (g, x) => mul(g, cos(x)));
}
/** cos x. ∂x = −g·sin x. @see torch.cos */
export function cos(x: Tensor): Tensor {
  return ofInput("cos", x, (g, x) => neg(mul(g, sin(x))));
}
/** tan x. ∂x = g·(1 + y²). @see torch.tan */
export function tan(x: Tensor): Tensor {
  const y = floatUnary("tan", "tan", x);
  return record(y, {
    op: "tan",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => mul(g, add(mul(y, y), 1))],
  });
}
/** ∂x = g/√(1 − x²). @see torch.asin */
export function asin(x: Tensor): Tensor {
  return ofInput("asin", x, (g, x) => mul(g, rsqrt(rsub(mul(x, x), 1))));
}
/** ∂x = −g/√(1 − x²). @see torch.acos */
export function acos(x: Tensor): Tensor {
  return ofInput("acos", x, (g, x) => neg(mul(g, rsqrt(rsub(mul(x, x), 1)))));
}
/** ∂x = g/(1 + x²). @see torch.atan */
export function atan(x: Tensor): Tensor {
  return ofInput("atan", x, (g, x) => div(g, add(mul(x, x), 1)));
}
/** The angle of (x, y) = (b, a). ∂a = g·b/(a² + b²), ∂b = −g·a/(a² + b²). @see torch.atan2 */
export function atan2(a: Tensor, b: Tensor): Tensor {
  checkTensor("atan2", a);
  checkTensor("atan2", b);
  return record(binary("atan2", "atan2", a, b, floating(promoted(a, b))), {
    op: "atan2",
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => {
      const over = () => div(g, add(mul(a, a), mul(b, b)));
      return [() => mul(over(), b), () => neg(mul(over(), a))];
    },
  });
}

/** ∂x = g·cosh x. @see torch.sinh */
export function sinh(x: Tensor): Tensor {
  return ofInput("sinh", x, (g, x) => mul(g, cosh(x)));
}
/** ∂x = g·sinh x. @see torch.cosh */
export function cosh(x: Tensor): Tensor {
  return ofInput("cosh", x, (g, x) => mul(g, sinh(x)));
}
/** ∂x = g·(1 − y²). @see torch.tanh */
export function tanh(x: Tensor): Tensor {
  const y = floatUnary("tanh", "tanh", x);
  return record(y, {
    op: "tanh",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => tanhGrad(g, y)],
  });
}
/** g·(1 − y²). ∂y = −2·gg·g·y. */
function tanhGrad(g: Tensor, y: Tensor): Tensor {
  return record(binary("tanh", "tanhgrad", g, y), {
    op: "tanh_backward",
    inputs: [g, y],
    saved: [g, y],
    backward: (gg, [g, y]) => [() => tanhGrad(gg, y), () => mul(mul(gg, g), mul(y, -2))],
  });
}
/** ∂x = g/√(x² + 1). @see torch.asinh */
export function asinh(x: Tensor): Tensor {
  return ofInput("asinh", x, (g, x) => mul(g, rsqrt(add(mul(x, x), 1))));
}
/** ∂x = g/√(x² − 1). @see torch.acosh */
export function acosh(x: Tensor): Tensor {
  return ofInput("acosh", x, (g, x) => mul(g, rsqrt(sub(mul(x, x), 1))));
}
/** ∂x = g/(1 − x²). @see torch.atanh */
export function atanh(x: Tensor): Tensor {
  return ofInput("atanh", x, (g, x) => div(g, rsub(mul(x, x), 1)));
}

// ── rounding ─────────────────────────────────────────────────────────────────────────────────────

/** Flat between its steps: the gradient is 0. Whole numbers stay as they are. */
function step(op: "floor" | "ceil" | "round" | "trunc", x: Tensor): Tensor {
  checkTensor(op, x);
  const y = isFloat(x.dtype) ? unary(op, op, x) : clone(x);
  return record(y, { op, inputs: [x], backward: (g) => [() => mul(g, 0)] });
}
/** The greatest whole number not above. @see torch.floor */
export function floor(x: Tensor): Tensor {
  return step("floor", x);
}
/** The least whole number not below. @see torch.ceil */
export function ceil(x: Tensor): Tensor {
  return step("ceil", x);
}
/** Towards zero. @see torch.trunc */
export function trunc(x: Tensor): Tensor {
  return step("trunc", x);
}
/** To the nearest whole number, halves to the even one; or to `decimals` places. @see torch.round */
export function round(x: Tensor, options: { decimals?: number } = {}): Tensor {
  checkOptions("round", options, ["decimals"]);
  checkTensor("round", x);
  const { decimals } = options;
  if (decimals === undefined) return step("round", x);
  checkInteger("round", "decimals", decimals);
  let scale = 1;
  for (let i = 0; i < Math.abs(decimals); i++) scale *= 10;
  const z = x.detach();
  const y =
    decimals >= 0 ? div(step("round", mul(z, scale)), scale) : mul(step("round", div(z, scale)), scale);
  return record(y, { op: "round", overload: 1, inputs: [x], backward: (g) => [() => mul(g, 0)] });
}
/** What `trunc` cuts off. ∂x = g. @see torch.frac */
export function frac(x: Tensor): Tensor {
  checkTensor("frac", x);
  return record(unary("frac", "frac", x), { op: "frac", inputs: [x], backward: (g) => [() => g] });
}
