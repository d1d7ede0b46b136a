import { describe, expect, it } from "vitest";
import { arange, slice, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const rows = arange(12).view(3, 4);
const fresh = () => zeros(3, 4);

describe("reading", () => {
  gives([
    ["an integer", () => [rows.at(1), rows.at(-1, 2), rows.at(0, 0)], [[4, 5, 6, 7], 10, 0]],
    [
      "slices",
      () => [rows.at("1:", "::2"), rows.at(slice(0, 2), slice(1, null, 2)), rows.at(":", "-1:")],
      [
        [
          [4, 6],
          [8, 10],
        ],
        [
          [1, 3],
          [5, 7],
        ],
        [[3], [7], [11]],
      ],
    ],
    [
      "slices out of range are cut",
      () => [rows.at("2:9").shape, rows.at("5:").shape, rows.at("2:1").shape],
      [
        [1, 4],
        [0, 4],
        [0, 4],
      ],
    ],
    [
      "null and ...",
      () => [
        rows.at(null).shape,
        rows.at("...", null).shape,
        rows.at("...", 0),
        rows.at(0, "...", null, "1:").shape,
      ],
      [
        [1, 3, 4],
        [3, 4, 1],
        [0, 4, 8],
        [1, 3],
      ],
    ],
    [
      "an array",
      () => [rows.at([2, 0]), rows.at([-1]), rows.at(":", [1, 1])],
      [
        [
          [8, 9, 10, 11],
          [0, 1, 2, 3],
        ],
        [[8, 9, 10, 11]],
        [
          [1, 1],
          [5, 5],
          [9, 9],
        ],
      ],
    ],
    [
      "tensors broadcast together",
      () => rows.at(tensor([[0], [2]]), tensor([1, 3])),
      [
        [1, 3],
        [9, 11],
      ],
    ],
    ["tensors apart go to the front", () => arange(8).view(2, 2, 2).at([0, 1], ":", [1, 1]).shape, [2, 2]],
    [
      "a mask",
      () => [rows.at(rows.gt(9)), rows.at(tensor([true, false, true]), 0), rows.at(rows.lt(0)).shape],
      [[10, 11], [0, 8], [0]],
    ],
    [
      "true and false",
      () => [rows.at(true).shape, rows.at(false).shape, tensor(5).at(true)],
      [[1, 3, 4], [0, 3, 4], [5]],
    ],
    ["an empty array", () => rows.at([]).shape, [0, 4]],
    ["nothing", () => [rows.at("...").shape, tensor(5).at("...")], [[3, 4], 5]],
  ]);
  it("gives views for what lies in one pattern, copies else", () => {
    const x = fresh();
    x.at(1, "::2").fill_(1);
    x.at([0, 1]).fill_(9);
    expect(x.toArray()).toEqual([
      [0, 0, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 0],
    ]);
  });
});

describe("writing", () => {
  gives([
    ["a number", () => fresh().setAt([1, "1:3"], 5).at(1), [0, 5, 5, 0]],
    [
      "a row, broadcast",
      () =>
        fresh()
          .setAt(["1:"], tensor([1, 2, 3, 4]).float())
          .sum(1),
      [0, 10, 10],
    ],
    ["at an integer alone", () => fresh().setAt(0, 2).sum(), 8],
    ["by a mask", () => fresh().add(1).setAt(rows.lt(10), 0).sum(), 2],
    [
      "by a mask, several values",
      () => zeros(3).setAt(tensor([true, false, true]), tensor([1, 2]).float()),
      [1, 0, 2],
    ],
    [
      "by lists",
      () =>
        fresh()
          .setAt(
            [
              [0, 2],
              [1, 3],
            ],
            tensor([5, 6]).float(),
          )
          .at([0, 2], [1, 3]),
      [5, 6],
    ],
    ["fractions into whole numbers", () => tensor([1, 2]).setAt(0, 2.9), [2, 2]],
    ["a value with leading ones", () => zeros(2).setAt(":", zeros(1, 2).add(3)), [3, 3]],
    ["to a 0-d tensor", () => tensor(1).setAt("...", 5), 5],
  ]);
  it("reaches the gradient of the value and of the rest", () => {
    const base = zeros(2, 2, { requiresGrad: true });
    const value = tensor(3, { dtype: "float32", requiresGrad: true });
    const y = base.mul(2);
    y.setAt([0, 1], value.mul(5));
    y.sum().backward();
    expect(base.grad!.toArray()).toEqual([
      [2, 0],
      [2, 2],
    ]);
    expect(value.grad!.item()).toBe(5);
  });
});

describe("errors", () => {
  refuses([
    [
      "too many indices",
      () => rows.at(0, 0, 0),
      "IndexError: at: too many indices for tensor of dimension 2: 3 for shape [3, 4]",
    ],
    [
      "an integer out of range",
      () => rows.at(3),
      "IndexError: at: index 3 is out of bounds for dimension 0 with size 3 (shape [3, 4])",
    ],
    ["a fraction", () => rows.at(0.5), "ArgumentError: at: an index must be a whole number: got 0.5"],
    [
      "a tensor of fractions",
      () => rows.at(zeros(2)),
      "IndexError: at: tensors used as indices must be long, byte or bool tensors: got float32",
    ],
    [
      "a mask of another shape",
      () => rows.at(tensor([true])),
      "IndexError: at: The shape of the mask [1] at index 0 does not match the shape of the indexed tensor [3, 4] at index 0",
    ],
    [
      "a list out of range",
      () => rows.at([0, 3]),
      "IndexError: at: index 3 is out of bounds for dimension 0 with size 3 (index of shape [2])",
    ],
    [
      "lists that do not broadcast",
      () => rows.at([0, 1], [0, 1, 2]),
      "IndexError: at: shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]",
    ],
    [
      "text that is no slice",
      () => rows.at("a:b"),
      'FormatError: at: "a:b" is no slice: expected something like "1:3", ":-1", "::2" or "..."',
    ],
    ["a step back", () => rows.at("::-1"), "ArgumentError: slice: step must be greater than zero: got -1"],
    ["undefined", () => rows.at(undefined as never), "ArgumentError: at: cannot index with undefined"],
    [
      "a value that does not fit",
      () => fresh().setAt([0], zeros(2)),
      "ShapeError: copy_: source of shape [2] does not broadcast to [4]",
    ],
    [
      "a value that does not fit a list",
      () => fresh().setAt([[0, 1]], zeros(2)),
      "ShapeError: setAt: shape mismatch: value tensor of shape [2] cannot be broadcast to indexing result of shape [2, 4]",
    ],
  ]);
});
