/** Rows brought to mean 0 and variance 1: the kernels and their twins, and the one pass against the formula. */
import { describe, expect, it } from "vitest";
import { autograd, manualSeed, nn, randn, type Tensor } from "../../src/index.js";
import { layouts, make } from "./arrays.js";
import { both, bound, expectClose } from "./slices.js";

const numbers = (count: number, seed: number) =>
  Array.from({ length: count }, (_, i) => ((Math.imul(i + 3, 7919 * seed) >>> 0) % 1009) / 300 - 1.5);

describe.each(["float32", "float64"] as const)("%s", (dtype) => {
  const sizes = [
    [1, 1],
    [3, 5],
    [2, 16],
    [4, 37],
    [2, 2500],
    [0, 4],
  ] as const;

  it.each(sizes)("normalize and its gradient of %i rows of %i in any layout", (rows, n) => {
    for (const layout of layouts)
      for (const given of [true, false]) {
        const operands = (backend: Parameters<Parameters<typeof both>[0]>[0]) => ({
          x: make(backend, dtype, [rows, n], numbers(rows * n, 1), layout),
          g: make(backend, dtype, [rows, n], numbers(rows * n, 2), layout),
          mean: make(backend, dtype, [rows], numbers(rows, 3)),
          scale: make(backend, dtype, [rows], numbers(rows, 4)),
          weight: given ? make(backend, dtype, [n], numbers(n, 5), layout) : null,
          bias: given ? make(backend, dtype, [n], numbers(n, 6)) : null,
          out: make(backend, dtype, [rows, n], 77),
        });
        const forward = both((backend) => {
          const { x, mean, scale, weight, bias, out } = operands(backend);
          backend.normalize(out, x, mean, scale, weight, bias);
          return out;
        });
        expectClose(forward, bound[dtype]);
        const backward = both((backend) => {
          const { g, x, mean, scale, weight, out } = operands(backend);
          backend.normalizeGrad(out, g, x, mean, scale, weight);
          return out;
        });
        expectClose(backward, 10 * bound[dtype]);
      }
  });
});

it("the gradients are those of the formula that is differentiated again", () => {
  manualSeed(3);
  const norm = new nn.LayerNorm([4, 6]);
  norm.weight!.data = randn(4, 6);
  const x = randn(3, 4, 6, { requiresGrad: true });
  const g = randn(3, 4, 6);
  const inputs = [x, norm.weight!, norm.bias!];
  const once = autograd.grad([norm(x)], inputs, { gradOutputs: [g] }) as Tensor[];
  const again = autograd.grad([norm(x)], inputs, { gradOutputs: [g], createGraph: true }) as Tensor[];
  once.forEach((y, i) => {
    expect(y.requiresGrad).toBe(false);
    expect(again[i]!.allclose(y, { atol: 1e-6 })).toBe(true);
  });
  expect(again[0]!.requiresGrad).toBe(true);
});
