import { describe } from "vitest";
import * as torch from "../../../src/index.js";
import { gives, refuses } from "../tables.js";
import { double, slope } from "./slope.js";

const { tensor } = torch;
const inf = Number.POSITIVE_INFINITY;

describe("numbers taken apart", () => {
  gives([
    [
      "frexp",
      () => double(48, -0.3, 0, -0, 1e-310, inf).frexp(),
      { mantissa: [0.75, -0.6, 0, -0, 0.5752618031559393, inf], exponent: [6, -1, 0, 0, -1029, 0] },
    ],
    ["the exponent's dtype", () => double(48).frexp().exponent.dtype, "int32"],
    ["the slope of the mantissa", () => slope([48, -0.3, 0], (x) => x.frexp().mantissa), [0.015625, 2, 1]],
    ["gcd", () => torch.gcd(tensor([12, -18, 0, 7]), tensor([18, 12, 5, 0])), [6, 6, 5, 7]],
    ["lcm", () => torch.lcm(tensor([4, -6, 0, 7]), tensor([6, 4, 5, 1])), [12, 12, 0, 7]],
    [
      "gcd beyond 2⁵³",
      () =>
        tensor([3n << 61n])
          .gcd(tensor([1n << 61n]))
          .item(),
      1n << 61n,
    ],
    ["the wider dtype", () => torch.gcd(tensor([4], { dtype: "int8" }), tensor([6])).dtype, "int64"],
    [
      "in place",
      () =>
        tensor([12, -18])
          .gcd_(tensor([18]))
          .lcm_(tensor([4])),
      [12, 36],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "frexp of whole numbers",
      () => tensor([1]).frexp(),
      "DTypeError: frexp: torch.frexp() only supports floating-point dtypes: int64",
    ],
    ["gcd of fractions", () => double(1).gcd(double(2)), "DTypeError: gcd: not implemented for float64"],
    [
      "gcd of truth values",
      () => tensor([true]).gcd(tensor([true])),
      "DTypeError: gcd: not implemented for bool",
    ],
    ["gcd with a number", () => tensor([4]).gcd(2 as never), "ArgumentError: gcd: expected a tensor: got 2"],
    [
      "a method of what is no tensor",
      () => Reflect.apply(torch.Tensor.prototype.add, 2, [tensor([1])]),
      "ArgumentError: add: called as a method of what is no tensor: 2",
    ],
  ]);
});
