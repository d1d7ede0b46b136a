import { describe } from "vitest";
import { arange, ones, tensor, zeros } from "../../src/index.js";
import { conv1d, conv2d } from "../../src/ops/spatial/convolution.js";
import { gives, refuses } from "./tables.js";

const image = arange(9).view(1, 1, 3, 3).float();
const kernel = tensor([
  [
    [
      [0, 1],
      [2, 3],
    ],
  ],
]).float();
const x = zeros(1, 2, 4, 4);
const w = zeros(2, 2, 2, 2);

describe("values", () => {
  gives([
    [
      "corr2d of the book",
      () => conv2d(image, kernel),
      [
        [
          [
            [19, 25],
            [37, 43],
          ],
        ],
      ],
    ],
    [
      "without a batch dim",
      () => conv2d(image.squeeze(0), kernel),
      [
        [
          [19, 25],
          [37, 43],
        ],
      ],
    ],
    [
      "bias, padding, stride",
      () => conv2d(image, kernel, { bias: tensor([100]).float(), padding: 1, stride: 2 }),
      [
        [
          [
            [100, 108],
            [121, 143],
          ],
        ],
      ],
    ],
    ["dilation", () => conv2d(image, kernel, { dilation: 2 }), [[[[0 + 2 + 2 * 6 + 3 * 8]]]]],
    [
      "groups",
      () => conv2d(tensor([[[[1]], [[2]]]]).float(), tensor([[[[10]]], [[[100]]]]).float(), { groups: 2 }),
      [[[[10]], [[200]]]],
    ],
    [
      "same",
      () => conv2d(image, kernel, { padding: "same" }),
      [
        [
          [
            [19, 25, 10],
            [37, 43, 16],
            [7, 8, 0],
          ],
        ],
      ],
    ],
    ["valid", () => conv2d(image, kernel, { padding: "valid" }).shape, [1, 1, 2, 2]],
    ["no images", () => conv2d(zeros(0, 2, 4, 4), w).shape, [0, 2, 3, 3]],
    [
      "conv1d",
      () => [
        conv1d(tensor([[1, 2, 3]]).float(), tensor([[[1, 10]]]).float()),
        conv1d(ones(1, 1, 3), ones(1, 1, 3), { padding: "same" }),
      ],
      [[[21, 32]], [[[2, 3, 2]]]],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "a matrix",
      () => conv2d(zeros(2, 3), w),
      "ShapeError: conv2d: Expected 3D (unbatched) or 4D (batched) input to conv2d and a 4D weight, but got input of size: [2, 3] and weight [2, 2, 2, 2]",
    ],
    ["what is no tensor", () => conv2d(3 as never, w), "ArgumentError: conv2d: expected a tensor: got 3"],
    [
      "channels that do not fit",
      () => conv2d(zeros(1, 3, 4, 4), w),
      "ShapeError: conv2d: input has 3 channels but weight [2, 2, 2, 2] expects 2 × 1 groups: Given groups=1, weight of size [2, 2, 2, 2], expected input[1, 3, 4, 4] to have 2 channels",
    ],
    [
      "groups that do not fit",
      () => conv2d(zeros(1, 4, 4, 4), zeros(3, 2, 2, 2), { groups: 2 }),
      "ShapeError: conv2d: 3 output channels do not divide into 2 groups",
    ],
    [
      "a bias that does not fit",
      () => conv2d(x, w, { bias: zeros(3) }),
      "ShapeError: conv2d: bias of shape [3] does not fit 2 output channels",
    ],
    [
      "a kernel larger than the image",
      () => conv2d(zeros(1, 2, 2, 2), zeros(2, 2, 3, 3)),
      "ShapeError: conv2d: Calculated output size is too small: input [1, 2, 2, 2] with padding 0 is smaller than the kernel of 3 with dilation 1 (2 + 2·0 < 3)",
    ],
    [
      "same with a stride",
      () => conv2d(x, w, { padding: "same", stride: 2 }),
      "ArgumentError: conv2d: padding='same' is not supported for strided convolutions",
    ],
    [
      "an unknown padding",
      () => conv2d(x, w, { padding: "full" as "same" }),
      'ArgumentError: conv2d: padding must be one of "same", "valid": got "full"',
    ],
    [
      "a stride of 0",
      () => conv2d(x, w, { stride: 0 }),
      "ArgumentError: conv2d: stride must be at least 1: got 0",
    ],
    [
      "two dtypes",
      () => conv2d(x, w.double()),
      "DTypeError: conv2d: Input type (float32) and weight type (float64) should be the same",
    ],
    ["bools", () => conv2d(x.bool(), w.bool()), "DTypeError: conv2d: not implemented for bool"],
    [
      "an unknown option",
      () => conv2d(x, w, { strides: 2 } as object),
      'ArgumentError: conv2d: unknown option "strides"; did you mean "stride"?',
    ],
    [
      "conv1d of images",
      () => conv1d(x, w),
      "ShapeError: conv1d: Expected 2D (unbatched) or 3D (batched) input to conv1d and a 3D weight, but got [1, 2, 4, 4] and [2, 2, 2, 2]",
    ],
  ]);
});
