/** Ops along dims: reductions, scans, softmax, norms. */
import fc from "fast-check";
import { draw, drawn, draws, shape } from "../arbitraries.js";
import { flat, type Row, rows } from "./row.js";

const deep = drawn(shape({ minRank: 2, maxRank: 3 }));
const hollow = drawn(shape({ minRank: 2, maxRank: 3, minSize: 0 }));
const distinct = drawn(shape({ minRank: 2, maxRank: 3 }), "distinct");
const positive = drawn(shape({ minRank: 2, maxRank: 3 }), "positive");
const scalar = draws([]);
const wide = drawn(shape({ minRank: 2, maxRank: 3, minSize: 2 }), "distinct");
/** With zeros among the values: products must not divide by them. */
const zeros = fc.tuple(draw([3, 3], "real", -0.013));

const keep = { keepdim: true };
const dims = [[], [0], [-1, keep], [[0, 1]], [[-1, 0], keep], [null, keep]] as const;

export const reductions: Row[] = [
  ...rows("sum", hollow, ...dims, [keep], [1, { dtype: "float64" }]),
  ...rows("mean", deep, ...dims, [keep], [1, { dtype: "float64" }]),
  ...rows("prod", deep, [], [0], [-1, keep], [keep]),
  ...rows("prod", zeros, [], [1], [0, keep]),
  ...rows("amax", distinct, ...dims),
  ...rows("amin", distinct, ...dims),
  ...rows("max", distinct, [], [0], [-1, keep]),
  ...rows("min", distinct, [], [0], [-1, keep]),
  ...rows("var", wide, ...dims, [0, { unbiased: false }], [[0, 1], { correction: 0 }], [keep]),
  ...rows("std", wide, ...dims, [0, { unbiased: false }], [[0, 1], { correction: 0 }], [keep]),
  ...rows("varMean", wide, [], [0, keep]),
  ...rows("stdMean", wide, [], [0, keep]),
  ...rows("logsumexp", deep, [0], [[0, 1]], [-1, keep]),
  ...rows("norm", deep, [], [2, 0], [1, -1, keep], [3, [0, 1]], [0.5, 0], [1.5, 0], [0, 0], ["fro"]),
  ...rows("norm", distinct, [Number.POSITIVE_INFINITY, 0], [Number.NEGATIVE_INFINITY, -1, keep]),
  ...rows("softmax", deep, [0], [-1], [1, { dtype: "float64" }]),
  ...rows("logSoftmax", deep, [0], [-1], [1, { dtype: "float64" }]),
  ...rows("softmin", deep, [0], [-1]),
  ...rows("cumsum", hollow, [0], [-1], [1, { dtype: "float64" }]),
  ...rows("cumprod", deep, [0], [-1]),
  ...rows("cumprod", zeros, [0], [1]),
  ...rows("logcumsumexp", deep, [0], [-1]),
  ...rows("logcumsumexp", scalar, [0]),
  ...rows("cummax", distinct, [0], [-1]),
  ...rows("cummin", distinct, [0], [-1]),
  ...["sum", "mean", "prod", "amax", "amin", "max", "min", "norm"].flatMap((op) => rows(op, scalar)),
  ...[
    "sum",
    "mean",
    "prod",
    "amax",
    "max",
    "min",
    "softmax",
    "logSoftmax",
    "logsumexp",
    "cumsum",
    "cumprod",
    "cummax",
  ].flatMap((op) => rows(op, scalar, [0])),
  ...flat("argmax", distinct, [], [0], [-1, keep]),
  ...flat("argmin", distinct, [], [0], [-1, keep]),
  ...flat("any", deep, [], [0], [-1, keep]),
  ...flat("all", deep, [], [0], [-1, keep]),
  ...flat("countNonzero", positive, [], [0]),
];
