import { describe } from "vitest";
import * as torch from "../../../src/index.js";
import { gives, refuses } from "../tables.js";
import { double } from "./slope.js";

const { special } = torch;
const [x, n] = [double(0.25, 1, 1.5, 0), double(10, 4, 3, 5)];

describe("values", () => {
  gives([
    ["chebyshevPolynomialT", () => special.chebyshevPolynomialT(x, n), [0.8168945312500002, 1, 9, 0]],
    ["chebyshevPolynomialU", () => special.chebyshevPolynomialU(x, n), [0.9658203124999999, 5, 21, 0]],
    ["chebyshevPolynomialV", () => special.chebyshevPolynomialV(x, n), [0.370117187499999, 1, 13, -1]],
    ["chebyshevPolynomialW", () => special.chebyshevPolynomialW(x, n), [1.5615234375000004, 9, 29, 1]],
    ["shiftedChebyshevPolynomialT", () => special.shiftedChebyshevPolynomialT(x, n), [-0.5, 1, 26, -1]],
    ["shiftedChebyshevPolynomialU", () => special.shiftedChebyshevPolynomialU(x, n), [-1, 5, 56, -6]],
    ["shiftedChebyshevPolynomialV", () => special.shiftedChebyshevPolynomialV(x, n), [-2, 1, 41, -11]],
    [
      "shiftedChebyshevPolynomialW",
      () => special.shiftedChebyshevPolynomialW(x, n).round({ decimals: 9 }).abs(),
      [0, 9, 71, 1],
    ],
    ["hermitePolynomialH", () => special.hermitePolynomialH(x, n), [-12875.9755859375, -20, 9, 0]],
    ["hermitePolynomialHe", () => special.hermitePolynomialHe(x, n), [-661.8390645980835, -2, -1.125, 0]],
    [
      "laguerrePolynomialL",
      () => special.laguerrePolynomialL(x, n),
      [-0.3740513223606758, -0.625, -0.6875, 1],
    ],
    ["legendrePolynomialP", () => special.legendrePolynomialP(x, n), [0.22120021656155586, 1, 6.1875, 0]],
    ["of one degree", () => special.legendrePolynomialP(x, 1), [0.25, 1, 1.5, 0]],
    ["of all degrees", () => special.hermitePolynomialH(0.5, double(0, 1, 2, -1)), [1, 1, -1, 0]],
    ["of whole numbers", () => special.hermitePolynomialH(torch.tensor([1, 2]), 2).dtype, "float32"],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "two numbers",
      () => special.laguerrePolynomialL(0.5, 2),
      "ArgumentError: laguerrePolynomialL: expected a tensor: got 2",
    ],
    [
      "shapes that do not broadcast",
      () => special.laguerrePolynomialL(x, double(1, 2)),
      "ShapeError: laguerrePolynomialL: shapes do not broadcast: [4] and [2] (4 ≠ 2 at dim 0)",
    ],
  ]);
});
