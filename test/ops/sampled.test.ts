import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { ArgumentError, DTypeError, ShapeError } from "../../src/index.js";

const of = (values: torch.Nested) => torch.tensor(values, { dtype: "float64" });
const close = (found: torch.Tensor, expected: readonly number[]) => {
  const values = found.flatten().tolist() as number[];
  expect(values.length).toBe(expected.length);
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 6);
  });
};

describe("cov and corrcoef", () => {
  const v = of([
    [0, 2, 1, 4],
    [1, 1, 0, 3],
  ]);
  it("tell how rows vary together", () => {
    close(torch.cov(v), [2.9166667, 1.75, 1.75, 1.5833334]);
    close(v.cov({ correction: 0 }), [2.1875, 1.3125, 1.3125, 1.1875]);
    close(v.at(0).cov(), [2.9166667]);
    close(v.corrcoef(), [1, 0.814345, 0.814345, 1]);
    expect(v.at(0).corrcoef().item()).toBe(1);
    const whole = torch.tensor([
      [1, 2, 4],
      [3, 1, 0],
    ]);
    expect(whole.cov().dtype).toBe("float32");
    close(whole.cov(), [2.3333333, -2.1666667, -2.1666667, 2.3333333]);
  });
  it("weigh observations", () => {
    const [fweights, aweights] = [torch.tensor([1, 2, 1, 1]), of([0.5, 1, 1, 2])];
    close(torch.cov(v, { fweights, aweights }), [2.4565217, 1.8913045, 1.8913045, 1.7608696]);
  });
  it("refuse more dims, and weights that do not fit", () => {
    expect(() => torch.cov(torch.zeros(1, 1, 1))).toThrow(ShapeError);
    expect(() => torch.corrcoef(torch.zeros(1, 1, 1))).toThrow(ShapeError);
    expect(() => torch.cov(v, { fweights: torch.tensor([1, 2]) })).toThrow(ShapeError);
    expect(() => torch.cov(v, { fweights: of([1, 2, 1, 1]) })).toThrow(DTypeError);
    expect(() => torch.cov(v, { aweights: of([1, -2, 1, 1]) })).toThrow(ArgumentError);
  });
});

describe("nodes and gradients that PyTorch has", () => {
  it("norm of two dims is a plain root, of others not", () => {
    const zero = torch.zeros([2, 2], { requiresGrad: true });
    const norms = [zero.norm("fro", [0, 1]), zero.norm(), zero.norm("fro", 0)];
    expect(norms.map((y) => y.gradFn!.name)).toEqual(["SqrtBackward0", "NormBackward1", "NormBackward1"]);
    const [plain] = torch.autograd.grad(norms[0]!, [zero]);
    expect(plain!.flatten().tolist()).toEqual(new Array(4).fill(Number.NaN));
    const [vector] = torch.autograd.grad(norms[1]!, [zero]);
    expect(vector!.flatten().tolist()).toEqual([0, 0, 0, 0]);
  });
  it("roll of all elements, medians of nothing, clamp by numbers and tensors", () => {
    const x = torch.ones([2, 2], { requiresGrad: true });
    const none = torch.zeros(0, { requiresGrad: true });
    const nodes = [x.roll(1), none.median(), none.nanmedian(), x.clamp(0, 2), x.clamp(torch.tensor(0.5))];
    expect(nodes.map((y) => y.gradFn!.name)).toEqual([
      "RollBackward0",
      "MedianBackward0",
      "NanmedianBackward0",
      "ClampBackward1",
      "ClampBackward0",
    ]);
    expect(nodes[1]!.item()).toBeNaN();
  });
  it("normal draws with parameters that get zeros", () => {
    const [mean, std] = [torch.zeros(2, { requiresGrad: true }), torch.ones(2, { requiresGrad: true })];
    const drawn = [torch.normal(mean, std), torch.normal(mean, 2), torch.normal(1, std)];
    const names = ["NormalBackward3", "NormalBackward1", "NormalBackward2"];
    expect(drawn.map((y) => y.gradFn!.name)).toEqual(names);
    drawn[0]!.sum().backward();
    expect([mean.grad!.tolist(), std.grad!.tolist()]).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });
});

describe("gradient", () => {
  const t = of([1, 4, 9, 16, 27]);
  const places = of([0, 1, 3, 4, 6]);
  it("compares neighbours at equal distances or at given places", () => {
    close(torch.gradient(t)[0]!, [3, 4, 6, 9, 11]);
    close(torch.gradient(t, { spacing: 2, edgeOrder: 2 })[0]!, [1, 2, 3, 4.5, 6.5]);
    close(torch.gradient(t, { spacing: [places] })[0]!, [3, 2.8333333, 5.5, 6.5, 5.5]);
    const [exact] = torch.gradient(t, { spacing: [places], edgeOrder: 2 });
    close(exact!, [3.1666667, 2.8333333, 5.5, 6.5, 4.5]);
  });
  it("gives one tensor a dim, floats of whole numbers", () => {
    const both = torch.gradient(
      of([
        [1, 2],
        [4, 8],
      ]),
      { spacing: [2, 0.5] },
    );
    close(both[0]!, [1.5, 3, 1.5, 3]);
    close(both[1]!, [2, 2, 8, 8]);
    expect(torch.gradient(torch.tensor([1, 4, 9]))[0]!.dtype).toBe("float32");
  });
  it("refuses too few samples, and spacings that do not fit", () => {
    expect(() => torch.gradient(of([1, 2]), { edgeOrder: 2 })).toThrow(ShapeError);
    expect(() => torch.gradient(t, { spacing: [1, 2] })).toThrow(ArgumentError);
    expect(() => torch.gradient(t, { edgeOrder: 3 })).toThrow(ArgumentError);
    expect(() => torch.gradient(t, { spacing: [of([1, 2])] })).toThrow(ShapeError);
  });
});

describe("histogram and histogramdd", () => {
  it("count between equal edges, the last one included", () => {
    const { hist, binEdges } = torch.histogram(of([1, 2, 1, 5]), 4, { range: [0, 3] });
    expect(hist.tolist()).toEqual([0, 2, 1, 0]);
    expect(binEdges.tolist()).toEqual([0, 0.75, 1.5, 2.25, 3]);
    const point = torch.histogram(of([2, 2]), 2);
    expect(point.hist.tolist()).toEqual([0, 2]);
    expect(point.binEdges.tolist()).toEqual([1.5, 2, 2.5]);
  });
  it("weigh, and divide by the bins' sizes", () => {
    const options = { weight: of([1, 2, 4, 8]), density: true };
    close(torch.histogram(of([1, 2, 1, 3]), of([0, 1, 2.5, 3]), options).hist, [0, 0.3111111, 1.0666667]);
  });
  it("count points in a grid", () => {
    const points = of([
      [0, 1],
      [1, 0],
      [2, 0],
      [2, 2],
    ]);
    const { hist, binEdges } = torch.histogramdd(points, [3, 2]);
    expect(hist.flatten().tolist()).toEqual([0, 1, 1, 0, 1, 1]);
    expect(binEdges[1]!.tolist()).toEqual([0, 1, 2]);
    const unit = torch.histogramdd(points, 2, { range: [0, 1, 0, 1], density: true });
    expect(unit.hist.flatten().tolist()).toEqual([0, 2, 2, 0]);
  });
  it("refuse ranges and bins that make no sense", () => {
    expect(() => torch.histogram(of([1]), 3, { range: [3, 1] })).toThrow(ArgumentError);
    expect(() => torch.histogram(of([Number.NaN]), 3)).toThrow(ArgumentError);
    expect(() => torch.histogram(torch.tensor([1]), 3)).toThrow(DTypeError);
    expect(() => torch.histogramdd(of([1]), 3)).toThrow(ShapeError);
    expect(() => torch.histogramdd(of([[1, 2]]), [3])).toThrow(ArgumentError);
    expect(() => torch.histogram(of([1]), of([0, 1]), { weight: of([1, 2]) })).toThrow(ShapeError);
  });
});

describe("combinations and logspace", () => {
  it("choose elements in order", () => {
    const x = torch.tensor([1, 2, 3]);
    expect(torch.combinations(x).tolist()).toEqual([
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    expect(torch.combinations(x, { r: 3 }).tolist()).toEqual([[1, 2, 3]]);
    expect(torch.combinations(x, { r: 4 }).shape).toEqual([0, 4]);
    expect(torch.combinations(x, { r: 0 }).shape).toEqual([0]);
    expect(torch.combinations(x.at(":2"), { withReplacement: true }).flatten().tolist()).toEqual([
      1, 1, 1, 2, 2, 2,
    ]);
    expect(() => torch.combinations(torch.zeros(2, 2))).toThrow(ShapeError);
  });
  it("space powers evenly", () => {
    const float64 = { dtype: "float64" } as const;
    close(torch.logspace(0.1, 1, 5, float64), [1.2589254, 2.1134889, 3.5481339, 5.9566214, 10]);
    expect(torch.logspace(0, 4, 5, { base: 2, dtype: "int64" }).tolist()).toEqual([1, 2, 4, 8, 16]);
    expect(torch.logspace(2, 5, 1, { base: 2 }).tolist()).toEqual([4]);
    expect(() => torch.logspace(0, 1, -1)).toThrow(ArgumentError);
  });
});
