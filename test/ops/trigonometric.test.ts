import { describe } from "vitest";
import * as torch from "../../src/index.js";
import { tensor } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const { PI } = Math;
const double = (values: number[]) => tensor(values, { dtype: "float64" });
const between = double([-2.5, -1.5, -0.5, -0, 0.5, 1.5, 2.5, inf, nan]);

describe("values", () => {
  gives([
    ["sin", () => double([0, PI / 2, PI / 6, inf]).sin(), [0, 1, 0.5, nan]],
    ["sin keeps −0", () => double([-0]).sin(), [-0]],
    ["cos", () => double([0, PI / 3, -inf]).cos(), [1, 0.5, nan]],
    ["tan", () => double([PI / 4, -0]).tan(), [1, -0]],
    [
      "asin, acos outside",
      () => [double([1, 2]).asin(), double([-1, 2]).acos()],
      [
        [PI / 2, nan],
        [PI, nan],
      ],
    ],
    ["atan", () => double([1, inf, -inf]).atan(), [PI / 4, PI / 2, -PI / 2]],
    [
      "atan2 of all quadrants",
      () => double([1, 1, -1, -1]).atan2(double([1, -1, -1, 1])),
      [PI / 4, (3 * PI) / 4, (-3 * PI) / 4, -PI / 4],
    ],
    ["atan2 of zeros", () => double([0, -0, 0, -0]).atan2(double([-0, -0, 0, 0])), [PI, -PI, 0, -0]],
    [
      "hyperbolic",
      () => [double([1]).sinh(), double([0]).cosh(), double([inf, -inf]).tanh()],
      [[1.1752011936438014], [1], [1, -1]],
    ],
    [
      "their inverses",
      () => [double([1]).asinh(), double([1, 0]).acosh(), double([1, 2]).atanh()],
      [[0.881373587019543], [0, nan], [inf, nan]],
    ],
    ["floor", () => between.floor(), [-3, -2, -1, -0, 0, 1, 2, inf, nan]],
    ["ceil", () => between.ceil(), [-2, -1, -0, -0, 1, 2, 3, inf, nan]],
    ["trunc", () => between.trunc(), [-2, -1, -0, -0, 0, 1, 2, inf, nan]],
    ["round goes to even", () => between.round(), [-2, -2, -0, -0, 0, 2, 2, inf, nan]],
    [
      "round to decimals",
      () => [double([1.25, -1.35]).round({ decimals: 1 }), double([1250]).round({ decimals: -2 })],
      [[1.2, -1.4], [1200]],
    ],
    ["rounding whole numbers", () => tensor([3]).floor(), [3]],
    ["frac", () => double([-2.5, 2.25]).frac(), [-0.5, 0.25]],
  ]);
});

describe("errors", () => {
  refuses([
    ["what is no tensor", () => torch.sin(3 as never), "ArgumentError: sin: expected a tensor: got 3"],
    [
      "what is no operand",
      () => between.atan2("x" as never),
      'ArgumentError: atan2: expected a tensor: got "x"',
    ],
    [
      "decimals that are not whole",
      () => between.round({ decimals: 0.5 }),
      "ArgumentError: round: decimals must be an integer: got 0.5",
    ],
    [
      "an unknown option",
      () => between.round({ decimal: 1 } as object),
      'ArgumentError: round: unknown option "decimal"; did you mean "decimals"?',
    ],
  ]);
});
