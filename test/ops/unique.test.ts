import { describe } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const x = tensor([
  [3, 1, 2],
  [1, 3, 1],
]);
const all = { returnInverse: true, returnCounts: true };

describe("values", () => {
  gives([
    ["each once, ascending", () => x.unique(), [1, 2, 3]],
    [
      "with where they went and how many there were",
      () => x.unique(all),
      [
        [1, 2, 3],
        [
          [2, 0, 1],
          [0, 2, 0],
        ],
        [3, 1, 2],
      ],
    ],
    [
      "columns",
      () => x.unique({ dim: 1, ...all }),
      [
        [
          [1, 2, 3],
          [3, 1, 1],
        ],
        [2, 0, 1],
        [1, 1, 1],
      ],
    ],
    [
      "runs",
      () => tensor([1, 1, 2, 2, 1]).uniqueConsecutive(all),
      [
        [1, 2, 1],
        [0, 0, 1, 1, 2],
        [2, 2, 1],
      ],
    ],
    ["NaN equals nothing", () => tensor([Number.NaN, 1, Number.NaN]).unique(), [1, Number.NaN, Number.NaN]],
    [
      "truth values",
      () => tensor([true, false, true]).unique({ returnCounts: true }),
      [
        [false, true],
        [1, 2],
      ],
    ],
    ["none", () => zeros(0).unique({ returnCounts: true }), [[], []]],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "a dim there is not",
      () => x.unique({ dim: 2 }),
      "IndexError: unique: Dimension out of range: dim 2 of a tensor with 2 dims (expected -2 to 1)",
    ],
    [
      "slices without elements",
      () => zeros(2, 0).unique({ dim: 0 }),
      "ShapeError: unique: There are 0 sized dimensions, or none, in a tensor of shape [2, 0]",
    ],
  ]);
});
