/**
 * Correlation of planes: out[n, o, r, i] = bias[o] + Σ over taps k of weight[o, k] · source[n, k; r, i], float32 and float64.
 *
 * Signature: (geometry). Outputs, source and weights do not overlap. Taps whose rows lie outside the plane are left out, not
 * multiplied by zero; padding beside a row is multiplied. Taps are added in order, each product and sum rounded, so the error
 * is at most K·ε·Σ|weight·source|.
 */
import { Geometry, source } from "./geometry";
import { compute } from "./tile";

/** Weights as [group][block of outputs][k][output of the block]. */
function packWeights<T>(p: Geometry): void {
  const size = <i32>sizeof<T>(), step = p.otherOutput;
  let to = p.packed;
  for (let g = 0; g < p.groups; g++) {
    let from = p.other + g * p.otherGroup;
    for (let b = 0; b < p.blocks; b++) {
      const rows = p.leastBlock + i32(b < p.largerBlocks);
      for (let k = p.otherOffsets, end = k + (p.taps << 2); k < end; k += 4, to += rows * size) {
        const w = from + load<u32>(k);
        store<T>(to, load<T>(w));
        if (rows > 1) store<T>(to, load<T>(w + step), sizeof<T>());
        if (rows > 2) store<T>(to, load<T>(w + 2 * step), 2 * sizeof<T>());
        if (rows > 3) store<T>(to, load<T>(w + 3 * step), 3 * sizeof<T>());
      }
      from += rows * step;
    }
  }
}

/** The tile through memory, to an output whose pixels are not neighbours or too few. */
function spread<T>(tile: usize, out: usize, plane: i32, step: i32, rows: i32, columns: i32): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      store<T>(out + i * plane + j * step, load<T>(tile + (i << 6) + j * sizeof<T>()));
}

/** No tap meets the plane: the output is what it starts from. */
function begin<T>(out: usize, plane: i32, step: i32, rows: i32, columns: i32, start: usize): void {
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) store<T>(out + i * plane + j * step, load<T>(start + i * sizeof<T>()));
}

/**
 * `count` times `columns` neighbouring outputs of every channel of a group, from taps [first, last). Columns are read as
 * `vectors` whole vectors; if they are not as many, or not neighbours in memory, `count` is 1.
 */
function strip<T>(
  p: Geometry, out: usize, b: usize, weights: usize, first: i32, last: i32, columns: i32, vectors: i32, count: i32,
): void {
  const size = <i32>sizeof<T>(), plane = p.outPlane, step = p.outColumn, stride = p.taps * size, least = p.leastBlock;
  const whole = columns * size == vectors << 4 && step == size;
  const offset = p.offsets + (<usize>first << 2), end = p.offsets + (<usize>(last - 1) << 2), tile = p.tile;
  let start = p.start, larger = p.largerBlocks;
  for (let left = p.blocks; left > 0; left--, larger--) {
    const rows = least + i32(larger > 0), a = weights + first * rows * size;
    if (first >= last) begin<T>(out, plane, step, rows, columns * count, start);
    else if (whole) compute<T>(rows, vectors, offset, end, a, b, out, plane, start, count);
    else {
      compute<T>(rows, vectors, offset, end, a, b, tile, 64, start, 1);
      spread<T>(tile, out, plane, step, rows, columns);
    }
    out += rows * plane;
    start += rows * size;
    weights += rows * stride;
  }
}

/** One row of outputs from source address `b`, in strips of whole vectors. */
function line<T>(p: Geometry, out: usize, b: usize, weights: usize, first: i32, last: i32): void {
  const size = <i32>sizeof<T>(), vector = 16 / size, width = p.outWidth;
  const most = (p.outputs == 1 ? 4 : 2) * vector;
  for (let i = 0; i < width; ) {
    const left = width - i;
    let full = left > 2 * vector ? most : left > vector ? 2 * vector : vector, count = 1;
    while (full > width && full > vector) full >>= 1;
    // A strip that is not full is moved left over outputs already done: the same values again, in whole vectors.
    if (left >= full) count = min(left / full, p.batch);
    else if (width >= full) i = width - full;
    const columns = min(full, width - i);
    strip<T>(p, out + i * p.outColumn, b + i * size, weights, first, last, columns, full / vector, count);
    i += columns * count;
  }
}

function correlate<T>(p: Geometry): void {
  const size = <i32>sizeof<T>(), rowTaps = p.kernelRows == 0 ? 0 : p.taps / p.kernelRows, dilation = p.rowDilation;
  packWeights<T>(p);
  for (let n = 0; n < p.images; n++) {
    for (let g = 0; g < p.groups; g++) {
      for (let o = 0; o < p.outputs; o++)
        store<T>(p.start + o * size, p.bias ? load<T>(p.bias + (g * p.outputs + o) * p.biasStride) : <T>0);
      const from = source<T>(p, n, g), weights = p.packed + g * p.outputs * p.taps * size;
      const out = p.out + n * p.outImage + g * p.outputs * p.outPlane;
      for (let r = 0; r < p.outHeight; r++) {
        // Rows of the kernel that meet the plane: 0 ≤ top + j·dilation < height.
        const top = r * p.rowStep + p.rowStart, below = p.height - top;
        const first = top < 0 ? (dilation - 1 - top) / dilation : 0;
        const last = below > 0 ? min(p.kernelRows, (below + dilation - 1) / dilation) : 0;
        line<T>(p, out + r * p.outRow, from + r * p.rowStep * p.rowBytes, weights, first * rowTaps, last * rowTaps);
      }
    }
  }
}

export function f32_conv_correlate(p: Geometry): void { correlate<f32>(p); }
export function f64_conv_correlate(p: Geometry): void { correlate<f64>(p); }
