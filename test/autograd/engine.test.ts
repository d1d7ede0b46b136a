import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const leaf = (...values: number[]) => torch.tensor(values, { dtype: "float64", requiresGrad: true });
const values = (x: Tensor | null | undefined) => x?.toArray() ?? null;

describe("a tensor's place in the graph", () => {
  it("leaves have no gradFn, results have one", () => {
    const x = leaf(1, 2);
    const y = x.mul(2);
    expect([x.isLeaf, x.gradFn, x.requiresGrad]).toEqual([true, null, true]);
    expect([y.isLeaf, String(y.gradFn), y.requiresGrad]).toEqual([false, "<MulBackward0>", true]);
    expect([torch.ones(1).isLeaf, torch.ones(1).add(1).isLeaf, torch.ones(1).add(1).requiresGrad]).toEqual([
      true,
      true,
      false,
    ]);
    expect(y.gt(1).requiresGrad).toBe(false);
    expect(y.to("int64").requiresGrad).toBe(false);
  });

  it("gradFn leads back along the graph", () => {
    const x = leaf(1);
    const y = x.exp().add(3).sum();
    const names = [];
    for (let node = y.gradFn; node; node = node.nextFunctions[0]?.[0] ?? null) names.push(node.name);
    expect(names).toEqual(["SumBackward0", "AddBackward0", "ExpBackward0", "AccumulateGrad"]);
  });

  it("requiresGrad can be set on leaves only", () => {
    const x = torch.ones(2);
    expect(x.requiresGrad_()).toBe(x);
    const y = x.mul(2);
    expect(() => {
      y.requiresGrad = false;
    }).toThrow("you can only change requires_grad flags of leaf variables");
    y.requiresGrad_();
    expect(y.isLeaf).toBe(false);
    expect(() => torch.ones(1, { dtype: "int64" }).requiresGrad_()).toThrow(
      "Only Tensors of floating point dtype",
    );
  });

  it("detach shares memory and version and has no history", () => {
    const x = leaf(1, 2);
    const y = x.mul(2);
    const z = y.detach();
    expect([z.requiresGrad, z.isLeaf, z.gradFn, z.storage === y.storage, z.version === y.version]).toEqual([
      false,
      true,
      null,
      true,
      true,
    ]);
    expect(y.detach_()).toBe(y);
    expect([y.isLeaf, y.requiresGrad]).toEqual([true, false]);
    expect(() => x.mul(2).at(0).detach_()).toThrow("Can't detach views in-place");
  });
});

describe("backward", () => {
  it("adds to what is there", () => {
    const x = leaf(1, 2);
    x.pow(2).sum().backward();
    const { grad } = x;
    expect(values(grad)).toEqual([2, 4]);
    x.sum().backward();
    expect(values(x.grad)).toEqual([3, 5]);
    expect(x.grad).toBe(grad);
    x.grad = null;
    x.sum().backward();
    expect([values(x.grad), values(grad)]).toEqual([
      [1, 1],
      [3, 5],
    ]);
  });

  it("sums over every path, and over what was broadcast", () => {
    const [x, b] = [leaf(1, 2), leaf(5)];
    const y = x.mul(x).add(x);
    y.mul(b).sum().backward();
    expect([values(x.grad), values(b.grad)]).toEqual([[15, 25], [8]]);
  });

  it("a gradient that two inputs share is not changed by what comes to one of them later", () => {
    const [a, b] = [leaf(1, 1), leaf(1, 1)];
    const [x, y] = [a.mul(1), b.mul(1)];
    const early = x.mul(3);
    const sum = x.add(y);
    let seen: Tensor | null = null;
    sum.registerHook((g) => {
      seen = g;
    });
    sum.mul(2).add(sum.mul(4)).add(early).sum().backward();
    expect([values(a.grad), values(b.grad), values(seen)]).toEqual([
      [9, 9],
      [6, 6],
      [6, 6],
    ]);
  });

  it("leaves that share a gradient do not share its memory", () => {
    const [a, b] = [leaf(1, 1), leaf(1, 1)];
    a.add(b).sum().backward();
    a.grad!.mul_(10);
    expect([values(a.grad), values(b.grad)]).toEqual([
      [10, 10],
      [1, 1],
    ]);
    const seed = torch.ones(2, { dtype: "float64" });
    const c = leaf(1, 1);
    c.mul(1).backward(seed);
    c.view(2).backward(seed);
    c.grad!.zero_();
    expect(values(seed)).toEqual([1, 1]);
  });

  it("takes the gradient to start from", () => {
    const x = leaf(1, 2, 3, 4);
    x.mul(2)
      .view(2, 2)
      .backward(
        torch.tensor(
          [
            [1, 0.1],
            [0.01, 0.001],
          ],
          { dtype: "float64" },
        ),
      );
    expect(values(x.grad)).toEqual([2, 0.2, 0.02, 0.002]);
    const y = leaf(3);
    y.mul(2).backward(torch.tensor([4], { dtype: "float32" }));
    expect([values(y.grad), y.grad!.dtype]).toEqual([[8], "float64"]);
  });

  it.each<[() => unknown, string, string]>([
    [
      () => leaf(1, 2).mul(2).backward(),
      "GradError",
      "backward: grad can be implicitly created only for scalar outputs: this one has shape [2]",
    ],
    [
      () => torch.ones(1).backward(),
      "GradError",
      "backward: element 0 of tensors does not require grad and does not have a grad_fn",
    ],
    [
      () => leaf(1, 2).mul(2).backward(torch.ones(3)),
      "ShapeError",
      "grad_output[0] has a shape of [3] and output[0] has a shape of [2]",
    ],
    [() => leaf(1).backward({ retain: true } as never), "ArgumentError", 'backward: unknown option "retain"'],
    [
      () => {
        const y = leaf(1, 2).exp().sum();
        y.backward();
        y.backward();
      },
      "GradError",
      "backward: Trying to backward through the graph a second time",
    ],
    [
      () => {
        const x = leaf(1, 2);
        const y = x.exp();
        y.sum().backward();
        y.mul(2).sum().backward();
      },
      "GradError",
      "ExpBackward0 has let go of what it saved; pass { retainGraph: true }",
    ],
  ])("refuses: %#", (run, name, text) => {
    expect(run).toThrow(expect.objectContaining({ name, message: expect.stringContaining(text) }));
  });

  it("can be run again where nothing was saved", () => {
    const x = leaf(1, 2);
    const y = x.add(1).sum();
    y.backward();
    y.backward();
    expect(values(x.grad)).toEqual([2, 2]);
  });

  it("can be run again with retainGraph", () => {
    const x = leaf(0, 1);
    const y = x.pow(2).sum();
    y.backward({ retainGraph: true });
    y.backward(null, { retainGraph: true });
    y.backward();
    expect(values(x.grad)).toEqual([0, 6]);
  });

  it("adds only to the leaves asked for", () => {
    const [x, y] = [leaf(2), leaf(3)];
    x.mul(y)
      .sum()
      .backward({ inputs: [x] });
    expect([values(x.grad), y.grad]).toEqual([[3], null]);
  });

  it("a changed saved tensor is an error that says which", () => {
    const y = leaf(1, 2).exp();
    y.add_(1);
    expect(() => y.sum().backward()).toThrow(
      "one of the variables needed for gradient computation has been modified by an inplace operation: " +
        "ExpBackward0 saved a float64 tensor of shape [2], which is output 0 of ExpBackward0, that is at version 1; expected version 0 instead",
    );
    const z = leaf(1, 2).exp();
    z.detach().add_(1);
    expect(() => z.sum().backward()).toThrow(
      "output 0 of ExpBackward0, that is at version 1; expected version 0",
    );
  });

  it("what a gradient does not need may change", () => {
    const x = leaf(1, 2);
    const y = x.mul(2);
    y.mul_(5);
    y.div_(2);
    const w = torch.ones(2, { dtype: "float64" });
    const z = y.mul(w);
    y.add_(100);
    z.sum().backward();
    expect(values(x.grad)).toEqual([5, 5]);
    const bad = x.mul(w);
    w.add_(1);
    expect(() => bad.sum().backward()).toThrow(
      "MulBackward0 saved a float64 tensor of shape [2] that is at version 1; expected version 0",
    );
  });

  it("a gradient must fit its tensor", () => {
    const x = leaf(1, 2);
    expect(() => {
      x.grad = torch.ones(3, { dtype: "float64" });
    }).toThrow("assigned grad has data of a different size: [3] for a tensor of shape [2]");
    expect(() => {
      x.grad = torch.ones(2);
    }).toThrow("assigned grad has data of a different type: float32 for float64");
  });

  it("an operand of another dtype gets a gradient of its own", () => {
    const x = torch.ones(2, { requiresGrad: true });
    x.mul(leaf(2, 3)).sum().backward();
    expect([x.grad!.dtype, values(x.grad)]).toEqual(["float32", [2, 3]]);
  });

  it("goes as deep as the graph is", () => {
    const x = leaf(1);
    let y: Tensor = x;
    for (let i = 0; i < 20_000; i++) y = y.add(x);
    y.sum().backward();
    expect(values(x.grad)).toEqual([20_001]);
  });
});

describe("memory of a graph", () => {
  it("is let go after backward, and kept with retainGraph", () => {
    const n = 1 << 16;
    const x = torch.ones(n, { requiresGrad: true });
    x.grad = torch.zeros(n);
    const inside = (retainGraph: boolean): number => {
      const before = torch.memory().resident;
      const y = new torch.nn.Sequential(new torch.nn.Tanh(), new torch.nn.Sigmoid())(x).sum();
      y.backward({ retainGraph });
      return torch.memory().resident - before;
    };
    // The net's output was in user hands and is left to the garbage collector.
    expect(inside(false)).toBeLessThan(1.5 * 4 * n);
    expect(inside(true)).toBeGreaterThanOrEqual(2 * 4 * n);
  });
});
