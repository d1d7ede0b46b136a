import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { ArgumentError, DTypeError, GradError, IndexError, ShapeError } from "../../src/index.js";
import type { SegmentOptions } from "../../src/ops/index/segments.js";

const { tensor } = torch;
const long = (values: torch.Nested) => tensor(values, { dtype: "int64" });
const leaf = (values: torch.Nested) => tensor(values, { dtype: "float64", requiresGrad: true });
const list = (x: torch.Tensor) => x.tolist();

describe("scatterReduce", () => {
  const x = tensor([1, 2, 3], { dtype: "float64" });
  const src = tensor([4, -1, 5, 0.5], { dtype: "float64" });
  const index = long([0, 0, 2, 2]);
  it.each([
    ["sum", [4, 2, 8.5], [3, 2, 5.5]],
    ["prod", [-4, 2, 7.5], [-4, 2, 2.5]],
    ["mean", [4 / 3, 2, 8.5 / 3], [1.5, 2, 2.75]],
    ["amax", [4, 2, 5], [4, 2, 5]],
    ["amin", [-1, 2, 0.5], [-1, 2, 0.5]],
  ] as const)("%s with and without the old values", (reduce, withSelf, without) => {
    expect(list(x.scatterReduce(0, index, src, reduce))).toEqual(withSelf);
    expect(list(x.scatterReduce(0, index, src, reduce, { includeSelf: false }))).toEqual(without);
  });

  it("rounds means of whole numbers down, and reads truth values as and, or", () => {
    const whole = long([1, 2, 3]);
    expect(list(whole.scatterReduce(0, index, long([-4, -1, -5, 1]), "mean"))).toEqual([-2, 2, -1]);
    const options = { includeSelf: false };
    expect(list(whole.scatterReduce(0, index, long([4, -1, 5, 1]), "amax", options))).toEqual([4, 2, 5]);
    const [truth, other] = [tensor([true, false, false]), tensor([false, true])];
    expect(list(truth.scatterReduce(0, long([0, 1]), other, "prod"))).toEqual([false, false, false]);
    expect(list(truth.scatterReduce(0, long([0, 1]), other, "sum"))).toEqual([true, true, false]);
  });

  const gradients = (reduce: "amax" | "prod" | "mean", options = {}) => {
    const [x, src] = [leaf([2, 0, 3]), leaf([2, 1, 0, 4])];
    const y = x.scatterReduce(0, long([0, 0, 2, 2]), src, reduce, options);
    return torch.autograd.grad(y.sum(), [x, src]).map((g) => list(g!));
  };
  it("shares gradients of extremes, and finds products without the one that is 0", () => {
    expect(gradients("amax")).toEqual([
      [0.5, 1, 0],
      [0.5, 0, 0, 1],
    ]);
    expect(gradients("prod")).toEqual([
      [2, 1, 0],
      [2, 4, 12, 0],
    ]);
    expect(gradients("mean", { includeSelf: false })).toEqual([
      [0, 1, 0],
      [0.5, 0.5, 0.5, 0.5],
    ]);
  });

  it("refuses the second derivative of a product with two zeros", () => {
    const [x, src] = [leaf([2]), leaf([0, 0])];
    const y = x.scatterReduce(0, long([0, 0]), src, "prod");
    const [g] = torch.autograd.grad(y, [src], { createGraph: true });
    expect(() => torch.autograd.grad(g!.sum(), [x])).toThrow(GradError);
  });

  it("reads as much of src as the index covers", () => {
    const wide = leaf([1, 2, 3]);
    const y = torch.zeros(2, { dtype: "float64" }).scatterReduce(0, long([1]), wide, "sum");
    expect(list(y)).toEqual([0, 1]);
    y.sum().backward();
    expect(list(wide.grad!)).toEqual([1, 0, 0]);
  });

  it("writes in place, and refuses what does not fit", () => {
    const y = x.clone();
    expect(y.scatterReduce_(0, index, src, "sum")).toBe(y);
    expect(list(y)).toEqual([4, 2, 8.5]);
    expect(() => x.scatterReduce(0, long([3]), src, "sum")).toThrow(IndexError);
    expect(() => x.scatterReduce(0, long([0, 0, 0, 0, 0]), src, "sum")).toThrow(ShapeError);
    expect(() => x.scatterReduce(0, index, src, "max" as "amax")).toThrow(ArgumentError);
    expect(() => x.scatterReduce(0, index, src.float(), "sum")).toThrow(DTypeError);
  });
});

describe("indexReduce", () => {
  const x = torch.arange(6).view(3, 2).to("float64");
  const source = tensor(
    [
      [5, -1],
      [2, 7],
      [3, 3],
    ],
    { dtype: "float64" },
  );
  it.each([
    ["prod", [0, -3, 2, 3, 8, 35], [15, -3, 2, 3, 2, 7]],
    ["mean", [8 / 3, 1, 2, 3, 3, 6], [4, 1, 2, 3, 2, 7]],
    ["amax", [5, 3, 2, 3, 4, 7], [5, 3, 2, 3, 2, 7]],
    ["amin", [0, -1, 2, 3, 2, 5], [3, -1, 2, 3, 2, 7]],
  ] as const)("%s with and without the old values", (reduce, withSelf, without) => {
    const at = long([0, 2, 0]);
    expect(list(x.indexReduce(0, at, source, reduce).flatten())).toEqual(withSelf);
    expect(list(x.indexReduce(0, at, source, reduce, { includeSelf: false }).flatten())).toEqual(without);
  });
  it("refuses sums, and sources that do not fit", () => {
    expect(() => x.indexReduce(0, long([0]), source, "sum" as "prod")).toThrow(ArgumentError);
    expect(() => x.indexReduce(0, long([0]), source, "prod")).toThrow(ShapeError);
    expect(() => x.indexReduce(0, long([[0]]), source, "prod")).toThrow(ShapeError);
  });
});

describe("segmentReduce", () => {
  const x = tensor([1, 2, 3, 4, 5], { dtype: "float64" });
  it.each([
    ["sum", [3, 0, 12], [5.5, 2.5, 14.5]],
    ["mean", [1.5, Number.NaN, 4], [2.75, 2.5, 14.5 / 3]],
    ["max", [2, Number.NEGATIVE_INFINITY, 5], [2.5, 2.5, 5]],
    ["min", [1, Number.POSITIVE_INFINITY, 3], [1, 2.5, 2.5]],
    ["prod", [2, 1, 60], [5, 2.5, 150]],
  ] as const)("%s by lengths, by offsets, from a value", (reduce, plain, started) => {
    const lengths = long([2, 0, 3]);
    expect(list(torch.segmentReduce(x, reduce, { lengths }))).toEqual(plain);
    expect(list(torch.segmentReduce(x, reduce, { offsets: long([0, 2, 2, 5]) }))).toEqual(plain);
    expect(list(torch.segmentReduce(x, reduce, { lengths, initial: 2.5 }))).toEqual(started);
  });

  it("takes lengths of each row, and sends gradients to the greatest", () => {
    const y = leaf([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const top = torch.segmentReduce(y, "max", { lengths: long([1, 2]) });
    top.sum().backward();
    expect(list(top.flatten())).toEqual([1, 2, 5, 6]);
    expect(list(y.grad!.flatten())).toEqual([1, 1, 0, 0, 1, 1]);
    const rows = torch.segmentReduce(y.detach().t(), "sum", {
      axis: 1,
      lengths: long([
        [1, 2],
        [3, 0],
      ]),
    });
    expect(list(rows.flatten())).toEqual([1, 8, 12, 0]);
  });

  it("leaves out what lengths do not reach if told so, and refuses it otherwise", () => {
    const lengths = long([1, 2]);
    expect(list(torch.segmentReduce(x, "sum", { lengths, unsafe: true }))).toEqual([1, 5]);
    const bad: SegmentOptions[] = [
      { lengths },
      { lengths: long([6, -1]) },
      {},
      { lengths, offsets: lengths },
    ];
    for (const options of bad) expect(() => torch.segmentReduce(x, "sum", options)).toThrow(ArgumentError);
    expect(() => torch.segmentReduce(x, "sum", { lengths: tensor([5.5]) })).toThrow(DTypeError);
    expect(() => torch.segmentReduce(x, "sum", { lengths: long([[5]]) })).toThrow(ShapeError);
  });
});

describe("put", () => {
  const x = long([
    [1, 2],
    [3, 4],
  ]);
  it("writes or adds where the index points, from the end if negative", () => {
    const [at, values] = [long([0, -1, 0]), long([10, 20, 30])];
    expect(list(x.put(at, values).flatten())).toEqual([30, 2, 3, 20]);
    expect(list(x.put(at, values, { accumulate: true }).flatten())).toEqual([41, 2, 3, 24]);
  });
  it("refuses indices out of range, and sources of another size or dtype", () => {
    expect(() => x.put(long([4]), long([1]))).toThrow(IndexError);
    expect(() => x.put(long([0]), long([1, 2]))).toThrow(ShapeError);
    expect(() => x.put(long([0]), tensor([1.5]))).toThrow(DTypeError);
  });
});
