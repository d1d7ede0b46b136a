/**
 * sinh, cosh, tanh and their inverses of each lane, for 4 float32 or 2 float64.
 *
 *   sinh = (t + t/(t+1))/2, tanh = t/(t+2) with t = eˣ − 1, e²ˣ − 1;  asinh, acosh, atanh through ln(1 + x)
 *
 * tanh of float32 runs in float32 lanes: x + x·z·p(z) below 0.625, 1 − 2/(e²ˣ + 1) above; the others through
 * float64. ±∞, ±0 and nan as in IEEE 754; acosh below 1 and atanh beyond ±1 are nan.
 * Error in ulp, float32: tanh 1.4, the others 0.51. float64, counted from the nearest float64: cosh 1, the
 * others 2.
 * p: minimax by the Remez exchange on z ≤ 0.625², 2⁻²⁷.
 */
import { exp32, expm1_64, expSum64 } from "./exp";
import { at, copysign, high, horner4, low, narrow, select } from "./lanes";
import { log1p_64, log64 } from "./log";

const P: usize = memory.data<f32>([
  -0.005784572102129459, 0.020719308406114578, -0.053768180310726166, 0.13331854343414307,
  -0.33333301544189453,
]);

// @ts-ignore: decorator
@inline
function half64(x: v128): v128 { return f64x2.mul(x, f64x2.splat(0.5)); }

function sinh64(x: v128): v128 {
  const size = f64x2.abs(x), t = expm1_64(f64x2.pmin(size, f64x2.splat(30)));
  const near = half64(f64x2.add(t, f64x2.div(t, f64x2.add(t, f64x2.splat(1)))));
  const far = expSum64(size, f64x2.splat(0), -1);
  return copysign<f64>(select(f64x2.gt(size, f64x2.splat(22)), far, near), x);
}
function cosh64(x: v128): v128 {
  const e = expSum64(f64x2.abs(x), f64x2.splat(0), -1);
  return f64x2.add(e, f64x2.div(f64x2.splat(0.25), e));
}
function tanh64(x: v128): v128 {
  const size = f64x2.pmin(f64x2.abs(x), f64x2.splat(22)), t = expm1_64(f64x2.add(size, size));
  return copysign<f64>(f64x2.div(t, f64x2.add(t, f64x2.splat(2))), x);
}
/** ln 2x for the large. */
// @ts-ignore: decorator
@inline
function log2x(x: v128): v128 { return f64x2.add(log64(x), f64x2.splat(0.6931471805599453)); }

function asinh64(x: v128): v128 {
  const size = f64x2.abs(x), y = f64x2.pmin(size, f64x2.splat(1e9)), z = f64x2.mul(y, y),
    one = f64x2.splat(1);
  const near = log1p_64(f64x2.add(y, f64x2.div(z, f64x2.add(one, f64x2.sqrt(f64x2.add(one, z))))));
  return copysign<f64>(select(f64x2.gt(size, f64x2.splat(2.7e8)), log2x(size), near), x);
}
function acosh64(x: v128): v128 {
  const t = f64x2.sub(f64x2.pmin(x, f64x2.splat(1e9)), f64x2.splat(1));
  const near = log1p_64(f64x2.add(t, f64x2.sqrt(f64x2.add(f64x2.add(t, t), f64x2.mul(t, t)))));
  const y = select(f64x2.gt(x, f64x2.splat(2.7e8)), log2x(x), near);
  return select(f64x2.lt(x, f64x2.splat(1)), f64x2.splat(NaN), y);
}
function atanh64(x: v128): v128 {
  const size = f64x2.abs(x);
  const ratio = f64x2.div(f64x2.add(size, size), f64x2.sub(f64x2.splat(1), size));
  return copysign<f64>(half64(log1p_64(ratio)), x);
}
// @ts-ignore: decorator
@inline
function tanh32(x: v128): v128 {
  const size = f32x4.abs(x), z = f32x4.mul(x, x), one = f32x4.splat(1);
  const near = f32x4.add(size, f32x4.mul(f32x4.mul(size, z), horner4<f32>(at<f32>(P, 0), z, P, 1)));
  const far = f32x4.sub(one, f32x4.div(f32x4.splat(2), f32x4.add(exp32(f32x4.add(size, size)), one)));
  return copysign<f32>(select(f32x4.lt(size, f32x4.splat(0.625)), near, far), x);
}

// @ts-ignore: decorator
@inline
export function sinh<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(sinh64(low(x)), sinh64(high(x)));
  return sinh64(x);
}
// @ts-ignore: decorator
@inline
export function cosh<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(cosh64(low(x)), cosh64(high(x)));
  return cosh64(x);
}
// @ts-ignore: decorator
@inline
export function tanh<T>(x: v128): v128 { if (sizeof<T>() == 4) return tanh32(x); return tanh64(x); }
// @ts-ignore: decorator
@inline
export function asinh<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(asinh64(low(x)), asinh64(high(x)));
  return asinh64(x);
}
// @ts-ignore: decorator
@inline
export function acosh<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(acosh64(low(x)), acosh64(high(x)));
  return acosh64(x);
}
// @ts-ignore: decorator
@inline
export function atanh<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(atanh64(low(x)), atanh64(high(x)));
  return atanh64(x);
}
