import { describe } from "vitest";
import { ones, tensor, zeros } from "../../src/index.js";
import * as loss from "../../src/ops/loss.js";
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
    ["mseLoss", () => [loss.mseLoss(x, y), loss.mseLoss(x, y, total), loss.mseLoss(x, y, each)], [20 / 3, 20, [0, 4, 16]]],
    ["l1Loss", () => [loss.l1Loss(x, y), loss.l1Loss(x, y, each)], [2, [0, 2, 4]]],
    ["smoothL1Loss", () => [loss.smoothL1Loss(x, y, each), loss.smoothL1Loss(x, y, { ...each, beta: 4 }), loss.smoothL1Loss(x, y, { ...total, beta: 0 })], [[0, 1.5, 3.5], [0, 0.5, 2], 6]],
    ["huberLoss", () => loss.huberLoss(x, y, { ...each, delta: 3 }), [0, 2, 7.5]],
    ["of nothing", () => [loss.mseLoss(zeros(0), zeros(0)), loss.mseLoss(zeros(0), zeros(0), total)], [nan, 0]],
    ["binaryCrossEntropy", () => loss.binaryCrossEntropy(double([0.5, 1, 0]), double([1, 1, 1]), each), [Math.LN2, 0, 100]],
    ["binaryCrossEntropyWithLogits", () => loss.binaryCrossEntropyWithLogits(double([0, 1000, -1000, -1000]), double([1, 1, 1, 0]), each), [Math.LN2, 0, 1000, 0]],
    ["posWeight", () => loss.binaryCrossEntropyWithLogits(double([0, 0]), double([1, 0]), { ...each, posWeight: double([3]) }), [3 * Math.LN2, Math.LN2]],
    ["nllLoss", () => [loss.nllLoss(double([-1, -2]).view(1, 2), tensor([1])), loss.nllLoss(double([-1, -2]), tensor(0))], [2, 1]],
    ["crossEntropy", () => [loss.crossEntropy(even, classes), loss.crossEntropy(even, classes, each), loss.crossEntropy(zeros(3), tensor(1))], [ln3, [ln3, ln3], ln3]],
    ["crossEntropy of places", () => loss.crossEntropy(zeros(1, 2, 3), tensor([[0, 1, 0]]), total), 3 * Math.LN2],
    ["crossEntropy with weights", () => loss.crossEntropy(even, classes, { weight: double([1, 1, 3]), ...each }), [3 * ln3, ln3]],
    ["crossEntropy, ignoreIndex", () => [loss.crossEntropy(even, classes, { ignoreIndex: 2, ...each }), loss.crossEntropy(even, tensor([-100, 0]))], [[0, ln3], ln3]],
    ["crossEntropy, everything ignored", () => loss.crossEntropy(even, tensor([-100, -100])), nan],
    ["crossEntropy, labelSmoothing", () => loss.crossEntropy(double([0, Math.log(3)]).view(1, 2), tensor([1]), { labelSmoothing: 0.5 }), -0.25 * Math.log(0.25) - 0.75 * Math.log(0.75)],
    ["crossEntropy of probabilities", () => loss.crossEntropy(even, tensor([[0.5, 0.5, 0], [1, 0, 0]]).double()), ln3],
    ["crossEntropy of −∞ that is ignored", () => loss.crossEntropy(double([-inf, 0]).view(1, 2), tensor([-100]), total), 0],
    ["klDiv", () => [loss.klDiv(double([0, 0]), double([1, 0]), each), loss.klDiv(double([-1]), double([0]), { logTarget: true })], [[0, 0], 1]],
    ["klDiv, batchmean", () => loss.klDiv(zeros(2, 2), ones(2, 2), { reduction: "batchmean" }), 0],
  ]);
});

describe("errors", () => {
  refuses([
    ["what is no tensor", () => loss.mseLoss(x, 3 as never), "?"],
    ["an unknown reduction", () => loss.mseLoss(x, y, { reduction: "avg" as never }), "?"],
    ["a negative beta", () => loss.smoothL1Loss(x, y, { beta: -1 }), "?"],
    ["delta 0", () => loss.huberLoss(x, y, { delta: 0 }), "?"],
    ["another size", () => loss.binaryCrossEntropy(even, x), "?"],
    ["what is no probability", () => loss.binaryCrossEntropy(x, y), "?"],
    ["a class there is not", () => loss.nllLoss(even, tensor([0, 3])), "?"],
    ["classes of another shape", () => loss.nllLoss(even, tensor([0])), "?"],
    ["classes that are not int64", () => loss.crossEntropy(even, classes.int()), "?"],
    ["weights of another size", () => loss.crossEntropy(even, classes, { weight: x.narrow(0, 0, 2) }), "?"],
    ["too much smoothing", () => loss.crossEntropy(even, classes, { labelSmoothing: 2 }), "?"],
    ["an unknown option", () => loss.crossEntropy(even, classes, { ignoreIdx: 2 } as object), "?"],
    ["an unknown reduction of klDiv", () => loss.klDiv(x, y, { reduction: "batch" as never }), "?"],
  ]);
});
