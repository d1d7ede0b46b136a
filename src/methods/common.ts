/** @file The methods that `wasmgrad/lean` gives to tensors; the other ops are functions there. */
import { logSoftmax, relu, sigmoid, softmax } from "../ops/activation/activation.js";
import * as copying from "../ops/copying.js";
import * as arithmetic from "../ops/elementwise/arithmetic.js";
import * as comparison from "../ops/elementwise/comparison.js";
import * as exponential from "../ops/elementwise/exponential.js";
import { clamp } from "../ops/elementwise/limits.js";
import { maskedFill, maximum, minimum } from "../ops/elementwise/selection.js";
import { tanh } from "../ops/elementwise/trigonometric.js";
import { gather, indexSelect, scatterAdd } from "../ops/index/gathering.js";
import * as indexing from "../ops/index/indexing.js";
import * as inplace from "../ops/inplace.js";
import * as matmul from "../ops/linear/matmul.js";
import * as reduction from "../ops/reduction/reduction.js";
import * as slicing from "../ops/shape/slicing.js";
import * as view from "../ops/shape/view.js";
import { installBasics } from "./basics.js";
import { installMethods } from "./install.js";

/** Gives Tensor the methods of common families. */
export function installCommon(): void {
  installBasics();
  installMethods({
    ...arithmetic,
    ...comparison,
    ...copying,
    ...exponential,
    ...indexing,
    ...inplace,
    ...matmul,
    ...reduction,
    ...slicing,
    ...view,
    clamp,
    gather,
    indexSelect,
    logSoftmax,
    maskedFill,
    maximum,
    minimum,
    relu,
    scatterAdd,
    sigmoid,
    softmax,
    tanh,
  });
}
