/** Triangular systems and the Cholesky factor. Matrices are row-major in float64. */

/** Overwrites b [n, k] with A⁻¹b, reading one triangle of a [n, n]. */
export function solveTriangular(
  a: Float64Array,
  n: number,
  b: Float64Array,
  k: number,
  upper: boolean,
  unit: boolean,
): void {
  for (let step = 0; step < n; step++) {
    const i = upper ? n - 1 - step : step;
    const [from, to] = upper ? [i + 1, n] : [0, i];
    for (let j = from; j < to; j++) {
      const factor = a[i * n + j]!;
      if (factor !== 0) for (let c = 0; c < k; c++) b[i * k + c]! -= factor * b[j * k + c]!;
    }
    if (!unit) for (let c = 0; c < k; c++) b[i * k + c]! /= a[i * n + i]!;
  }
}

/**
 * Overwrites a [n, n] with L of A = LLᵀ, reading the lower triangle.
 *
 * Returns the order of the first leading minor that is not positive, 0 if all are.
 */
export function factorCholesky(a: Float64Array, n: number): number {
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < j; i++) a[i * n + j] = 0;
    let rest = a[j * n + j]!;
    for (let c = 0; c < j; c++) rest -= a[j * n + c]! * a[j * n + c]!;
    if (!(rest > 0)) return j + 1;
    const root = Math.sqrt(rest);
    a[j * n + j] = root;
    for (let i = j + 1; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let c = 0; c < j; c++) sum -= a[i * n + c]! * a[j * n + c]!;
      a[i * n + j] = sum / root;
    }
  }
  return 0;
}
