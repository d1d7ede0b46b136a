import { describe, expect, it } from "vitest";
import { arange, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const rows = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const cube = arange(24).view(2, 3, 4);
const s = tensor(7);

describe("values", () => {
  gives([
    [
      "view",
      () => [rows.view(3, 2), rows.view([6]), rows.view(-1, 2)],
      [
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        [1, 2, 3, 4, 5, 6],
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
      ],
    ],
    ["reshape of what no view can show", () => rows.t().reshape(6), [1, 4, 2, 5, 3, 6]],
    ["reshape of a 0-d tensor", () => [s.reshape(1, 1), tensor([[7]]).reshape([])], [[[7]], 7]],
    ["reshape of nothing", () => zeros(0, 3).reshape(3, 0).shape, [3, 0]],
    [
      "flatten",
      () => [cube.flatten().shape, cube.flatten(1).shape, cube.flatten(0, 1).shape, s.flatten().shape],
      [[24], [2, 12], [6, 4], [1]],
    ],
    [
      "unflatten",
      () => [cube.unflatten(-1, [2, 2]).shape, cube.unflatten(1, [-1, 3]).shape],
      [
        [2, 3, 2, 2],
        [2, 1, 3, 4],
      ],
    ],
    [
      "unsqueeze",
      () => [rows.unsqueeze(0).shape, rows.unsqueeze(-1).shape, s.unsqueeze(0).shape],
      [[1, 2, 3], [2, 3, 1], [1]],
    ],
    [
      "squeeze",
      () => {
        const x = zeros(1, 2, 1);
        return [x.squeeze().shape, x.squeeze(0).shape, x.squeeze(1).shape, x.squeeze([0, 2]).shape];
      },
      [[2], [2, 1], [1, 2, 1], [2]],
    ],
    [
      "permute, transpose, t",
      () => [cube.permute(2, 0, 1).shape, cube.transpose(0, -1).shape, rows.t(), s.t()],
      [
        [4, 2, 3],
        [4, 3, 2],
        [
          [1, 4],
          [2, 5],
          [3, 6],
        ],
        7,
      ],
    ],
    [
      "T and mT",
      () => [cube.T.shape, cube.mT.shape],
      [
        [4, 3, 2],
        [2, 4, 3],
      ],
    ],
    [
      "movedim",
      () => [cube.movedim(0, -1).shape, cube.movedim([0, 1], [2, 0]).shape],
      [
        [3, 4, 2],
        [3, 4, 2],
      ],
    ],
    [
      "expand",
      () => [tensor([[1], [2]]).expand(-1, 2), s.expand(2), tensor([1]).expand(0)],
      [
        [
          [1, 1],
          [2, 2],
        ],
        [7, 7],
        [],
      ],
    ],
    [
      "broadcastTo, expandAs",
      () => [tensor([1, 2]).broadcastTo([2, 2]), s.expandAs(zeros(2))],
      [
        [
          [1, 2],
          [1, 2],
        ],
        [7, 7],
      ],
    ],
    [
      "viewAs, reshapeAs",
      () => [rows.viewAs(zeros(6)).shape, rows.t().reshapeAs(zeros(6)).shape],
      [[6], [6]],
    ],
  ]);
  it("shares memory", () => {
    const x = zeros(2, 3);
    x.t().view(3, 2).select(0, 1).fill_(5);
    expect(x.toArray()).toEqual([
      [0, 5, 0],
      [0, 5, 0],
    ]);
  });
  it("takes steps without copying", () => {
    expect(cube.permute(2, 0, 1).stride()).toEqual([1, 12, 4]);
    expect(
      tensor([[1], [2]])
        .expand(2, 3)
        .stride(),
    ).toEqual([1, 0]);
    expect(cube.narrow(2, 1, 2).at(":", 1).storageOffset()).toBe(5);
  });
});

describe("errors", () => {
  refuses([
    [
      "a view across gaps",
      () => rows.t().view(6),
      "ShapeError: view: view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces): [3, 2] with strides [1, 3] as [6]. Use .reshape(...) instead",
    ],
    [
      "another number of elements",
      () => rows.reshape(4),
      "ShapeError: reshape: shape '[4]' is invalid for input of size 6 ([2, 3] has 6 elements)",
    ],
    [
      "two sizes to infer",
      () => rows.reshape(-1, -1),
      "ShapeError: reshape: only one dimension can be inferred: [-1, -1]",
    ],
    [
      "a size that could be any",
      () => zeros(0).reshape(-1, 0),
      "ShapeError: reshape: cannot reshape tensor of 0 elements into shape [-1, 0] because the unspecified dimension size -1 can be any value and is ambiguous",
    ],
    [
      "a size that is not whole",
      () => rows.reshape(1.5, 4),
      "ArgumentError: reshape: sizes must be integers: got [1.5, 4]",
    ],
    ["a negative size", () => rows.view(-2, 3), "ShapeError: view: negative dimension -2: [-2, 3]"],
    [
      "an order of too few dims",
      () => rows.permute(0),
      "ShapeError: permute: dims [0] are no order of the 2 dims of [2, 3]: number of dimensions in the tensor input does not match the length of the desired ordering",
    ],
    [
      "an order with a dim twice",
      () => rows.permute(0, 0),
      "ShapeError: permute: dims [0, 0] are no order of the 2 dims of [2, 3]: number of dimensions in the tensor input does not match the length of the desired ordering",
    ],
    [
      "expanding a dim that is not 1",
      () => rows.expand(3, 3),
      "ShapeError: expand: The expanded size of the tensor (3) must match the existing size (2) at non-singleton dimension 0: [2, 3] to [3, 3]",
    ],
    [
      "expanding to fewer dims",
      () => rows.expand(3),
      "ShapeError: expand: the number of sizes provided (1) must be greater or equal to the number of dimensions in the tensor (2)",
    ],
    [
      "inferring a new dim",
      () => tensor([1]).expand(-1, 3),
      "ShapeError: expand: the expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension 0",
    ],
    ["t of a cube", () => cube.t(), "ShapeError: t: expects a tensor with <= 2 dimensions, but self is 3D"],
    [
      "mT of a list",
      () => tensor([1]).mT,
      "IndexError: transpose: Dimension out of range: dim -2 of a tensor with 1 dims (expected -1 to 0)",
    ],
    [
      "movedim of unequal lists",
      () => cube.movedim([0, 1], [0]),
      "ArgumentError: movedim: Invalid source or destination dims: [0, 1] to [0]",
    ],
    [
      "flatten backwards",
      () => rows.flatten(1, 0),
      "ArgumentError: flatten: flatten() has invalid args: start_dim cannot come after end_dim",
    ],
    [
      "unflatten into other sizes",
      () => rows.unflatten(1, [2, 2]),
      "ShapeError: unflatten: Provided sizes [2, 2] don't multiply up to the size of dim 1 (3) in the input tensor",
    ],
    [
      "unsqueeze beyond the end",
      () => rows.unsqueeze(4),
      "IndexError: unsqueeze: Dimension out of range: dim 4 of a tensor with 3 dims (expected -3 to 2)",
    ],
  ]);
});
