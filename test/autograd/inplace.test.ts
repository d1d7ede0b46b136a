/** In-place changes and the graph: values and gradients by hand or by PyTorch. */
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const leaf = (...values: number[]) => torch.tensor(values, { dtype: "float64", requiresGrad: true });
const values = (x: Tensor | null | undefined) => x?.toArray() ?? null;
const gradOf = (y: Tensor, x: Tensor) => values(torch.autograd.grad(y.sum(), [x], { retainGraph: true })[0]);

describe("a tensor with history", () => {
  it("takes the place of the result", () => {
    const x = leaf(1, 2);
    const y = x.mul(3);
    y.pow_(2);
    expect([y.gradFn!.name, values(y), gradOf(y, x)]).toEqual(["PowBackward0", [9, 36], [18, 36]]);
  });

  it("whose new values are needed by the op itself", () => {
    const x = leaf(0, 0);
    const y = x.add(0).sigmoid_();
    expect([y.gradFn!.name, values(y), gradOf(y, x)]).toEqual(["SigmoidBackward0", [0.5, 0.5], [0.25, 0.25]]);
    y.exp_();
    expect(() => y.sum().backward()).toThrow(
      "which is output 0 of SigmoidBackward0, that is at version 2; expected version 1",
    );
  });

  it("filled, zeroed or copied over passes nothing back to what it was", () => {
    const [x, z] = [leaf(1, 2), leaf(3, 4)];
    const [a, b, c] = [x.mul(2), x.mul(2), x.mul(2)];
    a.fill_(5);
    b.zero_();
    c.copy_(z);
    expect([a, b, c].map((y) => y.gradFn!.name)).toEqual(["FillBackward0", "ZeroBackward0", "CopyBackwards"]);
    expect([gradOf(a, x), gradOf(b, x), gradOf(c, x), gradOf(c, z)]).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });

  it("an infinite gradient does not come through a fill", () => {
    const x = leaf(1);
    const y = x.mul(2);
    y.fill_(0);
    expect(gradOf(y.sqrt(), x)).toEqual([0]);
  });

  it("that needs no gradient takes up the history of its operand", () => {
    const [x, y] = [leaf(2), torch.ones(1, { dtype: "float64" })];
    y.mul_(x);
    expect([y.requiresGrad, y.isLeaf, gradOf(y, x)]).toEqual([true, false, [1]]);
  });

  it("whose old values the op needs", () => {
    const [x, k] = [leaf(2), leaf(5)];
    const y = x.mul(1).mul_(k);
    expect([gradOf(y, x), gradOf(y, k)]).toEqual([[5], [2]]);
    const square = x.mul(3);
    square.mul_(square);
    expect(gradOf(square, x)).toEqual([36]);
    expect(
      torch.autograd.gradgradcheck((x: Tensor, k: Tensor) => x.mul(2).pow_(3).mul_(k).div_(x), [x, k]),
    ).toBe(true);
  });

  it("broadcasts the operand, never the tensor itself", () => {
    const [x, b] = [leaf(1, 2), leaf(3)];
    const y = x.mul(1).add_(b);
    expect([values(y), gradOf(y, b)]).toEqual([[4, 5], [2]]);
    expect(() => torch.ones(1).add_(torch.ones(2))).toThrow(
      "add_: output with shape [1] doesn't match the broadcast shape [2]",
    );
  });

  it("keeps its dtype", () => {
    expect(torch.ones(1).add_(torch.ones(1, { dtype: "float64" })).dtype).toBe("float32");
    expect(() => torch.ones(1, { dtype: "int64" }).add_(0.5)).toThrow(
      "add_: result type float32 can't be cast to the desired output type int64",
    );
    expect(() => torch.ones(1, { dtype: "bool" }).add_(1)).toThrow(
      "can't be cast to the desired output type bool",
    );
    expect(() => torch.ones(1, { dtype: "int64" }).exp_()).toThrow("can't be cast");
    const x = torch.ones(1, { requiresGrad: true });
    const y = x.mul(1);
    y.mul_(leaf(3));
    y.backward();
    expect([x.grad!.item(), x.grad!.dtype]).toEqual([3, "float32"]);
  });
});

describe("refused in place", () => {
  it.each<[string, () => unknown, string]>([
    [
      "a leaf",
      () => leaf(1).mul_(2),
      "mul_: a leaf Variable that requires grad is being used in an in-place operation.",
    ],
    [
      "a leaf filled",
      () => leaf(1).zero_(),
      "zero_: a leaf Variable that requires grad is being used in an in-place operation.",
    ],
    [
      "a leaf set",
      () => leaf(1).setAt(0, 1),
      "a view of a leaf Variable that requires grad is being used in an in-place operation.",
    ],
    [
      "a view of a leaf",
      () => leaf(1, 2).at(0).mul_(2),
      "mul_: a view of a leaf Variable that requires grad is being used in an in-place operation.",
    ],
    [
      "a view that is a leaf",
      () => torch.ones(2).at("0:1").requiresGrad_().mul_(2),
      "a view of a leaf Variable that requires grad",
    ],
    [
      "a part of a split",
      () => leaf(1, 2).mul(1).split(1)[0]!.mul_(2),
      "mul_: Output 0 of SplitBackward0 is a view and is being modified inplace. This view is the output of a function that returns multiple views",
    ],
    [
      "a part of an unbind",
      () => leaf(1, 2).mul(1).unbind()[1]!.view(1).mul_(2),
      "This view is the output of a function that returns multiple views",
    ],
    [
      "a view from noGrad",
      () => {
        const y = leaf(1, 2).mul(1);
        torch.noGrad(() => y.at(0)).mul_(2);
      },
      "mul_: A view was created in no_grad mode and is being modified inplace with grad mode enabled",
    ],
    [
      "an expanded tensor",
      () => torch.ones(1).expand(3).add_(1),
      "add_: unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone()",
    ],
  ])("%s", (_, run, text) => {
    expect(run).toThrow(expect.objectContaining({ message: expect.stringContaining(text) }));
  });

  it("and left as it was", () => {
    const x = leaf(1, 2);
    expect(() => x.mul_(2)).toThrow();
    expect(() => torch.ones(2).add_(torch.ones(3))).toThrow();
    expect([values(x), x.version.value]).toEqual([[1, 2], 0]);
  });
});

describe("a view of a tensor with history", () => {
  it("rewrites the base's history", () => {
    const x = leaf(1, 2, 3);
    const y = x.mul(2);
    const [first, rest] = [y.at(0), y.at("1:")];
    first.mul_(5);
    expect([y.gradFn!.name, values(y), gradOf(y, x)]).toEqual(["CopySlices", [10, 4, 6], [10, 2, 2]]);
    expect([first.item(), gradOf(first, x), gradOf(rest, x)]).toEqual([10, [10, 0, 0], [0, 2, 2]]);
  });

  it("and so does an assignment of a number or of a tensor", () => {
    const [x, v] = [leaf(1, 2, 3), leaf(7)];
    const y = x.mul(2);
    y.setAt(0, 9);
    y.setAt([[1]], v);
    expect([values(y), gradOf(y, x), gradOf(y, v)]).toEqual([[9, 7, 6], [0, 0, 2], [1]]);
  });

  it("several slices, one after another and overlapping", () => {
    const x = leaf(1, 2, 3, 4);
    const y = x.mul(1);
    y.at("0:2").mul_(2);
    y.at("1:3").mul_(3);
    y.at("2:4").add_(x.at("0:2"));
    expect(values(y)).toEqual([2, 12, 10, 6]);
    // y = [2x₀, 6x₁, 3x₂ + x₀, x₃ + x₁]
    expect(gradOf(y.mul(torch.tensor([1, 10, 100, 1000])), x)).toEqual([102, 1060, 300, 1000]);
  });

  it("a view of a view, transposed and reshaped", () => {
    const x = torch.arange(6, { dtype: "float64" }).requiresGrad_();
    const y = x.mul(1).view(2, 3);
    y.t().at("1:").select(1, 0).mul_(10);
    expect(values(y)).toEqual([
      [0, 10, 20],
      [3, 4, 5],
    ]);
    expect(gradOf(y, x)).toEqual([1, 10, 10, 1, 1, 1]);
  });

  it("a change of the base renews the history of its views", () => {
    const x = leaf(1, 2);
    const y = x.mul(1);
    const view = y.at(1);
    y.mul_(4);
    expect([view.item(), view.gradFn!.name, gradOf(view, x)]).toEqual([8, "SelectBackward0", [0, 4]]);
  });

  it("a base that needed no gradient takes one up, and so do its other views", () => {
    const k = leaf(3);
    const y = torch.zeros(3, { dtype: "float64" });
    const view = y.at("1:");
    y.at("0:2").mul_(0).add_(k);
    expect([y.requiresGrad, y.gradFn!.name, values(y), gradOf(y, k)]).toEqual([
      true,
      "CopySlices",
      [3, 3, 0],
      [2],
    ]);
    expect([view.requiresGrad, view.isLeaf, gradOf(view, k)]).toEqual([true, false, [1]]);
  });

  it("ops that save their result", () => {
    const x = leaf(0, 1, 2);
    const y = x.mul(1);
    y.at("1:").exp_();
    const e = [1, Math.E, Math.E ** 2];
    for (const [i, g] of (gradOf(y, x) as number[]).entries()) expect(g).toBeCloseTo(e[i]!, 12);
  });

  it("what was saved of the base before is checked", () => {
    const y = leaf(1, 2).exp();
    y.at(0).add_(1);
    expect(() => y.sum().backward()).toThrow(
      "ExpBackward0 saved a float64 tensor of shape [2], which is output 0 of ExpBackward0, that is at version 1",
    );
  });

  it("in noGrad nothing is recorded", () => {
    const x = leaf(1, 2);
    torch.noGrad(() => x.at(0).fill_(9));
    const y = x.mul(2);
    torch.noGrad(() => y.at(1).zero_());
    expect([values(x), x.isLeaf, values(y), y.gradFn!.name]).toEqual([[9, 2], true, [18, 0], "MulBackward0"]);
  });

  it("twice differentiable", () => {
    const x = torch.rand(3, 2, { dtype: "float64", generator: new torch.Generator(1) }).requiresGrad_();
    const v = torch.rand(3, { dtype: "float64", generator: new torch.Generator(2) }).requiresGrad_();
    const f = (x: Tensor, v: Tensor) => {
      const y = x.mul(x);
      y.at("1:").mul_(v.at(0));
      y.at("...", 0).exp_();
      y.t().at(1).copy_(v.sin());
      return y;
    };
    expect(torch.autograd.gradcheck(f, [x, v])).toBe(true);
    expect(torch.autograd.gradgradcheck(f, [x, v])).toBe(true);
  });

  it("a hundred assignments cost no recursion", () => {
    const x = torch.ones(100, { dtype: "float64", requiresGrad: true });
    const y = torch.zeros(100, { dtype: "float64" });
    for (let i = 0; i < 100; i++) y.setAt(i, x.at(i).mul(i));
    expect(gradOf(y, x)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });
});

describe("data", () => {
  it("is changed behind the graph's back", () => {
    const x = leaf(1);
    const y = x.pow(2);
    x.data.mul_(100);
    y.backward();
    expect([values(y), values(x), values(x.grad)]).toEqual([[1], [100], [200]]);
  });
});

describe("views in place", () => {
  it("give the tensor another shape over the same memory", () => {
    const x = torch.arange(6).view(2, 3).clone();
    const { storage } = x;
    expect(x.t_()).toBe(x);
    expect([x.shape, x.storage === storage, x.toArray()]).toEqual([
      [3, 2],
      true,
      [
        [0, 3],
        [1, 4],
        [2, 5],
      ],
    ]);
    expect([x.unsqueeze_(0).shape, x.transpose_(0, 2).shape, x.squeeze_().shape, x.isLeaf]).toEqual([
      [1, 3, 2],
      [2, 3, 1],
      [2, 3],
      true,
    ]);
  });

  it("are recorded", () => {
    const x = torch.arange(6, { dtype: "float64" }).view(2, 3).detach().requiresGrad_();
    const f = (x: Tensor) => {
      const y = x.mul(x).t_();
      y.at(0).mul_(x.at(":", 1));
      return y.unsqueeze_(1).mul(y);
    };
    expect([x.mul(1).t_().gradFn!.name, f(x).shape]).toEqual(["TBackward0", [3, 1, 2]]);
    expect(torch.autograd.gradcheck(f, [x])).toBe(true);
    expect(torch.autograd.gradgradcheck(f, [x])).toBe(true);
  });

  it("of a view change its base's history rightly", () => {
    const x = torch.arange(6, { dtype: "float64" }).requiresGrad_();
    const y = x.mul(1);
    const z = y.view(2, 3).t_();
    z.at(1).mul_(10);
    expect(gradOf(y, x)).toEqual([1, 10, 1, 1, 10, 1]);
  });

  it("refuse leaves, and make older views refuse changes", () => {
    expect(() => leaf(1).unsqueeze_(0)).toThrow("unsqueeze_: a leaf Variable that requires grad");
    const y = leaf(1, 2).mul(1);
    const view = y.at(0);
    y.unsqueeze_(0);
    expect(() => view.mul_(2)).toThrow("a view of a tensor that has since taken another shape in place");
  });
});
