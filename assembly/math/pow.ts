/**
 * xʸ of each pair of lanes, for 4 float32 (through float64) or 2 float64.
 *
 *   xʸ = e^(y·ln|x|);  ln(1 + f) = 2s + s·z·(2/3 + z·p(z)), s = f/(2 + f), z = s²
 *
 * ln|x| is the sum of two float64, relative error 2⁻⁶⁵: s, z and their products carry their rounding errors,
 * as in fdlibm's e_pow.c. IEEE 754's cases: 1 for y = 0 and for x = 1, nan included; (−1)^±∞ = 1; nan for x < 0
 * unless y is an integer.
 * Error in ulp, float32: 0.51. float64, counted from the nearest float64: 1.
 * p: minimax by the Remez exchange on 0 ≤ z ≤ (3 − 2√2)², 2⁻⁶⁴.
 */
import { exp64, expSum64 } from "./exp";
import { at, high, horner2, horner4, low, narrow, productError, select } from "./lanes";
import { exponent64, log64, mantissa64, normal64 } from "./log";

const P: usize = memory.data<f64>([
  0.13068558562906046, 0.13271197245258037, 0.15386111747042655, 0.18181799013966143, 0.22222222345507392,
  0.2857142857110816, 0.4000000000000014,
]);

/** x^y for x > 0, both finite. */
function powPositive64(x: v128, y: v128): v128 {
  const scaled = normal64(x), k = exponent64(x, scaled), m = mantissa64(scaled), one = f64x2.splat(1);
  const f = f64x2.sub(m, one), d = f64x2.add(m, one), dl = f64x2.sub(m, f64x2.sub(d, one));
  const s = f64x2.div(f, d), sd = f64x2.mul(s, d);
  const sl = f64x2.div(f64x2.sub(f64x2.sub(f64x2.sub(f, sd), productError(s, d, sd)), f64x2.mul(s, dl)), d);
  const z = f64x2.mul(s, s), zl = f64x2.add(productError(s, s, z), f64x2.mul(f64x2.add(s, s), sl));
  const p = f64x2.mul(z, horner2<f64>(horner4<f64>(at<f64>(P, 0), z, P, 1), z, P, 5));
  const third = f64x2.splat(0.6666666666666666);
  const c = f64x2.add(third, p),
    cl = f64x2.add(f64x2.add(f64x2.sub(third, c), p), f64x2.splat(3.700743415417188e-17));
  const w = f64x2.mul(z, c),
    wl = f64x2.add(productError(z, c, w), f64x2.add(f64x2.mul(z, cl), f64x2.mul(zl, c)));
  const v = f64x2.mul(s, w),
    vl = f64x2.add(productError(s, w, v), f64x2.add(f64x2.mul(s, wl), f64x2.mul(sl, w)));
  const twice = f64x2.add(s, s), a = f64x2.add(twice, v);
  const al = f64x2.add(f64x2.add(f64x2.sub(twice, a), v), f64x2.add(vl, f64x2.add(sl, sl)));
  // + k·ln 2, whose high part has 42 bits
  const whole = f64x2.mul(k, f64x2.splat(0.6931471805598903)), b = f64x2.add(whole, a);
  const small = f64x2.add(al, f64x2.mul(k, f64x2.splat(5.497923018708371e-14)));
  const bl = f64x2.add(f64x2.add(f64x2.sub(whole, b), a), small);
  const ln = f64x2.add(b, bl), rest = f64x2.add(f64x2.sub(b, ln), bl);
  const t = f64x2.mul(y, ln), tl = f64x2.add(productError(y, ln, t), f64x2.mul(y, rest));
  return expSum64(t, v128.and(tl, f64x2.lt(f64x2.abs(t), f64x2.splat(1100))), 0);
}

/** The signs and the special cases around `p` = |x|^y. */
function settle(x: v128, y: v128, p: v128): v128 {
  const one = f64x2.splat(1), zero = f64x2.splat(0), inf = f64x2.splat(Infinity), size = f64x2.abs(x);
  const usual = v128.and(v128.and(f64x2.gt(x, zero), f64x2.lt(x, inf)), f64x2.lt(f64x2.abs(y), inf));
  if (v128.all_true<i64>(v128.and(usual, f64x2.ne(x, one)))) return p;
  const half = f64x2.mul(y, f64x2.splat(0.5)), whole = f64x2.eq(f64x2.trunc(y), y);
  const odd = v128.andnot(v128.and(whole, f64x2.lt(f64x2.abs(y), inf)), f64x2.eq(f64x2.trunc(half), half));
  // 0 and ∞, and every |x| to the ±∞: the result is 0 or ∞
  const grows = f64x2.gt(size, one), rises = f64x2.gt(y, zero);
  const extreme = v128.or(v128.or(f64x2.eq(size, zero), f64x2.eq(size, inf)), f64x2.eq(f64x2.abs(y), inf));
  p = select(extreme, v128.andnot(inf, v128.xor(grows, rises)), p);
  p = select(v128.andnot(f64x2.lt(x, zero), v128.or(whole, extreme)), f64x2.splat(NaN), p);
  p = v128.xor(p, v128.and(v128.and(odd, i64x2.lt_s(x, i64x2.splat(0))), f64x2.splat(-0.0)));
  p = select(v128.or(f64x2.ne(x, x), f64x2.ne(y, y)), f64x2.add(x, y), p);
  const minusOne = v128.and(f64x2.eq(size, one), f64x2.eq(f64x2.abs(y), inf));
  return select(v128.or(v128.or(f64x2.eq(x, one), f64x2.eq(y, zero)), minusOne), one, p);
}

function pow64(x: v128, y: v128): v128 { return settle(x, y, powPositive64(f64x2.abs(x), y)); }
/** Of two float64 that came from float32: y·ln x in one float64 is enough. */
function pow32(x: v128, y: v128): v128 { return settle(x, y, exp64(f64x2.mul(y, log64(f64x2.abs(x))))); }

/** xʸ. */
// @ts-ignore: decorator
@inline
export function pow<T>(x: v128, y: v128): v128 {
  if (sizeof<T>() == 4) return narrow(pow32(low(x), low(y)), pow32(high(x), high(y)));
  return pow64(x, y);
}
