import { describe, expect, it } from "vitest";
import { tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const rows = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const truth = tensor([
  [true, false],
  [true, true],
]);
const none = zeros(2, 0);

describe("values", () => {
  gives([
    [
      "sum",
      () => [rows.sum(), rows.sum(0), rows.sum([0, 1]), rows.sum(-1, { keepdim: true })],
      [21, [5, 7, 9], 21, [[6], [15]]],
    ],
    ["sum without dims keeps all", () => rows.sum({ keepdim: true }), [[21]]],
    ["sum of bools counts", () => truth.sum(), 3],
    ["sum of nothing", () => [none.sum(), none.sum(1), none.sum(0)], [0, [0, 0], []]],
    ["sum in another dtype", () => tensor([1.9, 1.9]).sum({ dtype: "int64" }), 2],
    ["sum of infinities", () => tensor([inf, -inf]).sum(), nan],
    ["mean", () => [rows.float().mean(), rows.float().mean(0)], [3.5, [2.5, 3.5, 4.5]]],
    ["mean of nothing", () => none.mean(1), [nan, nan]],
    ["prod", () => [rows.prod(), rows.prod(1), none.prod()], [720, [6, 120], 1]],
    [
      "any, all",
      () => [truth.any(), truth.all(), truth.all(0), truth.all(1, { keepdim: true })],
      [true, false, [true, false], [[false], [true]]],
    ],
    ["any, all of nothing", () => [none.any(), none.all()], [false, true]],
    ["all of uint8 stays uint8", () => tensor([1, 0]).byte().all(), 0],
    ["countNonzero", () => [tensor([0, -0, nan, 2]).countNonzero(), rows.countNonzero(0)], [2, [2, 2, 2]]],
    ["max, min", () => [rows.max(), rows.min()], [6, 1]],
    ["max along a dim", () => rows.max(1), { values: [3, 6], indices: [2, 2] }],
    [
      "min keeps the dim",
      () => rows.min(0, { keepdim: true }),
      { values: [[1, 2, 3]], indices: [[0, 0, 0]] },
    ],
    ["max with another tensor", () => tensor([1, 5]).maximum(tensor([3, 2])), [3, 5]],
    [
      "NaN is the greatest",
      () => [tensor([1, nan, 3]).max(), tensor([1, nan, 3]).max(0)],
      [nan, { values: nan, indices: 1 }],
    ],
    ["the first of equals", () => [tensor([3, 1, 3]).argmax(), tensor([1, 3, 1]).argmin(0)], [0, 0]],
    ["amax, amin", () => [rows.amax([0, 1]), rows.amin(0, { keepdim: true })], [6, [[1, 2, 3]]]],
    [
      "argmax of the flattened",
      () => [rows.argmax(), rows.argmax(0), rows.argmax(1, { keepdim: true })],
      [5, [1, 1, 1], [[2], [2]]],
    ],
    [
      "0-d",
      () => [tensor(2.5).sum(0), tensor(2.5).max(0), tensor(7).argmax()],
      [2.5, { values: 2.5, indices: 0 }, 0],
    ],
  ]);
  it("adds whole numbers as int64, fractions as they are", () => {
    expect(rows.int().sum().dtype).toBe("int64");
    expect(rows.byte().prod().dtype).toBe("int64");
    expect(rows.double().sum().dtype).toBe("float64");
    expect(rows.int().max().dtype).toBe("int32");
  });
  it("shares the gradient among equal extremes, gives it to the first along a dim", () => {
    const x = tensor(
      [
        [2, 2],
        [1, 2],
      ],
      { dtype: "float64", requiresGrad: true },
    );
    x.max().backward();
    expect(x.grad!.toArray()).toEqual([
      [1 / 3, 1 / 3],
      [0, 1 / 3],
    ]);
    x.grad = null;
    x.max(1).values.sum().backward();
    expect(x.grad!).not.toBeNull();
    expect(x.grad!.toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
  });
});

describe("errors", () => {
  refuses([
    [
      "a dim there is not",
      () => rows.sum(2),
      "IndexError: sum: Dimension out of range: dim 2 of a tensor with 2 dims (expected -2 to 1)",
    ],
    [
      "a dim twice",
      () => rows.sum([0, -2]),
      "IndexError: sum: dim 0 appears multiple times in the list of dims: [0, -2]",
    ],
    ["a dim that is not whole", () => rows.sum(0.5), "ArgumentError: sum: dim must be an integer: got 0.5"],
    [
      "a dim that is no number",
      () => rows.sum("a" as never),
      'ArgumentError: sum: dim must be an integer: got "a"',
    ],
    [
      "an unknown option",
      () => rows.sum(1, { keepDim: true } as object),
      'ArgumentError: sum: unknown option "keepDim"; did you mean "keepdim"?',
    ],
    [
      "the mean of whole numbers",
      () => rows.mean(),
      "DTypeError: mean: could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: int64",
    ],
    [
      "the greatest of nothing",
      () => none.max(),
      "IndexError: max: Expected reduction dim to have non-zero size: a tensor of shape [2, 0]",
    ],
    [
      "the greatest along an empty dim",
      () => none.max(1),
      "IndexError: max: Expected reduction dim to have non-zero size: a tensor of shape [2, 0]",
    ],
    [
      "the place of the greatest of nothing",
      () => none.argmax(),
      "IndexError: argmax: Expected reduction dim to have non-zero size: a tensor of shape [0]",
    ],
  ]);
});
