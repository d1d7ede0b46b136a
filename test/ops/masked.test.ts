import { describe } from "vitest";
import { masked, tensor } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = tensor(
  [
    [1, 2, 3],
    [4, 5, 6],
  ],
  { dtype: "float64" },
);
/** Of the second row nothing counts. */
const mask = tensor([
  [true, false, true],
  [false, false, false],
]);
const i = tensor([3, 5, 7]);
const ends = tensor([true, false, true]);

describe("reductions", () => {
  gives([
    ["sum", () => [masked.sum(x, 1, { mask }), masked.sum(x, null, { mask })], [[4, 0], 4]],
    ["prod", () => masked.prod(x, 1, { mask }), [3, 1]],
    ["amax", () => masked.amax(x, 1, { mask }), [3, -inf]],
    ["amin", () => masked.amin(x, 1, { mask, keepdim: true }), [[1], [inf]]],
    ["mean", () => masked.mean(x, 1, { mask }), [2, nan]],
    ["median", () => masked.median(x, 1, { mask }), [1, nan]],
    ["logsumexp", () => masked.logsumexp(x, 1, { mask }), [3.126928011, -inf]],
    [
      "var",
      () => [masked.var(x, 1, { mask }), masked.var(x, 1, { mask, unbiased: true })],
      [
        [1, nan],
        [2, nan],
      ],
    ],
    ["std", () => masked.std(x, 1, { mask }), [1, nan]],
    [
      "norm",
      () => [masked.norm(x, 2, 1, { mask }), masked.norm(x, -inf, 1, { mask })],
      [
        [Math.sqrt(10), 0],
        [1, inf],
      ],
    ],
    ["argmax", () => [masked.argmax(x, 1, { mask }), masked.argmin(x, null, { mask })], [[2, 0], 0]],
    [
      "whole numbers",
      () => [
        masked.sum(i, null, { mask: ends }),
        masked.mean(i, null, { mask: ends }),
        masked.amax(i.to("int8"), null, { mask: ends.logicalNot() }),
        masked.median(i, 0, { mask: ends }),
        masked.amin(i.to("int8"), null, { mask: ends.mul(0) }),
      ],
      [10, 5, 5, 3, 127],
    ],
  ]);
});

describe("of one shape", () => {
  gives([
    ["softmax", () => masked.softmax(x, 1, { mask }).at(0), [0.119202922, 0, 0.880797078]],
    ["softmax of nothing", () => masked.softmax(x, 1, { mask }).at(1), [nan, nan, nan]],
    ["logSoftmax", () => masked.logSoftmax(x, 1, { mask }).at(0), [-2.126928011, -inf, -0.126928011]],
    ["softmin", () => masked.softmin(x, 1, { mask }).at(0), [0.880797078, 0, 0.119202922]],
    [
      "cumsum",
      () => masked.cumsum(x, 1, { mask }),
      [
        [1, 1, 4],
        [0, 0, 0],
      ],
    ],
    [
      "cumprod",
      () => masked.cumprod(x, 1, { mask }),
      [
        [1, 1, 3],
        [1, 1, 1],
      ],
    ],
    [
      "normalize",
      () => masked.normalize(x, 1, 1, { mask }),
      [
        [0.25, 0, 0.75],
        [0, 0, 0],
      ],
    ],
    [
      "logaddexp",
      () => masked.logaddexp(x.at(0), x.at(1), { inputMask: ends }),
      [4.0485873516, 5, 6.0485873516],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "a mask with more dims",
      () => masked.sum(i, 0, { mask }),
      "ShapeError: masked.sum: expected broadcastable mask (got mask dimensionality higher than of the input): [2, 3] for [3]",
    ],
    [
      "the median of nothing",
      () => masked.median(i, 0, { mask: ends.mul(0) }),
      "ArgumentError: masked.median: expects no fully masked out rows if dtype is not floating point",
    ],
    [
      "an unknown option",
      () => masked.softmax(x, 1, { keepdim: true } as object),
      'ArgumentError: masked.softmax: unknown option "keepdim" (known: dtype, mask)',
    ],
  ]);
});
