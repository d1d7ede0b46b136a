import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const rows = tensor([
  [1, 2],
  [3, 4],
]);
const whole = tensor([-7, 7, 0]);
const real = tensor([-7, 7.5, 0, -0, inf, -inf, nan], { dtype: "float64" });
const truth = tensor([true, false]);
const wrong = (value: unknown) => value as torch.Tensor;

describe("values", () => {
  gives([
    [
      "add broadcasts",
      () => rows.add(tensor([10, 20])),
      [
        [11, 22],
        [13, 24],
      ],
    ],
    [
      "add alpha",
      () => torch.add(rows, rows, { alpha: 2 }),
      [
        [3, 6],
        [9, 12],
      ],
    ],
    ["add of bools is or", () => truth.add(truth), [true, false]],
    ["add keeps nothing of empty tensors", () => zeros(0, 2).add(1), []],
    [
      "sub alpha",
      () => rows.sub(1, { alpha: -1 }),
      [
        [2, 3],
        [4, 5],
      ],
    ],
    [
      "rsub",
      () => rows.rsub(1),
      [
        [0, -1],
        [-2, -3],
      ],
    ],
    ["neg of 0 is −0", () => tensor([0, 1.5]).neg(), [-0, -1.5]],
    ["neg of whole 0 is 0", () => tensor([0, 1]).neg(), [0, -1]],
    ["mul of a bool", () => truth.mul(3), [3, 0]],
    ["0·∞", () => real.mul(0), [-0, 0, 0, -0, nan, nan, nan]],
    ["div of whole numbers", () => whole.div(2), [-3.5, 3.5, 0]],
    ["div by 0", () => real.div(0), [-inf, inf, nan, nan, inf, -inf, nan]],
    ["div trunc", () => whole.div(2, { roundingMode: "trunc" }), [-3, 3, 0]],
    ["div floor", () => whole.div(2, { roundingMode: "floor" }), [-4, 3, 0]],
    ["floorDivide", () => tensor([-7, 7.5]).floorDivide(2), [-4, 3]],
    [
      "remainder has the divisor's sign",
      () => [whole.remainder(3), whole.remainder(-3)],
      [
        [2, 1, 0],
        [-1, -2, 0],
      ],
    ],
    [
      "fmod has the dividend's sign",
      () => [whole.fmod(3), whole.fmod(-3)],
      [
        [-1, 1, 0],
        [-1, 1, 0],
      ],
    ],
    ["reciprocal", () => tensor([2, -0, 0, -inf]).reciprocal(), [0.5, -inf, inf, -0]],
    ["pow of whole numbers", () => whole.pow(2), [49, 49, 0]],
    ["pow of a negative number", () => tensor([-8, 4]).double().pow(0.5), [nan, 2]],
    ["pow 0 is 1, of NaN too", () => real.pow(0), [1, 1, 1, 1, 1, 1, 1]],
    ["pow of a number", () => torch.pow(2, tensor([0, 1, 3])), [1, 2, 8]],
    ["sqrt", () => tensor([4, -0, -1, inf]).sqrt(), [2, -0, nan, inf]],
    ["rsqrt", () => tensor([4, 0, -1, inf]).rsqrt(), [0.5, inf, nan, 0]],
    ["square of whole numbers", () => whole.square(), [49, 49, 0]],
    ["abs", () => real.abs(), [7, 7.5, 0, 0, inf, inf, nan]],
    ["sign", () => whole.sign(), [-1, 1, 0]],
    ["a 0-d tensor stays 0-d", () => tensor(2).mul(3).add(1), 7],
  ]);
});

describe("dtypes", () => {
  it.each<[string, () => torch.Tensor, string]>([
    ["int64 + number", () => whole.add(1), "int64"],
    ["int64 + fraction", () => whole.add(0.5), "float32"],
    ["float32 + float64 0-d", () => rows.float().add(tensor(1, { dtype: "float64" })), "float32"],
    ["int32 + int64", () => rows.int().add(rows), "int64"],
    ["uint8 + int8", () => rows.byte().add(rows.char()), "int16"],
    ["bool + number", () => truth.add(1), "int64"],
    ["int64 / int64", () => whole.div(whole), "float32"],
    ["int64 // int64", () => whole.floorDivide(2), "int64"],
    ["sqrt of int64", () => rows.sqrt(), "float32"],
  ])("%s", (_, run, dtype) => expect(run().dtype).toBe(dtype));
});

describe("errors", () => {
  refuses([
    [
      "what is no tensor",
      () => torch.add(wrong("x"), 1),
      'ArgumentError: add: expected a tensor or a number: got "x"',
    ],
    [
      "what is no operand",
      () => torch.mul(rows, wrong("x")),
      'ArgumentError: mul: expected a tensor or a number: got "x"',
    ],
    [
      "shapes that do not broadcast",
      () => zeros(2, 3).add(zeros(2)),
      "ShapeError: add: shapes do not broadcast: [2, 3] and [2] (3 ≠ 2 at dim 1)",
    ],
    [
      "an unknown option",
      () => torch.add(rows, 1, { alhpa: 2 } as object),
      'ArgumentError: add: unknown option "alhpa"; did you mean "alpha"?',
    ],
    [
      "operands of two devices",
      () => rows.add(rows.to("reference")),
      "DeviceError: add: Expected all tensors to be on the same device, but found cpu and reference",
    ],
    [
      "a difference of bools",
      () => truth.sub(truth),
      "DTypeError: sub: Subtraction, the `-` operator, with a bool tensor is not supported: use logicalXor or bitwiseNot",
    ],
    [
      "a negative bool",
      () => truth.neg(),
      "DTypeError: neg: Negation, the `-` operator, on a bool tensor is not supported: use logicalNot",
    ],
    [
      "an unknown rounding",
      () => rows.div(2, { roundingMode: "up" as "floor" }),
      'ArgumentError: div: roundingMode must be one of "trunc", "floor": got "up"',
    ],
    [
      "a rounded quotient of bools",
      () => truth.floorDivide(truth),
      "DTypeError: floorDivide: rounded division is not implemented for bool",
    ],
    [
      "whole numbers to a negative power",
      () => rows.pow(-1),
      "ArgumentError: pow: Integers to negative integer powers are not allowed: int64 to the power -1",
    ],
  ]);
});
