/** e to a matrix. Matrices are row-major in float64. */

function times(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      const factor = a[i * n + k]!;
      if (factor !== 0) for (let j = 0; j < n; j++) out[i * n + j]! += factor * b[k * n + j]!;
    }
  return out;
}

/** Terms of the series: enough for float64 once the matrix is no larger than a half. */
const TERMS = 18;

/** e^A of a [n, n]: the series of A/2ˢ, squared s times. */
export function exponential(a: Float64Array, n: number): Float64Array {
  let largest = 0;
  for (let j = 0; j < n; j++) {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += Math.abs(a[i * n + j]!);
    largest = Math.max(largest, sum);
  }
  let [squarings, scale] = [0, 1];
  // A matrix that is not finite needs no more care.
  for (; largest * scale > 0.5 && squarings < 1100; squarings++) scale /= 2;
  const small = a.map((x) => x * scale);
  // Horner's scheme: I + B(I + B/2(I + B/3(…))).
  let sum = identity(n);
  for (let k = TERMS; k >= 1; k--) {
    sum = times(small, sum, n).map((x) => x / k);
    for (let i = 0; i < n; i++) sum[i * n + i]! += 1;
  }
  for (let k = 0; k < squarings; k++) sum = times(sum, sum, n);
  return sum;
}

function identity(n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) out[i * n + i] = 1;
  return out;
}
