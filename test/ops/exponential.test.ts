import { describe } from "vitest";
import * as torch from "../../src/index.js";
import { tensor } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const double = (values: number[]) => tensor(values, { dtype: "float64" });
const ends = double([-inf, -0, 0, 1, inf, nan]);

describe("values", () => {
  gives([
    ["exp", () => ends.exp(), [0, 1, 1, Math.E, inf, nan]],
    ["exp2", () => ends.exp2(), [0, 1, 1, 2, inf, nan]],
    ["expm1 keeps small numbers", () => double([1e-20, -0, -inf]).expm1(), [1e-20, -0, -1]],
    ["log", () => double([0, 1, Math.E, -1, inf, nan]).log(), [-inf, 0, 1, nan, inf, nan]],
    ["log1p keeps small numbers", () => double([1e-20, -1, -2]).log1p(), [1e-20, -inf, nan]],
    [
      "log2, log10",
      () => [double([8, 0.25]).log2(), double([1000, 0.01]).log10()],
      [
        [3, -2],
        [3, -2],
      ],
    ],
    ["of whole numbers", () => tensor([0, 1]).exp(), [1, Math.E]],
    ["0-d", () => tensor(0.5).log2(), -1],
    ["empty", () => double([]).exp(), []],
  ]);
});

describe("errors", () => {
  refuses([["null", () => torch.exp(null as never), "ArgumentError: exp: expected a tensor: got null"]]);
});
