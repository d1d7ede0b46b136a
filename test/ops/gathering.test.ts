import { describe } from "vitest";
import { arange, ones, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const rows = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const float = rows.float();

describe("values", () => {
  gives([
    [
      "gather",
      () => [
        rows.gather(
          1,
          tensor([
            [2, 0],
            [1, 1],
          ]),
        ),
        rows.gather(0, tensor([[1, 0]])),
      ],
      [
        [
          [3, 1],
          [5, 5],
        ],
        [[4, 2]],
      ],
    ],
    ["gather of 0-d tensors", () => tensor(7).gather(0, tensor(0)), 7],
    ["gather of nothing", () => rows.gather(1, zeros(2, 0).long()).shape, [2, 0]],
    [
      "scatter",
      () => [
        zeros(2, 3).scatter(1, tensor([[0], [2]]), 9),
        zeros(3).scatter(0, tensor([2, 0]), tensor([5, 6]).float()),
      ],
      [
        [
          [9, 0, 0],
          [0, 0, 9],
        ],
        [6, 0, 5],
      ],
    ],
    [
      "scatter with a sum",
      () => zeros(2).scatter(0, tensor([0, 0, 1]), tensor([1, 2, 3]).float(), { reduce: "add" }),
      [3, 3],
    ],
    [
      "scatter with a product",
      () => ones(2).scatter(0, tensor([0, 0, 1]), tensor([2, 3, 4]).float(), { reduce: "multiply" }),
      [6, 4],
    ],
    ["scatterAdd", () => ones(3).scatterAdd(0, tensor([1, 1, 2]), tensor([1, 2, 3]).float()), [1, 4, 4]],
    [
      "indexSelect",
      () => [
        rows.indexSelect(1, tensor([2, 2, 0])),
        rows.indexSelect(0, tensor(1)),
        tensor(7).indexSelect(0, tensor([0])),
      ],
      [
        [
          [3, 3, 1],
          [6, 6, 4],
        ],
        [[4, 5, 6]],
        7,
      ],
    ],
    ["indexAdd", () => zeros(3).indexAdd(0, tensor([0, 0]), tensor([1, 2]).float(), { alpha: 2 }), [6, 0, 0]],
    [
      "indexCopy",
      () => zeros(2, 2).indexCopy(1, tensor([1]), ones(2, 1)),
      [
        [0, 1],
        [0, 1],
      ],
    ],
    [
      "indexFill",
      () => zeros(2, 2).indexFill(0, tensor([1]), 3),
      [
        [0, 0],
        [3, 3],
      ],
    ],
    [
      "nonzero",
      () => [
        tensor([
          [0, 1],
          [2, 0],
        ]).nonzero(),
        tensor(5).nonzero().shape,
        zeros(2).nonzero().shape,
      ],
      [
        [
          [0, 1],
          [1, 0],
        ],
        [1, 0],
        [0, 1],
      ],
    ],
    [
      "maskedSelect",
      () => [rows.maskedSelect(rows.gt(3)), arange(2).maskedSelect(tensor([[true], [false]]))],
      [
        [4, 5, 6],
        [0, 1],
      ],
    ],
    ["take counts from the end too", () => rows.take(tensor([[0, -1]])), [[1, 6]]],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "an index of another rank",
      () => rows.gather(0, tensor([0])),
      "ShapeError: gather: Index tensor must have the same number of dimensions as input tensor: [1] and [2, 3]",
    ],
    [
      "an index out of range",
      () => rows.gather(1, tensor([[3]])),
      "IndexError: gather: index 3 is out of bounds for dimension 1 with size 3",
    ],
    [
      "an index of fractions",
      () => rows.gather(0, float),
      "DTypeError: gather: expected dtype int64 for index: got float32",
    ],
    [
      "an index larger than what it picks from",
      () => rows.gather(0, tensor([[0, 0, 0, 0]])),
      "ShapeError: gather: Size does not match at dimension 1 expected index [1, 4] to be smaller than self [2, 3] apart from dimension 0",
    ],
    [
      "a source of another dtype",
      () => float.scatter(0, tensor([[0]]), tensor([[1]])),
      "DTypeError: scatter: Expected self.dtype to be equal to src.dtype: float32 and int64",
    ],
    [
      "a source smaller than its index",
      () => float.scatter(1, tensor([[0, 1]]), ones(1, 1)),
      "ShapeError: scatter: Expected index [1, 2] to be smaller than src [1, 1] in every dimension",
    ],
    [
      "an unknown way to reduce",
      () => float.scatter(0, tensor([[0]]), 1, { reduce: "mul" as never }),
      'ArgumentError: scatter: reduce must be one of "add", "multiply": got "mul"',
    ],
    [
      "a list of indices with two dims",
      () => rows.indexSelect(0, tensor([[0]])),
      "IndexError: indexSelect: Index is supposed to be a vector: got shape [1, 1]",
    ],
    [
      "a row there is not",
      () => rows.indexSelect(0, tensor([2])),
      "IndexError: indexSelect: index 2 is out of bounds for dimension 0 with size 2",
    ],
    [
      "rows that do not fit",
      () => float.indexAdd(0, tensor([0]), ones(2, 3)),
      "ShapeError: indexAdd: source of shape [2, 3] does not fit [2, 3] with 1 indices at dim 0: expected [1, 3]",
    ],
    [
      "a mask of fractions",
      () => rows.maskedSelect(float),
      "DTypeError: maskedSelect: expected BoolTensor for mask: got float32",
    ],
    [
      "a place there is not",
      () => rows.take(tensor([6])),
      "IndexError: take: index 6 is out of bounds for dimension 0 with size 6",
    ],
  ]);
});
