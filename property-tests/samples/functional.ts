/** Further activations, losses, distances, and what works on grids. */
import { type Nested, type Tensor, tensor } from "../../src/index.js";
import { draws } from "../arbitraries.js";
import { type Row, rows, sample } from "./row.js";

const real = draws([[2, 4], "distinct"]);
const activations = [
  ...["hardsigmoid", "hardswish", "softsign", "tanhshrink", "selu", "mish"].flatMap((op) => rows(op, real)),
  ...rows("hardshrink", real, [], [{ lambd: 0.3 }]),
  ...rows("softshrink", real, [], [{ lambd: 0.3 }]),
  ...rows("threshold", real, [0.15, 2]),
  ...rows("celu", real, [], [{ alpha: 0.7 }]),
  ...rows("glu", real, [], [0]),
  ...rows("prelu", draws([[2, 3, 2], "distinct"], [3])),
  ...rows("rrelu", real, [], [{ lower: 0.1, upper: 0.4 }]),
  ...rows("gumbelSoftmax", real, [], [0, { tau: 0.8 }]),
];

const inPlace = [
  ...["relu_", "selu_"].flatMap((op) => rows(op, real)),
  ...rows("elu_", real, [{ alpha: 0.7 }]),
  ...rows("celu_", real, [{ alpha: 0.7 }]),
  ...rows("hardtanh_", real, [{ minVal: -0.3, maxVal: 0.4 }]),
  ...rows("leakyRelu_", real, [{ negativeSlope: 0.3 }]),
  ...rows("rrelu_", real, [], [{ lower: 0.1, upper: 0.4, training: true }]),
  ...rows("threshold_", real, [0.15, 2]),
];

const pair = draws([2, 3], [2, 3]);
const apart = draws([[3, 2], "distinct"]);
const distances = [
  ...rows("cosineSimilarity", pair, [], [0, { eps: 0.1 }]),
  ...rows("pairwiseDistance", pair, [], [{ p: 3, keepdim: true }]),
  ...rows("pdist", apart, [], [{ p: 3 }]),
  ...rows("normalize", draws([[2, 3], "positive"]), [], [0, { p: 3 }]),
];

const beside = (values: Nested, x: Tensor) => tensor(values, { dtype: "int64", device: x.device });
const sides = (x: Tensor) => beside([1, -1], x).to(x.dtype);
const losses: Row[] = [
  ...["mean", "sum", "none"].flatMap((reduction) => [
    sample("hingeEmbeddingLoss", reduction, draws([[2], "distinct"]), (x) => [x, sides(x), { reduction }]),
    sample("softMarginLoss", reduction, draws([2]), (x) => [x, sides(x), { reduction }]),
    sample("marginRankingLoss", reduction, draws([2], [2]), (a, b) => [
      a,
      b,
      sides(a),
      { reduction, margin: 9 },
    ]),
    sample("cosineEmbeddingLoss", reduction, pair, (a, b) => [a, b, sides(a), { reduction, margin: -2 }]),
    sample("multiMarginLoss", reduction, draws([2, 3]), (x) => [
      x,
      beside([2, 0], x),
      { reduction, margin: 9, p: 2 },
    ]),
    sample("multilabelMarginLoss", reduction, draws([[1, 3], "chance"]), (x) => [
      x,
      beside([[1, -1, 0]], x),
      { reduction },
    ]),
    sample("multilabelSoftMarginLoss", reduction, draws([2, 3], [[2, 3], "chance"]), (x, y) => [
      x,
      y,
      { reduction },
    ]),
  ]),
  ...rows("gaussianNllLoss", draws([2, 3], [2, 3], [[2, 3], "positive"]), [], [{ full: true }]),
  ...rows("poissonNllLoss", draws([2, 3], [[2, 3], "positive"]), [], [{ full: true, reduction: "sum" }]),
  ...rows("poissonNllLoss", draws([[2, 3], "positive"], [[2, 3], "positive"]), [{ logInput: false }]),
  ...rows("tripletMarginLoss", draws([2, 3], [2, 3], [2, 3]), [{ margin: 90 }], [{ margin: 90, p: 3 }]),
  ...rows("tripletMarginWithDistanceLoss", draws([2, 3], [2, 3], [2, 3]), [{ margin: 90 }]),
];

const list = draws([[1, 2, 5], "distinct"]);
const image = draws([[1, 2, 3, 4], "distinct"]);
const volume = draws([[1, 1, 3, 2, 3], "distinct"]);
const grids = [
  ...rows("adaptiveAvgPool1d", list, [2], [1]),
  ...rows("adaptiveAvgPool3d", volume, [2], [[1, null, 2]]),
  ...rows("adaptiveMaxPool1d", list, [2]),
  ...rows("adaptiveMaxPool2d", image, [2], [[1, null], { returnIndices: true }]),
  ...rows("adaptiveMaxPool3d", volume, [2]),
  ...rows("avgPool1d", list, [2], [3, { stride: 2, padding: 1, countIncludePad: false }]),
  ...rows("avgPool3d", volume, [2], [2, { stride: 1, padding: 1, countIncludePad: false, ceilMode: true }]),
  ...rows("maxPool3d", volume, [2], [2, { stride: 1, padding: 1, returnIndices: true }]),
  ...rows("lpPool1d", draws([[1, 2, 5], "positive"]), [3, 2]),
  ...rows("lpPool2d", draws([[1, 1, 3, 4], "positive"]), [2, [2, 3], { stride: 1 }]),
  ...rows("lpPool3d", draws([[1, 1, 2, 3, 2], "positive"]), [3, 2], [2, [1, 2, 1], { stride: 1 }]),
  sample("maxUnpool1d", "2", draws([1, 2, 2]), (x) => [
    x,
    beside(
      [
        [
          [0, 3],
          [1, 2],
        ],
      ],
      x,
    ),
    2,
  ]),
  sample("maxUnpool2d", "2", draws([1, 1, 1, 2]), (x) => [x, beside([[[[1, 6]]]], x), 2]),
  sample("maxUnpool3d", "2", draws([1, 1, 1, 1, 2]), (x) => [x, beside([[[[[1, 6]]]]], x), 2]),
  ...rows("im2col", image, [2], [[2, 3], { padding: 1, stride: [1, 2], dilation: [2, 1] }]),
  ...rows("col2im", draws([1, 8, 2]), [[2, 3], 2], [[3, 2], 2]),
  ...rows("pixelShuffle", draws([4, 1, 2]), [2]),
  ...rows("pixelUnshuffle", draws([1, 2, 4]), [2]),
  ...rows("interpolate", list, [3], [7, { mode: "linear" }], [3, { mode: "area" }]),
  ...rows(
    "interpolate",
    image,
    [[5, 3], { mode: "bilinear", alignCorners: true }],
    [null, { scaleFactor: 1.7, mode: "bicubic" }],
  ),
  ...rows("interpolate", volume, [[2, 3, 2], { mode: "trilinear" }], [2, { mode: "nearest-exact" }]),
  ...rows("upsample", image, [5]),
  ...rows("upsampleNearest", image, [5]),
  ...rows("upsampleBilinear", image, [5]),
  ...rows("affineGrid", draws([1, 2, 3]), [[1, 1, 2, 3]]),
  ...rows("affineGrid", draws([1, 3, 4]), [[1, 1, 2, 1, 2], { alignCorners: true }]),
  ...["bilinear", "bicubic", "nearest"].map((mode) =>
    sample("gridSample", mode, draws([1, 2, 3, 4]), (x) => [
      x,
      tensor(
        [
          [
            [
              [-0.37, 0.21],
              [0.83, -0.61],
            ],
          ],
        ],
        { dtype: x.dtype, device: x.device },
      ),
      { mode },
    ]),
  ),
  sample("gridSample", "places", draws([[1, 1, 2, 2, 1], "chance"]), (grid) => [
    tensor(
      [
        [
          [
            [1, 4, 2],
            [7, 3, 9],
          ],
        ],
      ],
      { dtype: grid.dtype, device: grid.device },
    ),
    grid.reshape(1, 2, 1, 2),
    { paddingMode: "border" },
  ]),
];

const linears = [
  ...rows(
    "convTranspose1d",
    draws([2, 2, 3], [2, 1, 2]),
    [],
    [{ stride: 2, padding: 1, outputPadding: 1, groups: 2 }],
  ),
  ...rows(
    "convTranspose2d",
    draws([1, 2, 2, 2], [2, 1, 2, 2]),
    [],
    [{ stride: [1, 2], dilation: 2, padding: 1 }],
  ),
  sample("convTranspose2d", "bias", draws([1, 1, 2, 2], [1, 2, 2, 1], [2]), (x, w, bias) => [x, w, { bias }]),
  ...rows(
    "convTranspose3d",
    draws([1, 1, 2, 1, 2], [1, 2, 2, 1, 2]),
    [],
    [{ stride: 2, padding: [1, 0, 0] }],
  ),
  ...rows(
    "conv3d",
    draws([1, 2, 2, 2, 3], [2, 1, 2, 1, 2]),
    [{ groups: 2 }],
    [{ groups: 2, padding: 1, stride: 2 }],
  ),
  ...rows("bilinear", draws([2, 2], [2, 3], [2, 2, 3])),
  ...rows("scaledDotProductAttention", draws([2, 3], [2, 3], [2, 2]), [], [{ isCausal: true }]),
  ...rows("_scaledDotProductAttention", draws([2, 3], [2, 3], [2, 2]), [{ isCausal: true }]),
  ...rows("groupNorm", draws([2, 4, 3]), [2], [4, { eps: 0.1 }]),
  ...rows("instanceNorm", draws([2, 2, 3]), [], [{ eps: 0.1 }]),
  ...rows("localResponseNorm", draws([2, 3, 2]), [2, { alpha: 0.5 }]),
  ...["sum", "mean", "max"].map((mode) =>
    sample("embeddingBag", mode, draws([[4, 2], "distinct"]), (weight) => [
      beside(
        [
          [1, 3],
          [0, 1],
        ],
        weight,
      ),
      weight,
      { mode },
    ]),
  ),
  sample("oneHot", "", draws([2]), (x) => [beside([2, 0], x)], false),
];

const dropped = ["dropout1d", "dropout3d", "alphaDropout", "featureAlphaDropout"].flatMap((op) =>
  rows(op, draws([2, 3, 2]), [{ p: 0.4, training: true }]),
);

export const functional: Row[] = [
  ...activations,
  ...inPlace,
  ...distances,
  ...losses,
  ...grids,
  ...linears,
  ...dropped,
];
