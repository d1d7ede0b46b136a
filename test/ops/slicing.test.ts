import { describe, expect, it } from "vitest";
import { arange, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const rows = arange(12).view(3, 4);
const list = tensor([1, 2, 3]);

describe("values", () => {
  gives([
    [
      "narrow",
      () => [rows.narrow(1, 1, 2), list.narrow(0, -2, 2), list.narrow(0, 3, 0)],
      [
        [
          [1, 2],
          [5, 6],
          [9, 10],
        ],
        [2, 3],
        [],
      ],
    ],
    [
      "select",
      () => [rows.select(0, -1), rows.select(1, 0), list.select(0, 1)],
      [[8, 9, 10, 11], [0, 4, 8], 2],
    ],
    [
      "diagonal",
      () => [rows.diagonal(), rows.diagonal(1), rows.diagonal(-1), rows.diagonal(9)],
      [[0, 5, 10], [1, 6, 11], [4, 9], []],
    ],
    [
      "split",
      () => [rows.split(3, 1).map((x) => x.shape), list.split([1, 2])],
      [
        [
          [3, 3],
          [3, 1],
        ],
        [[1], [2, 3]],
      ],
    ],
    [
      "split of nothing",
      () =>
        zeros(0)
          .split(2)
          .map((x) => x.shape),
      [[0]],
    ],
    [
      "chunk gives at most as many",
      () => [arange(5).chunk(3), arange(4).chunk(3).length],
      [[[0, 1], [2, 3], [4]], 2],
    ],
    [
      "unbind",
      () => [rows.unbind(1)[2], list.unbind()],
      [
        [2, 6, 10],
        [1, 2, 3],
      ],
    ],
    ["sliceScatter", () => arange(4).sliceScatter(tensor([8, 9]), 0, { start: 1, step: 2 }), [0, 8, 2, 9]],
    [
      "selectScatter",
      () => zeros(2, 2).selectScatter(tensor([1, 2]).float(), 1, 0),
      [
        [1, 0],
        [2, 0],
      ],
    ],
    [
      "diagonalScatter",
      () => zeros(2, 2).diagonalScatter(tensor([1, 2]).float()),
      [
        [1, 0],
        [0, 2],
      ],
    ],
  ]);
  it("gives views, which may be written to", () => {
    const x = zeros(2, 2);
    x.diagonal().fill_(1);
    x.select(1, 0).add_(2);
    expect(x.toArray()).toEqual([
      [3, 0],
      [2, 1],
    ]);
  });
});

describe("errors", () => {
  refuses([
    [
      "a part beyond the end",
      () => rows.narrow(1, 3, 2),
      "IndexError: narrow: start (3) + length (2) exceeds dimension size (4) of [3, 4]",
    ],
    [
      "an entry beyond the end",
      () => rows.select(0, 3),
      "IndexError: select: index 3 is out of bounds for dimension 0 with size 3",
    ],
    [
      "an entry of a 0-d tensor",
      () => tensor(1).select(0, 0),
      "IndexError: select: select() cannot be applied to a 0-dim tensor.",
    ],
    [
      "the diagonal of one dim",
      () => rows.diagonal(0, 1, 1),
      "ArgumentError: diagonal: diagonal dimensions cannot be identical 1, 1",
    ],
    [
      "the diagonal of a list",
      () => list.diagonal(),
      "IndexError: diagonal: Dimension out of range: dim 1 of a tensor with 1 dims (expected -1 to 0)",
    ],
    [
      "parts that do not add up",
      () => rows.split([1, 1], 1),
      "ShapeError: split: sizes [1, 1] must sum to 4, the size of dim 1 of [3, 4]",
    ],
    ["parts of no size", () => rows.split(0), "ArgumentError: split: size must be at least 1: got 0"],
    ["no chunks", () => rows.chunk(0), "ArgumentError: chunk: chunks must be at least 1: got 0"],
    [
      "unbinding a 0-d tensor",
      () => tensor(1).unbind(),
      "IndexError: unbind: Dimension specified as 0 but tensor has no dimensions",
    ],
    [
      "a source that does not fit",
      () => rows.selectScatter(list, 0, 0),
      "ShapeError: selectScatter: expected src to have a size equal to the slice of self: [3] and [4]",
    ],
    [
      "an unknown option",
      () => rows.sliceScatter(rows, 0, { stop: 2 } as object),
      'ArgumentError: sliceScatter: unknown option "stop"; did you mean "step"?',
    ],
  ]);
});
