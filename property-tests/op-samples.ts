/** One row an op and option: what every property runs over. */
import { Tensor } from "../src/index.js";
import * as activation from "../src/ops/activation/activation.js";
import * as hardActivation from "../src/ops/activation/hard-activation.js";
import * as inplaceActivation from "../src/ops/activation/inplace-activation.js";
import * as softActivation from "../src/ops/activation/soft-activation.js";
import * as fft from "../src/ops/fft/index.js";
import * as embedding from "../src/ops/index/embedding.js";
import * as embeddingBag from "../src/ops/index/embedding-bag.js";
import * as ops from "../src/ops/index.js";
import * as functions from "../src/ops/linalg/functions.js";
import * as linalgOps from "../src/ops/linalg/index.js";
import * as attention from "../src/ops/linear/attention.js";
import { cosineSimilarity, normalize, pairwiseDistance, pdist } from "../src/ops/linear/distance.js";
import * as einsum from "../src/ops/linear/einsum.js";
import * as linear from "../src/ops/linear/linear.js";
import * as ctcLoss from "../src/ops/loss/ctc-loss.js";
import * as likelihoodLoss from "../src/ops/loss/likelihood-loss.js";
import * as loss from "../src/ops/loss/loss.js";
import * as marginLoss from "../src/ops/loss/margin-loss.js";
import * as tripletLoss from "../src/ops/loss/triplet-loss.js";
import * as maskedOps from "../src/ops/masked.js";
import * as groupNorm from "../src/ops/norm/group-norm.js";
import * as normalization from "../src/ops/norm/normalization.js";
import * as dropout from "../src/ops/random/dropout.js";
import { sumTo } from "../src/ops/reduction/sum-to.js";
import * as grids from "../src/ops/shape/grids.js";
import * as joining from "../src/ops/shape/joining.js";
import { slice } from "../src/ops/shape/parts.js";
import * as adaptivePooling from "../src/ops/spatial/adaptive-pooling.js";
import * as convTranspose from "../src/ops/spatial/conv-transpose.js";
import * as conv3d from "../src/ops/spatial/conv3d.js";
import * as convolution from "../src/ops/spatial/convolution.js";
import * as fractionalPooling from "../src/ops/spatial/fractional-pooling.js";
import * as gridSample from "../src/ops/spatial/grid-sample.js";
import * as interpolation from "../src/ops/spatial/interpolation.js";
import * as meanPooling from "../src/ops/spatial/mean-pooling.js";
import * as padding from "../src/ops/spatial/padding.js";
import { fold, pixelShuffle, pixelUnshuffle, unfold } from "../src/ops/spatial/patches.js";
import * as pooling from "../src/ops/spatial/pooling.js";
import * as pooling3d from "../src/ops/spatial/pooling-3d.js";
import * as unpooling from "../src/ops/spatial/unpooling.js";
import * as specialOps from "../src/ops/special/index.js";
import { manualSeed } from "../src/tensor/random.js";
import type { Draw } from "./arbitraries.js";
import { composites } from "./samples/composites.js";
import { elementwise } from "./samples/elementwise.js";
import { functional } from "./samples/functional.js";
import { indexing } from "./samples/indexing.js";
import { linalg } from "./samples/linalg.js";
import { maskedRows } from "./samples/masked.js";
import { matrices } from "./samples/matrices.js";
import { network } from "./samples/network.js";
import { reducing } from "./samples/reducing.js";
import { reductions } from "./samples/reductions.js";
import type { Row } from "./samples/row.js";
import { shapes } from "./samples/shapes.js";
import { special } from "./samples/special.js";
import { spectra } from "./samples/spectra.js";

export type { Row } from "./samples/row.js";

type AnyOp = (...args: readonly unknown[]) => unknown;

/** The functions of a namespace under their names with its own before them. */
const prefixed = (space: string, ops: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(ops).map(([name, op]) => [`${space}.${name}`, op]));

const files = {
  ops,
  activation,
  joining,
  linear,
  einsum,
  convolution,
  pooling,
  normalization,
  loss,
  embedding,
  padding,
  dropout,
  adaptivePooling,
  attention,
  convTranspose,
  conv3d,
  ctcLoss,
  distance: { cosineSimilarity, normalize, pairwiseDistance, pdist },
  embeddingBag,
  fractionalPooling,
  gridSample,
  grids,
  groupNorm,
  hardActivation,
  inplaceActivation,
  interpolation,
  likelihoodLoss,
  marginLoss,
  meanPooling,
  patches: { im2col: unfold, col2im: fold, pixelShuffle, pixelUnshuffle },
  pooling3d,
  softActivation,
  tripletLoss,
  unpooling,
  adjoints: { slice, sumTo },
  functions,
  linalg: prefixed("linalg", linalgOps),
  fft: prefixed("fft", fft),
  masked: prefixed("masked", maskedOps),
  special: prefixed("special", specialOps),
};

/** Every op by its exported name. */
export const table: Readonly<Record<string, AnyOp>> = Object.fromEntries(
  Object.values(files).flatMap((file) =>
    Object.entries(file).flatMap(([name, op]) => (typeof op === "function" ? [[name, op as AnyOp]] : [])),
  ),
);

/** All rows. */
export const rows: readonly Row[] = [
  ...elementwise,
  ...composites,
  ...reductions,
  ...shapes,
  ...indexing,
  ...matrices,
  ...linalg,
  ...network,
  ...functional,
  ...reducing,
  ...maskedRows,
  ...special,
  ...spectra,
];

/** Exports without a row, and why. */
export const withoutRow: Readonly<Record<string, readonly string[]>> = {
  "draws random numbers": [
    "bernoulli",
    "bernoulli_",
    "cauchy_",
    "exponential_",
    "geometric_",
    "logNormal_",
    "multinomial",
    "normal",
    "normal_",
    "random_",
    "uniform_",
  ],
  "whole numbers only": [
    "bitwiseAnd",
    "bitwiseLeftShift",
    "bitwiseNot",
    "bitwiseOr",
    "bitwiseRightShift",
    "bitwiseXor",
  ],
  "gives no tensor": ["allclose", "equal"],
  "another name of the same function": [
    "absolute",
    "arccos",
    "arccosh",
    "arcsin",
    "arcsinh",
    "arctan",
    "arctan2",
    "arctanh",
    "clip",
    "divide",
    "fix",
    "ger",
    "greater",
    "greaterEqual",
    "less",
    "lessEqual",
    "moveaxis",
    "multiply",
    "negative",
    "notEqual",
    "orgqr",
    "special.digamma",
    "special.erf",
    "special.erfc",
    "special.erfinv",
    "special.exp2",
    "special.expit",
    "special.expm1",
    "special.gammainc",
    "special.gammaincc",
    "special.gammaln",
    "special.i0",
    "special.log1p",
    "special.logSoftmax",
    "special.logit",
    "special.logsumexp",
    "special.multigammaln",
    "special.polygamma",
    "special.psi",
    "special.round",
    "special.sinc",
    "special.softmax",
    "special.xlogy",
    "splitWithSizes",
    "subtract",
    "swapaxes",
    "swapdims",
    "trueDivide",
  ],
  "made from sizes alone": ["fft.fftfreq", "fft.rfftfreq", "trilIndices", "triuIndices"],
  "takes no tensor that has a gradient": ["resize_", "resizeAs_"],
  "in place alone, of float64 alone": ["floatPower_"],
  "another name for `matmul`": ["linalg.matmul"],
  "another name for `to`": [
    "bfloat16",
    "bool",
    "byte",
    "char",
    "cpu",
    "half",
    "int",
    "long",
    "short",
    "typeAs",
  ],
};

/** The tensors an op gave: one, several, or values and indices. */
export function tensorsOf(result: unknown): Tensor[] {
  if (result instanceof Tensor) return [result];
  return Object.values(result as object).filter((value) => value instanceof Tensor);
}

const writes = (op: string) => op.endsWith("_") || op === "setAt";

/** Runs a row; what it would write to is copied first, what it draws at random is the same each time. */
export function run(row: Row, tensors: readonly Tensor[], call: AnyOp = table[row.op]!): Tensor[] {
  const args = [...row.args(...tensors)];
  if (writes(row.op)) args[0] = (args[0] as Tensor).clone();
  manualSeed(5);
  return tensorsOf(call(...args));
}

/** A row as a function of the memory its tensors are views of. */
export const onLeaves =
  (row: Row, drawn: readonly Draw[]) =>
  (...leaves: Tensor[]): Tensor[] =>
    run(
      row,
      drawn.map((x, i) => x.view(leaves[i]!)),
    );
