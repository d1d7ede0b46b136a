import { describe } from "vitest";
import { cat, hstack, stack, tensor, vstack, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const row = tensor([[1, 2]]);
const s = tensor(1);

describe("values", () => {
  gives([
    [
      "cat",
      () => [cat([row, row]), cat([row, row], -1)],
      [
        [
          [1, 2],
          [1, 2],
        ],
        [[1, 2, 1, 2]],
      ],
    ],
    ["cat leaves out empty lists", () => cat([zeros(0), row.float()]), [[1, 2]]],
    ["cat of dtypes", () => cat([tensor([1]), tensor([0.5])]), [1, 0.5]],
    ["cat of bools and numbers", () => cat([tensor([true]), tensor([5])]), [1, 5]],
    [
      "stack",
      () => [stack([s, s]), stack([row, row], 1).shape, stack([row, row], -1).shape],
      [
        [1, 1],
        [1, 2, 2],
        [1, 2, 2],
      ],
    ],
    ["hstack", () => [hstack([s, tensor([2, 3])]), hstack([row, row])], [[1, 2, 3], [[1, 2, 1, 2]]]],
    [
      "vstack",
      () => vstack([tensor([3, 4]), row]),
      [
        [3, 4],
        [1, 2],
      ],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "no list",
      () => cat(row as never),
      "ArgumentError: cat: expected a list of tensors: got Tensor of shape [1, 2]",
    ],
    ["an empty list", () => cat([]), "ArgumentError: cat: expected a non-empty list of Tensors"],
    ["what is no tensor", () => cat([row, 3 as never]), "ArgumentError: cat: expected a tensor: got 3"],
    [
      "ranks that differ",
      () => cat([row, tensor([1])]),
      "ShapeError: cat: Sizes of tensors must match except in dimension 0: [1] and [1, 2]",
    ],
    [
      "sizes that differ",
      () => cat([row, zeros(1, 3)]),
      "ShapeError: cat: Sizes of tensors must match except in dimension 0: [1, 3] and [1, 2]",
    ],
    ["0-d tensors", () => cat([s, s]), "ShapeError: cat: zero-dimensional tensor cannot be concatenated"],
    [
      "a dim there is not",
      () => cat([row, row], 2),
      "IndexError: cat: Dimension out of range: dim 2 of a tensor with 2 dims (expected -2 to 1)",
    ],
    [
      "stacking unequal shapes",
      () => stack([row, s]),
      "ShapeError: stack: stack expects each tensor to be equal size, but got [1, 2] and []",
    ],
  ]);
});
