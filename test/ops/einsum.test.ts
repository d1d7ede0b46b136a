import { describe } from "vitest";
import { einsum, ones, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const a = tensor([
  [1, 2],
  [3, 4],
]).float();
const v = tensor([1, -1]).float();

describe("values", () => {
  gives([
    [
      "a product",
      () => einsum("ij,jk->ik", a, a),
      [
        [7, 10],
        [15, 22],
      ],
    ],
    [
      "without an arrow, in the order of the alphabet",
      () => [einsum("ba", a), einsum("ij,jk", a, a)],
      [
        [
          [1, 3],
          [2, 4],
        ],
        [
          [7, 10],
          [15, 22],
        ],
      ],
    ],
    ["a diagonal, a trace", () => [einsum("ii->i", a), einsum("ii", a)], [[1, 4], 5]],
    ["a sum", () => [einsum("ij->", a), einsum("ij->j", a)], [10, [4, 6]]],
    [
      "an outer product",
      () => einsum("i,j->ij", v, v),
      [
        [1, -1],
        [-1, 1],
      ],
    ],
    ["three operands, spaces, a list", () => einsum("i, ij , j ->", [v, a, v]), 0],
    [
      "batches by ...",
      () => [
        einsum("...ij,...jk->...ik", ones(3, 1, 2, 2), ones(2, 2, 2)).shape,
        einsum("...i->i...", zeros(3, 2)).shape,
      ],
      [
        [3, 2, 2, 2],
        [2, 3],
      ],
    ],
    [
      "a dim of 1 repeats",
      () => einsum("ij,ij->ij", a, ones(1, 2)),
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "too few operands",
      () => einsum("ij,jk", a),
      'ShapeError: einsum: 2 operands in "ij,jk" but 1 tensors: fewer operands were provided than specified in the equation',
    ],
    [
      "too many operands",
      () => einsum("ij", a, a),
      'ShapeError: einsum: 1 operands in "ij" but 2 tensors: more operands were provided than specified in the equation',
    ],
    [
      "too many letters",
      () => einsum("ijk->i", a),
      "ShapeError: einsum: the number of subscripts in the equation (3) does not match the number of dimensions (2) for operand 0",
    ],
    [
      "an output from nowhere",
      () => einsum("ij->ik", a),
      "ShapeError: einsum: output subscript k appears more than once in the output, or in no operand: ij->ik",
    ],
    [
      "sizes that differ",
      () => einsum("ij,jk->ik", a, zeros(3, 2)),
      "ShapeError: einsum: operands do not broadcast with remapped shapes: subscript j has size 3 for operand 1, which does not broadcast with previously seen size 2",
    ],
    [
      "digits",
      () => einsum("i1->i", a),
      'ShapeError: einsum: invalid subscript given: "i1->i", subscripts must be in [a-zA-Z]',
    ],
    ["what is no tensor", () => einsum("i", 3 as never), "ArgumentError: einsum: expected a tensor: got 3"],
  ]);
});
