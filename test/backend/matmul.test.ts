import { describe, expect, it } from "vitest";
import type { Backend, NDArray } from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import { type DType, isFloat } from "../../src/core/dtype.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, layouts, make, values } from "./arrays.js";

const wasm = createWasmBackend();
const reference = createReferenceBackend();
/** Relative size of half a unit in the last place. */
const unit: { readonly [D in DType]?: number } = {
  float64: 2 ** -53,
  float32: 2 ** -24,
  float16: 2 ** -11,
  bfloat16: 2 ** -8,
};

/** Repeatable values: fractions in [−1, 1), whole numbers in [−100, 100], or bytes. */
function noise(n: number, seed: number, dtype: DType): number[] {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    if (!isFloat(dtype)) return dtype === "uint8" ? state >>> 24 : (state >> 8) % 101;
    return state / 2 ** 31;
  });
}

interface Options {
  readonly dtype?: DType;
  readonly layout?: readonly [Layout, Layout];
  readonly bias?: Layout;
}

/** a·b (+ bias) on [wasm, reference]. */
function both(
  a: Shape,
  b: Shape,
  { dtype = "float32", layout = ["contiguous", "contiguous"], bias }: Options,
) {
  const n = b.at(-1)!;
  const shape = [...(a.length >= b.length ? a : b).slice(0, -2), a.at(-2)!, n];
  const run = (backend: Backend): NDArray => {
    const array = (shape: Shape, seed: number, layout: Layout): NDArray =>
      make(backend, dtype, shape, noise(numel(shape), seed, dtype), layout);
    const out = make(backend, dtype, shape, 7);
    backend.matmul(out, array(a, 1, layout[0]), array(b, 2, layout[1]), bias && array([n], 3, bias));
    return out;
  };
  return [values(wasm, run(wasm)), values(reference, run(reference))] as const;
}

/** Sums of k products of numbers below 1 err by no more than that many roundings of a sum below k. */
function expectSame(a: Shape, b: Shape, options: Options = {}): void {
  const { dtype = "float32" } = options;
  const [got, wanted] = both(a, b, options);
  expect(got.length).toBe(wanted.length);
  const k = a.at(-1)!;
  const bound = isFloat(dtype) ? 2 * Math.sqrt(k + 2) * (Math.sqrt(k) + 1) * unit[dtype]! : 0;
  const wrong = got.findIndex((value, i) =>
    isFloat(dtype) ? !(Math.abs(Number(value) - Number(wanted[i])) <= bound) : value !== wanted[i],
  );
  if (wrong >= 0)
    expect.fail(
      `[${a}] @ [${b}] ${JSON.stringify(options)} at ${wrong}: ${got[wrong]} for ${wanted[wrong]} ± ${bound}`,
    );
}

const two: readonly Layout[] = layouts.filter((layout) => layout !== "expanded");

/** Every layout on each side, though not all with all. */
const pairs: readonly (readonly [Layout, Layout])[] = [
  ["contiguous", "contiguous"],
  ["contiguous", "transposed"],
  ["transposed", "contiguous"],
  ["transposed", "transposed"],
  ["stepped", "expanded"],
  ["expanded", "stepped"],
];

describe("matmul", () => {
  it.each(["float32", "float64"] as const)("%s: every size around a tile, in every layout", (dtype) => {
    for (const m of [1, 2, 3, 4, 5, 9])
      for (const n of [1, 2, 3, 4, 5, 7, 8, 9, 13, 16])
        for (const k of [1, 2, 3, 7])
          for (const left of two)
            for (const right of two) expectSame([m, k], [k, n], { dtype, layout: [left, right] });
  });

  it.each([
    [130, 300, 70],
    [33, 260, 530],
    [5, 520, 40],
    [140, 17, 33],
    [64, 256, 10],
    [36, 513, 40],
  ])("[%i, %i] × %i: beyond one block of each dim", (m, k, n) => {
    for (const layout of pairs) {
      expectSame([m, k], [k, n], { layout, bias: "contiguous" });
      expectSame([m, k], [k, n], { dtype: "float64", layout });
    }
  });

  it.each(["float32", "float64"] as const)("%s: vectors on either side, longer than a block", (dtype) => {
    for (const n of [1, 3, 6, 2100])
      for (const k of [1, 5, 259, 2053])
        if (n * k < 12000)
          for (const left of two)
            for (const right of two)
              for (const bias of [undefined, "stepped"] as const) {
                expectSame([1, k], [k, n], { dtype, layout: [left, right], ...(bias && { bias }) });
                expectSame([n, k], [k, 1], { dtype, layout: [left, right], ...(bias && { bias }) });
              }
  });

  it("broadcasts batches by stride 0, on either side or in the middle", () => {
    const batches: readonly (readonly [Shape, Shape])[] = [
      [
        [3, 4, 5],
        [3, 5, 6],
      ],
      [
        [2, 3, 4, 5],
        [2, 3, 5, 6],
      ],
      [
        [2, 1, 4, 5],
        [2, 1, 5, 6],
      ],
      [
        [3, 1, 5],
        [3, 5, 2],
      ],
      [
        [3, 4, 5],
        [3, 5, 1],
      ],
    ];
    for (const [a, b] of batches)
      for (const left of layouts)
        for (const right of layouts)
          for (const bias of [undefined, "contiguous", "expanded"] as const)
            expectSame(a, b, { layout: [left, right], ...(bias && { bias }) });
  });

  it("has nothing to add where k is 0, and nothing to do where m or n is 0", () => {
    expect(both([2, 0], [0, 3], {})[0]).toEqual([0, 0, 0, 0, 0, 0]);
    const [got, wanted] = both([2, 0], [0, 3], { bias: "contiguous" });
    expect(got).toEqual(wanted);
    expect(both([0, 2], [2, 3], {})[0]).toEqual([]);
    expect(both([2, 2], [2, 0], {})[0]).toEqual([]);
    expect(both([1, 0], [0, 1], { dtype: "int64" })[0]).toEqual([0n]);
  });

  it.each(["int64", "int32", "int16", "int8", "uint8"] as const)("%s wraps around", (dtype) => {
    for (const [m, k, n] of [
      [1, 300, 1],
      [5, 7, 9],
      [1, 9, 12],
      [35, 40, 37],
    ] as const)
      for (const layout of layouts)
        expectSame([m, k], [k, n], { dtype, layout: [layout, layout], bias: "contiguous" });
    const big = make(wasm, dtype, [1, 2], 100);
    const out = make(wasm, dtype, [1, 1]);
    wasm.matmul(out, big, make(wasm, dtype, [2, 1], 100));
    const bits = { int64: 64, int32: 32, int16: 16, int8: 8, uint8: 8 }[dtype];
    const wrapped = dtype === "uint8" ? BigInt.asUintN(8, 20000n) : BigInt.asIntN(bits, 20000n);
    expect(values(wasm, out).map(BigInt)).toEqual([wrapped]);
  });

  it("wraps int64 sums that no number can hold", () => {
    const run = (backend: Backend) => {
      const out = make(backend, "int64", [1, 1]);
      backend.matmul(
        out,
        make(backend, "int64", [1, 2], [(1n << 62n) + 3n, 5n]),
        make(backend, "int64", [2, 1], [7n, -9n]),
      );
      return values(backend, out);
    };
    expect(run(wasm)).toEqual([BigInt.asIntN(64, ((1n << 62n) + 3n) * 7n - 45n)]);
    expect(run(reference)).toEqual(run(wasm));
  });

  it.each(["float16", "bfloat16"] as const)("%s sums in float32 and rounds once", (dtype) => {
    expectSame([5, 9], [9, 6], { dtype, layout: ["transposed", "stepped"], bias: "contiguous" });
  });

  it("has no product of truth values", () => {
    const x = make(wasm, "bool", [1, 1], 1);
    expect(() => wasm.matmul(make(wasm, "bool", [1, 1]), x, x)).toThrow("matmul: not implemented for bool");
  });

  it.each(["float32", "float64"] as const)("%s keeps infinities and NaN in their row and column", (dtype) => {
    for (const [m, n] of [
      [4, 8],
      [5, 11],
      [1, 9],
      [9, 1],
    ] as const)
      for (const layout of two) {
        const k = 6;
        const a = noise(m * k, 1, dtype);
        a[2] = Infinity;
        a[(m - 1) * k] = NaN;
        const out = make(wasm, dtype, [m, n]);
        wasm.matmul(out, make(wasm, dtype, [m, k], a, layout), make(wasm, dtype, [k, n], 1, layout));
        values(wasm, out).forEach((value, i) => {
          const row = Math.floor(i / n);
          if (row === m - 1) expect(value).toBeNaN();
          else if (row === 0) expect(value).toBe(Infinity);
          else expect(Number.isFinite(value)).toBe(true);
        });
      }
  });

  it("gives an element the same bits however many rows and columns stand beside it", () => {
    for (const dtype of ["float32", "float64"] as const)
      for (const k of [5, 300]) {
        const a = noise(50 * k, 1, dtype);
        const b = noise(k * 70, 2, dtype);
        const product = (m: number, n: number): number[] => {
          const out = make(wasm, dtype, [m, n]);
          const right = b.filter((_, i) => i % 70 < n);
          wasm.matmul(out, make(wasm, dtype, [m, k], a), make(wasm, dtype, [k, n], right));
          return values(wasm, out).map(Number);
        };
        const whole = product(50, 70);
        for (const [m, n] of [
          [1, 70],
          [3, 9],
          [50, 4],
          [17, 33],
          [1, 2],
        ] as const)
          expect(product(m, n)).toEqual(whole.filter((_, i) => i < m * 70 && i % 70 < n));
      }
  });
});
