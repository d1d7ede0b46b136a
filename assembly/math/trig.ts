/**
 * sin, cos and tan of each lane, for 4 float32 or 2 float64, at arguments of any size.
 *
 *   x = n·π/2 + r, |r| ≤ π/4
 *
 * Below 2²⁰ by π/2 in four parts, three of 33 bits so that n times each is exact (Cody & Waite 1980);
 * beyond, lane by lane, by the bits of 2/π that matter, in integers (Payne & Hanek 1983). ±∞ gives nan; sin
 * and tan keep −0. float32 runs in float64 lanes with shorter polynomials.
 * Error in ulp, float32: 0.51. float64, counted from the nearest float64: sin cos 1, tan 2.
 * Polynomials: minimax by the Remez exchange in r² up to (π/4)², 2⁻⁵⁷ (sine) and 2⁻⁶³ (cosine), for float32
 * 2⁻³⁷.
 */
import {
  at, high, horner1, horner2, horner3, horner4, low, narrow, productError, select, sumError,
} from "./lanes";

const S64: usize = memory.data<f64>([
  1.5901203060414728e-10, -2.5050843146042446e-8, 2.755731431267123e-6, -0.00019841269831918663,
  0.008333333333325681, -0.1666666666666665,
]);
const C64: usize = memory.data<f64>([
  -1.1369468245021203e-11, 2.0875923685956477e-9, -2.755731591690086e-7, 2.4801587295253284e-5,
  -0.0013888888888884, 0.04166666666666666,
]);
const S32: usize = memory.data<f64>([
  2.71886825794286e-6, -0.0001983940651676631, 0.008333329675031642, -0.16666666645188777, 1,
]);
const C32: usize = memory.data<f64>([
  -2.7189745448904746e-7, 2.4799196527296353e-5, -0.0013888881964153874, 0.041666666582768755,
  -0.4999999999970719, 1,
]);
// 2/π, the magic number that rounds to integers, π/2 in four parts, π/2 in two parts
const R: usize = memory.data<f64>([
  0.6366197723675814, 6755399441055744.0, 1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21,
  8.4784276603689e-32, 1.5707963267948966, 6.123233995736766e-17,
]);

// 64 zero bits and then the bits of 2/π
const TWO_OVER_PI: usize = memory.data<u64>([
  0, 0xa2f9836e4e441529, 0xfc2757d1f534ddc0, 0xdb6295993c439041, 0xfe5163abdebbc561, 0xb7246e3a424dd2e0,
  0x06492eea09d1921c, 0xfe1deb1cb129a73e, 0xe88235f52ebb4484, 0xe99c7026b45f7e41, 0x3991d639835339f4,
  0x9c845f8bbdf9283b, 0x1ff897ffde05980f, 0xef2f118b5a0a6d1f, 0x6d367ecf27cb09b7, 0x4f463f669e5fea2d,
  0x7527bac7ebe5f17b, 0x3d0739f78a5292ea, 0x6bfb5fb11f8d5d08,
]);

/** The 64 bits of the table from bit `i` on. */
function window(i: i32): u64 {
  const p = TWO_OVER_PI + ((<usize>i >> 6) << 3), shift = <u64>(i & 63);
  return shift == 0 ? load<u64>(p) : (load<u64>(p) << shift) | (load<u64>(p, 8) >> (64 - shift));
}
/** The upper half of a 64 by 64 bit product. */
function mulHigh(a: u64, b: u64): u64 {
  const al = a & 0xffffffff, ah = a >> 32, bl = b & 0xffffffff, bh = b >> 32;
  const middle = ah * bl + ((al * bl) >> 32), cross = al * bh + (middle & 0xffffffff);
  return ah * bh + (middle >> 32) + (cross >> 32);
}

/**
 * A part of the reduction of |x| ≥ 2²⁰: 0 and 1 for r, high and low, 2 for n as float64; nan for ±∞ and nan.
 *
 * With |x| = M·2ᵉ, bits of 2/π above weight 2^(3−e) give multiples of 8 and those 192 further down are too
 * small to see.
 */
function reduceLarge(x: f64, part: i32): f64 {
  if (!(abs(x) < Infinity)) return part == 2 ? 0 : NaN;
  const bits = reinterpret<u64>(x), e = <i32>((bits >> 52) & 0x7ff) - 1075;
  const M = (bits & 0xf_ffff_ffff_ffff) | 0x10_0000_0000_0000;
  const i = e + 60, w0 = window(i), w1 = window(i + 64), w2 = window(i + 128);
  const lower = M * w2, m1 = M * w1, middle = m1 + mulHigh(M, w2);
  const upper = M * w0 + mulHigh(M, w1) + u64(middle < m1);
  const f = <i64>((upper << 4) | (middle >> 60)), g = (middle << 4) | (lower >> 60); // n + (f + g·2⁻⁶⁴)·2⁻⁶⁴
  const n = <i64>((upper >> 60) & 3) + i64(f < 0);
  if (part == 2) return <f64>(x < 0 ? -n : n);
  const a = <f64>(f >> 32) * 2.3283064365386963e-10, b = <f64>(f & 0xffffffff) * 5.421010862427522e-20;
  const c = <f64>g * 2.938735877055719e-39;
  const s = a + b, t = a - s + b + c;
  const hi = s + t, lo = s - hi + t;
  const rh = hi * load<f64>(R, 48);
  const p = f64x2.splat(hi), q = f64x2.splat(load<f64>(R, 48));
  const error = f64x2.extract_lane(productError(p, q, f64x2.splat(rh)), 0);
  const rl = error + (hi * load<f64>(R, 56) + lo * load<f64>(R, 48));
  const y = rh + rl, z = part == 0 ? y : rh - y + rl;
  return x < 0 ? -z : z;
}
/** `y` with a part of the reduction in the lanes where |x| ≥ 2²⁰ or x is nan. */
function patchLarge(x: v128, y: v128, part: i32): v128 {
  const x0 = f64x2.extract_lane(x, 0), x1 = f64x2.extract_lane(x, 1);
  if (!(abs(x0) < 1048576)) y = f64x2.replace_lane(y, 0, reduceLarge(x0, part));
  if (!(abs(x1) < 1048576)) y = f64x2.replace_lane(y, 1, reduceLarge(x1, part));
  return y;
}
// @ts-ignore: decorator
@inline
function isSmall(x: v128): bool { return v128.all_true<i64>(f64x2.lt(f64x2.abs(x), f64x2.splat(1048576))); }

/** n = round(x·2/π), as float64, modulo 4 where x is large. */
// @ts-ignore: decorator
@inline
function quarters(x: v128, small: bool): v128 {
  const n = f64x2.nearest(f64x2.mul(x, at<f64>(R, 0)));
  return small ? n : patchLarge(x, n, 2);
}
/** All ones where bit `shift` of n is set. */
// @ts-ignore: decorator
@inline
function bitOf(n: v128, shift: i32): v128 {
  const bit = v128.and(f64x2.add(n, at<f64>(R, 1)), i64x2.splat(1 << shift));
  return i64x2.ne(bit, i64x2.splat(0));
}

/** sin (what = 0), cos (1) or tan (2) of two float64. */
function turn64(x: v128, what: i32): v128 {
  const small = isSmall(x), n = quarters(x, small);
  const a = f64x2.sub(x, f64x2.mul(n, at<f64>(R, 2))), w = f64x2.neg(f64x2.mul(n, at<f64>(R, 3)));
  const b = f64x2.add(a, w), tail = f64x2.sub(sumError(a, w, b), f64x2.mul(n, at<f64>(R, 4)));
  let r = f64x2.add(b, tail);
  let c = f64x2.sub(f64x2.add(f64x2.sub(b, r), tail), f64x2.mul(n, at<f64>(R, 5)));
  if (!small) { r = patchLarge(x, r, 0); c = patchLarge(x, c, 1); }
  const z = f64x2.mul(r, r), half = f64x2.mul(z, f64x2.splat(0.5)), one = f64x2.splat(1);
  const ps = horner1<f64>(horner4<f64>(at<f64>(S64, 0), z, S64, 1), z, S64, 5);
  const pc = horner1<f64>(horner4<f64>(at<f64>(C64, 0), z, C64, 1), z, C64, 5);
  const sin = f64x2.add(r, f64x2.add(f64x2.mul(f64x2.mul(r, z), ps), f64x2.sub(c, f64x2.mul(c, half))));
  const u = f64x2.sub(one, half), lost = f64x2.sub(f64x2.sub(one, u), half);
  const cos = f64x2.add(u, f64x2.add(lost, f64x2.sub(f64x2.mul(f64x2.mul(z, z), pc), f64x2.mul(r, c))));
  return finish(x, n, sin, cos, what);
}
/** The same of two float64 that came from float32, to 2⁻³⁶. */
function turn32(x: v128, what: i32): v128 {
  const small = isSmall(x), n = quarters(x, small);
  let r = f64x2.sub(f64x2.sub(x, f64x2.mul(n, at<f64>(R, 2))), f64x2.mul(n, at<f64>(R, 3)));
  if (!small) r = patchLarge(x, r, 0);
  const z = f64x2.mul(r, r);
  const sin = f64x2.mul(r, horner4<f64>(at<f64>(S32, 0), z, S32, 1));
  const cos = horner2<f64>(horner3<f64>(at<f64>(C32, 0), z, C32, 1), z, C32, 4);
  return finish(x, n, sin, cos, what);
}
/** Sine and cosine of r turned by n quarters. */
// @ts-ignore: decorator
@inline
function finish(x: v128, n: v128, sin: v128, cos: v128, what: i32): v128 {
  const tiny = f64x2.lt(f64x2.abs(x), f64x2.splat(1e-9));
  if (what == 1) n = f64x2.add(n, f64x2.splat(1));
  const odd = bitOf(n, 0), sign = i64x2.splat(i64.MIN_VALUE);
  if (what == 2) {
    const t = f64x2.div(select(odd, cos, sin), select(odd, sin, cos));
    return select(tiny, x, v128.xor(t, v128.and(odd, sign)));
  }
  const y = v128.xor(select(odd, cos, sin), v128.and(bitOf(n, 1), sign));
  return what == 0 ? select(tiny, x, y) : y;
}

// @ts-ignore: decorator
@inline
function turn<T>(x: v128, what: i32): v128 {
  if (sizeof<T>() == 4) return narrow(turn32(low(x), what), turn32(high(x), what));
  return turn64(x, what);
}
// @ts-ignore: decorator
@inline
export function sin<T>(x: v128): v128 { return turn<T>(x, 0); }
// @ts-ignore: decorator
@inline
export function cos<T>(x: v128): v128 { return turn<T>(x, 1); }
// @ts-ignore: decorator
@inline
export function tan<T>(x: v128): v128 { return turn<T>(x, 2); }
