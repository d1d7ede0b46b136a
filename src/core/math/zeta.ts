/** Hurwitz' zeta function and the derivatives of digamma in float64: error within a few ulp of their greatest term. */
import { exp, pow } from "./exponential.js";
import { BERNOULLI, digamma, lgamma } from "./gamma.js";
import { sin } from "./trigonometric.js";

/** B₂ₖ/(2k)!, k = 1, 2, … */
const EULER_MACLAURIN = BERNOULLI.map(({ hi }, i) => {
  let factorial = 1;
  for (let k = 2; k <= 2 * i + 2; k++) factorial *= k;
  return hi / factorial;
});

/** ζ(x, q) for q > 0: ten terms or more, then the Euler-Maclaurin formula (DLMF 25.11.28). */
function zetaPositive(x: number, q: number): number {
  let sum = pow(q, -x);
  let a = q;
  let power = sum;
  for (let i = 0; i < 9 || a <= 9; i++) {
    a += 1;
    power = pow(a, -x);
    sum += power;
    if (power < sum * 1e-17) return sum;
  }
  sum += (power * a) / (x - 1) - power / 2;
  let rising = x;
  power /= a;
  for (let k = 0; k < EULER_MACLAURIN.length; k++) {
    const term = rising * power * EULER_MACLAURIN[k]!;
    sum += term;
    if (Math.abs(term) < Math.abs(sum) * 1e-17) break;
    rising *= (x + 2 * k + 1) * (x + 2 * k + 2);
    power /= a * a;
  }
  return sum;
}

/**
 * ζ(x, q) = Σ (q + k)⁻ˣ over k ≥ 0. ∞ at x = 1 and at q = 0, −1, −2, …; nan for x < 1, and for other q < 0 unless x is a
 * whole number.
 */
export function zeta(x: number, q: number): number {
  if (x === 1) return Infinity;
  if (x < 1) return NaN;
  if (!(q <= 0)) return zetaPositive(x, q);
  if (q === Math.floor(q)) return Infinity;
  if (x !== Math.floor(x)) return NaN;
  if (x === Infinity) return x;
  // The terms below zero are ±(f + j)⁻ˣ with j = 0, 1, … up to −q.
  const f = -q - Math.floor(-q);
  const below = zetaPositive(x, f) - zetaPositive(x, 1 - q);
  return zetaPositive(x, 1 - f) + (x % 2 === 0 ? below : -below);
}

const TRIGAMMA = BERNOULLI.slice(0, 8).map(({ hi }) => hi);

/**
 * ψ′(x): recurrence up to 11, then 1/z + 1/2z² + Σ B₂ₖ/z²ᵏ⁺¹; below ½ by reflection, ψ′(x) = π²/sin²(πx) − ψ′(1 − x). The
 * product πx is rounded as PyTorch rounds it, which keeps its poles finite.
 */
function trigamma(x: number, round: (x: number) => number): number {
  if (x < 0.5) {
    const sine = round(sin(round(round(Math.PI) * x)));
    return (Math.PI * Math.PI) / (sine * sine) - trigamma(1 - x, round);
  }
  let [sum, z] = [0, x];
  for (; z < 11; z++) sum += 1 / (z * z);
  const square = 1 / (z * z);
  const tail = TRIGAMMA.reduceRight((p, b) => square * (p + b), 0);
  return sum + square / 2 + (tail + 1) / z;
}

/** ψ⁽ⁿ⁾(x), the n-th derivative of digamma: (−1)ⁿ⁺¹·n!·ζ(n + 1, x). `round` is that of the result's dtype. */
export function polygamma(n: number, x: number, round: (x: number) => number): number {
  if (n === 0) return digamma(x);
  if (n === 1) return trigamma(x, round);
  return (n % 2 === 1 ? 1 : -1) * exp(lgamma(n + 1)) * zeta(n + 1, x);
}
