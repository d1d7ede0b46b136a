import { describe, expect, it } from "vitest";
import type { DType } from "../../src/core/dtype.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, layouts, make, values } from "./arrays.js";
import { both, bound, dimsOf, expectClose, floats, reference, samples, shapes, wasm } from "./slices.js";

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

describe("softmax", () => {
  const cases: Shape[] = [
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
        for (const shape of cases)
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
