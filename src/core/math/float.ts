/**
 * The bits of a float64: sign, exponent, exact scaling, rounding to even.
 *
 * The views below read a number's halves in little-endian order, as WebAssembly does.
 */
const float = new Float64Array(1);
const word = new Uint32Array(float.buffer);

/** 2ⁿ, exactly, for −1022 ≤ n ≤ 1023. */
function powerOfTwo(n: number): number {
  word[0] = 0;
  word[1] = (n + 1023) << 20;
  return float[0]!;
}

/** The sign bit of `x`, that of −0 and of nan included. */
export function signbit(x: number): boolean {
  float[0] = x;
  return word[1]! >>> 31 === 1;
}

/** |x| with the sign of `sign`. */
export function copysign(x: number, sign: number): number {
  return signbit(sign) ? -Math.abs(x) : Math.abs(x);
}

/** x·2ⁿ with one rounding. */
export function ldexp(x: number, n: number): number {
  for (; n > 1023 && x !== 0 && Math.abs(x) !== Infinity; n -= 1023) x *= powerOfTwo(1023);
  // 53 bits are kept above the subnormal range until the last product, so that only that one rounds.
  for (; n < -1022 && x !== 0; n += 969) x *= powerOfTwo(-969);
  return x * powerOfTwo(Math.max(-1022, Math.min(1023, n)));
}

/**
 * Splits a number into x = mantissa · 2^exponent with ½ ≤ |mantissa| < 1; zero, infinity and nan come back
 * with exponent 0.
 *
 * @example frexp(48) // { mantissa: 0.75, exponent: 6 }
 */
export function frexp(x: number): { mantissa: number; exponent: number } {
  if (x === 0 || x - x !== 0) return { mantissa: x, exponent: 0 };
  const subnormal = Math.abs(x) < powerOfTwo(-1022);
  float[0] = subnormal ? x * powerOfTwo(54) : x;
  const exponent = ((word[1]! >>> 20) & 0x7ff) - 1022 - (subnormal ? 54 : 0);
  word[1] = (word[1]! & 0x800fffff) | (1022 << 20);
  return { mantissa: float[0]!, exponent };
}

/** The nearest integer, halves to the even one: roundHalfEven(2.5) = 2. */
export function roundHalfEven(x: number): number {
  if (!(Math.abs(x) < powerOfTwo(52))) return x;
  const magic = copysign(powerOfTwo(52), x);
  return copysign(x + magic - magic, x);
}
