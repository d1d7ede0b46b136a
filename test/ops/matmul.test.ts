import { describe } from "vitest";
import * as torch from "../../src/index.js";
import { ones, tensor, zeros } from "../../src/index.js";
import { linear } from "../../src/ops/linear/linear.js";
import { gives, refuses } from "./tables.js";

const m = tensor([
  [1, 2, 3],
  [4, 5, 6],
]).float();
const v = tensor([1, 0, -1]).float();
const nan = tensor([Number.NaN, 1]);

describe("values", () => {
  gives([
    [
      "matmul of all ranks",
      () => [v.matmul(v), m.matmul(v), v.matmul(m.t()), m.matmul(m.t())],
      [
        2,
        [-2, -2],
        [-2, -2],
        [
          [14, 32],
          [32, 77],
        ],
      ],
    ],
    [
      "matmul of batches",
      () => [
        zeros(2, 1, 2, 3).matmul(zeros(4, 3, 5)).shape,
        zeros(5, 2, 3).matmul(v).shape,
        v.matmul(zeros(5, 3, 2)).shape,
      ],
      [
        [2, 4, 2, 5],
        [5, 2],
        [5, 2],
      ],
    ],
    ["matmul of whole numbers", () => tensor([[1, 2]]).matmul(tensor([[3], [4]])), [[11]]],
    [
      "matmul over nothing",
      () => [zeros(2, 0).matmul(zeros(0, 2)), zeros(0, 3).matmul(v).shape, zeros(0).dot(zeros(0))],
      [
        [
          [0, 0],
          [0, 0],
        ],
        [0],
        0,
      ],
    ],
    [
      "mm, mv, bmm",
      () => [m.mm(ones(3, 1)), m.mv(v), ones(2, 1, 3).bmm(ones(2, 3, 1))],
      [
        [[6], [15]],
        [-2, -2],
        [[[3]], [[3]]],
      ],
    ],
    [
      "dot, outer",
      () => [v.dot(v), v.outer(tensor([1, 2]).float())],
      [
        2,
        [
          [1, 2],
          [0, 0],
          [-1, -2],
        ],
      ],
    ],
    [
      "addmm",
      () => torch.addmm(ones(2), m, m.t(), { beta: 2, alpha: -1 }),
      [
        [-12, -30],
        [-30, -75],
      ],
    ],
    [
      "beta 0 does not look",
      () => torch.addmm(nan, m, ones(3, 2), { beta: 0 }),
      [
        [6, 6],
        [15, 15],
      ],
    ],
    [
      "addmv, addr",
      () => [torch.addmv(ones(2), m, v), torch.addr(zeros(1, 1), v, v)],
      [
        [-1, -1],
        [
          [1, 0, -1],
          [0, 0, 0],
          [-1, 0, 1],
        ],
      ],
    ],
    [
      "baddbmm, addbmm",
      () => [
        torch.baddbmm(ones(1), ones(2, 1, 3), ones(2, 3, 1)),
        torch.addbmm(ones(1), ones(2, 1, 3), ones(2, 3, 1)),
      ],
      [[[[4]], [[4]]], [[7]]],
    ],
    [
      "linear",
      () => [linear(v, m), linear(v, m, ones(2)), linear(ones(2, 2, 3), m).shape, linear(v, v)],
      [[-2, -2], [-1, -1], [2, 2, 2], 2],
    ],
    [
      "NaN and ∞ spread",
      () => nan.outer(nan),
      [
        [Number.NaN, Number.NaN],
        [Number.NaN, 1],
      ],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "inner sizes that differ",
      () => m.matmul(m),
      "ShapeError: matmul: inner sizes differ: [2, 3] @ [2, 3] (3 ≠ 2)",
    ],
    [
      "a 0-d tensor",
      () => m.matmul(tensor(1.5)),
      "ShapeError: matmul: both arguments to matmul need to be at least 1D, but they are 2D and 0D",
    ],
    ["what is no tensor", () => m.matmul(3 as never), "ArgumentError: matmul: expected a tensor: got 3"],
    [
      "two dtypes",
      () => m.matmul(m.t().double()),
      "DTypeError: matmul: expected both operands to have the same dtype: float32 ≠ float64",
    ],
    ["bools", () => tensor([true]).dot(tensor([true])), "DTypeError: dot: not implemented for bool"],
    ["mm of a list", () => m.mm(v), "ShapeError: mm: mat2 must be a 2D tensor: got shape [3]"],
    [
      "bmm of unequal batches",
      () => zeros(2, 3, 4).bmm(zeros(3, 4, 2)),
      "ShapeError: bmm: batch sizes differ: [2, 3, 4] and [3, 4, 2] (2 ≠ 3)",
    ],
    ["mv of another size", () => m.mv(zeros(2)), "ShapeError: mv: inner sizes differ: [2, 3] @ [2] (3 ≠ 2)"],
    ["dot of another size", () => v.dot(zeros(2)), "ShapeError: dot: inner sizes differ: [3] @ [2] (3 ≠ 2)"],
    ["outer of a matrix", () => m.outer(v), "ShapeError: outer: self must be a 1D tensor: got shape [2, 3]"],
    [
      "an addend that does not fit",
      () => torch.addmm(zeros(4), m, zeros(3, 2)),
      "ShapeError: addmm: shapes do not broadcast: [4] and [2, 2] (4 ≠ 2 at dim 1)",
    ],
    [
      "an unknown option",
      () => torch.addmm(zeros(2), m, zeros(3, 2), { gamma: 1 } as object),
      'ArgumentError: addmm: unknown option "gamma" (known: beta, alpha)',
    ],
    [
      "a weight that does not fit",
      () => linear(m, zeros(4, 2)),
      "ShapeError: linear: inner sizes differ: [2, 3] @ [4, 2]ᵀ (3 ≠ 2)",
    ],
    [
      "a bias that does not fit",
      () => linear(m, zeros(4, 3), zeros(3)),
      "ShapeError: linear: bias of shape [3] does not fit 4 outputs",
    ],
  ]);
});
