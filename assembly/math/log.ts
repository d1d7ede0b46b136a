/**
 * Logarithms of each lane: log, log2, log10, log1p, for 4 float32 or 2 float64.
 *
 *   x = 2ᵏ·(1 + f), √½ ≤ 1 + f < √2, s = f/(2 + f), z = s²: ln(1 + f) = f − f²/2 + s·(f²/2 + z·p(z))
 *
 * Range: all; subnormals are scaled up first; ln 0 = −∞, ln x = nan below 0, ln ∞ = ∞.
 * Error in ulp, float32: log 0.85, the others 0.51 through float64. float64, counted from the nearest
 * float64: 1; log2 is exact at powers of two.
 * p: minimax by the Remez exchange on 0 ≤ z ≤ (3 − 2√2)², 2⁻⁵⁸ in float64, 2⁻²⁹ in float32. The shape of the
 * sum, and the pairs in log2 and log10, are those of fdlibm's e_log.c and FreeBSD's k_log.h (Ng, Das).
 */
import { at, high, horner2, horner4, low, narrow, select } from "./lanes";

const P32: usize = memory.data<f32>([0.29871636629104614, 0.3997754454612732, 0.6666677594184875]);
const P64: usize = memory.data<f64>([
  0.14757172170550983, 0.15318211776859036, 0.18183387507902424, 0.22222202335939148, 0.28571428700804485,
  0.399999999996353, 0.6666666666666692,
]);

// @ts-ignore: decorator
@inline
function p64(z: v128): v128 { return horner2<f64>(horner4<f64>(at<f64>(P64, 0), z, P64, 1), z, P64, 5); }

/** What a logarithm gives outside 0 < x < ∞: −∞ at 0, nan below, ∞ and nan themselves. */
// @ts-ignore: decorator
@inline
function guard<T>(x: v128, y: v128): v128 {
  const inf = v128.splat<T>(<T>Infinity), zero = v128.splat<T>(0);
  const inside = v128.and(v128.gt<T>(x, zero), v128.lt<T>(x, inf));
  if (v128.all_true<i32>(inside)) return y;
  return select(inside, y, select(v128.eq<T>(x, zero), v128.neg<T>(inf), v128.sqrt<T>(x)));
}

/** x·2⁵⁴ where x is subnormal (or has no logarithm), and the exponent k of x as float64. */
// @ts-ignore: decorator
@inline
export function normal64(x: v128): v128 {
  const subnormal = f64x2.lt(x, f64x2.splat(2.2250738585072014e-308));
  return f64x2.mul(x, select(subnormal, f64x2.splat(18014398509481984), f64x2.splat(1)));
}
// @ts-ignore: decorator
@inline
function biased64(y: v128): v128 { return i64x2.shr_u(i64x2.add(y, i64x2.splat(0x0009_5f61_9980_c433)), 52); }
// @ts-ignore: decorator
@inline
export function exponent64(x: v128, y: v128): v128 {
  const two52 = f64x2.splat(4503599627370496); // its low bits count units
  const k = f64x2.sub(v128.or(biased64(y), two52), f64x2.splat(4503599627370496 + 1023));
  return f64x2.sub(k, v128.and(f64x2.lt(x, f64x2.splat(2.2250738585072014e-308)), f64x2.splat(54)));
}
/** The mantissa 1 + f in [√½, √2). */
// @ts-ignore: decorator
@inline
export function mantissa64(y: v128): v128 {
  return i64x2.add(i64x2.sub(y, i64x2.shl(biased64(y), 52)), i64x2.splat(0x3ff0_0000_0000_0000));
}

/** k·ln 2 + ln(1 + f) + c. */
// @ts-ignore: decorator
@inline
function assemble64(k: v128, f: v128, c: v128): v128 {
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f)), z = f64x2.mul(s, s);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const tail = f64x2.add(f64x2.mul(s, f64x2.add(half, f64x2.mul(z, p64(z)))), c);
  const rest = f64x2.sub(half, f64x2.add(tail, f64x2.mul(k, f64x2.splat(1.9082149292705877e-10))));
  return f64x2.sub(f64x2.mul(k, f64x2.splat(0.6931471803691238)), f64x2.sub(rest, f));
}

export function log64(x: v128): v128 {
  const y = normal64(x);
  const f = f64x2.sub(mantissa64(y), f64x2.splat(1));
  return guard<f64>(x, assemble64(exponent64(x, y), f, f64x2.splat(0)));
}

/**
 * ln(1 + x): the rounding error of u = 1 + x goes in as (error/u) behind the mantissa; at k = 0, f is x
 * itself.
 */
export function log1p_64(x: v128): v128 {
  const one = f64x2.splat(1), u = f64x2.add(x, one);
  const v = f64x2.sub(u, x), error = f64x2.add(f64x2.sub(x, f64x2.sub(u, v)), f64x2.sub(one, v));
  const k = exponent64(u, u), direct = f64x2.eq(k, f64x2.splat(0));
  const f = select(direct, x, f64x2.sub(mantissa64(u), one));
  const y = guard<f64>(u, assemble64(k, f, v128.andnot(f64x2.div(error, u), direct)));
  return select(f64x2.lt(f64x2.abs(x), f64x2.splat(5e-17)), x, y); // keeps −0
}

/**
 * scale·ln(1 + f) + k·unit with scale and unit in two parts, the high ones of few enough bits for exact
 * products.
 */
// @ts-ignore: decorator
@inline
function scaled64(x: v128, scaleHigh: f64, scaleLow: f64, unitHigh: f64, unitLow: f64): v128 {
  const y = normal64(x), k = exponent64(x, y), f = f64x2.sub(mantissa64(y), f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f)), z = f64x2.mul(s, s);
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const rest = f64x2.mul(s, f64x2.add(half, f64x2.mul(z, p64(z))));
  const hi = v128.and(f64x2.sub(f, half), i64x2.splat(0xffff_ffff_0000_0000));
  const lo = f64x2.add(f64x2.sub(f64x2.sub(f, hi), half), rest);
  const main = f64x2.mul(hi, f64x2.splat(scaleHigh)), whole = f64x2.mul(k, f64x2.splat(unitHigh));
  const small = f64x2.add(
    f64x2.add(f64x2.mul(f64x2.add(lo, hi), f64x2.splat(scaleLow)), f64x2.mul(lo, f64x2.splat(scaleHigh))),
    f64x2.mul(k, f64x2.splat(unitLow)),
  );
  const sum = f64x2.add(whole, main);
  return guard<f64>(x, f64x2.add(sum, f64x2.add(small, f64x2.add(f64x2.sub(whole, sum), main))));
}
export function log2_64(x: v128): v128 {
  return scaled64(x, 1.44269504072144627571, 1.67517131648865118353e-10, 1, 0);
}
function log10_64(x: v128): v128 {
  return scaled64(x, 0.4342944818781689, 2.5082946711645275e-11, 0.30102999566361177, 3.6942390771589308e-13);
}

// @ts-ignore: decorator
@inline
export function log32(x: v128): v128 {
  const subnormal = f32x4.lt(x, f32x4.splat(1.1754943508222875e-38));
  const y = f32x4.mul(x, select(subnormal, f32x4.splat(8388608), f32x4.splat(1)));
  const e = i32x4.shr_s(i32x4.sub(y, i32x4.splat(0x3f35_04f3)), 23);
  const k = f32x4.sub(f32x4.convert_i32x4_s(e), v128.and(subnormal, f32x4.splat(23)));
  const f = f32x4.sub(i32x4.sub(y, i32x4.shl(e, 23)), f32x4.splat(1));
  const s = f32x4.div(f, f32x4.add(f32x4.splat(2), f)), z = f32x4.mul(s, s);
  const half = f32x4.mul(f32x4.mul(f32x4.splat(0.5), f), f);
  const tail = f32x4.mul(s, f32x4.add(half, f32x4.mul(z, horner2<f32>(at<f32>(P32, 0), z, P32, 1))));
  const rest = f32x4.sub(half, f32x4.add(tail, f32x4.mul(k, f32x4.splat(1.42860682e-6))));
  return guard<f32>(x, f32x4.sub(f32x4.mul(k, f32x4.splat(0.693145751953125)), f32x4.sub(rest, f)));
}

// @ts-ignore: decorator
@inline
export function log<T>(x: v128): v128 { if (sizeof<T>() == 4) return log32(x); return log64(x); }
// @ts-ignore: decorator
@inline
export function log1p<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(log1p_64(low(x)), log1p_64(high(x)));
  return log1p_64(x);
}
// @ts-ignore: decorator
@inline
export function log2<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(log2_64(low(x)), log2_64(high(x)));
  return log2_64(x);
}
// @ts-ignore: decorator
@inline
export function log10<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(log10_64(low(x)), log10_64(high(x)));
  return log10_64(x);
}
