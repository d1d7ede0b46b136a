/** Eigenvalues and singular values by Jacobi's rotations. Matrices are row-major in float64. */

/** Sweeps after which rounding alone is left; a handful is usual. */
const SWEEPS = 60;
const EPSILON = 2.220446049250313e-16 / 2;

/** The tangent of the angle that makes the 2×2 matrix with diagonal (a, b) and `off` beside it diagonal. */
function tangent(a: number, b: number, off: number): number {
  const zeta = (b - a) / (2 * off);
  const t = 1 / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  return zeta < 0 ? -t : t;
}

/** Turns rows p and q of a […, n] by the angle with cosine c and sine s. */
function turnRows(a: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[p * n + i]!, a[q * n + i]!];
    a[p * n + i] = c * x - s * y;
    a[q * n + i] = s * x + c * y;
  }
}

/** The places of the values from least to greatest. */
const ascending = (values: Float64Array): number[] =>
  Array.from(values.keys()).sort((i, j) => values[i]! - values[j]! || i - j);

const allFinite = (a: Float64Array): boolean => a.every((x) => x - x === 0);

/** A symmetric matrix as V·diag(values)·Vᵀ: values ascending, eigenvectors in V's columns. */
export function eigenSymmetric(
  input: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  if (!allFinite(input))
    return {
      values: new Float64Array(n).fill(Number.NaN),
      vectors: new Float64Array(n * n).fill(Number.NaN),
    };
  const a = input.slice();
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  const least = (EPSILON / 2) * Math.sqrt(a.reduce((sum, x) => sum + x * x, 0));
  for (let sweep = 0, turned = true; turned && sweep < SWEEPS; sweep++) {
    turned = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const off = a[p * n + q]!;
        if (Math.abs(off) <= least) continue;
        turned = true;
        const t = tangent(a[p * n + p]!, a[q * n + q]!, off);
        const c = 1 / Math.sqrt(1 + t * t);
        rotateBoth(a, n, p, q, c, c * t);
        turnRows(rows, n, p, q, c, c * t);
      }
  }
  const order = ascending(Float64Array.from({ length: n }, (_, i) => a[i * n + i]!));
  const vectors = new Float64Array(n * n);
  order.forEach((from, j) => {
    for (let i = 0; i < n; i++) vectors[i * n + j] = rows[from * n + i]!;
  });
  return { values: Float64Array.from(order, (i) => a[i * n + i]!), vectors };
}

/** JᵀAJ for a symmetric A, with zeros where the rotation puts them. */
function rotateBoth(a: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  turnRows(a, n, p, q, c, s);
  for (let i = 0; i < n; i++) {
    const [x, y] = [a[i * n + p]!, a[i * n + q]!];
    a[i * n + p] = c * x - s * y;
    a[i * n + q] = s * x + c * y;
  }
  a[p * n + q] = 0;
  a[q * n + p] = 0;
}

export interface Singular {
  /** [m, m] */
  readonly u: Float64Array;
  /** Descending, [min(m, n)]. */
  readonly s: Float64Array;
  /** [n, n] */
  readonly vt: Float64Array;
}

/** A [m, n] as U·diag(s)·Vᵀ with square U and V; the columns of A are turned until each is at right angles to all others. */
export function singular(a: Float64Array, m: number, n: number): Singular {
  if (m < n) {
    const { u, s, vt } = singular(transposed(a, m, n), n, m);
    return { u: transposed(vt, m, m), s, vt: transposed(u, n, n) };
  }
  const scale = a.reduce((top, x) => Math.max(top, Math.abs(x)), 0) || 1;
  const columns = transposed(a, m, n).map((x) => x / scale);
  const v = new Float64Array(n * n);
  for (let i = 0; i < n; i++) v[i * n + i] = 1;
  const dot = (p: number, q: number) => {
    let sum = 0;
    for (let i = 0; i < m; i++) sum += columns[p * m + i]! * columns[q * m + i]!;
    return sum;
  };
  for (let sweep = 0, turned = true; turned && sweep < SWEEPS; sweep++) {
    turned = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        const [pp, qq, pq] = [dot(p, p), dot(q, q), dot(p, q)];
        if (Math.abs(pq) <= EPSILON * Math.sqrt(pp * qq)) continue;
        turned = true;
        const t = tangent(pp, qq, pq);
        const c = 1 / Math.sqrt(1 + t * t);
        turnRows(columns, m, p, q, c, c * t);
        turnRows(v, n, p, q, c, c * t);
      }
  }
  const lengths = Float64Array.from({ length: n }, (_, j) => Math.sqrt(dot(j, j)));
  const order = ascending(lengths.map((x) => -x));
  const [u, vt] = [new Float64Array(m * m), new Float64Array(n * n)];
  order.forEach((from, j) => {
    for (let i = 0; i < n; i++) vt[j * n + i] = v[from * n + i]!;
    if (lengths[from]! > 0)
      for (let i = 0; i < m; i++) u[j * m + i] = columns[from * m + i]! / lengths[from]!;
  });
  const rank = lengths.reduce((count, x) => count + (x > 0 ? 1 : 0), 0);
  for (let j = rank; j < m; j++) completeRow(u, m, j);
  return { u: transposed(u, m, m), s: Float64Array.from(order, (j) => lengths[j]! * scale), vt };
}

/** Makes row j of a matrix [m, m] whose rows before it are orthonormal orthonormal to them. */
function completeRow(u: Float64Array, m: number, j: number): void {
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < m; i++) {
    let shadow = 0;
    for (let r = 0; r < j; r++) shadow += u[r * m + i]! * u[r * m + i]!;
    if (shadow < least) [best, least] = [i, shadow];
  }
  const row = u.subarray(j * m, (j + 1) * m).fill(0);
  row[best] = 1;
  // Twice is enough: what rounding leaves of the first pass, the second takes away.
  for (let pass = 0; pass < 2; pass++) {
    for (let r = 0; r < j; r++) {
      let sum = 0;
      for (let i = 0; i < m; i++) sum += row[i]! * u[r * m + i]!;
      for (let i = 0; i < m; i++) row[i]! -= sum * u[r * m + i]!;
    }
    const length = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0));
    for (let i = 0; i < m; i++) row[i]! /= length;
  }
}

/** [m, n] → [n, m]. */
export function transposed(a: Float64Array, m: number, n: number): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j]!;
  return out;
}
