/** exp, log, sine, cosine and the angle of a point in double-double: what the public functions round. */

import type { Double } from "./double.js";
import * as d from "./double.js";
import { frexp, ldexp, roundHalfEven } from "./float.js";

export const LN2 = d.double(Math.LN2, 2.3190468138462996e-17);
export const PI = d.double(Math.PI, 1.2246467991473532e-16);
export const HALF_PI = d.scale(PI, 0.5);
export const ONE = d.double(1);

const FACTORIAL = d.series(18, (k) => [1, k + 1]); // 1/(k+1)!
const ATANH = Array.from({ length: 15 }, (_, k) => d.div(ONE, d.double(2 * k + 1)));
const SINE = d.series(14, (k) => [-1, 2 * k * (2 * k + 1)]);
const COSINE = d.series(14, (k) => [-1, 2 * k * (2 * k - 1)]);

/** eˣ − 1 for |x| ≤ 0.35, in relative precision: Σ xᵏ/k!. */
function expm1Series(x: Double): Double {
  return d.mul(x, d.polynomial(FACTORIAL, x, 8));
}

/** x = n·ln 2 + r with |r| ≤ ln 2 / 2. */
function reduceByLn2(x: Double): { n: number; r: Double } {
  const n = roundHalfEven(x.hi / LN2.hi);
  return { n, r: d.sub(x, d.mul(LN2, d.double(n))) };
}

/** eˣ = m·2ⁿ, relative error below 2⁻⁷⁵, for |x| ≤ 10⁵. */
export function expParts(x: Double): { m: Double; n: number } {
  const { n, r } = reduceByLn2(x);
  return { m: d.add(ONE, expm1Series(r)), n };
}

/** eˣ rounded once, and saturated. */
export function expRounded(x: Double): number {
  if (x.hi > 710) return Infinity;
  if (x.hi < -746) return 0;
  const { m, n } = expParts(x);
  return ldexp(d.value(m), n);
}

/** eˣ − 1 for |x| ≤ 650. */
export function expm1(x: Double): Double {
  const { n, r } = reduceByLn2(x);
  const e = expm1Series(r);
  const power = ldexp(1, n);
  return n === 0 ? e : d.add(d.scale(e, power), d.twoSum(power, -1));
}

/** ln((1+s)/(1−s)) = 2s·Σ s²ᵏ/(2k+1) for |s| ≤ 0.172. */
function logOfRatio(s: Double): Double {
  return d.scale(d.mul(s, d.polynomial(ATANH, d.mul(s, s), 6)), 2);
}

/** ln x split as n·ln 2 + ln m with m in [√½, √2), relative error of ln m below 2⁻⁷⁵, for finite x > 0. */
export function logParts(x: Double): { n: number; log: Double } {
  const { mantissa, exponent } = frexp(x.hi);
  const n = mantissa < Math.SQRT1_2 ? exponent - 1 : exponent;
  const m = d.double(ldexp(x.hi, -n), ldexp(x.lo, -n));
  return { n, log: logOfRatio(d.div(d.addNumber(m, -1), d.addNumber(m, 1))) };
}

/** ln x. */
export function log(x: Double): Double {
  const { n, log } = logParts(x);
  return n === 0 ? log : d.add(d.mul(LN2, d.double(n)), log);
}

/** ln(1 + x), in relative precision at small x. */
export function log1p(x: Double): Double {
  if (x.hi < -0.25 || x.hi > 0.4) return log(d.addNumber(x, 1));
  return logOfRatio(d.div(x, d.addNumber(x, 2)));
}

/** sin x for |x| ≤ π/4. */
export function sine(x: Double): Double {
  return d.mul(x, d.polynomial(SINE, d.mul(x, x), 6));
}

/** cos x for |x| ≤ π/4. */
export function cosine(x: Double): Double {
  return d.polynomial(COSINE, d.mul(x, x), 6);
}

// π/2 in three parts of 33 bits, whose products with n < 2²⁰ are exact, and a tail.
const HALF_PI_PARTS = [
  1.5707963267341256, 6.077100506303966e-11, 2.0222662487111665e-21, 8.4784276603689e-32,
] as const;

// ⌊2¹²⁸⁰ · 2/π⌋
const TWO_OVER_PI = BigInt(
  "0xa2f9836e4e441529fc2757d1f534ddc0db6295993c439041fe5163abdebbc561b7246e3a424dd2e006492eea09d1921c" +
    "fe1deb1cb129a73ee88235f52ebb4484e99c7026b45f7e413991d639835339f49c845f8bbdf9283b1ff897ffde05980f" +
    "ef2f118b5a0a6d1f6d367ecf27cb09b74f463f669e5fea2d7527bac7ebe5f17b3d0739f78a5292ea6bfb5fb11f8d5d08" +
    "56033046fc7b6babf0cfbc209af4361d",
);

/** x = n·π/2 + r with |r| ≤ π/4 (a rounding beyond it), n modulo 4, for finite x of any size. */
export function reduceByHalfPi(x: number): { quadrant: number; r: Double } {
  if (Math.abs(x) <= 0.7853981633974483) return { quadrant: 0, r: d.double(x) };
  if (Math.abs(x) < 1048576) {
    const n = roundHalfEven(x / HALF_PI.hi);
    let r = d.double(x);
    for (const part of HALF_PI_PARTS) r = d.add(r, d.double(-n * part));
    return { quadrant: n & 3, r };
  }
  // Payne & Hanek 1983: |x|·2/π in integers; with x = integer·2^e, the bits of weight 4 and more are not
  // needed.
  const { mantissa, exponent } = frexp(Math.abs(x));
  const point = BigInt(1280 + 53 - exponent);
  const turns = BigInt(mantissa * 9007199254740992) * TWO_OVER_PI;
  const scaled = point >= 160n ? turns >> (point - 160n) : turns << (160n - point);
  const n = (scaled + (1n << 159n)) >> 160n;
  const fraction = scaled - (n << 160n);
  const hi = Number(fraction);
  const lo = Number(fraction - BigInt(hi));
  const r = d.mul(HALF_PI, d.double(ldexp(hi, -160), ldexp(lo, -160)));
  const quadrant = Number(n & 3n);
  return x < 0 ? { quadrant: -quadrant & 3, r: d.negate(r) } : { quadrant, r };
}

/** (sin, cos) turned by quarter turns: sin(r + n·π/2), with `n + 1` for the cosine. */
export function quarterSine(quadrant: number, r: Double): Double {
  const f = quadrant & 1 ? cosine(r) : sine(r);
  return quadrant & 2 ? d.negate(f) : f;
}

// atan t / t for 0 ≤ t ≤ 1 as a polynomial in t², minimax by the Remez exchange, relative error 2⁻²⁰·⁷.
const ROUGH = [
  0.9999994169403775, -0.33327015063481286, 0.19887335374311452, -0.1351222331704992, 0.08435487720865759,
  -0.03744362365415284, 0.008007106024386156,
];

/** The angle of the point (x, y) with x, y ≥ 0, not both 0, both well inside the range of products. */
export function angle(y: Double, x: Double): Double {
  const steep = y.hi > x.hi;
  const [opposite, adjacent] = steep ? [x, y] : [y, x];
  const t = opposite.hi / adjacent.hi;
  const z = t * t;
  const guess = d.double(t * ROUGH.reduceRight((p, c) => p * z + c, 0));
  // Turned back by the guess the point lies at a small angle δ, and atan u = u − u³/3 + …
  const [s, c] = [sine(guess), cosine(guess)];
  const u = d.div(
    d.sub(d.mul(opposite, c), d.mul(adjacent, s)),
    d.add(d.mul(adjacent, c), d.mul(opposite, s)),
  );
  const small = d.add(guess, d.addNumber(u, -(u.hi * u.hi * u.hi) / 3));
  return steep ? d.sub(HALF_PI, small) : small;
}
