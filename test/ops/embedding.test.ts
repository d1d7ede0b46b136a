import { describe, expect, it } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { embedding } from "../../src/ops/embedding.js";
import { gives, refuses } from "./tables.js";

const table = tensor(
  [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  { dtype: "float32" },
);

describe("values", () => {
  gives([
    [
      "a list",
      () => embedding(tensor([2, 0]), table),
      [
        [5, 6],
        [1, 2],
      ],
    ],
    ["a matrix", () => embedding(tensor([[1], [1]]), table), [[[3, 4]], [[3, 4]]]],
    ["one index", () => embedding(tensor(1), table), [3, 4]],
    ["no index", () => embedding(zeros(0, 3).long(), table).shape, [0, 3, 2]],
    ["int32", () => embedding(tensor([2]).int(), table), [[5, 6]]],
  ]);
  it("adds gradients of repeated rows, leaves out the padding", () => {
    const weight = zeros(3, 1, { requiresGrad: true });
    embedding(tensor([1, 1, 2]), weight, { paddingIdx: -1 })
      .sum()
      .backward();
    expect(weight.grad!.toArray()).toEqual([[0], [2], [0]]);
  });
});

describe("errors", () => {
  refuses([
    [
      "fractions",
      () => embedding(table, table),
      "DTypeError: embedding: Expected tensor for argument #1 'indices' to have scalar type Long or Int: got float32",
    ],
    [
      "a row there is not",
      () => embedding(tensor([3]), table),
      "IndexError: embedding: index 3 is out of bounds for dimension 0 with size 3",
    ],
    [
      "a negative row",
      () => embedding(tensor([-1]), table),
      "IndexError: embedding: index -1 is out of bounds for dimension 0 with size 3",
    ],
    [
      "a table that is a list",
      () => embedding(tensor([0]), zeros(3)),
      "ShapeError: embedding: 'weight' must be 2-D: got [3]",
    ],
    [
      "a padding there is not",
      () => embedding(tensor([0]), table, { paddingIdx: 3 }),
      "ArgumentError: embedding: Padding_idx must be within num_embeddings: 3 of 3",
    ],
    [
      "an unknown option",
      () => embedding(tensor([0]), table, { paddingIndex: 0 } as object),
      'ArgumentError: embedding: unknown option "paddingIndex"; did you mean "paddingIdx"?',
    ],
  ]);
});
