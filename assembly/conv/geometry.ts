/**
 * What a correlation of planes is made of.
 *
 * Along each axis, output i meets tap j at source index i·stride + j·dilation + start, which covers a forward convolution
 * (start = −padding) and, with the taps of one residue taken backwards, its adjoint in x. Tap k of all `channels` · kernel
 * rows · kernel columns stands at `offsets[k]` bytes from the source element of the first tap, whatever the output.
 *
 * Sources that overhang the plane, or whose columns are not neighbours, are first laid out in `planes`: rows of zero-padded
 * pixels, pixels of one residue modulo the stride side by side, so that the pixels of neighbouring outputs are neighbours.
 *
 *   stride 2, padding 1:   x0 x1 x2 x3 x4 x5   →   0 x1 x3 x5 | x0 x2 x4 0
 *
 * Lengths of memory are in bytes, sizes and indices in elements.
 */
@unmanaged
export class Geometry {
  // ── the source, any strides ──
  x: usize;
  images: i32;
  groups: i32;
  /** Channels of a group. */
  channels: i32;
  height: i32;
  width: i32;
  imageStride: i32;
  channelStride: i32;
  rowStride: i32;
  columnStride: i32;

  // ── the source as it is read: in place, or in `planes` if that is not 0 ──
  planes: usize;
  /** Source row and column of the first element of a plane, and rows in it. */
  firstRow: i32;
  firstColumn: i32;
  rows: i32;
  /** Residues of a row, and pixels of each. */
  residues: i32;
  segment: i32;
  planeBytes: i32;
  rowBytes: i32;
  /** From the start of a plane to what the first output takes from the first tap. */
  origin: i32;

  // ── the taps ──
  /** u32 [K]: from the source of the first tap to that of tap k; row by row of the kernel. */
  offsets: usize;
  taps: i32;
  /** The row axis. */
  kernelRows: i32;
  rowStart: i32;
  rowStep: i32;
  rowDilation: i32;

  // ── the output ──
  out: usize;
  /** Channels of a group. */
  outputs: i32;
  outHeight: i32;
  outWidth: i32;
  outImage: i32;
  outPlane: i32;
  outRow: i32;
  outColumn: i32;
  /** Blocks of at most 4 channels: the first `largerBlocks` have one channel more than the others. */
  blocks: i32;
  leastBlock: i32;
  largerBlocks: i32;
  /** Strips of a row that one block does before the next takes over. */
  batch: i32;

  // ── the other operand: weights of a correlation, or the output's gradient ──
  other: usize;
  otherImage: i32;
  otherGroup: i32;
  otherOutput: i32;
  otherRow: i32;
  otherColumn: i32;
  /** u32 [K]: from the weight of the first tap to that of tap k. */
  otherOffsets: usize;
  /** Room to lay it out. */
  packed: usize;
  /** Output rows whose gradient is laid out at a time. */
  chunk: i32;

  bias: usize;
  biasStride: i32;
  /** Room for `outputs` numbers, for a tile, for sums. */
  start: usize;
  tile: usize;
  sums: usize;
}

/** Address of the elements that image `n`, group `g` is read from, laid out in `planes` if need be. */
export function source<T>(p: Geometry, n: i32, g: i32): usize {
  const x = p.x + n * p.imageStride + g * p.channels * p.channelStride;
  if (p.planes == 0) return x + p.origin;
  const first = max(0, -p.firstRow), last = min(p.rows, p.height - p.firstRow);
  for (let c = 0; c < p.channels; c++) {
    const to = p.planes + c * p.planeBytes, from = x + c * p.channelStride;
    for (let i = first; i < last; i++) row<T>(p, to + i * p.rowBytes, from + (p.firstRow + i) * p.rowStride);
  }
  return p.planes + p.origin;
}

/** Lays out one row; what is padding has been zero from the start. */
function row<T>(p: Geometry, to: usize, from: usize): void {
  const step = p.residues * p.columnStride, size = <i32>sizeof<T>();
  for (let q = 0; q < p.residues; q++) {
    const column = p.firstColumn + q;
    const low = column < 0 ? (p.residues - 1 - column) / p.residues : 0;
    const high = min(p.segment, (p.width - column + p.residues - 1) / p.residues);
    let o = to + (q * p.segment + low) * size, a = from + column * p.columnStride + low * step, n = high - low;
    if (step == size)
      for (; n >= 16 / size; n -= 16 / size, a += 16, o += 16) v128.store(o, v128.load(a));
    for (; n > 0; n--, a += step, o += size) store<T>(o, load<T>(a));
  }
}
