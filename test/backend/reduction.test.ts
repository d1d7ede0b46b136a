import { describe, expect, it } from "vitest";
import type { Backend, NDArray, ReduceName } from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import { type DType, isFloat } from "../../src/core/dtype.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, layouts, make, values } from "./arrays.js";

const wasm = createWasmBackend();
const reference = createReferenceBackend();
const floats = ["float32", "float64"] as const;
const bound = { float32: 1e-5, float64: 1e-13 } as const;

/** Every subset of dims, ascending. */
function subsets(rank: number): number[][] {
  return Array.from({ length: 1 << rank }, (_, mask) =>
    Array.from({ length: rank }, (_, d) => d).filter((d) => mask & (1 << d)),
  );
}
const without = (shape: Shape, dims: readonly number[]) => shape.filter((_, d) => !dims.includes(d));

/** The same numbers each time, spread over [-2, 2) for floats, small whole ones for integers. */
function samples(dtype: DType, count: number): number[] {
  let state = 1;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const u = state / 4294967296;
    if (isFloat(dtype)) return u * 4 - 2;
    if (dtype === "bool") return Math.floor(u * 2);
    return dtype === "uint8" ? Math.floor(u * 20) : Math.floor(u * 20) - 10;
  });
}

/** What both backends make of the same operands. */
function both(run: (backend: Backend) => NDArray): [(number | bigint)[], (number | bigint)[]] {
  return [values(wasm, run(wasm)), values(reference, run(reference))];
}

/** |actual − expected| ≤ tolerance · max(1, |expected|); NaN, infinities and whole numbers exactly. */
function expectClose(
  [actual, expected]: readonly [readonly (number | bigint)[], readonly (number | bigint)[]],
  tolerance: number,
): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((a, i) => {
    const e = expected[i]!;
    if (typeof e === "bigint" || !Number.isFinite(e)) expect(a, `element ${i}`).toBe(e);
    else if (!(Math.abs(Number(a) - e) <= tolerance * Math.max(1, Math.abs(e))))
      expect.fail(`element ${i}: ${a} is not within ${tolerance} of ${e}`);
  });
}

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

const shapes: Shape[] = [[], [1], [37], [5, 7], [2, 3, 4], [3, 1, 5, 2], [2, 40, 3, 9]];
/** Long enough for several blocks, in rows and in columns. */
const long: Shape[] = [[5000], [3, 1500], [1500, 3], [35, 1100], [2, 100, 5]];
const dimsOf = (shape: Shape) => Array.from({ length: Math.max(1, shape.length) }, (_, d) => d);

function everyCase(dtype: DType, run: (shape: Shape, layout: Layout, data: number[]) => void): void {
  for (const shape of [...shapes, ...long])
    for (const layout of shape.length > 1 ? layouts : (["contiguous", "stepped"] as const))
      run(shape, layout, samples(dtype, numel(shape)));
}

describe("reduce", () => {
  for (const dtype of floats)
    for (const name of ["sum", "prod", "max", "min"] as const)
      it(`${name} of ${dtype} over any dims in any layout`, () => {
        everyCase(dtype, (shape, layout, data) => {
          // Products stay in range, sums have a natural size: no cancellation to speak of.
          const operands = data.map((x) => (name === "prod" ? 1 + x / 1000 : name === "sum" ? x + 2 : x));
          for (const dims of subsets(shape.length))
            expectClose(reduced(name, dtype, shape, dims, layout, operands), bound[dtype]);
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

describe("scan", () => {
  for (const dtype of ["float32", "float64", "int64", "int32", "int8", "uint8"] as const)
    for (const name of ["sum", "prod", "max", "min"] as const)
      it(`${name} of ${dtype} along any dim in any layout`, () => {
        for (const shape of [...shapes, [0, 3], [3, 0], [2, 1300]])
          for (const layout of layouts)
            for (const dim of dimsOf(shape)) {
              const small = samples(dtype, numel(shape)).map((x) => (name === "prod" ? 1 + x / 1000 : x));
              const data = dtype.startsWith("float") ? small : small.map(Math.trunc);
              const met: (number | bigint)[][] = [];
              const results = both((backend) => {
                const out = make(backend, dtype, shape, 77);
                const at = make(backend, "int64", shape, 77);
                const withIndices = name === "max" || name === "min";
                backend.scan(
                  name,
                  out,
                  make(backend, dtype, shape, data, layout),
                  dim,
                  withIndices ? at : undefined,
                );
                met.push(values(backend, at));
                return out;
              });
              expectClose(results, dtype.startsWith("float") ? bound[dtype as "float32"] : 0);
              expect(met[0]).toEqual(met[1]);
            }
      });

  it("takes the last among equals, and NaN sticks", () => {
    for (const backend of [wasm, reference]) {
      const x = make(backend, "float32", [7], [1, 3, 3, Number.NaN, 2, Number.NaN, 5]);
      const out = make(backend, "float32", [7]);
      const at = make(backend, "int64", [7]);
      backend.scan("max", out, x, 0, at);
      expect(values(backend, out)).toEqual([1, 3, 3, Number.NaN, Number.NaN, Number.NaN, Number.NaN]);
      expect(values(backend, at)).toEqual([0n, 1n, 2n, 3n, 3n, 5n, 5n]);
    }
  });

  it("keeps a float32 sum in float64", () => {
    const out = make(wasm, "float32", [100_000]);
    wasm.scan("sum", out, make(wasm, "float32", [100_000], 0.1), 0);
    expect(values(wasm, out).at(-1)).toBe(10000);
  });
});

function momentsOf(
  dtype: DType,
  shape: Shape,
  dims: number[],
  layout: Layout,
  data: number[],
  correction = 1,
) {
  const run = (pick: 0 | 1) =>
    both((backend) => {
      const outs = [0, 1].map(() => make(backend, dtype, without(shape, dims), 77)) as [NDArray, NDArray];
      backend.moments(outs[0], outs[1], make(backend, dtype, shape, data, layout), dims, correction);
      return outs[pick];
    });
  return [run(0), run(1)] as const;
}

describe("moments", () => {
  for (const dtype of floats)
    it(`of ${dtype} over any dims in any layout`, () => {
      everyCase(dtype, (shape, layout, data) => {
        for (const dims of subsets(shape.length))
          for (const correction of [0, 1])
            for (const results of momentsOf(dtype, shape, dims, layout, data, correction))
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

describe("softmax", () => {
  const shapes: Shape[] = [
    [],
    [1],
    [9],
    [5, 7],
    [3, 37],
    [2, 33, 5],
    [2, 3, 4, 21],
    [1, 1500],
    [1300, 3],
    [0, 3],
  ];
  const names = ["softmax", "logSoftmax", "softmaxGrad", "logSoftmaxGrad"] as const;
  const run = (
    name: (typeof names)[number],
    dtype: DType,
    shape: Shape,
    dim: number,
    layout: Layout,
    data: number[],
  ) =>
    both((backend) => {
      const out = make(backend, dtype, shape, 77);
      const x = make(backend, dtype, shape, data, layout);
      if (name === "softmax" || name === "logSoftmax") backend[name](out, x, dim);
      else
        backend[name](
          out,
          x,
          make(
            backend,
            dtype,
            shape,
            data.map((x) => (x - 3) / 5),
          ),
          dim,
        );
      return out;
    });

  for (const dtype of floats)
    for (const name of names)
      it(`${name} of ${dtype} along any dim in any layout`, () => {
        for (const shape of shapes)
          for (const dim of dimsOf(shape))
            for (const layout of layouts)
              expectClose(
                run(name, dtype, shape, dim, layout, samples(dtype, numel(shape))),
                name.endsWith("Grad") ? 10 * bound[dtype] : bound[dtype],
              );
      });

  for (const dtype of ["float16", "bfloat16"] as const)
    it(`of ${dtype}`, () => {
      expectClose(run("softmax", dtype, [3, 40], 1, "contiguous", samples(dtype, 120)), 1e-3);
      expectClose(run("softmax", dtype, [3, 40], 0, "contiguous", samples(dtype, 120)), 4e-3);
    });

  it("is NaN where PyTorch's is, and survives great arguments", () => {
    const rows = [
      [-Infinity, -Infinity, -Infinity],
      [Infinity, 1, 2],
      [Number.NaN, 1, 2],
      [-Infinity, 1, -Infinity],
      [1e30, -1e30, 0],
      [700, 701, 702],
    ];
    const expected = [3, 3, 3, 0, 0, 0];
    for (const dtype of floats)
      for (const name of ["softmax", "logSoftmax"] as const)
        for (const transposed of [false, true]) {
          const columns = [0, 1, 2].flatMap((j) => rows.map((row) => row[j]!));
          const results = transposed
            ? run(name, dtype, [3, 6], 0, "contiguous", columns)
            : run(name, dtype, [6, 3], 1, "contiguous", rows.flat());
          expectClose(results, bound[dtype]);
          const [actual] = results;
          const of = (row: number) => [0, 1, 2].map((j) => actual[transposed ? j * 6 + row : row * 3 + j]);
          expect(rows.map((_, i) => of(i).filter(Number.isNaN).length)).toEqual(expected);
        }
  });

  it("writes to an output of any layout", () => {
    const data = samples("float32", 35);
    const results = both((backend) => {
      const out = make(backend, "float32", [5, 7], 77, "transposed");
      backend.softmax(out, make(backend, "float32", [5, 7], data), 1);
      return out;
    });
    expectClose(results, bound.float32);
  });
});
