/** @file A = QR by Householder's reflections I − τvvᵀ, signs as in LAPACK. Matrices are row-major in float64. */

/** Overwrites a [m, n] with R above and on the diagonal, and below it the reflections' v (v₀ = 1); returns their τ. */
export function factorQR(a: Float64Array, m: number, n: number): Float64Array {
  const k = Math.min(m, n);
  const tau = new Float64Array(k);
  for (let j = 0; j < k; j++) {
    let largest = 0;
    for (let i = j + 1; i < m; i++) largest = Math.max(largest, Math.abs(a[i * n + j]!));
    if (largest === 0) continue;
    const alpha = a[j * n + j]!;
    largest = Math.max(largest, Math.abs(alpha));
    // Scaled, so that squares neither overflow nor vanish.
    let squares = 0;
    for (let i = j; i < m; i++) squares += (a[i * n + j]! / largest) * (a[i * n + j]! / largest);
    const length = largest * Math.sqrt(squares);
    const beta = alpha > 0 || Object.is(alpha, 0) ? -length : length;
    tau[j] = (beta - alpha) / beta;
    for (let i = j + 1; i < m; i++) a[i * n + j]! /= alpha - beta;
    a[j * n + j] = beta;
    for (let c = j + 1; c < n; c++) {
      let sum = a[j * n + c]!;
      for (let i = j + 1; i < m; i++) sum += a[i * n + j]! * a[i * n + c]!;
      sum *= tau[j]!;
      a[j * n + c]! -= sum;
      for (let i = j + 1; i < m; i++) a[i * n + c]! -= sum * a[i * n + j]!;
    }
  }
  return tau;
}

/** The first `columns` columns [m, columns] of the product of the reflections that lie in a [m, n]. */
export function formQ(
  a: Float64Array,
  tau: Float64Array,
  m: number,
  n: number,
  columns: number,
): Float64Array {
  const q = new Float64Array(m * columns);
  for (let i = 0; i < Math.min(m, columns); i++) q[i * columns + i] = 1;
  for (let j = tau.length - 1; j >= 0; j--)
    for (let c = 0; c < columns; c++) {
      let sum = q[j * columns + c]!;
      for (let i = j + 1; i < m; i++) sum += a[i * n + j]! * q[i * columns + c]!;
      sum *= tau[j]!;
      q[j * columns + c]! -= sum;
      for (let i = j + 1; i < m; i++) q[i * columns + c]! -= sum * a[i * n + j]!;
    }
  return q;
}
