import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const leaf = (...values: number[]) => torch.tensor(values, { dtype: "float64", requiresGrad: true });

describe("registerHook", () => {
  it("runs in order, each with what the one before made of the gradient", () => {
    const x = leaf(1, 2);
    const seen: unknown[] = [];
    x.registerHook((g) => void seen.push(g.toArray()));
    x.registerHook((g) => g.mul(2));
    x.registerHook((g) => void seen.push(g.toArray()));
    x.mul(3).sum().backward();
    expect([seen, x.grad!.toArray()]).toEqual([
      [
        [3, 3],
        [6, 6],
      ],
      [6, 6],
    ]);
  });

  it("on an interior tensor sees the whole gradient and changes what goes on", () => {
    const x = leaf(1, 2);
    const y = x.mul(2);
    let calls = 0;
    y.registerHook((g) => {
      calls++;
      return g.mul(10);
    });
    y.add(y.mul(4)).sum().backward();
    expect([calls, x.grad!.toArray()]).toEqual([1, [100, 100]]);
  });

  it("can be removed", () => {
    const x = leaf(1);
    const [a, b] = [x.registerHook((g) => g.mul(2)), x.registerHook((g) => g.mul(3))];
    a.remove();
    x.sum().backward();
    b.remove();
    b.remove();
    x.sum().backward();
    expect(x.grad!.toArray()).toEqual([4]);
  });

  it("stays with the value it was put on when the tensor changes in place", () => {
    const x = leaf(1);
    const y = x.mul(2);
    y.registerHook((g) => g.mul(10));
    y.mul_(3);
    y.backward();
    expect(x.grad!.toArray()).toEqual([60]);
  });

  it("runs in autograd.grad, and for one output of several", () => {
    const x = leaf(1, 2);
    const [a, b] = x.mul(1).split(1);
    a!.registerHook((g) => g.mul(5));
    const [dx] = torch.autograd.grad(a!.add(b!), [x]);
    expect(dx!.toArray()).toEqual([5, 1]);
  });

  it("may compute, record and call backward itself", () => {
    const [x, z] = [leaf(2), leaf(3)];
    x.registerHook((g) => {
      torch.enableGrad(() => z.mul(g).sum().backward());
    });
    x.mul(4).backward();
    expect([x.grad!.toArray(), z.grad!.toArray()]).toEqual([[4], [4]]);
  });

  it("a gradient that was stashed stays what it was", () => {
    const [x, stash] = [leaf(1, 1), [] as Tensor[]];
    const y = x.mul(2);
    for (const t of [x, y]) t.registerHook((g) => void stash.push(g));
    for (let i = 0; i < 3; i++) y.sum().backward({ retainGraph: true });
    expect(stash.map((g) => g.toArray())).toEqual(
      Array(3)
        .fill([
          [1, 1],
          [2, 2],
        ])
        .flat(),
    );
    expect(x.grad!.toArray()).toEqual([6, 6]);
  });

  it.each<[() => unknown, string]>([
    [
      () => torch.ones(1).registerHook(() => {}),
      "cannot register a hook on a tensor that doesn't require gradient",
    ],
    [() => leaf(1).registerHook(1 as never), "registerHook: expected a function: got 1"],
    [
      () => {
        const x = leaf(1);
        x.registerHook(() => torch.ones(2, { dtype: "float64" }));
        x.sum().backward();
      },
      "registerHook: the hook changed the shape of the gradient from [1] to [2]",
    ],
    [
      () => {
        const x = leaf(1);
        x.registerHook((() => 3) as never);
        x.sum().backward();
      },
      "registerHook: the hook returned 3, not a tensor",
    ],
    [() => torch.ones(1).retainGrad(), "can't retain_grad on Tensor that has requires_grad=False"],
  ])("refuses: %#", (run, text) => {
    expect(run).toThrow(text);
  });
});

describe("retainGrad", () => {
  it("keeps the gradient of an interior tensor, and adds to it", () => {
    const x = leaf(1, 2);
    const y = x.mul(2);
    expect(y.grad).toBe(null);
    y.retainGrad();
    y.retainGrad();
    y.pow(2).sum().backward({ retainGraph: true });
    expect([y.grad!.toArray(), x.grad!.toArray()]).toEqual([
      [4, 8],
      [8, 16],
    ]);
    y.sum().backward();
    expect(y.grad!.toArray()).toEqual([5, 9]);
  });

  it("sees what a hook made of it", () => {
    const y = leaf(1).mul(2);
    y.registerHook((g) => g.mul(10));
    y.retainGrad();
    y.sum().backward();
    expect(y.grad!.toArray()).toEqual([10]);
  });

  it("follows a tensor that changes in place", () => {
    const x = leaf(1);
    const y = x.mul(2);
    y.retainGrad();
    y.mul_(3);
    y.backward();
    expect([x.grad!.toArray(), y.grad!.toArray()]).toEqual([[6], [1]]);
  });

  it("is nothing new for a leaf", () => {
    const x = leaf(1);
    x.retainGrad();
    x.sum().backward();
    expect(x.grad!.toArray()).toEqual([1]);
  });
});

describe("registerPostAccumulateGradHook", () => {
  it("sees the leaf after each addition, until removed", () => {
    const x = leaf(1, 2);
    const seen: unknown[] = [];
    const handle = x.registerPostAccumulateGradHook((leaf) => void seen.push(leaf.grad!.toArray()));
    x.mul(3).sum().backward();
    x.sum().backward();
    handle.remove();
    x.sum().backward();
    expect(seen).toEqual([
      [3, 3],
      [4, 4],
    ]);
  });

  it("is for leaves alone", () => {
    expect(() =>
      leaf(1)
        .mul(2)
        .registerPostAccumulateGradHook(() => {}),
    ).toThrow("post accumulate grad hooks cannot be registered on non-leaf tensors");
  });
});
