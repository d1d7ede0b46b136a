import { describe, expect, it } from "vitest";
import { type DType, isFloat } from "../../src/core/dtype.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { layouts, make, values } from "./arrays.js";
import { all, expectSame, reference, shapes, wasm } from "./twins.js";

describe("copy", () => {
  const few: readonly Shape[] = [[], [0], [37], [2, 3, 17], [3, 16, 24]];
  for (const from of all)
    it(`converts ${from} to every dtype, from and into every layout`, () => {
      for (const to of all)
        for (const shape of few)
          for (const layout of layouts)
            for (const outLayout of ["contiguous", "transposed", "stepped"] as const)
              expectSame(
                shape,
                [{ dtype: from, layout }],
                { dtype: to, layout: outLayout },
                (backend, out, x) => backend.copy(out, x!),
              );
    });

  it("permutes dims, tiles and remainders alike", () => {
    const cases: [number[], Shape][] = [
      [
        [0, 2, 3, 1],
        [2, 11, 5, 7],
      ],
      [
        [0, 3, 1, 2],
        [2, 9, 8, 16],
      ],
      [
        [2, 1, 0],
        [17, 3, 20],
      ],
      [
        [3, 0, 2, 1],
        [4, 5, 6, 7],
      ],
    ];
    for (const dtype of ["float32", "float64", "int16", "uint8"] as const)
      for (const [order, shape] of cases) {
        const [actual, expected] = [wasm, reference].map((backend) => {
          const counted = Array.from({ length: numel(shape) }, (_, i) => i % 251);
          const x = make(backend, dtype, shape, counted);
          const view = { ...x, shape: order.map((d) => shape[d]!), strides: order.map((d) => x.strides[d]!) };
          const out = make(backend, dtype, view.shape);
          backend.copy(out, view);
          return values(backend, out);
        });
        expect(actual).toEqual(expected);
      }
  });

  it("cuts, wraps and saturates as PyTorch does on x86", () => {
    const fractions = [300.7, -300.7, 70000, -1.5, 3e9, 1e10, 1e20, Number.NaN, -Infinity];
    const least = -2147483648;
    const expected = {
      int64: [
        300n,
        -300n,
        70000n,
        -1n,
        3000000000n,
        10000000000n,
        ...new Array(3).fill(-9223372036854775808n),
      ],
      int32: [300, -300, 70000, -1, least, least, least, least, least],
      int16: [300, -300, 4464, -1, 0, 0, 0, 0, 0],
      int8: [44, -44, 112, -1, 0, 0, 0, 0, 0],
      uint8: [44, 212, 112, 255, 0, 0, 0, 0, 0],
      bool: [1, 1, 1, 1, 1, 1, 1, 1, 1],
    } as const;
    for (const backend of [wasm, reference])
      for (const dtype of ["int64", "int32", "int16", "int8", "uint8", "bool"] as const) {
        const out = make(backend, dtype, [9]);
        backend.copy(out, make(backend, "float64", [9], fractions));
        expect(values(backend, out), dtype).toEqual(expected[dtype]);
      }
  });

  it("rounds half to even, once", () => {
    for (const backend of [wasm, reference]) {
      const convert = (from: DType, to: DType, x: readonly (number | bigint)[]) => {
        const out = make(backend, to, [x.length]);
        backend.copy(out, make(backend, from, [x.length], x));
        return values(backend, out);
      };
      expect(
        convert("float32", "float16", [2049, 2051, 65519, 65520, 2 ** -24, 2 ** -25, 3 * 2 ** -25]),
      ).toEqual([2048, 2052, 65504, Infinity, 2 ** -24, 0, 2 ** -23]);
      expect(convert("float32", "bfloat16", [257, 259, -3.4e38])).toEqual([256, 260, -Infinity]);
      expect(convert("int64", "float32", [16777217n, 9007199254740993n, 4611686293305294849n])).toEqual([
        16777216,
        9007199254740992,
        2 ** 62 + 2 ** 39,
      ]);
    }
  });
});

describe("where, fill, clamp, arange", () => {
  it("where chooses by bytes in every layout", () => {
    for (const dtype of all)
      for (const shape of shapes)
        for (const layout of layouts)
          for (const other of layouts) {
            const operands = [
              { dtype: "bool", layout: other },
              { dtype, layout },
              { dtype, layout: other },
            ] as const;
            expectSame(shape, operands, { dtype }, (backend, out, c, a, b) => backend.where(out, c!, a!, b!));
          }
  });

  it("where repeats one element on either side", () => {
    for (const dtype of all)
      for (const sides of [[0], [1], [0, 1]]) {
        const operands = [{ dtype: "bool" }, { dtype }, { dtype }] as const;
        expectSame([39], operands, { dtype }, (backend, out, c, ...x) => {
          const [a, b] = x.map((y, i) => (sides.includes(i) ? { ...y, strides: [0] } : y));
          backend.where(out, c!, a!, b!);
        });
      }
  });

  it("fill writes any dtype, any layout", () => {
    for (const dtype of all)
      for (const shape of shapes)
        for (const layout of ["contiguous", "transposed", "stepped"] as const)
          for (const value of [0, 1, 77.6, dtype === "int64" ? -9223372036854775807n : 12])
            expectSame(shape, [], { dtype, layout }, (backend, out) => backend.fill(out, value));
  });

  it("clamp keeps NaN, and the upper bound wins", () => {
    for (const dtype of all)
      for (const [low, high] of [
        [-3, 5],
        [2, 1],
        [0, Infinity],
        [-Infinity, 4],
      ] as const)
        for (const layout of layouts)
          if (dtype !== "bool")
            expectSame([5, 19], [{ dtype, layout }], { dtype }, (backend, out, x) =>
              backend.clamp(out, x!, low, high),
            );
  });

  it("arange counts in float64 or int64", () => {
    for (const dtype of all)
      for (const layout of ["contiguous", "stepped"] as const)
        if (dtype !== "bool") {
          const [start, step] = isFloat(dtype) ? [-0.3, 0.1] : [3n, -2n];
          expectSame([41], [], { dtype, layout }, (backend, out) => backend.arange(out, start, step));
        }
    expectSame([3], [], { dtype: "int64" }, (backend, out) => backend.arange(out, 2n ** 62n, 3n));
  });
});
