import { describe, expect, it } from "vitest";
import type { ReduceName } from "../../src/backend/backend.js";
import type { DType } from "../../src/core/dtype.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, layouts, make, values } from "./arrays.js";
import {
  both,
  bound,
  dimsOf,
  everyCase,
  expectClose,
  floats,
  samples,
  shapes,
  subsets,
  wasm,
  without,
} from "./slices.js";

function reduced(
  name: ReduceName,
  dtype: DType,
  shape: Shape,
  dims: number[],
  layout: Layout,
  data: number[],
) {
  return both((backend) => {
    const x = make(backend, dtype, shape, data, layout);
    const out = make(backend, name === "any" || name === "all" ? "bool" : dtype, without(shape, dims), 77);
    backend.reduce(name, out, x, dims);
    return out;
  });
}

describe("reduce", () => {
  for (const dtype of floats)
    for (const name of ["sum", "prod", "max", "min"] as const)
      it(`${name} of ${dtype} over any dims in any layout`, () => {
        everyCase(dtype, (shape, layout, data) => {
          // Products stay in range, sums have a natural size: no cancellation to speak of.
          // Each factor brings one rounding.
          const rounding = Math.max(1, data.length) * (dtype === "float32" ? 2 ** -24 : 2 ** -53);
          const operands = data.map((x) => (name === "prod" ? 1 + x / 1000 : name === "sum" ? x + 2 : x));
          for (const dims of subsets(shape.length))
            expectClose(
              reduced(name, dtype, shape, dims, layout, operands),
              name === "prod" ? rounding : bound[dtype],
            );
        });
      });

  for (const dtype of ["int64", "int32", "int16", "int8", "uint8"] as const)
    for (const name of ["sum", "prod", "max", "min"] as const)
      it(`${name} of ${dtype}, wrapping around`, () => {
        for (const shape of [...shapes, [2, 1200]])
          for (const dims of subsets(shape.length))
            for (const layout of layouts) {
              const data = samples(dtype, numel(shape)).map((x) => (name === "prod" ? x | 1 : x));
              expectClose(reduced(name, dtype, shape, dims, layout, data), 0);
            }
      });

  for (const dtype of ["float16", "bfloat16"] as const)
    it(`sum and max of ${dtype}`, () => {
      for (const name of ["sum", "max"] as const)
        expectClose(reduced(name, dtype, [4, 300], [1], "contiguous", samples(dtype, 1200)), 0.02);
    });

  for (const dtype of ["bool", "uint8", "int64", "float32", "float16"] as const)
    it(`any and all of ${dtype}`, () => {
      for (const shape of [[40], [3, 50], [50, 3], [2, 3, 4]])
        for (const every of [1, 2, 40, 1000])
          for (const dims of subsets(shape.length))
            for (const name of ["any", "all"] as const) {
              const hits = samples("uint8", numel(shape)).map((x, i) => ((i + x) % every === 0 ? 1 : 0));
              const data = name === "any" ? hits : hits.map((x) => 1 - x);
              expectClose(reduced(name, dtype, shape, dims, "contiguous", data), 0);
            }
    });

  it("makes nothing of nothing", () => {
    const expected = { sum: 0, prod: 1, any: 0, all: 1 };
    for (const [name, value] of Object.entries(expected) as [keyof typeof expected, number][])
      for (const dtype of ["float32", "int64", "bool"] as const) {
        if (dtype === "bool" && (name === "sum" || name === "prod")) continue;
        const [actual, wanted] = reduced(name, dtype, [2, 0, 3], [1], "contiguous", []);
        expect(actual.map(Number)).toEqual(Array(6).fill(value));
        expect(wanted.map(Number)).toEqual(Array(6).fill(value));
        expect(reduced(name, dtype, [0, 3], [1], "contiguous", [])[0]).toEqual([]);
      }
  });

  it("keeps NaN wherever it stands, in rows and columns", () => {
    for (const dtype of floats)
      for (const n of [1, 3, 31, 64, 100, 3000])
        for (const at of [0, n >> 1, n - 1])
          for (const name of ["max", "min", "sum", "prod"] as const) {
            const data = samples(dtype, n).map((x, i) => (i === at ? Number.NaN : x));
            expect(reduced(name, dtype, [n], [0], "contiguous", data)[0]).toEqual([Number.NaN]);
            const columns = data.flatMap((x) => [1, x, 1, x, x]);
            const result = reduced(name, dtype, [n, 5], [0], "contiguous", columns)[0];
            expect(result.map(Number.isNaN)).toEqual([false, true, false, true, true]);
          }
  });

  it("knows infinities: of nothing but −∞ the greatest is −∞", () => {
    for (const dtype of floats)
      for (const n of [3, 40]) {
        const data = Array<number>(n).fill(-Infinity);
        expect(reduced("max", dtype, [n], [0], "contiguous", data)[0]).toEqual([-Infinity]);
        expect(reduced("sum", dtype, [n], [0], "contiguous", data)[0]).toEqual([-Infinity]);
        const mixed = data.map((x, i) => (i === 1 ? Infinity : x));
        expect(reduced("sum", dtype, [n], [0], "contiguous", mixed)[0]).toEqual([Number.NaN]);
      }
  });

  it("sums 0.1 a million times within a few ulp", () => {
    const count = 1_000_000;
    const x = make(wasm, "float32", [count], 0.1);
    const out = make(wasm, "float32", [], 77);
    wasm.reduce("sum", out, x, [0]);
    expect(Math.abs(Number(values(wasm, out)[0]) - count * Math.fround(0.1))).toBeLessThan(0.05);
    const columns = make(wasm, "float32", [], 77);
    wasm.reduce("sum", columns, { ...x, shape: [count / 4, 4], strides: [4, 1] }, [0, 1]);
    expect(values(wasm, columns)).toEqual(values(wasm, out));
  });

  it("gives a gathered row the bits of a contiguous one", () => {
    for (const dtype of floats)
      for (const dims of [[0, 2], [1, 2], [2]]) {
        const shape = [7, 90, 41];
        const data = samples(dtype, numel(shape));
        const [stepped] = reduced("sum", dtype, shape, dims, "stepped", data);
        const [contiguous] = reduced("sum", dtype, shape, dims, "contiguous", data);
        expect(stepped).toEqual(contiguous);
      }
  });
});

describe("argreduce", () => {
  for (const dtype of ["float32", "float64", "int64", "int32", "int16", "uint8", "bool", "float16"] as const)
    for (const name of ["max", "min"] as const)
      it(`${name} of ${dtype} along any dim in any layout, the first of equals`, () => {
        everyCase(dtype, (shape, layout, data) => {
          const coarse = data.map((x, i) =>
            dtype.startsWith("float") && i % 97 === 50 ? Number.NaN : Math.round(x),
          );
          for (const dim of dimsOf(shape)) {
            const results = both((backend) => {
              const out = make(backend, "int64", without(shape, [dim]), 77);
              backend.argreduce(name, out, make(backend, dtype, shape, coarse, layout), dim);
              return out;
            });
            expectClose(results, 0);
          }
        });
      });

  it("finds an element that equals the identity", () => {
    for (const n of [1, 3, 9, 1500]) {
      const x = make(wasm, "float32", [n], -Infinity);
      const out = make(wasm, "int64", [], 77);
      wasm.argreduce("max", out, x, 0);
      expect(values(wasm, out)).toEqual([0n]);
    }
  });
});

/** Mean and variance, of both backends each. */
function momentsOf(
  dtype: DType,
  shape: Shape,
  dims: number[],
  layout: Layout,
  data: number[],
  correction = 1,
) {
  const variances: (number | bigint)[][] = [];
  const means = both((backend) => {
    const mean = make(backend, dtype, without(shape, dims), 77);
    const variance = make(backend, dtype, without(shape, dims), 77);
    backend.moments(mean, variance, make(backend, dtype, shape, data, layout), dims, correction);
    variances.push(values(backend, variance));
    return mean;
  });
  return [means, [variances[0]!, variances[1]!]] as const;
}

describe("moments", () => {
  for (const dtype of floats)
    it(`of ${dtype} over any dims in any layout`, () => {
      everyCase(dtype, (shape, layout, data) => {
        for (const dims of subsets(shape.length))
          for (const results of momentsOf(dtype, shape, dims, layout, data))
            expectClose(results, dtype === "float32" ? 1e-7 : 1e-13);
      });
    });

  it("of float16", () => {
    for (const results of momentsOf("float16", [3, 70], [1], "contiguous", samples("float16", 210)))
      expectClose(results, 1e-3);
  });

  it("sees no variance where there is none, and a small one beside a great mean", () => {
    for (const dtype of floats)
      for (const shape of [[7], [7, 6], [1001, 3]]) {
        const [, [variance]] = momentsOf(dtype, shape, [0], "contiguous", Array(numel(shape)).fill(0.1));
        expect(variance).toEqual(Array(numel(without(shape, [0]))).fill(0));
        const data = samples(dtype, numel(shape)).map((x) => 10000 + Math.round(x * 8) / 8);
        for (const results of momentsOf(dtype, shape, [0], "contiguous", data)) expectClose(results, 1e-7);
      }
  });

  it("of too few elements is NaN or ∞", () => {
    const of = (data: number[], correction: number) =>
      momentsOf("float32", [data.length], [0], "contiguous", data, correction).map(([actual]) => actual[0]);
    expect(of([], 1)).toEqual([Number.NaN, Number.NaN]);
    expect(of([3], 1)).toEqual([3, Number.NaN]);
    expect(of([3, 4], 2)).toEqual([3.5, Infinity]);
    expect(of([3, 4], 3)).toEqual([3.5, Infinity]);
  });
});
