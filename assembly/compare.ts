/**
 * out = a ∘ b as bytes of 0 and 1.
 *
 *   <dtype>_compare_<name>(rank, dims, n, o, so, a, sa, b, sb)
 *
 * Element-aligned; out must not overlap a or b. a > b is b < a, a ≥ b is b ≤ a. Anything but zero counts as
 * true, NaN too.
 */
import { nest3 } from "./nest";
import { Along, Repeat } from "./simd";

/** Rows of an operation with forms `v`, whose lanes are all ones or all zeros, and `s`. */
class Masks<T, Op> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize): void {
    const op = changetype<Op>(0);
    let done = 0;
    if (so == 1 && n >= 16 && (sa | sb)) {
      if (sa == sizeof<T>() && sb == sizeof<T>()) done = blocks<T, Op, Along<T>, Along<T>>(n, o, a, b);
      else if (sa == sizeof<T>() && !sb) done = blocks<T, Op, Along<T>, Repeat<T>>(n, o, a, b);
      else if (!sa && sb == sizeof<T>()) done = blocks<T, Op, Repeat<T>, Along<T>>(n, o, a, b);
      o += done;
      a += <usize>done * sa;
      b += <usize>done * sb;
    }
    for (let i = done; i < n; i++, o += so, a += sa, b += sb) store<u8>(o, u8(op.s(load<T>(a), load<T>(b))));
  }
}

/** All blocks of 16 elements; how many elements those were. */
function blocks<T, Op, A, B>(n: i32, o: usize, a: usize, b: usize): i32 {
  const x = changetype<A>(0);
  const y = changetype<B>(0);
  const one = i8x16.splat(1);
  const end = o + (n & ~15);
  for (; o < end; o += 16, a += x.step(sizeof<T>()), b += y.step(sizeof<T>()))
    v128.store(o, v128.and(narrow<T, Op, A, B>(a, b), one));
  return n & ~15;
}

/** The masks of 16 elements, a byte each. */
// @ts-ignore: decorator
@inline
function narrow<T, Op, A, B>(a: usize, b: usize): v128 {
  if (sizeof<T>() == 1) return mask<T, Op, A, B>(a, b, 0);
  let p: v128, q: v128, r: v128, s: v128;
  if (sizeof<T>() == 4) {
    p = mask<T, Op, A, B>(a, b, 0);
    q = mask<T, Op, A, B>(a, b, 16);
    r = mask<T, Op, A, B>(a, b, 32);
    s = mask<T, Op, A, B>(a, b, 48);
  } else {
    p = halves(mask<T, Op, A, B>(a, b, 0), mask<T, Op, A, B>(a, b, 16));
    q = halves(mask<T, Op, A, B>(a, b, 32), mask<T, Op, A, B>(a, b, 48));
    r = halves(mask<T, Op, A, B>(a, b, 64), mask<T, Op, A, B>(a, b, 80));
    s = halves(mask<T, Op, A, B>(a, b, 96), mask<T, Op, A, B>(a, b, 112));
  }
  return i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(p, q), i16x8.narrow_i32x4_s(r, s));
}

// @ts-ignore: decorator
@inline
function mask<T, Op, A, B>(a: usize, b: usize, offset: usize): v128 {
  return changetype<Op>(0).v(changetype<A>(0).load(a, offset), changetype<B>(0).load(b, offset));
}

/** Four masks of 32 bits out of twice two of 64. */
// @ts-ignore: decorator
@inline
function halves(x: v128, y: v128): v128 { return v128.shuffle<i32>(x, y, 0, 2, 4, 6); }

// ── operations ───────────────────────────────────────────────────────────────────────────────────

class Eq<T> {
  @inline v(a: v128, b: v128): v128 { return v128.eq<T>(a, b); }
  @inline s(a: T, b: T): bool { return a == b; }
}
class Ne<T> {
  @inline v(a: v128, b: v128): v128 { return v128.ne<T>(a, b); }
  @inline s(a: T, b: T): bool { return a != b; }
}
class Lt<T> {
  @inline v(a: v128, b: v128): v128 { return v128.lt<T>(a, b); }
  @inline s(a: T, b: T): bool { return a < b; }
}
class Le<T> {
  @inline v(a: v128, b: v128): v128 { return v128.le<T>(a, b); }
  @inline s(a: T, b: T): bool { return a <= b; }
}
class And<T> {
  @inline v(a: v128, b: v128): v128 { return v128.and(truth<T>(a), truth<T>(b)); }
  @inline s(a: T, b: T): bool { return a != 0 && b != 0; }
}
class Or<T> {
  @inline v(a: v128, b: v128): v128 { return v128.or(truth<T>(a), truth<T>(b)); }
  @inline s(a: T, b: T): bool { return a != 0 || b != 0; }
}
class Xor<T> {
  @inline v(a: v128, b: v128): v128 { return v128.xor(truth<T>(a), truth<T>(b)); }
  @inline s(a: T, b: T): bool { return (a != 0) != (b != 0); }
}

// @ts-ignore: decorator
@inline
function truth<T>(a: v128): v128 { return v128.ne<T>(a, i64x2.splat(0)); }

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_compare_eq(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f32, Eq<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_compare_ne(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f32, Ne<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_compare_lt(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f32, Lt<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_compare_le(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f32, Le<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_compare_logicaland(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f32, And<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_compare_logicalor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f32, Or<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_compare_logicalxor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f32, Xor<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_compare_eq(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f64, Eq<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_compare_ne(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f64, Ne<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_compare_lt(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f64, Lt<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_compare_le(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f64, Le<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_compare_logicaland(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f64, And<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_compare_logicalor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f64, Or<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_compare_logicalxor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<f64, Xor<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_compare_eq(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i64, Eq<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_compare_ne(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i64, Ne<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_compare_lt(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i64, Lt<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_compare_le(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i64, Le<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_compare_logicaland(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i64, And<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_compare_logicalor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i64, Or<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_compare_logicalxor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i64, Xor<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_compare_eq(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i32, Eq<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_compare_ne(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i32, Ne<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_compare_lt(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i32, Lt<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_compare_le(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i32, Le<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_compare_logicaland(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i32, And<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_compare_logicalor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i32, Or<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_compare_logicalxor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<i32, Xor<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_compare_eq(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<u8, Eq<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_compare_ne(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<u8, Ne<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_compare_lt(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<u8, Lt<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_compare_le(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<u8, Le<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_compare_logicaland(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<u8, And<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_compare_logicalor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<u8, Or<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_compare_logicalxor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Masks<u8, Xor<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
