/** Error functions and the logarithm of the gamma function. */
import { record } from "../autograd/record.js";
import type { Tensor } from "../tensor/tensor.js";
import { add, mul, neg, reciprocal, rsub, square } from "./arithmetic.js";
import { lt } from "./comparison.js";
import { exp } from "./exponential.js";
import { floatUnary } from "./kernel.js";
import { where } from "./selection.js";
import { sin } from "./trigonometric.js";

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

/** ψ(x), the slope of lgamma. ∂x = g·ψ′(x). @see torch.digamma */
export function digamma(x: Tensor): Tensor {
  return record(floatUnary("digamma", "digamma", x), {
    op: "digamma",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, trigamma(x))],
  });
}

const PI_SQUARED = 9.869604401089358;

/**
 * ψ′(x), from ops, so that it has every derivative: ψ′(x) = 1/x² + ψ′(x + 1) up to x + 10, and there the asymptotic
 * series 1/z + 1/2z² + Σ B₂ₖ/z²ᵏ⁺¹; below ½ by reflection, ψ′(x) = π²/sin²(πx) − ψ′(1 − x).
 *
 * @see Abramowitz & Stegun 1964, 6.4.6, 6.4.7, 6.4.12
 */
function trigamma(x: Tensor): Tensor {
  const mirrored = lt(x, 0.5);
  let z = where(mirrored, rsub(x, 1), x);
  let steps = reciprocal(square(z));
  for (let k = 1; k < 10; k++) {
    z = add(z, 1);
    steps = add(steps, reciprocal(square(z)));
  }
  const r = reciprocal(add(z, 1));
  const r2 = square(r);
  let tail = mul(r2, 5 / 66);
  for (const bernoulli of [-1 / 30, 1 / 42, -1 / 30, 1 / 6]) tail = mul(r2, add(tail, bernoulli));
  const y = add(steps, add(mul(r, add(tail, 1)), mul(r2, 0.5)));
  const sine = where(mirrored, sin(mul(x, Math.PI)), 1);
  return where(mirrored, rsub(y, mul(reciprocal(square(sine)), PI_SQUARED)), y);
}
