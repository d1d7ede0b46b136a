/** The activations in float64, to an ulp or two: products whose rounding errors an exponential would magnify carry them along. */
import * as math from "../../src/core/math.js";

const ROOT_8_OVER_PI = 1.5957691216057308;

/** 1/(1 + e^−x) with its exponent in two parts. */
export function sigmoid(x: number, rest = 0): number {
  if (x < -40) return math.exp(x) * (1 + rest);
  const e = math.exp(-x);
  return 1 / (1 + e - e * rest);
}

/** x·Φ(x); the rounding error of x/√2 is put right by erfc's derivative. */
export function gelu(x: number): number {
  if (x === -Infinity) return NaN;
  if (Math.abs(x) > 40) return x > 0 ? x : -0;
  const u = -x * Math.SQRT1_2;
  const rest = math.fma(-x, Math.SQRT1_2, -u) + x * 4.833646656726457e-17;
  const slope = 1.1283791670955126 * math.exp(-u * u);
  return 0.5 * x * (math.erfc(u) - rest * slope);
}

/** x/(1 + e^−w), w = √(8/π)·(x + 0.044715·x³) in two parts. */
export function gelutanh(x: number): number {
  if (x === -Infinity) return NaN;
  if (Math.abs(x) > 100) return x > 0 ? x : -0;
  const z = x * x;
  const zl = math.fma(x, x, -z);
  const c3 = 0.07135481627260025;
  const p = c3 * z;
  const pl = math.fma(c3, z, -p) + c3 * zl - z * 4.1218577217431825e-18;
  const s = ROOT_8_OVER_PI + p;
  const sl = (s > 2 * p ? p - (s - ROOT_8_OVER_PI) : ROOT_8_OVER_PI - (s - p)) + pl - 9.96930880911092e-17;
  const w = x * s;
  return x * sigmoid(w, math.fma(x, s, -w) + x * sl);
}
