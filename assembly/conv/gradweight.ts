/**
 * Adjoint of a correlation in its weights: out[o, k] = Σ over images, rows and columns of g[n, o, r, i] · source[n, k; r, i].
 *
 * Signature: (geometry), where `other` is g, and out is [groups · outputs, K]. The gradient of `chunk` output rows is laid
 * out as [block of 8 outputs (4 of float64)][pixel][output], and a register tile of 4 taps × a block runs over their pixels.
 * The sum over a chunk is made in order, then the sums of chunks are added in order: error ≤ (pixels of a chunk + chunks)·ε·Σ|g·source|.
 */
import { Geometry, source } from "./geometry";

/** sums[tap][output] += Σ over `rows` × `columns` pixels. A wide block has 2 vectors of outputs, a slim one 1. */
// @ts-ignore: decorator
@inline
function tile<T>(
  wide: bool, x0: usize, x1: usize, x2: usize, x3: usize, rowStep: usize, g: usize, rows: i32, columns: i32, sums: usize,
): void {
  const zero = v128.splat<T>(<T>0), width: usize = wide ? 32 : 16;
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
  for (; rows > 0; rows--) {
    const last = g + <usize>(columns - 1) * width, beforeLast = last - width;
    let a0 = x0, a1 = x1, a2 = x2, a3 = x3;
    while (true) {
      let g0 = v128.load(g), g1 = g0;
      if (wide) g1 = v128.load(g, 16);
      let s = v128.load_splat<T>(a0);
      c00 = v128.add<T>(c00, v128.mul<T>(s, g0));
      if (wide) c01 = v128.add<T>(c01, v128.mul<T>(s, g1));
      s = v128.load_splat<T>(a1);
      c10 = v128.add<T>(c10, v128.mul<T>(s, g0));
      if (wide) c11 = v128.add<T>(c11, v128.mul<T>(s, g1));
      s = v128.load_splat<T>(a2);
      c20 = v128.add<T>(c20, v128.mul<T>(s, g0));
      if (wide) c21 = v128.add<T>(c21, v128.mul<T>(s, g1));
      s = v128.load_splat<T>(a3);
      c30 = v128.add<T>(c30, v128.mul<T>(s, g0));
      if (wide) c31 = v128.add<T>(c31, v128.mul<T>(s, g1));
      if (g == last) break;
      g0 = v128.load(g + width);
      if (wide) g1 = v128.load(g + width, 16);
      s = v128.load_splat<T>(a0, sizeof<T>());
      c00 = v128.add<T>(c00, v128.mul<T>(s, g0));
      if (wide) c01 = v128.add<T>(c01, v128.mul<T>(s, g1));
      s = v128.load_splat<T>(a1, sizeof<T>());
      c10 = v128.add<T>(c10, v128.mul<T>(s, g0));
      if (wide) c11 = v128.add<T>(c11, v128.mul<T>(s, g1));
      s = v128.load_splat<T>(a2, sizeof<T>());
      c20 = v128.add<T>(c20, v128.mul<T>(s, g0));
      if (wide) c21 = v128.add<T>(c21, v128.mul<T>(s, g1));
      s = v128.load_splat<T>(a3, sizeof<T>());
      c30 = v128.add<T>(c30, v128.mul<T>(s, g0));
      if (wide) c31 = v128.add<T>(c31, v128.mul<T>(s, g1));
      if (g == beforeLast) break;
      g += 2 * width;
      a0 += 2 * sizeof<T>();
      a1 += 2 * sizeof<T>();
      a2 += 2 * sizeof<T>();
      a3 += 2 * sizeof<T>();
    }
    g = last + width;
    x0 += rowStep;
    x1 += rowStep;
    x2 += rowStep;
    x3 += rowStep;
  }
  v128.store(sums, v128.add<T>(v128.load(sums), c00));
  v128.store(sums, v128.add<T>(v128.load(sums, 32), c10), 32);
  v128.store(sums, v128.add<T>(v128.load(sums, 64), c20), 64);
  v128.store(sums, v128.add<T>(v128.load(sums, 96), c30), 96);
  if (wide) {
    v128.store(sums, v128.add<T>(v128.load(sums, 16), c01), 16);
    v128.store(sums, v128.add<T>(v128.load(sums, 48), c11), 48);
    v128.store(sums, v128.add<T>(v128.load(sums, 80), c21), 80);
    v128.store(sums, v128.add<T>(v128.load(sums, 112), c31), 112);
  }
}

function wideTile<T>(x0: usize, x1: usize, x2: usize, x3: usize, s: usize, g: usize, rows: i32, columns: i32, sums: usize): void {
  tile<T>(true, x0, x1, x2, x3, s, g, rows, columns, sums);
}
function slimTile<T>(x0: usize, x1: usize, x2: usize, x3: usize, s: usize, g: usize, rows: i32, columns: i32, sums: usize): void {
  tile<T>(false, x0, x1, x2, x3, s, g, rows, columns, sums);
}

/** Gradient rows of one image and group: a block of outputs beside each other for each pixel, zero where there are none. */
function packGrad<T>(p: Geometry, from: usize, rows: i32): void {
  const size = <i32>sizeof<T>(), vector = 16 / size, pixels = rows * p.outWidth;
  let to = p.packed;
  for (let o = 0; o < p.outputs; ) {
    const width = p.outputs - o > vector ? 2 * vector : vector;
    for (let i = 0; i < width; i += vector) {
      const used = min(vector, p.outputs - o - i), g = from + (o + i) * p.otherOutput;
      packVector<T>(p, to + i * size, width * size, g, rows, used);
    }
    to += pixels * width * size;
    o += width;
  }
}

/** One vector's worth of outputs, `used` of them real, pixel after pixel `step` bytes apart. */
function packVector<T>(p: Geometry, to: usize, step: i32, from: usize, rows: i32, used: i32): void {
  const output = p.otherOutput, column = p.otherColumn, vector = 16 / <i32>sizeof<T>();
  for (let r = 0; r < rows; r++, from += p.otherRow) {
    let left = p.outWidth, g = from;
    if (sizeof<T>() == 4 && column == 4) {
      for (; left >= 4; left -= 4, g += 16, to += 4 * step) {
        const g0 = v128.load(g), zero = f32x4.splat(0);
        const g1 = used > 1 ? v128.load(g + output) : zero, g2 = used > 2 ? v128.load(g + 2 * output) : zero;
        const g3 = used > 3 ? v128.load(g + 3 * output) : zero;
        const a = v128.shuffle<f32>(g0, g1, 0, 4, 1, 5), b = v128.shuffle<f32>(g2, g3, 0, 4, 1, 5);
        const c = v128.shuffle<f32>(g0, g1, 2, 6, 3, 7), d = v128.shuffle<f32>(g2, g3, 2, 6, 3, 7);
        v128.store(to, v128.shuffle<f32>(a, b, 0, 1, 4, 5));
        v128.store(to + step, v128.shuffle<f32>(a, b, 2, 3, 6, 7));
        v128.store(to + 2 * step, v128.shuffle<f32>(c, d, 0, 1, 4, 5));
        v128.store(to + 3 * step, v128.shuffle<f32>(c, d, 2, 3, 6, 7));
      }
    }
    for (; left > 0; left--, g += column, to += step)
      for (let i = 0; i < vector; i++)
        store<T>(to + i * sizeof<T>(), i < used ? load<T>(g + i * output) : <T>0);
  }
}

/** Adds what `rows` output rows from source address `x` bring to every tap of every output. */
function addRows<T>(p: Geometry, x: usize, rows: i32): void {
  const size = <i32>sizeof<T>(), vector = 16 / size, rowStep = p.rowStep * p.rowBytes;
  let g = p.packed, sums = p.sums;
  for (let o = 0; o < p.outputs; ) {
    const wide = p.outputs - o > vector, width = wide ? 2 * vector : vector;
    for (let k = 0; k < p.taps; k += 4, sums += 128) {
      // The last four may be fewer: the last tap stands in for those that are missing.
      const at = p.offsets + (<usize>k << 2), end = p.offsets + (<usize>(p.taps - 1) << 2);
      const x0 = x + load<u32>(at), x1 = x + load<u32>(min(at + 4, end));
      const x2 = x + load<u32>(min(at + 8, end)), x3 = x + load<u32>(min(at + 12, end));
      if (wide) wideTile<T>(x0, x1, x2, x3, rowStep, g, rows, p.outWidth, sums);
      else slimTile<T>(x0, x1, x2, x3, rowStep, g, rows, p.outWidth, sums);
    }
    g += rows * p.outWidth * width * size;
    o += width;
  }
}

function gradWeight<T>(p: Geometry): void {
  const size = <i32>sizeof<T>(), vector = 16 / size, tiles = (p.taps + 3) >> 2;
  const blocks = (p.outputs + 2 * vector - 1) / (2 * vector);
  for (let g = 0; g < p.groups; g++) {
    memory.fill(p.sums, 0, <usize>(blocks * tiles) << 7);
    for (let n = 0; n < p.images; n++) {
      const from = source<T>(p, n, g);
      const grad = p.other + n * p.otherImage + g * p.otherGroup;
      for (let r = 0; r < p.outHeight; r += p.chunk) {
        const rows = min(p.chunk, p.outHeight - r);
        packGrad<T>(p, grad + r * p.otherRow, rows);
        addRows<T>(p, from + r * p.rowStep * p.rowBytes, rows);
      }
    }
    for (let o = 0; o < p.outputs; o++) {
      const block = o / (2 * vector), lane = o % (2 * vector);
      const sums = p.sums + ((block * tiles) << 7) + lane * size;
      const out = p.out + (g * p.outputs + o) * p.taps * size;
      for (let k = 0; k < p.taps; k++) store<T>(out + k * size, load<T>(sums + (k << 5)));
    }
  }
}

export function f32_conv_gradweight(p: Geometry): void { gradWeight<f32>(p); }
export function f64_conv_gradweight(p: Geometry): void { gradWeight<f64>(p); }
