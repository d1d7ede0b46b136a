/**
 * What the functions of this folder share: tables of constants, Horner's rule, choices between lanes, float32
 * through float64 lanes, and the exact error of a product.
 *
 * Every function here and beside takes and returns whole vectors and treats each lane alone: a lane's bits do
 * not depend on its neighbours. A constant splat out of memory is one instruction in V8, f32x4.splat(c) is
 * three.
 */

/** Entry `i` of a table of T in every lane. */
// @ts-ignore: decorator
@inline
export function at<T>(table: usize, i: i32): v128 {
  if (sizeof<T>() == 4) return v128.load32_splat(table + (<usize>i << 2));
  return v128.load64_splat(table + (<usize>i << 3));
}

/** p·x + table[i]. */
// @ts-ignore: decorator
@inline
export function horner1<T>(p: v128, x: v128, table: usize, i: i32): v128 {
  return v128.add<T>(v128.mul<T>(p, x), at<T>(table, i));
}
/** Horner's rule over the next two, three, four entries of a table that has the highest power first. */
// @ts-ignore: decorator
@inline
export function horner2<T>(p: v128, x: v128, table: usize, i: i32): v128 {
  return horner1<T>(horner1<T>(p, x, table, i), x, table, i + 1);
}
// @ts-ignore: decorator
@inline
export function horner3<T>(p: v128, x: v128, table: usize, i: i32): v128 {
  return horner1<T>(horner2<T>(p, x, table, i), x, table, i + 2);
}
// @ts-ignore: decorator
@inline
export function horner4<T>(p: v128, x: v128, table: usize, i: i32): v128 {
  return horner2<T>(horner2<T>(p, x, table, i), x, table, i + 2);
}

/** mask ? yes : no, bit by bit. */
// @ts-ignore: decorator
@inline
export function select(mask: v128, yes: v128, no: v128): v128 { return v128.bitselect(yes, no, mask); }

// @ts-ignore: decorator
@inline
function signMask<T>(): v128 { return v128.splat<T>(<T>(-0.0)); }

/** |x| with the sign of `sign`. */
// @ts-ignore: decorator
@inline
export function copysign<T>(x: v128, sign: v128): v128 { return v128.bitselect(sign, x, signMask<T>()); }

/** x with its sign flipped where `mask` is set and `sign` is negative. */
// @ts-ignore: decorator
@inline
export function flip<T>(x: v128, sign: v128): v128 { return v128.xor(x, v128.and(sign, signMask<T>())); }

/** Lanes 0 and 1 (2 and 3) of four float32 as float64, and back. */
// @ts-ignore: decorator
@inline
export function low(x: v128): v128 { return f64x2.promote_low_f32x4(x); }
// @ts-ignore: decorator
@inline
export function high(x: v128): v128 { return f64x2.promote_low_f32x4(v128.shuffle<i64>(x, x, 1, 1)); }
// @ts-ignore: decorator
@inline
export function narrow(l: v128, h: v128): v128 {
  return v128.shuffle<i64>(f32x4.demote_f64x2_zero(l), f32x4.demote_f64x2_zero(h), 0, 2);
}

/** a·b − p for p = fl(a·b), exactly (Dekker 1971); |a|, |b| < 2^996 and no underflow. */
export function productError(a: v128, b: v128, p: v128): v128 {
  const split = f64x2.splat(134217729);
  const A = f64x2.mul(a, split), B = f64x2.mul(b, split);
  const ah = f64x2.sub(A, f64x2.sub(A, a)), bh = f64x2.sub(B, f64x2.sub(B, b));
  const al = f64x2.sub(a, ah), bl = f64x2.sub(b, bh);
  const e = f64x2.add(f64x2.sub(f64x2.mul(ah, bh), p), f64x2.mul(ah, bl));
  return f64x2.add(f64x2.add(e, f64x2.mul(al, bh)), f64x2.mul(al, bl));
}

/** a + b − s for s = fl(a + b), exactly (Knuth). */
// @ts-ignore: decorator
@inline
export function sumError(a: v128, b: v128, s: v128): v128 {
  const v = f64x2.sub(s, a);
  return f64x2.add(f64x2.sub(a, f64x2.sub(s, v)), f64x2.sub(b, v));
}
