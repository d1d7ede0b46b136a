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
  private readonly extents: number[] = [];
  private readonly outer: number[][] = [];

  /** Lays out arrays of one shape. */
  arrange(arrays: readonly NDArray[]): this {
    const { shape } = arrays[0]!;
    const k = arrays.length;
    this.rank = -1;
    this.count = 1;
    for (let d = shape.length - 1; d >= 0; d--) {
      const n = shape[d]!;
      if (n === 1) continue;
      if (this.rank >= 0 && this.joins(arrays, d)) {
        this.extents[this.rank]! *= n;
        continue;
      }
      this.rank++;
      this.extents[this.rank] = n;
      const steps = (this.outer[this.rank] ??= []);
      for (let j = 0; j < k; j++) steps[j] = arrays[j]!.strides[d]! * sizeOf(arrays[j]!.dtype);
    }
    this.steps.length = 0;
    for (let j = 0; j < k; j++) this.steps[j] = this.rank < 0 ? sizeOf(arrays[j]!.dtype) : this.outer[0]![j]!;
    this.count = this.rank < 0 ? 1 : this.extents[0]!;
    this.rank = Math.max(this.rank, 0);
    return this;
  }

  /** Whether dim `d` goes on where the dims inside it end, for every array. */
  private joins(arrays: readonly NDArray[], d: number): boolean {
    const steps = this.outer[this.rank]!;
    const extent = this.extents[this.rank]!;
    for (let j = 0; j < arrays.length; j++)
      if (arrays[j]!.strides[d]! * sizeOf(arrays[j]!.dtype) !== steps[j]! * extent) return false;
    return true;
  }

  /** Writes the outer dims, outermost first, each as its extent and one stride an array. */
  write(i32: Int32Array, address: number): void {
    let at = address >> 2;
    for (let r = this.rank; r >= 1; r--) {
      i32[at++] = this.extents[r]!;
      for (let j = 0; j < this.steps.length; j++) i32[at++] = this.outer[r]![j]!;
    }
  }
}
