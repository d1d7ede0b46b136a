/**
 * A logical row: the elements that are joined into one, or walked along, however they lie in memory.
 *
 * `dims` points at `rank` ≥ 1 pairs of i32, outermost first: extent and byte stride. Element i of the row is the i-th in
 * row-major order of those dims. A row is worked through in blocks of BLOCK elements; a block that does not lie in one
 * piece is gathered into scratch memory first, so a strided row gives the same bits as a contiguous one.
 */
export const BLOCK: i32 = 1024;

/** Bytes from the row's start to its element i. */
export function rowOffset(rank: i32, dims: usize, i: i32): usize {
  let at: usize = 0;
  for (let k = rank - 1; k > 0; k--) {
    const extent = load<i32>(dims + (<usize>k << 3));
    const quotient = i / extent;
    at += <usize>(i - quotient * extent) * <usize>load<i32>(dims + (<usize>k << 3), 4);
    i = quotient;
  }
  return at + <usize>i * <usize>load<i32>(dims, 4);
}

/** The address of elements i … i + count in one piece: where they are, or gathered at `scratch`. */
export function rowPiece<T>(rank: i32, dims: usize, a: usize, i: i32, count: i32, scratch: usize): usize {
  const last = dims + (<usize>(rank - 1) << 3);
  const extent = load<i32>(last), stride = <usize>load<i32>(last, 4);
  let start = rank == 1 ? i : i % extent;
  if (stride == sizeof<T>() && start + count <= extent) return a + rowOffset(rank, dims, i);
  let to = scratch;
  while (count > 0) {
    const run = min(count, extent - start);
    let from = a + rowOffset(rank, dims, i);
    if (stride == sizeof<T>()) {
      memory.copy(to, from, <usize>run * sizeof<T>());
      to += <usize>run * sizeof<T>();
    } else {
      for (let j = 0; j < run; j++) {
        store<T>(to, load<T>(from));
        from += stride;
        to += sizeof<T>();
      }
    }
    i += run;
    count -= run;
    start = 0;
  }
  return scratch;
}

/** Where a long row is cut in two: half of its blocks, rounded up. */
// @ts-ignore: decorator
@inline
export function half(n: i32): i32 { return ((n + 2 * BLOCK - 1) / (2 * BLOCK)) * BLOCK; }
