/**
 * Mean and variance: μ = Σx/n, then Σ(x − μ)²/(n − c), in float64 whatever the dtype.
 *
 * <dtype>_moments_moments_rows and _columns: the arguments of reduce.ts with two results, mean and variance, in the place
 * of one, and c (float64) at the end. The columns' scratch holds two panels of PANEL bytes.
 *
 * float32: both results within 0.6 ulp of the exact ones, as long as n < 2²⁴. float64: a mean that is itself corrected by
 * the mean of what it leaves, so that equal elements have variance 0; sums in rows pairwise, in columns four rows a time.
 * n ≤ c gives ∞, or NaN where nothing deviates. Elements need their natural alignment only.
 */
import { fold, Sum } from "./combine";
import { BLOCK, half, rowOffset, rowPiece } from "./logical";

const PANEL: usize = 4096;

class Value { @inline of(x: v128, m: v128): v128 { return x; } }
class Deviation { @inline of(x: v128, m: v128): v128 { return f64x2.sub(x, m); } }
class Square {
  @inline of(x: v128, m: v128): v128 {
    const d = f64x2.sub(x, m);
    return f64x2.mul(d, d);
  }
}

/** Two elements as float64, and one in the lower lane. */
// @ts-ignore: decorator
@inline
function pair<T>(p: usize): v128 {
  return sizeof<T>() == 4 ? f64x2.promote_low_f32x4(v128.load64_zero(p)) : v128.load(p);
}
// @ts-ignore: decorator
@inline
function single<T>(p: usize): v128 { return f64x2.replace_lane(f64x2.splat(0), 0, <f64>load<T>(p)); }

// ── rows ─────────────────────────────────────────────────────────────────────────────────────────

/** Σ of Op over n contiguous elements. */
function block<T, Op>(p: usize, n: i32, mean: f64): f64 {
  const op = changetype<Op>(0), m = f64x2.splat(mean);
  let a = f64x2.splat(0), b = a, c = a, d = a;
  for (; n >= 8; n -= 8) {
    a = f64x2.add(a, op.of(pair<T>(p), m));
    b = f64x2.add(b, op.of(pair<T>(p + 2 * sizeof<T>()), m));
    c = f64x2.add(c, op.of(pair<T>(p + 4 * sizeof<T>()), m));
    d = f64x2.add(d, op.of(pair<T>(p + 6 * sizeof<T>()), m));
    p += 8 * sizeof<T>();
  }
  let s = fold<f64, Sum<f64>>(f64x2.add(f64x2.add(a, b), f64x2.add(c, d)));
  for (; n > 0; n--) {
    s += f64x2.extract_lane(op.of(single<T>(p), m), 0);
    p += sizeof<T>();
  }
  return s;
}

function row<T, Op>(a: usize, rank: i32, dims: usize, i: i32, n: i32, scratch: usize, mean: f64): f64 {
  if (n <= BLOCK) return block<T, Op>(rowPiece<T>(rank, dims, a, i, n, scratch), n, mean);
  const h = half(n);
  const left = row<T, Op>(a, rank, dims, i, h, scratch, mean);
  return left + row<T, Op>(a, rank, dims, i + h, n - h, scratch, mean);
}

function rows<T>(
  r: i32, d: usize, o: usize, v: usize, a: usize, rank: i32, dims: usize, n: i32, scratch: usize, c: f64,
): void {
  if (r > 0) {
    const extent = load<i32>(d), so = <usize>load<i32>(d, 4), sa = <usize>load<i32>(d, 8);
    for (let i = 0; i < extent; i++, o += so, v += so, a += sa)
      rows<T>(r - 1, d + 12, o, v, a, rank, dims, n, scratch, c);
    return;
  }
  let mean = row<T, Value>(a, rank, dims, 0, n, scratch, 0) / <f64>n;
  if (sizeof<T>() == 8) mean += row<T, Deviation>(a, rank, dims, 0, n, scratch, mean) / <f64>n;
  store<T>(o, <T>mean);
  store<T>(v, <T>(row<T, Square>(a, rank, dims, 0, n, scratch, mean) / max(0, <f64>n - c)));
}

// ── columns ──────────────────────────────────────────────────────────────────────────────────────

/** Adds Op over the n rows of `width` neighbours at a to the panel at s; their means are in the panel at m. */
function panel<T, Op>(s: usize, m: usize, width: usize, a: usize, rank: i32, dims: usize, n: i32): void {
  const op = changetype<Op>(0);
  let i = 0;
  for (; i + 4 <= n; i += 4) {
    const b = a + rowOffset(rank, dims, i), c = a + rowOffset(rank, dims, i + 1);
    const d = a + rowOffset(rank, dims, i + 2), e = a + rowOffset(rank, dims, i + 3);
    let j: usize = 0;
    for (; j + 2 <= width; j += 2) {
      const at = j << 3, from = j * sizeof<T>(), mean = v128.load(m + at);
      const x = f64x2.add(op.of(pair<T>(b + from), mean), op.of(pair<T>(c + from), mean));
      const y = f64x2.add(op.of(pair<T>(d + from), mean), op.of(pair<T>(e + from), mean));
      v128.store(s + at, f64x2.add(v128.load(s + at), f64x2.add(x, y)));
    }
    if (j < width) {
      const at = j << 3, from = j * sizeof<T>(), mean = v128.load64_zero(m + at);
      const x = f64x2.add(op.of(single<T>(b + from), mean), op.of(single<T>(c + from), mean));
      const y = f64x2.add(op.of(single<T>(d + from), mean), op.of(single<T>(e + from), mean));
      store<f64>(s + at, load<f64>(s + at) + f64x2.extract_lane(f64x2.add(x, y), 0));
    }
  }
  for (; i < n; i++) {
    const b = a + rowOffset(rank, dims, i);
    for (let j: usize = 0; j < width; j++) {
      const x = op.of(single<T>(b + j * sizeof<T>()), v128.load64_zero(m + (j << 3)));
      store<f64>(s + (j << 3), load<f64>(s + (j << 3)) + f64x2.extract_lane(x, 0));
    }
  }
}

function columns<T>(
  r: i32, d: usize, o: usize, v: usize, a: usize, rank: i32, dims: usize, n: i32, scratch: usize,
  step: i32, width: i32, c: f64,
): void {
  if (r > 0) {
    const extent = load<i32>(d), so = <usize>load<i32>(d, 4), sa = <usize>load<i32>(d, 8);
    for (let i = 0; i < extent; i++, o += so, v += so, a += sa)
      columns<T>(r - 1, d + 12, o, v, a, rank, dims, n, scratch, step, width, c);
    return;
  }
  const m = scratch, s = scratch + PANEL;
  while (width > 0) {
    const w = min(<usize>width, PANEL >> 3);
    memory.fill(m, 0, 2 * PANEL);
    panel<T, Value>(s, m, w, a, rank, dims, n);
    for (let j: usize = 0; j < w; j++) store<f64>(m + (j << 3), load<f64>(s + (j << 3)) / <f64>n);
    if (sizeof<T>() == 8) {
      memory.fill(s, 0, PANEL);
      panel<T, Deviation>(s, m, w, a, rank, dims, n);
      for (let j = m; j < m + (w << 3); j += 8) store<f64>(j, load<f64>(j) + load<f64>(j + PANEL) / <f64>n);
    }
    memory.fill(s, 0, PANEL);
    panel<T, Square>(s, m, w, a, rank, dims, n);
    for (let j = m; j < m + (w << 3); j += 8) {
      store<T>(o, <T>load<f64>(j));
      store<T>(v, <T>(load<f64>(j + PANEL) / max(0, <f64>n - c)));
      o += <usize>step;
      v += <usize>step;
    }
    a += w * sizeof<T>();
    width -= <i32>w;
  }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_moments_moments_rows(
  r: i32, d: usize, o: usize, v: usize, a: usize, k: i32, row: usize, n: i32, s: usize, c: f64,
): void { rows<f32>(r, d, o, v, a, k, row, n, s, c); }
export function f32_moments_moments_columns(
  r: i32, d: usize, o: usize, v: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32, c: f64,
): void { columns<f32>(r, d, o, v, a, k, row, n, s, so, w, c); }
export function f64_moments_moments_rows(
  r: i32, d: usize, o: usize, v: usize, a: usize, k: i32, row: usize, n: i32, s: usize, c: f64,
): void { rows<f64>(r, d, o, v, a, k, row, n, s, c); }
export function f64_moments_moments_columns(
  r: i32, d: usize, o: usize, v: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32, c: f64,
): void { columns<f64>(r, d, o, v, a, k, row, n, s, so, w, c); }
