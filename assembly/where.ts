/**
 * out = c ? a : b, by bytes: one dtype, whatever it is.
 *
 *   <i8|i16|i32|i64>_ternary_where(rank, dims, n, o, so, c, sc, a, sa, b, sb)   c: bytes of 0 and 1
 *
 * Element-aligned; out may be an operand itself (c only if its elements are as large) but may not overlap one
 * otherwise.
 */
import { nest4 } from "./nest";
import { Along, lanes, Repeat } from "./simd";

class Choose<T> {
  @inline run(
    n: i32, o: usize, so: usize, c: usize, sc: usize, a: usize, sa: usize, b: usize, sb: usize,
  ): void {
    let done = 0;
    if (so == sizeof<T>() && sc == 1) {
      const alongA = sa == sizeof<T>();
      const alongB = sb == sizeof<T>();
      if (alongA && alongB) done = vectors<T, Along<T>, Along<T>>(n, o, c, a, b);
      else if (alongA && !sb) done = vectors<T, Along<T>, Repeat<T>>(n, o, c, a, b);
      else if (!sa && alongB) done = vectors<T, Repeat<T>, Along<T>>(n, o, c, a, b);
      else if (!sa && !sb) done = vectors<T, Repeat<T>, Repeat<T>>(n, o, c, a, b);
    }
    o += <usize>done * so;
    c += <usize>done * sc;
    a += <usize>done * sa;
    b += <usize>done * sb;
    for (let i = done; i < n; i++, o += so, c += sc, a += sa, b += sb)
      store<T>(o, load<T>(load<u8>(c) ? a : b));
  }
}

function vectors<T, A, B>(n: i32, o: usize, c: usize, a: usize, b: usize): i32 {
  const x = changetype<A>(0);
  const y = changetype<B>(0);
  const whole = n & -(4 * lanes<T>());
  const end = o + <usize>whole * sizeof<T>();
  for (; o < end; o += 64, c += 4 * lanes<T>(), a += x.step(4), b += y.step(4)) {
    v128.store(o, v128.bitselect(x.load(a, 0), y.load(b, 0), mask<T>(c)));
    v128.store(o, v128.bitselect(x.load(a, 16), y.load(b, 16), mask<T>(c + lanes<T>())), 16);
    v128.store(o, v128.bitselect(x.load(a, 32), y.load(b, 32), mask<T>(c + 2 * lanes<T>())), 32);
    v128.store(o, v128.bitselect(x.load(a, 48), y.load(b, 48), mask<T>(c + 3 * lanes<T>())), 48);
  }
  return whole;
}

/** As many conditions as there are lanes, 0 and 1 as lanes of zeros and ones. */
// @ts-ignore: decorator
@inline
function mask<T>(c: usize): v128 {
  if (sizeof<T>() == 1) return i8x16.neg(v128.load(c));
  if (sizeof<T>() == 2) return i16x8.neg(v128.load8x8_u(c));
  const four = i32x4.extend_low_i16x8_u(
    i16x8.extend_low_i8x16_u(sizeof<T>() == 4 ? v128.load32_zero(c) : i16x8.splat(load<u16>(c))),
  );
  return sizeof<T>() == 4 ? i32x4.neg(four) : i64x2.neg(i64x2.extend_low_i32x4_u(four));
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function i64_ternary_where(
  rank: i32, dims: usize, n: i32,
  o: usize, so: usize, c: usize, sc: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest4<Choose<i64>>(rank, dims, n, o, so, c, sc, a, sa, b, sb); }
export function i32_ternary_where(
  rank: i32, dims: usize, n: i32,
  o: usize, so: usize, c: usize, sc: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest4<Choose<i32>>(rank, dims, n, o, so, c, sc, a, sa, b, sb); }
export function i16_ternary_where(
  rank: i32, dims: usize, n: i32,
  o: usize, so: usize, c: usize, sc: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest4<Choose<i16>>(rank, dims, n, o, so, c, sc, a, sa, b, sb); }
export function i8_ternary_where(
  rank: i32, dims: usize, n: i32,
  o: usize, so: usize, c: usize, sc: usize, a: usize, sa: usize, b: usize, sb: usize,
): void { nest4<Choose<i8>>(rank, dims, n, o, so, c, sc, a, sa, b, sb); }
