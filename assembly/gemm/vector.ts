/**
 * @file Products of a row vector with a matrix: y[n] = x[k]·B[k, n] (+ bias).
 *
 *     <dtype>_gemm_matvec(n, k, x, sx, b, bk, bn, y, bias, sbias, workspace)    workspace: 8 KiB
 *
 * Addresses and byte strides: any for x and bias (0 for none), and for B unit stride along n or along k; y contiguous. A
 * matrix times a column vector is the same with B transposed. k ≥ 1; y overlaps nothing.
 *
 * Order of summation. B in rows (unit stride along n): as a product of matrices, in blocks of 256 k. B in columns: in
 * blocks of 8 KiB of k every lane of two vectors sums its own k in ascending order; block by block the two vectors are
 * added, then their lanes ((0 + 1) + (2 + 3)), then that to the result so far; k that fill no two vectors follow one by one.
 */
const KC: i32 = 256;
/** Bytes of y summed at a time, and of k per block of a dot product: they stay in the first cache. */
const STRIP: usize = 8192;

function vector<T>(
  n: i32, k: i32, x: usize, sx: usize, b: usize, bk: usize, bn: usize,
  y: usize, bias: usize, sbias: usize, workspace: usize,
): void {
  for (let j = 0; j < n; j++) store<T>(y + <usize>j * sizeof<T>(), bias != 0 ? load<T>(bias + <usize>j * sbias) : 0);
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

/** sums += x₀·row₀, then x₁·row₁, x₂·row₂, x₃·row₃. */
function addRows4<T>(bytes: usize, x: usize, sx: usize, row: usize, bk: usize, sums: usize): void {
  const v0 = v128.load_splat<T>(x), v1 = v128.load_splat<T>(x + sx), v2 = v128.load_splat<T>(x + 2 * sx), v3 = v128.load_splat<T>(x + 3 * sx);
  let b0 = row, b1 = row + bk, b2 = b1 + bk, b3 = b2 + bk;
  const vectors = sums + (bytes & ~15), end = sums + bytes;
  while (sums != vectors) {
    let s = v128.add<T>(v128.load(sums), v128.mul<T>(v0, v128.load(b0)));
    s = v128.add<T>(s, v128.mul<T>(v1, v128.load(b1)));
    s = v128.add<T>(s, v128.mul<T>(v2, v128.load(b2)));
    v128.store(sums, v128.add<T>(s, v128.mul<T>(v3, v128.load(b3))));
    sums += 16; b0 += 16; b1 += 16; b2 += 16; b3 += 16;
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
function columns<T>(n: i32, k: i32, x: usize, sx: usize, b: usize, bn: usize, y: usize, workspace: usize): void {
  const bytes = <usize>k * sizeof<T>(), paired = bytes & ~31;
  for (let p: usize = 0; p < bytes; p += STRIP) {
    const length = min(STRIP, bytes - p), full = min(STRIP, paired - p);
    let xp = x + p;
    if (sx != sizeof<T>()) {
      xp = workspace;
      let from = x + p / sizeof<T>() * sx;
      for (let q: usize = 0; q < length; q += sizeof<T>()) {
        store<T>(xp + q, load<T>(from));
        from += sx;
      }
    }
    let column = b + p, to = y, j = 0;
    for (; j + 4 <= n; j += 4) {
      dots4<T>(full, length, xp, column, bn, to);
      column += 4 * bn; to += 4 * sizeof<T>();
    }
    for (; j < n; j++) {
      dot<T>(full, length, xp, column, to);
      column += bn; to += sizeof<T>();
    }
  }
}

/** to[j] += x · column j, for four columns; `full` bytes of them in pairs of vectors. */
function dots4<T>(full: usize, length: usize, x: usize, b: usize, bn: usize, to: usize): void {
  let b0 = b, b1 = b0 + bn, b2 = b1 + bn, b3 = b2 + bn;
  let s0 = i32x4.splat(0), s1 = s0, s2 = s0, s3 = s0, t0 = s0, t1 = s0, t2 = s0, t3 = s0;
  const end = x + length;
  for (const pairs = x + full; x != pairs; x += 32) {
    const u = v128.load(x), v = v128.load(x, 16);
    s0 = v128.add<T>(s0, v128.mul<T>(u, v128.load(b0))); t0 = v128.add<T>(t0, v128.mul<T>(v, v128.load(b0, 16)));
    s1 = v128.add<T>(s1, v128.mul<T>(u, v128.load(b1))); t1 = v128.add<T>(t1, v128.mul<T>(v, v128.load(b1, 16)));
    s2 = v128.add<T>(s2, v128.mul<T>(u, v128.load(b2))); t2 = v128.add<T>(t2, v128.mul<T>(v, v128.load(b2, 16)));
    s3 = v128.add<T>(s3, v128.mul<T>(u, v128.load(b3))); t3 = v128.add<T>(t3, v128.mul<T>(v, v128.load(b3, 16)));
    b0 += 32; b1 += 32; b2 += 32; b3 += 32;
  }
  finish<T>(v128.add<T>(s0, t0), x, end, b0, to);
  finish<T>(v128.add<T>(s1, t1), x, end, b1, to + sizeof<T>());
  finish<T>(v128.add<T>(s2, t2), x, end, b2, to + 2 * sizeof<T>());
  finish<T>(v128.add<T>(s3, t3), x, end, b3, to + 3 * sizeof<T>());
}

/** to += x · column, in the order of `dots4`. */
function dot<T>(full: usize, length: usize, x: usize, b: usize, to: usize): void {
  let s = i32x4.splat(0), t = s;
  const end = x + length;
  for (const pairs = x + full; x != pairs; x += 32, b += 32) {
    s = v128.add<T>(s, v128.mul<T>(v128.load(x), v128.load(b)));
    t = v128.add<T>(t, v128.mul<T>(v128.load(x, 16), v128.load(b, 16)));
  }
  finish<T>(v128.add<T>(s, t), x, end, b, to);
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
