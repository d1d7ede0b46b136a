import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

describe("item", () => {
  it.each([
    [torch.tensor(2.5), 2.5],
    [torch.tensor([[7]]), 7],
    [torch.tensor(true), true],
    [torch.tensor(2n ** 53n - 1n), 2 ** 53 - 1],
    [torch.tensor(2n ** 60n), 2n ** 60n],
    [torch.tensor(-(2n ** 63n)), -(2n ** 63n)],
    [torch.tensor(0.1), 0.10000000149011612],
    [torch.tensor(0.1, { dtype: "float64" }), 0.1],
    [torch.tensor(Number.NaN), Number.NaN],
    [torch.tensor(-0, { dtype: "float32" }), -0],
    [torch.arange(6).view(2, 3).at(1, 1), 4],
  ])("%s", (x, value) => expect(x.item()).toBe(value));

  it("wants one element", () => {
    expect(() => torch.ones(2).item()).toThrow(
      "item: a Tensor with 2 elements cannot be converted to Scalar: shape [2]",
    );
    expect(() => torch.ones(0).item()).toThrow("item: a Tensor with 0 elements");
  });
});

describe("toArray", () => {
  it("nests by dims and reads any layout", () => {
    const x = torch.arange(6).view(2, 3);
    expect(x.t().toArray()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect(x.at(":", "::2").tolist()).toEqual([
      [0, 2],
      [3, 5],
    ]);
    expect(x.at(0).expand(2, 3).toArray()).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
    expect(torch.tensor(3).toArray()).toBe(3);
    expect(torch.zeros(2, 0).toArray()).toEqual([[], []]);
    expect(torch.tensor([true, false]).toArray()).toEqual([true, false]);
    expect(torch.tensor([0.1, 1], { dtype: "float16" }).toArray()).toEqual([0.0999755859375, 1]);
    expect(torch.tensor([1n, 2n ** 55n]).toArray()).toEqual([1, 2n ** 55n]);
  });
});

describe("iteration", () => {
  it("goes over dim 0, in views", () => {
    const x = torch.zeros(3, 2);
    let n = 0;
    for (const row of x) row.fill_(n++);
    expect(x.toArray()).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
    const [a, b] = torch.tensor([5, 6]);
    expect([a!.item(), b!.item(), x.length]).toEqual([5, 6, 3]);
    expect(() => [...torch.tensor(1)]).toThrow("iterate: iteration over a 0-d tensor");
  });

  it("is differentiable", () => {
    const x = torch.ones(3, { requiresGrad: true });
    let sum = torch.zeros();
    for (const [i, item] of [...x].entries()) sum = sum.add(item.mul(i));
    sum.backward();
    expect(x.grad!.toArray()).toEqual([0, 1, 2]);
  });
});

describe("to", () => {
  it("gives the tensor itself where nothing changes", () => {
    const x = torch.ones(2);
    expect(x.to("float32")).toBe(x);
    expect(x.to("cpu")).toBe(x);
    expect(x.cpu()).toBe(x);
    expect(x.to({ copy: true }) === x).toBe(false);
  });

  it("converts dtype, device, or both", () => {
    const x = torch.tensor([1.9, -1.9]);
    expect(x.to("int64").toArray()).toEqual([1, -1]);
    expect(x.to("reference").device).toBe("reference");
    expect(x.to("reference").cpu().toArray()).toEqual(x.toArray());
    const both = x.to("reference", torch.double);
    expect([both.device, both.dtype, both.to(x).dtype, both.to(x).device]).toEqual([
      "reference",
      "float64",
      "float32",
      "cpu",
    ]);
    expect(
      [
        x.double(),
        x.float(),
        x.half(),
        x.bfloat16(),
        x.long(),
        x.int(),
        x.short(),
        x.char(),
        x.byte(),
        x.bool(),
      ].map(({ dtype }) => dtype),
    ).toEqual([
      "float64",
      "float32",
      "float16",
      "bfloat16",
      "int64",
      "int32",
      "int16",
      "int8",
      "uint8",
      "bool",
    ]);
    expect(x.typeAs(torch.tensor(1)).dtype).toBe("int64");
  });

  it("takes gradients back to where they came from", () => {
    const x = torch.ones(2, { requiresGrad: true });
    x.to("reference", "float64").mul(3).sum().backward();
    expect([x.grad!.toArray(), x.grad!.dtype, x.grad!.device]).toEqual([[3, 3], "float32", "cpu"]);
  });

  it.each<[() => unknown, string, string]>([
    [() => torch.ones(1).to("cuda" as never), "DeviceError", "to: device must be one of"],
    [() => torch.ones(1).to({ dtype: "f" as never }), "ArgumentError", "to: dtype must be one of"],
    [() => torch.ones(1).to({ divice: "cpu" } as never), "ArgumentError", 'did you mean "device"?'],
    [
      () => torch.ones(1).add(torch.ones(1, { device: "reference" })),
      "DeviceError",
      "add: Expected all tensors to be on the same device, but found cpu and reference",
    ],
  ])("refuses what is none: %#", (run, name, text) => {
    expect(run).toThrow(expect.objectContaining({ name, message: expect.stringContaining(text) }));
  });
});

describe("promotion", () => {
  const of = (dtype: torch.DType, ...shape: number[]) => torch.ones(shape, { dtype });
  it.each<[string, torch.Tensor, torch.DType]>([
    ["int64 + float32", of("int64", 1).add(of("float32", 1)), "float32"],
    ["uint8 + int8", of("uint8", 1).add(of("int8", 1)), "int16"],
    ["float32 [1] + float64 0-d", of("float32", 1).add(of("float64")), "float32"],
    ["int64 [1] + float64 0-d", of("int64", 1).add(of("float64")), "float64"],
    ["int32 [1] + int64 0-d", of("int32", 1).add(of("int64")), "int32"],
    ["int64 + 1.5", of("int64", 1).add(1.5), "float32"],
    ["float64 + 1.5", of("float64", 1).add(1.5), "float64"],
    ["int32 + 1", of("int32", 1).add(1), "int32"],
    ["bool + 1", of("bool", 1).add(1), "int64"],
    ["bool + true", of("bool", 1).add(true), "bool"],
    ["int64 / int64", of("int64", 1).div(of("int64", 1)), "float32"],
    ["int64.exp()", of("int64", 1).exp(), "float32"],
    ["int32.sum()", of("int32", 1).sum(), "int64"],
    ["bool.sum()", of("bool", 1).sum(), "int64"],
    ["float32 == float64", of("float32", 1).eq(of("float64", 1)), "bool"],
  ])("%s", (_, x, dtype) => expect(x.dtype).toBe(dtype));
});

describe("printing", () => {
  it.each<[() => unknown, string]>([
    [() => torch.tensor([1, 2.5]), "tensor([1.0000, 2.5000])"],
    [
      () =>
        torch.tensor([
          [1, 2],
          [3, 4],
        ]),
      "tensor([[1, 2],\n        [3, 4]])",
    ],
    [() => torch.ones(2, { requiresGrad: true }), "tensor([1., 1.], requires_grad=True)"],
    [() => torch.ones(2, { requiresGrad: true }).mul(2), "tensor([2., 2.], grad_fn=<MulBackward0>)"],
    [() => torch.ones(2, { requiresGrad: true }).sum(), "tensor(2., grad_fn=<SumBackward0>)"],
    [() => torch.tensor([1], { dtype: "int32" }), "tensor([1], dtype=torch.int32)"],
    [() => torch.tensor([true]), "tensor([True])"],
    [() => torch.zeros(0, 3), "tensor([], size=(0, 3))"],
    [() => torch.ones(1, { device: "reference" }), "tensor([1.], device='reference')"],
    [() => new torch.nn.Parameter(torch.zeros(1)), "Parameter containing:\ntensor([0.], requires_grad=True)"],
    [() => torch.ones(1, { requiresGrad: true }).exp().gradFn, "<ExpBackward0>"],
    [() => torch.arange(6).view(2, 3).t(), "tensor([[0, 3],\n        [1, 4],\n        [2, 5]])"],
  ])("%#", (make, text) => {
    expect(String(make())).toBe(text);
    expect(inspect(make())).toBe(text);
  });

  it("reads only what it shows", () => {
    expect(String(torch.zeros(1000, 1000)).split("\n")).toHaveLength(7);
  });
});
