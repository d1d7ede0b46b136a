/** Numbers that any library can make for itself, and sums that tell whether its results are right. */

/** Murmur3's finaliser: an integer stirred well. */
function fmix32(h: number): number {
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The i-th of the numbers below 2²⁴ that belong to a seed. */
const draw = (seed: number, i: number): number =>
  fmix32(Math.imul(i, 0x9e3779b1) + Math.imul(seed, 0x27d4eb2f)) >>> 8;

export const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1);

/** As many numbers in [−scale, scale) as a tensor of this shape has. */
export function fillValues(seed: number, shape: readonly number[], scale = 1): Float32Array<ArrayBuffer> {
  const values = new Float32Array(sizeOf(shape));
  for (let i = 0; i < values.length; i++) values[i] = scale * (2 * (draw(seed, i) / 2 ** 24) - 1);
  return values;
}

/** n whole numbers in [0, modulus). */
export const randintValues = (seed: number, n: number, modulus: number): number[] =>
  Array.from({ length: n }, (_, i) => draw(seed, i) % modulus);

/** Sums over a result in row-major order. */
export interface Checksum {
  n: number;
  sum: number;
  /** Σ y[i]·w[i], the weights w being spread over [−½, ½). */
  wsum: number;
  /** Σ |y[i]|. */
  abs: number;
}

export function sumUp(values: ArrayLike<number>): Checksum {
  const total = { n: values.length, sum: 0, wsum: 0, abs: 0 };
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    total.sum += value;
    total.wsum += value * (((i * 7919) % 1009) / 1009 - 0.5);
    total.abs += Math.abs(value);
  }
  return total;
}

/** Whether both sums differ by at most 10⁻⁴ of the sum of absolute values. */
export function checksumsAgree(a: Checksum, b: Checksum): boolean {
  const bound = 1e-4 * b.abs;
  return a.n === b.n && Math.abs(a.sum - b.sum) <= bound && Math.abs(a.wsum - b.wsum) <= bound;
}

/** Whether no loss differs by more than 10⁻³ of itself. */
export function lossesAgree(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((loss, i) => Math.abs(loss - b[i]!) <= 1e-3 * Math.abs(b[i]!));
}
