/**
 * Sum, product, maximum and minimum over some dims; NaN wins. `any` and `all` of bools are maximum and minimum of uint8.
 *
 * <dtype>_reduce_<name>_rows(rank, dims, o, a, rowRank, row, n, scratch): `dims` points at `rank` triples of i32 over the
 * dims that are kept, outermost first: extent, byte stride of o, byte stride of a. Each result joins a logical row of n
 * elements (logical.ts); scratch holds one block.
 *
 * <dtype>_reduce_<name>_columns(rank, dims, o, a, rowRank, row, n, scratch, so, width): the same for `width` results at
 * once whose operands are neighbours in memory; so is the byte stride between the results. scratch holds a panel of PANEL
 * bytes for each halving of n down to 32, and one more.
 *
 * Floats: some 32 elements a lane in sequence (float64: 64), those joined pairwise: the error of a sum is at most
 * (46 + log2 n)·2⁻²⁴·Σ|x| (float64: (78 + log2 n)·2⁻⁵³·Σ|x|). Which zero comes out of a maximum of 0 and −0 is left open.
 * Elements need their natural alignment only; o does not overlap a.
 */
import { block, Max, Min, Prod, Sum } from "./combine";
import { BLOCK, half, rowOffset, rowPiece } from "./logical";

const PANEL: i32 = 4096;
const COLUMN_BLOCK: i32 = 32;

// ── rows ─────────────────────────────────────────────────────────────────────────────────────────

/** n contiguous elements. */
function flat<T, Op>(p: usize, n: i32): T {
  if (n <= BLOCK) return block<T, Op>(p, n);
  const h = half(n);
  const left = flat<T, Op>(p, h);
  return changetype<Op>(0).s(left, flat<T, Op>(p + <usize>h * sizeof<T>(), n - h));
}

function row<T, Op>(a: usize, rank: i32, dims: usize, i: i32, n: i32, scratch: usize): T {
  if (n <= BLOCK) return block<T, Op>(rowPiece<T>(rank, dims, a, i, n, scratch), n);
  const op = changetype<Op>(0);
  const h = half(n);
  const left = row<T, Op>(a, rank, dims, i, h, scratch);
  return op.s(left, row<T, Op>(a, rank, dims, i + h, n - h, scratch));
}

function rows<T, Op>(
  r: i32, d: usize, o: usize, a: usize, rank: i32, dims: usize, n: i32, scratch: usize,
): void {
  if (r == 0) {
    const dense = rank == 1 && load<i32>(dims, 4) == sizeof<T>();
    return store<T>(o, dense ? flat<T, Op>(a, n) : row<T, Op>(a, rank, dims, 0, n, scratch));
  }
  const extent = load<i32>(d), so = <usize>load<i32>(d, 4), sa = <usize>load<i32>(d, 8);
  for (let i = 0; i < extent; i++) {
    rows<T, Op>(r - 1, d + 12, o, a, rank, dims, n, scratch);
    o += so;
    a += sa;
  }
}

// ── columns ──────────────────────────────────────────────────────────────────────────────────────

/** Joins eight rows of `bytes` into the panel at p. */
function eight<T, Op>(
  p: usize, bytes: usize,
  a: usize, b: usize, c: usize, d: usize, e: usize, f: usize, g: usize, h: usize,
): void {
  const op = changetype<Op>(0);
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) {
    let x = op.v(op.v(v128.load(p + j), v128.load(a + j)), v128.load(b + j));
    x = op.v(op.v(x, v128.load(c + j)), v128.load(d + j));
    x = op.v(op.v(x, v128.load(e + j)), v128.load(f + j));
    v128.store(p + j, op.v(op.v(x, v128.load(g + j)), v128.load(h + j)));
  }
  for (; j < bytes; j += sizeof<T>()) {
    let x = op.s(op.s(load<T>(p + j), load<T>(a + j)), load<T>(b + j));
    x = op.s(op.s(x, load<T>(c + j)), load<T>(d + j));
    x = op.s(op.s(x, load<T>(e + j)), load<T>(f + j));
    store<T>(p + j, op.s(op.s(x, load<T>(g + j)), load<T>(h + j)));
  }
}

/** Joins one row of `bytes` into the panel at p. */
function one<T, Op>(p: usize, bytes: usize, a: usize): void {
  const op = changetype<Op>(0);
  let j: usize = 0;
  for (; j + 16 <= bytes; j += 16) v128.store(p + j, op.v(v128.load(p + j), v128.load(a + j)));
  for (; j < bytes; j += sizeof<T>()) store<T>(p + j, op.s(load<T>(p + j), load<T>(a + j)));
}

/** Joins rows i … i + n into the panel at p, which needs not be initialised. */
function panel<T, Op>(p: usize, bytes: usize, a: usize, rank: i32, dims: usize, i: i32, n: i32): void {
  if (n > COLUMN_BLOCK) {
    const h = ((n + 2 * COLUMN_BLOCK - 1) / (2 * COLUMN_BLOCK)) * COLUMN_BLOCK;
    panel<T, Op>(p, bytes, a, rank, dims, i, h);
    panel<T, Op>(p + PANEL, bytes, a, rank, dims, i + h, n - h);
    return one<T, Op>(p, bytes, p + PANEL);
  }
  const identity = v128.splat<T>(changetype<Op>(0).identity());
  for (let j: usize = 0; j < bytes; j += 16) v128.store(p + j, identity);
  for (; n >= 8; n -= 8) {
    const b = a + rowOffset(rank, dims, i), c = a + rowOffset(rank, dims, i + 1);
    const d = a + rowOffset(rank, dims, i + 2), e = a + rowOffset(rank, dims, i + 3);
    const f = a + rowOffset(rank, dims, i + 4), g = a + rowOffset(rank, dims, i + 5);
    const h = a + rowOffset(rank, dims, i + 6), k = a + rowOffset(rank, dims, i + 7);
    eight<T, Op>(p, bytes, b, c, d, e, f, g, h, k);
    i += 8;
  }
  for (; n > 0; n--) one<T, Op>(p, bytes, a + rowOffset(rank, dims, i++));
}

function columns<T, Op>(
  r: i32, d: usize, o: usize, a: usize, rank: i32, dims: usize, n: i32, scratch: usize, step: i32, width: i32,
): void {
  if (r > 0) {
    const extent = load<i32>(d), so = <usize>load<i32>(d, 4), sa = <usize>load<i32>(d, 8);
    for (let i = 0; i < extent; i++) {
      columns<T, Op>(r - 1, d + 12, o, a, rank, dims, n, scratch, step, width);
      o += so;
      a += sa;
    }
    return;
  }
  const most = PANEL / <i32>sizeof<T>();
  while (width > 0) {
    const w = min(width, most);
    panel<T, Op>(scratch, <usize>w * sizeof<T>(), a, rank, dims, 0, n);
    for (let j = 0; j < w; j++) {
      store<T>(o, load<T>(scratch + <usize>j * sizeof<T>()));
      o += <usize>step;
    }
    a += <usize>w * sizeof<T>();
    width -= w;
  }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────
export function f32_reduce_sum_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f32, Sum<f32>>(r, d, o, a, k, row, n, s); }
export function f32_reduce_sum_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f32, Sum<f32>>(r, d, o, a, k, row, n, s, so, w); }
export function f32_reduce_prod_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f32, Prod<f32>>(r, d, o, a, k, row, n, s); }
export function f32_reduce_prod_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f32, Prod<f32>>(r, d, o, a, k, row, n, s, so, w); }
export function f32_reduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f32, Max<f32>>(r, d, o, a, k, row, n, s); }
export function f32_reduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f32, Max<f32>>(r, d, o, a, k, row, n, s, so, w); }
export function f32_reduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f32, Min<f32>>(r, d, o, a, k, row, n, s); }
export function f32_reduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f32, Min<f32>>(r, d, o, a, k, row, n, s, so, w); }

export function f64_reduce_sum_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f64, Sum<f64>>(r, d, o, a, k, row, n, s); }
export function f64_reduce_sum_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f64, Sum<f64>>(r, d, o, a, k, row, n, s, so, w); }
export function f64_reduce_prod_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f64, Prod<f64>>(r, d, o, a, k, row, n, s); }
export function f64_reduce_prod_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f64, Prod<f64>>(r, d, o, a, k, row, n, s, so, w); }
export function f64_reduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f64, Max<f64>>(r, d, o, a, k, row, n, s); }
export function f64_reduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f64, Max<f64>>(r, d, o, a, k, row, n, s, so, w); }
export function f64_reduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<f64, Min<f64>>(r, d, o, a, k, row, n, s); }
export function f64_reduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<f64, Min<f64>>(r, d, o, a, k, row, n, s, so, w); }

export function i64_reduce_sum_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i64, Sum<i64>>(r, d, o, a, k, row, n, s); }
export function i64_reduce_sum_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i64, Sum<i64>>(r, d, o, a, k, row, n, s, so, w); }
export function i64_reduce_prod_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i64, Prod<i64>>(r, d, o, a, k, row, n, s); }
export function i64_reduce_prod_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i64, Prod<i64>>(r, d, o, a, k, row, n, s, so, w); }
export function i64_reduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i64, Max<i64>>(r, d, o, a, k, row, n, s); }
export function i64_reduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i64, Max<i64>>(r, d, o, a, k, row, n, s, so, w); }
export function i64_reduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i64, Min<i64>>(r, d, o, a, k, row, n, s); }
export function i64_reduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i64, Min<i64>>(r, d, o, a, k, row, n, s, so, w); }

export function i32_reduce_sum_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i32, Sum<i32>>(r, d, o, a, k, row, n, s); }
export function i32_reduce_sum_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i32, Sum<i32>>(r, d, o, a, k, row, n, s, so, w); }
export function i32_reduce_prod_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i32, Prod<i32>>(r, d, o, a, k, row, n, s); }
export function i32_reduce_prod_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i32, Prod<i32>>(r, d, o, a, k, row, n, s, so, w); }
export function i32_reduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i32, Max<i32>>(r, d, o, a, k, row, n, s); }
export function i32_reduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i32, Max<i32>>(r, d, o, a, k, row, n, s, so, w); }
export function i32_reduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<i32, Min<i32>>(r, d, o, a, k, row, n, s); }
export function i32_reduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<i32, Min<i32>>(r, d, o, a, k, row, n, s, so, w); }

export function u8_reduce_max_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<u8, Max<u8>>(r, d, o, a, k, row, n, s); }
export function u8_reduce_max_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<u8, Max<u8>>(r, d, o, a, k, row, n, s, so, w); }
export function u8_reduce_min_rows(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize,
): void { rows<u8, Min<u8>>(r, d, o, a, k, row, n, s); }
export function u8_reduce_min_columns(
  r: i32, d: usize, o: usize, a: usize, k: i32, row: usize, n: i32, s: usize, so: i32, w: i32,
): void { columns<u8, Min<u8>>(r, d, o, a, k, row, n, s, so, w); }
