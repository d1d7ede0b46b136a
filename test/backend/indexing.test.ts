import { describe, expect, test } from "vitest";
import type { Backend, NDArray, ScatterMode } from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import { type DType, dtypes, integerRange, isFloat } from "../../src/core/dtype.js";
import { Generator } from "../../src/core/generator.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, layouts, make, values } from "./arrays.js";

const wasm = createWasmBackend();
const reference = createReferenceBackend();
const everyDType = Object.keys(dtypes) as DType[];
const modes: readonly ScatterMode[] = ["set", "add", "mul", "max", "min"];

/** Small values that every dtype holds, with repetitions; for floats NaN, infinities and both zeros among them. */
function sample(dtype: DType, n: number, seed: number, special = true): (number | bigint)[] {
  const generator = new Generator(seed);
  const odd = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0];
  return Array.from({ length: n }, () => {
    const k = generator.u32() % 23;
    if (dtype === "bool") return k % 2;
    if (!isFloat(dtype)) return k - (dtype === "uint8" ? 0 : 11);
    return special && k < odd.length ? odd[k]! : (k - 11) / 4;
  });
}
const indices = (n: number, below: number, seed: number): number[] => {
  const generator = new Generator(seed);
  return Array.from({ length: n }, () => generator.u32() % below);
};

/** Runs on both devices and compares what `call` returns, bit for bit. */
function same(call: (backend: Backend) => NDArray | readonly NDArray[]): void {
  const [got, want] = [wasm, reference].map((backend) =>
    [call(backend)].flat().map((x) => values(backend, x as NDArray)),
  );
  expect(got).toEqual(want);
}

const shapes: readonly (readonly [Shape, number, Shape])[] = [
  [[7], 0, [5]],
  [[4, 6], 0, [3, 5]],
  [[4, 6], 1, [4, 9]],
  [[3, 4, 5], 1, [2, 7, 5]],
  [[2, 3, 2, 5], 2, [2, 1, 4, 3]],
  [[], 0, []],
  [[3, 4], 0, [0, 4]],
];

describe.each(everyDType)("%s", (dtype) => {
  test.each(layouts)("gather from %s", (layout) => {
    for (const [shape, dim, picked] of shapes)
      same((backend) => {
        const x = make(backend, dtype, shape, sample(dtype, numel(shape), 1), layout);
        const at = indices(numel(picked), shape[dim] ?? 1, 2);
        const index = make(backend, "int64", picked, at, layout === "expanded" ? "expanded" : "stepped");
        const out = make(backend, dtype, picked);
        backend.gather(out, x, dim, index);
        return out;
      });
  });

  test.each(modes)("scatter with %s", (mode) => {
    for (const layout of layouts)
      for (const [shape, dim, picked] of shapes)
        same((backend) => {
          const out = make(backend, dtype, shape, sample(dtype, numel(shape), 3), plain(layout));
          const index = make(backend, "int64", picked, indices(numel(picked), shape[dim] ?? 1, 4), layout);
          const src = make(backend, dtype, picked, sample(dtype, numel(picked), 5), layout);
          backend.scatter(out, dim, index, src, mode);
          return out;
        });
  });

  test.each(layouts)("indexSelect and indexPut, %s", (layout) => {
    const cases: readonly (readonly [Shape, number, number])[] = [
      [[5, 64], 0, 9],
      [[5, 67], 0, 3],
      [[2, 3, 4, 33], 2, 6],
      [[2, 3, 4, 3], 1, 5],
      [[6], 0, 4],
      [[4, 0], 0, 3],
      [[], 0, 1],
    ];
    for (const [shape, dim, n] of cases) {
      const picked = shape.map((extent, d) => (d === dim ? n : extent));
      const at = indices(n, shape[dim] ?? 1, 6);
      same((backend) => {
        const x = make(backend, dtype, shape, sample(dtype, numel(shape), 7), layout);
        const out = make(backend, dtype, picked, [], plain(layout));
        backend.indexSelect(out, x, dim, make(backend, "int64", [n], at, layout));
        return out;
      });
      for (const mode of modes)
        same((backend) => {
          const out = make(backend, dtype, shape, sample(dtype, numel(shape), 8), plain(layout));
          const src = make(backend, dtype, picked, sample(dtype, numel(picked), 9), layout);
          backend.indexPut(out, dim, make(backend, "int64", [n], at, layout), src, mode);
          return out;
        });
    }
  });

  test.each([false, true])("sort, descending %s", (descending) => {
    const sorts: readonly (readonly [Shape, number])[] = [
      [[1], 0],
      [[], 0],
      [[100], 0],
      [[300], 0],
      [[16, 3], 0],
      [[3, 17], 1],
      [[2, 40, 3], 1],
      [[3, 1, 2], 1],
      [[2, 0], 1],
    ];
    for (const layout of layouts)
      for (const [shape, dim] of sorts)
        same((backend) => {
          const x = make(backend, dtype, shape, sample(dtype, numel(shape), 10), layout);
          const out = make(backend, dtype, shape, [], plain(layout));
          const from = make(backend, "int64", shape, [], plain(layout));
          backend.sort(out, from, x, dim, descending);
          return [out, from];
        });
  });
});

/** A layout in which no two elements share a place. */
const plain = (layout: Layout): Layout => (layout === "expanded" ? "contiguous" : layout);

describe.each([wasm, reference])("$device", (backend) => {
  const run = (out: NDArray, call: (out: NDArray) => void) => {
    call(out);
    return values(backend, out);
  };

  test("gather takes x[i][index[i][j]]", () => {
    const x = make(backend, "float32", [2, 3], [1, 2, 3, 4, 5, 6]);
    const index = make(backend, "int64", [2, 2], [2, 0, 1, 1]);
    const out = run(make(backend, "float32", [2, 2]), (out) => backend.gather(out, x, 1, index));
    expect(out).toEqual([3, 1, 5, 5]);
  });

  test("scatter sums in ascending order of src", () => {
    // In float32 2²⁴ + 1 + 1 is 2²⁴, but 1 + 1 + 2²⁴ is 2²⁴ + 2.
    const index = make(backend, "int64", [3], [0, 0, 0]);
    const sum = (src: number[]) =>
      run(make(backend, "float32", [1]), (out) =>
        backend.scatter(out, 0, index, make(backend, "float32", [3], src), "add"),
      );
    expect(sum([16777216, 1, 1])).toEqual([16777216]);
    expect(sum([1, 1, 16777216])).toEqual([16777218]);
  });

  test("of several values set in one place the last stays", () => {
    const index = make(backend, "int64", [3], [1, 1, 1]);
    const src = make(backend, "int64", [3], [5n, 6n, 7n]);
    const out = run(make(backend, "int64", [2]), (out) => backend.scatter(out, 0, index, src, "set"));
    expect(out).toEqual([0n, 7n]);
  });

  test("narrow integers wrap around", () => {
    const index = make(backend, "int64", [2], [0, 0]);
    const src = make(backend, "int8", [2], [100, 100]);
    const out = run(make(backend, "int8", [1], [1]), (out) => backend.scatter(out, 0, index, src, "add"));
    expect(out).toEqual([-55]);
  });

  test("indexPut adds rows of an embedding's gradient", () => {
    const width = 19;
    const src = make(
      backend,
      "float64",
      [3, width],
      Array.from({ length: 3 * width }, (_, i) => i),
    );
    const index = make(backend, "int64", [3], [1, 0, 1]);
    const out = run(make(backend, "float64", [2, width], 100), (out) =>
      backend.indexPut(out, 0, index, src, "add"),
    );
    expect(out.slice(0, 2)).toEqual([100 + width, 101 + width]);
    expect(out.slice(width, width + 2)).toEqual([100 + 2 * width, 102 + 2 * width]);
  });

  test("sort puts NaN last, and first when descending, and keeps the order of equals", () => {
    const x = make(backend, "float32", [6], [Number.NaN, 1, -0, 0, 1, Number.NEGATIVE_INFINITY]);
    const sorted = (descending: boolean) => {
      const out = make(backend, "float32", [6]);
      const from = make(backend, "int64", [6]);
      backend.sort(out, from, x, 0, descending);
      return [values(backend, out), values(backend, from)];
    };
    const infinity = Number.NEGATIVE_INFINITY;
    expect(sorted(false)).toEqual([
      [infinity, -0, 0, 1, 1, Number.NaN],
      [5n, 2n, 3n, 1n, 4n, 0n],
    ]);
    expect(sorted(true)).toEqual([
      [Number.NaN, 1, 1, -0, 0, infinity],
      [0n, 1n, 4n, 2n, 3n, 5n],
    ]);
  });

  test.each(["int64", "int32", "int16", "int8", "uint8"] as const)("sort holds the ends of %s", (dtype) => {
    const [least, greatest] = integerRange(dtype);
    const x = make(backend, dtype, [3], [greatest, least, 1n]);
    const out = make(backend, dtype, [3]);
    backend.sort(out, make(backend, "int64", [3]), x, 0, false);
    expect(values(backend, out).map(BigInt)).toEqual([least, 1n, greatest]);
  });

  test("bounds, of any layout", () => {
    for (const layout of layouts) {
      const index = make(backend, "int64", [2, 3], [4n, -7n, 2n ** 40n, 0n, 9n, 1n], layout);
      expect(backend.bounds(index)).toEqual([-7n, 2n ** 40n]);
    }
    expect(backend.bounds(make(backend, "int64", [], [-3n]))).toEqual([-3n, -3n]);
  });

  test.each(layouts)("count and nonzero, %s", (layout) => {
    for (const shape of [[70], [3, 37], [2, 3, 4], [5, 1, 9], [0, 4], []]) {
      const n = numel(shape);
      const x = make(
        backend,
        "bool",
        shape,
        indices(n, 16, 11).map((i) => (i < 3 ? 1 : 0)),
        layout,
      );
      const held = values(backend, x);
      const want: bigint[] = [];
      held.forEach((value, i) => {
        if (!value) return;
        let rest = i;
        const place = [...shape].reverse().map((extent) => {
          const at = rest % extent;
          rest = (rest - at) / extent;
          return BigInt(at);
        });
        want.push(...place.reverse());
      });
      const count = held.filter(Boolean).length;
      expect(backend.count(x)).toBe(count);
      const out = run(make(backend, "int64", [count, shape.length]), (out) => backend.nonzero(out, x));
      expect(out).toEqual(want);
    }
  });
});
