import type { Random } from "./random.js";
import type { Point } from "./strokes.js";

/** A map of the plane. */
export type Warp = (point: Point) => Point;

/** Rotation, slant and stretch about (50, 50), within what a steady hand does. */
export function randomAffine(random: Random): Warp {
  // With t = tan(α/2), cos α = (1 - t²)/(1 + t²) and sin α = 2t/(1 + t²): the same bits everywhere.
  const t = random.around(0.2);
  const cos = (1 - t * t) / (1 + t * t);
  const sin = (2 * t) / (1 + t * t);
  const slant = 0.12 + random.around(0.45);
  const wide = random.between(0.7, 1.15);
  return ([x, y]) => {
    const u = wide * (x - 50) - slant * (y - 50);
    const v = y - 50;
    return [50 + cos * u - sin * v, 50 + sin * u + cos * v];
  };
}

const cells = 3;
const knots = cells + 3;

/** Elastic distortion: a random displacement, a uniform cubic B-spline over a 3 × 3 mesh of the page. */
export function randomElastic(random: Random, strength: number): Warp {
  const dx = Array.from({ length: knots * knots }, () => random.around(strength));
  const dy = Array.from({ length: knots * knots }, () => random.around(strength));
  return ([x, y]) => {
    const [column, wx] = locate(x);
    const [row, wy] = locate(y);
    let u = x;
    let v = y;
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < 4; j++) {
        const weight = (wy[i] ?? 0) * (wx[j] ?? 0);
        const knot = (row + i) * knots + column + j;
        u += weight * (dx[knot] ?? 0);
        v += weight * (dy[knot] ?? 0);
      }
    }
    return [u, v];
  };
}

/** The mesh cell of a coordinate and the four B-spline weights there; they sum to 1. */
function locate(coordinate: number): [cell: number, weights: number[]] {
  const position = Math.min(Math.max((coordinate / 100) * cells, 0), cells);
  const cell = Math.min(Math.floor(position), cells - 1);
  const t = position - cell;
  const s = 1 - t;
  const weights = [s * s * s, 3 * t * t * t - 6 * t * t + 4, 3 * s * s * s - 6 * s * s + 4, t * t * t];
  return [cell, weights.map((w) => w / 6)];
}
