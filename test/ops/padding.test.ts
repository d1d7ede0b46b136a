import { describe } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { pad } from "../../src/ops/spatial/padding.js";
import { gives, refuses } from "./tables.js";

const x = tensor([
  [1, 2],
  [3, 4],
]);

describe("values", () => {
  gives([
    [
      "the last dim",
      () => pad(x, [1, 2]),
      [
        [0, 1, 2, 0, 0],
        [0, 3, 4, 0, 0],
      ],
    ],
    [
      "both dims, a value",
      () => pad(x, [1, 0, 0, 1], { value: 9 }),
      [
        [9, 1, 2],
        [9, 3, 4],
        [9, 9, 9],
      ],
    ],
    [
      "less than nothing cuts off",
      () => [pad(x, [-1, 0]), pad(x, [-1, 1]), pad(x, [-1, -1])],
      [
        [[2], [4]],
        [
          [2, 0],
          [4, 0],
        ],
        [[], []],
      ],
    ],
    [
      "nothing at all",
      () => pad(x, []),
      [
        [1, 2],
        [3, 4],
      ],
    ],
    [
      "the inside mirrored",
      () => pad(tensor([[1, 2, 3]]), [2, 1], { mode: "reflect" }),
      [[3, 2, 1, 2, 3, 2]],
    ],
    [
      "the edge drawn out",
      () => pad(tensor([1, 2]).view(1, 2), [1, 2], { mode: "replicate" }),
      [[1, 1, 2, 2, 2]],
    ],
    [
      "round and round",
      () => pad(tensor([1, 2, 3]).view(1, 3), [1, 2], { mode: "circular" }),
      [[3, 1, 2, 3, 1, 2]],
    ],
    ["an empty tensor", () => pad(zeros(0), [1, 1]), [0, 0]],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "an odd number of widths",
      () => pad(x, [1]),
      "ArgumentError: pad: Padding length must be divisible by 2: got [1]",
    ],
    [
      "widths of dims there are not",
      () => pad(x, [1, 1, 1, 1, 1, 1]),
      "ShapeError: pad: Padding length too large: 6 for a tensor of shape [2, 2]",
    ],
    [
      "more cut off than there is",
      () => pad(x, [-2, -1]),
      "ShapeError: pad: The input size [2, 2], plus negative padding [[0, 0], [-2, -1]] resulted in a negative output size",
    ],
    [
      "an unknown mode",
      () => pad(x, [1, 1], { mode: "mirror" as never }),
      'ArgumentError: pad: mode must be one of "constant", "reflect", "replicate", "circular": got "mirror"',
    ],
    [
      "an unknown option",
      () => pad(x, [1, 1], { vlaue: 3 } as object),
      'ArgumentError: pad: unknown option "vlaue"; did you mean "value"?',
    ],
  ]);
});
