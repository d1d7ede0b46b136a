/** Values reduced by index or by runs, memory by strides, sampled functions, sequences. */
import { type Nested, type Tensor, tensor } from "../../src/index.js";
import { draws } from "../arbitraries.js";
import { flat, type Row, rows, sample } from "./row.js";

const long = (values: Nested, beside: Tensor) => tensor(values, { dtype: "int64", device: beside.device });
const like = (values: Nested, x: Tensor) => tensor(values, { dtype: x.dtype, device: x.device });

const reducers = ["sum", "prod", "mean", "amax", "amin"] as const;
const byIndex = [
  ...reducers.flatMap((reduce) =>
    [true, false].map((includeSelf) =>
      sample(
        "scatterReduce",
        `0, index, src, ${reduce}, ${includeSelf}`,
        draws([[3, 2], "distinct"], [[3, 2], "distinct"]),
        (x, src) => [
          x,
          0,
          long(
            [
              [0, 2],
              [0, 1],
              [2, 1],
            ],
            x!,
          ),
          src!.add(1.53),
          reduce,
          { includeSelf },
        ],
      ),
    ),
  ),
  ...reducers
    .slice(1)
    .map((reduce) =>
      sample(
        "indexReduce",
        `1, index, source, ${reduce}`,
        draws([[2, 3], "distinct"], [[2, 4], "distinct"]),
        (x, source) => [x, 1, long([2, 0, 2, 0], x!), source!.add(1.53), reduce],
      ),
    ),
  ...["sum", "mean", "prod", "max", "min"].flatMap((reduce) => [
    sample("segmentReduce", `${reduce}, lengths`, draws([[4, 2], "distinct"]), (x) => [
      x,
      reduce,
      { lengths: long([3, 1], x!) },
    ]),
    sample("segmentReduce", `${reduce}, offsets of axis 1`, draws([[2, 3], "positive"]), (x) => [
      x,
      reduce,
      {
        axis: 1,
        initial: 0.01,
        offsets: long(
          [
            [0, 1, 3],
            [0, 2, 3],
          ],
          x!,
        ),
      },
    ]),
  ]),
  ...[true, false].map((accumulate) =>
    sample("put", `index, source, ${accumulate}`, draws([2, 3], [2]), (x, source) => [
      x,
      long(accumulate ? [1, 1] : [4, -6], x!),
      source,
      { accumulate },
    ]),
  ),
];

/** These read memory, so it must lie in one order. */
const plain = (x: Tensor | undefined) => x!.clone({ memoryFormat: "contiguous_format" });
const strided = [
  sample("asStrided", "[2, 2], [1, 2], 1", draws([2, 3]), (x) => [plain(x), [2, 2], [1, 2], 1]),
  sample("asStrided", "[3, 2], [1, 1]", draws([4]), (x) => [plain(x), [3, 2], [1, 1]]),
  sample("asStrided", "of an expanded tensor", draws([3]), (x) => [plain(x).expand(2, 3), [2], [2]]),
  sample("asStrided_", "[2, 2], [1, 2], 1", draws([2, 3]), (x) => [plain(x), [2, 2], [1, 2], 1]),
  sample("asStridedScatter", "[2, 2], [3, 1], 1", draws([2, 3], [2, 2]), (x, src) => [
    plain(x),
    src,
    [2, 2],
    [3, 1],
    1,
  ]),
];

const sampled = [
  ...rows("cov", draws([2, 3]), [], [{ correction: 0 }]),
  ...rows("cov", draws([4])),
  sample("cov", "fweights, aweights", draws([2, 3], [[3], "positive"]), (x, aweights) => [
    x,
    { aweights, fweights: long([2, 1, 3], x!) },
  ]),
  ...rows("corrcoef", draws([[3, 5], "distinct"])),
  ...rows("gradient", draws([4, 3]), [], [{ spacing: 0.5, dim: 0, edgeOrder: 2 }]),
  sample("gradient", "places", draws([3, 4]), (x) => [
    x,
    { dim: 1, edgeOrder: 2, spacing: [like([0, 0.5, 1.5, 3], x!)] },
  ]),
  ...rows("combinations", draws([4]), [], [{ r: 3 }], [{ withReplacement: true }]),
  ...flat("histogram", draws([5]), [3], [2, { range: [-1, 1], density: true }]),
  ...flat("histogramdd", draws([4, 2]), [[2, 3]]),
];

const sequences = [
  sample("ctcLoss", "targets, lengths", draws([4, 2, 3]), (x) => [
    x!.logSoftmax(2),
    long(
      [
        [1, 2],
        [1, 1],
      ],
      x!,
    ),
    [3, 4],
    [2, 2],
  ]),
  ...rows("fractionalMaxPool2d", draws([[2, 5, 5], "distinct"]), [2, { outputSize: [2, 3] }]),
  ...rows("fractionalMaxPool3d", draws([[1, 1, 3, 4, 3], "distinct"]), [[1, 2, 2], { outputRatio: 0.7 }]),
];

export const reducing: Row[] = [...byIndex, ...strided, ...sampled, ...sequences];
