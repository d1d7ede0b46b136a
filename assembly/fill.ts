/**
 * Equal steps.
 *
 *   <float dtype>_fill_arange(rank, dims, n, o, so, start, step)
 *     out[i] = start + i·step in f64, then rounded
 *   <integer dtype>_fill_arange(rank, dims, n, o, so, a0, a1, b0, b1)
 *     the same in i64, which wraps around; words of start and step, low first
 *
 * Element-aligned, a single row (rank 0).
 */
import { BFloat16, Float16 } from "./half";

function fractions<T>(n: i32, o: usize, so: usize, start: f64, step: f64): void {
  for (let i = 0; i < n; i++, o += so) {
    const x = start + <f64>i * step;
    if (isReference<T>()) changetype<T>(0).put<f64>(o, x);
    else store<T>(o, <T>x);
  }
}

function integers<T>(n: i32, o: usize, so: usize, a0: u32, a1: u32, b0: u32, b1: u32): void {
  const step = <i64>(<u64>b1 << 32 | <u64>b0);
  let x = <i64>(<u64>a1 << 32 | <u64>a0);
  for (let i = 0; i < n; i++, o += so, x += step) store<T>(o, <T>x);
}

export function f64_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, start: f64, step: f64,
): void { fractions<f64>(n, o, so, start, step); }
export function f32_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, start: f64, step: f64,
): void { fractions<f32>(n, o, so, start, step); }
export function f16_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, start: f64, step: f64,
): void { fractions<Float16>(n, o, so, start, step); }
export function bf16_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, start: f64, step: f64,
): void { fractions<BFloat16>(n, o, so, start, step); }
export function i64_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a0: u32, a1: u32, b0: u32, b1: u32,
): void { integers<i64>(n, o, so, a0, a1, b0, b1); }
export function i32_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a0: u32, a1: u32, b0: u32, b1: u32,
): void { integers<i32>(n, o, so, a0, a1, b0, b1); }
export function i16_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a0: u32, a1: u32, b0: u32, b1: u32,
): void { integers<i16>(n, o, so, a0, a1, b0, b1); }
export function i8_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a0: u32, a1: u32, b0: u32, b1: u32,
): void { integers<i8>(n, o, so, a0, a1, b0, b1); }
export function u8_fill_arange(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, a0: u32, a1: u32, b0: u32, b1: u32,
): void { integers<u8>(n, o, so, a0, a1, b0, b1); }
