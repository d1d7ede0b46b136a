/**
 * How two values become one, for reductions over elements of type `T`, and blocks of elements joined in a fixed order.
 *
 * `v` and `s` join vectors and scalars; `fast` does what `v` does but for NaN, which `mark` collects beside it.
 */
import { lanes } from "./simd";

export class Sum<T> {
  @inline identity(): T { return <T>0; }
  @inline fast(a: v128, x: v128): v128 { return v128.add<T>(a, x); }
  @inline v(a: v128, x: v128): v128 { return v128.add<T>(a, x); }
  @inline s(a: T, x: T): T { return <T>(a + x); }
  @inline mark(m: v128, x: v128): v128 { return m; }
}

export class Prod<T> {
  @inline identity(): T { return <T>1; }
  @inline fast(a: v128, x: v128): v128 { return v128.mul<T>(a, x); }
  @inline v(a: v128, x: v128): v128 { return v128.mul<T>(a, x); }
  @inline s(a: T, x: T): T { return <T>(a * x); }
  @inline mark(m: v128, x: v128): v128 { return m; }
}

/** The least value that `T` has, −∞ for floats. */
// @ts-ignore: decorator
@inline
function lowest<T>(): T {
  if (isFloat<T>()) return <T>-Infinity;
  return isSigned<T>() ? <T>(<T>1 << <T>(8 * sizeof<T>() - 1)) : <T>0;
}

/** The greatest value that `T` has, ∞ for floats. */
// @ts-ignore: decorator
@inline
function highest<T>(): T { return isFloat<T>() ? <T>Infinity : <T>~lowest<T>(); }

export class Max<T> {
  @inline identity(): T { return lowest<T>(); }
  @inline fast(a: v128, x: v128): v128 { return isFloat<T>() ? v128.pmax<T>(a, x) : this.v(a, x); }
  @inline v(a: v128, x: v128): v128 {
    if (!isFloat<T>() && sizeof<T>() == 8) return v128.bitselect(a, x, v128.gt<T>(a, x));
    return v128.max<T>(a, x);
  }
  @inline s(a: T, x: T): T { return max<T>(a, x); }
  @inline mark(m: v128, x: v128): v128 { return isFloat<T>() ? v128.or(m, v128.ne<T>(x, x)) : m; }
  /** Whether x goes before a; NaN neither way. */
  @inline beats(x: T, a: T): bool { return x > a; }
  @inline ahead(x: v128, a: v128): v128 { return v128.gt<T>(x, a); }
}

export class Min<T> {
  @inline identity(): T { return highest<T>(); }
  @inline fast(a: v128, x: v128): v128 { return isFloat<T>() ? v128.pmin<T>(a, x) : this.v(a, x); }
  @inline v(a: v128, x: v128): v128 {
    if (!isFloat<T>() && sizeof<T>() == 8) return v128.bitselect(a, x, v128.lt<T>(a, x));
    return v128.min<T>(a, x);
  }
  @inline s(a: T, x: T): T { return min<T>(a, x); }
  @inline mark(m: v128, x: v128): v128 { return isFloat<T>() ? v128.or(m, v128.ne<T>(x, x)) : m; }
  @inline beats(x: T, a: T): bool { return x < a; }
  @inline ahead(x: v128, a: v128): v128 { return v128.lt<T>(x, a); }
}

/** The lanes of a vector joined, halves first. */
// @ts-ignore: decorator
@inline
export function fold<T, Op>(v: v128): T {
  const op = changetype<Op>(0);
  v = op.v(v, i8x16.shuffle(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 8, 9, 10, 11, 12, 13, 14, 15));
  if (sizeof<T>() < 8) v = op.v(v, i8x16.shuffle(v, v, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7, 4, 5, 6, 7));
  if (sizeof<T>() < 4) v = op.v(v, i8x16.shuffle(v, v, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3, 2, 3));
  if (sizeof<T>() < 2) v = op.v(v, i8x16.shuffle(v, v, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1));
  return v128.extract_lane<T>(v, 0);
}

/** n contiguous elements joined: eight vectors in turn, those joined in pairs, the rest after them. */
export function block<T, Op>(p: usize, n: i32): T {
  const op = changetype<Op>(0);
  const identity = v128.splat<T>(op.identity());
  let a = identity, b = identity, c = identity, d = identity, e = identity, f = identity, g = identity, h = identity;
  let m = i32x4.splat(0);
  const bytes = <usize>n * sizeof<T>(), end = p + (bytes & ~127);
  while (p != end) {
    let x = v128.load(p), y = v128.load(p, 16);
    a = op.fast(a, x); m = op.mark(m, x); b = op.fast(b, y); m = op.mark(m, y);
    x = v128.load(p, 32); y = v128.load(p, 48);
    c = op.fast(c, x); m = op.mark(m, x); d = op.fast(d, y); m = op.mark(m, y);
    x = v128.load(p, 64); y = v128.load(p, 80);
    e = op.fast(e, x); m = op.mark(m, x); f = op.fast(f, y); m = op.mark(m, y);
    x = v128.load(p, 96); y = v128.load(p, 112);
    g = op.fast(g, x); m = op.mark(m, x); h = op.fast(h, y); m = op.mark(m, y);
    p += 128;
  }
  n &= 8 * lanes<T>() - 1;
  a = op.v(op.v(op.v(a, b), op.v(c, d)), op.v(op.v(e, f), op.v(g, h)));
  while (n >= lanes<T>()) {
    a = op.v(a, v128.load(p));
    p += 16;
    n -= lanes<T>();
  }
  let r = fold<T, Op>(a);
  while (n > 0) {
    r = op.s(r, load<T>(p));
    p += sizeof<T>();
    n--;
  }
  if (isFloat<T>() && v128.any_true(m)) return <T>NaN;
  return r;
}
