import { describe, expect, it } from "vitest";
import type { Backend, NDArray, Window2d } from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import type { Shape } from "../../src/core/shape.js";
import { numel } from "../../src/core/shape.js";
import { type Layout, make, values } from "./arrays.js";

type Float = "float32" | "float64";
type Pair = readonly [number, number];

interface Case {
  readonly x: Shape;
  readonly w: Shape;
  readonly stride?: Pair;
  readonly padding?: Pair;
  readonly dilation?: Pair;
  readonly groups?: number;
}

const wasm = createWasmBackend();
const reference = createReferenceBackend();

/** Repeatable numbers in (−1, 1), different for every seed. */
function noise(n: number, seed: number): number[] {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return Array.from({ length: n }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return Math.fround(state / 2 ** 31);
  });
}

function geometry({ x, w, stride = [1, 1], padding = [0, 0], dilation = [1, 1], groups = 1 }: Case) {
  const window: Window2d = { kernel: [w[2]!, w[3]!], stride, padding, dilation };
  const size = (d: 0 | 1) =>
    Math.floor((x[2 + d]! + 2 * padding[d] - dilation[d] * (w[2 + d]! - 1) - 1) / stride[d]) + 1;
  const y: Shape = [x[0]!, w[0]!, size(0), size(1)];
  return { window, groups, y };
}

/** The three directions on one backend: [y, y without bias, ∂x, ∂w]. */
function run(backend: Backend, dtype: Float, c: Case, layout: Layout): NDArray[] {
  const { window, groups, y } = geometry(c);
  const array = (shape: Shape, seed: number, layout?: Layout) =>
    make(backend, dtype, shape, noise(numel(shape), seed), layout);
  const [x, w, g] = [array(c.x, 1, layout), array(c.w, 2, layout), array(y, 3, layout)];
  const bias = array([c.w[0]!], 4, layout === "transposed" ? "contiguous" : layout);
  const [out, plain, gx, gw] = [array(y, 5), array(y, 6), array(c.x, 7), array(c.w, 8)];
  backend.conv2d(out, x, w, bias, window, groups);
  backend.conv2d(plain, x, w, undefined, window, groups);
  backend.conv2dGradInput(gx, g, w, window, groups);
  backend.conv2dGradWeight(gw, g, x, window, groups);
  return [out, plain, gx, gw];
}

/** Sums of n terms below 1 differ by at most about n·ε; half of that is never reached by chance. */
function expectSame(dtype: Float, c: Case, layout: Layout = "contiguous"): void {
  const epsilon = dtype === "float32" ? 2 ** -24 : 2 ** -52;
  const { y } = geometry(c);
  const terms = [numel(c.w), numel(c.w), numel(c.w), numel(y) + 1];
  const actual = run(wasm, dtype, c, layout).map((a) => values(wasm, a) as number[]);
  const expected = run(reference, dtype, c, layout).map((a) => values(reference, a) as number[]);
  ["y", "y without bias", "∂x", "∂w"].forEach((name, i) => {
    const bound = epsilon * (4 + terms[i]!);
    const worst = actual[i]!.reduce((m, a, p) => Math.max(m, Math.abs(a - expected[i]![p]!)), 0);
    expect(actual[i]!.some(Number.isNaN), `${name} of ${JSON.stringify(c)} has NaN`).toBe(false);
    expect(worst, `${name} of ${JSON.stringify(c)}, ${dtype}, ${layout}`).toBeLessThanOrEqual(bound);
  });
}

const cases: Record<string, Case> = {
  "LeNet's first": { x: [2, 1, 28, 28], w: [6, 1, 5, 5], padding: [2, 2] },
  "LeNet's second": { x: [2, 6, 14, 14], w: [16, 6, 5, 5] },
  "same size": { x: [2, 8, 9, 9], w: [10, 8, 3, 3], padding: [1, 1] },
  "1×1": { x: [2, 5, 3, 3], w: [7, 5, 1, 1] },
  "1×1, stride 2": { x: [2, 5, 7, 7], w: [3, 5, 1, 1], stride: [2, 2] },
  "1×1, padded": { x: [1, 2, 3, 3], w: [2, 2, 1, 1], padding: [1, 1] },
  "stride 2": { x: [2, 3, 11, 11], w: [5, 3, 3, 3], stride: [2, 2], padding: [1, 1] },
  "stride 2, rows left over": { x: [2, 3, 12, 12], w: [5, 3, 3, 3], stride: [2, 2] },
  "7×7, stride 2": { x: [1, 3, 32, 32], w: [8, 3, 7, 7], stride: [2, 2], padding: [3, 3] },
  "stride larger than the kernel": { x: [1, 2, 13, 14], w: [3, 2, 2, 2], stride: [3, 4] },
  "unequal everything": {
    x: [2, 4, 17, 10],
    w: [6, 2, 3, 2],
    stride: [2, 1],
    padding: [1, 2],
    dilation: [1, 3],
    groups: 2,
  },
  dilated: { x: [1, 3, 12, 12], w: [4, 3, 3, 3], padding: [2, 2], dilation: [2, 2] },
  "dilated by the stride": { x: [1, 2, 15, 15], w: [3, 2, 3, 3], stride: [2, 2], dilation: [2, 2] },
  "dilation 3, stride 2": {
    x: [1, 2, 16, 16],
    w: [2, 2, 3, 3],
    stride: [2, 2],
    padding: [3, 3],
    dilation: [3, 3],
  },
  depthwise: { x: [2, 6, 8, 8], w: [6, 1, 3, 3], padding: [1, 1], groups: 6 },
  "depthwise, two for each": { x: [2, 3, 8, 9], w: [6, 1, 3, 3], padding: [1, 1], groups: 3 },
  "padding beyond the kernel": { x: [1, 2, 4, 5], w: [3, 2, 2, 2], padding: [3, 4] },
  "kernel as large as the plane": { x: [3, 4, 5, 5], w: [9, 4, 5, 5] },
  "one pixel": { x: [2, 3, 1, 1], w: [5, 3, 1, 1] },
  "one column": { x: [2, 3, 9, 1], w: [5, 3, 3, 1], padding: [1, 0] },
  "one channel, wide": { x: [1, 1, 3, 700], w: [1, 1, 3, 5] },
  "one row, stride 2": { x: [1, 3, 1, 41], w: [2, 3, 1, 4], stride: [1, 2], padding: [0, 1] },
  "no image": { x: [0, 3, 5, 5], w: [2, 3, 3, 3] },
  "no channel": { x: [2, 0, 5, 5], w: [2, 0, 3, 3] },
  "no output channel": { x: [2, 3, 5, 5], w: [0, 3, 3, 3] },
};

describe.each(["float32", "float64"] as const)("convolution, %s: wasm = reference", (dtype) => {
  it.each(Object.entries(cases))("%s", (_, c) => expectSame(dtype, c));

  it.each(["transposed", "stepped", "expanded"] as const)("%s operands", (layout) => {
    for (const c of Object.values(cases)) expectSame(dtype, c, layout);
  });

  it("every width of output from 1 to 20, every remainder of channels", () => {
    for (let n = 1; n <= 20; n++)
      expectSame(dtype, {
        x: [1, 1 + (n % 3), 3, n + 2],
        w: [1 + (n % 7), 1 + (n % 3), 3, 3],
        padding: [n % 2, 0],
      });
  });
});

describe("convolution", () => {
  it.each([wasm, reference])("corr2d of the book, on $device", (backend) => {
    const x = make(backend, "float32", [1, 1, 3, 3], [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const w = make(backend, "float32", [1, 1, 2, 2], [0, 1, 2, 3]);
    const y = make(backend, "float32", [1, 1, 2, 2]);
    const window: Window2d = { kernel: [2, 2], stride: [1, 1], padding: [0, 0], dilation: [1, 1] };
    backend.conv2d(y, x, w, undefined, window, 1);
    expect(values(backend, y)).toEqual([19, 25, 37, 43]);
  });

  it("infinities and NaN of one pixel reach only the outputs whose windows hold it", () => {
    const input = new Array<number>(64).fill(1);
    input[27] = Infinity;
    input[36] = NaN;
    for (const backend of [wasm, reference]) {
      const x = make(backend, "float32", [1, 1, 8, 8], input);
      const w = make(backend, "float32", [1, 1, 3, 3], 1);
      const y = make(backend, "float32", [1, 1, 8, 8]);
      const window: Window2d = { kernel: [3, 3], stride: [1, 1], padding: [1, 1], dilation: [1, 1] };
      backend.conv2d(y, x, w, undefined, window, 1);
      const out = values(backend, y) as number[];
      expect(out.filter(Number.isNaN).length).toBe(9);
      expect(out.filter((v) => v === Infinity).length).toBe(5);
    }
  });
});
