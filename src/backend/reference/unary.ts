/** What each operation of one operand does to an element. */
import * as math from "../../core/math.js";
import type { UnaryName } from "../backend.js";

type Rounding = (x: number) => number;

const SQRT_HALF = Math.SQRT1_2;
/** √(2 / π), and the cubic's factor, of the tanh form of GELU. */
const BETA = 0.7978845608028654;
const KAPPA = 0.044715;

export const sigmoid = (x: number): number => {
  const e = math.exp(x < 0 ? x : -x);
  return (x < 0 ? e : 1) / (1 + e);
};

export const unaryOfFractions: { readonly [N in UnaryName]: (x: number, round: Rounding) => number } = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  square: (x) => x * x,
  exp: math.exp,
  exp2: math.exp2,
  expm1: math.expm1,
  log: math.log,
  log1p: math.log1p,
  log2: math.log2,
  log10: math.log10,
  sin: math.sin,
  cos: math.cos,
  tan: math.tan,
  asin: math.asin,
  acos: math.acos,
  atan: math.atan,
  sinh: math.sinh,
  cosh: math.cosh,
  tanh: math.tanh,
  asinh: math.asinh,
  acosh: math.acosh,
  atanh: math.atanh,
  sigmoid,
  erf: math.erf,
  erfc: math.erfc,
  erfinv: math.erfinv,
  lgamma: math.lgamma,
  digamma: math.digamma,
  floor: Math.floor,
  ceil: Math.ceil,
  round: math.roundHalfEven,
  trunc: Math.trunc,
  frac: (x) => x - Math.trunc(x),
  relu: (x) => Math.max(x, 0),
  silu: (x) => x * sigmoid(x),
  gelu: (x) => 0.5 * x * math.erfc(-x * SQRT_HALF),
  gelutanh: (x) => x * sigmoid(2 * BETA * (x + KAPPA * x * x * x)),
  bitwisenot: () => Number.NaN,
};

const same = (x: bigint): bigint => x;

/** Integers and truth values have these. */
export const unaryOfWhole: { readonly [N in UnaryName]?: (x: bigint) => bigint } = {
  neg: (x) => -x,
  abs: (x) => (x < 0n ? -x : x),
  sign: (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
  square: (x) => x * x,
  floor: same,
  ceil: same,
  round: same,
  trunc: same,
  relu: (x) => (x < 0n ? 0n : x),
  bitwisenot: (x) => ~x,
};
