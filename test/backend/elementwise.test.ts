import { describe, expect, it } from "vitest";
import type { BinaryName, CompareName, NDArray } from "../../src/backend/backend.js";
import { type DType, integerRange, isFloat } from "../../src/core/dtype.js";
import { numel } from "../../src/core/shape.js";
import { layouts, make, values } from "./arrays.js";
import { all, expectSame, reference, samples, shapes, wasm } from "./twins.js";

const simple: readonly BinaryName[] = ["add", "sub", "mul", "maximum", "minimum", "fmax", "fmin"];
const divisions: readonly BinaryName[] = ["floordiv", "truncdiv", "remainder", "fmod"];
const slopes: readonly BinaryName[] = ["relugrad", "sigmoidgrad", "tanhgrad"];
const bitwise: readonly BinaryName[] = ["bitwiseand", "bitwiseor", "bitwisexor"];
const shifts: readonly BinaryName[] = ["shiftleft", "shiftright"];

function namesFor(dtype: DType): readonly BinaryName[] {
  if (dtype === "bool") return ["add", "mul", "maximum", "minimum", ...bitwise];
  if (!isFloat(dtype)) return [...simple, ...bitwise, ...shifts, "pow"];
  const half = dtype === "float16" || dtype === "bfloat16";
  return [...simple, ...divisions, ...slopes, "div", "copysign", ...(half ? [] : (["nextafter"] as const))];
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

  it.each(["silugrad", "gelugrad", "gelutanhgrad"] as const)("%s within 4 ulp of 1, far out too", (name) => {
    const x = [...Array.from({ length: 6401 }, (_, i) => (i - 3200) / 256), -1e30, -100, -29, 29, 100, 1e30];
    for (const [dtype, bound] of [
      ["float32", 4 * 2 ** -23],
      ["float64", 4 * 2 ** -52],
    ] as const) {
      const [actual, expected] = [wasm, reference].map((backend) => {
        const ones = x.map(() => 1);
        const [g, at] = [ones, x].map((from) => make(backend, dtype, [x.length], from));
        backend.binary(name, g!, g!, at!);
        return values(backend, g!) as number[];
      });
      x.forEach((at, i) => {
        const error = Math.abs(actual![i]! - expected![i]!);
        expect(error, `${dtype} at ${at}`).toBeLessThanOrEqual(bound);
      });
      expect(actual!.at(-1)).toBe(1);
      expect(Math.abs(actual!.at(-6)!)).toBe(0);
    }
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
