/** What networks are made of beside products: pooling, normalization, dropout, losses. */
import { type Nested, type Tensor, tensor } from "../../src/index.js";
import { draws } from "../arbitraries.js";
import { type Row, rows, sample } from "./row.js";

const image = draws([[1, 2, 4, 3], "distinct"]);
const single = draws([[2, 4, 3], "distinct"]);

const pooled = [
  ...rows(
    "maxPool2d",
    image,
    [2],
    [2, { stride: 1, padding: 1 }],
    [[2, 1], { dilation: [2, 1] }],
    [3, { ceilMode: true, stride: 2, padding: 1 }],
  ),
  ...rows("maxPool2d", single, [2]),
  ...rows("maxPool2dWithIndices", image, [2]),
  ...rows("maxPool1d", draws([[2, 2, 5], "distinct"]), [2], [3, { stride: 1, padding: 1 }]),
  ...rows(
    "avgPool2d",
    image,
    [2],
    [2, { stride: 1, padding: 1 }],
    [2, { padding: 1, countIncludePad: false }],
  ),
  ...rows("avgPool2d", image, [[3, 2], { ceilMode: true, stride: 2 }], [2, { divisorOverride: 3 }]),
  ...rows("avgPool2d", single, [2]),
  ...rows("adaptiveAvgPool2d", image, [2], [[1, null]], [[3, 2]]),
];

const ready = [2, 3, 2];
const normalized = [
  ...rows("layerNorm", draws(ready), [[2]], [[3, 2], { eps: 0.1 }]),
  sample("layerNorm", "[2], weight, bias", draws(ready, [2], [2]), (x, weight, bias) => [
    x,
    [2],
    { weight, bias },
  ]),
  sample("batchNorm", "training", draws(ready), (x) => [x, null, null, { training: true }]),
  sample("batchNorm", "training, weight, bias", draws([4, 2], [2], [2]), (x, weight, bias) => [
    x,
    null,
    null,
    { training: true, weight, bias, eps: 0.1 },
  ]),
  sample(
    "batchNorm",
    "running statistics",
    draws(ready, [[3], "real"], [[3], "positive"]),
    (x, mean, variance) => [x, mean, variance],
  ),
  sample(
    "batchNorm",
    "running statistics, weight, bias",
    draws(ready, [3], [[3], "positive"], [3], [3]),
    (x, mean, variance, weight, bias) => [x, mean, variance, { weight, bias }],
  ),
];

const natives = [
  ...rows("rmsNorm", draws(ready), [[2]], [[3, 2], { eps: 0.1 }]),
  sample("rmsNorm", "[2], weight", draws(ready, [2]), (x, weight) => [x, [2], { weight }]),
  sample("nativeLayerNorm", "[2]", draws(ready, [2], [2]), (x, w, b) => [x, [2], w, b, 0.1]),
  sample("nativeBatchNorm", "", draws(ready, [3], [3]), (x, w, b) => [x, w, b, null, null, true, 0.1, 0.1]),
];

const dropped = [
  ...rows("dropout", draws([3, 4]), [], [{ p: 0.25 }], [{ p: 1 }], [{ p: 0 }], [{ training: false }]),
  ...rows("dropout2d", draws([2, 3, 2, 1]), [], [{ p: 0.25 }]),
];

const pair = draws([2, 3], [2, 3]);
const reductions = [[], [{ reduction: "sum" }], [{ reduction: "none" }]] as const;
const distances = [
  ...rows("mseLoss", pair, ...reductions),
  ...rows("l1Loss", pair, ...reductions),
  ...rows("smoothL1Loss", pair, ...reductions, [{ beta: 0.3 }], [{ beta: 0 }]),
  ...rows("huberLoss", pair, ...reductions, [{ delta: 0.3 }]),
];

const chances = draws([[2, 3], "chance"], [[2, 3], "chance"]);
const logits = draws([[2, 3], "real"], [[2, 3], "chance"]);
const binary = [
  ...rows("binaryCrossEntropy", chances, ...reductions),
  sample(
    "binaryCrossEntropy",
    "weight",
    draws([[2, 3], "chance"], [[2, 3], "chance"], [3]),
    (x, y, weight) => [x, y, { weight }],
  ),
  ...rows("binaryCrossEntropyWithLogits", logits, ...reductions),
  sample(
    "binaryCrossEntropyWithLogits",
    "weight, posWeight",
    draws([2, 3], [[2, 3], "chance"], [[3], "positive"], [[3], "positive"]),
    (x, y, weight, posWeight) => [x, y, { weight, posWeight }],
  ),
  ...rows("klDiv", chances, ...reductions, [{ reduction: "batchmean" }], [{ logTarget: true }]),
];

const long = (values: Nested, beside: Tensor) => tensor(values, { dtype: "int64", device: beside.device });
const classes = (x: Tensor) => long([2, 0], x);
const places = (x: Tensor) =>
  long(
    [
      [2, 0],
      [1, 2],
    ],
    x,
  );
const weighted = draws([2, 3], [[3], "positive"]);
const targets = (op: string): Row[] => [
  ...reductions.flatMap((rest) => [
    sample(op, `classes ${JSON.stringify(rest)}`, draws([2, 3]), (x) => [x, classes(x), ...rest]),
    sample(op, `places ${JSON.stringify(rest)}`, draws([2, 3, 2]), (x) => [x, places(x), ...rest]),
    sample(op, `weight ${JSON.stringify(rest)}`, weighted, (x, weight) => [
      x,
      classes(x),
      { weight, ...rest[0] },
    ]),
    sample(op, `ignored ${JSON.stringify(rest)}`, draws([2, 3]), (x) => [
      x,
      classes(x),
      { ignoreIndex: 2, ...rest[0] },
    ]),
  ]),
  sample(op, "one class", draws([3]), (x) => [x, long(1, x)]),
];
const entropy = [
  ...targets("nllLoss"),
  ...targets("crossEntropy"),
  ...reductions.flatMap((rest) => [
    sample("crossEntropy", `labelSmoothing ${JSON.stringify(rest)}`, weighted, (x, weight) => [
      x,
      classes(x),
      { weight, labelSmoothing: 0.2, ignoreIndex: 2, ...rest[0] },
    ]),
    sample("crossEntropy", `probabilities ${JSON.stringify(rest)}`, logits, (x, p) => [x, p, ...rest]),
  ]),
  sample(
    "crossEntropy",
    "probabilities, weight, labelSmoothing",
    draws([2, 3, 2], [[2, 3, 2], "chance"], [[3], "positive"]),
    (x, p, weight) => [x, p, { weight, labelSmoothing: 0.3 }],
  ),
];

export const network: Row[] = [
  ...pooled,
  ...normalized,
  ...natives,
  ...dropped,
  ...distances,
  ...binary,
  ...entropy,
];
