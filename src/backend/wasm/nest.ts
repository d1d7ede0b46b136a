/**
 * @file Rows for elementwise kernels.
 *
 * A kernel runs along one row and repeats it over a nest of outer dims. Neighbouring dims that every operand walks with one
 * step are joined first, so contiguous arrays of any rank are a single row.
 */
import { sizeOf } from "../../core/dtype.js";
import type { NDArray } from "../backend.js";

export class Nest {
  /** Outer dims, and elements in a row. */
  rank = 0;
  count = 0;
  /** Bytes from one element of a row to the next, for each array. */
  readonly steps: number[] = [];
  private arrays = 0;
  private readonly extents: number[] = [];
  /** Of each dim, innermost first, one stride an array. */
  private readonly strides: number[] = [];
  private readonly sizes: number[] = [];

  /** Lays out arrays of one shape. */
  arrange(arrays: readonly NDArray[]): this {
    const { steps, extents, strides, sizes } = this;
    const { shape } = arrays[0]!;
    const k = arrays.length;
    this.arrays = k;
    for (let j = 0; j < k; j++) steps[j] = sizes[j] = sizeOf(arrays[j]!.dtype);
    let dims = 0;
    for (let d = shape.length - 1; d >= 0; d--) {
      const n = shape[d]!;
      if (n === 1) continue;
      if (dims > 0 && this.joins(arrays, d, dims - 1)) {
        extents[dims - 1]! *= n;
        continue;
      }
      extents[dims] = n;
      for (let j = 0; j < k; j++) strides[dims * k + j] = arrays[j]!.strides[d]! * sizes[j]!;
      dims++;
    }
    if (dims > 0) for (let j = 0; j < k; j++) steps[j] = strides[j]!;
    this.count = dims > 0 ? extents[0]! : 1;
    this.rank = Math.max(dims - 1, 0);
    return this;
  }

  /** Whether dim `d` goes on where the laid out dim `inner` ends, for every array. */
  private joins(arrays: readonly NDArray[], d: number, inner: number): boolean {
    const { strides, sizes, arrays: k } = this;
    const extent = this.extents[inner]!;
    for (let j = 0; j < k; j++)
      if (arrays[j]!.strides[d]! * sizes[j]! !== strides[inner * k + j]! * extent) return false;
    return true;
  }

  /** Writes the outer dims, outermost first, each as its extent and one stride an array. */
  write(i32: Int32Array, address: number): void {
    const { extents, strides, arrays: k } = this;
    let at = address >>> 2;
    for (let r = this.rank; r >= 1; r--) {
      i32[at++] = extents[r]!;
      for (let j = 0; j < k; j++) i32[at++] = strides[r * k + j]!;
    }
  }
}
