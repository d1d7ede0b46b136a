/**
 * The error function, its complement, its inverse, and the normal distribution made of them, in float64: error below
 * 0.51 ulp (inverses and logarithms: a few ulp).
 */

import type { Double } from "./double.js";
import * as d from "./double.js";
import * as e from "./elementary.js";
import { log, log1p } from "./exponential.js";
import { copysign, ldexp } from "./float.js";

const TWO_OVER_ROOT_PI = d.double(1.1283791670955126, 1.533545961316588e-17);
const ONE_OVER_ROOT_PI = d.scale(TWO_OVER_ROOT_PI, 0.5);

/** erf x for 0 ≤ x ≤ 2: 2/√π · e^(−x²) · Σ 2ⁿ x²ⁿ⁺¹/(2n+1)!! (DLMF 7.6.2), whose terms are all positive. */
function erfSeries(x: number): Double {
  const square = d.twoProduct(x, x);
  let term = d.double(x);
  let sum = term;
  for (let n = 1; term.hi > sum.hi * 1e-24; n++) {
    term = d.div(d.mul(term, d.scale(square, 2)), d.double(2 * n + 1));
    sum = d.add(sum, term);
  }
  const gauss = d.addNumber(e.expm1(d.negate(square)), 1);
  return d.mul(d.mul(TWO_OVER_ROOT_PI, gauss), sum);
}

/** e^(x²)·erfc x for x ≥ 2: 1/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))) (DLMF 7.9.1). */
function erfcxFraction(x: number): Double {
  let fraction = d.double(x);
  for (let k = 24 + Math.ceil(480 / (x * x)); k > 0; k--) {
    fraction = d.addNumber(d.div(d.double(k / 2), fraction), x);
  }
  return d.div(ONE_OVER_ROOT_PI, fraction);
}

/** erfc x = m·2ⁿ for 2 ≤ x ≤ 28. */
function erfcFraction(x: number): { m: Double; n: number } {
  const { m, n } = e.expParts(d.negate(d.twoProduct(x, x)));
  return { m: d.mul(m, erfcxFraction(x)), n };
}

/** erfc x for 0 ≤ x ≤ 28, where nothing underflows badly enough to matter. */
function erfcDouble(x: number): Double {
  if (x < 2) return d.sub(e.ONE, erfSeries(x));
  const { m, n } = erfcFraction(x);
  return d.double(ldexp(m.hi, n), ldexp(m.lo, n));
}

/** erf x = 2/√π ∫₀ˣ e^(−t²) dt. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size < 6)) return Number.isNaN(x) ? x : copysign(1, x);
  if (size === 0) return x;
  // Below 2⁻³⁰ the cube is gone, and the products of subnormals would lose bits: scaled, then one rounding.
  if (size < 9e-10) return ldexp(d.value(d.mul(TWO_OVER_ROOT_PI, d.double(ldexp(x, 200)))), -200);
  return copysign(d.value(size < 2 ? erfSeries(size) : d.sub(e.ONE, erfcDouble(size))), x);
}

/** erfc x = 1 − erf x, in relative precision for large x. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x < -6) return 2;
  if (x < 0)
    return d.value(d.addNumber(x > -2 ? erfSeries(-x) : d.negate(d.addNumber(erfcDouble(-x), -1)), 1));
  if (x > 28) return 0;
  if (x < 2) return d.value(erfcDouble(x));
  const { m, n } = erfcFraction(x);
  return ldexp(d.value(m), n);
}

const LN2_LESS_HALF_LN_PI = 0.12078223763524522;

// erf⁻¹ x / x in w = −ln(1 − x²), about 1 and 2 (Giles 2010, "Approximating the erfinv function"): a first
// guess.
const CENTRE = [
  1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087, -4.39150654e-6, -3.5233877e-6,
  3.43273939e-7, 2.81022636e-8,
];
const TAIL = [
  2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773, -0.00367342844, 0.00134934322,
  0.000100950558, -0.000200214257,
];

/** About erf⁻¹ x / x, given 1 − x². */
function guessErfinv(rest: Double): number {
  const w = -d.value(e.log(rest));
  // From erfc y ≈ e^(−y²)/(y√π).
  if (w > 16) return Math.sqrt(w + LN2_LESS_HALF_LN_PI - d.value(e.log(d.double(w))) / 2);
  const [c, t] = w < 5 ? [CENTRE, w - 2.5] : [TAIL, Math.sqrt(w) - 3];
  return c.reduceRight((p, a) => p * t + a, 0);
}

/** The y with erf y = x; ±∞ at ±1, nan beyond. Four steps of Halley's iteration from a guess good to 2 %. */
export function erfinv(x: number): number {
  const size = Math.abs(x);
  if (!(size < 1)) return size === 1 ? copysign(Infinity, x) : NaN;
  if (size === 0) return x;
  if (size < 1e-9) return ldexp(d.value(d.div(d.double(ldexp(x, 200)), TWO_OVER_ROOT_PI)), -200);
  let y = size * guessErfinv(d.mul(d.twoSum(1, -size), d.twoSum(1, size)));
  for (let step = 0; step < 4; step++) {
    const residual = size < 0.5 ? d.addNumber(erfSeries(y), -size) : d.sub(d.twoSum(1, -size), erfcDouble(y));
    const u = d.value(residual) / (TWO_OVER_ROOT_PI.hi * e.expRounded(d.negate(d.twoProduct(y, y))));
    y -= u / (1 + y * u);
  }
  return copysign(y, x);
}

/** e^(x²)·erfc x, without underflow for large x; ∞ below −26.7. */
export function erfcx(x: number): number {
  if (x > 1e8) return ONE_OVER_ROOT_PI.hi / x;
  if (x >= 2) return d.value(erfcxFraction(x));
  if (x < -27) return Infinity;
  if (Number.isNaN(x)) return x;
  const { m, n } = e.expParts(d.twoProduct(x, x));
  const complement =
    x >= 0 ? erfcDouble(x) : x > -2 ? d.addNumber(erfSeries(-x), 1) : d.sub(d.double(2), erfcDouble(-x));
  return ldexp(d.value(d.mul(m, complement)), n);
}

/** The y ≥ 0 with erfc y = 2p, for 0 < p ≤ ¼: as erfinv, but by the size of p, which may be tiny. */
function erfcinvTwice(p: number): number {
  const target = d.double(2 * p);
  let y = guessErfinv(d.mul(d.double(4 * p), d.twoSum(1, -p)));
  for (let step = 0; step < 4; step++) {
    const residual = d.value(d.sub(erfcDouble(y), target));
    const u = residual / (TWO_OVER_ROOT_PI.hi * e.expRounded(d.negate(d.twoProduct(y, y))));
    y += u / (1 - y * u);
  }
  return y;
}

/** The x below which a normal number lies with probability p; ∓∞ at 0 and 1, nan outside. */
export function ndtri(p: number): number {
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  if (p < 0.25) return -Math.SQRT2 * erfcinvTwice(p);
  return p > 0.75 ? -ndtri(1 - p) : Math.SQRT2 * erfinv(2 * p - 1);
}

/** ln of the probability that a normal number lies below x. */
export function logNdtr(x: number): number {
  const t = x * Math.SQRT1_2;
  return x < -1 ? log(erfcx(-t) / 2) - t * t : log1p(-erfc(t) / 2);
}
