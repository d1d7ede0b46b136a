/**
 * Maxima and means over windows of planes, and their adjoints; float32 and float64.
 *
 * Signature: (geometry). `x` is what is read: the input forward, the output's gradient backward, any strides. The results
 * are contiguous: out [images, channels, …], and indices int64 of the same shape as the maxima. A window may overhang its
 * plane; what lies outside is passed over. Sums are made in the order of rows.
 */
@unmanaged
class Pool {
  out: usize;
  indices: usize;
  x: usize;
  images: i32;
  channels: i32;
  imageStride: i32;
  channelStride: i32;
  rowStride: i32;
  columnStride: i32;
  /** Strides of `indices` where they are read. */
  indexImage: i32;
  indexChannel: i32;
  indexRow: i32;
  indexColumn: i32;
  /** The plane that windows lie in. */
  height: i32;
  width: i32;
  /** Windows down and across. */
  rows: i32;
  columns: i32;
  kernelHeight: i32;
  kernelWidth: i32;
  strideDown: i32;
  strideRight: i32;
  paddingTop: i32;
  paddingLeft: i32;
  dilationDown: i32;
  dilationRight: i32;
  countPadding: i32;
  /** 0: the window's size. */
  divisor: i32;
}

/** The first place of a window from `start` that is not before the plane. */
// @ts-ignore: decorator
@inline
function firstInside(start: i32, dilation: i32): i32 {
  return start < 0 ? start + (dilation - 1 - start) / dilation * dilation : start;
}

// @ts-ignore: decorator
@inline
function halves(p: Pool): bool {
  return p.kernelHeight == 2 && p.kernelWidth == 2 && p.strideDown == 2 && p.strideRight == 2
    && p.paddingTop == 0 && p.paddingLeft == 0 && p.dilationDown == 1 && p.dilationRight == 1
    && 2 * p.rows <= p.height && 2 * p.columns <= p.width && p.columnStride == 4;
}

// ── maxima ───────────────────────────────────────────────────────────────────────────────────────

/** The first greatest of a window wins, a NaN over any number, the last NaN over others, as in PyTorch. */
// @ts-ignore: decorator
@inline
function maxWindow<T>(p: Pool, x: usize, r: i32, c: i32, out: usize, indices: usize): void {
  const top = r * p.strideDown - p.paddingTop, left = c * p.strideRight - p.paddingLeft;
  const bottom = min(p.height, top + (p.kernelHeight - 1) * p.dilationDown + 1);
  const right = min(p.width, left + (p.kernelWidth - 1) * p.dilationRight + 1);
  const first = firstInside(left, p.dilationRight);
  let best = <T>-Infinity, at = -1;
  for (let i = firstInside(top, p.dilationDown); i < bottom; i += p.dilationDown) {
    for (let j = first; j < right; j += p.dilationRight) {
      const value = load<T>(x + i * p.rowStride + j * p.columnStride);
      if (value > best || value != value || at < 0) {
        best = value;
        at = i * p.width + j;
      }
    }
  }
  store<T>(out, best);
  store<i64>(indices, max(at, 0));
}

/** Four windows of 2×2 side by side. */
// @ts-ignore: decorator
@inline
function maxHalves(
  x: usize, rowStride: usize, width: i32, r: i32, c: i32, out: usize, indices: usize,
): void {
  const upper = x + 2 * r * rowStride + (c << 3), lower = upper + rowStride;
  let u = v128.load(upper), v = v128.load(upper, 16);
  let best = v128.shuffle<f32>(u, v, 0, 2, 4, 6), other = v128.shuffle<f32>(u, v, 1, 3, 5, 7);
  const corner = 2 * (r * width + c);
  const place = i32x4.add(i32x4.splat(corner), i32x4(0, 2, 4, 6));
  let at = place;
  let wins = v128.or(f32x4.gt(other, best), f32x4.ne(other, other));
  best = v128.bitselect(other, best, wins);
  at = v128.bitselect(i32x4.add(place, i32x4.splat(1)), at, wins);
  u = v128.load(lower);
  v = v128.load(lower, 16);
  other = v128.shuffle<f32>(u, v, 0, 2, 4, 6);
  wins = v128.or(f32x4.gt(other, best), f32x4.ne(other, other));
  best = v128.bitselect(other, best, wins);
  at = v128.bitselect(i32x4.add(place, i32x4.splat(width)), at, wins);
  other = v128.shuffle<f32>(u, v, 1, 3, 5, 7);
  wins = v128.or(f32x4.gt(other, best), f32x4.ne(other, other));
  best = v128.bitselect(other, best, wins);
  at = v128.bitselect(i32x4.add(place, i32x4.splat(width + 1)), at, wins);
  v128.store(out, best);
  v128.store(indices, i64x2.extend_low_i32x4_u(at));
  v128.store(indices, i64x2.extend_high_i32x4_u(at), 16);
}

function maximum<T>(p: Pool): void {
  const columns = p.columns, rows = p.rows, rowStride = <usize>p.rowStride, width = p.width;
  const fast = sizeof<T>() == 4 && columns >= 4 && halves(p);
  let out = p.out, indices = p.indices;
  for (let n = 0; n < p.images; n++) {
    for (let d = 0; d < p.channels; d++) {
      const x = p.x + n * p.imageStride + d * p.channelStride;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c += fast ? 4 : 1) {
          const k = fast ? min(c, columns - 4) : c; // the last four overlap those before
          const o = out + <usize>k * sizeof<T>(), i = indices + (<usize>k << 3);
          if (fast) maxHalves(x, rowStride, width, r, k, o, i);
          else maxWindow<T>(p, x, r, k, o, i);
        }
        out += <usize>columns * sizeof<T>();
        indices += <usize>columns << 3;
      }
    }
  }
}

function maximumGrad<T>(p: Pool): void {
  const plane = <usize>(p.height * p.width) * sizeof<T>(), rows = p.rows, columns = p.columns;
  const right = <usize>p.columnStride, indexRight = <usize>p.indexColumn;
  let out = p.out;
  memory.fill(out, 0, <usize>(p.images * p.channels) * plane);
  for (let n = 0; n < p.images; n++) {
    for (let d = 0; d < p.channels; d++, out += plane) {
      for (let r = 0; r < rows; r++) {
        let x = p.x + n * p.imageStride + d * p.channelStride + r * p.rowStride;
        let at = p.indices + n * p.indexImage + d * p.indexChannel + r * p.indexRow;
        for (let c = 0; c < columns; c++, x += right, at += indexRight) {
          const to = out + <usize>load<i32>(at) * sizeof<T>();
          store<T>(to, load<T>(to) + load<T>(x));
        }
      }
    }
  }
}

// ── means ────────────────────────────────────────────────────────────────────────────────────────

/** How many elements a window's sum is divided by; padding counts, what overhangs even the padding does not. */
// @ts-ignore: decorator
@inline
function divisor(p: Pool, r: i32, c: i32): i32 {
  if (p.divisor != 0) return p.divisor;
  const top = r * p.strideDown - p.paddingTop, left = c * p.strideRight - p.paddingLeft;
  if (p.countPadding) {
    const bottom = min(top + p.kernelHeight, p.height + p.paddingTop);
    return (bottom - top) * (min(left + p.kernelWidth, p.width + p.paddingLeft) - left);
  }
  const bottom = min(top + p.kernelHeight, p.height), right = min(left + p.kernelWidth, p.width);
  return (bottom - max(top, 0)) * (right - max(left, 0));
}

// @ts-ignore: decorator
@inline
function meanWindow<T>(p: Pool, x: usize, r: i32, c: i32): T {
  const top = r * p.strideDown - p.paddingTop, left = c * p.strideRight - p.paddingLeft;
  const bottom = min(p.height, top + p.kernelHeight), right = min(p.width, left + p.kernelWidth);
  const first = max(left, 0);
  let sum = <T>0;
  if (bottom <= max(top, 0) || right <= first) return sum;
  for (let i = max(top, 0); i < bottom; i++) {
    const row = x + i * p.rowStride;
    for (let j = first; j < right; j++) sum += load<T>(row + j * p.columnStride);
  }
  return sum / <T>divisor(p, r, c);
}

/** Four windows of 2×2 side by side, summed in the same order. */
// @ts-ignore: decorator
@inline
function meanHalves(x: usize, rowStride: usize, r: i32, c: i32, by: v128): v128 {
  const upper = x + 2 * r * rowStride + (c << 3), lower = upper + rowStride;
  const a = v128.load(upper), b = v128.load(upper, 16), d = v128.load(lower), e = v128.load(lower, 16);
  let sum = f32x4.add(f32x4.splat(0), v128.shuffle<f32>(a, b, 0, 2, 4, 6));
  sum = f32x4.add(sum, v128.shuffle<f32>(a, b, 1, 3, 5, 7));
  sum = f32x4.add(sum, v128.shuffle<f32>(d, e, 0, 2, 4, 6));
  return f32x4.div(f32x4.add(sum, v128.shuffle<f32>(d, e, 1, 3, 5, 7)), by);
}

function mean<T>(p: Pool): void {
  const columns = p.columns, rows = p.rows, rowStride = <usize>p.rowStride;
  const fast = sizeof<T>() == 4 && columns >= 4 && halves(p), by = f32x4.splat(<f32>divisor(p, 0, 0));
  let out = p.out;
  for (let n = 0; n < p.images; n++) {
    for (let d = 0; d < p.channels; d++) {
      const x = p.x + n * p.imageStride + d * p.channelStride;
      for (let r = 0; r < rows; r++) {
        for (let c = 0; c < columns; c += fast ? 4 : 1) {
          const k = fast ? min(c, columns - 4) : c;
          const o = out + <usize>k * sizeof<T>();
          if (fast) v128.store(o, meanHalves(x, rowStride, r, k, by));
          else store<T>(o, meanWindow<T>(p, x, r, k));
        }
        out += <usize>columns * sizeof<T>();
      }
    }
  }
}

function meanGrad<T>(p: Pool): void {
  const plane = <usize>(p.height * p.width) * sizeof<T>();
  let out = p.out;
  memory.fill(out, 0, <usize>(p.images * p.channels) * plane);
  for (let n = 0; n < p.images; n++) {
    for (let d = 0; d < p.channels; d++, out += plane) {
      const x = p.x + n * p.imageStride + d * p.channelStride;
      for (let r = 0; r < p.rows; r++) {
        for (let c = 0; c < p.columns; c++) {
          const top = r * p.strideDown - p.paddingTop, left = c * p.strideRight - p.paddingLeft;
          const bottom = min(p.height, top + p.kernelHeight), right = min(p.width, left + p.kernelWidth);
          const first = max(left, 0);
          if (bottom <= max(top, 0) || right <= first) continue;
          const share = load<T>(x + r * p.rowStride + c * p.columnStride) / <T>divisor(p, r, c);
          for (let i = max(top, 0); i < bottom; i++) {
            for (let j = first; j < right; j++) {
              const to = out + <usize>(i * p.width + j) * sizeof<T>();
              store<T>(to, load<T>(to) + share);
            }
          }
        }
      }
    }
  }
}

export function f32_pool_max(p: Pool): void { maximum<f32>(p); }
export function f64_pool_max(p: Pool): void { maximum<f64>(p); }
export function f32_pool_maxgrad(p: Pool): void { maximumGrad<f32>(p); }
export function f64_pool_maxgrad(p: Pool): void { maximumGrad<f64>(p); }
export function f32_pool_mean(p: Pool): void { mean<f32>(p); }
export function f64_pool_mean(p: Pool): void { mean<f64>(p); }
export function f32_pool_meangrad(p: Pool): void { meanGrad<f32>(p); }
export function f64_pool_meangrad(p: Pool): void { meanGrad<f64>(p); }
