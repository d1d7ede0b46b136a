import { describe } from "vitest";
import { arange, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const rows = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const list = tensor([3, 1, 2]);

describe("values", () => {
  gives([
    [
      "flip",
      () => [rows.flip(1), rows.flip([0, -1]), tensor(1).flip([])],
      [
        [
          [3, 2, 1],
          [6, 5, 4],
        ],
        [
          [6, 5, 4],
          [3, 2, 1],
        ],
        1,
      ],
    ],
    [
      "roll",
      () => [rows.roll(1), rows.roll(-1, 1), rows.roll([1, 2], [0, 1])],
      [
        [
          [6, 1, 2],
          [3, 4, 5],
        ],
        [
          [2, 3, 1],
          [5, 6, 4],
        ],
        [
          [5, 6, 4],
          [2, 3, 1],
        ],
      ],
    ],
    [
      "repeat",
      () => [list.repeat(2), list.repeat(2, 1), list.repeat(0)],
      [
        [3, 1, 2, 3, 1, 2],
        [
          [3, 1, 2],
          [3, 1, 2],
        ],
        [],
      ],
    ],
    [
      "tile",
      () => [rows.tile(2).shape, list.tile([2, 2]).shape],
      [
        [2, 6],
        [2, 6],
      ],
    ],
    [
      "triu, tril",
      () => [rows.triu(), rows.tril(), rows.triu(2), rows.tril(-1)],
      [
        [
          [1, 2, 3],
          [0, 5, 6],
        ],
        [
          [1, 0, 0],
          [4, 5, 0],
        ],
        [
          [0, 0, 3],
          [0, 0, 0],
        ],
        [
          [0, 0, 0],
          [4, 0, 0],
        ],
      ],
    ],
    [
      "diag",
      () => [tensor([1, 2]).diag(1), rows.diag(), rows.diag(-1)],
      [
        [
          [0, 1, 0],
          [0, 0, 2],
          [0, 0, 0],
        ],
        [1, 5],
        [4],
      ],
    ],
    ["sort", () => list.sort(), { values: [1, 2, 3], indices: [1, 2, 0] }],
    [
      "sort, greatest first, NaN above all",
      () => tensor([1, nan, inf, -0]).sort(0, { descending: true }),
      { values: [nan, inf, 1, -0], indices: [1, 2, 0, 3] },
    ],
    ["sort keeps the order of equals", () => tensor([2, 1, 2, 1]).sort().indices, [1, 3, 0, 2]],
    [
      "sort 0-d and nothing",
      () => [tensor(5).sort(), zeros(0).sort()],
      [
        { values: 5, indices: 0 },
        { values: [], indices: [] },
      ],
    ],
    [
      "sort along the first dim",
      () =>
        tensor([
          [2, 1],
          [1, 2],
        ]).sort(0).values,
      [
        [1, 1],
        [2, 2],
      ],
    ],
    ["argsort", () => list.argsort(-1, { descending: true }), [0, 2, 1]],
    [
      "topk",
      () => [arange(5).topk(2), arange(5).topk(2, 0, { largest: false }), list.topk(0).values],
      [{ values: [4, 3], indices: [4, 3] }, { values: [0, 1], indices: [0, 1] }, []],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "a flip of a dim twice",
      () => rows.flip([0, 0]),
      "IndexError: flip: dim 0 appears multiple times in the list of dims: [0, 0]",
    ],
    [
      "shifts without dims",
      () => rows.roll([1, 2], 0),
      "ArgumentError: roll: shifts and dimensions must align. shifts: 2, dims: 1",
    ],
    [
      "too few repeats",
      () => rows.repeat(2),
      "ShapeError: repeat: Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor: [2] for [2, 3]",
    ],
    [
      "the triangle of a list",
      () => list.triu(),
      "ShapeError: triu: input tensor must have at least 2 dimensions: got [3]",
    ],
    [
      "the diagonal of a cube",
      () => zeros(1, 1, 1).diag(),
      "ShapeError: diag: matrix or a vector expected: got [1, 1, 1]",
    ],
    [
      "a sort along a dim there is not",
      () => list.sort(1),
      "IndexError: sort: Dimension out of range: dim 1 of a tensor with 1 dims (expected -1 to 0)",
    ],
    [
      "more than there are",
      () => list.topk(4),
      "ArgumentError: topk: selected index k out of range: 4 of 3 along dim 0 of [3]",
    ],
    [
      "an unknown option",
      () => list.sort(0, { ascending: true } as object),
      'ArgumentError: sort: unknown option "ascending"; did you mean "descending"?',
    ],
  ]);
});
