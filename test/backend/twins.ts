/** Both backends side by side: the same numbers in, the same elements expected out. */
import { expect } from "vitest";
import type { Backend, NDArray } from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import { type DType, dtypes, integerRange, isFloat } from "../../src/core/dtype.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, make, values } from "./arrays.js";

export const wasm = createWasmBackend();
export const reference = createReferenceBackend();
export const all = Object.keys(dtypes) as DType[];
export const shapes: readonly Shape[] = [[], [0], [1], [37], [5, 19], [3, 0, 2], [2, 3, 17], [4, 1, 33]];

/** Ordinary numbers of the dtype, and every fifth a special one. */
export function samples(dtype: DType, count: number, seed: number): (number | bigint)[] {
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

export type Operand = {
  readonly dtype: DType;
  readonly layout?: Layout;
  readonly values?: readonly (number | bigint)[];
};

/** Runs on both backends and expects the same elements, NaN for NaN, −0 for −0. */
export function expectSame(
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
