/**
 * The register tile of a correlation: up to 4 output channels × 1 or 2 vectors of neighbouring pixels,
 *
 *   c[i][j] = start[i] + Σ_k a[k][i] · b[offset[k] + j],   k ascending, product and sum rounded each,
 *
 * and `count` such tiles one after the other along the row. `weights` are packed [k][rows]; `first` and `end` are the
 * addresses of the first and the last offset; at least one tap. Pixels are read in whole vectors.
 *
 * One exit test to a tap keeps the loads of a tap beside its arithmetic in V8, which else hoists them to the top of a block
 * and spills; 8 sums, 2 vectors of pixels and 1 weight are then all that is alive.
 */
// @ts-ignore: decorator
@inline
function tile<T>(
  rows: i32, wide: bool, first: usize, end: usize, weights: usize, b: usize, out: usize, plane: usize, start: usize,
  count: i32,
): void {
  const step: usize = wide ? 32 : 16, beforeEnd = end - 4;
  for (; count > 0; count--, b += step, out += step) {
    let a = weights, c = out, offset = first;
    let c00 = v128.load_splat<T>(start), c01 = c00;
    let c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    if (rows > 1) c11 = c10 = v128.load_splat<T>(start, sizeof<T>());
    if (rows > 2) c21 = c20 = v128.load_splat<T>(start, 2 * sizeof<T>());
    if (rows > 3) c31 = c30 = v128.load_splat<T>(start, 3 * sizeof<T>());
    while (true) {
      let q = b + load<u32>(offset);
      let p0 = v128.load(q), p1 = p0;
      if (wide) p1 = v128.load(q, 16);
      let s = v128.load_splat<T>(a);
      c00 = v128.add<T>(c00, v128.mul<T>(s, p0));
      if (wide) c01 = v128.add<T>(c01, v128.mul<T>(s, p1));
      if (rows > 1) {
        s = v128.load_splat<T>(a, sizeof<T>());
        c10 = v128.add<T>(c10, v128.mul<T>(s, p0));
        if (wide) c11 = v128.add<T>(c11, v128.mul<T>(s, p1));
      }
      if (rows > 2) {
        s = v128.load_splat<T>(a, 2 * sizeof<T>());
        c20 = v128.add<T>(c20, v128.mul<T>(s, p0));
        if (wide) c21 = v128.add<T>(c21, v128.mul<T>(s, p1));
      }
      if (rows > 3) {
        s = v128.load_splat<T>(a, 3 * sizeof<T>());
        c30 = v128.add<T>(c30, v128.mul<T>(s, p0));
        if (wide) c31 = v128.add<T>(c31, v128.mul<T>(s, p1));
      }
      if (offset == end) break;
      a += rows * sizeof<T>();
      q = b + load<u32>(offset, 4);
      p0 = v128.load(q);
      if (wide) p1 = v128.load(q, 16);
      s = v128.load_splat<T>(a);
      c00 = v128.add<T>(c00, v128.mul<T>(s, p0));
      if (wide) c01 = v128.add<T>(c01, v128.mul<T>(s, p1));
      if (rows > 1) {
        s = v128.load_splat<T>(a, sizeof<T>());
        c10 = v128.add<T>(c10, v128.mul<T>(s, p0));
        if (wide) c11 = v128.add<T>(c11, v128.mul<T>(s, p1));
      }
      if (rows > 2) {
        s = v128.load_splat<T>(a, 2 * sizeof<T>());
        c20 = v128.add<T>(c20, v128.mul<T>(s, p0));
        if (wide) c21 = v128.add<T>(c21, v128.mul<T>(s, p1));
      }
      if (rows > 3) {
        s = v128.load_splat<T>(a, 3 * sizeof<T>());
        c30 = v128.add<T>(c30, v128.mul<T>(s, p0));
        if (wide) c31 = v128.add<T>(c31, v128.mul<T>(s, p1));
      }
      if (offset == beforeEnd) break;
      a += rows * sizeof<T>();
      offset += 8;
    }
    v128.store(c, c00);
    if (wide) v128.store(c, c01, 16);
    if (rows > 1) {
      c += plane;
      v128.store(c, c10);
      if (wide) v128.store(c, c11, 16);
    }
    if (rows > 2) {
      c += plane;
      v128.store(c, c20);
      if (wide) v128.store(c, c21, 16);
    }
    if (rows > 3) {
      c += plane;
      v128.store(c, c30);
      if (wide) v128.store(c, c31, 16);
    }
  }
}

// Each shape is a function of its own, so that each gets registers of its own.
function wide4<T>(f: usize, e: usize, a: usize, b: usize, c: usize, p: usize, s: usize, n: i32): void {
  tile<T>(4, true, f, e, a, b, c, p, s, n);
}
function wide3<T>(f: usize, e: usize, a: usize, b: usize, c: usize, p: usize, s: usize, n: i32): void {
  tile<T>(3, true, f, e, a, b, c, p, s, n);
}
function wide2<T>(f: usize, e: usize, a: usize, b: usize, c: usize, p: usize, s: usize, n: i32): void {
  tile<T>(2, true, f, e, a, b, c, p, s, n);
}
function wide1<T>(f: usize, e: usize, a: usize, b: usize, c: usize, p: usize, s: usize, n: i32): void {
  tile<T>(1, true, f, e, a, b, c, p, s, n);
}
function slim4<T>(f: usize, e: usize, a: usize, b: usize, c: usize, p: usize, s: usize, n: i32): void {
  tile<T>(4, false, f, e, a, b, c, p, s, n);
}
function slim3<T>(f: usize, e: usize, a: usize, b: usize, c: usize, p: usize, s: usize, n: i32): void {
  tile<T>(3, false, f, e, a, b, c, p, s, n);
}
function slim2<T>(f: usize, e: usize, a: usize, b: usize, c: usize, p: usize, s: usize, n: i32): void {
  tile<T>(2, false, f, e, a, b, c, p, s, n);
}
function slim1<T>(f: usize, e: usize, a: usize, b: usize, c: usize, p: usize, s: usize, n: i32): void {
  tile<T>(1, false, f, e, a, b, c, p, s, n);
}

/** One output channel × 4 vectors: sums enough to hide an addition's latency. */
function line1<T>(first: usize, end: usize, weights: usize, b: usize, c: usize, start: usize, count: i32): void {
  for (; count > 0; count--, b += 64, c += 64) {
    let a = weights, offset = first;
    let c0 = v128.load_splat<T>(start), c1 = c0, c2 = c0, c3 = c0;
    while (true) {
      const q = b + load<u32>(offset), s = v128.load_splat<T>(a);
      c0 = v128.add<T>(c0, v128.mul<T>(s, v128.load(q)));
      c1 = v128.add<T>(c1, v128.mul<T>(s, v128.load(q, 16)));
      c2 = v128.add<T>(c2, v128.mul<T>(s, v128.load(q, 32)));
      c3 = v128.add<T>(c3, v128.mul<T>(s, v128.load(q, 48)));
      if (offset == end) break;
      a += sizeof<T>();
      offset += 4;
    }
    v128.store(c, c0);
    v128.store(c, c1, 16);
    v128.store(c, c2, 32);
    v128.store(c, c3, 48);
  }
}

/** `rows` (1 to 4) output channels × 1 or 2 vectors of pixels, or 4 of one channel; `count` times along the row. */
export function compute<T>(
  rows: i32, vectors: i32, offset: usize, end: usize, a: usize, b: usize, c: usize, plane: usize, start: usize,
  count: i32,
): void {
  if (vectors == 2) {
    if (rows == 4) wide4<T>(offset, end, a, b, c, plane, start, count);
    else if (rows == 3) wide3<T>(offset, end, a, b, c, plane, start, count);
    else if (rows == 2) wide2<T>(offset, end, a, b, c, plane, start, count);
    else wide1<T>(offset, end, a, b, c, plane, start, count);
  } else if (vectors == 1) {
    if (rows == 4) slim4<T>(offset, end, a, b, c, plane, start, count);
    else if (rows == 3) slim3<T>(offset, end, a, b, c, plane, start, count);
    else if (rows == 2) slim2<T>(offset, end, a, b, c, plane, start, count);
    else slim1<T>(offset, end, a, b, c, plane, start, count);
  } else line1<T>(offset, end, a, b, c, start, count);
}
