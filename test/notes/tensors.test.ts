/** What a study of PyTorch writes down first about tensors and gradients, with the values that PyTorch gives. */
import { afterEach, describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

afterEach(() => torch.setDefaultDtype("float32"));

describe("tensors", () => {
  it("empty, views share, in-place ops end in _", () => {
    expect(torch.empty(5, 3).shape).toEqual([5, 3]);
    const b = torch.zeros(5, 3);
    const a = b.view(15);
    a.setAt(0, 7);
    expect(b.at(0, 0).item()).toBe(7);
    const x = torch.tensor([[1, 2, 3]]);
    expect([x.t_() === x, x.shape]).toEqual([true, [3, 1]]);
  });

  it("operators, broadcasting, matrix products", () => {
    const x = torch.tensor([[1, 2]]);
    expect(x.add(torch.tensor([[1], [2], [3]])).toArray()).toEqual([
      [2, 3],
      [3, 4],
      [4, 5],
    ]);
    expect(x.pow(2).equal(x.mul(x))).toBe(true);
    expect(torch.expr`${x} ** 2 + 1`.toArray()).toEqual([[2, 5]]);
    const m = torch.tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(torch.mm(m, m).toArray()).toEqual([
      [7, 10],
      [15, 22],
    ]);
    expect(torch.einsum("ij,jk->ik", m, m).equal(torch.mm(m, m))).toBe(true);
  });

  it("y[:] = y + x, y += x and add(…, out) keep object and memory; y = y + x does not", () => {
    const [x, y] = [torch.tensor([1, 2]), torch.tensor([3, 4])];
    const { storage } = y;
    expect(y.setAt(":", y.add(x))).toBe(y);
    expect(y.add_(x)).toBe(y);
    expect(torch.add(x, y, { out: y })).toBe(y);
    expect([y.storage === storage, y.toArray()]).toEqual([true, [6, 10]]);
    expect(y.add(x).storage === storage).toBe(false);
    const leaf = torch.ones(2, { requiresGrad: true });
    expect(() => torch.add(leaf, 1, { out: torch.ones(2) })).toThrow(
      "don't support automatic differentiation",
    );
  });

  it("clone does not share; memory of the host shares both ways; tensor(…) copies", () => {
    const a = torch.ones(3);
    const copy = a.clone();
    const b = a.typedArray();
    a.add_(1);
    b[0] = 5;
    expect([[...b], a.toArray(), copy.toArray()]).toEqual([
      [5, 2, 2],
      [5, 2, 2],
      [1, 1, 1],
    ]);
    const d = new Float64Array([1, 2]);
    const [shared, copied] = [torch.fromTypedArray(d), torch.tensor(d)];
    d[1] = 9;
    expect([shared.toArray(), copied.toArray()]).toEqual([
      [1, 9],
      [1, 2],
    ]);
    const t = torch.tensor(a);
    t.zero_();
    expect(a.at(0).item()).toBe(5);
  });

  it("devices and dtypes", () => {
    const x = torch.ones(2);
    const y = torch.onesLike(x, { device: "reference" });
    const z = y.to("cpu", torch.double);
    expect([y.device, z.device, z.dtype]).toEqual(["reference", "cpu", "float64"]);
    expect(torch.cuda.isAvailable()).toBe(false);
    expect(() => x.to("cuda" as never)).toThrow("there is no CUDA in WebAssembly");
    torch.setDefaultTensorType("torch.DoubleTensor");
    expect(torch.zeros(1).dtype).toBe("float64");
  });
});

describe("autograd", () => {
  it("prints as PyTorch does", () => {
    const x = torch.ones(2, 2, { requiresGrad: true });
    const y = x.add(2);
    const z = y.mul(y).mul(3);
    expect(String(x)).toBe("tensor([[1., 1.],\n        [1., 1.]], requires_grad=True)");
    expect(String(y)).toBe("tensor([[3., 3.],\n        [3., 3.]], grad_fn=<AddBackward0>)");
    expect(String(z.mean())).toBe("tensor(27., grad_fn=<MeanBackward0>)");
    expect([x.isLeaf, y.isLeaf, String(y.gradFn)]).toEqual([true, false, "<AddBackward0>"]);
  });

  it("gradients accumulate until they are cleared: 4.5, 5.5, 1", () => {
    const x = torch.ones(2, 2, { requiresGrad: true });
    const all = (v: number) => [
      [v, v],
      [v, v],
    ];
    x.add(2).pow(2).mul(3).mean().backward();
    expect(x.grad!.toArray()).toEqual(all(4.5));
    x.sum().backward();
    expect(x.grad!.toArray()).toEqual(all(5.5));
    x.grad!.data.zero_();
    x.sum().backward();
    expect(x.grad!.toArray()).toEqual(all(1));
  });

  it("backward(v) through a view", () => {
    const x = torch.tensor([1, 2, 3, 4], { dtype: "float32", requiresGrad: true });
    const z = x.mul(2).view(2, 2);
    expect(String(z)).toBe("tensor([[2., 4.],\n        [6., 8.]], grad_fn=<ViewBackward0>)");
    z.backward(
      torch.tensor([
        [1, 0.1],
        [0.01, 0.001],
      ]),
    );
    expect(String(x.grad)).toBe("tensor([2.0000, 0.2000, 0.0200, 0.0020])");
  });

  it("what is computed in noGrad passes no gradient on: 2", () => {
    const x = torch.tensor(1, { dtype: "float32", requiresGrad: true });
    const y1 = x.pow(2);
    const y2 = torch.noGrad(() => x.pow(3));
    expect([y1.requiresGrad, y2.requiresGrad]).toEqual([true, false]);
    y1.add(y2).backward();
    expect(x.grad!.item()).toBe(2);
    expect(() => y2.backward()).toThrow(
      "element 0 of tensors does not require grad and does not have a grad_fn",
    );
    expect(x.pow(3).detach().requiresGrad).toBe(false);
  });

  it("data bypasses the graph: x ** 2 gives 200, 2·x gives 2", () => {
    const x = torch.ones(1, { requiresGrad: true });
    const y = x.pow(2);
    x.data.mul_(100);
    expect(String(y)).toBe("tensor([1.], grad_fn=<PowBackward0>)");
    y.backward();
    expect([String(x), String(x.grad)]).toEqual(["tensor([100.], requires_grad=True)", "tensor([200.])"]);
    const z = torch.ones(1, { requiresGrad: true });
    const twice = z.mul(2);
    z.data.mul_(100);
    twice.backward();
    expect(z.grad!.item()).toBe(2);
  });

  it.each<[() => unknown, string]>([
    [
      () => torch.ones(2, { requiresGrad: true }).mul(2).backward(),
      "grad can be implicitly created only for scalar outputs",
    ],
    [
      () => torch.ones(1).sum().backward(),
      "element 0 of tensors does not require grad and does not have a grad_fn",
    ],
    [
      () => torch.ones(1, { requiresGrad: true }).add_(1),
      "a leaf Variable that requires grad is being used in an in-place operation.",
    ],
    [
      () => {
        const y = torch.ones(3, { requiresGrad: true }).exp();
        y.add_(1);
        y.sum().backward();
      },
      "float32 tensor of shape [3], which is output 0 of ExpBackward0, that is at version 1; expected version 0",
    ],
  ])("mistakes are explained: %#", (run, sentence) => {
    expect(run).toThrow(sentence);
  });
});
