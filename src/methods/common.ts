/** @file The methods that `wasmgrad/lean` gives to tensors; the other ops are functions there. */
import { logSoftmax, relu, sigmoid, softmax } from "../ops/activation.js";
import * as arithmetic from "../ops/arithmetic.js";
import * as comparison from "../ops/comparison.js";
import * as copying from "../ops/copying.js";
import * as exponential from "../ops/exponential.js";
import { gather, indexSelect, scatterAdd } from "../ops/gathering.js";
import * as indexing from "../ops/indexing.js";
import * as inplace from "../ops/inplace.js";
import { clamp } from "../ops/limits.js";
import * as matmul from "../ops/matmul.js";
import * as reduction from "../ops/reduction.js";
import { maskedFill, maximum, minimum } from "../ops/selection.js";
import * as slicing from "../ops/slicing.js";
import { tanh } from "../ops/trigonometric.js";
import * as view from "../ops/view.js";
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
