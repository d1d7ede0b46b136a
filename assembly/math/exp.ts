/**
 * Exponentials of each lane: exp, exp2, expm1, sigmoid, silu, for 4 float32 or 2 float64.
 *
 *   eˣ = 2ⁿ·(1 + r + r²·q(r)), n = round(x/ln 2), r = x − n·ln 2
 *
 * ln 2 is in two parts, n times the high one exact. Range: all; overflow gives ∞, underflow passes through the
 * subnormals (2ⁿ is applied in two factors), nan stays nan.
 * Error in ulp, float32: exp 0.97, sigmoid 2.1, silu 3, and through float64 exp2 and expm1 0.51. float64,
 * counted from the nearest float64: exp exp2 expm1 1, sigmoid silu 3. Where silu is subnormal it is off by up
 * to |x| of those steps more.
 * q: minimax by the Remez exchange on |r| ≤ ln 2 / 2, relative to eʳ: 2⁻⁶⁴ in float64, 2⁻²⁸ in float32.
 */
import { at, high, horner1, horner2, horner3, horner4, low, narrow, select } from "./lanes";

// lowest and highest argument that matter, 1/ln 2, the magic number that rounds to integers, ln 2 high and
// low, 1; q
const E32: usize = memory.data<f32>([
  -104.0, 88.8, 1.44269504088896341, 12582912.0, 0.693359375, -2.12194440e-4, 1.0,
  0.001381459878757596, 0.008368716575205326, 0.04166838899254799, 0.1666652113199234, 0.4999999403953552,
]);
const E64: usize = memory.data<f64>([
  -746.0, 710.0, 1.4426950408889634, 6755399441055744.0, 0.6931471803691238, 1.9082149292705877e-10, 1.0,
  2.083034945622542e-9, 2.5111764841027448e-8, 2.755756413849221e-7, 2.755723575143929e-6,
  2.4801586958426015e-5, 0.00019841269895342178, 0.0013888888889088905, 0.008333333333317545,
  0.0416666666666662, 0.16666666666666682, 0.5,
]);
const Q: i32 = 7;

/** y·2ⁿ for n in the low bits of each lane, in two factors. */
// @ts-ignore: decorator
@inline
function scale32(y: v128, n: v128, one: v128): v128 {
  const half = i32x4.shr_s(n, 1);
  y = f32x4.mul(y, i32x4.add(i32x4.shl(half, 23), one));
  return f32x4.mul(y, i32x4.add(i32x4.shl(i32x4.sub(n, half), 23), one));
}
// @ts-ignore: decorator
@inline
function scale64(y: v128, n: v128, one: v128): v128 {
  const half = i32x4.shr_s(n, 1); // only the low 12 bits of a lane survive the shifts
  y = f64x2.mul(y, i64x2.add(i64x2.shl(half, 52), one));
  return f64x2.mul(y, i64x2.add(i64x2.shl(i64x2.sub(n, half), 52), one));
}

/** e^(x + tail) for −150 ≤ x ≤ 89 or nan, and a tail below an ulp or so of x. */
// @ts-ignore: decorator
@inline
export function expSum32(x: v128, tail: v128): v128 {
  const magic = at<f32>(E32, 3), one = at<f32>(E32, 6);
  const t = f32x4.add(f32x4.mul(x, at<f32>(E32, 2)), magic);
  const n = f32x4.sub(t, magic);
  const r0 = f32x4.sub(x, f32x4.mul(n, at<f32>(E32, 4)));
  const r = f32x4.add(f32x4.sub(r0, f32x4.mul(n, at<f32>(E32, 5))), tail);
  return finish32(r, i32x4.sub(t, magic), one);
}
/** (1 + r + r²·q(r))·2ⁿ. */
// @ts-ignore: decorator
@inline
function finish32(r: v128, n: v128, one: v128): v128 {
  return scale32(f32x4.add(f32x4.add(f32x4.mul(f32x4.mul(r, r), q32(r)), r), one), n, one);
}
// @ts-ignore: decorator
@inline
function q32(r: v128): v128 {
  return horner4<f32>(at<f32>(E32, Q), r, E32, Q + 1);
}
// @ts-ignore: decorator
@inline
function q64(r: v128): v128 {
  const p = horner4<f64>(horner4<f64>(at<f64>(E64, Q), r, E64, Q + 1), r, E64, Q + 5);
  return horner2<f64>(p, r, E64, Q + 9);
}

/** eˣ. */
// @ts-ignore: decorator
@inline
export function exp32(x: v128): v128 {
  x = f32x4.pmax(f32x4.pmin(x, at<f32>(E32, 1)), at<f32>(E32, 0)); // in this order nan stays
  const magic = at<f32>(E32, 3), one = at<f32>(E32, 6);
  const t = f32x4.add(f32x4.mul(x, at<f32>(E32, 2)), magic);
  const n = f32x4.sub(t, magic);
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, at<f32>(E32, 4))), f32x4.mul(n, at<f32>(E32, 5)));
  return finish32(r, i32x4.sub(t, magic), one);
}

/** e^(x + tail)·2^shift for a small tail. */
export function expSum64(x: v128, tail: v128, shift: i64): v128 {
  x = f64x2.pmax(f64x2.pmin(x, f64x2.splat(711)), at<f64>(E64, 0));
  const magic = at<f64>(E64, 3), one = at<f64>(E64, 6);
  const t = f64x2.add(f64x2.mul(x, at<f64>(E64, 2)), magic);
  const n = f64x2.sub(t, magic);
  const r0 = f64x2.sub(x, f64x2.mul(n, at<f64>(E64, 4)));
  const r = f64x2.add(f64x2.sub(r0, f64x2.mul(n, at<f64>(E64, 5))), tail);
  const y = f64x2.add(f64x2.add(f64x2.mul(f64x2.mul(r, r), q64(r)), r), one);
  return scale64(y, i64x2.add(i64x2.sub(t, magic), i64x2.splat(shift)), one);
}
export function exp64(x: v128): v128 { return expSum64(x, f64x2.splat(0), 0); }

/** 2ˣ = 2ⁿ·e^((x − n)·ln 2): exact at integers. */
export function exp2_64(x: v128): v128 {
  x = f64x2.pmax(f64x2.pmin(x, f64x2.splat(1025)), f64x2.splat(-1080));
  const magic = at<f64>(E64, 3), one = at<f64>(E64, 6);
  const t = f64x2.add(x, magic);
  const r = f64x2.mul(f64x2.sub(x, f64x2.sub(t, magic)), f64x2.splat(0.6931471805599453));
  return scale64(f64x2.add(f64x2.add(f64x2.mul(f64x2.mul(r, r), q64(r)), r), one), i64x2.sub(t, magic), one);
}

/** eˣ − 1 = 2ⁿ·((1 − 2⁻ⁿ) + r + r²·q(r)): at n = 0 no 1 comes in, at n = ±1 the first sum is exact. */
export function expm1_64(x: v128): v128 {
  const magic = at<f64>(E64, 3), one = at<f64>(E64, 6);
  const y = f64x2.pmax(f64x2.pmin(x, at<f64>(E64, 1)), f64x2.splat(-50));
  const t = f64x2.add(f64x2.mul(y, at<f64>(E64, 2)), magic);
  const n = f64x2.sub(t, magic);
  const r0 = f64x2.sub(y, f64x2.mul(n, at<f64>(E64, 4)));
  const r1 = f64x2.mul(n, at<f64>(E64, 5));
  const r = f64x2.sub(r0, r1);
  const tail = f64x2.sub(f64x2.sub(r0, r), r1);
  const low = i64x2.sub(magic, f64x2.pmin(t, f64x2.add(magic, f64x2.splat(1000)))); // −n, kept in range
  const base = f64x2.sub(one, i64x2.add(i64x2.shl(low, 52), one));
  const p = f64x2.add(f64x2.mul(f64x2.mul(r, r), q64(r)), tail);
  const e = scale64(f64x2.add(f64x2.add(base, r), p), i64x2.sub(t, magic), one);
  return select(f64x2.lt(f64x2.abs(x), f64x2.splat(5e-17)), x, e); // keeps −0
}

// @ts-ignore: decorator
@inline
export function exp<T>(x: v128): v128 { if (sizeof<T>() == 4) return exp32(x); return exp64(x); }
// @ts-ignore: decorator
@inline
export function exp2<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(exp2_64(low(x)), exp2_64(high(x)));
  return exp2_64(x);
}
// @ts-ignore: decorator
@inline
export function expm1<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(expm1_64(low(x)), expm1_64(high(x)));
  return expm1_64(x);
}

/** c/(1 + e^−x), as c·e/(1 + e) with e = eˣ where x < 0: never overflows, keeps relative precision. */
// @ts-ignore: decorator
@inline
export function timesSigmoid<T>(c: v128, x: v128): v128 {
  const e = exp<T>(v128.neg<T>(v128.abs<T>(x)));
  const one = at<T>(sizeof<T>() == 4 ? E32 : E64, 6);
  const c1 = v128.mul<T>(c, select(v128.lt<T>(x, v128.splat<T>(0)), e, one));
  return v128.div<T>(c1, v128.add<T>(one, e));
}
// @ts-ignore: decorator
@inline
export function sigmoid<T>(x: v128): v128 {
  const e = exp<T>(v128.neg<T>(v128.abs<T>(x)));
  const one = at<T>(sizeof<T>() == 4 ? E32 : E64, 6);
  return v128.div<T>(select(v128.lt<T>(x, v128.splat<T>(0)), e, one), v128.add<T>(one, e));
}
// @ts-ignore: decorator
@inline
export function silu<T>(x: v128): v128 { return timesSigmoid<T>(x, x); }
