/**
 * Quotients to whole numbers, and remainders.
 *
 *   <dtype>_binary_{floordiv,truncdiv,remainder,fmod}(rank, dims, n, o, so, a, sa, b, sb)
 *   <integer dtype>_binary_haszero(rank, dims, n, b, sb)    whether any element is zero; ask before dividing
 *
 * floordiv and remainder take the sign of the divisor, truncdiv and fmod that of the dividend.
 * Element-aligned; out may be a or b itself but may not overlap them otherwise. Integers wrap around (least /
 * −1); x / 0 is 0 rather than a trap.
 */
import { nest3 } from "./nest";
import { Elements } from "./rows";

class FloorDiv<T> {
  @inline s(a: T, b: T): T { return isFloat<T>() ? floorOfFractions<T>(a, b) : floorOfWhole<T>(a, b); }
}
class TruncDiv<T> {
  @inline s(a: T, b: T): T { return isFloat<T>() ? trunc<T>(<T>(a / b)) : quotient<T>(a, b); }
}
class Remainder<T> {
  @inline s(a: T, b: T): T {
    const r = rest<T>(a, b);
    return r != 0 && r < 0 != b < 0 ? <T>(r + b) : r;
  }
}
class Fmod<T> {
  @inline s(a: T, b: T): T { return rest<T>(a, b); }
}

/** By way of the exact remainder, because a / b may round up to the next whole number. */
function floorOfFractions<T>(a: T, b: T): T {
  if (b == 0) return <T>(a / b);
  const r = rest<T>(a, b);
  let q = <T>((a - r) / b);
  if (r != 0 && r < 0 != b < 0) q -= 1;
  if (q == 0) return copysign<T>(0, <T>(a / b));
  const whole = floor<T>(q);
  return <T>(q - whole) > <T>0.5 ? <T>(whole + 1) : whole;
}

// @ts-ignore: decorator
@inline
function floorOfWhole<T>(a: T, b: T): T {
  const q = quotient<T>(a, b);
  return <T>(q * b) != a && a < 0 != b < 0 ? <T>(q - 1) : q;
}

// @ts-ignore: decorator
@inline
function quotient<T>(a: T, b: T): T {
  if (b == 0) return 0;
  return isSigned<T>() && b == <T>-1 ? <T>(0 - a) : <T>(a / b);
}

/** The remainder with the sign of the dividend, exact. */
// @ts-ignore: decorator
@inline
function rest<T>(a: T, b: T): T {
  if (isInteger<T>()) return b == 0 ? <T>0 : <T>(a % b);
  return sizeof<T>() == 4 ? <T>rest32(<f32>a, <f32>b) : <T>(a % b);
}

/** While the quotient has few enough digits, its product with b and the difference are exact in f64. */
function rest32(a: f32, b: f32): f32 {
  const x = abs(<f64>a);
  const y = abs(<f64>b);
  const q = trunc(x / y);
  if (q != q) return NaN;
  if (q >= 268435456) return a % b;
  if (q == 0) return a; // also where b is infinite
  let r = x - q * y;
  if (r < 0) r += y; // x / y had been rounded up to a whole number
  return copysign(<f32>r, a);
}

function hasZero<T>(rank: i32, dims: usize, n: i32, b: usize, sb: usize): bool {
  if (rank) {
    const extent = load<i32>(dims);
    const tb = load<i32>(dims, 4);
    for (let i = 0; i < extent; i++, b += tb) if (hasZero<T>(rank - 1, dims + 8, n, b, sb)) return true;
    return false;
  }
  for (let i = 0; i < n; i++, b += sb) if (load<T>(b) == 0) return true;
  return false;
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_binary_floordiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f32, FloorDiv<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_truncdiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f32, TruncDiv<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_remainder(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f32, Remainder<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f32_binary_fmod(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f32, Fmod<f32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_floordiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f64, FloorDiv<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_truncdiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f64, TruncDiv<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_remainder(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f64, Remainder<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function f64_binary_fmod(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<f64, Fmod<f64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_floordiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i64, FloorDiv<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_truncdiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i64, TruncDiv<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_remainder(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i64, Remainder<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_fmod(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i64, Fmod<i64>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_floordiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i32, FloorDiv<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_truncdiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i32, TruncDiv<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_remainder(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i32, Remainder<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i32_binary_fmod(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<i32, Fmod<i32>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_floordiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<u8, FloorDiv<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_truncdiv(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<u8, TruncDiv<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_remainder(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<u8, Remainder<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function u8_binary_fmod(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest3<Elements<u8, Fmod<u8>>>(rank, dims, n, o, so, a, sa, b, sb); }
export function i64_binary_haszero(rank: i32, dims: usize, n: i32, b: usize, sb: usize): bool {
  return hasZero<i64>(rank, dims, n, b, sb);
}
export function i32_binary_haszero(rank: i32, dims: usize, n: i32, b: usize, sb: usize): bool {
  return hasZero<i32>(rank, dims, n, b, sb);
}
export function u8_binary_haszero(rank: i32, dims: usize, n: i32, b: usize, sb: usize): bool {
  return hasZero<u8>(rank, dims, n, b, sb);
}
