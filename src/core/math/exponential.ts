/** Exponentials, logarithms and powers in float64: error below 0.51 ulp (subnormal results: 1 ulp). */
import * as d from "./double.js";
import * as e from "./elementary.js";
import { ldexp, roundHalfEven } from "./float.js";

const INV_LN10 = d.double(Math.LOG10E, 1.098319650216765e-17);
const LOG10_2 = d.mul(e.LN2, INV_LN10);

/** eˣ. */
export function exp(x: number): number {
  return Number.isNaN(x) ? x : e.expRounded(d.double(x));
}

/** 2ˣ; exact at integers. */
export function exp2(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x >= 1024) return Infinity;
  if (x < -1076) return 0;
  const n = roundHalfEven(x);
  const { m, n: more } = e.expParts(d.mul(e.LN2, d.double(x - n)));
  return ldexp(d.value(m), n + more);
}

/** eˣ − 1. */
export function expm1(x: number): number {
  if (Number.isNaN(x) || Math.abs(x) < 1e-17) return x;
  if (x < -50) return -1;
  return x > 600 ? exp(x) : d.value(e.expm1(d.double(x)));
}

/** ln x; −∞ at ±0, nan below. */
export function log(x: number): number {
  if (!(x > 0) || x === Infinity) return logOutside(x);
  return d.value(e.log(d.double(x)));
}

/** log₂ x; exact at powers of two. */
export function log2(x: number): number {
  if (!(x > 0) || x === Infinity) return logOutside(x);
  const { n, log } = e.logParts(d.double(x));
  return d.value(d.addNumber(d.div(log, e.LN2), n));
}

/** log₁₀ x; exact at powers of ten. */
export function log10(x: number): number {
  if (!(x > 0) || x === Infinity) return logOutside(x);
  const { n, log } = e.logParts(d.double(x));
  return d.value(d.add(d.mul(log, INV_LN10), d.mul(LOG10_2, d.double(n))));
}

/** ln(1 + x); −∞ at −1, nan below. */
export function log1p(x: number): number {
  if (!(x > -1) || x === Infinity) return logOutside(x + 1);
  return Math.abs(x) < 1e-17 ? x : d.value(e.log1p(d.double(x)));
}

/** What a logarithm gives where it has no finite value. */
function logOutside(x: number): number {
  return x === 0 ? -Infinity : x > 0 ? x : NaN;
}

/** xʸ with IEEE 754's cases: pow(x, 0) = pow(1, y) = 1 for every x and y, nan included. */
export function pow(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  const size = Math.abs(x);
  const odd = Math.abs(y) < 9007199254740992 && Math.abs(y % 2) === 1;
  const sign = odd && (x < 0 || 1 / x < 0) ? -1 : 1;
  if (Math.abs(y) === Infinity) return size === 1 ? 1 : size > 1 === y > 0 ? Infinity : 0;
  if (size === 0 || size === Infinity) return sign * ((size === 0) === y > 0 ? 0 : Infinity);
  if (x < 0 && Math.trunc(y) !== y) return NaN;
  const log = e.log(d.double(size));
  const rough = log.hi * y;
  if (rough > 710) return sign * Infinity;
  if (rough < -746) return sign * 0;
  // |ln x| ≥ 2⁻⁵³ or 0, so a y that keeps the product in range is below 2⁶³.
  return sign * e.expRounded(d.mul(log, d.double(y)));
}
