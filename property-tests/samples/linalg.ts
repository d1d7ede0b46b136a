/** Decompositions, systems of equations, norms of matrices. */
import { type Tensor, tensor } from "../../src/index.js";
import { draws } from "../arbitraries.js";
import { flat, type Row, rows, sample } from "./row.js";

/** Small values around a diagonal far from zero and from each other: no rank, order or sign is near a change. */
function spread(x: Tensor): Tensor {
  const [m, n] = [x.shape.at(-2)!, x.shape.at(-1)!];
  const diagonal = Array.from({ length: m }, (_, i) =>
    Array.from({ length: n }, (_, j) => (i === j ? 1.5 + 1.6 * i : 0)),
  );
  return x.mul(0.15).add(tensor(diagonal, { dtype: x.dtype, device: x.device }));
}
const symmetric = (x: Tensor): Tensor => spread(x.add(x.mT).mul(0.5));

const square = draws([3, 3]);
const batch = draws([2, 3, 3]);

/** Rows whose first tensor is made regular. */
const regular = (op: string, tensors: Row["tensors"], ...rests: (readonly unknown[])[]): Row[] =>
  rows(op, tensors, ...rests).map((row) => ({
    ...row,
    args: (first, ...others) => row.args(spread(first!), ...others),
  }));
/** Rows of a symmetric, positive-definite matrix. */
const positive = (op: string, tensors: Row["tensors"], ...rests: (readonly unknown[])[]): Row[] =>
  rows(op, tensors, ...rests).map((row) => ({
    ...row,
    args: (first, ...others) => row.args(symmetric(first!), ...others),
  }));

const factors = [
  ...regular("linalg.lu", square),
  ...regular("linalg.lu", draws([2, 3])),
  ...regular("linalg.lu", draws([3, 2])),
  ...regular("linalg.luFactor", draws([2, 3])),
  ...regular("linalg.luFactor", draws([3, 2])),
  ...regular("linalg.luFactorEx", batch),
  ...regular("lu", square),
  ...regular("linalg.qr", square),
  ...regular("linalg.qr", draws([2, 4, 2])),
  ...regular("linalg.qr", draws([2, 3]), [{ mode: "complete" }]),
  ...regular("qr", draws([3, 2])),
  ...positive("linalg.cholesky", batch, [], [{ upper: true }]),
  ...positive("linalg.choleskyEx", square),
  ...positive("cholesky", square),
  ...regular("linalg.svd", draws([2, 3, 2]), [{ fullMatrices: false }]),
  ...regular("linalg.svd", draws([2, 3]), [{ fullMatrices: false }]),
  ...regular("svd", square),
  ...regular("svdLowrank", draws([4, 3]), [{ q: 3 }]),
  ...regular("svdLowrank", draws([2, 3]), [{ q: 2, niter: 1 }]),
  ...regular("pcaLowrank", draws([4, 3]), [{ q: 3 }]),
  ...regular("linalg.svdvals", draws([2, 3, 2])),
  ...positive("linalg.eigh", batch, [], [{ UPLO: "U" }]),
  ...positive("linalg.eigvalsh", batch),
  ...positive("symeig", square, [{ eigenvectors: true }]),
  sample("luUnpack", "LU, pivots", draws([2, 3]), (x) => [
    x,
    tensor([2, 2], { dtype: "int32", device: x!.device }),
  ]),
  ...rows("linalg.householderProduct", draws([3, 2], [2])),
  ...flat("geqrf", draws([3, 2])),
  ...positive("linalg.ldlFactor", square).map((row) => ({ ...row, differentiable: false })),
  ...positive("linalg.ldlFactorEx", batch).map((row) => ({ ...row, differentiable: false })),
  ...flat("ormqr", draws([3, 2], [2], [3, 2]), [], [{ transpose: true }]),
];

const systems = [
  ...regular("linalg.inv", batch),
  ...regular("linalg.invEx", square),
  ...regular("inverse", square),
  ...regular("linalg.solve", draws([2, 3, 3], [3, 2])),
  ...regular("linalg.solve", draws([3, 3], [3])),
  ...regular("linalg.solve", draws([3, 3], [2, 3]), [{ left: false }]),
  ...regular("linalg.solveEx", draws([3, 3], [3, 1])),
  ...regular("linalg.solveTriangular", draws([3, 3], [2, 3, 2]), [true], [false, { unitriangular: true }]),
  ...regular("linalg.solveTriangular", draws([3, 3], [2, 3]), [true, { left: false }]),
  ...rows("triangularSolve", draws([3, 2], [3, 3])).map((row) => ({
    ...row,
    args: (b: Tensor, a: Tensor) => [b, spread(a), { transpose: true }],
  })),
  ...regular("linalg.luSolve", draws([3, 3], [3, 2])).flatMap((row) =>
    [{}, { adjoint: true }, { left: false }].map((options) => ({
      ...row,
      label: `linalg.luSolve(${JSON.stringify(options)})`,
      args: (a: Tensor, b: Tensor) => [
        spread(a),
        tensor([2, 3, 3], { dtype: "int32", device: a.device }),
        "left" in options ? b.mT : b,
        options,
      ],
    })),
  ),
  sample("luSolve", "b, LU, pivots", draws([3, 2], [3, 3]), (b, a) => [
    b,
    spread(a!),
    tensor([1, 3, 3], { dtype: "int32", device: a!.device }),
  ]),
  sample("choleskySolve", "b, L", draws([3, 2], [3, 3]), (b, a) => [b, spread(a!).tril()]),
  sample("choleskySolve", "b, U", draws([3, 2], [3, 3]), (b, a) => [b, spread(a!).triu(), { upper: true }]),
  sample("choleskyInverse", "L", square, (a) => [spread(a!).tril()]),
  {
    ...sample("linalg.ldlSolve", "LD, pivots, b", draws([3, 3], [3, 2]), (a, b) => [
      spread(a!).tril(),
      tensor([1, 3, 3], { dtype: "int32", device: a!.device }),
      b,
    ]),
    differentiable: false,
  },
  ...regular("linalg.pinv", draws([3, 2])),
  ...regular("linalg.pinv", draws([2, 3])),
  ...positive("linalg.pinv", square, [{ hermitian: true }]),
  ...regular("pinverse", draws([3, 2])),
  ...regular("linalg.lstsq", draws([3, 2], [3, 2])).map((row) => ({ ...row, differentiable: false })),
  sample("linalg.tensorinv", "", draws([4, 4]), (x) => [spread(x!).reshape(2, 2, 4), { ind: 2 }]),
  sample("linalg.tensorsolve", "", draws([4, 4], [2, 2]), (x, b) => [spread(x!).reshape(2, 2, 4), b]),
];

const numbers = [
  ...regular("linalg.det", batch),
  ...regular("det", square),
  ...regular("linalg.slogdet", batch),
  ...regular("slogdet", square),
  ...positive("logdet", square),
  ...flat("linalg.matrixRank", draws([3, 2])),
  ...regular("linalg.vectorNorm", draws([3, 3]), [], [3, 0], [1, [0, 1]]),
  ...regular("linalg.matrixNorm", draws([3, 2]), [], ["nuc"], [2], [-2], [1], [Number.NEGATIVE_INFINITY]),
  ...regular("linalg.matrixNorm", draws([2, 3, 2]), ["nuc", [-1, 1], { keepdim: true }]),
  ...regular("linalg.norm", draws([3, 2]), [], ["fro"], [2]),
  ...regular("linalg.cond", square, [], ["fro"], [1], [-2]),
  ...rows("trace", draws([2, 3])),
];

const products = [
  ...regular("linalg.matrixPower", batch, [0], [3], [-2], [5]),
  ...regular("matrixPower", square, [2]),
  ...rows("linalg.matrixExp", batch),
  ...rows("matrixExp", draws([2, 2])),
  sample("linalg.multiDot", "a, b, c", draws([2, 3], [3, 1], [1, 2]), (...x) => [x]),
  sample("linalg.multiDot", "v, a, w", draws([2], [2, 3], [3]), (...x) => [x]),
  ...rows("chainMatmul", draws([2, 3], [3, 1], [1, 2])),
  ...rows("linalg.cross", draws([2, 3], [1, 3])),
  ...rows("cross", draws([3, 2], [3, 2])),
  ...rows("linalg.vecdot", draws([2, 3], [2, 3]), [], [0]),
  ...rows("vdot", draws([3], [3])),
  ...rows("linalg.diagonal", draws([2, 3, 2]), [], [-1, 0, 1]),
  ...rows("linalg.vander", draws([2, 3]), [], [{ N: 4 }]),
  ...rows("vander", draws([3]), [], [{ N: 1, increasing: true }]),
  ...rows("kron", draws([2, 2], [3])),
  ...rows("inner", draws([2, 3], [3])),
  ...rows("tensordot", draws([2, 3, 2], [3, 2, 2])),
  ...rows("tensordot", draws([2, 3], [3, 2]), [
    [
      [0, 1],
      [1, 0],
    ],
  ]),
  ...rows("cdist", draws([2, 3], [[2, 3], "positive"])).map((row) => ({
    ...row,
    args: (a: Tensor, b: Tensor) => [a, b.add(3), { p: 3 }],
  })),
];

export const linalg: Row[] = [...factors, ...systems, ...numbers, ...products];
