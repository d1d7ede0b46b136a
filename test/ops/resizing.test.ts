import { describe, expect, it } from "vitest";
import { arange, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

describe("resize_", () => {
  it("shows fewer elements, and others over the memory keep theirs", () => {
    const x = arange(6).reshape(2, 3);
    const row = x.at(1);
    x.resize_(2, 2);
    expect([x.toArray(), row.toArray()]).toEqual([
      [
        [0, 1],
        [2, 3],
      ],
      [3, 4, 5],
    ]);
  });

  it("takes more memory, which its views share", () => {
    const x = arange(6);
    const tail = x.at("4:");
    x.resize_([3, 3]);
    expect(x.flatten().at(":6").toArray()).toEqual([0, 1, 2, 3, 4, 5]);
    x.zero_();
    expect(tail.toArray()).toEqual([0, 0]);
    expect(tail.resizeAs_(x).shape).toEqual([3, 3]);
  });
});

describe("fillDiagonal_", () => {
  gives([
    [
      "a matrix",
      () => zeros(2, 3).fillDiagonal_(5),
      [
        [5, 0, 0],
        [0, 5, 0],
      ],
    ],
    [
      "a tall one, wrapping",
      () => zeros(5, 2).fillDiagonal_(5, { wrap: true }),
      [
        [5, 0],
        [0, 5],
        [0, 0],
        [5, 0],
        [0, 5],
      ],
    ],
    ["a tall one", () => zeros(4, 1).fillDiagonal_(5), [[5], [0], [0], [0]]],
    [
      "a cube",
      () => zeros(2, 2, 2).fillDiagonal_(1),
      [
        [
          [1, 0],
          [0, 0],
        ],
        [
          [0, 0],
          [0, 1],
        ],
      ],
    ],
  ]);
});

describe("errors", () => {
  const wanting = () => tensor([1, 2], { dtype: "float32", requiresGrad: true });
  refuses([
    [
      "to resize what has a gradient",
      () => wanting().resize_(3),
      "GradError: resize_: cannot resize variables that require grad",
    ],
    [
      "the diagonal of a list",
      () => zeros(3).fillDiagonal_(1),
      "ShapeError: fillDiagonal_: dimensions must larger than 1: got [3]",
    ],
    [
      "the diagonal of a box",
      () => zeros(2, 2, 3).fillDiagonal_(1),
      "ShapeError: fillDiagonal_: all dimensions of input must be of equal length: [2, 2, 3]",
    ],
  ]);
});
