/**
 * Lines sorted, stably, and where each element came from.
 *
 *   <dtype>_sort_lines(rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending)
 *
 * A row of n lines, repeated over outer dims; a line has `extent` elements, step… bytes apart. NaN is
 * greatest, −0 equals 0, equal elements keep their order in both directions. v and i (i64) must not overlap
 * x. `work`, 8-byte aligned, holds two keys and two i32 for each element of a line; a key has the size of the
 * dtype, at least 4 bytes.
 *
 * Elements become whole numbers in the same order, so one merge sort of pairs (key, position) serves every
 * dtype.
 */

/** Runs of this length are sorted by insertion. */
const RUN: i32 = 16;

// ── keys ─────────────────────────────────────────────────────────────────────────────────────────

class Whole<T, K> { @inline of(p: usize): K { return <K>load<T>(p); } }

/** Sign and magnitude: bits above those of infinity are NaN. */
class Float32 {
  @inline of(p: usize): i32 {
    const bits = load<i32>(p);
    const magnitude = bits & 0x7fffffff;
    return magnitude > 0x7f800000 ? i32.MAX_VALUE : bits < 0 ? -magnitude : magnitude;
  }
}
class Float64 {
  @inline of(p: usize): i64 {
    const bits = load<i64>(p);
    const magnitude = bits & 0x7fffffffffffffff;
    return magnitude > 0x7ff0000000000000 ? i64.MAX_VALUE : bits < 0 ? -magnitude : magnitude;
  }
}
class Float16 { @inline of(p: usize): i32 { return short(load<i16>(p), 0x7c00); } }
class Bfloat16 { @inline of(p: usize): i32 { return short(load<i16>(p), 0x7f80); } }

// @ts-ignore: decorator
@inline
function short(bits: i32, infinity: i32): i32 {
  const magnitude = bits & 0x7fff;
  return magnitude > infinity ? i32.MAX_VALUE : bits < 0 ? -magnitude : magnitude;
}

// ── merge sort ───────────────────────────────────────────────────────────────────────────────────

/** Sorts elements [from, to) of keys k and positions p by insertion. */
function insertion<K>(k: usize, p: usize, from: i32, to: i32): void {
  for (let i = from + 1; i < to; i++) {
    const key = load<K>(k + <usize>i * sizeof<K>());
    const position = load<i32>(p + <usize>i * 4);
    let j = i;
    for (; j > from; j--) {
      const before = load<K>(k + <usize>(j - 1) * sizeof<K>());
      if (before <= key) break;
      store<K>(k + <usize>j * sizeof<K>(), before);
      store<i32>(p + <usize>j * 4, load<i32>(p + <usize>(j - 1) * 4));
    }
    store<K>(k + <usize>j * sizeof<K>(), key);
    store<i32>(p + <usize>j * 4, position);
  }
}

/** Merges the sorted [from, middle) and [middle, to) of (k, p) into the same places of (k2, p2). */
function merge<K>(k: usize, p: usize, k2: usize, p2: usize, from: i32, middle: i32, to: i32): void {
  let i = from;
  let j = middle;
  let o = from;
  while (i < middle && j < to) {
    const a = load<K>(k + <usize>i * sizeof<K>());
    const b = load<K>(k + <usize>j * sizeof<K>());
    const right = b < a;
    const taken = select(j, i, right);
    store<K>(k2 + <usize>o * sizeof<K>(), select(b, a, right));
    store<i32>(p2 + <usize>o * 4, load<i32>(p + <usize>taken * 4));
    j += <i32>right;
    i += <i32>!right;
    o++;
  }
  const rest = i < middle ? i : j;
  const count = <usize>(to - o);
  memory.copy(k2 + <usize>o * sizeof<K>(), k + <usize>rest * sizeof<K>(), count * sizeof<K>());
  memory.copy(p2 + <usize>o * 4, p + <usize>rest * 4, count * 4);
}

/** Sorts n pairs; returns which of the two buffers holds them, 0 or 1. */
function sort<K>(k: usize, p: usize, k2: usize, p2: usize, n: i32): i32 {
  for (let from = 0; from < n; from += RUN) insertion<K>(k, p, from, min(from + RUN, n));
  let buffer = 0;
  for (let width = RUN; width < n; width <<= 1, buffer ^= 1)
    for (let from = 0; from < n; from += width << 1) {
      const middle = min(from + width, n);
      const to = min(middle + width, n);
      if (buffer) merge<K>(k2, p2, k, p, from, middle, to);
      else merge<K>(k, p, k2, p2, from, middle, to);
    }
  return buffer;
}

// ── lines ────────────────────────────────────────────────────────────────────────────────────────

function line<T, K, Key>(
  v: usize, i: usize, x: usize, extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize,
  descending: i32,
): void {
  const key = changetype<Key>(0);
  const keys = work;
  const positions = work + <usize>extent * 2 * sizeof<K>();
  // ~ turns the order of whole numbers round.
  const flip: K = descending ? <K>-1 : <K>0;
  for (let j = 0; j < extent; j++) {
    store<K>(keys + <usize>j * sizeof<K>(), key.of(x + <usize>j * stepx) ^ flip);
    store<i32>(positions + <usize>j * 4, j);
  }
  const other = positions + <usize>extent * 4;
  const buffer = sort<K>(keys, positions, keys + <usize>extent * sizeof<K>(), other, extent);
  let from = buffer ? other : positions;
  for (let j = 0; j < extent; j++, from += 4, v += stepv, i += stepi) {
    const position = load<i32>(from);
    store<T>(v, load<T>(x + <usize>position * stepx));
    store<i64>(i, <i64>position);
  }
}

function lines<T, K, Key>(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  if (rank == 0) {
    for (let k = 0; k < n; k++, v += sv, i += si, x += sx)
      line<T, K, Key>(v, i, x, extent, stepv, stepi, stepx, work, descending);
    return;
  }
  const count = load<i32>(dims);
  const tv = load<i32>(dims, 4);
  const ti = load<i32>(dims, 8);
  const tx = load<i32>(dims, 12);
  for (let k = 0; k < count; k++, v += tv, i += ti, x += tx)
    lines<T, K, Key>(
      rank - 1, dims + 16, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
    );
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<f32, i32, Float32>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
export function f64_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<f64, i64, Float64>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
export function f16_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<i16, i32, Float16>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
export function bf16_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<i16, i32, Bfloat16>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
export function i64_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<i64, i64, Whole<i64, i64>>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
export function i32_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<i32, i32, Whole<i32, i32>>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
export function i16_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<i16, i32, Whole<i16, i32>>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
export function i8_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<i8, i32, Whole<i8, i32>>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
export function u8_sort_lines(
  rank: i32, dims: usize, n: i32, v: usize, sv: usize, i: usize, si: usize, x: usize, sx: usize,
  extent: i32, stepv: usize, stepi: usize, stepx: usize, work: usize, descending: i32,
): void {
  lines<u8, i32, Whole<u8, i32>>(
    rank, dims, n, v, sv, i, si, x, sx, extent, stepv, stepi, stepx, work, descending,
  );
}
