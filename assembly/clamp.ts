/**
 * out = x kept within [low, high]: min(max(x, low), high), NaN kept.
 *
 *   <dtype>_clamp_between(rank, dims, n, o, so, a, sa, low, high)
 *
 * Bounds are f64, rounded to the dtype; integers take the nearest value they have. Element-aligned; out may
 * be x itself.
 */
import { lanes } from "./simd";

function clamp<T>(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, low: T, high: T,
): void {
  if (rank) {
    const extent = load<i32>(dims);
    const to = load<i32>(dims, 4);
    const ta = load<i32>(dims, 8);
    for (let i = 0; i < extent; i++, o += to, a += ta)
      clamp<T>(rank - 1, dims + 12, n, o, so, a, sa, low, high);
    return;
  }
  let i = 0;
  if (isFloat<T>() && so == sizeof<T>() && sa == sizeof<T>()) {
    const l = v128.splat<T>(low);
    const h = v128.splat<T>(high);
    for (; i + lanes<T>() <= n; i += lanes<T>(), o += 16, a += 16)
      v128.store(o, v128.pmin<T>(v128.pmax<T>(v128.load(a), l), h));
  }
  for (; i < n; i++, o += so, a += sa) {
    const x = load<T>(a);
    const raised = x < low ? low : x;
    store<T>(o, high < raised ? high : raised);
  }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f64_clamp_between(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, low: f64, high: f64,
): void { clamp<f64>(rank, dims, n, o, so, a, sa, low, high); }
export function f32_clamp_between(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, low: f64, high: f64,
): void { clamp<f32>(rank, dims, n, o, so, a, sa, <f32>low, <f32>high); }
export function i64_clamp_between(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, low: f64, high: f64,
): void { clamp<i64>(rank, dims, n, o, so, a, sa, <i64>low, <i64>high); }
export function i32_clamp_between(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, low: f64, high: f64,
): void { clamp<i32>(rank, dims, n, o, so, a, sa, <i32>low, <i32>high); }
export function u8_clamp_between(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize, low: f64, high: f64,
): void { clamp<u8>(rank, dims, n, o, so, a, sa, <u8>min(max(low, 0), 255), <u8>min(max(high, 0), 255)); }
