import { describe, expect, it } from "vitest";
import { ones, tensor, zeros } from "../../src/index.js";
import { batchNorm, layerNorm } from "../../src/ops/norm/normalization.js";
import { gives, refuses } from "./tables.js";

const x = tensor(
  [
    [1, 3],
    [5, 11],
  ],
  { dtype: "float64" },
);
const double = (values: number[]) => tensor(values, { dtype: "float64" });

describe("values", () => {
  gives([
    [
      "layerNorm",
      () => layerNorm(x, [2], { eps: 0 }),
      [
        [-1, 1],
        [-1, 1],
      ],
    ],
    [
      "layerNorm, weight and bias",
      () => layerNorm(x, [2], { eps: 3, weight: double([2, 4]), bias: double([0, 1]) }),
      [
        [-1, 3],
        [-Math.sqrt(3), 1 + 2 * Math.sqrt(3)],
      ],
    ],
    [
      "layerNorm over both dims of equal values",
      () => layerNorm(ones(2, 2), [2, 2]),
      [
        [0, 0],
        [0, 0],
      ],
    ],
    [
      "batchNorm in training",
      () => batchNorm(x, null, null, { training: true, eps: 0 }),
      [
        [-1, -1],
        [1, 1],
      ],
    ],
    [
      "batchNorm with running statistics",
      () =>
        batchNorm(x, double([1, 3]), double([4, 4]), {
          eps: 0,
          weight: double([1, 2]),
          bias: double([0, 1]),
        }),
      [
        [0, 1],
        [2, 9],
      ],
    ],
  ]);
  it("moves the running statistics, the variance unbiased", () => {
    const [mean, variance] = [double([0, 0]), double([1, 1])];
    batchNorm(x, mean, variance, { training: true, momentum: 0.5 });
    expect(mean.toArray()).toEqual([1.5, 3.5]);
    expect(variance.toArray()).toEqual([4.5, 16.5]);
  });
});

describe("errors", () => {
  refuses([
    [
      "another normalized shape",
      () => layerNorm(x, [3]),
      "ShapeError: layerNorm: Given normalized_shape=[3], expected input with shape [*, 3], but got input of size [2, 2]",
    ],
    [
      "a weight of another shape",
      () => layerNorm(x, [2], { weight: zeros(3) }),
      "ShapeError: layerNorm: Expected weight and bias to be of same shape as normalized_shape: [3] ≠ [2]",
    ],
    [
      "an unknown option",
      () => layerNorm(x, [2], { epsilon: 1 } as object),
      'ArgumentError: layerNorm: unknown option "epsilon" (known: weight, bias, eps)',
    ],
    [
      "a list",
      () => batchNorm(zeros(2), null, null, { training: true }),
      "ShapeError: batchNorm: expected at least 2 dims, got [2]",
    ],
    [
      "one value a channel",
      () => batchNorm(zeros(1, 2), null, null, { training: true }),
      "ShapeError: batchNorm: Expected more than 1 value per channel when training, got input size [1, 2]",
    ],
    [
      "no running statistics",
      () => batchNorm(x, null, null),
      "ArgumentError: batchNorm: Expected running_mean and running_var to be defined when training=False",
    ],
    [
      "statistics of another size",
      () => batchNorm(x, zeros(3), zeros(2)),
      "ShapeError: batchNorm: runningMean should contain 2 elements not 3",
    ],
  ]);
});
