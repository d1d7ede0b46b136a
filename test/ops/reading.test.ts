import { describe, expect, it } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const rows = tensor([
  [1, 2],
  [3, 4],
]);

describe("values", () => {
  gives([
    [
      "item",
      () => [tensor(2.5).item(), tensor([[7]]).item(), tensor(true).item(), tensor(2n ** 60n).item()],
      [2.5, 7, true, 2n ** 60n],
    ],
    [
      "toArray",
      () => [rows.t().toArray(), tensor(3).toArray(), zeros(2, 0).toArray()],
      [
        [
          [1, 3],
          [2, 4],
        ],
        3,
        [[], []],
      ],
    ],
    ["tolist", () => tensor([true, false]).tolist(), [true, false]],
    ["iteration", () => [...rows].map((row) => row.sum()), [3, 7]],
  ]);
  it("shares its memory as a typed array", () => {
    const x = tensor([1, 2, 3, 4]).float();
    const array = x.narrow(0, 1, 2).typedArray();
    expect(array).toEqual(new Float32Array([2, 3]));
    array[0] = 9;
    x.add_(1);
    expect(x.toArray()).toEqual([2, 10, 4, 5]);
    expect(array).toEqual(new Float32Array([10, 4]));
  });
});

describe("errors", () => {
  refuses([
    [
      "an item of many",
      () => rows.item(),
      "ShapeError: item: a Tensor with 4 elements cannot be converted to Scalar: shape [2, 2]",
    ],
    [
      "an item of none",
      () => zeros(0).item(),
      "ShapeError: item: a Tensor with 0 elements cannot be converted to Scalar: shape [0]",
    ],
    [
      "memory with gaps",
      () => rows.t().typedArray(),
      "ArgumentError: typedArray: the tensor has gaps or another order in memory: use x.contiguous().typedArray()",
    ],
    [
      "memory of what requires a gradient",
      () => zeros(2, { requiresGrad: true }).typedArray(),
      "GradError: typedArray: Can't call typedArray() on Tensor that requires grad. Use tensor.detach().typedArray() instead.",
    ],
    ["iteration over a 0-d tensor", () => [...tensor(1)], "IndexError: iterate: iteration over a 0-d tensor"],
  ]);
});
