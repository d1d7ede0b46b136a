/** Singular values of matrices of low rank, from products with random ones. */
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape, sameShape } from "../../core/shape.js";
import { randn } from "../../tensor/random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { sub } from "../elementwise/arithmetic.js";
import { matmul } from "../linear/matmul.js";
import { mean } from "../reduction/reduction.js";
import { checkMatrix, mT, sides } from "./host.js";
import { qr } from "./qr.js";
import { svd } from "./svd.js";

export interface SvdLowrankOptions {
  /** A little more than the rank. @defaultValue 6 */
  q?: number | null;
  /** How often the random subspace is improved. @defaultValue 2 */
  niter?: number | null;
  /** A matrix of A's shape to be taken off A. */
  M?: Tensor | null;
}
export interface LowRank {
  U: Tensor;
  S: Tensor;
  V: Tensor;
}

/** An orthonormal basis of about what A − M maps to: [..., m, q]. */
function basis(A: Tensor, M: Tensor | null, q: number, niter: number): Tensor {
  const times = (B: Tensor, N: Tensor | null, X: Tensor) =>
    N ? sub(matmul(B, X), matmul(N, X)) : matmul(B, X);
  const R = randn([sides(A)[1], q], { dtype: A.dtype as "float32", device: A.device });
  let { Q } = qr(times(A, M, R));
  for (let i = 0; i < niter; i++) {
    Q = qr(times(mT(A), M && mT(M), Q)).Q;
    Q = qr(times(A, M, Q)).Q;
  }
  return Q;
}

/**
 * U [..., m, q], S [..., q] and V [..., n, q] with A − M ≈ U·diag(S)·Vᵀ.
 *
 * @see torch.svd_lowrank; Halko et al. 2009, arXiv:0909.4061, algorithm 5.1
 */
export function svdLowrank(A: Tensor, options?: SvdLowrankOptions): LowRank {
  const op = "svdLowrank";
  checkOptions(op, options, ["q", "niter", "M"]);
  checkMatrix(op, A);
  const M = options?.M ?? null;
  const q = checkInteger(op, "q", options?.q ?? 6, 0);
  const niter = checkInteger(op, "niter", options?.niter ?? 2, 0);
  if (M) {
    checkMatrix(op, M, "M");
    if (!sameShape(A.shape.slice(-2), M.shape.slice(-2)))
      throw new ShapeError(
        `${op}: M of shape ${formatShape(M.shape)} does not fit A of shape ${formatShape(A.shape)}`,
      );
  }
  const [m, n] = sides(A);
  const less = (X: Tensor, N: Tensor | null, Q: Tensor) =>
    N ? sub(matmul(X, Q), matmul(N, Q)) : matmul(X, Q);
  if (m < n || n > q) {
    const Q = basis(mT(A), M && mT(M), q, niter);
    const { U, S, Vh } = svd(less(A, M, Q), { fullMatrices: false });
    return { U, S, V: matmul(Q, mT(Vh)) };
  }
  const Q = basis(A, M, q, niter);
  const { U, S, Vh } = svd(mT(less(mT(A), M && mT(M), Q)), { fullMatrices: false });
  return { U: matmul(Q, U), S, V: mT(Vh) };
}

export interface PcaLowrankOptions {
  /** How many components. @defaultValue min(6, m, n) */
  q?: number | null;
  /** Take the columns' means off first. @defaultValue true */
  center?: boolean;
  /** @defaultValue 2 */
  niter?: number;
}

/** The principal components of the columns of A [..., m, n]: V's columns, S their weights. @see torch.pca_lowrank */
export function pcaLowrank(A: Tensor, options?: PcaLowrankOptions): LowRank {
  const op = "pcaLowrank";
  checkOptions(op, options, ["q", "center", "niter"]);
  checkMatrix(op, A);
  const [m, n] = sides(A);
  const { center = true, niter = 2 } = options ?? {};
  const q = options?.q ?? Math.min(6, m, n);
  if (!Number.isInteger(q) || q < 0 || q > Math.min(m, n))
    throw new ArgumentError(
      `${op}: q(=${q}) must be non-negative integer and not greater than min(m, n)=${Math.min(m, n)}`,
    );
  return svdLowrank(center ? sub(A, mean(A, -2, { keepdim: true })) : A, { q, niter });
}
