/**
 * The error of every unary kernel, in units in the last place, over special values, random bit patterns, dense regions
 * and tiny arguments; the reference is src/core/math.ts, which rounds double-double results once.
 */
import { describe, expect, it } from "vitest";
import * as math from "../../src/core/math.js";
import { gelu, gelutanh, sigmoid } from "./exact.js";
import { kernel, memory } from "./kernels.js";

/** Arguments, from and to, where a function is looked at closely. */
type Region = readonly [number, number];

interface Row {
  /** The largest error of the float32 kernel, in ulp of the exact value. */
  f32: number;
  /** The largest distance of the float64 kernel from the nearest float64, in ulp. */
  f64: number;
  regions: readonly Region[];
  /** Defaults to the function of the same name in src/core/math.ts. */
  exact?: (x: number) => number;
  /** The size whose ulp counts, where terms of that size cancel; defaults to that of the result. */
  size?: (x: number, y: number) => number;
}

const near1: Region = [0.999, 1.001];
const turns: readonly Region[] = [
  [-10, 10],
  [-1e3, 1e3],
  [-1048577, 1048577],
  [1e6, 1e9],
];
const unit: readonly Region[] = [
  [-1, 1],
  [0.99, 1],
  [-1, -0.99],
];
const hyperbolic: readonly Region[] = [
  [-1, 1],
  [-5, 5],
  [-90, 90],
  [-711, 711],
];
const positive: readonly Region[] = [[0, 10], [0.5, 2], near1, [0, 1e30]];

// The bounds that the headers of assembly/math quote.
const rows: Record<string, Row> = {
  exp: {
    f32: 0.97,
    f64: 1,
    regions: [
      [-104, 89],
      [-1, 1],
      [-745, 710],
    ],
  },
  exp2: {
    f32: 0.51,
    f64: 1,
    regions: [
      [-150, 128],
      [-1, 1],
      [-1075, 1024],
    ],
  },
  expm1: {
    f32: 0.51,
    f64: 1,
    regions: [
      [-1, 1],
      [-3, 3],
      [-50, 89],
      [-100, 709],
    ],
  },
  sigmoid: {
    f32: 2.1,
    f64: 3,
    regions: [
      [-104, 89],
      [-3, 3],
      [-745, 100],
    ],
    exact: sigmoid,
  },
  silu: {
    f32: 3,
    f64: 3,
    regions: [
      [-104, 89],
      [-3, 3],
      [-700, 100],
    ],
    exact: (x) => x * sigmoid(x),
  },
  log: { f32: 0.85, f64: 1, regions: positive },
  log2: { f32: 0.51, f64: 1, regions: positive },
  log10: { f32: 0.51, f64: 1, regions: positive },
  log1p: {
    f32: 0.51,
    f64: 1,
    regions: [
      [-1, 1],
      [-0.5, 1],
      [-1e-3, 1e-3],
      [0, 1e10],
    ],
  },
  sin: { f32: 0.51, f64: 1, regions: turns },
  cos: { f32: 0.51, f64: 1, regions: turns },
  tan: { f32: 0.51, f64: 2, regions: turns },
  asin: { f32: 0.51, f64: 1, regions: unit },
  acos: { f32: 0.51, f64: 1, regions: unit },
  atan: {
    f32: 0.51,
    f64: 1,
    regions: [
      [-1, 1],
      [-10, 10],
      [-1e3, 1e3],
    ],
  },
  sinh: { f32: 0.51, f64: 2, regions: hyperbolic },
  cosh: { f32: 0.51, f64: 1, regions: hyperbolic },
  tanh: {
    f32: 1.4,
    f64: 2,
    regions: [
      [-1, 1],
      [-10, 10],
      [-20, 20],
    ],
  },
  asinh: {
    f32: 0.51,
    f64: 2,
    regions: [
      [-1, 1],
      [-10, 10],
      [-1e9, 1e9],
    ],
  },
  acosh: {
    f32: 0.51,
    f64: 2,
    regions: [
      [1, 2],
      [1, 1.01],
      [1, 1e9],
    ],
  },
  atanh: { f32: 0.51, f64: 2, regions: unit },
  erf: {
    f32: 1.2,
    f64: 1,
    regions: [
      [-1, 1],
      [-4, 4],
      [-6, 6],
    ],
  },
  erfc: {
    f32: 0.51,
    f64: 3,
    regions: [
      [-1, 1],
      [-6, 11],
      [0, 27.2],
    ],
  },
  erfinv: { f32: 0.51, f64: 6, regions: [...unit, [-0.1, 0.1]] },
  gelu: {
    f32: 5,
    f64: 5,
    regions: [
      [-1, 1],
      [-6, 6],
      [-14, 0],
      [-38, 0],
    ],
    exact: gelu,
  },
  gelutanh: {
    f32: 2.6,
    f64: 3,
    regions: [
      [-1, 1],
      [-6, 6],
      [-10, 0],
      [-20, 0],
    ],
    exact: gelutanh,
  },
  lgamma: {
    f32: 0.51,
    f64: 5,
    regions: [
      [0, 3],
      [0, 20],
      [0.9, 2.1],
      [-20, 0],
    ],
    size: (x, y) => (x < 0 ? 1 + math.lgamma(-x) + Math.abs(y) : y),
  },
  digamma: {
    f32: 0.51,
    f64: 8,
    regions: [
      [0, 3],
      [0, 20],
      [-20, 0],
    ],
    size: (x, y) => (x < 0 ? 4 + Math.abs(y) : Math.max(1, Math.abs(y))),
  },
  rsqrt: { f32: 1.5, f64: 1, regions: positive, exact: (x) => 1 / Math.sqrt(x) },
  reciprocal: { f32: 0.5, f64: 0, regions: turns, exact: (x) => 1 / x },
  sqrt: { f32: 0.5, f64: 0, regions: positive, exact: Math.sqrt },
};

const specials = [
  0,
  -0,
  1,
  -1,
  Infinity,
  -Infinity,
  NaN,
  1e-45,
  -1e-45,
  5e-324,
  1e-39,
  2.3e-308,
  1.2e-38,
  0.5,
  -0.5,
  2,
  -2,
  3,
  -3,
  8,
  10,
  100,
  1000,
  -1000,
  1024,
  88.72,
  88.73,
  -87.3,
  -103.9,
  -104,
  709.7,
  709.8,
  -745,
  -746,
  1048576,
  1048577,
  3.4e38,
  1e30,
  -1e30,
  1e300,
  -1e300,
  1.7e308,
];

let state = 1;
function random(): number {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 4294967296;
}

const A = 1 << 20;
const O = 2 << 20;

/** Arguments of a kernel, in turn from each region, from all bit patterns, and tiny. */
function fill(x: Float32Array | Float64Array, regions: readonly Region[]): void {
  x.set(specials);
  const words = new Uint32Array(x.buffer, x.byteOffset, (x.length * x.BYTES_PER_ELEMENT) / 4);
  const step = x.BYTES_PER_ELEMENT / 4;
  for (let i = specials.length; i < x.length; i++) {
    const region = regions[i % (regions.length + 2)];
    if (region) x[i] = region[0] + (region[1] - region[0]) * (random() + random() * 2 ** -32);
    else if (i % 2) x[i] = (random() - 0.5) * math.exp2(-60 * random());
    else for (let k = 0; k < step; k++) words[i * step + k] = random() * 4294967296;
  }
}

/** The spacing of numbers with `digits` bits about y. */
function ulp(y: number, digits: 24 | 53): number {
  const least = digits === 24 ? -149 : -1074;
  if (y === 0) return math.ldexp(1, least);
  return math.ldexp(1, Math.max(math.frexp(y).exponent - digits, least));
}

describe.each(Object.entries(rows))("%s", (name, row) => {
  const exact = row.exact ?? (Reflect.get(math, name) as (x: number) => number);
  it.each([
    ["f32", 24, 20000, row.f32],
    ["f64", 53, 6000, row.f64],
  ] as const)("%s", (dtype, digits, n, bound) => {
    const Floats = digits === 24 ? Float32Array : Float64Array;
    const bytes = Floats.BYTES_PER_ELEMENT;
    const [x, y] = [new Floats(memory.buffer, A, n), new Floats(memory.buffer, O, n)];
    fill(x, row.regions);
    kernel(`${dtype}_unary_${name}`)(0, 0, n, O, bytes, A, bytes);
    const round = digits === 24 ? Math.fround : (v: number) => v;
    let worst = { error: 0, x: 0, y: 0, exact: 0 };
    for (let i = 0; i < n; i++) {
      const [a, b] = [x[i]!, y[i]!];
      const e = exact(a);
      const r = round(e);
      if (Object.is(b, r)) continue;
      const unit = ulp(row.size?.(a, e) ?? e, digits);
      // A product with a subnormal is off by as many of its steps as the other factor is large.
      const factor = Math.max(1, Math.abs(a));
      const slack = Math.abs(e) < 2 ** (digits === 24 ? -126 : -1022) * factor ? factor : 1;
      const error =
        Number.isFinite(r) && Number.isFinite(b) && !(r === 0 && b === 0)
          ? Math.abs(b - e) / unit / slack
          : Infinity;
      if (error > worst.error) worst = { error, x: a, y: b, exact: e };
    }
    expect(worst.error, JSON.stringify(worst)).toBeLessThanOrEqual(bound);
  });
});
