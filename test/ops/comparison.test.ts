import { describe } from "vitest";
import * as torch from "../../src/index.js";
import { tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const a = tensor([1, 2, nan]);
const odd = tensor([0, -0, inf, -inf, nan, -1]);
const bits = tensor([6, -1]);

describe("values", () => {
  gives([
    [
      "eq, ne",
      () => [a.eq(a), a.ne(a)],
      [
        [true, true, false],
        [false, false, true],
      ],
    ],
    [
      "lt, le, gt, ge",
      () => [a.lt(2), a.le(2), a.gt(1), a.ge(1)],
      [
        [true, false, false],
        [true, true, false],
        [false, true, false],
        [true, true, false],
      ],
    ],
    ["whole numbers beside fractions", () => tensor([1, 2]).eq(1.5), [false, false]],
    ["large int64", () => tensor([9007199254740993n]).eq(tensor([9007199254740992n])), [false]],
    [
      "broadcast",
      () => tensor([[1], [2]]).lt(tensor([1, 2])),
      [
        [false, true],
        [false, false],
      ],
    ],
    ["empty", () => zeros(0).eq(zeros(0)), []],
    ["equal", () => [a.equal(a), bits.equal(bits), zeros(2).equal(zeros(1, 2))], [false, true, false]],
    ["isclose", () => tensor([1, inf, nan]).isclose(tensor([1.000001, inf, nan])), [true, true, false]],
    ["isclose, equalNan", () => a.isclose(a, { equalNan: true }), [true, true, true]],
    ["allclose", () => [bits.float().allclose(bits.float().add(1e-7)), a.allclose(a)], [true, false]],
    [
      "logic",
      () => [odd.logicalNot(), odd.logicalAnd(odd), odd.logicalXor(tensor(true))],
      [
        [true, true, false, false, false, false],
        [false, false, true, true, true, true],
        [true, true, false, false, false, false],
      ],
    ],
    [
      "isnan, isinf, isfinite",
      () => [odd.isnan(), odd.isinf(), odd.isfinite()],
      [
        [false, false, false, false, true, false],
        [false, false, true, true, false, false],
        [true, true, false, false, false, true],
      ],
    ],
    ["signbit sees −0", () => odd.signbit(), [false, true, false, true, false, true]],
    [
      "bits",
      () => [bits.bitwiseAnd(3), bits.bitwiseOr(1), bits.bitwiseXor(bits), bits.bitwiseNot()],
      [
        [2, 3],
        [7, -1],
        [0, 0],
        [-7, 0],
      ],
    ],
    [
      "shifts",
      () => [bits.bitwiseLeftShift(1), bits.bitwiseRightShift(1)],
      [
        [12, -2],
        [3, -1],
      ],
    ],
    ["bitwiseNot of bools", () => tensor([true, false]).bitwiseNot(), [false, true]],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "shapes that do not broadcast",
      () => zeros(2, 3).eq(zeros(2)),
      "ShapeError: eq: shapes do not broadcast: [2, 3] and [2] (3 ≠ 2 at dim 1)",
    ],
    ["what is no tensor", () => torch.isnan(3 as never), "ArgumentError: isnan: expected a tensor: got 3"],
    [
      "bits of fractions",
      () => a.bitwiseAnd(1),
      "DTypeError: bitwiseAnd: not implemented for float32: whole numbers only",
    ],
    [
      "bitwiseNot of fractions",
      () => a.bitwiseNot(),
      "DTypeError: bitwiseNot: not implemented for float32 (tensor of shape [3])",
    ],
    [
      "isclose across dtypes",
      () => a.isclose(a.double()),
      "DTypeError: isclose: float32 did not match float64",
    ],
    [
      "an unknown option",
      () => a.isclose(a, { rtoll: 1 } as object),
      'ArgumentError: isclose: unknown option "rtoll"; did you mean "rtol"?',
    ],
  ]);
});
