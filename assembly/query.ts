/**
 * Questions about indices and masks.
 *
 *   i64_index_bounds(rank, dims, n, x, sx, result)   widens the pair [least, greatest] of i64 at `result`
 *   u8_index_count(rank, dims, n, x, sx)             returns how many elements are 1
 *   u8_index_nonzero(rank, dims, x, o)               writes where they stand: `rank` i64 each, row-major
 *
 * `nonzero` needs rank ≥ 1 and at `dims` for every dim, outermost first, i32: extent, byte stride, and a zero
 * to count with. bool arrays hold 0 and 1 only.
 */

export function i64_index_bounds(rank: i32, dims: usize, n: i32, x: usize, sx: usize, result: usize): i32 {
  if (rank > 0) {
    const extent = load<i32>(dims);
    const tx = load<i32>(dims, 4);
    for (let k = 0; k < extent; k++, x += tx) i64_index_bounds(rank - 1, dims + 8, n, x, sx, result);
    return 0;
  }
  let least = load<i64>(result);
  let greatest = load<i64>(result, 8);
  for (let k = 0; k < n; k++, x += sx) {
    const value = load<i64>(x);
    least = min(least, value);
    greatest = max(greatest, value);
  }
  store<i64>(result, least);
  store<i64>(result, greatest, 8);
  return 0;
}

export function u8_index_count(rank: i32, dims: usize, n: i32, x: usize, sx: usize): i32 {
  let total: i32 = 0;
  if (rank > 0) {
    const extent = load<i32>(dims);
    const tx = load<i32>(dims, 4);
    for (let k = 0; k < extent; k++, x += tx) total += u8_index_count(rank - 1, dims + 8, n, x, sx);
    return total;
  }
  let k: i32 = 0;
  if (sx == 1) {
    let sums = i32x4.splat(0);
    for (; k + 16 <= n; k += 16, x += 16)
      sums = i32x4.add(sums, i32x4.extadd_pairwise_i16x8_u(i16x8.extadd_pairwise_i8x16_u(v128.load(x))));
    total =
      i32x4.extract_lane(sums, 0) + i32x4.extract_lane(sums, 1) +
      i32x4.extract_lane(sums, 2) + i32x4.extract_lane(sums, 3);
  }
  for (; k < n; k++, x += sx) total += <i32>load<u8>(x);
  return total;
}

export function u8_index_nonzero(rank: i32, dims: usize, x: usize, o: usize): void {
  const last = dims + <usize>(rank - 1) * 12;
  const n = load<i32>(last);
  const sx = <usize>load<i32>(last, 4);
  while (true) {
    for (let k: i32 = 0; k < n; k++) {
      const p = x + <usize>k * sx;
      if (sx == 1 && k + 8 <= n && load<u64>(p) == 0) {
        k += 7;
        continue;
      }
      if (!load<u8>(p)) continue;
      for (let d = dims; d < last; d += 12, o += 8) store<i64>(o, <i64>load<i32>(d, 8));
      store<i64>(o, <i64>k);
      o += 8;
    }
    // The next row: the innermost outer dim that has not ended counts on, those inside it start again.
    let d = last;
    while (true) {
      if (d == dims) return;
      d -= 12;
      const at = load<i32>(d, 8) + 1;
      const stride = load<i32>(d, 4);
      if (at < load<i32>(d)) {
        store<i32>(d, at, 8);
        x += <usize>stride;
        break;
      }
      store<i32>(d, 0, 8);
      x -= <usize>((at - 1) * stride);
    }
  }
}
