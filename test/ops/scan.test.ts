import { describe } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan } = Number;
const rows = tensor([
  [1, 2],
  [3, 4],
]);

describe("values", () => {
  gives([
    [
      "cumsum",
      () => [rows.cumsum(0), rows.cumsum(-1)],
      [
        [
          [1, 2],
          [4, 6],
        ],
        [
          [1, 3],
          [3, 7],
        ],
      ],
    ],
    ["cumsum of bools", () => tensor([true, false, true]).cumsum(0), [1, 1, 2]],
    [
      "cumprod",
      () => rows.cumprod(1),
      [
        [1, 2],
        [3, 12],
      ],
    ],
    [
      "cumprod as fractions",
      () => rows.cumprod(0, { dtype: "float64" }),
      [
        [1, 2],
        [3, 8],
      ],
    ],
    [
      "cummax takes the last of equals",
      () => tensor([1, 3, 3, 2]).cummax(0),
      { values: [1, 3, 3, 3], indices: [0, 1, 2, 2] },
    ],
    ["cummin keeps NaN", () => tensor([2, nan, 1]).cummin(0), { values: [2, nan, nan], indices: [0, 1, 1] }],
    ["0-d", () => [tensor(3).cumsum(0), tensor(3).cummax(-1)], [3, { values: 3, indices: 0 }]],
    ["empty", () => [zeros(0).cumsum(0), zeros(2, 0).cumprod(1)], [[], [[], []]]],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "a dim there is not",
      () => rows.cumsum(2),
      "IndexError: cumsum: Dimension out of range: dim 2 of a tensor with 2 dims (expected -2 to 1)",
    ],
    [
      "no dim",
      () => rows.cumprod(undefined as never),
      "ArgumentError: cumprod: dim must be an integer: got undefined",
    ],
    [
      "an unknown option",
      () => rows.cumsum(0, { dtyp: "int64" } as object),
      'ArgumentError: cumsum: unknown option "dtyp"; did you mean "dtype"?',
    ],
  ]);
});
