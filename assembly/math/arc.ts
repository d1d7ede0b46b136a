/**
 * asin, acos, atan of each lane and atan2 of two, for 4 float32 (through float64) or 2 float64.
 *
 *   |x| ≤ ½: asin x = x + x·z·p(z), z = x²;  above: π/2 − 2·asin √((1 − x)/2)
 *   atan: the ratio is brought to |u| ≤ tan(π/8) by 0, 1 or 2 eighths of a turn, then u + u·z·q(z)
 *
 * Outside [−1, 1] asin and acos are nan. atan2 follows IEEE 754 at ±0 and ±∞.
 * Error in ulp, float32: 0.51. float64, counted from the nearest float64: asin acos atan 1, atan2 2.
 * p, q: minimax by the Remez exchange, both 2⁻⁵⁹. The arrangement of asin and acos, which carries the root's
 * rounding error, is fdlibm's.
 */
import { at, copysign, high, horner2, horner3, horner4, low, narrow, select } from "./lanes";

const P: usize = memory.data<f64>([
  0.03188113724747517, -0.01974447036864476, 0.02077324903162187, 0.0041128448556474505, 0.010665747011996964,
  0.011420788302259021, 0.01397793623837734, 0.01735187391522452, 0.022372198938560562, 0.03038194334383061,
  0.04464285715952606, 0.07499999999989267, 0.1666666666666668,
]);
const Q: usize = memory.data<f64>([
  -0.018180406776009392, 0.038329081272613134, -0.05050405409467294, 0.058505336164657376,
  -0.06663497318982944, 0.07692098040661101, -0.09090900113802894, 0.11111110875886597, -0.1428571428233584,
  0.19999999999979143, -0.3333333333333331,
]);
const PI_LOW: f64 = 1.2246467991473532e-16, PI: f64 = 3.141592653589793;

// @ts-ignore: decorator
@inline
function p(z: v128): v128 {
  return horner4<f64>(horner4<f64>(horner4<f64>(at<f64>(P, 0), z, P, 1), z, P, 5), z, P, 9);
}

/** s = √z as head + tail, the head of 21 bits: tail = (z − head²)/(s + head). */
// @ts-ignore: decorator
@inline
function headOf(s: v128): v128 { return v128.and(s, i64x2.splat(0xffff_ffff_0000_0000)); }
// @ts-ignore: decorator
@inline
function tailOf(z: v128, s: v128, head: v128): v128 {
  return f64x2.div(f64x2.sub(z, f64x2.mul(head, head)), f64x2.pmax(f64x2.add(s, head), f64x2.splat(1e-300)));
}

function asin64(x: v128): v128 {
  const size = f64x2.abs(x), outer = f64x2.gt(size, f64x2.splat(0.5)), half = f64x2.splat(0.5);
  const z = select(outer, f64x2.mul(f64x2.sub(f64x2.splat(1), size), half), f64x2.mul(x, x));
  const s = select(outer, f64x2.sqrt(z), size), sz = f64x2.mul(s, f64x2.mul(z, p(z)));
  const head = headOf(s), tail = tailOf(z, s, head), quarter = f64x2.splat(PI / 4);
  const near = f64x2.sub(f64x2.add(sz, sz), f64x2.sub(f64x2.splat(PI_LOW / 2), f64x2.add(tail, tail)));
  const far = f64x2.sub(quarter, f64x2.add(head, head));
  return copysign<f64>(select(outer, f64x2.sub(quarter, f64x2.sub(near, far)), f64x2.add(size, sz)), x);
}

function acos64(x: v128): v128 {
  const size = f64x2.abs(x), outer = f64x2.gt(size, f64x2.splat(0.5)), half = f64x2.splat(0.5);
  const z = select(outer, f64x2.mul(f64x2.sub(f64x2.splat(1), size), half), f64x2.mul(x, x));
  const r = f64x2.mul(z, p(z)), rightAngle = f64x2.splat(PI / 2), rest = f64x2.splat(PI_LOW / 2);
  const inner = f64x2.sub(rightAngle, f64x2.sub(x, f64x2.sub(rest, f64x2.mul(x, r))));
  const s = f64x2.sqrt(z), sr = f64x2.mul(s, r), head = headOf(s);
  const right = f64x2.add(head, f64x2.add(sr, tailOf(z, s, head)));
  const left = f64x2.sub(rightAngle, f64x2.add(s, f64x2.sub(sr, rest)));
  const side = select(f64x2.lt(x, f64x2.splat(0)), left, right);
  return select(outer, f64x2.add(side, side), inner);
}

/** The angle of the point (x, y) for x, y ≥ 0, finite, not both 0, or where `left` is set of (−x, y). */
// @ts-ignore: decorator
@inline
function angle(y: v128, x: v128, left: v128): v128 {
  const steep = f64x2.gt(y, f64x2.mul(x, f64x2.splat(2.414213562373095)));
  const flat = f64x2.le(y, f64x2.mul(x, f64x2.splat(0.41421356237309503)));
  const above = select(steep, f64x2.neg(x), select(flat, y, f64x2.sub(y, x)));
  const below = select(steep, y, select(flat, x, f64x2.add(y, x)));
  const u = f64x2.div(above, below), z = f64x2.mul(u, u);
  const q = horner2<f64>(horner4<f64>(horner4<f64>(at<f64>(Q, 0), z, Q, 1), z, Q, 5), z, Q, 9);
  const right = select(steep, f64x2.splat(2), v128.andnot(f64x2.splat(1), flat));
  const eighths = select(left, f64x2.sub(f64x2.splat(4), right), right);
  const t = v128.xor(u, v128.and(left, f64x2.splat(-0.0)));
  const rest = f64x2.add(f64x2.mul(t, f64x2.mul(z, q)), f64x2.mul(eighths, f64x2.splat(PI_LOW / 4)));
  return f64x2.add(f64x2.mul(eighths, f64x2.splat(PI / 4)), f64x2.add(t, rest));
}

function atan64(x: v128): v128 {
  const infinite = f64x2.gt(f64x2.abs(x), f64x2.splat(1e300));
  const size = select(infinite, f64x2.splat(1e300), f64x2.abs(x));
  return copysign<f64>(angle(size, f64x2.splat(1), f64x2.splat(0)), x);
}

function atan2_64(y: v128, x: v128): v128 {
  const inf = f64x2.splat(Infinity), one = f64x2.splat(1), zero = f64x2.splat(0);
  let Y = f64x2.abs(y), X = f64x2.abs(x);
  const endless = v128.or(f64x2.eq(Y, inf), f64x2.eq(X, inf));
  Y = select(endless, v128.and(f64x2.eq(Y, inf), one), Y);
  X = select(endless, v128.and(f64x2.eq(X, inf), one), X);
  X = select(f64x2.eq(f64x2.add(X, Y), zero), one, X);
  const big = v128.or(f64x2.gt(Y, f64x2.splat(1e300)), f64x2.gt(X, f64x2.splat(1e300)));
  const scale = select(big, f64x2.splat(8.673617379884035e-19), one);
  const left = i64x2.lt_s(x, i64x2.splat(0));
  const turned = angle(f64x2.mul(Y, scale), f64x2.mul(X, scale), left);
  const unordered = v128.or(f64x2.ne(x, x), f64x2.ne(y, y));
  return select(unordered, f64x2.add(x, y), copysign<f64>(turned, y));
}

// @ts-ignore: decorator
@inline
export function asin<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(asin64(low(x)), asin64(high(x)));
  return asin64(x);
}
// @ts-ignore: decorator
@inline
export function acos<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(acos64(low(x)), acos64(high(x)));
  return acos64(x);
}
// @ts-ignore: decorator
@inline
export function atan<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(atan64(low(x)), atan64(high(x)));
  return atan64(x);
}
/** The angle of the point (x, y). */
// @ts-ignore: decorator
@inline
export function atan2<T>(y: v128, x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(atan2_64(low(y), low(x)), atan2_64(high(y), high(x)));
  return atan2_64(y, x);
}
