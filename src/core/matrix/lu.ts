/** @file PA = LU by partial pivoting, and what is solved with it. Matrices are row-major in float64. */
import { solveTriangular } from "./triangular.js";

/** What a factorisation found beside the factors it wrote. */
export interface Pivoted {
  /** Row i was exchanged with row pivots[i] − 1, as LAPACK counts. */
  readonly pivots: Int32Array;
  /** The first zero pivot, counted from 1; 0 if there is none. */
  readonly info: number;
}

/** Overwrites a [m, n] with U above and on the diagonal, and the unit lower triangular L below. */
export function factorLU(a: Float64Array, m: number, n: number): Pivoted {
  const k = Math.min(m, n);
  const pivots = new Int32Array(k);
  let info = 0;
  for (let j = 0; j < k; j++) {
    let best = j;
    for (let i = j + 1; i < m; i++) if (Math.abs(a[i * n + j]!) > Math.abs(a[best * n + j]!)) best = i;
    pivots[j] = best + 1;
    if (best !== j) exchangeRows(a, n, j, best);
    const pivot = a[j * n + j]!;
    if (pivot === 0) {
      info ||= j + 1;
      continue;
    }
    for (let i = j + 1; i < m; i++) {
      const factor = a[i * n + j]! / pivot;
      a[i * n + j] = factor;
      if (factor !== 0) for (let c = j + 1; c < n; c++) a[i * n + c]! -= factor * a[j * n + c]!;
    }
  }
  return { pivots, info };
}

function exchangeRows(a: Float64Array, n: number, i: number, j: number): void {
  for (let c = 0; c < n; c++) [a[i * n + c], a[j * n + c]] = [a[j * n + c]!, a[i * n + c]!];
}

/** Which row of A stands in each of the m rows of PA. */
export function permutationOf(pivots: ArrayLike<number>, m: number): Int32Array {
  const order = Int32Array.from({ length: m }, (_, i) => i);
  for (let i = 0; i < pivots.length; i++) {
    const j = pivots[i]! - 1;
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** Overwrites b [n, k] with A⁻¹b, given A's factors [n, n]. */
export function solveLU(lu: Float64Array, pivots: Int32Array, n: number, b: Float64Array, k: number): void {
  for (let i = 0; i < n; i++) if (pivots[i] !== i + 1) exchangeRows(b, k, i, pivots[i]! - 1);
  solveTriangular(lu, n, b, k, false, true);
  solveTriangular(lu, n, b, k, true, false);
}
