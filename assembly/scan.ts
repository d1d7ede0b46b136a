/**
 * Running sum, product, maximum and minimum along a dim.
 *
 * <dtype>_scan_<name>(rank, dims, n, o, so, a, sa), and for max and min
 * <dtype>_scan_<name>(rank, dims, n, o, so, i, si, a, sa): i is int64, where the running extreme was met last; NaN stays.
 * Rows and outer dims as in nest.ts.
 *
 * <dtype>_scan_<name>_columns(outer, n, width, o[, i], a, scratch): along the middle dim of contiguous [outer, n, width];
 * scratch holds a panel of PANEL float64.
 *
 * One element after the other; float32 is accumulated in float64 and each result rounded once. o may be a.
 */
import { nest2, nest3 } from "./nest";

const PANEL: i32 = 1024;

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

/** A fold over n rows of `width` neighbours, `step` bytes apart; the state of each is in the panel p. */
function panel<T, A, Op>(n: i32, width: i32, step: usize, o: usize, a: usize, p: usize): void {
  for (let i = 0; i < n; i++, o += step, a += step)
    for (let j: usize = 0; j < <usize>width; j++) {
      let x = <A>load<T>(a + j * sizeof<T>());
      if (i > 0) x = changetype<Op>(0).of(load<A>(p + j * sizeof<A>()), x);
      store<A>(p + j * sizeof<A>(), x);
      store<T>(o + j * sizeof<T>(), <T>x);
    }
}

function columns<T, A, Op>(outer: i32, n: i32, width: i32, o: usize, a: usize, scratch: usize): void {
  const step = <usize>width * sizeof<T>();
  for (; outer > 0; outer--, o += <usize>n * step, a += <usize>n * step)
    for (let j = 0; j < width; j += PANEL) {
      const from = <usize>j * sizeof<T>();
      panel<T, A, Op>(n, min(width - j, PANEL), step, o + from, a + from, scratch);
    }
}

/** The row before in o and in `index` is the state. */
function extremes<T, Op>(outer: i32, n: i32, width: i32, o: usize, index: usize, a: usize): void {
  const step = <usize>width * sizeof<T>();
  for (; outer > 0; outer--)
    for (let i = 0; i < n; i++, o += step, index += <usize>width << 3, a += step)
      for (let j: usize = 0; j < <usize>width; j++) {
        const to = o + j * sizeof<T>(), at = index + (j << 3);
        let x = load<T>(a + j * sizeof<T>()), k: i64 = i;
        if (i > 0) {
          const best = load<T>(to - step);
          if (!(changetype<Op>(0).meets(x, best) || (isFloat<T>() && x != x))) {
            x = best;
            k = load<i64>(at - (<usize>width << 3));
          }
        }
        store<T>(to, x);
        store<i64>(at, k);
      }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

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
export function f32_scan_sum_columns(r: i32, n: i32, w: i32, o: usize, a: usize, s: usize): void {
  columns<f32, f64, Sum<f64>>(r, n, w, o, a, s);
}
export function f32_scan_prod_columns(r: i32, n: i32, w: i32, o: usize, a: usize, s: usize): void {
  columns<f32, f64, Prod<f64>>(r, n, w, o, a, s);
}
export function f32_scan_max_columns(
  r: i32, n: i32, w: i32, o: usize, i: usize, a: usize, s: usize,
): void { extremes<f32, Max<f32>>(r, n, w, o, i, a); }
export function f32_scan_min_columns(
  r: i32, n: i32, w: i32, o: usize, i: usize, a: usize, s: usize,
): void { extremes<f32, Min<f32>>(r, n, w, o, i, a); }
export function f64_scan_sum_columns(r: i32, n: i32, w: i32, o: usize, a: usize, s: usize): void {
  columns<f64, f64, Sum<f64>>(r, n, w, o, a, s);
}
export function f64_scan_prod_columns(r: i32, n: i32, w: i32, o: usize, a: usize, s: usize): void {
  columns<f64, f64, Prod<f64>>(r, n, w, o, a, s);
}
export function f64_scan_max_columns(
  r: i32, n: i32, w: i32, o: usize, i: usize, a: usize, s: usize,
): void { extremes<f64, Max<f64>>(r, n, w, o, i, a); }
export function f64_scan_min_columns(
  r: i32, n: i32, w: i32, o: usize, i: usize, a: usize, s: usize,
): void { extremes<f64, Min<f64>>(r, n, w, o, i, a); }
export function i64_scan_sum_columns(r: i32, n: i32, w: i32, o: usize, a: usize, s: usize): void {
  columns<i64, i64, Sum<i64>>(r, n, w, o, a, s);
}
export function i64_scan_prod_columns(r: i32, n: i32, w: i32, o: usize, a: usize, s: usize): void {
  columns<i64, i64, Prod<i64>>(r, n, w, o, a, s);
}
export function i64_scan_max_columns(
  r: i32, n: i32, w: i32, o: usize, i: usize, a: usize, s: usize,
): void { extremes<i64, Max<i64>>(r, n, w, o, i, a); }
export function i64_scan_min_columns(
  r: i32, n: i32, w: i32, o: usize, i: usize, a: usize, s: usize,
): void { extremes<i64, Min<i64>>(r, n, w, o, i, a); }
export function i32_scan_sum_columns(r: i32, n: i32, w: i32, o: usize, a: usize, s: usize): void {
  columns<i32, i32, Sum<i32>>(r, n, w, o, a, s);
}
export function i32_scan_prod_columns(r: i32, n: i32, w: i32, o: usize, a: usize, s: usize): void {
  columns<i32, i32, Prod<i32>>(r, n, w, o, a, s);
}
export function i32_scan_max_columns(
  r: i32, n: i32, w: i32, o: usize, i: usize, a: usize, s: usize,
): void { extremes<i32, Max<i32>>(r, n, w, o, i, a); }
export function i32_scan_min_columns(
  r: i32, n: i32, w: i32, o: usize, i: usize, a: usize, s: usize,
): void { extremes<i32, Min<i32>>(r, n, w, o, i, a); }
