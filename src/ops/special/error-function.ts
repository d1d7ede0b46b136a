/** The error function and the normal distribution. */
import { record } from "../../autograd/record.js";
import * as math from "../../core/math.js";
import type { Tensor } from "../../tensor/tensor.js";
import { div, mul, neg, sub } from "../elementwise/arithmetic.js";
import { exp } from "../elementwise/exponential.js";
import { checkTensor, floatUnary } from "../kernel.js";
import { named } from "../named.js";
import { hostUnary } from "./host.js";

const TWO_OVER_SQRT_PI = 1.1283791670955126;
const ROOT_TWO_PI = 2.5066282746310007;
const ROOT_TWO_OVER_PI = 0.7978845608028654;

/** The error function 2/√π·∫₀ˣ e^(−t²). ∂x = g·2/√π·e^(−x²). @see torch.erf */
export function erf(x: Tensor): Tensor {
  return record(floatUnary("erf", "erf", x), {
    op: "erf",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, mul(exp(neg(mul(x, x))), TWO_OVER_SQRT_PI))],
  });
}

/** 1 − erf(x), exact where erf is near 1. ∂x = −g·2/√π·e^(−x²). @see torch.erfc */
export function erfc(x: Tensor): Tensor {
  return record(floatUnary("erfc", "erfc", x), {
    op: "erfc",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, mul(exp(neg(mul(x, x))), -TWO_OVER_SQRT_PI))],
  });
}

/** The inverse of erf. ∂x = g·√π/2·e^(y²). @see torch.erfinv */
export function erfinv(x: Tensor): Tensor {
  const y = floatUnary("erfinv", "erfinv", x);
  return record(y, {
    op: "erfinv",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => mul(g, mul(exp(mul(y, y)), 1 / TWO_OVER_SQRT_PI))],
  });
}

/** e^(x²)·erfc(x), which does not vanish for large x. ∂x = g·(2x·y − 2/√π). @see torch.special.erfcx */
export function erfcx(x: Tensor): Tensor {
  const y = hostUnary("erfcx", math.erfcx, x);
  return record(y, {
    op: "special_erfcx",
    inputs: [x],
    saved: [x, y],
    backward: (g, [x, y]) => [() => mul(g, sub(mul(mul(x, y), 2), TWO_OVER_SQRT_PI))],
  });
}

/** The probability of a normal number below x: ½·erfc(−x/√2). @see torch.special.ndtr */
export function ndtr(x: Tensor): Tensor {
  checkTensor("ndtr", x);
  return named("mul", mul(erfc(mul(x, -Math.SQRT1_2)), 0.5), 1);
}

/** The inverse of ndtr. ∂x = g·√2π·e^(y²/2). @see torch.special.ndtri */
export function ndtri(x: Tensor): Tensor {
  const y = hostUnary("ndtri", math.ndtri, x);
  return record(y, {
    op: "special_ndtri",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => mul(g, mul(exp(mul(mul(y, y), 0.5)), ROOT_TWO_PI))],
  });
}

/** ln ndtr(x), right where ndtr vanishes. ∂x = g·√(2/π)/erfcx(−x/√2). @see torch.special.log_ndtr */
export function logNdtr(x: Tensor): Tensor {
  return record(hostUnary("logNdtr", math.logNdtr, x), {
    op: "special_log_ndtr",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(div(g, erfcx(mul(x, -Math.SQRT1_2))), ROOT_TWO_OVER_PI)],
  });
}
