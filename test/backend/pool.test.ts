import { describe, expect, it } from "vitest";
import type { Backend, NDArray, Window2d } from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import { numel, type Shape } from "../../src/core/shape.js";
import { type Layout, make, values } from "./arrays.js";

type Float = "float32" | "float64";

const wasm = createWasmBackend();
const reference = createReferenceBackend();

/** Repeatable small whole numbers with many ties, some of them NaN or infinite. */
function awkward(n: number, seed: number): number[] {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  const special = [NaN, Infinity, -Infinity, -0];
  return Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    const k = (state >>> 16) % 40;
    return special[k] ?? (k % 7) - 3;
  });
}
const calm = (n: number, seed: number) => awkward(n, seed).map((v) => (Number.isFinite(v) ? v + 0.25 : 0.5));

interface Case {
  readonly x: Shape;
  readonly kernel: readonly [number, number];
  readonly stride?: readonly [number, number];
  readonly padding?: readonly [number, number];
  readonly dilation?: readonly [number, number];
  readonly ceil?: boolean;
}

function geometry({ x, kernel, stride = kernel, padding = [0, 0], dilation = [1, 1], ceil = false }: Case) {
  const window: Window2d = { kernel, stride, padding, dilation };
  const size = (d: 0 | 1) => {
    const span = x[2 + d]! + 2 * padding[d] - dilation[d] * (kernel[d] - 1) - 1;
    const n = (ceil ? Math.ceil : Math.floor)(span / stride[d]) + 1;
    // With ceil the last window must still start on the plane or its padding to the left.
    return ceil && (n - 1) * stride[d] >= x[2 + d]! + padding[d] ? n - 1 : n;
  };
  const y: Shape = [x[0]!, x[1]!, size(0), size(1)];
  return { window, y };
}

function maxima(backend: Backend, dtype: Float, c: Case, layout: Layout): NDArray[] {
  const { window, y } = geometry(c);
  const x = make(backend, dtype, c.x, awkward(numel(c.x), 1), layout);
  const [out, gx] = [make(backend, dtype, y, 9), make(backend, dtype, c.x, 9)];
  const indices = make(backend, "int64", y, 9n);
  backend.maxPool2d(out, indices, x, window);
  backend.maxPool2dGrad(gx, make(backend, dtype, y, calm(numel(y), 2), layout), indices);
  return [out, indices, gx];
}

function means(backend: Backend, dtype: Float, c: Case, layout: Layout): NDArray[] {
  const { window, y } = geometry(c);
  const x = make(backend, dtype, c.x, calm(numel(c.x), 1), layout);
  const g = make(backend, dtype, y, calm(numel(y), 2), layout);
  return [true, false].flatMap((countPadding) =>
    [0, 3].flatMap((divisor) => {
      const [out, gx] = [make(backend, dtype, y, 9), make(backend, dtype, c.x, 9)];
      backend.avgPool2d(out, x, window, countPadding, divisor);
      backend.avgPool2dGrad(gx, g, window, countPadding, divisor);
      return [out, gx];
    }),
  );
}

const cases: Record<string, Case> = {
  "2×2": { x: [2, 3, 8, 18], kernel: [2, 2] },
  "2×2, odd plane": { x: [2, 3, 7, 13], kernel: [2, 2] },
  "2×2, ceil": { x: [2, 3, 7, 13], kernel: [2, 2], ceil: true },
  "3×3, stride 2, padded": { x: [2, 2, 9, 10], kernel: [3, 3], stride: [2, 2], padding: [1, 1] },
  "3×3, stride 2, padded, ceil": {
    x: [1, 2, 10, 10],
    kernel: [3, 3],
    stride: [2, 2],
    padding: [1, 1],
    ceil: true,
  },
  overlapping: { x: [1, 2, 6, 7], kernel: [3, 2], stride: [1, 1], padding: [1, 1] },
  unequal: { x: [1, 3, 9, 7], kernel: [4, 2], stride: [3, 1], padding: [2, 0] },
  "whole plane": { x: [2, 4, 5, 5], kernel: [5, 5] },
  "no image": { x: [0, 4, 5, 5], kernel: [2, 2] },
};
const dilated: Record<string, Case> = {
  dilated: { x: [1, 2, 9, 9], kernel: [3, 3], stride: [1, 2], padding: [1, 1], dilation: [2, 3] },
  "between the window's places": { x: [1, 1, 2, 2], kernel: [2, 2], padding: [1, 1], dilation: [3, 3] },
};

describe.each(["float32", "float64"] as const)("pooling, %s: wasm = reference", (dtype) => {
  const layouts = ["contiguous", "transposed", "stepped", "expanded"] as const;

  it.each(Object.entries({ ...cases, ...dilated }))("maxima: %s", (_, c) => {
    for (const layout of layouts) {
      const expected = maxima(reference, dtype, c, layout).map((a) => values(reference, a));
      expect(maxima(wasm, dtype, c, layout).map((a) => values(wasm, a))).toEqual(expected);
    }
  });

  it.each(Object.entries(cases))("means: %s", (_, c) => {
    for (const layout of layouts) {
      const expected = means(reference, dtype, c, layout).flatMap((a) => values(reference, a) as number[]);
      const actual = means(wasm, dtype, c, layout).flatMap((a) => values(wasm, a) as number[]);
      const bound = 64 * (dtype === "float32" ? 2 ** -24 : 2 ** -53);
      const worst = actual.reduce((m, a, i) => Math.max(m, Math.abs(a - expected[i]!)), 0);
      expect(actual.length).toBe(expected.length);
      expect(worst).toBeLessThanOrEqual(bound);
    }
  });
});

// From PyTorch 1.13.
describe.each([wasm, reference])("pooling on $device as in PyTorch", (backend) => {
  const mean = (c: Case, countPadding: boolean, divisor: number) => {
    const { window, y } = geometry(c);
    const x = make(
      backend,
      "float64",
      c.x,
      Array.from({ length: 25 }, (_, i) => i + 1),
    );
    const out = make(backend, "float64", y);
    backend.avgPool2d(out, x, window, countPadding, divisor);
    return (values(backend, out) as number[]).map((v) => Math.round(v * 1e4) / 1e4);
  };

  it("NaN wins, the last of several; the first of equals; all −∞", () => {
    const input = [1, NaN, 3, NaN, 5, 5, 2, 5, -Infinity, -Infinity, 1, 1, -Infinity, -Infinity, 1, 2];
    const x = make(backend, "float32", [1, 1, 4, 4], input);
    const pool = (kernel: number, stride: number) => {
      const { window, y } = geometry({ x: [1, 1, 4, 4], kernel: [kernel, kernel], stride: [stride, stride] });
      const [out, indices] = [make(backend, "float32", y), make(backend, "int64", y)];
      backend.maxPool2d(out, indices, x, window);
      return [values(backend, out), values(backend, indices)];
    };
    expect(pool(2, 2)).toEqual([
      [NaN, NaN, -Infinity, 2],
      [1n, 3n, 8n, 15n],
    ]);
    expect(pool(3, 1)).toEqual([
      [NaN, NaN, 5, 5],
      [1n, 3n, 4n, 5n],
    ]);
  });

  it("what overhangs the padding does not count", () => {
    const three: Case = { x: [1, 1, 5, 5], kernel: [4, 4], stride: [3, 3], padding: [2, 2], ceil: true };
    expect(mean(three, true, 0)).toEqual([1, 3, 1.25, 7, 16, 5.8333, 3.5833, 7.8333, 2.7778]);
    expect(mean(three, false, 0)).toEqual([4, 6, 7.5, 14, 16, 17.5, 21.5, 23.5, 25]);
    expect(mean(three, true, 3)).toEqual([
      5.3333, 16, 5, 37.3333, 85.3333, 23.3333, 14.3333, 31.3333, 8.3333,
    ]);
  });
});
