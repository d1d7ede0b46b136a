import { describe, expect, it } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { embedding } from "../../src/ops/index/embedding.js";
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
  it("divides a row's gradient by how often the row was looked up", () => {
    const weight = zeros(3, 1, { requiresGrad: true });
    embedding(tensor([0, 1, 0, 0, 2]), weight, { scaleGradByFreq: true, paddingIdx: 2 })
      .mul(tensor([[1], [5], [1], [4], [7]]))
      .sum()
      .backward();
    expect(weight.grad!.toArray()).toEqual([[2], [5], [0]]);
  });
  it("shrinks the rows looked up, in the table itself", () => {
    const rows = () =>
      tensor(
        [
          [3, -4],
          [0.3, 0.4],
          [6, 8],
        ],
        { dtype: "float32" },
      );
    const weight = rows().requiresGrad_();
    const out = embedding(tensor([0, 1, 0]), weight, { maxNorm: 2 });
    expect([String(out.detach()), String(weight.detach())]).toEqual([
      "tensor([[ 1.2000, -1.6000],\n        [ 0.3000,  0.4000],\n        [ 1.2000, -1.6000]])",
      "tensor([[ 1.2000, -1.6000],\n        [ 0.3000,  0.4000],\n        [ 6.0000,  8.0000]])",
    ]);
    out.sum().backward();
    expect(weight.grad!.toArray()).toEqual([
      [2, 2],
      [1, 1],
      [0, 0],
    ]);
    const sums = rows();
    embedding(tensor([0, 2]), sums, { maxNorm: 2, normType: 1 });
    expect(String(sums)).toBe(
      "tensor([[ 0.8571, -1.1429],\n        [ 0.3000,  0.4000],\n        [ 0.8571,  1.1429]])",
    );
  });
});

describe("errors", () => {
  refuses([
    [
      "a norm that is no number",
      () => embedding(tensor([0]), table, { maxNorm: "2" as never }),
      'ArgumentError: embedding: maxNorm must be a number: got "2"',
    ],
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
