import { describe } from "vitest";
import { cat, hstack, stack, tensor, vstack, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const row = tensor([[1, 2]]);
const s = tensor(1);

describe("values", () => {
  gives([
    ["cat", () => [cat([row, row]), cat([row, row], -1)], [[[1, 2], [1, 2]], [[1, 2, 1, 2]]]],
    ["cat leaves out empty lists", () => cat([zeros(0), row.float()]), [[1, 2]]],
    ["cat of dtypes", () => cat([tensor([1]), tensor([0.5])]), [1, 0.5]],
    ["cat of bools and numbers", () => cat([tensor([true]), tensor([5])]), [1, 5]],
    ["stack", () => [stack([s, s]), stack([row, row], 1).shape, stack([row, row], -1).shape], [[1, 1], [1, 2, 2], [1, 2, 2]]],
    ["hstack", () => [hstack([s, tensor([2, 3])]), hstack([row, row])], [[1, 2, 3], [[1, 2, 1, 2]]]],
    ["vstack", () => vstack([tensor([3, 4]), row]), [[3, 4], [1, 2]]],
  ]);
});

describe("errors", () => {
  refuses([
    ["no list", () => cat(row as never), "?"],
    ["an empty list", () => cat([]), "?"],
    ["what is no tensor", () => cat([row, 3 as never]), "?"],
    ["ranks that differ", () => cat([row, tensor([1])]), "?"],
    ["sizes that differ", () => cat([row, zeros(1, 3)]), "?"],
    ["0-d tensors", () => cat([s, s]), "?"],
    ["a dim there is not", () => cat([row, row], 2), "?"],
    ["stacking unequal shapes", () => stack([row, s]), "?"],
  ]);
});
