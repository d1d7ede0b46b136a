/** Trigonometric functions and their inverses in float64: error below 0.51 ulp at arguments of any size. */
import * as d from "./double.js";
import * as e from "./elementary.js";
import { copysign, frexp, ldexp, signbit } from "./float.js";

// Below it sin x = tan x = atan x = x to the last bit.
const TINY = 1e-9;

/** sin x; nan at ±∞. */
export function sin(x: number): number {
  if (x - x !== 0) return NaN;
  if (Math.abs(x) < TINY) return x;
  const { quadrant, r } = e.reduceByHalfPi(x);
  return d.value(e.quarterSine(quadrant, r));
}

/** cos x; nan at ±∞. */
export function cos(x: number): number {
  if (x - x !== 0) return NaN;
  const { quadrant, r } = e.reduceByHalfPi(x);
  return d.value(e.quarterSine(quadrant + 1, r));
}

/** tan x; nan at ±∞. */
export function tan(x: number): number {
  if (x - x !== 0) return NaN;
  if (Math.abs(x) < TINY) return x;
  const { quadrant, r } = e.reduceByHalfPi(x);
  return d.value(d.div(e.quarterSine(quadrant, r), e.quarterSine(quadrant + 1, r)));
}

/** √(1 − x²) for |x| ≤ 1. */
function leg(x: number): d.Double {
  return d.sqrt(d.mul(d.twoSum(1, -x), d.twoSum(1, x)));
}

/** asin x; nan outside [−1, 1]. */
export function asin(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 1)) return NaN;
  return size < TINY ? x : copysign(d.value(e.angle(d.double(size), leg(x))), x);
}

/** acos x; nan outside [−1, 1]. */
export function acos(x: number): number {
  const size = Math.abs(x);
  if (!(size <= 1)) return NaN;
  const angle = e.angle(leg(x), d.double(size));
  return d.value(x < 0 ? d.sub(e.PI, angle) : angle);
}

/** atan x; ±π/2 at ±∞. */
export function atan(x: number): number {
  return atan2(x, 1);
}

/** The angle of the point (x, y), in [−π, π]; ±0 and ±∞ as in IEEE 754. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return NaN;
  let [opposite, adjacent] = [Math.abs(y), Math.abs(x)];
  if (opposite === Infinity || adjacent === Infinity) {
    // Only the ratio of the legs matters.
    opposite = opposite === Infinity ? 1 : 0;
    adjacent = adjacent === Infinity ? 1 : 0;
  }
  const left = signbit(x);
  if (opposite === 0) return copysign(left ? e.PI.hi : 0, y);
  if (!left && opposite < adjacent * TINY) return copysign(nearlyFlat(opposite, adjacent), y);
  const { exponent } = frexp(Math.max(opposite, adjacent));
  const angle = e.angle(d.double(ldexp(opposite, -exponent)), d.double(ldexp(adjacent, -exponent)));
  return copysign(d.value(left ? d.sub(e.PI, angle) : angle), y);
}

/** atan t = t − t³/3 with t < 10⁻⁹: the cube is below half an ulp. */
function nearlyFlat(opposite: number, adjacent: number): number {
  return opposite / adjacent;
}
