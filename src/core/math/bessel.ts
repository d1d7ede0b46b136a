/**
 * Bessel functions of orders 0 and 1, of either kind, plain and modified, in float64: error within a few ulp of the
 * function's size (of its amplitude, where it oscillates).
 *
 * Below 18 the power series in double-double, which has digits enough for all that cancels; above it Hankel's expansion,
 * whose least term is e^(−2x) there. At ±∞ the results are PyTorch's.
 */
import type { Double } from "./double.js";
import * as d from "./double.js";
import * as e from "./elementary.js";
import { ldexp } from "./float.js";
import { EULER } from "./gamma.js";
import { cos, sin } from "./trigonometric.js";

type Order = 0 | 1;

const LARGE = 18;

/**
 * Σ tₖ and Σ (Hₖ + Hₖ₊ᵥ)·tₖ with tₖ = (±x²/4)ᵏ·(x/2)ᵛ/(k!(k+ν)!) and Hₖ = 1 + ½ + … + 1/k: the minus sign gives J, plus I
 * (DLMF 10.2.2, 10.25.2).
 */
function powerSeries(order: Order, sign: 1 | -1, x: number): { first: Double; harmonic: Double } {
  const square = d.scale(d.twoProduct(x, x), sign / 4);
  let term = order === 1 ? d.double(x / 2) : e.ONE;
  let numbers = d.double(order);
  let [first, harmonic] = [term, d.mul(numbers, term)];
  for (let k = 1; k < x || Math.abs(term.hi) > Math.abs(first.hi) * 1e-34; k++) {
    term = d.div(d.mul(term, square), d.double(k * (k + order)));
    numbers = d.add(numbers, d.div(d.double(2 * k + order), d.double(k * (k + order))));
    first = d.add(first, term);
    harmonic = d.add(harmonic, d.mul(numbers, term));
  }
  return { first, harmonic };
}

/** (ln(x/2) + γ)·first − ½·harmonic: what the second kind has beside its pole (DLMF 10.8.1, 10.31.1). */
function logarithmic(order: Order, sign: 1 | -1, x: number): Double {
  const { first, harmonic } = powerSeries(order, sign, x);
  return d.sub(d.mul(d.add(e.log(d.double(x / 2)), EULER), first), d.scale(harmonic, 0.5));
}

/** Σ aₖ(ν)/xᵏ over k = 0, 1, 2, 3 modulo 4, up to the least term (DLMF 10.17.1). */
function hankel(order: Order, x: number): readonly [number, number, number, number] {
  const sums: [number, number, number, number] = [1, 0, 0, 0];
  let term = 1;
  for (let k = 1; k < 2 * LARGE && Math.abs(term) > 1e-17; k++) {
    term *= (4 * order - (2 * k - 1) * (2 * k - 1)) / (8 * k * x);
    sums[k & 3]! += term;
  }
  return sums;
}

/** √(2/πx)·(P·cos χ − Q·sin χ) and √(2/πx)·(P·sin χ + Q·cos χ), χ = x − (ν/2 + ¼)π, for large x (DLMF 10.17.3). */
function waves(order: Order, x: number): { first: number; second: number } {
  const [a, b, c, f] = hankel(order, x);
  const [p, q] = [a - c, b - f];
  const [s, t] = [sin(x), cos(x)];
  const [cosine, sine] = order === 0 ? [t + s, s - t] : [s - t, -s - t];
  const size = 1 / Math.sqrt(Math.PI * x);
  return { first: size * (p * cosine - q * sine), second: size * (p * sine + q * cosine) };
}

function firstKind(order: Order, x: number): number {
  const size = Math.abs(x);
  if (!(size < Infinity)) return NaN;
  const y = size < LARGE ? d.value(powerSeries(order, -1, size).first) : waves(order, size).first;
  return order === 1 && x < 0 ? -y : y;
}
function secondKind(order: Order, x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0 && x < Infinity)) return NaN;
  if (x >= LARGE) return waves(order, x).second;
  if (order === 1 && x < 1e-20) return -2 / (Math.PI * x);
  const smooth = d.scale(d.div(logarithmic(order, -1, x), e.PI), 2);
  return d.value(order === 1 ? d.add(d.div(d.double(-2), d.mul(e.PI, d.double(x))), smooth) : smooth);
}

/** J₀(x), nan at ±∞. */
export const besselJ0 = (x: number): number => firstKind(0, x);
/** J₁(x), nan at ±∞. */
export const besselJ1 = (x: number): number => (x === 0 ? x : firstKind(1, x));
/** Y₀(x), −∞ at 0, nan below it and at ∞. */
export const besselY0 = (x: number): number => secondKind(0, x);
/** Y₁(x), −∞ at 0, nan below it and at ∞. */
export const besselY1 = (x: number): number => secondKind(1, x);

/** y·eˣ without overflow on the way. */
function timesExp(y: number, x: number): number {
  if (Math.abs(x) > 1e4) return x > 0 ? y * Infinity : y * 0;
  const { m, n } = e.expParts(d.double(x));
  return ldexp(y * d.value(m), n);
}

/** Iᵥ(x), or e^(−|x|)·Iᵥ(x). */
function growing(order: Order, x: number, scaled: boolean): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size === Infinity && !scaled) return NaN;
  let y: number;
  if (size < LARGE) {
    y = d.value(powerSeries(order, 1, size).first);
    if (scaled) y = timesExp(y, -size);
  } else {
    const [a, b, c, f] = hankel(order, size);
    y = (a - b + c - f) / Math.sqrt(2 * Math.PI * size);
    if (!scaled) y = timesExp(y, size);
  }
  return order === 1 && x < 0 ? -y : y;
}
/** Kᵥ(x), or eˣ·Kᵥ(x). */
function decaying(order: Order, x: number, scaled: boolean): number {
  if (x === 0) return Infinity;
  if (!(x > 0)) return NaN;
  if (x >= LARGE) {
    const [a, b, c, f] = hankel(order, x);
    const y = (a + b + c + f) * Math.sqrt(Math.PI / 2 / x);
    return scaled ? y : timesExp(y, -x);
  }
  if (order === 1 && x < 1e-20) return 1 / x;
  const smooth = logarithmic(order, 1, x);
  const y = d.value(order === 1 ? d.add(d.div(e.ONE, d.double(x)), smooth) : d.negate(smooth));
  return scaled ? timesExp(y, x) : y;
}

/** I₀(x), nan at ±∞. */
export const besselI0 = (x: number): number => growing(0, x, false);
/** I₁(x), nan at ±∞. */
export const besselI1 = (x: number): number => growing(1, x, false);
/** e^(−|x|)·I₀(x). */
export const besselI0e = (x: number): number => growing(0, x, true);
/** e^(−|x|)·I₁(x). */
export const besselI1e = (x: number): number => growing(1, x, true);
/** K₀(x), ∞ at 0, nan below it. */
export const besselK0 = (x: number): number => decaying(0, x, false);
/** K₁(x), ∞ at 0, nan below it. */
export const besselK1 = (x: number): number => decaying(1, x, false);
/** eˣ·K₀(x). */
export const besselK0e = (x: number): number => decaying(0, x, true);
/** eˣ·K₁(x). */
export const besselK1e = (x: number): number => decaying(1, x, true);

/** sin x/x, 1 at 0 and 0 at ±∞. */
export function sphericalJ0(x: number): number {
  if (Math.abs(x) === Infinity) return 0;
  return Math.abs(x) < 1e-9 ? 1 : sin(x) / x;
}
