import { describe } from "vitest";
import { arange, ones, tensor, zeros } from "../../src/index.js";
import { conv1d, conv2d } from "../../src/ops/convolution.js";
import { gives, refuses } from "./tables.js";

const image = arange(9).view(1, 1, 3, 3).float();
const kernel = tensor([[[[0, 1], [2, 3]]]]).float();
const x = zeros(1, 2, 4, 4);
const w = zeros(2, 2, 2, 2);

describe("values", () => {
  gives([
    ["corr2d of the book", () => conv2d(image, kernel), [[[[19, 25], [37, 43]]]]],
    ["without a batch dim", () => conv2d(image.squeeze(0), kernel), [[[19, 25], [37, 43]]]],
    ["bias, padding, stride", () => conv2d(image, kernel, { bias: tensor([100]).float(), padding: 1, stride: 2 }), [[[[100, 107], [118, 143]]]]],
    ["dilation", () => conv2d(image, kernel, { dilation: 2 }), [[[[0 + 2 + 2 * 6 + 3 * 8]]]]],
    ["groups", () => conv2d(tensor([[[[1]], [[2]]]]).float(), tensor([[[[10]]], [[[100]]]]).float(), { groups: 2 }), [[[[10]], [[200]]]]],
    ["same", () => conv2d(image, kernel, { padding: "same" }), [[[[19, 25, 10], [37, 43, 16], [7, 8, 0]]]]],
    ["valid", () => conv2d(image, kernel, { padding: "valid" }).shape, [1, 1, 2, 2]],
    ["no images", () => conv2d(zeros(0, 2, 4, 4), w).shape, [0, 2, 3, 3]],
    ["conv1d", () => [conv1d(tensor([[1, 2, 3]]).float(), tensor([[[1, 10]]]).float()), conv1d(ones(1, 1, 3), ones(1, 1, 3), { padding: "same" })], [[[21, 32]], [[[2, 3, 2]]]]],
  ]);
});

describe("errors", () => {
  refuses([
    ["a matrix", () => conv2d(zeros(2, 3), w), "?"],
    ["what is no tensor", () => conv2d(3 as never, w), "?"],
    ["channels that do not fit", () => conv2d(zeros(1, 3, 4, 4), w), "?"],
    ["groups that do not fit", () => conv2d(zeros(1, 4, 4, 4), zeros(3, 2, 2, 2), { groups: 2 }), "?"],
    ["a bias that does not fit", () => conv2d(x, w, { bias: zeros(3) }), "?"],
    ["a kernel larger than the image", () => conv2d(zeros(1, 2, 2, 2), zeros(2, 2, 3, 3)), "?"],
    ["same with a stride", () => conv2d(x, w, { padding: "same", stride: 2 }), "?"],
    ["an unknown padding", () => conv2d(x, w, { padding: "full" as "same" }), "?"],
    ["a stride of 0", () => conv2d(x, w, { stride: 0 }), "?"],
    ["two dtypes", () => conv2d(x, w.double()), "?"],
    ["whole numbers", () => conv2d(x.long(), w.long()), "?"],
    ["an unknown option", () => conv2d(x, w, { strides: 2 } as object), "?"],
    ["conv1d of images", () => conv1d(x, w), "?"],
  ]);
});
