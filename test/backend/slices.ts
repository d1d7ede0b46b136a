/** What the tests of reductions share: cases, operands, and how results of the two backends are compared. */
import { expect } from "vitest";
import type { Backend, NDArray } from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import { type DType, isFloat } from "../../src/core/dtype.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, layouts, values } from "./arrays.js";

export const wasm = createWasmBackend();
export const reference = createReferenceBackend();
export const floats = ["float32", "float64"] as const;
export const bound = { float32: 1e-5, float64: 1e-13 } as const;

/** Every subset of dims, ascending. */
export function subsets(rank: number): number[][] {
  return Array.from({ length: 1 << rank }, (_, mask) =>
    Array.from({ length: rank }, (_, d) => d).filter((d) => mask & (1 << d)),
  );
}
export const without = (shape: Shape, dims: readonly number[]) => shape.filter((_, d) => !dims.includes(d));

/** The same numbers each time, spread over [-2, 2) for floats, small whole ones for integers. */
export function samples(dtype: DType, count: number): number[] {
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
export function both(run: (backend: Backend) => NDArray): [(number | bigint)[], (number | bigint)[]] {
  return [values(wasm, run(wasm)), values(reference, run(reference))];
}

/** |actual − expected| ≤ tolerance · max(1, |expected|); NaN, infinities and whole numbers exactly. */
export function expectClose(
  [actual, expected]: readonly [readonly (number | bigint)[], readonly (number | bigint)[]],
  tolerance: number,
): void {
  expect(actual.length).toBe(expected.length);
  actual.forEach((a, i) => {
    const e = expected[i]!;
    const exact = typeof e === "bigint" || !Number.isFinite(e);
    if (exact ? !Object.is(a, e) : !(Math.abs(Number(a) - e) <= tolerance * Math.max(1, Math.abs(e))))
      expect.fail(`element ${i}: ${a} is not within ${tolerance} of ${e}`);
  });
}

export const shapes: Shape[] = [[], [1], [37], [5, 7], [2, 3, 4], [3, 1, 5, 2], [2, 40, 3, 9]];
/** Long enough for several blocks, in rows and in columns. */
const long: Shape[] = [[5000], [3, 1500], [1500, 3], [35, 1100], [2, 100, 5]];
export const dimsOf = (shape: Shape) => Array.from({ length: Math.max(1, shape.length) }, (_, d) => d);

export function everyCase(dtype: DType, run: (shape: Shape, layout: Layout, data: number[]) => void): void {
  for (const shape of [...shapes, ...long])
    for (const layout of shape.length > 1 ? layouts : (["contiguous", "stepped"] as const))
      run(shape, layout, samples(dtype, numel(shape)));
}
