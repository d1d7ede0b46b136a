/**
 * ln |Γ| and its derivative digamma of each lane, for 4 float32 (through float64) or 2 float64.
 *
 *   lgamma: (x−1)(x−2)·p(x − 3/2) on [1, 2], ln of a product of steps up to 8, Stirling's series beyond
 *   digamma: 1/x steps up to 10, then ln x − 1/2x − Σ B₂ₖ/(2k·x²ᵏ);  x < 0 by reflection
 *
 * lgamma is +∞ at 0, −1, −2, … and ±∞; digamma is ∓∞ at ±0 and nan at −1, −2, … and −∞.
 * Error in ulp, float32: 0.51. float64, counted from the nearest float64: lgamma 5, for x < 0 of the terms
 * that cancel, 1 + |result| + ln Γ(|x|); digamma 8 of max(1, |result|), for x < 0 of 4 + |result|.
 * p: minimax by the Remez exchange, 2⁻⁵⁷.
 */
import { at, high, horner3, horner4, low, narrow, select } from "./lanes";
import { log64 } from "./log";
import { sin, tan } from "./trig";

const P: usize = memory.data<f64>([
  1.2486008302940706e-5, -1.854137653881974e-5, 1.2753568337060104e-5, -2.14716077146113e-5,
  4.325739021081463e-5, -6.794536434906358e-5, 0.00010528757410116463, -0.00016856960207104534,
  0.00027132574245641725, -0.0004380355167185955, 0.0007115177473877405, -0.0011644113424241886,
  0.0019229164011681623, -0.0032120742226064243, 0.005446457835728038, -0.009425622444767535,
  0.0167970986313405, -0.031308487501054146, 0.06291140107456389, -0.14595989591430594, 0.4831289505409809,
]);
const STIRLING: usize = memory.data<f64>([
  -0.029550653594771242, 0.00641025641025641, -0.0019175269175269176, 0.0008417508417508417,
  -0.0005952380952380953, 0.0007936507936507937, -0.002777777777777778, 0.08333333333333333,
]);
const DIGAMMA: usize = memory.data<f64>([
  -0.4432598039215686, 0.08333333333333333, -0.021092796092796094, 0.007575757575757576,
  -0.004166666666666667, 0.003968253968253968, -0.008333333333333333, 0.08333333333333333,
]);
const PI: f64 = 3.141592653589793;

// @ts-ignore: decorator
@inline
function f(x: f64): v128 { return f64x2.splat(x); }

/** ln Γ(a) for a > 0. */
function lgammaPositive(a: v128): v128 {
  let t = a, product = f(1);
  for (let i = 0; i < 6; i++) {
    const above = f64x2.gt(t, f(2));
    t = f64x2.sub(t, v128.and(above, f(1)));
    product = select(above, f64x2.mul(product, t), product);
  }
  const below = f64x2.lt(a, f(1)); // there Γ(a) = Γ(a + 1)/a
  const y = f64x2.sub(t, v128.andnot(f(1), below)), v = f64x2.sub(y, f(0.5)); // t or t + 1, less 1 and 1.5
  let p = horner4<f64>(horner4<f64>(at<f64>(P, 0), v, P, 1), v, P, 5);
  p = horner4<f64>(horner4<f64>(horner4<f64>(p, v, P, 9), v, P, 13), v, P, 17);
  const log = log64(select(below, a, product));
  const near = f64x2.add(f64x2.mul(f64x2.mul(y, f64x2.sub(y, f(1))), p), select(below, f64x2.neg(log), log));
  const inverse = f64x2.div(f(1), a), z = f64x2.mul(inverse, inverse);
  const series = horner3<f64>(horner4<f64>(at<f64>(STIRLING, 0), z, STIRLING, 1), z, STIRLING, 5);
  const main = f64x2.mul(f64x2.sub(a, f(0.5)), f64x2.sub(log64(a), f(1)));
  const far = f64x2.add(main, f64x2.add(f64x2.mul(inverse, series), f(0.4189385332046727)));
  return select(f64x2.gt(a, f(8)), far, near);
}

function lgamma64(x: v128): v128 {
  const a = f64x2.abs(x), zero = f(0), positive = lgammaPositive(a);
  // ln Γ(−a) = ln(π/(a·|sin πa|)) − ln Γ(a)
  const sine = f64x2.abs(sin<f64>(f64x2.mul(f(PI), f64x2.sub(a, f64x2.nearest(a)))));
  const negative = f64x2.sub(log64(f64x2.div(f(PI), f64x2.mul(a, sine))), positive);
  const y = select(f64x2.lt(x, zero), negative, positive);
  const pole = v128.and(f64x2.le(x, zero), f64x2.eq(f64x2.trunc(x), x));
  return select(pole, f(Infinity), select(f64x2.lt(a, f(1e-20)), f64x2.neg(log64(a)), y));
}

function digamma64(x: v128): v128 {
  const negative = f64x2.lt(x, f(0));
  let a = select(negative, f64x2.sub(f(1), x), x), sum = f(0);
  for (let i = 0; i < 10; i++) {
    const below = f64x2.lt(a, f(10));
    sum = f64x2.add(sum, v128.and(below, f64x2.div(f(1), a)));
    a = f64x2.add(a, v128.and(below, f(1)));
  }
  const inverse = f64x2.div(f(1), a), z = f64x2.mul(inverse, inverse);
  const series = f64x2.mul(z, horner3<f64>(horner4<f64>(at<f64>(DIGAMMA, 0), z, DIGAMMA, 1), z, DIGAMMA, 5));
  const c = f64x2.add(f64x2.mul(inverse, f(0.5)), series);
  const y = f64x2.sub(f64x2.sub(log64(a), c), sum);
  // ψ(x) = ψ(1 − x) − π/tan πx
  const tangent = tan<f64>(f64x2.mul(f(PI), f64x2.sub(x, f64x2.nearest(x))));
  const reflected = f64x2.sub(y, f64x2.div(f(PI), tangent));
  const pole = v128.and(negative, f64x2.eq(f64x2.trunc(x), x));
  const result = select(pole, f(NaN), select(negative, reflected, y));
  return select(f64x2.lt(f64x2.abs(x), f(1e-20)), f64x2.div(f(-1), x), result);
}

/** ln |Γ(x)|. */
// @ts-ignore: decorator
@inline
export function lgamma<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(lgamma64(low(x)), lgamma64(high(x)));
  return lgamma64(x);
}
/** ψ(x) = d/dx ln Γ(x). */
// @ts-ignore: decorator
@inline
export function digamma<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(digamma64(low(x)), digamma64(high(x)));
  return digamma64(x);
}
