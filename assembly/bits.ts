/**
 * Operations on bits.
 *
 *   <integer dtype>_binary_{bitwiseand,bitwiseor,bitwisexor,shiftleft,shiftright}(
 *     rank, dims, n, o, so, a, sa, b, sb)
 *   <float dtype>_binary_{copysign,nextafter}(…)
 *
 * Element-aligned; out may be a or b itself but may not overlap them otherwise. Shifts work as x86's: in 32
 * bits (int64: 64), of the count only as many low bits matter as that width needs.
 */
import { nest3 } from "./nest";
import { Elements, Vectors } from "./rows";

class And<T> {
  @inline v(a: v128, b: v128): v128 { return v128.and(a, b); }
  @inline s(a: T, b: T): T { return a & b; }
}
class Or<T> {
  @inline v(a: v128, b: v128): v128 { return v128.or(a, b); }
  @inline s(a: T, b: T): T { return a | b; }
}
class Xor<T> {
  @inline v(a: v128, b: v128): v128 { return v128.xor(a, b); }
  @inline s(a: T, b: T): T { return a ^ b; }
}
class ShiftLeft<T> {
  @inline s(a: T, b: T): T {
    return sizeof<T>() == 8 ? <T>(a << b) : <T>(<i32>a << <i32>b);
  }
}
class ShiftRight<T> {
  @inline s(a: T, b: T): T {
    return sizeof<T>() == 8 ? <T>(a >> b) : <T>(<i32>a >> <i32>b);
  }
}

class CopySign<T> {
  @inline v(a: v128, b: v128): v128 { return v128.bitselect(b, a, v128.splat<T>(<T>-0.0)); }
  @inline s(a: T, b: T): T { return copysign<T>(a, b); }
}
class NextAfter<T> {
  @inline s(a: T, b: T): T {
    if (a != a || b != b) return <T>NaN;
    if (a == b) return b;
    return sizeof<T>() == 4 ? <T>neighbour<f32, i32>(<f32>a, <f32>b) : <T>neighbour<f64, i64>(<f64>a, <f64>b);
  }
}

/** Bit patterns of floats of one sign stand in the order of their magnitudes. */
function neighbour<T, I>(a: T, b: T): T {
  if (a == 0) return copysign<T>(reinterpret<T>(<I>1), b);
  return reinterpret<T>(reinterpret<I>(a) + (a < b == a > 0 ? <I>1 : <I>-1));
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function i64_binary_bitwiseand(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i64, And<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_bitwiseor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i64, Or<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_bitwisexor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i64, Xor<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_shiftleft(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i64, ShiftLeft<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_shiftright(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i64, ShiftRight<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_bitwiseand(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i32, And<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_bitwiseor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i32, Or<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_bitwisexor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<i32, Xor<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_shiftleft(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i32, ShiftLeft<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_shiftright(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i32, ShiftRight<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_bitwiseand(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<u8, And<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_bitwiseor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<u8, Or<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_bitwisexor(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<u8, Xor<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_shiftleft(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<u8, ShiftLeft<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_shiftright(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<u8, ShiftRight<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_copysign(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, CopySign<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_nextafter(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f32, NextAfter<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_copysign(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, CopySign<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_nextafter(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f64, NextAfter<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
