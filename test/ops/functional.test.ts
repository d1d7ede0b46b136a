/** Values by hand, and refusals, of the further functions of torch.nn.functional. */
import { describe } from "vitest";
import { arange, nn, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const F = nn.functional;
const x = tensor([-4, -0.25, 0, 1, 5]);
const row = arange(4).view(1, 1, 4).float();
const image = arange(4).view(1, 1, 2, 2).float();
const labels = (values: number[]) => tensor(values, { dtype: "int64" });

describe("values", () => {
  gives([
    ["hardsigmoid", () => F.hardsigmoid(x), [0, 2.75 / 6, 0.5, 4 / 6, 1]],
    ["hardswish", () => F.hardswish(x), [-0, (-0.25 * 2.75) / 6, 0, 4 / 6, 5]],
    ["hardshrink", () => F.hardshrink(x), [-4, 0, 0, 1, 5]],
    ["softshrink", () => F.softshrink(x), [-3.5, 0, 0, 0.5, 4.5]],
    ["threshold", () => F.threshold(x, 0, 9), [9, 9, 9, 1, 5]],
    ["softsign", () => F.softsign(x), [-0.8, -0.2, 0, 0.5, 5 / 6]],
    ["prelu", () => F.prelu(x, tensor([0.5])), [-2, -0.125, 0, 1, 5]],
    [
      "pixelShuffle",
      () => F.pixelShuffle(arange(4).view(4, 1, 1), 2),
      [
        [
          [0, 1],
          [2, 3],
        ],
      ],
    ],
    ["pixelUnshuffle", () => F.pixelUnshuffle(arange(4).view(1, 2, 2), 2), [[[0]], [[1]], [[2]], [[3]]]],
    ["unfold", () => F.unfold(image, 2), [[[0], [1], [2], [3]]]],
    ["fold adds overlaps", () => F.fold(zeros(1, 2, 2).add(1), [1, 3], [1, 2]), [[[[1, 2, 1]]]]],
    ["interpolate to the nearest", () => F.interpolate(row, 2), [[[0, 2]]]],
    ["interpolate linearly", () => F.interpolate(row, 2, { mode: "linear" }), [[[0.5, 2.5]]]],
    ["adaptiveMaxPool1d", () => F.adaptiveMaxPool1d(row, 3), [[[1, 2, 3]]]],
    ["avgPool1d", () => F.avgPool1d(row, 2), [[[0.5, 2.5]]]],
    [
      "maxUnpool1d",
      () => F.maxUnpool1d(tensor([[[5, 7]]]), labels([1, 2]).view(1, 1, 2), 2),
      [[[0, 5, 7, 0]]],
    ],
    ["convTranspose1d", () => F.convTranspose1d(row, zeros(1, 1, 2).add(1)), [[[0, 1, 3, 5, 3]]]],
    [
      "oneHot",
      () => F.oneHot(labels([1, 0])),
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      "pdist",
      () =>
        F.pdist(
          tensor([
            [0, 0],
            [3, 4],
            [3, 0],
          ]).float(),
        ),
      [5, 3, 4],
    ],
    ["normalize", () => F.normalize(tensor([[3, 4]]).float()), [[0.6, 0.8]]],
    ["multiMarginLoss", () => F.multiMarginLoss(tensor([[1, 1]]), labels([0])), 0.5],
    ["marginRankingLoss", () => F.marginRankingLoss(tensor([1]).float(), tensor([3]), tensor([1])), 2],
    [
      "a bag's mean",
      () =>
        F.embeddingBag(
          labels([0, 1]).view(1, 2),
          tensor([
            [1, 2],
            [3, 6],
          ]),
        ),
      [[2, 4]],
    ],
    ["gridSample at the centre", () => F.gridSample(image, zeros(1, 1, 1, 2)), [[[[1.5]]]]],
    ["alphaDropout is off by default", () => F.alphaDropout(tensor([1, 2])), [1, 2]],
  ]);
});

describe("refusals", () => {
  refuses([
    [
      "an odd dim of glu",
      () => F.glu(zeros(3)),
      "ShapeError: glu: Halving dimension must be even, but dimension 0 is size 3 of [3]",
    ],
    [
      "a negative lambda",
      () => F.softshrink(x, { lambd: -1 }),
      "ArgumentError: softshrink: lambda must be greater or equal to 0, but found to be -1",
    ],
    [
      "classes too few",
      () => F.oneHot(labels([3]), { numClasses: 2 }),
      "ArgumentError: oneHot: Class values must be smaller than num_classes: 3 ≥ 2",
    ],
    [
      "no size",
      () => F.interpolate(row),
      "ArgumentError: interpolate: only one of size or scale_factor should be defined: got undefined and null",
    ],
  ]);
});
