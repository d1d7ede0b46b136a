import { describe } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { pad } from "../../src/ops/padding.js";
import { gives, refuses } from "./tables.js";

const x = tensor([[1, 2], [3, 4]]);

describe("values", () => {
  gives([
    ["the last dim", () => pad(x, [1, 2]), [[0, 1, 2, 0, 0], [0, 3, 4, 0, 0]]],
    ["both dims, a value", () => pad(x, [1, 0, 0, 1], { value: 9 }), [[9, 1, 2], [9, 3, 4], [9, 9, 9]]],
    ["less than nothing cuts off", () => [pad(x, [-1, 0]), pad(x, [-1, 1]), pad(x, [-1, -1])], [[[2], [4]], [[2, 0], [4, 0]], [[], []]]],
    ["nothing at all", () => pad(x, []), [[1, 2], [3, 4]]],
    ["an empty tensor", () => pad(zeros(0), [1, 1]), [0, 0]],
  ]);
});

describe("errors", () => {
  refuses([
    ["an odd number of widths", () => pad(x, [1]), "?"],
    ["widths of dims there are not", () => pad(x, [1, 1, 1, 1, 1, 1]), "?"],
    ["more cut off than there is", () => pad(x, [-2, -1]), "?"],
    ["an unknown mode", () => pad(x, [1, 1], { mode: "reflect" as never }), "?"],
    ["an unknown option", () => pad(x, [1, 1], { vlaue: 3 } as object), "?"],
  ]);
});
