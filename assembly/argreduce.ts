/**
 * Where along a dim the first greatest or least element is; NaN is more extreme than any, the first of them.
 *
 * <dtype>_argreduce_<name>_rows and _columns: the arguments of reduce.ts; o is int64. The columns' scratch holds two panels
 * of PANEL bytes: the extreme elements so far, and where they are.
 *
 * Elements need their natural alignment only; o does not overlap a; n ≥ 1.
 */
import { block, Max, Min } from "./combine";
import { BLOCK, rowOffset, rowPiece } from "./logical";
import { lanes } from "./simd";

const PANEL: usize = 2048;

// ── rows ─────────────────────────────────────────────────────────────────────────────────────────

/** Which of the n elements at p is the first equal to x, the first NaN if x is NaN; there is one. */
function find<T>(p: usize, n: i32, x: T): i32 {
  const wanted = v128.splat<T>(x);
  let i = 0;
  for (; i + lanes<T>() <= n; i += lanes<T>()) {
    const y = v128.load(p + <usize>i * sizeof<T>());
    const equal = isFloat<T>() && x != x ? v128.ne<T>(y, y) : v128.eq<T>(y, wanted);
    const found = sizeof<T>() == 8 ? i64x2.bitmask(equal) : i32x4.bitmask(equal);
    if (found) return i + ctz(found);
  }
  for (; i < n; i++) {
    const y = load<T>(p + <usize>i * sizeof<T>());
    if (y == x || (isFloat<T>() && y != y)) return i;
  }
  return 0;
}

function row<T, Op>(a: usize, rank: i32, dims: usize, n: i32, scratch: usize): i32 {
  const op = changetype<Op>(0);
  let best = op.identity(), at = 0;
  for (let i = 0; i < n; i += BLOCK) {
    const count = min(n - i, BLOCK);
    const p = rowPiece<T>(rank, dims, a, i, count, scratch);
    const x = block<T, Op>(p, count);
    if (isFloat<T>() && x != x) return i + find<T>(p, count, x);
    if (op.beats(x, best)) {
      best = x;
      at = i;
    }
  }
  const count = min(n - at, BLOCK);
  return at + find<T>(rowPiece<T>(rank, dims, a, at, count, scratch), count, best);
}

function rows<T, Op>(
  r: i32, d: usize, o: usize, a: usize, rank: i32, dims: usize, n: i32, scratch: usize,
): void {
  if (r == 0) return store<i64>(o, row<T, Op>(a, rank, dims, n, scratch));
  const extent = load<i32>(d), so = <usize>load<i32>(d, 4), sa = <usize>load<i32>(d, 8);
  for (let i = 0; i < extent; i++, o += so, a += sa) rows<T, Op>(r - 1, d + 12, o, a, rank, dims, n, scratch);
}

// ── columns; I is the integer as wide as T ───────────────────────────────────────────────────────

function panel<T, I, Op>(p: usize, bytes: usize, a: usize, rank: i32, dims: usize, n: i32): void {
  const op = changetype<Op>(0);
  const q = p + PANEL, whole = bytes & ~15;
  memory.copy(p, a, bytes);
  memory.fill(q, 0, bytes);
  for (let i = 1; i < n; i++) {
    const from = a + rowOffset(rank, dims, i);
    const index = v128.splat<I>(<I>i);
    for (let j: usize = 0; j < whole; j += 16) {
      const x = v128.load(from + j), best = v128.load(p + j);
      let takes = op.ahead(x, best);
      if (isFloat<T>()) takes = v128.or(takes, v128.and(v128.ne<T>(x, x), v128.eq<T>(best, best)));
      v128.store(p + j, v128.bitselect(x, best, takes));
      v128.store(q + j, v128.bitselect(index, v128.load(q + j), takes));
    }
    for (let j = whole; j < bytes; j += sizeof<T>()) {
      const x = load<T>(from + j), best = load<T>(p + j);
      if (op.beats(x, best) || (isFloat<T>() && x != x && best == best)) {
        store<T>(p + j, x);
        store<I>(q + j, <I>i);
      }
    }
  }
}

function columns<T, I, Op>(
  r: i32, d: usize, o: usize, a: usize, rank: i32, dims: usize, n: i32, scratch: usize, step: i32, width: i32,
): void {
  if (r > 0) {
    const extent = load<i32>(d), so = <usize>load<i32>(d, 4), sa = <usize>load<i32>(d, 8);
    for (let i = 0; i < extent; i++, o += so, a += sa)
      columns<T, I, Op>(r - 1, d + 12, o, a, rank, dims, n, scratch, step, width);
    return;
  }
  const end = a + <usize>width * sizeof<T>();
  for (; a < end; a += PANEL) {
    const bytes = min(end - a, PANEL);
    panel<T, I, Op>(scratch, bytes, a, rank, dims, n);
    for (let j: usize = 0; j < bytes; j += sizeof<T>(), o += <usize>step)
      store<i64>(o, <i64>load<I>(scratch + PANEL + j));
  }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_argreduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f32, Max<f32>>(r, d, o, a, k, row, n, s); }
export function f32_argreduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f32, i32, Max<f32>>(r, d, o, a, k, row, n, s, so, w); }
export function f32_argreduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f32, Min<f32>>(r, d, o, a, k, row, n, s); }
export function f32_argreduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f32, i32, Min<f32>>(r, d, o, a, k, row, n, s, so, w); }
export function f64_argreduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f64, Max<f64>>(r, d, o, a, k, row, n, s); }
export function f64_argreduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f64, i64, Max<f64>>(r, d, o, a, k, row, n, s, so, w); }
export function f64_argreduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f64, Min<f64>>(r, d, o, a, k, row, n, s); }
export function f64_argreduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f64, i64, Min<f64>>(r, d, o, a, k, row, n, s, so, w); }
export function i64_argreduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i64, Max<i64>>(r, d, o, a, k, row, n, s); }
export function i64_argreduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i64, i64, Max<i64>>(r, d, o, a, k, row, n, s, so, w); }
export function i64_argreduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i64, Min<i64>>(r, d, o, a, k, row, n, s); }
export function i64_argreduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i64, i64, Min<i64>>(r, d, o, a, k, row, n, s, so, w); }
export function i32_argreduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i32, Max<i32>>(r, d, o, a, k, row, n, s); }
export function i32_argreduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i32, i32, Max<i32>>(r, d, o, a, k, row, n, s, so, w); }
export function i32_argreduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i32, Min<i32>>(r, d, o, a, k, row, n, s); }
export function i32_argreduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i32, i32, Min<i32>>(r, d, o, a, k, row, n, s, so, w); }
