import { describe, expect, it } from "vitest";
import * as math from "../../src/core/math.js";
import { ofOne, ofTwo } from "./math-values.js";

const bits = new BigInt64Array(1);
const float = new Float64Array(bits.buffer);

/** How many float64 lie between a and b. */
function distance(a: number, b: number): number {
  const place = (x: number): bigint => {
    float[0] = x;
    return bits[0]! < 0n ? -(bits[0]! & 0x7fffffffffffffffn) : bits[0]!;
  };
  const d = place(a) - place(b);
  return Number(d < 0n ? -d : d);
}

// Computed to 0.52 ulp, a value may miss the nearest float64 by one; digamma and lgamma near their zeros by more.
const BOUND = 1;

describe("core math against 60 digits", () => {
  it.each(Object.keys(ofOne))("%s", (name) => {
    const f = Reflect.get(math, name) as (x: number) => number;
    const v = ofOne[name]!;
    for (let i = 0; i < v.length; i += 2) {
      expect(distance(f(v[i]!), v[i + 1]!), `${name}(${v[i]})`).toBeLessThanOrEqual(BOUND);
    }
  });
  it.each(Object.keys(ofTwo))("%s", (name) => {
    const f = Reflect.get(math, name) as (x: number, y: number) => number;
    const v = ofTwo[name]!;
    for (let i = 0; i < v.length; i += 3) {
      const [x, y, z] = [v[i]!, v[i + 1]!, v[i + 2]!];
      expect(distance(f(x, y), z), `${name}(${x}, ${y})`).toBeLessThanOrEqual(BOUND);
    }
  });
});

describe("special values", () => {
  const odd = [
    "expm1",
    "log1p",
    "sin",
    "tan",
    "asin",
    "atan",
    "sinh",
    "tanh",
    "asinh",
    "atanh",
    "erf",
    "erfinv",
  ];
  it.each(odd)("%s keeps ±0, nan and the smallest subnormal's sign", (name) => {
    const f = Reflect.get(math, name) as (x: number) => number;
    expect(f(0)).toBe(0);
    expect(f(-0)).toBe(-0);
    expect(f(NaN)).toBeNaN();
    expect(f(-5e-324)).toBe(-5e-324);
  });
  const { PI } = Math;
  it.each<[string, number, number]>([
    ["exp", Infinity, Infinity],
    ["exp", -Infinity, 0],
    ["exp", 709.79, Infinity],
    ["exp", -745.14, 0],
    ["exp", 0, 1],
    ["exp2", 1024, Infinity],
    ["exp2", -1074, 5e-324],
    ["exp2", 10, 1024],
    ["exp2", -Infinity, 0],
    ["expm1", -Infinity, -1],
    ["expm1", Infinity, Infinity],
    ["log", 0, -Infinity],
    ["log", -0, -Infinity],
    ["log", -1, NaN],
    ["log", Infinity, Infinity],
    ["log", 1, 0],
    ["log2", 8, 3],
    ["log2", 5e-324, -1074],
    ["log10", 1000, 3],
    ["log10", 1e-5, -5],
    ["log1p", -1, -Infinity],
    ["log1p", -2, NaN],
    ["log1p", Infinity, Infinity],
    ["sin", Infinity, NaN],
    ["cos", -Infinity, NaN],
    ["tan", Infinity, NaN],
    ["cos", 0, 1],
    ["asin", 1, PI / 2],
    ["asin", 1.1, NaN],
    ["acos", 1, 0],
    ["acos", -1, PI],
    ["acos", 0, PI / 2],
    ["acos", 2, NaN],
    ["atan", Infinity, PI / 2],
    ["atan", -Infinity, -PI / 2],
    ["sinh", Infinity, Infinity],
    ["sinh", -Infinity, -Infinity],
    ["cosh", -Infinity, Infinity],
    ["cosh", 0, 1],
    ["tanh", Infinity, 1],
    ["tanh", -Infinity, -1],
    ["asinh", -Infinity, -Infinity],
    ["acosh", 1, 0],
    ["acosh", 0.5, NaN],
    ["acosh", Infinity, Infinity],
    ["atanh", 1, Infinity],
    ["atanh", -1, -Infinity],
    ["atanh", 2, NaN],
    ["erf", Infinity, 1],
    ["erf", -Infinity, -1],
    ["erfc", Infinity, 0],
    ["erfc", -Infinity, 2],
    ["erfc", 0, 1],
    ["erfinv", 1, Infinity],
    ["erfinv", -1, -Infinity],
    ["erfinv", 1.5, NaN],
    ["lgamma", 1, 0],
    ["lgamma", 2, 0],
    ["lgamma", 0, Infinity],
    ["lgamma", -3, Infinity],
    ["lgamma", -Infinity, Infinity],
    ["digamma", 0, -Infinity],
    ["digamma", -0, Infinity],
    ["digamma", -1, NaN],
    ["digamma", -Infinity, NaN],
    ["digamma", Infinity, Infinity],
  ])("%s(%d) = %d", (name, x, y) => {
    expect((Reflect.get(math, name) as (x: number) => number)(x)).toBe(y);
  });
  it.each<[number, number, number]>([
    [NaN, 0, 1],
    [1, NaN, 1],
    [-1, Infinity, 1],
    [-1, -Infinity, 1],
    [0.5, Infinity, 0],
    [2, -Infinity, 0],
    [0.5, -Infinity, Infinity],
    [-0, 3, -0],
    [-0, 2, 0],
    [-0, -3, -Infinity],
    [0, -2, Infinity],
    [-Infinity, 3, -Infinity],
    [-Infinity, -3, -0],
    [Infinity, -1, 0],
    [-8, 1 / 3, NaN],
    [-2, 3, -8],
    [2, 1024, Infinity],
    [2, -1075, 0],
    [NaN, 1, NaN],
    [-2, 1e18, Infinity],
  ])("pow(%d, %d) = %d", (x, y, z) => expect(math.pow(x, y)).toBe(z));
  it.each<[number, number, number]>([
    [0, 1, 0],
    [-0, 1, -0],
    [0, -1, PI],
    [-0, -1, -PI],
    [0, -0, PI],
    [0, 0, 0],
    [1, 0, PI / 2],
    [-1, -0, -PI / 2],
    [Infinity, Infinity, PI / 4],
    [Infinity, -Infinity, 2.356194490192345],
    [1, Infinity, 0],
    [1, -Infinity, PI],
    [NaN, 1, NaN],
    [5e-324, 1, 5e-324],
    [1e308, 1e-308, PI / 2],
  ])("atan2(%d, %d) = %d", (y, x, z) => expect(math.atan2(y, x)).toBe(z));
});

describe("bits", () => {
  it("fma rounds once", () => {
    const e = 2 ** -27;
    expect(math.fma(1 + e, 1 + e, -1)).toBe(2 ** -26 + 2 ** -54);
    expect(math.fma(1 + e, 1 - e, -1)).toBe(-(2 ** -54));
    expect(math.fma(1 + 2 ** -52, 1 + 2 ** -52, 2 ** -53)).toBe(1 + 3 * 2 ** -52);
    expect(math.fma(1e308, 10, -Infinity)).toBe(-Infinity);
    expect(math.fma(1e200, 1e200, -1e300)).toBe(Infinity);
    expect(math.fma(1e200, 1e150, -Number.MAX_VALUE)).toBe(Infinity);
    expect(math.fma(2 ** 1000, 2 ** 24, -(2 ** 1023))).toBe(2 ** 1023);
    expect(math.fma(2 ** -1000, 2 ** -74, 0)).toBe(5e-324);
    expect(math.fma(2 ** -1000, -(2 ** -80), 0)).toBe(-0);
    expect(math.fma(0, -1, 0)).toBe(0);
    expect(math.fma(0, -1, -0)).toBe(-0);
    expect(math.fma(Infinity, 0, 1)).toBeNaN();
  });
  it("fma agrees with exact integers", () => {
    let state = 1n;
    const next = () => (state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn);
    for (let i = 0; i < 2000; i++) {
      const [a, b] = [next() >> 11n, next() >> 11n];
      const c = -((a * b) >> BigInt(i % 60)) << BigInt(i % 60);
      const exact = a * b + BigInt(Number(c));
      expect(math.fma(Number(a), Number(b), Number(c))).toBe(Number(exact));
    }
  });
  it("roundHalfEven, frexp, ldexp", () => {
    expect(
      [0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 2251799813685249.5].map(math.roundHalfEven),
    ).toEqual([0, 2, 2, -0, -2, 0, 2251799813685250]);
    expect(math.frexp(48)).toEqual({ mantissa: 0.75, exponent: 6 });
    expect(math.frexp(-5e-324)).toEqual({ mantissa: -0.5, exponent: -1073 });
    expect(math.ldexp(0.5, 1024)).toBe(2 ** 1023);
    expect(math.ldexp(1 + 2 ** -52, -1023)).toBe(2 ** -1023);
    expect(math.ldexp(3, -1075)).toBe(1e-323);
    expect(math.ldexp(5e-324, 2000)).toBe(2 ** 926);
  });
});
