import { describe, expect, it } from "vitest";
import type { Backend, BinaryName, CompareName, NDArray } from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import { type DType, dtypes, integerRange, isFloat } from "../../src/core/dtype.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, layouts, make, values } from "./arrays.js";

const wasm = createWasmBackend();
const reference = createReferenceBackend();
const all = Object.keys(dtypes) as DType[];
const shapes: readonly Shape[] = [[], [0], [1], [37], [5, 19], [3, 0, 2], [2, 3, 17], [4, 1, 33]];

/** Ordinary numbers of the dtype, and every fifth a special one. */
function samples(dtype: DType, count: number, seed: number): (number | bigint)[] {
  let state = seed;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  const special = [0, -0, 1, -1, Infinity, -Infinity, Number.NaN, 0.5, 3e38, -1e-40, 2.5, -7];
  const whole = dtype === "bool" || isFloat(dtype) ? [] : integerRange(dtype);
  return Array.from({ length: count }, () => {
    const [which, u, v] = [next(), next(), next()];
    if (dtype === "bool") return u < 0.5 ? 0 : 1;
    if (isFloat(dtype))
      return which < 0.2 ? special[Math.floor(u * special.length)]! : (u - 0.5) * 10 ** (8 * v - 3);
    if (which < 0.1) return dtype === "int64" ? whole[u < 0.5 ? 0 : 1]! : Number(whole[u < 0.5 ? 0 : 1]!);
    const x = Math.floor(u * 40) - (dtype === "uint8" ? 0 : 20);
    return dtype === "int64" ? BigInt(x) : x;
  });
}

type Operand = {
  readonly dtype: DType;
  readonly layout?: Layout;
  readonly values?: readonly (number | bigint)[];
};

/** Runs on both backends and expects the same elements, NaN for NaN, −0 for −0. */
function expectSame(
  shape: Shape,
  operands: readonly Operand[],
  result: Operand,
  run: (backend: Backend, out: NDArray, ...x: NDArray[]) => void,
): void {
  const [actual, expected] = [wasm, reference].map((backend) => {
    const arrays = operands.map(({ dtype, layout, values }, i) =>
      make(backend, dtype, shape, values ?? samples(dtype, numel(shape), i + 1), layout),
    );
    const out = make(backend, result.dtype, shape, [], result.layout);
    run(backend, out, ...arrays);
    return values(backend, out);
  });
  expect(actual).toEqual(expected);
}

const simple: readonly BinaryName[] = ["add", "sub", "mul", "maximum", "minimum", "fmax", "fmin"];
const divisions: readonly BinaryName[] = ["floordiv", "truncdiv", "remainder", "fmod"];
const bitwise: readonly BinaryName[] = ["bitwiseand", "bitwiseor", "bitwisexor"];
const shifts: readonly BinaryName[] = ["shiftleft", "shiftright"];

function namesFor(dtype: DType): readonly BinaryName[] {
  if (dtype === "bool") return ["add", "mul", "maximum", "minimum", ...bitwise];
  if (!isFloat(dtype)) return [...simple, ...bitwise, ...shifts, "pow"];
  const half = dtype === "float16" || dtype === "bfloat16";
  return [...simple, ...divisions, "div", "copysign", ...(half ? [] : (["nextafter"] as const))];
}

describe("binary", () => {
  for (const dtype of all)
    for (const name of namesFor(dtype))
      it(`${name} of ${dtype} in every layout`, () => {
        for (const shape of shapes)
          for (const layout of layouts)
            for (const other of layouts)
              expectSame(
                shape,
                [
                  { dtype, layout },
                  { dtype, layout: other },
                ],
                { dtype },
                (backend, out, a, b) => backend.binary(name, out, a!, b!),
              );
      });

  for (const dtype of ["int64", "int32", "int16", "int8", "uint8"] as const)
    it(`divisions of ${dtype}, the least value by −1 too`, () => {
      for (const name of divisions)
        for (const layout of layouts) {
          const divisor = samples(dtype, 95, 2).map((v) => v || (dtype === "int64" ? 3n : 3));
          const operands = [
            { dtype, layout },
            { dtype, values: divisor, layout },
          ];
          expectSame([5, 19], operands, { dtype }, (backend, out, a, b) => backend.binary(name, out, a!, b!));
          if (dtype === "uint8") continue;
          const [least] = integerRange(dtype).map((v) => (dtype === "int64" ? v : Number(v)));
          const pair = [
            { dtype, values: [least!] },
            { dtype, values: [dtype === "int64" ? -1n : -1] },
          ];
          expectSame([1], pair, { dtype }, (backend, out, a, b) => backend.binary(name, out, a!, b!));
        }
    });

  it("refuses to divide whole numbers by zero", () => {
    for (const backend of [wasm, reference])
      for (const dtype of ["int64", "int16", "uint8"] as const) {
        const x = make(
          backend,
          dtype,
          [3, 2],
          dtype === "int64" ? [1n, 2n, 3n, 0n, 5n, 6n] : [1, 2, 3, 0, 5, 6],
        );
        expect(() => backend.binary("floordiv", x, x, x)).toThrow(/^floordiv: ZeroDivisionError/);
      }
  });

  // Measured against real PyTorch: rows of [a, b, floordiv, remainder, fmod].
  it("floor division and remainder take the divisor's sign", () => {
    const rows: [number, number, number, number, number][] = [
      [7, 3, 2, 1, 1],
      [-7, 3, -3, 2, -1],
      [7, -3, -3, -2, 1],
      [-7, -3, 2, -1, -1],
      [5, Infinity, 0, 5, 5],
      [-1, Infinity, -1, Infinity, -1],
      [1, 0, Infinity, Number.NaN, Number.NaN],
      [Infinity, 2.5, Number.NaN, Number.NaN, Number.NaN],
      [-0, 1, -0, -0, -0],
    ];
    for (const backend of [wasm, reference])
      for (const dtype of ["float32", "float64"] as const) {
        const column = (i: number) => rows.map((row) => row[i]!);
        const [a, b] = [make(backend, dtype, [9], column(0)), make(backend, dtype, [9], column(1))];
        (["floordiv", "remainder", "fmod"] as const).forEach((name, i) => {
          const out = make(backend, dtype, [9]);
          backend.binary(name, out, a, b);
          expect(values(backend, out), name).toEqual(column(2 + i));
        });
      }
  });

  for (const [name, ulps] of [
    ["pow", 1.5],
    ["atan2", 2],
    ["hypot", 1],
  ] as const)
    for (const dtype of ["float32", "float64"] as const)
      it(`${name} of ${dtype} within ${ulps} ulp, vectors and elements alike`, () => {
        for (const layout of layouts) {
          const [actual, expected, single] = [wasm, reference, wasm].map((backend, k) => {
            const a = make(backend, dtype, [23, 19], samples(dtype, 437, 1), layout);
            const b = make(backend, dtype, [23, 19], samples(dtype, 437, 2), layout);
            const out = make(backend, dtype, [23, 19], [], k === 2 ? "stepped" : "contiguous");
            backend.binary(name, out, a, b);
            return values(backend, out).map(Number);
          });
          expect(single).toEqual(actual);
          const [epsilon, tiny] = dtype === "float32" ? [2 ** -23, 2 ** -149] : [2 ** -52, 2 ** -1074];
          actual!.forEach((x, i) => {
            const y = expected![i]!;
            const bound = Math.max(tiny, ulps * epsilon * Math.abs(y));
            if (!Number.isFinite(y) || Math.abs(x - y) > bound) expect(x, `element ${i}`).toBe(y);
          });
        }
      });

  it("writes into any layout", () => {
    for (const layout of ["transposed", "stepped"] as const)
      for (const dtype of all)
        expectSame([3, 18], [{ dtype }, { dtype }], { dtype, layout }, (backend, out, a, b) =>
          backend.binary("add", out, a!, b!),
        );
  });

  it("repeats one element on either side", () => {
    for (const dtype of all)
      for (const side of [0, 1])
        for (const backend of [wasm, reference]) {
          const row = make(backend, dtype, [35], samples(dtype, 35, 7));
          const one = { ...make(backend, dtype, [1], [1]), shape: [35], strides: [0] };
          const [out, expected] = [make(backend, dtype, [35]), make(backend, dtype, [35])];
          const ones = make(backend, dtype, [35], new Array(35).fill(1));
          const pair = (x: NDArray): [NDArray, NDArray] => (side ? [row, x] : [x, row]);
          backend.binary("maximum", out, ...pair(one));
          backend.binary("maximum", expected, ...pair(ones));
          expect(values(backend, out)).toEqual(values(backend, expected));
        }
  });

  it("works in place", () => {
    for (const backend of [wasm, reference]) {
      const x = make(backend, "float32", [21], samples("float32", 21, 3));
      const doubled = values(backend, x).map((v) => Math.fround(2 * Number(v)));
      backend.binary("add", x, x, x);
      expect(values(backend, x)).toEqual(doubled);
    }
  });
});

describe("compare", () => {
  const names: readonly CompareName[] = [
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "logicaland",
    "logicalor",
    "logicalxor",
  ];
  for (const dtype of all)
    it(`of ${dtype}, to bytes of 0 and 1`, () => {
      for (const name of names)
        for (const shape of shapes)
          for (const layout of layouts) {
            const near = samples(dtype, numel(shape), 1).map((v, i, list) =>
              i % 3 ? v : (list[i + 1] ?? v),
            );
            expectSame(
              shape,
              [
                { dtype, layout },
                { dtype, values: near },
              ],
              { dtype: "bool" },
              (backend, out, a, b) => backend.compare(name, out, a!, b!),
            );
          }
    });
});

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

describe("predicates", () => {
  for (const name of ["isnan", "isinf", "isfinite", "signbit", "logicalnot"] as const)
    it(`${name} of every dtype and layout`, () => {
      for (const dtype of all)
        for (const shape of shapes)
          for (const layout of layouts)
            expectSame(shape, [{ dtype, layout }], { dtype: "bool" }, (backend, out, x) =>
              backend.predicate(name, out, x!),
            );
    });
});
