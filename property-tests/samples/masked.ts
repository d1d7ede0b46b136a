/** Reductions of the elements where a mask holds. */
import { type Tensor, tensor } from "../../src/index.js";
import { draws } from "../arbitraries.js";
import { type Row, sample } from "./row.js";

const rows = [
  [true, false, true, true],
  [false, true, true, true],
  [true, true, false, true],
];
const mask = (x: Tensor) => tensor(rows, { device: x.device });
const row = (x: Tensor) => tensor(rows[0]!, { device: x.device });

const x = draws([[3, 4], "distinct"]);
const positive = draws([[3, 4], "positive"]);
type Rest = readonly unknown[];
const keep = { keepdim: true };

/** Each list of arguments with the mask of x's own shape, the last also with one that broadcasts and with none. */
const masked = (op: string, tensors: typeof x, rests: readonly Rest[], options = {}): Row[] => [
  ...rests.map((rest) =>
    sample(`masked.${op}`, String(rest), tensors, (x) => [x, ...rest, { mask: mask(x!), ...options }]),
  ),
  sample(`masked.${op}`, "mask that broadcasts", tensors, (x) => [
    x,
    ...rests.at(-1)!,
    { mask: row(x!), ...options },
  ]),
  sample(`masked.${op}`, "no mask", tensors, (x) => [x, ...rests.at(-1)!, options]),
];

const along: readonly Rest[] = [[undefined], [[0, 1]], [1]];
const scans: readonly Rest[] = [[0], [-1]];

export const maskedRows: Row[] = [
  ...["sum", "prod", "amax", "amin", "mean", "logsumexp"].flatMap((op) => masked(op, x, along, keep)),
  ...masked("var", x, along, { unbiased: true }),
  ...masked("std", x, along),
  ...masked("norm", x, [
    [1, undefined],
    [2, 1],
    [Number.NEGATIVE_INFINITY, 0],
    [Number.POSITIVE_INFINITY, [0, 1]],
  ]),
  ...masked("median", x, scans),
  ...["cumsum", "cumprod", "softmax", "softmin"].flatMap((op) => masked(op, x, scans)),
  ...masked("normalize", positive, [
    [1, 0],
    [3, 1],
  ]),
  sample("masked.logSoftmax", "no mask", x, (x) => [x, 1]),
  sample("masked.logaddexp", "no mask", draws([3, 4], [3, 4]), (a, b) => [a, b]),
  // Its second derivative beside −∞ is NaN, PyTorch's too.
  sample("masked.logaddexp", "mask", draws([3, 4], [3, 4]), (a, b) => [a, b, { inputMask: row(a!) }], false),
  ...["argmax", "argmin"].flatMap((op) =>
    masked(op, x, [[undefined], [1]]).map((row) => ({ ...row, differentiable: false })),
  ),
];
