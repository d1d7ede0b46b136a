import { describe } from "vitest";
import { arange, tensor, zeros } from "../../src/index.js";
import { adaptiveAvgPool2d } from "../../src/ops/spatial/adaptive-pooling.js";
import { avgPool2d, maxPool1d, maxPool2d, maxPool2dWithIndices } from "../../src/ops/spatial/pooling.js";
import { gives, refuses } from "./tables.js";

const x = arange(9).view(1, 1, 3, 3).float();
const small = zeros(1, 4, 4);

describe("values", () => {
  gives([
    [
      "maxPool2d",
      () => [maxPool2d(x, 2), maxPool2d(x, 2, { stride: 1 }), maxPool2d(x.squeeze(0), [1, 3])],
      [
        [[[[4]]]],
        [
          [
            [
              [4, 5],
              [7, 8],
            ],
          ],
        ],
        [[[2], [5], [8]]],
      ],
    ],
    [
      "maxPool2d of negative numbers, padded",
      () => maxPool2d(x.neg(), 2, { padding: 1 }),
      [
        [
          [
            [-0, -1],
            [-3, -4],
          ],
        ],
      ],
    ],
    [
      "maxPool2d, ceilMode",
      () => maxPool2d(x, 2, { ceilMode: true }),
      [
        [
          [
            [4, 5],
            [7, 8],
          ],
        ],
      ],
    ],
    ["maxPool2d, dilation", () => maxPool2d(x, 2, { stride: 1, dilation: 2 }), [[[[8]]]]],
    [
      "maxPool2dWithIndices",
      () => maxPool2dWithIndices(x, 2, { stride: 1 }).indices,
      [
        [
          [
            [4, 5],
            [7, 8],
          ],
        ],
      ],
    ],
    ["NaN above all", () => maxPool2d(tensor([[[1, Number.NaN]]]), [1, 2]), [[[Number.NaN]]]],
    [
      "avgPool2d",
      () => [avgPool2d(x, 2, { stride: 1 }), avgPool2d(x, 3)],
      [
        [
          [
            [
              [2, 3],
              [5, 6],
            ],
          ],
        ],
        [[[[4]]]],
      ],
    ],
    [
      "avgPool2d, padding",
      () => [avgPool2d(x, 2, { padding: 1 }), avgPool2d(x, 2, { padding: 1, countIncludePad: false })],
      [
        [
          [
            [
              [0, 0.75],
              [2.25, 6],
            ],
          ],
        ],
        [
          [
            [
              [0, 1.5],
              [4.5, 6],
            ],
          ],
        ],
      ],
    ],
    ["avgPool2d, divisorOverride", () => avgPool2d(x, 3, { divisorOverride: 2 }), [[[[18]]]]],
    [
      "adaptiveAvgPool2d",
      () => [adaptiveAvgPool2d(x, 1), adaptiveAvgPool2d(x, 2), adaptiveAvgPool2d(x, [1, null])],
      [
        [[[[4]]]],
        [
          [
            [
              [2, 3],
              [5, 6],
            ],
          ],
        ],
        [[[[3, 4, 5]]]],
      ],
    ],
    ["maxPool1d", () => maxPool1d(tensor([[[1, 3, 2, 5]]]).float(), 2), [[[3, 5]]]],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "a matrix",
      () => maxPool2d(zeros(2, 2), 2),
      "ShapeError: maxPool2d: Expected 3D or 4D (batch mode) tensor for input, but got: [2, 2]",
    ],
    ["whole numbers", () => maxPool2d(small.long(), 2), "DTypeError: maxPool2d: not implemented for int64"],
    [
      "a window larger than the image",
      () => maxPool2d(zeros(1, 1, 1), 2),
      "ShapeError: maxPool2d: Calculated output size is too small: input [1, 1, 1, 1] with padding 0 is smaller than the kernel of 2 with dilation 1 (1 + 2·0 < 2)",
    ],
    [
      "more padding than half the window",
      () => avgPool2d(small, 2, { padding: 2 }),
      "ArgumentError: avgPool2d: pad should be at most half of effective kernel size: padding 2 > 2 / 2",
    ],
    [
      "a divisor of 0",
      () => avgPool2d(small, 2, { divisorOverride: 0 }),
      "ArgumentError: avgPool2d: divisor must be not zero",
    ],
    [
      "a window of no size",
      () => maxPool2d(small, 0),
      "ArgumentError: maxPool2d: kernelSize must be at least 1: got 0",
    ],
    [
      "a window of three sizes",
      () => maxPool2d(small, [1, 2, 3] as never),
      "ArgumentError: maxPool2d: kernelSize must be an integer or a pair of integers: got [1, 2, 3]",
    ],
    [
      "an unknown option",
      () => avgPool2d(small, 2, { dilation: 1 } as object),
      'ArgumentError: avgPool2d: unknown option "dilation" (known: stride, padding, ceilMode, countIncludePad, divisorOverride)',
    ],
    [
      "an unknown option of maxPool1d",
      () => maxPool1d(small, 2, { strides: 1 } as object),
      'ArgumentError: maxPool1d: unknown option "strides"; did you mean "stride"?',
    ],
  ]);
});
