/** The fused multiply-add of float64. */
import { twoProduct, twoSum } from "./double.js";
import { frexp, ldexp } from "./float.js";

const float = new Float64Array(1);
const bits = new BigUint64Array(float.buffer);

/**
 * a + b rounded to odd: if inexact, to the neighbour whose last bit is 1, so that it may be rounded again.
 */
function addToOdd(a: number, b: number): number {
  const { hi, lo } = twoSum(a, b);
  float[0] = hi;
  if (lo !== 0 && (bits[0]! & 1n) === 0n) bits[0]! += lo > 0 === hi > 0 ? 1n : -1n;
  return float[0]!;
}

/** A finite number as integer · 2^exponent. */
function exactly(x: number): { integer: bigint; exponent: number } {
  const { mantissa, exponent } = frexp(x);
  return { integer: BigInt(ldexp(mantissa, 53)), exponent: exponent - 53 };
}

/** integer · 2^exponent rounded once, half to even. */
function rounded(integer: bigint, exponent: number): number {
  const magnitude = integer < 0n ? -integer : integer;
  const drop = Math.max(magnitude.toString(2).length - 53, -1074 - exponent, 0);
  const unit = 1n << BigInt(drop);
  const twiceRest = (magnitude & (unit - 1n)) * 2n;
  let kept = magnitude >> BigInt(drop);
  if (twiceRest > unit || (twiceRest === unit && (kept & 1n) === 1n)) kept += 1n;
  return ldexp(integer < 0n ? -Number(kept) : Number(kept), exponent + drop);
}

function finite(x: number): boolean {
  return x - x === 0;
}

/** Whether products and sums of such numbers are exact as pairs. */
function isTame(x: number): boolean {
  return Math.abs(x) > 1e-120 && Math.abs(x) < 1e120;
}

/**
 * a·b + c with a single rounding.
 *
 * Where nothing can overflow or underflow: the exact product and sums as pairs, the small halves added to odd
 * (Boldo & Melquiond 2008, "Emulation of FMA and correctly rounded sums"). Elsewhere: exact integers.
 *
 * @example fma(1 + 2 ** -27, 1 - 2 ** -27, -1) // -(2 ** -54)
 */
export function fma(a: number, b: number, c: number): number {
  if (isTame(a) && isTame(b) && isTame(c)) {
    const product = twoProduct(a, b);
    const small = twoSum(c, product.lo);
    const sum = twoSum(product.hi, small.hi);
    return sum.hi + addToOdd(sum.lo, small.lo);
  }
  if (finite(a) && finite(b) && !finite(c)) return c;
  if (!finite(a) || !finite(b) || a === 0 || b === 0) return a * b + c;
  const [x, y, z] = [exactly(a), exactly(b), exactly(c)];
  const exponent = Math.min(x.exponent + y.exponent, z.exponent);
  const product = (x.integer * y.integer) << BigInt(x.exponent + y.exponent - exponent);
  const sum = product + (z.integer << BigInt(z.exponent - exponent));
  // An exact cancellation is +0.
  return sum === 0n ? 0 : rounded(sum, exponent);
}
