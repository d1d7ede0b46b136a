/**
 * Softmax, its logarithm, and the gradients of both, of contiguous arrays.
 *
 * With m = max x and s = Σ e^(x − m):  softmax e^(x − m) / s,  log (x − m) − ln s,
 * grad y·(g − Σ g·y),  loggrad g − e^y·Σ g, where x stands for g.
 *
 * <dtype>_softmax_<name>_rows(rows, n, o, x[, y]): along rows of n elements that follow each other.
 * <dtype>_softmax_<name>_columns(outer, n, width, o, x[, y], scratch): along the middle dim of [outer, n, width]; scratch
 * holds two panels of PANEL bytes.
 *
 * Elements need their natural alignment only; o may be x or y. A row that holds NaN or ∞, or nothing but −∞, gives NaN
 * where PyTorch does. Sums of rows are pairwise over blocks, sums of columns sequential. The relative error of softmax of
 * rows is that of rounding x − m (half an ulp of it, taken absolutely) and 6 ulp more; below e⁻⁸⁷ float32 gives 0.
 */
import { block, fold, Max, Sum } from "./combine";
import { decay } from "./decay";
import { BLOCK, half } from "./logical";
import { exp } from "./math/exp";
import { log } from "./math/log";
import { Single, Whole } from "./simd";

const PANEL: i32 = 16384;

// Each names: whether a row's greatest element is wanted, what is summed and whether that is kept in o, what becomes of
// the sum, and the result. L is Whole or Single.

class Softmax<T> {
  @inline shifts(): bool { return true; }
  @inline keeps(): bool { return true; }
  @inline term<L>(x: usize, y: usize, m: v128): v128 {
    return decay<T>(v128.sub<T>(changetype<L>(0).load(x), m));
  }
  @inline close(s: v128): v128 { return v128.div<T>(v128.splat<T>(1), s); }
  @inline result<L>(x: usize, y: usize, o: usize, m: v128, s: v128): v128 {
    return v128.mul<T>(changetype<L>(0).load(o), s);
  }
}
class LogSoftmax<T> {
  @inline shifts(): bool { return true; }
  @inline keeps(): bool { return false; }
  @inline term<L>(x: usize, y: usize, m: v128): v128 {
    return decay<T>(v128.sub<T>(changetype<L>(0).load(x), m));
  }
  @inline close(s: v128): v128 { return log<T>(s); }
  @inline result<L>(x: usize, y: usize, o: usize, m: v128, s: v128): v128 {
    return v128.sub<T>(v128.sub<T>(changetype<L>(0).load(x), m), s);
  }
}
class Grad<T> {
  @inline shifts(): bool { return false; }
  @inline keeps(): bool { return false; }
  @inline term<L>(g: usize, y: usize, m: v128): v128 {
    return v128.mul<T>(changetype<L>(0).load(g), changetype<L>(0).load(y));
  }
  @inline close(s: v128): v128 { return s; }
  @inline result<L>(g: usize, y: usize, o: usize, m: v128, s: v128): v128 {
    return v128.mul<T>(changetype<L>(0).load(y), v128.sub<T>(changetype<L>(0).load(g), s));
  }
}
class LogGrad<T> {
  @inline shifts(): bool { return false; }
  @inline keeps(): bool { return false; }
  @inline term<L>(g: usize, y: usize, m: v128): v128 { return changetype<L>(0).load(g); }
  @inline close(s: v128): v128 { return s; }
  @inline result<L>(g: usize, y: usize, o: usize, m: v128, s: v128): v128 {
    return v128.sub<T>(changetype<L>(0).load(g), v128.mul<T>(exp<T>(changetype<L>(0).load(y)), s));
  }
}

// ── rows ─────────────────────────────────────────────────────────────────────────────────────────

function greatest<T>(p: usize, n: i32): T {
  let m = block<T, Max<T>>(p, min(n, BLOCK));
  for (let i = BLOCK; i < n; i += BLOCK)
    m = max<T>(m, block<T, Max<T>>(p + <usize>i * sizeof<T>(), min(n - i, BLOCK)));
  return m;
}

// @ts-ignore: decorator
@inline
function term<T, Op, L>(x: usize, y: usize, o: usize, m: v128): v128 {
  const op = changetype<Op>(0);
  const t = op.term<L>(x, y, m);
  if (op.keeps()) changetype<L>(0).store(o, t);
  return t;
}

function terms<T, Op>(x: usize, y: usize, o: usize, n: i32, m: v128): T {
  if (n > BLOCK) {
    const h = half(n), bytes = <usize>h * sizeof<T>();
    const left = terms<T, Op>(x, y, o, h, m);
    return left + terms<T, Op>(x + bytes, y + bytes, o + bytes, n - h, m);
  }
  let a = v128.splat<T>(0), i: usize = 0;
  const bytes = <usize>n * sizeof<T>();
  // One vector a turn: V8 would load the constants of two exponentials at once and run out of registers.
  for (; i + 16 <= bytes; i += 16) a = v128.add<T>(a, term<T, Op, Whole<T>>(x + i, y + i, o + i, m));
  let s = fold<T, Sum<T>>(a);
  for (; i < bytes; i += sizeof<T>())
    s += v128.extract_lane<T>(term<T, Op, Single<T>>(x + i, y + i, o + i, m), 0);
  return s;
}

function rows<T, Op>(rows: i32, n: i32, o: usize, x: usize, y: usize): void {
  const op = changetype<Op>(0), bytes = <usize>n * sizeof<T>();
  for (; rows > 0; rows--) {
    const m = v128.splat<T>(op.shifts() ? greatest<T>(x, n) : <T>0);
    const s = op.close(v128.splat<T>(terms<T, Op>(x, y, o, n, m)));
    let i: usize = 0;
    for (; i + 16 <= bytes; i += 16)
      v128.store(o + i, op.result<Whole<T>>(x + i, y + i, o + i, m, s));
    for (; i < bytes; i += sizeof<T>())
      changetype<Single<T>>(0).store(o + i, op.result<Single<T>>(x + i, y + i, o + i, m, s));
    o += bytes;
    x += bytes;
    y += bytes;
  }
}

// ── columns ──────────────────────────────────────────────────────────────────────────────────────

/** One group of columns of [n, width]: L says how many, m and s where its panels are. */
// @ts-ignore: decorator
@inline
function greater<T, L>(x: usize, m: usize): void {
  const l = changetype<L>(0);
  l.store(m, v128.max<T>(l.load(m), l.load(x)));
}
// @ts-ignore: decorator
@inline
function gather<T, Op, L>(x: usize, y: usize, o: usize, m: usize, s: usize): void {
  const l = changetype<L>(0);
  l.store(s, v128.add<T>(l.load(s), term<T, Op, L>(x, y, o, l.load(m))));
}
// @ts-ignore: decorator
@inline
function emit<T, Op, L>(x: usize, y: usize, o: usize, m: usize, s: usize): void {
  const l = changetype<L>(0);
  l.store(o, changetype<Op>(0).result<L>(x, y, o, l.load(m), l.load(s)));
}

function panel<T, Op>(n: i32, step: usize, bytes: usize, o: usize, x: usize, y: usize, m: usize): void {
  const op = changetype<Op>(0);
  const s = m + PANEL, end = <usize>n * step, whole = bytes & ~15;
  for (let j: usize = 0; j < bytes; j += 16) {
    v128.store(m + j, v128.splat<T>(op.shifts() ? -Infinity : 0));
    v128.store(s + j, v128.splat<T>(0));
  }
  if (op.shifts())
    for (let i: usize = 0; i < end; i += step) {
      for (let j: usize = 0; j < whole; j += 16) greater<T, Whole<T>>(x + i + j, m + j);
      for (let j = whole; j < bytes; j += sizeof<T>()) greater<T, Single<T>>(x + i + j, m + j);
    }
  for (let i: usize = 0; i < end; i += step) {
    for (let j: usize = 0; j < whole; j += 16)
      gather<T, Op, Whole<T>>(x + i + j, y + i + j, o + i + j, m + j, s + j);
    for (let j = whole; j < bytes; j += sizeof<T>())
      gather<T, Op, Single<T>>(x + i + j, y + i + j, o + i + j, m + j, s + j);
  }
  for (let j: usize = 0; j < bytes; j += 16) v128.store(s + j, op.close(v128.load(s + j)));
  for (let i: usize = 0; i < end; i += step) {
    for (let j: usize = 0; j < whole; j += 16)
      emit<T, Op, Whole<T>>(x + i + j, y + i + j, o + i + j, m + j, s + j);
    for (let j = whole; j < bytes; j += sizeof<T>())
      emit<T, Op, Single<T>>(x + i + j, y + i + j, o + i + j, m + j, s + j);
  }
}

function columns<T, Op>(outer: i32, n: i32, width: i32, o: usize, x: usize, y: usize, scratch: usize): void {
  const step = <usize>width * sizeof<T>();
  for (; outer > 0; outer--) {
    for (let j: usize = 0; j < step; j += PANEL)
      panel<T, Op>(n, step, min(step - j, <usize>PANEL), o + j, x + j, y + j, scratch);
    o += <usize>n * step;
    x += <usize>n * step;
    y += <usize>n * step;
  }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_softmax_forward_rows(r: i32, n: i32, o: usize, x: usize): void {
  rows<f32, Softmax<f32>>(r, n, o, x, x);
}
export function f32_softmax_forward_columns(
  r: i32, n: i32, w: i32, o: usize, x: usize, s: usize,
): void { columns<f32, Softmax<f32>>(r, n, w, o, x, x, s); }
export function f32_softmax_log_rows(r: i32, n: i32, o: usize, x: usize): void {
  rows<f32, LogSoftmax<f32>>(r, n, o, x, x);
}
export function f32_softmax_log_columns(
  r: i32, n: i32, w: i32, o: usize, x: usize, s: usize,
): void { columns<f32, LogSoftmax<f32>>(r, n, w, o, x, x, s); }
export function f32_softmax_grad_rows(r: i32, n: i32, o: usize, x: usize, y: usize): void {
  rows<f32, Grad<f32>>(r, n, o, x, y);
}
export function f32_softmax_grad_columns(
  r: i32, n: i32, w: i32, o: usize, x: usize, y: usize, s: usize,
): void { columns<f32, Grad<f32>>(r, n, w, o, x, y, s); }
export function f32_softmax_loggrad_rows(r: i32, n: i32, o: usize, x: usize, y: usize): void {
  rows<f32, LogGrad<f32>>(r, n, o, x, y);
}
export function f32_softmax_loggrad_columns(
  r: i32, n: i32, w: i32, o: usize, x: usize, y: usize, s: usize,
): void { columns<f32, LogGrad<f32>>(r, n, w, o, x, y, s); }
export function f64_softmax_forward_rows(r: i32, n: i32, o: usize, x: usize): void {
  rows<f64, Softmax<f64>>(r, n, o, x, x);
}
export function f64_softmax_forward_columns(
  r: i32, n: i32, w: i32, o: usize, x: usize, s: usize,
): void { columns<f64, Softmax<f64>>(r, n, w, o, x, x, s); }
export function f64_softmax_log_rows(r: i32, n: i32, o: usize, x: usize): void {
  rows<f64, LogSoftmax<f64>>(r, n, o, x, x);
}
export function f64_softmax_log_columns(
  r: i32, n: i32, w: i32, o: usize, x: usize, s: usize,
): void { columns<f64, LogSoftmax<f64>>(r, n, w, o, x, x, s); }
export function f64_softmax_grad_rows(r: i32, n: i32, o: usize, x: usize, y: usize): void {
  rows<f64, Grad<f64>>(r, n, o, x, y);
}
export function f64_softmax_grad_columns(
  r: i32, n: i32, w: i32, o: usize, x: usize, y: usize, s: usize,
): void { columns<f64, Grad<f64>>(r, n, w, o, x, y, s); }
export function f64_softmax_loggrad_rows(r: i32, n: i32, o: usize, x: usize, y: usize): void {
  rows<f64, LogGrad<f64>>(r, n, o, x, y);
}
export function f64_softmax_loggrad_columns(
  r: i32, n: i32, w: i32, o: usize, x: usize, y: usize, s: usize,
): void { columns<f64, LogGrad<f64>>(r, n, w, o, x, y, s); }
