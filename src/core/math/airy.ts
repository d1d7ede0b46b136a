/**
 * Airy's function in float64: error within a few ulp of its size. Where it oscillates, within a few ulp of its amplitude and
 * what an ulp of x makes of its phase, which is all the phase for x below −10¹¹.
 */
import type { Double } from "./double.js";
import * as d from "./double.js";
import * as e from "./elementary.js";
import { ldexp } from "./float.js";
import { cos, sin } from "./trigonometric.js";

// Ai(0) and −Ai′(0).
const VALUE = d.double(0.3550280538878172, 2.05233632436212e-17);
const SLOPE = d.double(0.2588194037928068, -2.522243111610832e-17);
const LARGE = 9;

/** Σ over k of x³ᵏ⁺ᵖ/Π j(j − 1) with j = 3 + p, 6 + p, …: the two solutions of y″ = xy from 0 (DLMF 9.4.1). */
function solution(p: 0 | 1, x: Double, cube: Double): Double {
  let term = p === 1 ? x : e.ONE;
  let sum = term;
  for (let j = 3 + p; j < 60 || Math.abs(term.hi) > Math.abs(sum.hi) * 1e-34; j += 3) {
    term = d.div(d.mul(term, cube), d.double(j * (j - 1)));
    sum = d.add(sum, term);
  }
  return sum;
}

/** Σ uₖ/ζᵏ over k = 0, 1, 2, 3 modulo 4, up to the least term (DLMF 9.7.2). */
function expansion(zeta: number): readonly [number, number, number, number] {
  const sums: [number, number, number, number] = [1, 0, 0, 0];
  let term = 1;
  for (let k = 1; k < 36 && term > 1e-17; k++) {
    term *= ((6 * k - 5) * (6 * k - 3) * (6 * k - 1)) / (216 * k * (2 * k - 1) * zeta);
    sums[k & 3]! += term;
  }
  return sums;
}

/** Ai(x); 0 where it is below the least number, and nan at ±∞, as PyTorch has it. */
export function airyAi(x: number): number {
  const size = Math.abs(x);
  if (!(size < Infinity)) return NaN;
  if (size < LARGE) {
    const z = d.double(x);
    const cube = d.mul(d.twoProduct(x, x), z);
    return d.value(d.sub(d.mul(VALUE, solution(0, z, cube)), d.mul(SLOPE, solution(1, z, cube))));
  }
  // Beyond the second, ζ is out of range and Ai below 10⁻⁴⁸.
  if (x > 110 || x < -1e190) return 0;
  if (x < 0) {
    const zeta = (2 * size * Math.sqrt(size)) / 3;
    const [a, b, c, f] = expansion(zeta);
    const phase = zeta + Math.PI / 4;
    return ((a - c) * sin(phase) - (b - f) * cos(phase)) / Math.sqrt(Math.PI * Math.sqrt(size));
  }
  const root = d.sqrt(d.double(x));
  const zeta = d.div(d.scale(d.mul(d.double(x), root), 2), d.double(3));
  const [a, b, c, f] = expansion(zeta.hi);
  const { m, n } = e.expParts(d.negate(zeta));
  return ldexp((d.value(m) * (a - b + c - f)) / (2 * Math.sqrt(Math.PI * root.hi)), n);
}
