import { describe, expect, it } from "vitest";
import type { FunctionContext } from "../../src/autograd/function.js";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const leaf = (...values: number[]) => torch.tensor(values, { dtype: "float64", requiresGrad: true });

class Cube extends torch.autograd.Function {
  static override forward(ctx: FunctionContext, x: Tensor): Tensor {
    ctx.saveForBackward(x);
    return x.pow(3);
  }
  static override backward(ctx: FunctionContext, g: Tensor): Tensor {
    const [x] = ctx.savedTensors;
    return g.mul(x!.pow(2)).mul(3);
  }
}

class Exp extends torch.autograd.Function {
  static override forward(ctx: FunctionContext, x: Tensor): Tensor {
    const y = x.exp();
    ctx.saveForBackward(y);
    return y;
  }
  static override backward(ctx: FunctionContext, g: Tensor): Tensor {
    return g.mul(ctx.savedTensors[0]!);
  }
}

/** a·s and a·b, of which s is a number. */
class Both extends torch.autograd.Function {
  static override forward(ctx: FunctionContext, a: Tensor, s: number, b: Tensor): [Tensor, Tensor] {
    ctx.saveForBackward(a, b);
    ctx.s = s;
    return [a.mul(s), a.mul(b)];
  }
  static override backward(ctx: FunctionContext, g: Tensor, h: Tensor): [Tensor, null, Tensor | null] {
    const [a, b] = ctx.savedTensors as [Tensor, Tensor];
    return [g.mul(ctx.s as number).add(h.mul(b)), null, ctx.needsInputGrad[2] ? h.mul(a) : null];
  }
}

describe("Function", () => {
  it("is an op: value, node, gradient", () => {
    const x = leaf(2, 3);
    const y = Cube.apply(x);
    expect([y.toArray(), y.gradFn!.name, y.isLeaf]).toEqual([[8, 27], "CubeBackward", false]);
    y.sum().backward();
    expect(x.grad!.toArray()).toEqual([12, 27]);
    expect(Cube.apply(torch.ones(1)).requiresGrad).toBe(false);
    expect(torch.noGrad(() => Cube.apply(x)).requiresGrad).toBe(false);
  });

  it("is differentiable as often as its backward is", () => {
    for (const op of [Cube, Exp]) {
      expect(torch.autograd.gradcheck((x: Tensor) => op.apply(x), [leaf(0.5, 2)])).toBe(true);
      expect(torch.autograd.gradgradcheck((x: Tensor) => op.apply(x), [leaf(0.5, 2)])).toBe(true);
    }
  });

  it("several inputs and outputs, a number among them", () => {
    const [a, b] = [leaf(2), leaf(5)];
    const [p, q] = Both.apply(a, 3, b);
    expect([p.item(), q.item(), p.gradFn === q.gradFn, q.outputIndex]).toEqual([6, 10, true, 1]);
    q.mul(10).sum().backward({ retainGraph: true });
    expect([a.grad!.item(), b.grad!.item()]).toEqual([50, 20]);
    p.sum().backward();
    expect([a.grad!.item(), b.grad!.item()]).toEqual([53, 20]);
    expect(
      torch.autograd.gradgradcheck((a: Tensor, b: Tensor) => Both.apply(a, 3, b), [leaf(2), leaf(5)]),
    ).toBe(true);
  });

  it("tells which inputs need a gradient, and drops what is given for others", () => {
    const [a, b] = [leaf(2), torch.tensor([5], { dtype: "float64" })];
    const [, q] = Both.apply(a, 3, b);
    q.sum().backward();
    expect([a.grad!.item(), b.grad]).toEqual([5, null]);
  });

  it("checks what it saved", () => {
    const x = leaf(2).mul(1);
    const y = Cube.apply(x);
    x.add_(1);
    expect(() => y.sum().backward()).toThrow(
      "CubeBackward saved a float64 tensor of shape [1], which is output 0 of MulBackward0, that is at version 1",
    );
    const z = Exp.apply(leaf(1));
    z.sum().backward();
    expect(() => z.sum().backward()).toThrow("a second time");
  });

  it("an input handed back gets a node of its own", () => {
    class Reverse extends torch.autograd.Function {
      static override forward(_ctx: FunctionContext, x: Tensor): Tensor {
        return x;
      }
      static override backward(_ctx: FunctionContext, g: Tensor): Tensor {
        return g.neg();
      }
    }
    const x = leaf(1);
    const y = Reverse.apply(x);
    expect([y === x, x.isLeaf, y.storage === x.storage]).toEqual([false, true, true]);
    y.backward();
    expect(x.grad!.toArray()).toEqual([-1]);
  });

  const broken = (forward: unknown, backward: unknown) => {
    class Broken extends torch.autograd.Function {
      static override forward(_ctx: FunctionContext, x: Tensor): Tensor {
        return (forward as (x: Tensor) => Tensor)(x);
      }
      static override backward(_ctx: FunctionContext, g: Tensor): Tensor {
        return (backward as (g: Tensor) => Tensor)(g);
      }
    }
    return () => Broken.apply(leaf(1)).backward();
  };
  it.each<[() => unknown, string]>([
    [
      broken(
        () => 3,
        (g: Tensor) => g,
      ),
      "Broken: forward must return tensors: got 3",
    ],
    [
      broken(
        (x: Tensor) => x.mul(1),
        (g: Tensor) => [g, g],
      ),
      "Broken: backward returned an incorrect number of gradients (expected 1, got 2)",
    ],
    [
      broken(
        (x: Tensor) => x.mul(1),
        () => [],
      ),
      "Broken: backward returned an incorrect number of gradients (expected 1, got 0)",
    ],
    [
      broken(
        (x: Tensor) => x.mul(1),
        () => 3,
      ),
      "Broken: backward must return tensors: got 3",
    ],
    [
      broken(
        (x: Tensor) => x.mul(1),
        () => [3],
      ),
      "BrokenBackward returned 3, not a tensor",
    ],
    [
      broken(
        (x: Tensor) => x.mul(1),
        () => undefined,
      ),
      "Broken: backward must return tensors: got undefined",
    ],
    [
      () => class extends torch.autograd.Function {}.apply(leaf(1) as never),
      "You must implement the forward function for custom autograd.Function.",
    ],
  ])("refuses: %#", (run, text) => {
    expect(run).toThrow(text);
  });

  it("a null gradient ends the path", () => {
    class Stop extends torch.autograd.Function {
      static override forward(_ctx: FunctionContext, x: Tensor): Tensor {
        return x.mul(2);
      }
      static override backward(): null {
        return null;
      }
    }
    const x = leaf(1);
    Stop.apply(x).add(x).backward();
    expect(x.grad!.toArray()).toEqual([1]);
  });
});
