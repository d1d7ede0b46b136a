/** Matrix products, Einstein sums, convolutions. */
import fc from "fast-check";
import { convGeometry, draw, draws, matmulShapes } from "../arbitraries.js";
import { type Row, rows, sample } from "./row.js";

const scaled = { beta: 0.5, alpha: -2 };

const products = [
  ...rows(
    "matmul",
    matmulShapes.chain(([a, b]) => fc.tuple(draw(a), draw(b))),
  ),
  ...rows("mm", draws([2, 3], [3, 2])),
  ...rows("mm", draws([2, 0], [0, 2])),
  ...rows("bmm", draws([2, 2, 3], [2, 3, 1])),
  ...rows("mv", draws([2, 3], [3])),
  ...rows("dot", draws([3], [3])),
  ...rows("outer", draws([3], [2])),
  ...rows("addmm", draws([2], [2, 3], [3, 2]), [], [scaled], [{ beta: 0 }]),
  ...rows("addmv", draws([2], [2, 3], [3]), [], [scaled]),
  ...rows("addr", draws([3, 1], [3], [2]), [], [scaled]),
  ...rows("baddbmm", draws([2, 1, 2], [2, 2, 3], [2, 3, 2]), [], [scaled]),
  ...rows("addbmm", draws([2, 2], [2, 2, 3], [2, 3, 2]), [], [scaled]),
  ...rows("linear", draws([2, 3], [2, 3], [2])),
  ...rows("linear", draws([3], [2, 3], [2])),
  ...rows("linear", draws([2, 2, 3], [2, 3])),
  ...rows("linear", draws([2, 3], [3])),
];

const equations: [string, ...number[][]][] = [
  ["ij,jk->ik", [2, 3], [3, 2]],
  ["ij->ji", [2, 3]],
  ["ii->i", [3, 3]],
  ["ii", [3, 3]],
  ["i,i", [3], [3]],
  ["bij,bjk->bik", [2, 2, 3], [2, 3, 2]],
  ["...ij,...jk", [2, 2, 3], [3, 2]],
  ["i,j,k->kij", [2], [3], [2]],
  ["ij,j,kj->ik", [2, 3], [3], [2, 3]],
  ["ij->", [2, 3]],
  ["bhqd,bhkd->bhqk", [1, 2, 2, 2], [1, 2, 3, 2]],
];
const sums = equations.map(([equation, ...shapes]) =>
  sample("einsum", JSON.stringify(equation), draws(...shapes), (...x) => [equation, ...x]),
);

/** Some geometries, drawn once: a row needs its options beside its shapes. */
const convs = fc
  .sample(convGeometry, { numRuns: 12, seed: 1 })
  .map(({ x, weight, ...options }, i) =>
    sample(
      "conv2d",
      JSON.stringify({ x, weight, bias: i % 2 === 1, ...options }),
      draws(x, weight, [weight[0]!]),
      (x, w, bias) => [x, w, i % 2 ? { bias, ...options } : options],
    ),
  );
const convolutions = [
  ...convs,
  ...rows("conv2d", draws([1, 3, 3], [2, 1, 2, 2]), [{ padding: "same" }], [{ padding: "valid" }]),
  ...rows(
    "conv2d",
    draws([1, 1, 4, 3], [1, 1, 2, 3]),
    [{ padding: "same", dilation: [2, 1] }],
    [{ stride: [2, 1], padding: [1, 0] }],
  ),
  sample("conv1d", "x, weight, bias", draws([2, 2, 4], [2, 1, 2], [2]), (x, w, bias) => [
    x,
    w,
    { bias, groups: 2, stride: 2, padding: 1 },
  ]),
  ...rows("conv1d", draws([1, 4], [2, 1, 3]), [{ padding: "same" }], [{ dilation: 1 }]),
];

export const matrices: Row[] = [...products, ...sums, ...convolutions];
