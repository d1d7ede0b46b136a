/**
 * out = a ∘ b: sums, products, greater and lesser.
 *
 *   <dtype>_binary_<name>(rank, dims, n, o, so, a, sa, b, sb)
 *
 * Element-aligned; out may be a or b itself but may not overlap them otherwise. Integers wrap around. maximum
 * and minimum keep NaN, fmax and fmin prefer a number to it.
 */
import { nest3 } from "./nest";
import { Elements, Vectors } from "./rows";

class Add<T> {
  @inline v(a: v128, b: v128): v128 { return v128.add<T>(a, b); }
  @inline s(a: T, b: T): T { return <T>(a + b); }
}
class Sub<T> {
  @inline v(a: v128, b: v128): v128 { return v128.sub<T>(a, b); }
  @inline s(a: T, b: T): T { return <T>(a - b); }
}
class Mul<T> {
  @inline v(a: v128, b: v128): v128 { return v128.mul<T>(a, b); }
  @inline s(a: T, b: T): T { return <T>(a * b); }
}
class Div<T> {
  @inline v(a: v128, b: v128): v128 { return v128.div<T>(a, b); }
  @inline s(a: T, b: T): T { return <T>(a / b); }
}

// pmax(a, b) is a < b ? b : a, so it keeps a NaN in a but loses one in b.
class Maximum<T> {
  @inline v(a: v128, b: v128): v128 {
    if (isFloat<T>()) return v128.bitselect(b, v128.pmax<T>(a, b), v128.ne<T>(b, b));
    if (sizeof<T>() == 8) return v128.bitselect(a, b, v128.gt<T>(a, b));
    return v128.max<T>(a, b);
  }
  @inline s(a: T, b: T): T { return a < b || b != b ? b : a; }
}
class Minimum<T> {
  @inline v(a: v128, b: v128): v128 {
    if (isFloat<T>()) return v128.bitselect(b, v128.pmin<T>(a, b), v128.ne<T>(b, b));
    if (sizeof<T>() == 8) return v128.bitselect(b, a, v128.gt<T>(a, b));
    return v128.min<T>(a, b);
  }
  @inline s(a: T, b: T): T { return b < a || b != b ? b : a; }
}
class Fmax<T> {
  @inline v(a: v128, b: v128): v128 { return v128.bitselect(b, v128.pmax<T>(a, b), v128.ne<T>(a, a)); }
  @inline s(a: T, b: T): T { return a < b || a != a ? b : a; }
}
class Fmin<T> {
  @inline v(a: v128, b: v128): v128 { return v128.bitselect(b, v128.pmin<T>(a, b), v128.ne<T>(a, a)); }
  @inline s(a: T, b: T): T { return b < a || a != a ? b : a; }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_binary_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Add<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_sub(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Sub<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Mul<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_div(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Div<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_maximum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Maximum<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_minimum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Minimum<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_fmax(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Fmax<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_fmin(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Fmin<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Add<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_sub(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Sub<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Mul<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_div(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Div<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_maximum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Maximum<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_minimum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Minimum<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_fmax(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Fmax<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_fmin(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Fmin<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i64, Add<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_sub(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i64, Sub<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i64, Mul<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_maximum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i64, Maximum<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_minimum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i64, Minimum<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i32, Add<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_sub(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i32, Sub<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i32, Mul<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_maximum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i32, Maximum<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_minimum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i32, Minimum<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_add(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<u8, Add<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_sub(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<u8, Sub<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_mul(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<u8, Mul<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_maximum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<u8, Maximum<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_minimum(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<u8, Minimum<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
