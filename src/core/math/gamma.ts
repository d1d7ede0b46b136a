/**
 * ln |Γ| and its derivative in float64: error below 0.52 ulp at positive arguments; elsewhere, and by the
 * zeros of digamma, the error is below 10⁻¹⁸ absolutely or 1 ulp, whichever is larger.
 */

import type { Double } from "./double.js";
import * as d from "./double.js";
import * as e from "./elementary.js";

const HALF_LN_2PI = d.double(0.9189385332046728, -3.8782941580672414e-17);
const LN_PI = d.double(1.1447298858494002, 1.0265951162707826e-17);
/** Euler's γ. */
export const EULER = d.double(0.5772156649015329, -4.942915152430645e-18);
const ONE_LESS_EULER = d.sub(e.ONE, EULER);

// ζ(k) − 1 for k = 2, 3, …
const ZETA_LESS_ONE = [
  0.6449340668482264, 0.2020569031595943, 0.08232323371113819, 0.03692775514336993, 0.01734306198444914,
  0.008349277381922827, 0.00407735619794434, 0.0020083928260822143, 0.0009945751278180853,
  0.0004941886041194645, 0.0002460865533080483, 0.00012271334757848915,
];

/** The Bernoulli numbers B₂, B₄, …, B₂₄. */
export const BERNOULLI = (
  [
    [1, 6],
    [-1, 30],
    [1, 42],
    [-1, 30],
    [5, 66],
    [-691, 2730],
    [7, 6],
    [-3617, 510],
    [43867, 798],
    [-174611, 330],
    [854513, 138],
    [-236364091, 2730],
  ] as const
).map(([p, q]) => d.div(d.double(p), d.double(q)));
const STIRLING = BERNOULLI.map((b, i) => d.div(b, d.double((2 * i + 2) * (2 * i + 1)))); // B₂ₖ/(2k(2k−1))
const DIGAMMA = BERNOULLI.map((b, i) => d.div(b, d.double(2 * i + 2))); // B₂ₖ/2k

/** ln Γ(2 + z) for |z| ≤ 1/16: (1−γ)z + Σ (−1)ᵏ(ζ(k)−1)zᵏ/k (DLMF 5.7.3). */
function lgammaNearTwo(z: number): Double {
  const tail = ZETA_LESS_ONE.reduceRight((p, c, i) => c / (i + 2) - p * z, 0);
  return d.add(d.mul(ONE_LESS_EULER, d.double(z)), d.mul(d.double(z * z), d.double(tail)));
}

/** ln Γ(x) for x > 0: recurrence up to 18, then Stirling's series (DLMF 5.11.1). */
export function logGamma(x: Double): Double {
  let product = e.ONE;
  for (; x.hi < 18; x = d.addNumber(x, 1)) product = d.mul(product, x);
  const inverse = d.div(e.ONE, x);
  const correction = d.mul(inverse, d.polynomial(STIRLING, d.mul(inverse, inverse), 3));
  const log = e.log(x);
  const stirling = d.add(d.sub(d.mul(d.addNumber(x, -0.5), log), x), d.add(HALF_LN_2PI, correction));
  return product.hi === 1 ? stirling : d.sub(stirling, e.log(product));
}

/** sin πf and cos πf for |f| ≤ ½. */
function sineOfTurns(f: number): Double {
  return Math.abs(f) <= 0.25 ? e.sine(d.mul(e.PI, d.double(f))) : signed(f, cosineOfTurns(0.5 - Math.abs(f)));
}
function cosineOfTurns(f: number): Double {
  return Math.abs(f) <= 0.25 ? e.cosine(d.mul(e.PI, d.double(f))) : sineOfTurns(0.5 - Math.abs(f));
}
function signed(sign: number, x: Double): Double {
  return sign < 0 ? d.negate(x) : x;
}
function fractionOf(x: number): number {
  const f = x - Math.trunc(x);
  return f < -0.5 ? f + 1 : f;
}

/** ln |Γ(x)|; +∞ at 0, −1, −2, … and ±∞. */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x;
  const size = Math.abs(x);
  if (size === Infinity || (x <= 0 && Math.trunc(x) === x)) return Infinity;
  if (size < 1e-18) return -d.value(e.log(d.double(size)));
  if (x > 1e290) return d.value(d.addNumber(e.log(d.double(x)), -1)) * x;
  if (Math.abs(x - 2) <= 0.0625) return d.value(lgammaNearTwo(x - 2));
  if (Math.abs(x - 1) <= 0.0625) return d.value(d.sub(lgammaNearTwo(x - 1), e.log1p(d.double(x - 1))));
  if (x > 0) return d.value(logGamma(d.double(x)));
  // Γ(x)Γ(1−x) = π/sin πx
  const sine = sineOfTurns(fractionOf(x));
  const log = e.log(signed(sine.hi, sine));
  return d.value(d.sub(d.sub(LN_PI, log), logGamma(d.twoSum(1, -x))));
}

/** ψ(x) for x > 0: recurrence up to 18, then ln x − 1/2x − Σ B₂ₖ/(2k x²ᵏ) (DLMF 5.11.2). */
function digammaPositive(x: Double): Double {
  let sum = d.double(0);
  for (; x.hi < 18; x = d.addNumber(x, 1)) sum = d.add(sum, d.div(e.ONE, x));
  const inverse = d.div(e.ONE, x);
  const square = d.mul(inverse, inverse);
  const correction = d.add(d.scale(inverse, 0.5), d.mul(square, d.polynomial(DIGAMMA, square, 3)));
  return d.sub(d.sub(e.log(x), correction), sum);
}

/** ψ(x) = d/dx ln Γ(x); ∓∞ at ±0, nan at −1, −2, … and −∞. */
export function digamma(x: number): number {
  if (x === 0) return -1 / x;
  if (Number.isNaN(x) || (x < 0 && Math.trunc(x) === x)) return NaN;
  if (Math.abs(x) < 1e-18) return -1 / x;
  if (x === Infinity) return x;
  if (x > 1e30) return d.value(e.log(d.double(x)));
  if (x > 0) return d.value(digammaPositive(d.double(x)));
  // ψ(1−x) − ψ(x) = π cot πx
  const f = fractionOf(x);
  const cotangent = d.div(cosineOfTurns(f), sineOfTurns(f));
  return d.value(d.sub(digammaPositive(d.twoSum(1, -x)), d.mul(e.PI, cotangent)));
}
