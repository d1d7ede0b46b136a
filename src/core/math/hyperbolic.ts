/** Hyperbolic functions and their inverses in float64: error below 0.51 ulp. */
import * as d from "./double.js";
import * as e from "./elementary.js";
import { copysign } from "./float.js";

// Below it the odd functions are x to the last bit; above 10¹⁸ the areas are ln 2x.
const TINY = 1e-9;
const HUGE = 1e18;

/** eˣ/2, which is finite a little longer than eˣ. */
function halfExp(x: number): number {
  return x > 711 ? Infinity : e.expRounded(d.sub(d.double(x), e.LN2));
}

/** sinh x = (t + t/(t+1))/2 with t = eˣ − 1. */
export function sinh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= TINY)) return x;
  if (size > 40) return copysign(halfExp(size), x);
  const t = e.expm1(d.double(size));
  return copysign(d.value(d.scale(d.add(t, d.div(t, d.addNumber(t, 1))), 0.5)), x);
}

/** cosh x = (eˣ + e⁻ˣ)/2. */
export function cosh(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return x;
  if (size > 40) return halfExp(size);
  const t = d.addNumber(e.expm1(d.double(size)), 1);
  return d.value(d.scale(d.add(t, d.div(e.ONE, t)), 0.5));
}

/** tanh x = t/(t+2) with t = e²ˣ − 1. */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= TINY)) return x;
  if (size > 20) return copysign(1, x);
  const t = e.expm1(d.double(2 * size));
  return copysign(d.value(d.div(t, d.addNumber(t, 2))), x);
}

/** asinh x = ln(1 + x + x²/(1 + √(1 + x²))). */
export function asinh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= TINY) || size === Infinity) return x;
  if (size > HUGE) return copysign(d.value(d.add(e.log(d.double(size)), e.LN2)), x);
  const square = d.twoProduct(size, size);
  const root = d.sqrt(d.addNumber(square, 1));
  return copysign(d.value(e.log1p(d.addNumber(d.div(square, d.addNumber(root, 1)), size))), x);
}

/** acosh x = ln(1 + t + √(2t + t²)) with t = x − 1; nan below 1. */
export function acosh(x: number): number {
  if (!(x >= 1)) return NaN;
  if (x === Infinity) return x;
  if (x > HUGE) return d.value(d.add(e.log(d.double(x)), e.LN2));
  const t = d.twoSum(x, -1);
  return d.value(e.log1p(d.add(t, d.sqrt(d.mul(t, d.addNumber(t, 2))))));
}

/** atanh x = ½ ln(1 + 2x/(1 − x)); ±∞ at ±1, nan beyond. */
export function atanh(x: number): number {
  const size = Math.abs(x);
  if (size < TINY) return x;
  if (!(size < 1)) return size === 1 ? copysign(Infinity, x) : NaN;
  return copysign(d.value(d.scale(e.log1p(d.div(d.double(2 * size), d.twoSum(1, -size))), 0.5)), x);
}
