/** What each operation of two operands does to an element, as PyTorch defines it. */
import { atan2, copysign, erfc, exp, ldexp, pow } from "../../core/math.js";
import type { BinaryName } from "../backend.js";
import { sigmoid } from "./unary.js";

type Rounding = (x: number) => number;
/** `round` is the dtype's own rounding, for steps that PyTorch rounds in between. */
type OfFractions = (a: number, b: number, round: Rounding) => number;
/** `bits` is the dtype's width. */
type OfWhole = (a: bigint, b: bigint, bits: number) => bigint;

/** ⌊a / b⌋ by way of the exact remainder, because a / b may round up to the next whole number. */
function floorDivide(a: number, b: number, round: Rounding): number {
  if (b === 0) return a / b;
  const rest = a % b;
  let quotient = round(round(a - rest) / b);
  if (rest !== 0 && b < 0 !== rest < 0) quotient = round(quotient - 1);
  if (quotient === 0) return copysign(0, a / b);
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** The remainder with the sign of the divisor. */
function remainder(a: number, b: number, round: Rounding): number {
  const rest = a % b;
  return rest !== 0 && b < 0 !== rest < 0 ? round(rest + b) : rest;
}

/** √(a² + b²) without overflow. */
function hypot(a: number, b: number): number {
  const [x, y] = [Math.abs(a), Math.abs(b)];
  if (x === Infinity || y === Infinity) return Infinity;
  const most = Math.max(x, y);
  if (most === 0 || Number.isNaN(most)) return most;
  // A power of two near the greater one keeps the squares in range and costs no digit.
  const exponent = most > 1e150 ? 600 : most < 1e-150 ? -600 : 0;
  const [p, q] = [ldexp(x, -exponent), ldexp(y, -exponent)];
  return ldexp(Math.sqrt(p * p + q * q), exponent);
}

const f64 = new Float64Array(1);
const f32 = new Float32Array(1);
const i64 = new BigInt64Array(f64.buffer);
const i32 = new Int32Array(f32.buffer);

/** The next number of the dtype after a on the way to b. */
function nextAfter(a: number, b: number, round: Rounding): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.NaN;
  if (a === b) return b;
  const narrow = round === Math.fround;
  if (a === 0) return copysign(narrow ? 1.401298464324817e-45 : Number.MIN_VALUE, b);
  const away = a < b === a > 0;
  f32[0] = f64[0] = a;
  if (narrow) i32[0]! += away ? 1 : -1;
  else i64[0]! += away ? 1n : -1n;
  return narrow ? f32[0]! : f64[0]!;
}

const SQRT_HALF = Math.SQRT1_2;
const BETA = 1.5957691216057308; // 2·√(2/π)
const KAPPA = 0.044715;

function geluTanhSlope(x: number): number {
  const z = Math.max(-30, Math.min(x, 30));
  const w = BETA * (z + KAPPA * z * z * z);
  const s = sigmoid(w);
  return s + z * s * sigmoid(-w) * BETA * (1 + 3 * KAPPA * z * z);
}

export const fractions: { readonly [N in BinaryName]?: OfFractions } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  floordiv: floorDivide,
  truncdiv: (a, b, round) => Math.trunc(round(a / b)),
  remainder,
  fmod: (a, b) => a % b,
  pow,
  maximum: (a, b) => (a < b || Number.isNaN(b) ? b : a),
  minimum: (a, b) => (b < a || Number.isNaN(b) ? b : a),
  fmax: (a, b) => (a < b || Number.isNaN(a) ? b : a),
  fmin: (a, b) => (b < a || Number.isNaN(a) ? b : a),
  atan2,
  hypot,
  copysign,
  nextafter: nextAfter,
  relugrad: (g, y) => (y > 0 ? g : 0),
  sigmoidgrad: (g, y, round) => g * round(y * round(1 - y)),
  tanhgrad: (g, y, round) => g * round(1 - round(y * y)),
  silugrad: (g, x) => g * sigmoid(x) * (1 + x * sigmoid(-x)),
  gelugrad: (g, x) => g * (0.5 * erfc(-x * SQRT_HALF) + x * 0.3989422804014327 * exp(-0.5 * x * x)),
  gelutanhgrad: (g, x) => g * geluTanhSlope(x),
};

/** a to the power b; a negative b leaves only what 1 / a has of whole numbers. */
function power(a: bigint, b: bigint, bits: number): bigint {
  if (b < 0n) return a === 1n ? 1n : a === -1n ? (b % 2n === 0n ? 1n : -1n) : 0n;
  let [result, base] = [1n, a];
  for (let n = b; n > 0n; n >>= 1n) {
    if (n & 1n) result = BigInt.asIntN(bits, result * base);
    base = BigInt.asIntN(bits, base * base);
  }
  return result;
}

const greater = (a: bigint, b: bigint): bigint => (a < b ? b : a);
const lesser = (a: bigint, b: bigint): bigint => (b < a ? b : a);
const differ = (a: bigint, b: bigint): boolean => a < 0n !== b < 0n;

/** Shifts work as x86's: in 32 bits or 64, of the count only as many low bits matter as that width needs. */
const count = (b: bigint, bits: number): bigint => b & (bits === 64 ? 63n : 31n);

export const whole: { readonly [N in BinaryName]?: OfWhole } = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  floordiv: (a, b) => a / b - (a % b !== 0n && differ(a, b) ? 1n : 0n),
  truncdiv: (a, b) => a / b,
  remainder: (a, b) => (a % b !== 0n && differ(a, b) ? (a % b) + b : a % b),
  fmod: (a, b) => a % b,
  pow: power,
  maximum: greater,
  minimum: lesser,
  fmax: greater,
  fmin: lesser,
  bitwiseand: (a, b) => a & b,
  bitwiseor: (a, b) => a | b,
  bitwisexor: (a, b) => a ^ b,
  shiftleft: (a, b, bits) => a << count(b, bits),
  shiftright: (a, b, bits) => a >> count(b, bits),
};
