/**
 * @file Products of matrices: C[m, n] = A[m, k]·B[k, n] (+ bias[n] in every row).
 *
 *     <dtype>_gemm_matmul(m, n, k, a, ar, ak, b, bk, bn, c, cs, bias, sbias, workspace)
 *     <dtype>_gemm_workspace(m, n, k)    bytes of workspace that needs
 *
 * Addresses and byte strides: any for A (`ar` row, `ak` k), B (`bk` k, `bn` column) and bias (0 for none);
 * C in rows `cs` apart. m, n ≥ 1. Elements are aligned, workspace to 16 bytes; C overlaps nothing. Integers
 * wrap.
 *
 * Order of summation: k in blocks of 256; each block in ascending order from 0, the blocks added in order
 * to the bias (the first becomes the result where there is none). So an element's bits depend on k alone,
 * not on m, n, layout, or how rows are shared out. |error| ≤ (min(k, 256) + ⌈k/256⌉)·u·Σ|a·b|, u the unit
 * roundoff.
 *
 * The loops are Goto's: a block of B (256 × 512 float32) stays in the outer caches and a block of A (128 ×
 * 256) in the middle one, while tiles of 4 × 8 run down a panel of B (256 × 8) in the first. K. Goto and R.
 * van de Geijn, "Anatomy of High-Performance Matrix Multiplication", 2008.
 */
import { looseStrip, looseTile, tile } from "./micro";
import { doubled, panels } from "./pack";

/** Depth of a block. */
const KC: i32 = 256;
/** A tile that sticks out of C is made here first. */
const SCRATCH: usize = 128;

// @ts-ignore: decorator
@inline
function mostRows<T>(): i32 { return sizeof<T>() == 4 ? 128 : 64; }
// @ts-ignore: decorator
@inline
function mostColumns<T>(): i32 { return sizeof<T>() == 4 ? 512 : 256; }

/** Whether both operands are packed: when each element is read often enough. */
// @ts-ignore: decorator
@inline
function packs(m: i32, n: i32): bool { return m >= 16 && n >= 16; }

// @ts-ignore: decorator
@inline
function roundUp(x: i32, step: i32): i32 { return (x + step - 1) / step * step; }

/** Bytes of the packed block of A: 8-byte elements are there twice. */
// @ts-ignore: decorator
@inline
function bytesOfA<T>(m: i32, k: i32): usize {
  return <usize>(roundUp(min(m, mostRows<T>()), 4) * min(k, KC)) * (sizeof<T>() == 4 ? 4 : 16);
}

function workspace<T>(m: i32, n: i32, k: i32): usize {
  const columns = roundUp(min(n, mostColumns<T>()), 32 / <i32>sizeof<T>());
  return SCRATCH + bytesOfA<T>(m, k) + <usize>(columns * min(k, KC)) * sizeof<T>();
}

function matmul<T>(
  m: i32, n: i32, k: i32, a: usize, ar: usize, ak: usize, b: usize, bk: usize, bn: usize,
  c: usize, cs: usize, bias: usize, sbias: usize, scratch: usize,
): void {
  const width = 32 / <i32>sizeof<T>(), MC = mostRows<T>(), NC = mostColumns<T>();
  const aPanels = scratch + SCRATCH, bPanels = aPanels + bytesOfA<T>(m, k);
  const tight = packs(m, n);
  // B in rows can be read where it is, but for a last panel that would reach beyond its columns.
  const loose = !tight && bn == sizeof<T>() && bk != 0;
  const started = bias != 0;
  if (started || k == 0) begin<T>(m, n, c, cs, bias, sbias);
  for (let j = 0; j < n; j += NC) {
    const nc = min(NC, n - j);
    const there = loose ? nc - nc % width : 0;
    for (let p = 0; p < k; p += KC) {
      const kc = min(KC, k - p);
      const add = started || p > 0;
      const bBlock = b + <usize>p * bk + <usize>j * bn;
      packB<T>(bBlock + <usize>there * bn, bn, bk, nc - there, kc, bPanels);
      for (let i = 0; i < m; i += MC) {
        const mc = min(MC, m - i);
        const aBlock = a + <usize>i * ar + <usize>p * ak;
        if (tight) packA<T>(aBlock, ar, ak, mc, kc, aPanels);
        for (let q = 0; q < nc; q += width) {
          const columns = min(width, nc - q);
          const to = c + <usize>i * cs + <usize>(j + q) * sizeof<T>();
          const direct = q < there;
          const panel = direct ? bBlock + <usize>q * bn : bPanels + <usize>((q - there) * kc) * sizeof<T>();
          if (tight) tightColumn<T>(mc, columns, kc, aPanels, panel, to, cs, add, scratch);
          else looseColumn<T>(mc, columns, kc, aBlock, ar, ak, panel, direct ? bk : 32, to, cs, add, scratch);
        }
      }
    }
  }
}

// @ts-ignore: decorator
@inline
function packA<T>(src: usize, s: usize, sk: usize, n: i32, k: i32, out: usize): void {
  if (sizeof<T>() == 4) panels<u32>(src, s, sk, n, k, 4, out);
  else doubled(src, s, sk, n, k, out);
}
// @ts-ignore: decorator
@inline
function packB<T>(src: usize, s: usize, sk: usize, n: i32, k: i32, out: usize): void {
  if (sizeof<T>() == 4) panels<u32>(src, s, sk, n, k, 8, out);
  else panels<u64>(src, s, sk, n, k, 4, out);
}

/** Tiles down one panel of B, both packed: C[mc, nc], nc ≤ 2 vectors. */
function tightColumn<T>(
  mc: i32, nc: i32, kc: i32, a: usize, b: usize, c: usize, cs: usize, add: bool, scratch: usize,
): void {
  const fits = nc == 32 / <i32>sizeof<T>();
  const down = <usize>kc * (sizeof<T>() == 4 ? 16 : 64);
  for (let i = 0; i < mc; i += 4) {
    const rows = min(4, mc - i);
    if (fits) tile<T>(kc, a, b, c, cs, rows, add);
    else {
      tile<T>(kc, a, b, scratch, 32, rows, false);
      take<T>(rows, nc, scratch, c, cs, add);
    }
    a += down; c += 4 * cs;
  }
}

/** The same with A as it is, and B in rows `bs` apart. */
function looseColumn<T>(
  mc: i32, nc: i32, kc: i32, a: usize, ar: usize, ak: usize, b: usize, bs: usize,
  c: usize, cs: usize, add: bool, scratch: usize,
): void {
  const lanes = 16 / <i32>sizeof<T>();
  const narrow = nc <= lanes, fits = nc == lanes || nc == 2 * lanes;
  const to = fits ? c : scratch, ts: usize = fits ? cs : 32;
  for (let i = 0; i < mc; i += 4) {
    const rows = min(4, mc - i);
    const down = <usize>i * cs, at = fits ? to + down : to;
    if (narrow) looseStrip<T>(kc, a, ar, ak, b, bs, at, ts, rows, fits && add);
    else looseTile<T>(kc, a, ar, ak, b, bs, at, ts, rows, fits && add);
    if (!fits) take<T>(rows, nc, scratch, c + down, cs, add);
    a += 4 * ar;
  }
}

/** The part of a tile that C has room for. */
function take<T>(rows: i32, columns: i32, from: usize, c: usize, cs: usize, add: bool): void {
  for (let i = 0; i < rows; i++) {
    for (let j: usize = 0; j < <usize>columns * sizeof<T>(); j += sizeof<T>()) {
      const value = load<T>(from + j);
      store<T>(c + j, add ? load<T>(c + j) + value : value);
    }
    from += 32; c += cs;
  }
}

/** What the sums are added to: the bias, or zeros, in every row. */
function begin<T>(m: i32, n: i32, c: usize, cs: usize, bias: usize, sbias: usize): void {
  for (let j: usize = 0; j < <usize>n; j++) {
    store<T>(c + j * sizeof<T>(), bias != 0 ? load<T>(bias + j * sbias) : 0);
  }
  for (let i = 1; i < m; i++) memory.copy(c + <usize>i * cs, c, <usize>n * sizeof<T>());
}

export function f32_gemm_workspace(m: i32, n: i32, k: i32): usize { return workspace<f32>(m, n, k); }
export function f64_gemm_workspace(m: i32, n: i32, k: i32): usize { return workspace<f64>(m, n, k); }
export function i32_gemm_workspace(m: i32, n: i32, k: i32): usize { return workspace<i32>(m, n, k); }
export function i64_gemm_workspace(m: i32, n: i32, k: i32): usize { return workspace<i64>(m, n, k); }

export function f32_gemm_matmul(
  m: i32, n: i32, k: i32, a: usize, ar: usize, ak: usize, b: usize, bk: usize, bn: usize,
  c: usize, cs: usize, bias: usize, sbias: usize, workspace: usize,
): void { matmul<f32>(m, n, k, a, ar, ak, b, bk, bn, c, cs, bias, sbias, workspace); }
export function f64_gemm_matmul(
  m: i32, n: i32, k: i32, a: usize, ar: usize, ak: usize, b: usize, bk: usize, bn: usize,
  c: usize, cs: usize, bias: usize, sbias: usize, workspace: usize,
): void { matmul<f64>(m, n, k, a, ar, ak, b, bk, bn, c, cs, bias, sbias, workspace); }
export function i32_gemm_matmul(
  m: i32, n: i32, k: i32, a: usize, ar: usize, ak: usize, b: usize, bk: usize, bn: usize,
  c: usize, cs: usize, bias: usize, sbias: usize, workspace: usize,
): void { matmul<i32>(m, n, k, a, ar, ak, b, bk, bn, c, cs, bias, sbias, workspace); }
export function i64_gemm_matmul(
  m: i32, n: i32, k: i32, a: usize, ar: usize, ak: usize, b: usize, bk: usize, bn: usize,
  c: usize, cs: usize, bias: usize, sbias: usize, workspace: usize,
): void { matmul<i64>(m, n, k, a, ar, ak, b, bk, bn, c, cs, bias, sbias, workspace); }
