/**
 * erf, erfc, erfinv and the two gelu of each lane, for 4 float32 or 2 float64.
 *
 *   x ≥ 0: erfc x = e^(−x²)·g(t)/(1 + 2x), t = (x − c)/(x + c), c = 2 in float32 and 4 in float64
 *   |x| < 1: erf x = x + x·p(x²)
 *   gelu x = x·Φ(x) with Φ(−u) = ½·erfc(u/√2);  gelutanh x = x/(1 + e^−w), w = √(8/π)·(x + 0.044715·x³)
 *
 * Exponents are carried in two parts, so the left tails keep their relative precision. erf, gelu and gelutanh
 * of float32 run in float32 lanes (the w of gelutanh in float64), erfc and erfinv through float64.
 * gelu(−∞) = nan, as in PyTorch. erfinv is ±∞ at ±1 and nan beyond.
 * Error in ulp, float32: erf 1.2, gelu 5, gelutanh 2.6, erfc erfinv 0.51. float64, counted from the nearest
 * float64: erf 1, erfc 3, erfinv 6, gelu 5, gelutanh 3. A subnormal gelu is off by up to |x| steps more.
 * g, p: minimax by the Remez exchange: g 2⁻⁵⁶ on [0, 27.5], 2⁻²⁶ on [0, 10.2]; p 2⁻⁶³ on z ≤ 1, 2⁻²⁷ on
 * z ≤ 0.7. The form of g is that of Schonfelder 1978. erfinv: AS 241 (Wichura 1988), the normal quantile as
 * three ratios of polynomials.
 */
import { expSum32, expSum64 } from "./exp";
import {
  at, copysign, high, horner1, horner2, horner3, horner4, low, narrow, productError, select, sumError,
} from "./lanes";
import { log64 } from "./log";

const P32: usize = memory.data<f32>([
  -0.000639097299426794, 0.005063588265329599, -0.026809711009263992, 0.11282884329557419,
  -0.37612584233283997, 0.12837916612625122,
]);
const G32: usize = memory.data<f32>([
  -0.0003997126186732203, -0.00122885312885046, 0.0013130680890753865, 0.008630952797830105,
  -0.008059805259108543, -0.05420417711138725, 0.16405533254146576, -0.16603142023086548, -0.0927639827132225,
  1.2769783735275269,
]);
const P64: usize = memory.data<f64>([
  5.960680337324784e-11, -1.137495257769114e-9, 1.4660327818903893e-8, -1.6350396069198015e-7,
  1.6461008460764338e-6, -1.492559577090937e-5, 0.00012055331132892104, -0.0008548326981423462,
  0.005223977624828389, -0.02686617064507787, 0.11283791670954885, -0.3761263890318375, 0.1283791670955126,
]);
const G64: usize = memory.data<f64>([
  -1.774919540179021e-9, -1.3585585181285206e-8, -7.860511779345863e-9, 1.1500026295714794e-7,
  6.284217922349098e-8, -8.345967639450074e-7, 3.013538287977671e-7, 5.717397731949878e-6,
  -1.1224876249737526e-5, -2.4402916036849504e-5, 0.00015062231000652278, -0.00019925558910045428,
  -0.0007577733654219611, 0.005031969772286181, -0.016197734054310735, 0.0371675155605033,
  -0.0663303658120525, 0.09373283499692858, -0.1010390660363242, 0.06809705425473307, 0.015379652102620179,
  -0.13962111684056286, 1.2329951186255526,
]);

/** e^(−(square + rest))·e^(u²)·erfc u for u ≥ 0; with square + rest = u² this is erfc u. */
// @ts-ignore: decorator
@inline
function scaledErfc32(u: v128, square: v128, rest: v128): v128 {
  const t = f32x4.div(f32x4.sub(u, f32x4.splat(2)), f32x4.add(u, f32x4.splat(2)));
  const g = horner1<f32>(horner4<f32>(horner4<f32>(at<f32>(G32, 0), t, G32, 1), t, G32, 5), t, G32, 9);
  const e = expSum32(f32x4.neg(square), f32x4.neg(rest));
  return f32x4.div(f32x4.mul(e, g), f32x4.add(f32x4.splat(1), f32x4.add(u, u)));
}
function scaledErfc64(u: v128, square: v128, rest: v128): v128 {
  const t = f64x2.div(f64x2.sub(u, f64x2.splat(4)), f64x2.add(u, f64x2.splat(4)));
  let g = horner4<f64>(horner4<f64>(horner4<f64>(at<f64>(G64, 0), t, G64, 1), t, G64, 5), t, G64, 9);
  g = horner2<f64>(horner4<f64>(horner4<f64>(g, t, G64, 13), t, G64, 17), t, G64, 21);
  const e = expSum64(f64x2.neg(square), f64x2.neg(rest), 0);
  return f64x2.mul(e, f64x2.div(g, f64x2.add(f64x2.splat(1), f64x2.add(u, u))));
}
/** x² as head² + (x + head)·(x − head), the head of 12 bits. */
// @ts-ignore: decorator
@inline
function head32(x: v128): v128 { return v128.and(x, i32x4.splat(0xffff_f000)); }

// @ts-ignore: decorator
@inline
function erf32(x: v128): v128 {
  const u = f32x4.pmin(f32x4.abs(x), f32x4.splat(10)), z = f32x4.mul(x, x);
  const p = horner1<f32>(horner4<f32>(at<f32>(P32, 0), z, P32, 1), z, P32, 5);
  const h = head32(u), rest = f32x4.mul(f32x4.add(u, h), f32x4.sub(u, h));
  const far = f32x4.sub(f32x4.splat(1), scaledErfc32(u, f32x4.mul(h, h), rest));
  return select(f32x4.lt(z, f32x4.splat(0.7)), f32x4.add(x, f32x4.mul(x, p)), copysign<f32>(far, x));
}
/** erfc |x|. */
// @ts-ignore: decorator
@inline
function erfcSize64(x: v128): v128 {
  const u = f64x2.pmin(f64x2.abs(x), f64x2.splat(30)), square = f64x2.mul(u, u);
  return scaledErfc64(u, square, productError(u, u, square));
}
// @ts-ignore: decorator
@inline
function erfNear64(x: v128): v128 {
  const z = f64x2.mul(x, x);
  const p = horner4<f64>(horner4<f64>(horner4<f64>(at<f64>(P64, 0), z, P64, 1), z, P64, 5), z, P64, 9);
  return f64x2.add(x, f64x2.mul(x, p));
}
function erf64(x: v128): v128 {
  const far = copysign<f64>(f64x2.sub(f64x2.splat(1), erfcSize64(x)), x);
  return select(f64x2.lt(f64x2.abs(x), f64x2.splat(1)), erfNear64(x), far);
}
function erfc64(x: v128): v128 {
  const e = erfcSize64(x), far = select(f64x2.lt(x, f64x2.splat(0)), f64x2.sub(f64x2.splat(2), e), e);
  return select(f64x2.lt(f64x2.abs(x), f64x2.splat(0.5)), f64x2.sub(f64x2.splat(1), erfNear64(x)), far);
}

// @ts-ignore: decorator
@inline
function gelu32(x: v128): v128 {
  const size = f32x4.pmin(f32x4.abs(x), f32x4.splat(15)), h = head32(size), half = f32x4.splat(0.5);
  const rest = f32x4.mul(f32x4.mul(f32x4.add(size, h), f32x4.sub(size, h)), half);
  const u = f32x4.mul(size, f32x4.splat(0.7071067811865476));
  const tail = f32x4.mul(half, scaledErfc32(u, f32x4.mul(f32x4.mul(h, h), half), rest));
  return f32x4.mul(x, select(f32x4.lt(x, f32x4.splat(0)), tail, f32x4.sub(f32x4.splat(1), tail)));
}
function gelu64(x: v128): v128 {
  const size = f64x2.pmin(f64x2.abs(x), f64x2.splat(40)), half = f64x2.splat(0.5),
    square = f64x2.mul(size, size);
  const u = f64x2.mul(size, f64x2.splat(0.7071067811865476)),
    rest = f64x2.mul(productError(size, size, square), half);
  const tail = f64x2.mul(half, scaledErfc64(u, f64x2.mul(square, half), rest));
  return f64x2.mul(x, select(f64x2.lt(x, f64x2.splat(0)), tail, f64x2.sub(f64x2.splat(1), tail)));
}

const C1: f64 = 1.5957691216057308, C1_LOW: f64 = -9.96930880911092e-17; // √(8/π)
const C3: f64 = 0.07135481627260025, C3_LOW: f64 = -4.1218577217431825e-18; // 0.044715·√(8/π)

// @ts-ignore: decorator
@inline
function cubic64(x: v128): v128 {
  return f64x2.mul(x, f64x2.add(f64x2.splat(C1), f64x2.mul(f64x2.splat(C3), f64x2.mul(x, x))));
}
/** c/(1 + e^−(w + rest)). */
// @ts-ignore: decorator
@inline
function logistic32(c: v128, w: v128, rest: v128): v128 {
  const negative = f32x4.lt(w, f32x4.splat(0)), one = f32x4.splat(1);
  const sign = v128.andnot(f32x4.splat(-0.0), negative);
  const e = expSum32(v128.xor(w, sign), v128.xor(rest, sign)); // e^−|w + rest|
  return f32x4.div(f32x4.mul(c, select(negative, e, one)), f32x4.add(one, e));
}
// @ts-ignore: decorator
@inline
function gelutanh32(x: v128): v128 {
  const y = f32x4.pmax(f32x4.pmin(x, f32x4.splat(11)), f32x4.splat(-11)); // |w| ≤ 113
  const l = cubic64(low(y)), h = cubic64(high(y)), w = narrow(l, h);
  return logistic32(x, w, narrow(f64x2.sub(l, low(w)), f64x2.sub(h, high(w))));
}
function gelutanh64(x: v128): v128 {
  const y = f64x2.pmax(f64x2.pmin(x, f64x2.splat(100)), f64x2.splat(-100));
  const z = f64x2.mul(y, y), zl = productError(y, y, z), c1 = f64x2.splat(C1), c3 = f64x2.splat(C3);
  const p = f64x2.mul(c3, z),
    pl = f64x2.add(f64x2.add(productError(c3, z, p), f64x2.mul(c3, zl)), f64x2.mul(f64x2.splat(C3_LOW), z));
  const s = f64x2.add(c1, p);
  const sl = f64x2.add(sumError(c1, p, s), f64x2.add(pl, f64x2.splat(C1_LOW)));
  const w = f64x2.mul(y, s), rest = f64x2.add(productError(y, s, w), f64x2.mul(y, sl));
  const negative = f64x2.lt(w, f64x2.splat(0)), one = f64x2.splat(1),
    sign = v128.andnot(f64x2.splat(-0.0), negative);
  const e = expSum64(v128.xor(w, sign), v128.xor(rest, sign), 0);
  return f64x2.div(f64x2.mul(x, select(negative, e, one)), f64x2.add(one, e));
}

// AS 241: numerators and denominators in 0.180625 − q², r − 1.6 and r − 5
const A: usize = memory.data<f64>([
  2509.0809287301226727, 33430.575583588128105, 67265.770927008700853, 45921.953931549871457,
  13731.693765509461125, 1971.5909503065514427, 133.14166789178437745, 3.387132872796366608,
]);
const B: usize = memory.data<f64>([
  5226.495278852545925, 28729.085735721942674, 39307.89580009271061, 21213.794301586595867,
  5394.1960214247511077, 687.1870074920579083, 42.313330701600911252, 1,
]);
const C: usize = memory.data<f64>([
  7.7454501427834140764e-4, 0.0227238449892691845833, 0.24178072517745061177, 1.27045825245236838258,
  3.64784832476320460504, 5.7694972214606914055, 4.6303378461565452959, 1.42343711074968357734,
]);
const D: usize = memory.data<f64>([
  1.05075007164441684324e-9, 5.475938084995344946e-4, 0.0151986665636164571966, 0.14810397642748007459,
  0.68976733498510000455, 1.6763848301838038494, 2.05319162663775882187, 1,
]);
const E: usize = memory.data<f64>([
  2.01033439929228813265e-7, 2.71155556874348757815e-5, 0.0012426609473880784386, 0.026532189526576123093,
  0.29656057182850489123, 1.7848265399172913358, 5.4637849111641143699, 6.6579046435011037772,
]);
const F: usize = memory.data<f64>([
  2.04426310338993978564e-15, 1.4215117583164458887e-7, 1.8463183175100546818e-5, 7.868691311456132591e-4,
  0.0148753612908506148525, 0.13692988092273580531, 0.59983220655588793769, 1,
]);
/** The ratio of two polynomials of degree 7. */
// @ts-ignore: decorator
@inline
function ratio(above: usize, below: usize, x: v128): v128 {
  const p = horner3<f64>(horner4<f64>(at<f64>(above, 0), x, above, 1), x, above, 5);
  return f64x2.div(p, horner3<f64>(horner4<f64>(at<f64>(below, 0), x, below, 1), x, below, 5));
}
function erfinv64(x: v128): v128 {
  const size = f64x2.abs(x), q = f64x2.mul(x, f64x2.splat(0.5)), root = f64x2.splat(0.7071067811865476);
  const near = f64x2.mul(q, ratio(A, B, f64x2.sub(f64x2.splat(0.180625), f64x2.mul(q, q))));
  const p = f64x2.mul(f64x2.sub(f64x2.splat(1), size), f64x2.splat(0.5));
  const r = f64x2.sqrt(f64x2.neg(log64(p)));
  const middle = ratio(C, D, f64x2.sub(r, f64x2.splat(1.6))), far = ratio(E, F, f64x2.sub(r, f64x2.splat(5)));
  const tail = copysign<f64>(select(f64x2.le(r, f64x2.splat(5)), middle, far), x);
  const y = f64x2.mul(select(f64x2.le(size, f64x2.splat(0.85)), near, tail), root);
  return select(f64x2.eq(size, f64x2.splat(1)), copysign<f64>(f64x2.splat(Infinity), x), y);
}

// @ts-ignore: decorator
@inline
export function erf<T>(x: v128): v128 { if (sizeof<T>() == 4) return erf32(x); return erf64(x); }
// @ts-ignore: decorator
@inline
export function erfc<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(erfc64(low(x)), erfc64(high(x)));
  return erfc64(x);
}
// @ts-ignore: decorator
@inline
export function erfinv<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return narrow(erfinv64(low(x)), erfinv64(high(x)));
  return erfinv64(x);
}
// @ts-ignore: decorator
@inline
export function gelu<T>(x: v128): v128 { if (sizeof<T>() == 4) return gelu32(x); return gelu64(x); }
// @ts-ignore: decorator
@inline
export function gelutanh<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return gelutanh32(x);
  return gelutanh64(x);
}
