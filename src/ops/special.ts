/** Error functions and the logarithm of the gamma function. */
import { record } from "../autograd/record.js";
import { DTypeError } from "../core/errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { mul, neg } from "./arithmetic.js";
import { exp } from "./exponential.js";
import { floatUnary } from "./kernel.js";

const TWO_OVER_SQRT_PI = 1.1283791670955126;

/** The error function 2/√π·∫₀ˣ e^(−t²). ∂x = g·2/√π·e^(−x²). @see torch.erf */
export function erf(x: Tensor): Tensor {
  return record(floatUnary("erf", "erf", x), {
    op: "erf",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, mul(exp(neg(mul(x, x))), TWO_OVER_SQRT_PI))],
  });
}

/** 1 − erf(x), exact where erf is near 1. @see torch.erfc */
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

/** ln |Γ(x)|. ∂x = g·ψ(x). @see torch.lgamma */
export function lgamma(x: Tensor): Tensor {
  return record(floatUnary("lgamma", "lgamma", x), {
    op: "lgamma",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, digamma(x))],
  });
}

/** ψ(x), the slope of lgamma. Its own derivative is not there yet. @see torch.digamma */
export function digamma(x: Tensor): Tensor {
  return record(floatUnary("digamma", "digamma", x), {
    op: "digamma",
    inputs: [x],
    backward: () => [
      () => {
        throw new DTypeError("digamma: its derivative, polygamma(1, x), is not implemented");
      },
    ],
  });
}
