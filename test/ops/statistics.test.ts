import { describe } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = tensor(
  [
    [1, 2, 3],
    [4, 6, 8],
  ],
  { dtype: "float64" },
);

describe("values", () => {
  gives([
    [
      "var",
      () => [x.var(1), x.var(1, { unbiased: false }), x.var(1, { correction: 2 })],
      [
        [1, 4],
        [2 / 3, 8 / 3],
        [2, 8],
      ],
    ],
    ["var of everything", () => [x.var(), x.var({ keepdim: true })], [6.8, [[6.8]]]],
    [
      "std",
      () => [x.std(1), x.std(0, { keepdim: true })],
      [[1, 2], [[Math.sqrt(4.5), Math.sqrt(8), Math.sqrt(12.5)]]],
    ],
    ["of one value", () => [tensor([3.5]).var(), tensor([3.5]).std(0, { correction: 0 })], [nan, 0]],
    [
      "with their means",
      () => [x.varMean(1), x.stdMean(1)],
      [
        [
          [1, 4],
          [2, 6],
        ],
        [
          [1, 2],
          [2, 6],
        ],
      ],
    ],
    [
      "logsumexp",
      () =>
        tensor([
          [1000, 1000],
          [-inf, -inf],
          [inf, 0],
        ]).logsumexp(1),
      [1000 + Math.LN2, -inf, inf],
    ],
    ["logsumexp of nothing", () => zeros(2, 0).logsumexp(1), [-inf, -inf]],
    ["logsumexp 0-d", () => tensor(2.5).logsumexp(0), 2.5],
    [
      "norms",
      () => {
        const v = tensor([3, -4, 0], { dtype: "float64" });
        return [v.norm(), v.norm(1), v.norm(0), v.norm(inf), v.norm(-inf), v.norm(3), v.norm("fro")];
      },
      [5, 7, 2, 4, 0, Math.cbrt(91), 5],
    ],
    ["norm along a dim", () => x.norm(2, 1, { keepdim: true }), [[Math.sqrt(14)], [Math.sqrt(116)]]],
    ["norm of nothing", () => zeros(0).norm(), 0],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "the spread of whole numbers",
      () => tensor([1, 2]).std(),
      "DTypeError: std: only support floating point and complex dtypes: got int64",
    ],
    [
      "an unknown option",
      () => x.var(0, { ddof: 1 } as object),
      'ArgumentError: var: unknown option "ddof" (known: keepdim, correction, unbiased)',
    ],
    [
      "a dim there is not",
      () => x.logsumexp(2),
      "IndexError: logsumexp: Dimension out of range: dim 2 of a tensor with 2 dims (expected -2 to 1)",
    ],
    [
      "the norm of whole numbers",
      () => tensor([1, 2]).norm(),
      "DTypeError: norm: Input must be floating point: got int64",
    ],
    [
      "an unknown order",
      () => x.norm("max" as never),
      'ArgumentError: norm: p must be one of "fro", "nuc": got "max"',
    ],
  ]);
});
