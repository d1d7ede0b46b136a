/**
 * Running sum, product, maximum and minimum along a row.
 *
 * <dtype>_scan_<name>(rank, dims, n, o, so, a, sa), and for max and min
 * <dtype>_scan_<name>(rank, dims, n, o, so, i, si, a, sa): i is int64, where the running extreme was met last; NaN stays.
 * Rows and outer dims as in nest.ts.
 *
 * One element after the other; float32 is accumulated in float64 and each result rounded once. o may be a.
 */
import { nest2, nest3 } from "./nest";

class Sum<T> { @inline of(x: T, y: T): T { return x + y; } }
class Prod<T> { @inline of(x: T, y: T): T { return x * y; } }
class Max<T> { @inline meets(x: T, best: T): bool { return x >= best; } }
class Min<T> { @inline meets(x: T, best: T): bool { return x <= best; } }

class Fold<T, A, Op> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize): void {
    if (n <= 0) return;
    let x = <A>load<T>(a);
    store<T>(o, <T>x);
    for (let i = 1; i < n; i++) {
      a += sa;
      o += so;
      x = changetype<Op>(0).of(x, <A>load<T>(a));
      store<T>(o, <T>x);
    }
  }
}

class Extreme<T, Op> {
  @inline run(n: i32, o: usize, so: usize, index: usize, si: usize, a: usize, sa: usize): void {
    if (n <= 0) return;
    let best = load<T>(a), at: i64 = 0;
    for (let i = 0; i < n; i++, o += so, index += si, a += sa) {
      const x = load<T>(a);
      if (changetype<Op>(0).meets(x, best) || (isFloat<T>() && x != x)) {
        best = x;
        at = i;
      }
      store<T>(o, best);
      store<i64>(index, at);
    }
  }
}

export function f32_scan_sum(
  r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize,
): void { nest2<Fold<f32, f64, Sum<f64>>>(r, d, n, o, so, a, sa); }
export function f32_scan_prod(
  r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize,
): void { nest2<Fold<f32, f64, Prod<f64>>>(r, d, n, o, so, a, sa); }
export function f32_scan_max(
  r: i32, d: usize, n: i32, o: usize, so: usize, i: usize, si: usize, a: usize, sa: usize,
): void { nest3<Extreme<f32, Max<f32>>>(r, d, n, o, so, i, si, a, sa); }
export function f32_scan_min(
  r: i32, d: usize, n: i32, o: usize, so: usize, i: usize, si: usize, a: usize, sa: usize,
): void { nest3<Extreme<f32, Min<f32>>>(r, d, n, o, so, i, si, a, sa); }
export function f64_scan_sum(
  r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize,
): void { nest2<Fold<f64, f64, Sum<f64>>>(r, d, n, o, so, a, sa); }
export function f64_scan_prod(
  r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize,
): void { nest2<Fold<f64, f64, Prod<f64>>>(r, d, n, o, so, a, sa); }
export function f64_scan_max(
  r: i32, d: usize, n: i32, o: usize, so: usize, i: usize, si: usize, a: usize, sa: usize,
): void { nest3<Extreme<f64, Max<f64>>>(r, d, n, o, so, i, si, a, sa); }
export function f64_scan_min(
  r: i32, d: usize, n: i32, o: usize, so: usize, i: usize, si: usize, a: usize, sa: usize,
): void { nest3<Extreme<f64, Min<f64>>>(r, d, n, o, so, i, si, a, sa); }
export function i64_scan_sum(
  r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize,
): void { nest2<Fold<i64, i64, Sum<i64>>>(r, d, n, o, so, a, sa); }
export function i64_scan_prod(
  r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize,
): void { nest2<Fold<i64, i64, Prod<i64>>>(r, d, n, o, so, a, sa); }
export function i64_scan_max(
  r: i32, d: usize, n: i32, o: usize, so: usize, i: usize, si: usize, a: usize, sa: usize,
): void { nest3<Extreme<i64, Max<i64>>>(r, d, n, o, so, i, si, a, sa); }
export function i64_scan_min(
  r: i32, d: usize, n: i32, o: usize, so: usize, i: usize, si: usize, a: usize, sa: usize,
): void { nest3<Extreme<i64, Min<i64>>>(r, d, n, o, so, i, si, a, sa); }
export function i32_scan_sum(
  r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize,
): void { nest2<Fold<i32, i32, Sum<i32>>>(r, d, n, o, so, a, sa); }
export function i32_scan_prod(
  r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize,
): void { nest2<Fold<i32, i32, Prod<i32>>>(r, d, n, o, so, a, sa); }
export function i32_scan_max(
  r: i32, d: usize, n: i32, o: usize, so: usize, i: usize, si: usize, a: usize, sa: usize,
): void { nest3<Extreme<i32, Max<i32>>>(r, d, n, o, so, i, si, a, sa); }
export function i32_scan_min(
  r: i32, d: usize, n: i32, o: usize, so: usize, i: usize, si: usize, a: usize, sa: usize,
): void { nest3<Extreme<i32, Min<i32>>>(r, d, n, o, so, i, si, a, sa); }
