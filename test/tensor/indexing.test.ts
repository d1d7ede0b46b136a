/** x.at(…) reads as Python's x[…], x.setAt(…, v) writes; values are PyTorch's. */
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import type { Index } from "../../src/ops/index/indexing.js";

/** 0 … 23 as [2, 3, 4]. */
const cube = () => torch.arange(24).view(2, 3, 4);
const list = (values: readonly number[]) => torch.tensor([...values], { dtype: "int64" });

describe("basic indices give views", () => {
  it.each<[string, Index[], readonly number[], number | readonly number[]]>([
    ["x[1]", [1], [3, 4], [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23]],
    ["x[-1, 0]", [-1, 0], [4], [12, 13, 14, 15]],
    ["x[1, 2, 3]", [1, 2, 3], [], 23],
    ["x[0, 1:3, 2]", [0, "1:3", 2], [2], [6, 10]],
    ["x[..., 0]", ["...", 0], [2, 3], [0, 4, 8, 12, 16, 20]],
    ["x[0, ..., -1]", [0, "...", -1], [3], [3, 7, 11]],
    ["x[:, None, 0, ::3]", [":", null, 0, "::3"], [2, 1, 2], [0, 3, 12, 15]],
    ["x[0, -2:, :-2]", [0, "-2:", ":-2"], [2, 2], [4, 5, 8, 9]],
    ["x[1:5, 5:]", ["1:5", "5:"], [1, 0, 4], []],
    ["x[0, 0, 3:1]", [0, 0, "3:1"], [0], []],
    ["x[0, 0, slice(1, 3)]", [0, 0, torch.slice(1, 3)], [2], [1, 2]],
    ["x[0, 0, slice(2)]", [0, 0, torch.slice(2)], [2], [0, 1]],
    ["x[0n, 1n, 2n]", [0n, 1n, 2n], [], 6],
    ["x[1, 0, 0], the 1 in a 0-d tensor", [torch.tensor(1), 0, 0], [], 12],
    ["x[...]", ["..."], [2, 3, 4], Array.from({ length: 24 }, (_, i) => i)],
  ])("%s", (_, index, shape, values) => {
    const x = cube();
    const y = x.at(...index);
    expect(y.shape).toEqual(shape);
    expect(shape.length ? y.flatten().toArray() : y.item()).toEqual(values);
    expect(y.storage).toBe(x.storage);
  });
});

describe("tensors, arrays and masks pick copies", () => {
  const mask = () =>
    torch.tensor([
      [true, false, true],
      [false, true, false],
    ]);
  it.each<[string, () => Index[], readonly number[], readonly number[]]>([
    ["x[[1, 0], 0, 0]", () => [[1, 0], 0, 0], [2], [12, 0]],
    ["x[0, [0, -1]]", () => [0, [0, -1]], [2, 4], [0, 1, 2, 3, 8, 9, 10, 11]],
    [
      "x[[0, 1], [0, 2], [1, 3]]",
      () => [
        [0, 1],
        [0, 2],
        [1, 3],
      ],
      [2],
      [1, 23],
    ],
    [
      "x[list, :, list] puts the picks in front",
      () => [list([0, 1]), ":", list([0, 3])],
      [2, 3],
      [0, 4, 8, 15, 19, 23],
    ],
    ["x[0, :, list]", () => [0, ":", list([3, 0])], [3, 2], [3, 0, 7, 4, 11, 8]],
    [
      "x[:, [[0, 1], [1, 2]], 0]",
      () => [
        ":",
        [
          [0, 1],
          [1, 2],
        ],
        0,
      ],
      [2, 2, 2],
      [0, 4, 4, 8, 12, 16, 16, 20],
    ],
    [
      "index tensors broadcast",
      () => [torch.tensor([[0], [1]]), torch.tensor([0, 2]), 0],
      [2, 2],
      [0, 8, 12, 20],
    ],
    ["x[mask]", () => [mask()], [3, 4], [0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19]],
    ["x[0, [True, False, True], 1]", () => [0, [true, false, true], 1], [2], [1, 9]],
    ["x[:, :, mask of 4]", () => [0, 0, torch.tensor([false, true, true, false])], [2], [1, 2]],
    ["x[x > 20]", () => [cube().gt(20)], [3], [21, 22, 23]],
    ["x[0, 0, True]", () => [0, 0, true], [1, 4], [0, 1, 2, 3]],
    ["x[0, 0, False]", () => [0, 0, false], [0, 4], []],
    ["x[0, []]", () => [0, []], [0, 4], []],
  ])("%s", (_, index, shape, values) => {
    const x = cube();
    const y = x.at(...index());
    expect([y.shape, y.reshape(-1).toArray()]).toEqual([shape, values]);
    y.zero_();
    expect(x.sum().item()).toBe(276);
  });
});

describe("setAt", () => {
  it.each<[string, Index | readonly Index[], number | (() => torch.Tensor), readonly number[][]]>([
    [
      "x[0] = 9",
      0,
      9,
      [
        [9, 9, 9],
        [3, 4, 5],
      ],
    ],
    [
      "x[1, 2] = 9",
      [1, 2],
      9,
      [
        [0, 1, 2],
        [3, 4, 9],
      ],
    ],
    [
      "x[:, 1:] = column",
      [":", "1:"],
      () => torch.tensor([[7], [8]]),
      [
        [0, 7, 7],
        [3, 8, 8],
      ],
    ],
    [
      "x[:] = row",
      ":",
      () => torch.tensor([7, 8, 9]),
      [
        [7, 8, 9],
        [7, 8, 9],
      ],
    ],
    [
      "x[..., -1] = list",
      ["...", -1],
      () => torch.tensor([7, 8]),
      [
        [0, 1, 7],
        [3, 4, 8],
      ],
    ],
    [
      "x[[0, 1], [2, 0]] = list",
      [
        [0, 1],
        [2, 0],
      ],
      () => torch.tensor([7, 8]),
      [
        [0, 1, 7],
        [8, 4, 5],
      ],
    ],
    [
      "x[:, [2, 0]] = row",
      [":", [2, 0]],
      () => torch.tensor([7, 8]),
      [
        [8, 1, 7],
        [8, 4, 7],
      ],
    ],
    [
      "x[mask] = 0",
      torch.tensor([
        [true, false, true],
        [false, false, true],
      ]),
      0,
      [
        [0, 1, 0],
        [3, 4, 0],
      ],
    ],
    [
      "x[[-1]] = 1",
      [[-1]],
      1,
      [
        [0, 1, 2],
        [1, 1, 1],
      ],
    ],
    [
      "a leading 1 does not count",
      [0, "1:"],
      () => torch.tensor([[7, 8]]),
      [
        [0, 7, 8],
        [3, 4, 5],
      ],
    ],
  ])("%s", (_, index, value, expected) => {
    const x = torch.arange(6).view(2, 3);
    expect(x.setAt(index, typeof value === "number" ? value : value())).toBe(x);
    expect(x.toArray()).toEqual(expected);
  });

  it("converts the value to the tensor's dtype", () => {
    const x = torch.zeros(2, { dtype: "int64" });
    x.setAt(0, 2.7);
    x.setAt(1, torch.tensor(-1.5));
    expect(x.toArray()).toEqual([2, -1]);
    expect(torch.ones(2, { dtype: "bool" }).setAt(0, 0).toArray()).toEqual([false, true]);
    expect(
      torch
        .zeros(1, { dtype: "int64" })
        .setAt(0, 2n ** 60n)
        .at(0)
        .item(),
    ).toBe(2n ** 60n);
  });

  it("of views writes through", () => {
    const x = torch.zeros(3, 3);
    x.at("1:")
      .t()
      .setAt(0, torch.tensor([1, 2]));
    x.diagonal().setAt([0], 5);
    expect(x.toArray()).toEqual([
      [5, 0, 0],
      [1, 0, 0],
      [2, 0, 0],
    ]);
  });
});

describe("bad indices", () => {
  it.each<[() => unknown, string, string]>([
    [() => cube().at(2), "IndexError", "at: index 2 is out of bounds for dimension 0 with size 2"],
    [() => cube().at(0, -4), "IndexError", "at: index -4 is out of bounds for dimension 1 with size 3"],
    [() => cube().at(0, 0, 0, 0), "IndexError", "at: too many indices for tensor of dimension 3"],
    [() => torch.tensor(1).at(0), "IndexError", "at: too many indices for tensor of dimension 0"],
    [() => cube().at([0, 2]), "IndexError", "at: index 2 is out of bounds for dimension 0 with size 2"],
    [() => cube().at(list([-3])), "IndexError", "at: index -3 is out of bounds for dimension 0 with size 2"],
    [
      () => cube().at([0, 1], [0, 1, 2]),
      "IndexError",
      "at: shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]",
    ],
    [
      () => cube().at(torch.tensor([true])),
      "IndexError",
      "The shape of the mask [1] at index 0 does not match the shape of the indexed tensor [2, 3, 4]",
    ],
    [() => cube().at([0.5]), "IndexError", "tensors used as indices must be long, byte or bool tensors"],
    [
      () => cube().at(torch.tensor([0.5])),
      "IndexError",
      "tensors used as indices must be long, byte or bool tensors: got float32",
    ],
    [() => cube().at(0.5), "ArgumentError", "at: an index must be a whole number: got 0.5"],
    [() => cube().at("1-2"), "FormatError", 'at: "1-2" is no slice'],
    [() => cube().at("::0"), "ArgumentError", "slice: step must be greater than zero: got 0"],
    [() => cube().at("::-1"), "ArgumentError", "slice: step must be greater than zero: got -1"],
    [() => cube().at({} as never), "ArgumentError", "at: cannot index with an object"],
    [() => cube().at(undefined as never), "ArgumentError", "at: cannot index with undefined"],
    [
      () => cube().setAt(0, torch.ones(2, { dtype: "int64" })),
      "ShapeError",
      "copy_: source of shape [2] does not broadcast to [3, 4]",
    ],
    [
      () => cube().setAt([[0, 1]], torch.ones(2, { dtype: "int64" })),
      "ShapeError",
      "setAt: shape mismatch: value tensor of shape [2]",
    ],
    [() => cube().setAt(0, "1" as never), "ArgumentError", 'setAt: expected a tensor or a number: got "1"'],
    [() => cube().setAt(5, 1), "IndexError", "index 5 is out of bounds"],
  ])("%#", (run, name, text) => {
    expect(run).toThrow(expect.objectContaining({ name, message: expect.stringContaining(text) }));
  });

  it("leave the tensor as it was", () => {
    const x = cube();
    expect(() => x.setAt([[0, 5]], 1)).toThrow();
    expect(() => x.setAt([0, 0], torch.ones(3))).toThrow();
    expect([x.sum().item(), x.version.value]).toEqual([276, 0]);
  });
});

describe("gradients", () => {
  const leaf = () => torch.arange(6, { dtype: "float64" }).view(2, 3).detach().requiresGrad_();
  it("flow to what was picked, as often as it was", () => {
    const x = leaf();
    x.at([0, 0, 1], [1, 1, 2])
      .mul(torch.tensor([1, 10, 100]))
      .sum()
      .backward();
    expect(x.grad!.toArray()).toEqual([
      [0, 11, 0],
      [0, 0, 100],
    ]);
  });

  it.each<[string, Index[]]>([
    ["basic", [":", "::2"]],
    ["list", [[1, 0, 1]]],
    ["mixed", [":", [2, 0], null]],
    [
      "mask",
      [
        torch.tensor([
          [true, false, true],
          [true, true, false],
        ]),
      ],
    ],
  ])("at, %s, and its derivative", (_, index) => {
    const f = (x: torch.Tensor) => x.at(...index).pow(3);
    expect(torch.autograd.gradcheck(f, [leaf()])).toBe(true);
    expect(torch.autograd.gradgradcheck(f, [leaf()])).toBe(true);
  });

  it.each<[string, Index[], readonly number[]]>([
    ["basic", [0, "1:"], [2]],
    ["element", [1, 1], []],
    ["list", [":", [2, 0]], [2]],
    [
      "mask",
      [
        torch.tensor([
          [true, false, true],
          [true, true, false],
        ]),
      ],
      [4],
    ],
  ])("setAt, %s: into the tensor and into the value, twice", (_, index, shape) => {
    const f = (x: torch.Tensor, v: torch.Tensor) => x.mul(2).setAt(index, v.mul(v)).pow(3);
    const v = torch.rand(shape, { dtype: "float64", generator: new torch.Generator(3) }).requiresGrad_();
    expect(torch.autograd.gradcheck(f, [leaf(), v])).toBe(true);
    expect(torch.autograd.gradgradcheck(f, [leaf(), v])).toBe(true);
  });
});
