import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { ArgumentError, GradError, ShapeError } from "../../src/index.js";

const grid = () => torch.arange(9).to("float64").requiresGrad_();

describe("asStrided", () => {
  it("shows the memory of x under other strides, as a view", () => {
    const x = torch.arange(9).view(3, 3);
    const y = x.asStrided([2, 2], [1, 2], 1);
    expect(y.tolist()).toEqual([
      [1, 3],
      [2, 4],
    ]);
    x.fill_(7);
    expect(y.tolist()).toEqual([
      [7, 7],
      [7, 7],
    ]);
    expect(x.at("1:").asStrided([2], [1]).storageOffset()).toBe(3);
  });

  it("adds up gradients where elements are read more than once", () => {
    const x = grid();
    x.view(3, 3).asStrided([2, 3], [1, 1], 1).sum().backward();
    expect(x.grad!.tolist()).toEqual([0, 1, 2, 2, 1, 0, 0, 0, 0]);
  });

  it("shares a gradient among elements of x that lie at one place", () => {
    const x = torch.tensor([1, 2], { dtype: "float64", requiresGrad: true });
    const wide = x.expand(4, 2);
    const [g] = torch.autograd.grad(wide.asStrided([2], [1]).sum(), [wide]);
    expect(g!.flatten().tolist()).toEqual(new Array(8).fill(0.25));
  });

  it("sends gradients through a change in place", () => {
    const x = grid();
    const y = x.mul(1);
    y.asStrided([2], [4]).mul_(3);
    y.sum().backward();
    expect(x.grad!.tolist()).toEqual([3, 1, 1, 1, 3, 1, 1, 1, 1]);
  });

  it("refuses a gradient through a change in place over a base that does not lie row-major", () => {
    const x = torch.ones([2, 3], { dtype: "float64" }).t().clone().requiresGrad_();
    const y = x.clone();
    expect(y.isContiguous()).toBe(false);
    y.asStrided([2], [1]).mul_(3);
    expect(() => y.sum().backward()).toThrow(GradError);
  });

  it("changes x in place", () => {
    const x = torch.arange(6);
    expect(x.asStrided_([2, 2], [3, 1], 1)).toBe(x);
    expect(x.tolist()).toEqual([
      [1, 2],
      [4, 5],
    ]);
  });

  it("refuses what does not lie in the memory", () => {
    const x = torch.arange(6);
    expect(() => x.asStrided([2, 3], [3, 1], 1)).toThrow(ShapeError);
    expect(() => x.asStrided([2], [1, 1])).toThrow(ShapeError);
    expect(() => x.asStrided([2], [-1])).toThrow(ArgumentError);
    expect(() => x.asStrided([2], [1], -1)).toThrow(ArgumentError);
  });
});

describe("asStridedScatter", () => {
  it("writes a copy where the strides look", () => {
    const x = torch.zeros(3, 3);
    const src = torch
      .tensor([
        [1, 2],
        [1, 2],
      ])
      .float();
    expect(x.asStridedScatter(src, [2, 2], [1, 2]).flatten().tolist()).toEqual([1, 1, 2, 2, 0, 0, 0, 0, 0]);
    expect(x.sum().item()).toBe(0);
  });

  it("splits the gradient between x and src", () => {
    const [x, src] = [grid(), torch.ones([2], { dtype: "float64", requiresGrad: true })];
    const y = x.asStridedScatter(src, [2], [3], 1);
    y.mul(torch.arange(9)).sum().backward();
    expect(x.grad!.tolist()).toEqual([0, 0, 2, 3, 0, 5, 6, 7, 8]);
    expect(src.grad!.tolist()).toEqual([1, 4]);
  });

  it("refuses a src of another shape", () => {
    expect(() => torch.zeros(4).asStridedScatter(torch.zeros(3), [2], [1])).toThrow(ShapeError);
  });
});
