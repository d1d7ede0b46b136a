import { describe, expect, test } from "vitest";
import * as torch from "../../src/index.js";

const { nn } = torch;
const withGrad = (grad: number[]) => {
  const p = new nn.Parameter(torch.zeros(grad.length));
  p.grad = torch.tensor(grad, { dtype: "float32" });
  return p;
};
const grads = (params: torch.Tensor[]) => params.map((p) => p.grad!.toArray());

describe("clipGradNorm_", () => {
  test("scales all gradients by one factor, and returns the norm they had together", () => {
    const params = [withGrad([3, 0]), withGrad([4]), new nn.Parameter(torch.zeros(1))];
    expect(nn.utils.clipGradNorm_(params, 2.5).item()).toBe(5);
    const [[a, b], [c]] = grads(params.slice(0, 2)) as [[number, number], [number]];
    expect([a, b, c].map((g) => Math.round(g * 1e5) / 1e5)).toEqual([1.5, 0, 2]);
  });
  test("leaves small gradients alone", () => {
    const params = [withGrad([3, 4])];
    nn.utils.clipGradNorm_(params, 6);
    expect(grads(params)).toEqual([[3, 4]]);
  });
  test("other norms, a single tensor, no gradients", () => {
    expect(nn.utils.clipGradNorm_(withGrad([1, -7]), 10, { normType: Number.POSITIVE_INFINITY }).item()).toBe(
      7,
    );
    expect(nn.utils.clipGradNorm_(withGrad([1, -7]), 10, { normType: 1 }).item()).toBe(8);
    expect(nn.utils.clipGradNorm_([new nn.Parameter(torch.ones(1))], 1).item()).toBe(0);
  });
  test("a norm that is not finite is an error if asked for, and changes nothing", () => {
    const params = [withGrad([Number.POSITIVE_INFINITY, 1])];
    expect(() => nn.utils.clipGradNorm_(params, 1, { errorIfNonfinite: true })).toThrow("is non-finite");
    expect(grads(params)).toEqual([[Number.POSITIVE_INFINITY, 1]]);
  });
});

test("clipGradValue_ limits each element", () => {
  const params = [withGrad([-3, 0.5, 2])];
  nn.utils.clipGradValue_(params, 1);
  expect(grads(params)).toEqual([[-1, 0.5, 1]]);
});

test("bad input", () => {
  expect(() => nn.utils.clipGradNorm_([3] as never, 1)).toThrow("clipGradNorm_: expected tensors: got 3");
  expect(() => nn.utils.clipGradNorm_([], "1" as never)).toThrow("maxNorm must be a number");
  expect(() => nn.utils.clipGradNorm_([], 1, { norm: 1 } as never)).toThrow('unknown option "norm"');
});
