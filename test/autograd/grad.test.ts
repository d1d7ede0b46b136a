/** Gradients as results, and gradients of gradients. */
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const leaf = (...values: number[]) => torch.tensor(values, { dtype: "float64", requiresGrad: true });
const values = (x: Tensor | null | undefined) => x?.toArray() ?? null;

describe("higher derivatives", () => {
  it("of x⁴: 4x³, 12x², 24x", () => {
    const x = leaf(2);
    const derivatives = [];
    for (let y = x.pow(4).sum(), i = 0; i < 3; i++) {
      const [d] = torch.autograd.grad(y, [x], { createGraph: true });
      derivatives.push(d!.item());
      y = d!.sum();
    }
    expect(derivatives).toEqual([32, 48, 48]);
  });

  it("through backward with createGraph: the gradient has a history", () => {
    const x = leaf(2);
    x.pow(3).sum().backward({ createGraph: true });
    const first = x.grad!;
    expect([values(first), first.requiresGrad]).toEqual([[12], true]);
    x.grad = null;
    first.sum().backward();
    expect(values(x.grad)).toEqual([12]);
  });

  it("a penalty on the gradient trains", () => {
    const [x, w] = [leaf(1, 2), leaf(3, 4)];
    const [g] = torch.autograd.grad(x.mul(w).pow(2).sum(), [x], { createGraph: true });
    g!.pow(2).sum().backward();
    // g = 2·x·w², ∂Σg²/∂w = 2g·4xw
    expect([values(w.grad), values(x.grad)]).toEqual([
      [432, 4096],
      [648, 4096],
    ]);
  });
});

describe("grad", () => {
  it("returns gradients and adds to none", () => {
    const [x, y] = [leaf(2), leaf(3)];
    const [dx, dy] = torch.autograd.grad(x.mul(y).sum(), [x, y]);
    expect([values(dx), values(dy), x.grad, y.grad, dx!.requiresGrad]).toEqual([[3], [2], null, null, false]);
  });

  it("of and with respect to several, interior ones too", () => {
    const x = leaf(2);
    const y = x.mul(3);
    const [dx, dy] = torch.autograd.grad([y.pow(2).sum(), y.sum()], [x, y]);
    expect([values(dx), values(dy)]).toEqual([[39], [13]]);
    const [self] = torch.autograd.grad(y, y, { gradOutputs: torch.tensor([7], { dtype: "float64" }) });
    expect(values(self)).toEqual([7]);
  });

  it("stops where it need not go on", () => {
    const x = leaf(2);
    const y = x.exp();
    const [dy] = torch.autograd.grad(y.mul(2).sum(), [y]);
    expect(values(dy)).toEqual([2]);
    y.sum().backward();
    expect(x.grad!.item()).toBeCloseTo(Math.E ** 2, 10);
  });

  it("unused inputs", () => {
    const [x, y] = [leaf(2), leaf(3)];
    expect(() => torch.autograd.grad(x.sum(), [x, y])).toThrow("appears to not have been used in the graph");
    const [dx, dy] = torch.autograd.grad(x.sum(), [x, y], { allowUnused: true });
    expect([values(dx), dy]).toEqual([[1], null]);
    expect(() => torch.autograd.grad(x.sum(), [torch.ones(1)])).toThrow(
      "One of the differentiated Tensors does not require grad",
    );
    expect(() => torch.autograd.grad(torch.ones(1), [x])).toThrow(
      "does not require grad and does not have a grad_fn",
    );
  });

  it("leaves the results as they are when the graph is let go", () => {
    const x = leaf(1, 2);
    const y = x.exp();
    const [g] = torch.autograd.grad(y.sum(), [x], { createGraph: true });
    const copy = g!.clone().detach();
    g!.sum().backward();
    expect(values(g)).toEqual(values(copy));
  });
});
