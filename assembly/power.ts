/**
 * Powers, angles and distances of two operands.
 *
 *   <dtype>_binary_pow(rank, dims, n, o, so, a, sa, b, sb)
 *   <float dtype>_binary_{atan2,hypot}(…)
 *
 * Element-aligned; out may be a or b itself but may not overlap them otherwise. Errors of pow and atan2:
 * math/pow, math/arc; of hypot: float32 0.5 ulp, float64 1.0 ulp. Integer powers wrap around; a negative
 * exponent leaves 1, ±1 or 0.
 */
import { atan2 } from "./math/arc";
import { high, low, narrow, select } from "./math/lanes";
import { pow } from "./math/pow";
import { nest3 } from "./nest";
import { Elements, Vectors } from "./rows";

/** The element form of a function of vectors. */
class Lanes<T, F> {
  @inline v(a: v128, b: v128): v128 { return changetype<F>(0).v(a, b); }
  @inline s(a: T, b: T): T {
    return v128.extract_lane<T>(changetype<F>(0).v(v128.splat<T>(a), v128.splat<T>(b)), 0);
  }
}
class Pow<T> {
  @inline v(a: v128, b: v128): v128 { return pow<T>(a, b); }
}
class Atan2<T> {
  @inline v(a: v128, b: v128): v128 { return atan2<T>(a, b); }
}
class Hypot<T> {
  @inline v(a: v128, b: v128): v128 {
    return sizeof<T>() == 4 ? narrow(hypot(low(a), low(b)), hypot(high(a), high(b))) : hypot(a, b);
  }
}

/** √(a² + b²); a power of two keeps the squares in range and costs no digit. */
function hypot(a: v128, b: v128): v128 {
  const x = f64x2.abs(a);
  const y = f64x2.abs(b);
  const most = f64x2.pmax(x, y);
  const inf = f64x2.splat(Infinity);
  const one = f64x2.splat(1);
  const tiny = reinterpret<f64>(<u64>(1023 - 600) << 52);
  const huge = reinterpret<f64>(<u64>(1023 + 600) << 52);
  const large = f64x2.gt(most, f64x2.splat(1e150));
  const small = f64x2.lt(most, f64x2.splat(1e-150));
  const down = select(large, f64x2.splat(tiny), select(small, f64x2.splat(huge), one));
  const up = select(large, f64x2.splat(huge), select(small, f64x2.splat(tiny), one));
  const p = f64x2.mul(x, down);
  const q = f64x2.mul(y, down);
  const r = f64x2.mul(f64x2.sqrt(f64x2.add(f64x2.mul(p, p), f64x2.mul(q, q))), up);
  return select(v128.or(f64x2.eq(x, inf), f64x2.eq(y, inf)), inf, r);
}

class WholePow<T> {
  @inline s(a: T, b: T): T {
    if (isSigned<T>() && b < 0) return a == 1 ? <T>1 : a == <T>-1 ? (b & 1 ? <T>-1 : <T>1) : <T>0;
    return power<T>(a, b);
  }
}

/** By squaring. */
function power<T>(base: T, n: T): T {
  let result: T = 1;
  for (; n > 0; n = <T>(n >> 1)) {
    if (n & 1) result = <T>(result * base);
    base = <T>(base * base);
  }
  return result;
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_binary_pow(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Lanes<f32, Pow<f32>>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_atan2(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Lanes<f32, Atan2<f32>>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_hypot(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f32, Lanes<f32, Hypot<f32>>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_pow(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Lanes<f64, Pow<f64>>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_atan2(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Lanes<f64, Atan2<f64>>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_hypot(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Vectors<f64, Lanes<f64, Hypot<f64>>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_pow(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i64, WholePow<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_pow(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i32, WholePow<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_pow(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<u8, WholePow<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
