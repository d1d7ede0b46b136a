/**
 * Orthogonal polynomials of degree n at x, by their recurrences; 0 for n < 0. n is cut to a whole number as C cuts it.
 *
 * Chebyshev's within (−1, 1), for degrees where the recurrence would lose digits, come from cos nθ with x = cos θ. `round` is
 * the rounding of the result's dtype: what overflows there is infinite in the next step, as in PyTorch.
 */
import { acos, cos, sin } from "./trigonometric.js";

type Rounding = (x: number) => number;

/** n as C converts it: what int64 cannot hold is negative. */
const degree = (n: number): number => (Math.abs(n) < 0x8000000000000000 ? Math.trunc(n) : -1);

/** pₙ from p₀ = 1, p₁ and pₖ₊₁ = step(pₖ, pₖ₋₁, k). */
function recur(
  n: number,
  first: number,
  round: Rounding,
  step: (q: number, p: number, k: number) => number,
): number {
  if (n <= 0) return n < 0 ? 0 : 1;
  let [p, q] = [1, first];
  for (let k = 1; k < n && !Number.isNaN(q); k++) {
    const next = step(q, p, k);
    [p, q] = [q, Math.abs(round(next)) === Infinity ? round(next) : next];
  }
  return q;
}

/** The four kinds of Chebyshev's polynomials. */
export type ChebyshevKind = "t" | "u" | "v" | "w";

/** Of each kind: what p₁ is beside 2x, and the values at 1 and, but for the sign of even and odd n, at −1. */
const chebyshevKinds: {
  readonly [K in ChebyshevKind]: {
    readonly first: (x: number) => number;
    readonly ends: (n: number) => readonly [number, number];
  };
} = {
  t: { first: (x: number) => x, ends: () => [1, 1] },
  u: { first: (x: number) => 2 * x, ends: (n: number) => [n + 1, n + 1] },
  v: { first: (x: number) => 2 * x - 1, ends: (n: number) => [1, 2 * n + 1] },
  w: { first: (x: number) => 2 * x + 1, ends: (n: number) => [2 * n + 1, 1] },
};

/** At cos θ (DLMF 18.5.1 to 18.5.4). */
const byAngle: { readonly [K in ChebyshevKind]: (n: number, angle: number) => number } = {
  t: (n, angle) => cos(n * angle),
  u: (n, angle) => sin((n + 1) * angle) / sin(angle),
  v: (n, angle) => cos((n + 0.5) * angle) / cos(angle / 2),
  w: (n, angle) => sin((n + 0.5) * angle) / sin(angle / 2),
};

/** Chebyshev's polynomial of a kind, with pₖ₊₁ = 2x·pₖ − pₖ₋₁. */
export function chebyshev(kind: ChebyshevKind, x: number, order: number, round: Rounding): number {
  const n = degree(order);
  const { first, ends } = chebyshevKinds[kind];
  if (n < 0) return 0;
  if (x === 1) return ends(n)[0];
  if (x === -1) return n % 2 === 0 ? ends(n)[1] : -ends(n)[1];
  if (n > 8 && Math.abs(x) < 1) return byAngle[kind](n, acos(x));
  return recur(n, first(x), round, (q, p) => 2 * x * q - p);
}

/** Hₙ of the physicists: pₖ₊₁ = 2x·pₖ − 2k·pₖ₋₁. */
export const hermiteH = (x: number, n: number, round: Rounding): number =>
  recur(degree(n), 2 * x, round, (q, p, k) => 2 * x * q - 2 * k * p);
/** Heₙ of statistics: pₖ₊₁ = x·pₖ − k·pₖ₋₁. */
export const hermiteHe = (x: number, n: number, round: Rounding): number =>
  recur(degree(n), x, round, (q, p, k) => x * q - k * p);
/** Laguerre's: (k + 1)·pₖ₊₁ = (2k + 1 − x)·pₖ − k·pₖ₋₁. */
export const laguerre = (x: number, n: number, round: Rounding): number =>
  recur(degree(n), 1 - x, round, (q, p, k) => ((2 * k + 1 - x) * q - k * p) / (k + 1));
/** Legendre's: (k + 1)·pₖ₊₁ = (2k + 1)x·pₖ − k·pₖ₋₁. */
export const legendre = (x: number, n: number, round: Rounding): number =>
  recur(degree(n), x, round, (q, p, k) => ((2 * k + 1) * x * q - k * p) / (k + 1));
