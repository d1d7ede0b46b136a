import { describe } from "vitest";
import { ones, tensor, zeros } from "../../src/index.js";
import * as loss from "../../src/ops/loss/loss.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const double = (values: number[]) => tensor(values, { dtype: "float64" });
const [x, y] = [double([1, 2, 4]), double([1, 4, 0])];
const even = zeros(2, 3, { dtype: "float64" });
const classes = tensor([2, 0]);
const each = { reduction: "none" } as const;
const total = { reduction: "sum" } as const;
const ln3 = Math.log(3);

describe("values", () => {
  gives([
    [
      "mseLoss",
      () => [loss.mseLoss(x, y), loss.mseLoss(x, y, total), loss.mseLoss(x, y, each)],
      [20 / 3, 20, [0, 4, 16]],
    ],
    ["l1Loss", () => [loss.l1Loss(x, y), loss.l1Loss(x, y, each)], [2, [0, 2, 4]]],
    [
      "smoothL1Loss",
      () => [
        loss.smoothL1Loss(x, y, each),
        loss.smoothL1Loss(x, y, { ...each, beta: 4 }),
        loss.smoothL1Loss(x, y, { ...total, beta: 0 }),
      ],
      [[0, 1.5, 3.5], [0, 0.5, 2], 6],
    ],
    ["huberLoss", () => loss.huberLoss(x, y, { ...each, delta: 3 }), [0, 2, 7.5]],
    [
      "of nothing",
      () => [loss.mseLoss(zeros(0), zeros(0)), loss.mseLoss(zeros(0), zeros(0), total)],
      [nan, 0],
    ],
    [
      "binaryCrossEntropy",
      () => loss.binaryCrossEntropy(double([0.5, 1, 0]), double([1, 1, 1]), each),
      [Math.LN2, -0, 100],
    ],
    [
      "binaryCrossEntropyWithLogits",
      () => loss.binaryCrossEntropyWithLogits(double([0, 1000, -1000, -1000]), double([1, 1, 1, 0]), each),
      [Math.LN2, 0, 1000, 0],
    ],
    [
      "posWeight",
      () =>
        loss.binaryCrossEntropyWithLogits(double([0, 0]), double([1, 0]), {
          ...each,
          posWeight: double([3]),
        }),
      [3 * Math.LN2, Math.LN2],
    ],
    [
      "nllLoss",
      () => [
        loss.nllLoss(double([-1, -2]).view(1, 2), tensor([1])),
        loss.nllLoss(double([-1, -2]), tensor(0)),
      ],
      [2, 1],
    ],
    [
      "crossEntropy",
      () => [
        loss.crossEntropy(even, classes),
        loss.crossEntropy(even, classes, each),
        loss.crossEntropy(zeros(3), tensor(1)),
      ],
      [ln3, [ln3, ln3], ln3],
    ],
    [
      "crossEntropy of places",
      () => loss.crossEntropy(zeros(1, 2, 3), tensor([[0, 1, 0]]), total),
      3 * Math.LN2,
    ],
    [
      "crossEntropy with weights",
      () => loss.crossEntropy(even, classes, { weight: double([1, 1, 3]), ...each }),
      [3 * ln3, ln3],
    ],
    [
      "crossEntropy, ignoreIndex",
      () => [
        loss.crossEntropy(even, classes, { ignoreIndex: 2, ...each }),
        loss.crossEntropy(even, tensor([-100, 0])),
      ],
      [[0, ln3], ln3],
    ],
    ["crossEntropy, everything ignored", () => loss.crossEntropy(even, tensor([-100, -100])), nan],
    [
      "crossEntropy, labelSmoothing",
      () => loss.crossEntropy(double([0, Math.log(3)]).view(1, 2), tensor([1]), { labelSmoothing: 0.5 }),
      -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75),
    ],
    [
      "crossEntropy of probabilities",
      () =>
        loss.crossEntropy(
          even,
          tensor([
            [0.5, 0.5, 0],
            [1, 0, 0],
          ]).double(),
        ),
      ln3,
    ],
    [
      "crossEntropy of −∞ that is ignored",
      () => loss.crossEntropy(double([-inf, 0]).view(1, 2), tensor([-100]), total),
      0,
    ],
    [
      "klDiv",
      () => [
        loss.klDiv(double([0, 0]), double([1, 0]), each),
        loss.klDiv(double([-1]), double([0]), { logTarget: true }),
      ],
      [[0, 0], 1],
    ],
    ["klDiv, batchmean", () => loss.klDiv(zeros(2, 2), ones(2, 2), { reduction: "batchmean" }), 0],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "what is no tensor",
      () => loss.mseLoss(x, 3 as never),
      "ArgumentError: mseLoss: expected a tensor: got 3",
    ],
    [
      "an unknown reduction",
      () => loss.mseLoss(x, y, { reduction: "avg" as never }),
      'ArgumentError: mseLoss: reduction must be one of "mean", "sum", "none": got "avg"',
    ],
    [
      "a negative beta",
      () => loss.smoothL1Loss(x, y, { beta: -1 }),
      "ArgumentError: smoothL1Loss: smooth_l1_loss does not support negative values for beta: -1",
    ],
    [
      "delta 0",
      () => loss.huberLoss(x, y, { delta: 0 }),
      "ArgumentError: huberLoss: huber_loss does not support non-positive values for delta: 0",
    ],
    [
      "another size",
      () => loss.binaryCrossEntropy(even, x),
      "ShapeError: binaryCrossEntropy: Using a target size [3] that is different to the input size [2, 3] is deprecated. Please ensure they have the same size.",
    ],
    [
      "what is no probability",
      () => loss.binaryCrossEntropy(x, y),
      "ArgumentError: binaryCrossEntropy: all elements of input should be between 0 and 1",
    ],
    [
      "a class there is not",
      () => loss.nllLoss(even, tensor([0, 3])),
      "IndexError: nllLoss: Target 3 is out of bounds: expected a class from 0 to 2",
    ],
    [
      "classes of another shape",
      () => loss.nllLoss(even, tensor([0])),
      "ShapeError: nllLoss: expected target of shape [2] for input of shape [2, 3], got [1]",
    ],
    [
      "classes that are not int64",
      () => loss.crossEntropy(even, classes.int()),
      "DTypeError: crossEntropy: expected scalar type Long but found int32: class indices must be int64",
    ],
    [
      "weights of another size",
      () => loss.crossEntropy(even, classes, { weight: x.narrow(0, 0, 2) }),
      "ShapeError: crossEntropy: weight tensor should be defined either for all 3 classes or no classes but got [2]",
    ],
    [
      "too much smoothing",
      () => loss.crossEntropy(even, classes, { labelSmoothing: 2 }),
      "ArgumentError: crossEntropy: label_smoothing must be between 0.0 and 1.0. Got: 2",
    ],
    [
      "an unknown option",
      () => loss.crossEntropy(even, classes, { ignoreIdx: 2 } as object),
      'ArgumentError: crossEntropy: unknown option "ignoreIdx"; did you mean "ignoreIndex"?',
    ],
    [
      "an unknown reduction of klDiv",
      () => loss.klDiv(x, y, { reduction: "batch" as never }),
      'ArgumentError: klDiv: reduction must be one of "mean", "sum", "none", "batchmean": got "batch"',
    ],
  ]);
});
