/** The forms that decompositions have in `torch` itself, where they differ from those in `torch.linalg`. */
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape, sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clone } from "../copying.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { flip } from "../shape/rearranging.js";
import { reshape } from "../shape/view.js";
import { type CholeskyOptions, checkPositive, choleskyAs } from "./cholesky.js";
import { type Eigen, eighAs, eigvalsh } from "./eigen.js";
import { batchOf, checkMatrix, mT, sides } from "./host.js";
import {
  type LUFactors,
  lowerOf,
  luFactorEx,
  type PLU,
  permutationMatrix,
  luSolve as solveByLU,
  upperOf,
} from "./lu.js";
import { pinv } from "./pseudo-inverse.js";
import { qr as decomposeQr, type QR } from "./qr.js";
import { svd as decompose, svdvals } from "./svd.js";
import { solveTriangular } from "./triangular.js";
import { cross as crossAlong, vander as powers } from "./vectors.js";

/** As `linalg.cholesky`. @see torch.cholesky */
export function cholesky(a: Tensor, options?: CholeskyOptions): Tensor {
  checkOptions("cholesky", options, ["upper"]);
  const { L, info } = choleskyAs("cholesky", "cholesky", a, options?.upper ?? false);
  checkPositive("cholesky", a, info);
  return L;
}

/** Q and R; all of Q unless `some`, the default. @see torch.qr */
export function qr(a: Tensor, options?: { some?: boolean }): QR {
  checkOptions("qr", options, ["some"]);
  return decomposeQr(a, { mode: (options?.some ?? true) ? "reduced" : "complete" });
}

export interface SvdOptions {
  /** Only the first min(m, n) columns of U and V. @defaultValue true */
  some?: boolean;
  /** Else U and V are zeros. @defaultValue true */
  computeUv?: boolean;
}

/** U, the singular values, and V (not transposed). @see torch.svd */
export function svd(a: Tensor, options?: SvdOptions): { U: Tensor; S: Tensor; V: Tensor } {
  checkOptions("svd", options, ["some", "computeUv"]);
  const { some = true, computeUv = true } = options ?? {};
  if (computeUv) {
    const { U, S, Vh } = decompose(a, { fullMatrices: !some });
    return { U, S, V: mT(Vh) };
  }
  const S = svdvals(a);
  const [m, n] = sides(a);
  const square = (size: number) => zerosOf(a, [...batchOf(a), size, size]);
  return { U: square(m), S, V: square(n) };
}

export interface SymeigOptions {
  /** Find the vectors too. @defaultValue false */
  eigenvectors?: boolean;
  /** Read the upper triangle. @defaultValue true */
  upper?: boolean;
}

/** Eigenvalues of symmetric matrices, and if asked for the vectors. @see torch.symeig */
export function symeig(a: Tensor, options?: SymeigOptions): Eigen {
  checkOptions("symeig", options, ["eigenvectors", "upper"]);
  const { eigenvectors = false, upper = true } = options ?? {};
  const triangle = { UPLO: upper ? "U" : "L" };
  if (eigenvectors) return eighAs("symeig", "symeig", a, triangle);
  return { eigenvalues: named("symeig", eigvalsh(a, triangle)), eigenvectors: zerosOf(a, [0]) };
}

/** As `linalg.pinv`. @param options.rcond default 1e-15 @see torch.pinverse */
export function pinverse(a: Tensor, options?: { rcond?: number }): Tensor {
  checkOptions("pinverse", options, ["rcond"]);
  return pinv(a, { rtol: options?.rcond ?? 1e-15 });
}

export interface LuOptions {
  /** Only `true` is implemented. @defaultValue true */
  pivot?: boolean;
  /** Tell of zero pivots as a third result. @defaultValue false */
  getInfos?: boolean;
}

/** The packed LU factors, the pivots, and if asked for where a pivot is zero. @see torch.lu */
export function lu(a: Tensor, options?: LuOptions): LUFactors & { info?: Tensor } {
  checkOptions("lu", options, ["pivot", "getInfos"]);
  const { pivot = true, getInfos = false } = options ?? {};
  const { LU, pivots, info } = luFactorEx(a, { pivot });
  return getInfos ? { LU, pivots, info } : { LU, pivots };
}

/** The X of A·X = B from A's packed factors. @see torch.lu_solve */
export function luSolve(b: Tensor, LU: Tensor, pivots: Tensor): Tensor {
  return solveByLU(LU, pivots, b);
}

export interface LuUnpackOptions {
  /** Give L and U. @defaultValue true */
  unpackData?: boolean;
  /** Give P. @defaultValue true */
  unpackPivots?: boolean;
}

/** P, L and U from packed factors; what is not asked for is empty. @see torch.lu_unpack */
export function luUnpack(LU: Tensor, pivots: Tensor, options?: LuUnpackOptions): PLU {
  checkMatrix("luUnpack", LU, "LU_data");
  checkTensor("luUnpack", pivots);
  checkOptions("luUnpack", options, ["unpackData", "unpackPivots"]);
  if (pivots.dtype !== "int32")
    throw new DTypeError(
      `luUnpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype: got ${pivots.dtype}`,
    );
  const wanted = [...batchOf(LU), Math.min(...sides(LU))];
  if (!sameShape(pivots.shape, wanted))
    throw new ShapeError(
      `luUnpack: pivots of shape ${formatShape(pivots.shape)} do not fit factors of shape ${formatShape(LU.shape)}: expected ${formatShape(wanted)}`,
    );
  const { unpackData = true, unpackPivots = true } = options ?? {};
  const none = () => zerosOf(LU, [0]);
  const part = (x: Tensor) => named("lu_unpack", x);
  return {
    P: unpackPivots ? permutationMatrix(pivots, sides(LU)[0], LU) : none(),
    L: unpackData ? part(lowerOf(LU)) : none(),
    U: unpackData ? part(upperOf(LU)) : none(),
  };
}

export interface TriangularSolveOptions {
  /** @defaultValue true */
  upper?: boolean;
  /** Take A transposed. @defaultValue false */
  transpose?: boolean;
  /** @defaultValue false */
  unitriangular?: boolean;
}

/** The X of A·X = B for a triangular A, and a copy of A. @see torch.triangular_solve */
export function triangularSolve(
  b: Tensor,
  a: Tensor,
  options?: TriangularSolveOptions,
): { solution: Tensor; clonedCoefficient: Tensor } {
  checkOptions("triangularSolve", options, ["upper", "transpose", "unitriangular"]);
  const { upper = true, transpose = false, unitriangular = false } = options ?? {};
  const x = solveTriangular(transpose ? mT(a) : a, b, upper !== transpose, { unitriangular });
  return { solution: named("triangular_solve", x), clonedCoefficient: named("triangular_solve", clone(a)) };
}

/** a × b along `dim`, by default the first dim of size 3. @see torch.cross */
export function cross(a: Tensor, b: Tensor, dim?: number | null): Tensor {
  checkTensor("cross", a);
  const found = dim === undefined || dim === null ? a.shape.indexOf(3) : checkInteger("cross", "dim", dim);
  if (found < 0 && (dim === undefined || dim === null))
    throw new ShapeError(`cross: no dimension of size 3 in input: ${formatShape(a.shape)}`);
  return crossAlong(a, b, found);
}

export interface VanderOptions {
  /** How many powers. @defaultValue the length of x */
  N?: number | null;
  /** Lowest power first. @defaultValue false */
  increasing?: boolean;
}

/** Powers of a list in columns, the highest first. @see torch.vander */
export function vander(x: Tensor, options?: VanderOptions): Tensor {
  checkOptions("vander", options, ["N", "increasing"]);
  checkTensor("vander", x);
  if (x.ndim !== 1) throw new ShapeError(`vander: Input must be a one-dimensional tensor: got ${x.ndim}D`);
  const { increasing = false } = options ?? {};
  const N = options?.N ?? x.shape[0]!;
  // Two columns at least come out; fewer are cut off them.
  const wide = powers(x, { N: Math.max(N, 2) });
  const columns = N < 2 ? reshape(wide.at(":", `:${N}`), [x.shape[0]!, N]) : wide;
  return increasing ? columns : flip(columns, -1);
}
