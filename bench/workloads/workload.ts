/** A piece of work that is timed. */
import type { Tensor } from "wasmgrad";

export interface Workload {
  readonly name: string;
  /** Workloads of a group are timed in one process. */
  readonly group: string;
  /** Multiplications and additions of a call. */
  readonly flops?: number;
  /** Bytes that a call has to read and write. */
  readonly bytes?: number;
  /** What bounds the bytes: a copy unless nothing is written. */
  readonly bound?: "copy" | "read";
  /** Whether a call is a training step that returns its loss. */
  readonly trains?: boolean;
  /** Makes the inputs and returns the call. */
  prepare(): () => Tensor;
}

/** The work of a call per millisecond, in 10⁶: GFLOP/s or GB/s. Nothing where only the time matters. */
export function rateOf({ flops, bytes }: Workload, milliseconds: number): number | undefined {
  const work = flops ?? bytes;
  return work === undefined ? undefined : work / milliseconds / 1e6;
}
