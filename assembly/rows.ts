/**
 * Rows of two operands, for an operation that is a class with a form for vectors, `v(a, b)`, and one for
 * elements, `s(a, b)`.
 *
 * Both are called with no object: the class only names what is to be inlined. The forms must give the same
 * bits.
 */
import { Along, Repeat } from "./simd";

/** In vectors where out is contiguous and each operand is contiguous or one repeated element. */
export class Vectors<T, Op> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize): void {
    if (so == sizeof<T>() && (sa == sizeof<T>() || !sa) && (sb == sizeof<T>() || !sb)) {
      if (!sb) vectors<T, Op, Along<T>, Repeat<T>>(n, o, a, sa, b, sb);
      else if (!sa) vectors<T, Op, Repeat<T>, Along<T>>(n, o, a, sa, b, sb);
      else vectors<T, Op, Along<T>, Along<T>>(n, o, a, sa, b, sb);
    } else changetype<Elements<T, Op>>(0).run(n, o, so, a, sa, b, sb);
  }
}

/** Element by element. */
export class Elements<T, Op> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize, b: usize, sb: usize): void {
    const op = changetype<Op>(0);
    for (let i = 0; i < n; i++, o += so, a += sa, b += sb) store<T>(o, op.s(load<T>(a), load<T>(b)));
  }
}

function vectors<T, Op, A, B>(n: i32, o: usize, a: usize, sa: usize, b: usize, sb: usize): void {
  const op = changetype<Op>(0);
  const x = changetype<A>(0);
  const y = changetype<B>(0);
  const end = o + <usize>n * sizeof<T>();
  if (sa | sb)
    for (; o + 64 <= end; o += 64, a += x.step(4), b += y.step(4)) {
      v128.store(o, op.v(x.load(a, 0), y.load(b, 0)));
      v128.store(o, op.v(x.load(a, 16), y.load(b, 16)), 16);
      v128.store(o, op.v(x.load(a, 32), y.load(b, 32)), 32);
      v128.store(o, op.v(x.load(a, 48), y.load(b, 48)), 48);
    }
  for (; o < end; o += sizeof<T>(), a += sa, b += sb) store<T>(o, op.s(load<T>(a), load<T>(b)));
}
