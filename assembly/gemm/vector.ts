/**
 * @file Products of a row vector with a matrix: y[n] = x[k]·B[k, n] (+ bias).
 *
 *     <dtype>_gemm_matvec(n, k, x, sx, b, bk, bn, y, bias, sbias, workspace)    workspace: 8 KiB
 *
 * Addresses and byte strides: any for x and bias (0 for none), and for B unit stride along n or along k; y
 * contiguous. A matrix times a column vector is the same with B transposed. n, k ≥ 1; y overlaps nothing.
 *
 * Order of summation. B in rows (unit stride along n): as macro.ts sums, in blocks of 256 k. B in columns:
 * in blocks of 8 KiB of k, whole vectors in turn to one of two sums, lane by lane; then the two are added,
 * then the lanes, (0 + 1) + (2 + 3), then that to the result so far; the k that fill no vector follow one
 * by one. |error| ≤ (min(k, 256) + ⌈k/256⌉)·u·Σ|a·b| in rows, less in columns.
 */
const KC: i32 = 256;
/** Bytes of y summed at a time, and of k per block of a dot product: they stay in the first cache. */
const STRIP: usize = 8192;

function vector<T>(
  n: i32, k: i32, x: usize, sx: usize, b: usize, bk: usize, bn: usize,
  y: usize, bias: usize, sbias: usize, workspace: usize,
): void {
  for (let j: usize = 0; j < <usize>n; j++) {
    store<T>(y + j * sizeof<T>(), bias != 0 ? load<T>(bias + j * sbias) : 0);
  }
  if (bn == sizeof<T>()) rows<T>(n, k, x, sx, b, bk, y, bias != 0, workspace);
  else columns<T>(n, k, x, sx, b, bn, y, workspace);
}

/** B in rows: strips of y, block by block of k, four rows of B at a time. */
function rows<T>(
  n: i32, k: i32, x: usize, sx: usize, b: usize, bk: usize, y: usize, add: bool, workspace: usize,
): void {
  const bytes = <usize>n * sizeof<T>();
  for (let j: usize = 0; j < bytes; j += STRIP) {
    const strip = min(STRIP, bytes - j);
    for (let p = 0; p < k; p += KC) {
      const apart = add || p > 0;
      const sums = apart ? workspace : y + j;
      if (apart) memory.fill(sums, 0, strip);
      const end = min(k, p + KC);
      let q = p;
      let row = b + <usize>p * bk + j, xq = x + <usize>p * sx;
      for (; q + 4 <= end; q += 4) {
        addRows4<T>(strip, xq, sx, row, bk, sums);
        row += 4 * bk; xq += 4 * sx;
      }
      for (; q < end; q++) {
        addRow<T>(strip, load<T>(xq), row, sums);
        row += bk; xq += sx;
      }
      if (apart) addRow<T>(strip, 1, sums, y + j);
    }
  }
}

/** sums += x₀·row₀, then x₁·row₁, x₂·row₂, x₃·row₃. Two vectors a turn: instructions are the limit. */
function addRows4<T>(bytes: usize, x: usize, sx: usize, row: usize, bk: usize, sums: usize): void {
  const v0 = v128.load_splat<T>(x), v1 = v128.load_splat<T>(x + sx);
  const v2 = v128.load_splat<T>(x + 2 * sx), v3 = v128.load_splat<T>(x + 3 * sx);
  let b0 = row, b1 = row + bk, b2 = b1 + bk, b3 = b2 + bk;
  const pairs = sums + (bytes & ~31), end = sums + bytes;
  while (sums != pairs) {
    let s = v128.add<T>(v128.load(sums), v128.mul<T>(v0, v128.load(b0)));
    let t = v128.add<T>(v128.load(sums, 16), v128.mul<T>(v0, v128.load(b0, 16)));
    s = v128.add<T>(s, v128.mul<T>(v1, v128.load(b1)));
    t = v128.add<T>(t, v128.mul<T>(v1, v128.load(b1, 16)));
    s = v128.add<T>(s, v128.mul<T>(v2, v128.load(b2)));
    t = v128.add<T>(t, v128.mul<T>(v2, v128.load(b2, 16)));
    v128.store(sums, v128.add<T>(s, v128.mul<T>(v3, v128.load(b3))));
    v128.store(sums, v128.add<T>(t, v128.mul<T>(v3, v128.load(b3, 16))), 16);
    sums += 32; b0 += 32; b1 += 32; b2 += 32; b3 += 32;
  }
  for (; sums != end; sums += sizeof<T>()) {
    let s = load<T>(sums) + load<T>(x) * load<T>(b0);
    s += load<T>(x + sx) * load<T>(b1);
    s += load<T>(x + 2 * sx) * load<T>(b2);
    store<T>(sums, s + load<T>(x + 3 * sx) * load<T>(b3));
    b0 += sizeof<T>(); b1 += sizeof<T>(); b2 += sizeof<T>(); b3 += sizeof<T>();
  }
}

/** sums += x·row. */
function addRow<T>(bytes: usize, x: T, row: usize, sums: usize): void {
  const v = v128.splat<T>(x);
  const vectors = sums + (bytes & ~15), end = sums + bytes;
  for (; sums != vectors; sums += 16, row += 16) {
    v128.store(sums, v128.add<T>(v128.load(sums), v128.mul<T>(v, v128.load(row))));
  }
  for (; sums != end; sums += sizeof<T>(), row += sizeof<T>()) {
    store<T>(sums, load<T>(sums) + x * load<T>(row));
  }
}

/** B in columns: dot products, four at a time, over blocks of k. */
function columns<T>(
  n: i32, k: i32, x: usize, sx: usize, b: usize, bn: usize, y: usize, workspace: usize,
): void {
  const bytes = <usize>k * sizeof<T>();
  for (let p: usize = 0; p < bytes; p += STRIP) {
    const length = min(STRIP, bytes - p);
    const xp = sx == sizeof<T>() ? x + p : gather<T>(x + p / sizeof<T>() * sx, sx, length, workspace);
    let column = b + p, to = y, j = 0;
    for (; j + 4 <= n; j += 4) {
      dots4<T>(length, xp, column, bn, to);
      column += 4 * bn; to += 4 * sizeof<T>();
    }
    for (; j < n; j++) {
      dot<T>(length, xp, column, to);
      column += bn; to += sizeof<T>();
    }
  }
}

/** The elements `sx` apart side by side at `out`. */
function gather<T>(x: usize, sx: usize, length: usize, out: usize): usize {
  for (const end = out + length; out != end; out += sizeof<T>(), x += sx) store<T>(out, load<T>(x));
  return out - length;
}

/**
 * to[j] += x · column j, for four columns. The test between the two vectors is for an odd last one, and
 * keeps V8 from loading both pairs at once, for which the registers do not suffice.
 */
function dots4<T>(length: usize, x: usize, b: usize, bn: usize, to: usize): void {
  let b0 = b, b1 = b0 + bn, b2 = b1 + bn, b3 = b2 + bn;
  let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  const end = x + length, even = x + (length & ~15), odd = even - 16;
  while (x != even) {
    const u = v128.load(x);
    s0 = v128.add<T>(s0, v128.mul<T>(u, v128.load(b0)));
    s1 = v128.add<T>(s1, v128.mul<T>(u, v128.load(b1)));
    s2 = v128.add<T>(s2, v128.mul<T>(u, v128.load(b2)));
    s3 = v128.add<T>(s3, v128.mul<T>(u, v128.load(b3)));
    if (x == odd) break;
    const v = v128.load(x, 16);
    t0 = v128.add<T>(t0, v128.mul<T>(v, v128.load(b0, 16)));
    t1 = v128.add<T>(t1, v128.mul<T>(v, v128.load(b1, 16)));
    t2 = v128.add<T>(t2, v128.mul<T>(v, v128.load(b2, 16)));
    t3 = v128.add<T>(t3, v128.mul<T>(v, v128.load(b3, 16)));
    x += 32; b0 += 32; b1 += 32; b2 += 32; b3 += 32;
  }
  b += length & ~15;
  finish<T>(v128.add<T>(s0, t0), even, end, b, to);
  finish<T>(v128.add<T>(s1, t1), even, end, b + bn, to + sizeof<T>());
  finish<T>(v128.add<T>(s2, t2), even, end, b + 2 * bn, to + 2 * sizeof<T>());
  finish<T>(v128.add<T>(s3, t3), even, end, b + 3 * bn, to + 3 * sizeof<T>());
}

/** to += x · column, in the order of `dots4`. */
function dot<T>(length: usize, x: usize, b: usize, to: usize): void {
  let s = i32x4.splat(0), t = s;
  const end = x + length, even = x + (length & ~15), odd = even - 16;
  while (x != even) {
    s = v128.add<T>(s, v128.mul<T>(v128.load(x), v128.load(b)));
    b += 16;
    if (x == odd) break;
    t = v128.add<T>(t, v128.mul<T>(v128.load(x, 16), v128.load(b)));
    x += 32; b += 16;
  }
  finish<T>(v128.add<T>(s, t), even, end, b, to);
}

/** to += the lanes of `sums`, then the products of what is left. */
function finish<T>(sums: v128, x: usize, end: usize, b: usize, to: usize): void {
  let r = load<T>(to);
  if (sizeof<T>() == 4) {
    const low = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1);
    r += <T>(low + (f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3)));
  } else r += <T>(f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1));
  for (; x != end; x += sizeof<T>(), b += sizeof<T>()) r += load<T>(x) * load<T>(b);
  store<T>(to, r);
}

export function f32_gemm_matvec(
  n: i32, k: i32, x: usize, sx: usize, b: usize, bk: usize, bn: usize,
  y: usize, bias: usize, sbias: usize, workspace: usize,
): void { vector<f32>(n, k, x, sx, b, bk, bn, y, bias, sbias, workspace); }
export function f64_gemm_matvec(
  n: i32, k: i32, x: usize, sx: usize, b: usize, bk: usize, bn: usize,
  y: usize, bias: usize, sbias: usize, workspace: usize,
): void { vector<f64>(n, k, x, sx, b, bk, bn, y, bias, sbias, workspace); }
