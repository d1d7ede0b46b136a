/**
 * @file Contiguous normal fills, as PyTorch's CPU makes them: sixteen uniforms at a time become sixteen normals.
 *
 * Box and Muller: u₁ = 1 − d[j], u₂ = d[j + 8]; d[j] = √(−2 ln u₁)·cos 2πu₂·std + mean, and d[j + 8] likewise with the sine.
 */
import type { DType } from "../../core/dtype.js";
import { cos, log, sin } from "../../core/math.js";
import { rounder } from "./rounding.js";

const { fround, sqrt, trunc } = Math;
const TWO_PI = 2 * Math.PI;

/** Replaces sixteen uniforms from d[at] on by normals. */
export function normalBlock(dtype: DType, d: number[], at: number, mean: number, std: number): void {
  const pair = dtype === "float32" ? pair32 : pairRounded(dtype);
  for (let j = at; j < at + 8; j++) [d[j], d[j + 8]] = pair(d[j]!, d[j + 8]!, mean, std);
}

type Pair = (u: number, v: number, mean: number, std: number) => [number, number];

/** Intermediates are rounded to the dtype, those of float16 to float32; the radius and the angle always to the dtype. */
function pairRounded(dtype: DType): Pair {
  const store = rounder(dtype);
  const round = dtype === "float16" ? fround : store;
  return (u, v, mean, std) => {
    const radius = store(sqrt(round(-2 * round(log(store(1 - u))))));
    const theta = store(TWO_PI * v);
    const scaled = (x: number) => store(round(round(radius * round(x)) * std) + mean);
    return [scaled(cos(theta)), scaled(sin(theta))];
  };
}

// ── float32: Cephes' polynomials with fused multiply-adds, which PyTorch's AVX2 path uses ──────────

/** a·b + c of float32, rounded to float64 and then to float32. */
const fma = (a: number, b: number, c: number): number => fround(a * b + c);
const float = new Float32Array(1);
const bits = new Int32Array(float.buffer);

/** Σ cᵢ·x^(n−i) by Horner's rule. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((y, c) => fma(y, x, c));
}
const singles = (...values: number[]): readonly number[] => values.map(fround);

const LOG = singles(
  7.0376836292e-2,
  -1.151461031e-1,
  1.167699874e-1,
  -1.2420140846e-1,
  1.4249322787e-1,
  -1.6668057665e-1,
  2.0000714765e-1,
  -2.4999993993e-1,
  3.3333331174e-1,
);
const COS = singles(2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2);
const SIN = singles(-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1);
/** π/4 in three parts, so that multiples of the first two are exact. */
const QUARTER_PI = singles(0.78515625, 2.4187564849853516e-4, 3.774894977445941e-8);
const HALF_SQRT = fround(Math.SQRT1_2);
const LN2_LOW = fround(-2.1219444e-4);

/** ln x for normal x in (0, 1]. */
function log32(x: number): number {
  float[0] = x;
  // x = 2ᵉ·m with m in [½, 1); below √½, 2m and e − 1 are used. The polynomial is of the mantissa − 1.
  let e = (bits[0]! >> 23) - 126;
  bits[0] = (bits[0]! & 0x807fffff) | 0x3f000000;
  const mantissa = float[0]!;
  const small = mantissa < HALF_SQRT;
  const m = fround(mantissa - 1 + (small ? mantissa : 0));
  if (small) e--;
  const z = fround(m * m);
  let y = fround(polynomial(LOG, m) * m);
  y = fma(y, z, fround(e * LN2_LOW));
  y = fma(z, -0.5, y);
  return fma(e, 0.693359375, fround(m + y));
}

const pair32: Pair = (u, v, mean, std) => {
  const r = fround(sqrt(fround(-2 * log32(fround(1 - u)))));
  let x = fround(fround(TWO_PI) * v);
  // The octant rounded up to even: x minus j·π/4 lies in [−π/4, π/4].
  const j = (trunc(fround(x * fround(1.27323954473516))) + 1) & ~1;
  for (const part of QUARTER_PI) x = fma(j, -part, x);
  const z = fround(x * x);
  const c = fround(fma(fround(polynomial(COS, z) * z), z, -fround(z * 0.5)) + 1);
  const s = fma(fround(polynomial(SIN, z) * z), x, x);
  const swap = (j & 2) !== 0;
  const sine = (swap ? c : s) * (j & 4 ? -1 : 1);
  const cosine = (swap ? s : c) * (~(j - 2) & 4 ? -1 : 1);
  const [std32, mean32] = [fround(std), fround(mean)];
  return [fma(fround(r * cosine), std32, mean32), fma(fround(r * sine), std32, mean32)];
};
