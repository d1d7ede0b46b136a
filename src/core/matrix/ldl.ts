/**
 * @file A = P·L·D·Lᵀ·Pᵀ of a symmetric matrix by Bunch and Kaufman's pivoting, D of 1×1 and 2×2 blocks.
 *
 * Matrices are row-major in float64; the lower triangle is read and written, laid out as LAPACK's sytrf does.
 */
import type { Pivoted } from "./lu.js";

/** Balances how much 1×1 and 2×2 pivots let elements grow. */
const ALPHA = (1 + Math.sqrt(17)) / 8;

/** Which row becomes the pivot of column k, and whether the block is 1×1 or 2×2. */
function choose(a: Float64Array, n: number, k: number): { row: number; size: 1 | 2 } | null {
  const own = Math.abs(a[k * n + k]!);
  let [row, below] = [k, 0];
  for (let i = k + 1; i < n; i++)
    if (Math.abs(a[i * n + k]!) > below) [row, below] = [i, Math.abs(a[i * n + k]!)];
  if (own === 0 && below === 0) return null;
  if (own >= ALPHA * below) return { row: k, size: 1 };
  let beside = 0;
  for (let j = k; j < row; j++) beside = Math.max(beside, Math.abs(a[row * n + j]!));
  for (let i = row + 1; i < n; i++) beside = Math.max(beside, Math.abs(a[i * n + row]!));
  if (own >= ALPHA * below * (below / beside)) return { row: k, size: 1 };
  return { row, size: Math.abs(a[row * n + row]!) >= ALPHA * beside ? 1 : 2 };
}

/** Exchanges rows and columns p < q of the lower triangle, from column `from` on. */
function exchange(a: Float64Array, n: number, p: number, q: number, from: number): void {
  const swap = (x: number, y: number) => {
    [a[x], a[y]] = [a[y]!, a[x]!];
  };
  for (let i = q + 1; i < n; i++) swap(i * n + p, i * n + q);
  for (let i = p + 1; i < q; i++) swap(i * n + p, q * n + i);
  swap(p * n + p, q * n + q);
  for (let j = from; j < p; j++) swap(p * n + j, q * n + j);
}

/** Overwrites the lower triangle of a [n, n] with L and D; negative pivots mark 2×2 blocks. */
export function factorLDL(a: Float64Array, n: number): Pivoted {
  const pivots = new Int32Array(n);
  let info = 0;
  for (let k = 0; k < n; ) {
    const choice = choose(a, n, k);
    const { row, size } = choice ?? { row: k, size: 1 };
    const last = k + size - 1;
    if (row !== last) exchange(a, n, last, row, k);
    if (!choice) info ||= k + 1;
    else if (size === 1) eliminateOne(a, n, k);
    else eliminateTwo(a, n, k);
    for (let i = k; i <= last; i++) pivots[i] = size === 1 ? row + 1 : -(row + 1);
    k += size;
  }
  return { pivots, info };
}

function eliminateOne(a: Float64Array, n: number, k: number): void {
  const inverse = 1 / a[k * n + k]!;
  for (let j = k + 1; j < n; j++) {
    const factor = a[j * n + k]! * inverse;
    for (let i = j; i < n; i++) a[i * n + j]! -= a[i * n + k]! * factor;
  }
  for (let i = k + 1; i < n; i++) a[i * n + k]! *= inverse;
}

function eliminateTwo(a: Float64Array, n: number, k: number): void {
  const off = a[(k + 1) * n + k]!;
  const [d11, d22] = [a[(k + 1) * n + k + 1]! / off, a[k * n + k]! / off];
  const scale = 1 / (d11 * d22 - 1) / off;
  for (let j = k + 2; j < n; j++) {
    const [x, y] = [a[j * n + k]!, a[j * n + k + 1]!];
    const [first, second] = [scale * (d11 * x - y), scale * (d22 * y - x)];
    for (let i = j; i < n; i++) a[i * n + j]! -= a[i * n + k]! * first + a[i * n + k + 1]! * second;
    a[j * n + k] = first;
    a[j * n + k + 1] = second;
  }
}

/** Overwrites b [n, m] with A⁻¹b, given A's factors. */
export function solveLDL(
  a: Float64Array,
  pivots: ArrayLike<number>,
  n: number,
  b: Float64Array,
  m: number,
): void {
  const swapRows = (i: number, j: number) => {
    for (let c = 0; c < m; c++) [b[i * m + c], b[j * m + c]] = [b[j * m + c]!, b[i * m + c]!];
  };
  /** Row `to` of b less `factor` times row `from`. */
  const subtract = (to: number, from: number, factor: number) => {
    for (let c = 0; c < m; c++) b[to * m + c]! -= factor * b[from * m + c]!;
  };
  for (let k = 0; k < n; ) {
    const size = pivots[k]! > 0 ? 1 : 2;
    swapRows(k + size - 1, Math.abs(pivots[k]!) - 1);
    for (let i = k + size; i < n; i++) for (let j = k; j < k + size; j++) subtract(i, j, a[i * n + j]!);
    if (size === 1) for (let c = 0; c < m; c++) b[k * m + c]! /= a[k * n + k]!;
    else solveBlock(a, n, b, m, k);
    k += size;
  }
  for (let k = n - 1; k >= 0; ) {
    const size = pivots[k]! > 0 ? 1 : 2;
    for (let i = k + 1; i < n; i++) for (let j = k; j > k - size; j--) subtract(j, i, a[i * n + j]!);
    swapRows(k, Math.abs(pivots[k]!) - 1);
    k -= size;
  }
}

/** Rows k and k + 1 of b by the 2×2 block of D that stands there. */
function solveBlock(a: Float64Array, n: number, b: Float64Array, m: number, k: number): void {
  const off = a[(k + 1) * n + k]!;
  const [first, second] = [a[k * n + k]! / off, a[(k + 1) * n + k + 1]! / off];
  const determinant = first * second - 1;
  for (let c = 0; c < m; c++) {
    const [x, y] = [b[k * m + c]! / off, b[(k + 1) * m + c]! / off];
    b[k * m + c] = (second * x - y) / determinant;
    b[(k + 1) * m + c] = (first * y - x) / determinant;
  }
}
