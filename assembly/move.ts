/**
 * out = x, by bytes: copies within one dtype, whatever it is.
 *
 *   <i8|i16|i32|i64>_copy_<the same>(rank, dims, n, o, so, a, sa)
 *
 * Element-aligned; out and x must not overlap. Transposed copies run in tiles; they may reorder the entries
 * of `dims`.
 */
import { nest2 } from "./nest";

/** Elements each way of a tile of a transposed copy, and of a block of tiles, which stays in cache. */
const TILE = 8;
const BLOCK = 32;

class Move<T> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize): void {
    if (so == sizeof<T>() && sa == sizeof<T>()) memory.copy(o, a, <usize>n * sizeof<T>());
    else if (so == sizeof<T>() && !sa) fill<T>(n, o, a);
    else strided<T>(n, o, so, a, sa);
  }
}

function strided<T>(n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  for (let i = 0; i < n; i++, o += so, a += sa) store<T>(o, load<T>(a));
}

function fill<T>(n: i32, o: usize, a: usize): void {
  const x = load<T>(a);
  const v = v128.splat<T>(x);
  const end = o + <usize>n * sizeof<T>();
  for (; o + 64 <= end; o += 64) {
    v128.store(o, v);
    v128.store(o, v, 16);
    v128.store(o, v, 32);
    v128.store(o, v, 48);
  }
  for (; o < end; o += sizeof<T>()) store<T>(o, x);
}

function move<T>(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  if (rank && so == sizeof<T>() && sa != sizeof<T>() && sa)
    for (let r = rank - 1; r >= 0; r--) {
      const entry = dims + <usize>r * 12;
      if (load<i32>(entry, 8) != sizeof<T>()) continue;
      const last = dims + <usize>(rank - 1) * 12;
      for (let k: usize = 0; k < 12; k += 4) {
        const kept = load<i32>(entry + k);
        store<i32>(entry + k, load<i32>(last + k));
        store<i32>(last + k, kept);
      }
      return transposed<T>(rank - 1, dims, last, n, o, a, sa);
    }
  nest2<Move<T>>(rank, dims, n, o, so, a, sa);
}

/** Rows run along out, the dim at `last` along x. */
function transposed<T>(rank: i32, dims: usize, last: usize, n: i32, o: usize, a: usize, sa: usize): void {
  if (rank == 0) return blocks<T>(load<i32>(last), n, o, load<i32>(last, 4), a, sa);
  const extent = load<i32>(dims);
  const to = load<i32>(dims, 4);
  const ta = load<i32>(dims, 8);
  for (let i = 0; i < extent; i++, o += to, a += ta) transposed<T>(rank - 1, dims + 12, last, n, o, a, sa);
}

/** out [m, n], its rows `to` bytes apart, from x [n, m], its rows `sa` bytes apart. */
function blocks<T>(m: i32, n: i32, o: usize, to: usize, a: usize, sa: usize): void {
  for (let i = 0; i < m; i += BLOCK)
    for (let j = 0; j < n; j += BLOCK) {
      const p = o + <usize>i * to + <usize>j * sizeof<T>();
      const q = a + <usize>j * sa + <usize>i * sizeof<T>();
      tiles<T>(min(BLOCK, m - i), min(BLOCK, n - j), p, to, q, sa);
    }
}

function tiles<T>(m: i32, n: i32, o: usize, to: usize, a: usize, sa: usize): void {
  for (let j = 0; j < n; j += TILE)
    for (let i = 0; i < m; i += TILE) {
      const p = o + <usize>i * to + <usize>j * sizeof<T>();
      const q = a + <usize>j * sa + <usize>i * sizeof<T>();
      const height = min(TILE, m - i);
      const width = min(TILE, n - j);
      if (sizeof<T>() == 4 && height == TILE && width == TILE) {
        square(p, to, q, sa);
        square(p + 16, to, q + (sa << 2), sa);
        square(p + (to << 2), to, q + 16, sa);
        square(p + (to << 2) + 16, to, q + (sa << 2) + 16, sa);
      } else
        for (let k: usize = 0; k < <usize>height; k++)
          strided<T>(width, p + k * to, sizeof<T>(), q + k * sizeof<T>(), sa);
    }
}

/** Four by four elements of four bytes. */
// @ts-ignore: decorator
@inline
function square(o: usize, to: usize, a: usize, sa: usize): void {
  const x = v128.load(a);
  const y = v128.load(a + sa);
  const z = v128.load(a + (sa << 1));
  const w = v128.load(a + (sa << 1) + sa);
  const xy = v128.shuffle<i32>(x, y, 0, 4, 1, 5);
  const zw = v128.shuffle<i32>(z, w, 0, 4, 1, 5);
  const XY = v128.shuffle<i32>(x, y, 2, 6, 3, 7);
  const ZW = v128.shuffle<i32>(z, w, 2, 6, 3, 7);
  v128.store(o, v128.shuffle<i64>(xy, zw, 0, 2));
  v128.store(o + to, v128.shuffle<i64>(xy, zw, 1, 3));
  v128.store(o + (to << 1), v128.shuffle<i64>(XY, ZW, 0, 2));
  v128.store(o + (to << 1) + to, v128.shuffle<i64>(XY, ZW, 1, 3));
}

export function i8_copy_i8(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  move<i8>(rank, dims, n, o, so, a, sa);
}
export function i16_copy_i16(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  move<i16>(rank, dims, n, o, so, a, sa);
}
export function i32_copy_i32(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  move<i32>(rank, dims, n, o, so, a, sa);
}
export function i64_copy_i64(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  move<i64>(rank, dims, n, o, so, a, sa);
}
