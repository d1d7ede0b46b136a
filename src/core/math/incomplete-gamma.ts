/**
 * The incomplete gamma functions P(a, x) = γ(a, x)/Γ(a) and Q = 1 − P in float64: error within 10⁻¹⁴ of the smaller one.
 *
 * Up to a = 10⁵ the series of P or the continued fraction of Q, in double-double, so that 1 − P keeps its digits; beyond it
 * Temme's expansion about x = a (Temme 1979, "The asymptotic expansion of the incomplete gamma functions").
 */
import type { Double } from "./double.js";
import * as d from "./double.js";
import * as e from "./elementary.js";
import { erfc } from "./error-function.js";
import { exp } from "./exponential.js";
import { ldexp } from "./float.js";
import { logGamma } from "./gamma.js";

const LARGE = 1e5;

/** xᵃ·e⁻ˣ/Γ(a). */
function density(a: number, x: number): Double {
  const power = d.sub(d.mul(d.double(a), e.log(d.double(x))), d.addNumber(logGamma(d.double(a)), x));
  if (power.hi < -800) return d.double(0);
  const { m, n } = e.expParts(power);
  return d.double(ldexp(m.hi, n), ldexp(m.lo, n));
}

/** P = xᵃ·e⁻ˣ/Γ(a) · Σ xᵏ/(a(a+1)…(a+k)) (DLMF 8.7.1), for x < a + 1. */
function lowerSeries(a: number, x: number): Double {
  let term = d.div(e.ONE, d.double(a));
  let sum = term;
  for (let k = 1; term.hi > sum.hi * 1e-32; k++) {
    term = d.div(d.mul(term, d.double(x)), d.twoSum(a, k));
    sum = d.add(sum, term);
  }
  return d.mul(density(a, x), sum);
}

/** Q by Legendre's continued fraction (DLMF 8.9.2), from the front by the modified Lentz method, for x ≥ a + 1. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let [c, v] = [1e300, 1 / b];
  let fraction = v;
  for (let k = 1, change = 0; Math.abs(change - 1) > 3e-16; k++) {
    const numerator = -k * (k - a);
    b += 2;
    v = 1 / (numerator * v + b);
    c = b + numerator / c;
    change = c * v;
    fraction *= change;
  }
  return d.value(density(a, x)) * fraction;
}

// Σ of powers of η: the first two coefficients of Temme's expansion (DLMF 8.12.10).
const TEMME = [
  [
    -0.3333333333333333, 0.08333333333333333, -0.014814814814814815, 0.0011574074074074073,
    0.0003527336860670194, -0.0001787551440329218, 3.919263178522438e-5, -2.185448510679992e-6,
    -1.85406221071516e-6, 8.296711340953087e-7,
  ],
  [
    -0.001851851851851852, -0.003472222222222222, 0.0026455026455026454, -0.0009902263374485596,
    0.00020576131687242798, -4.018775720164609e-7, -1.8098550334489977e-5, 7.64916091608111e-6,
  ],
] as const;

/** ½·erfc(±η√(a/2)) ± e^(−aη²/2)/√(2πa)·Σ cₖ(η)/aᵏ with ½η² = μ − ln(1 + μ), μ = x/a − 1 (DLMF 8.12.3). */
function uniform(a: number, x: number, sign: 1 | -1): number {
  if (x < a / 2 || x > 2 * a) return x > a === sign > 0 ? 0 : 1;
  const mu = d.div(d.twoSum(x, -a), d.double(a));
  const half = d.value(d.sub(mu, e.log1p(mu)));
  if (a * half > 750) return x > a === sign > 0 ? 0 : 1;
  const eta = Math.sqrt(2 * half) * Math.sign(mu.hi);
  const [c0, c1] = TEMME.map((c) => c.reduceRight((sum: number, term) => sum * eta + term, 0));
  const rest = (exp(-a * half) / Math.sqrt(2 * Math.PI * a)) * (c0! + c1! / a);
  return erfc(sign * eta * Math.sqrt(a / 2)) / 2 + sign * rest;
}

/** P where a or x is at an end of its range, null inside. */
function atTheEnds(a: number, x: number): number | null {
  if (a < 0 || x < 0) return NaN;
  if (a === 0) return x > 0 ? 1 : NaN;
  if (x === 0) return 0;
  if (a < 1e-290) return 1;
  if (a === Infinity) return x === Infinity ? NaN : 0;
  if (x === Infinity) return 1;
  return Number.isNaN(a) || Number.isNaN(x) ? NaN : null;
}

/** P(a, x), from 0 at x = 0 to 1 at ∞; nan for negative a or x. */
export function gammainc(a: number, x: number): number {
  const end = atTheEnds(a, x);
  if (end !== null) return end;
  if (a > LARGE) return uniform(a, x, -1);
  return x < a + 1 ? d.value(lowerSeries(a, x)) : 1 - upperFraction(a, x);
}

/** Q(a, x) = 1 − P(a, x). */
export function gammaincc(a: number, x: number): number {
  const end = atTheEnds(a, x);
  if (end !== null) return 1 - end;
  if (a > LARGE) return uniform(a, x, 1);
  return x < a + 1 ? d.value(d.sub(e.ONE, lowerSeries(a, x))) : upperFraction(a, x);
}
