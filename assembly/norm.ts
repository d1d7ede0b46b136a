/**
 * Rows brought to mean 0 and variance 1, and the gradient of that.
 *
 *   x̂ = (x − mean)·scale, one mean and scale a row;  forward x̂·w + b
 *   grad scale·(ĝ − Σĝ/n − x̂·Σ(ĝ·x̂)/n), ĝ = g·w
 *
 * <dtype>_norm_forward(rows, n, o, x, mean, scale, w, b), <dtype>_norm_grad(rows, n, o, g, x, mean, scale, w): contiguous;
 * w and b of n elements, 0 for none. Elements need their natural alignment only; o may be g or x.
 *
 * Rounded after every operation, so forward gives the bits of its four operations done one by one. The sums of grad are
 * taken in blocks of BLOCK elements, those joined in float64.
 */
import { fold, Sum } from "./combine";
import { BLOCK } from "./logical";
import { Single, Whole } from "./simd";

// @ts-ignore: decorator
@inline
function centred<T, L>(x: usize, m: v128, r: v128): v128 {
  return v128.mul<T>(v128.sub<T>(changetype<L>(0).load(x), m), r);
}

// ── forward ──────────────────────────────────────────────────────────────────────────────────────

// @ts-ignore: decorator
@inline
function scaled<T, L>(o: usize, x: usize, w: usize, b: usize, i: usize, m: v128, r: v128): void {
  const l = changetype<L>(0);
  let y = centred<T, L>(x + i, m, r);
  if (w != 0) y = v128.mul<T>(y, l.load(w + i));
  if (b != 0) y = v128.add<T>(y, l.load(b + i));
  l.store(o + i, y);
}

function forward<T>(rows: i32, n: i32, o: usize, x: usize, mean: usize, scale: usize, w: usize, b: usize): void {
  const bytes = <usize>n * sizeof<T>(), whole = bytes & ~15;
  for (; rows > 0; rows--) {
    const m = v128.load_splat<T>(mean), r = v128.load_splat<T>(scale);
    let i: usize = 0;
    for (; i < whole; i += 16) scaled<T, Whole<T>>(o, x, w, b, i, m, r);
    for (; i < bytes; i += sizeof<T>()) scaled<T, Single<T>>(o, x, w, b, i, m, r);
    o += bytes; x += bytes; mean += sizeof<T>(); scale += sizeof<T>();
  }
}

// ── gradient ─────────────────────────────────────────────────────────────────────────────────────

// @ts-ignore: decorator
@inline
function weighted<T, L>(g: usize, w: usize, i: usize): v128 {
  const l = changetype<L>(0), value = l.load(g + i);
  return w != 0 ? v128.mul<T>(value, l.load(w + i)) : value;
}

/** Σĝ and Σ(ĝ·x̂) of a row, as two float64. */
function sums<T>(n: i32, g: usize, x: usize, w: usize, m: v128, r: v128): v128 {
  let plain: f64 = 0, dot: f64 = 0;
  const bytes = <usize>n * sizeof<T>();
  for (let start: usize = 0; start < bytes; start += BLOCK * sizeof<T>()) {
    const end = min(start + BLOCK * sizeof<T>(), bytes), whole = start + ((end - start) & ~15);
    let a = v128.splat<T>(0), b = a, i = start;
    for (; i < whole; i += 16) {
      const y = weighted<T, Whole<T>>(g, w, i);
      a = v128.add<T>(a, y);
      b = v128.add<T>(b, v128.mul<T>(y, centred<T, Whole<T>>(x + i, m, r)));
    }
    plain += <f64>fold<T, Sum<T>>(a);
    dot += <f64>fold<T, Sum<T>>(b);
    for (; i < end; i += sizeof<T>()) {
      const y = weighted<T, Single<T>>(g, w, i);
      plain += <f64>v128.extract_lane<T>(y, 0);
      dot += <f64>v128.extract_lane<T>(v128.mul<T>(y, centred<T, Single<T>>(x + i, m, r)), 0);
    }
  }
  return f64x2.replace_lane(f64x2.splat(plain), 1, dot);
}

// @ts-ignore: decorator
@inline
function sloped<T, L>(o: usize, g: usize, x: usize, w: usize, i: usize, m: v128, r: v128, p: v128, q: v128): void {
  const y = v128.sub<T>(weighted<T, L>(g, w, i), p);
  changetype<L>(0).store(o + i, v128.mul<T>(v128.sub<T>(y, v128.mul<T>(centred<T, L>(x + i, m, r), q)), r));
}

function grad<T>(rows: i32, n: i32, o: usize, g: usize, x: usize, mean: usize, scale: usize, w: usize): void {
  const bytes = <usize>n * sizeof<T>(), whole = bytes & ~15;
  for (; rows > 0; rows--) {
    const m = v128.load_splat<T>(mean), r = v128.load_splat<T>(scale);
    const s = f64x2.div(sums<T>(n, g, x, w, m, r), f64x2.splat(<f64>n));
    const p = v128.splat<T>(<T>f64x2.extract_lane(s, 0)), q = v128.splat<T>(<T>f64x2.extract_lane(s, 1));
    let i: usize = 0;
    for (; i < whole; i += 16) sloped<T, Whole<T>>(o, g, x, w, i, m, r, p, q);
    for (; i < bytes; i += sizeof<T>()) sloped<T, Single<T>>(o, g, x, w, i, m, r, p, q);
    o += bytes; g += bytes; x += bytes; mean += sizeof<T>(); scale += sizeof<T>();
  }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_norm_forward(
  rows: i32, n: i32, o: usize, x: usize, mean: usize, scale: usize, w: usize, b: usize,
): void { forward<f32>(rows, n, o, x, mean, scale, w, b); }
export function f64_norm_forward(
  rows: i32, n: i32, o: usize, x: usize, mean: usize, scale: usize, w: usize, b: usize,
): void { forward<f64>(rows, n, o, x, mean, scale, w, b); }
export function f32_norm_grad(
  rows: i32, n: i32, o: usize, g: usize, x: usize, mean: usize, scale: usize, w: usize,
): void { grad<f32>(rows, n, o, g, x, mean, scale, w); }
export function f64_norm_grad(
  rows: i32, n: i32, o: usize, g: usize, x: usize, mean: usize, scale: usize, w: usize,
): void { grad<f64>(rows, n, o, g, x, mean, scale, w); }
