import { describe } from "vitest";
import { maximum, tensor, where, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = tensor([-2, -0.5, 0.5, 2]);
const mask = tensor([true, false, true, false]);

describe("values", () => {
  gives([
    ["where", () => where(mask, x, x.neg()), [-2, 0.5, 0.5, -2]],
    ["where of numbers", () => where(mask, 1, 0), [1, 0, 1, 0]],
    [
      "where broadcasts",
      () => where(tensor([[true], [false]]), tensor([1, 2]), 0),
      [
        [1, 2],
        [0, 0],
      ],
    ],
    ["the method where", () => x.where(mask, 9), [-2, 9, 0.5, 9]],
    ["where of dtypes", () => where(mask, 1, 0.5).dtype, "float32"],
    ["maskedFill", () => x.maskedFill(mask, 7), [7, -0.5, 7, 2]],
    [
      "maskedFill of a 0-d tensor, in whole numbers",
      () => tensor([1, 2]).maskedFill(tensor([true, false]), tensor(9)),
      [9, 2],
    ],
    ["maximum lets NaN win", () => tensor([1, nan, 3]).maximum(tensor([2, 0, nan])), [2, nan, nan]],
    ["minimum", () => tensor([1, nan]).minimum(tensor([2, 0])), [1, nan]],
    ["maximum of two dtypes", () => maximum(tensor([1, 5]), tensor([2.5])), [2.5, 5]],
    [
      "clamp",
      () => [x.clamp(-1, 1), x.clamp(null, 0), x.clampMin(0), x.clampMax(0)],
      [
        [-1, -0.5, 0.5, 1],
        [-2, -0.5, 0, 0],
        [0, 0, 0.5, 2],
        [-2, -0.5, 0, 0],
      ],
    ],
    ["clamp with min above max gives max", () => x.clamp(1, -1), [-1, -1, -1, -1]],
    ["clamp keeps NaN", () => tensor([nan, inf, -inf]).clamp(0, 1), [nan, 1, 0]],
    ["clamp to tensors", () => x.clamp(tensor([-1, 0, 1, 0])), [-1, 0, 1, 2]],
    [
      "nanToNum",
      () => tensor([nan, inf, -inf, 1]).double().nanToNum(),
      [0, Number.MAX_VALUE, -Number.MAX_VALUE, 1],
    ],
    ["nanToNum with numbers", () => tensor([nan, inf, -inf]).nanToNum(1, 2, 3), [1, 2, 3]],
    ["empty", () => where(zeros(0).gt(0), zeros(0), 1), []],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "a condition of fractions",
      () => where(x, x, x),
      "DTypeError: where: expected condition to be a boolean tensor, but got a tensor with dtype float32",
    ],
    [
      "what is no operand",
      () => where(mask, "a" as never, 1),
      'ArgumentError: where: expected a tensor or a number: got "a"',
    ],
    [
      "a mask of fractions",
      () => x.maskedFill(x, 1),
      "DTypeError: maskedFill: expected mask to be a boolean tensor: got float32",
    ],
    [
      "a value with dims",
      () => x.maskedFill(mask, x),
      "ArgumentError: maskedFill: only supports a 0-dimensional value tensor: got 1 dims",
    ],
    [
      "clamp without bounds",
      () => x.clamp(),
      "ArgumentError: clamp: At least one of 'min' or 'max' must not be None",
    ],
    ["maximum of a number", () => x.maximum(3 as never), "ArgumentError: maximum: expected a tensor: got 3"],
  ]);
});
