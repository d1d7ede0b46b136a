/** The QR decomposition and Householder's reflections. */

import { recordAll } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, GradError, ShapeError } from "../../core/errors.js";
import { factorQR, formQ } from "../../core/matrix/qr.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul, sub } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import { matmul } from "../linear/matmul.js";
import { named } from "../named.js";
import { cat } from "../shape/joining.js";
import { tril } from "../shape/rearranging.js";
import { narrow, select } from "../shape/slicing.js";
import { expand, unsqueeze } from "../shape/view.js";
import { batchOf, checkAlike, checkMatrix, identity, Matrices, mT, sides, vectors } from "./host.js";
import { solveTriangular } from "./triangular.js";

export type QRMode = "reduced" | "complete" | "r";
/** A = Q·R. */
export interface QR {
  Q: Tensor;
  R: Tensor;
}

/** The lower triangle mirrored to the upper one. */
const mirrored = (x: Tensor): Tensor => add(tril(x), mT(tril(x, -1)));

/** For m ≥ n: ∂A = (∂Q + Q·mirrored(R·∂Rᵀ − ∂Qᵀ·Q))·R⁻ᵀ; the columns beyond a square follow Y = Q·V. */
function qrGrad(gQ: Tensor, gR: Tensor, Q: Tensor, R: Tensor): Tensor {
  const [m, n] = sides(R);
  if (m < n) {
    const [U, V] = [narrow(R, -1, 0, m), narrow(R, -1, m, n - m)];
    const gV = narrow(gR, -1, m, n - m);
    const turned = add(gQ, matmul(matmul(Q, V), mT(gV)));
    return cat([qrGrad(turned, narrow(gR, -1, 0, m), Q, U), matmul(Q, gV)], -1);
  }
  const M = mirrored(sub(matmul(R, mT(gR)), matmul(mT(gQ), Q)));
  return solveTriangular(mT(R), add(gQ, matmul(Q, M)), false, { left: false });
}

/**
 * Orthonormal columns and an upper triangle of A [..., m, n]: Q [..., m, k] and R [..., k, n].
 *
 * @param options.mode "reduced" (k = min(m, n), the default), "complete" (k = m), or "r" (no Q)
 * @throws GradError in backward, for the modes without a derivative
 * @example const { Q, R } = torch.linalg.qr(A);
 * @see torch.linalg.qr
 */
export function qr(a: Tensor, options?: { mode?: QRMode }): QR {
  checkOptions("linalg.qr", options, ["mode"]);
  const { mode = "reduced" } = options ?? {};
  checkMatrix("linalg.qr", a);
  if (mode !== "reduced" && mode !== "complete" && mode !== "r")
    throw new ArgumentError(
      `linalg.qr: qr received unrecognized mode '${String(mode)}' but expected one of 'reduced' (default), 'r', or 'complete'`,
    );
  const A = Matrices.from(a);
  const [m, n] = sides(a);
  const k = mode === "complete" ? m : Math.min(m, n);
  const [QM, RM] = [new Matrices(A.batch, m, k), new Matrices(A.batch, k, n)];
  for (let i = 0; i < A.count; i++) {
    const tau = factorQR(A.at(i), m, n);
    if (mode !== "r") QM.at(i).set(formQ(A.at(i), tau, m, n, k));
    for (let r = 0; r < Math.min(k, n); r++)
      for (let c = r; c < n; c++) RM.at(i)[r * n + c] = A.at(i)[r * n + c]!;
  }
  const R = RM.tensor(a);
  const Q = mode === "r" ? new Matrices([], 0, 1).vectors(a).detach() : QM.tensor(a);
  const outputs = mode === "r" ? [R] : [Q, R];
  recordAll(outputs, {
    op: "linalg_qr",
    inputs: [a],
    saved: outputs,
    backward: (grads, [Q, R]) => [
      () => {
        if (mode === "r")
          throw new GradError(
            "linalg.qr: The derivative of linalg.qr depends on Q, which is not computed when mode='r'. Please use linalg.qr(A, mode='reduced') if you are going to require gradients",
          );
        if (mode === "complete" && m > n)
          throw new GradError(
            "linalg.qr: The QR decomposition is not differentiable when mode='complete' and nrows > ncols",
          );
        return qrGrad(grads[0]!, grads[1]!, Q!, R!);
      },
    ],
  });
  return { Q, R };
}

/** The packed reflections of A and their τ, as LAPACK gives them; without derivative. @see torch.geqrf */
export function geqrf(x: Tensor): { a: Tensor; tau: Tensor } {
  checkMatrix("geqrf", x, "input");
  const A = Matrices.from(x);
  const tau = vectors(A.batch, Math.min(A.rows, A.columns));
  for (let i = 0; i < A.count; i++) tau.at(i).set(factorQR(A.at(i), A.rows, A.columns));
  return { a: A.tensor(x), tau: tau.vectors(x) };
}

/** The reflections I − τvvᵀ packed in a, multiplied onto x from the left, the last one first. */
function reflect(a: Tensor, tau: Tensor, x: Tensor, lastFirst: boolean): Tensor {
  const [m, k] = [sides(a)[0], tau.shape.at(-1)!];
  const v = add(tril(narrow(a, -1, 0, k), -1), identity(a, m, k));
  let y = x;
  for (let step = 0; step < k; step++) {
    const i = lastFirst ? k - 1 - step : step;
    const column = narrow(v, -1, i, 1);
    const weight = unsqueeze(unsqueeze(select(tau, -1, i), -1), -1);
    y = sub(y, mul(matmul(column, matmul(mT(column), y)), weight));
  }
  return y;
}

function checkReflections(op: string, a: Tensor, tau: Tensor): void {
  checkTensor(op, a);
  checkTensor(op, tau);
  if (a.ndim < 2) throw new ShapeError(`${op}: input must have at least 2 dimensions.`);
  checkMatrix(op, a);
  checkAlike(op, a, tau);
  if (tau.ndim !== a.ndim - 1)
    throw new ShapeError(
      `${op}: Expected tau to have one dimension less than input, but got tau.ndim equal to ${tau.ndim} and input.ndim is equal to ${a.ndim}`,
    );
  if (tau.shape.at(-1)! > a.shape.at(-1)!)
    throw new ShapeError(
      `${op}: input.shape[-1] must be greater than or equal to tau.shape[-1]: ${formatShape(a.shape)} and ${formatShape(tau.shape)}`,
    );
}

/** The first n columns of the product of reflections packed in A [..., m, n]. @see torch.linalg.householder_product */
export function householderProduct(a: Tensor, tau: Tensor): Tensor {
  checkReflections("torch.linalg.householder_product", a, tau);
  const [m, n] = sides(a);
  if (m < n)
    throw new ShapeError(
      `torch.linalg.householder_product: input.shape[-2] must be greater than or equal to input.shape[-1]: ${formatShape(a.shape)}`,
    );
  const eye = expand(identity(a, m, n), [...batchOf(a), m, n]);
  // Without reflections the columns are constant, yet belong to the graph.
  const first = add(eye, mul(a, 0));
  return named("linalg_householder_product", reflect(a, tau, first, true));
}

export interface OrmqrOptions {
  /** Multiply from the left. @defaultValue true */
  left?: boolean;
  /** Multiply by Qᵀ. @defaultValue false */
  transpose?: boolean;
}

/** Q·C, C·Q or with Qᵀ, for the whole Q of reflections packed in A. @see torch.ormqr */
export function ormqr(a: Tensor, tau: Tensor, c: Tensor, options?: OrmqrOptions): Tensor {
  checkOptions("torch.ormqr", options, ["left", "transpose"]);
  const { left = true, transpose = false } = options ?? {};
  checkReflections("torch.ormqr", a, tau);
  checkMatrix("torch.ormqr", c, "other");
  checkAlike("torch.ormqr", a, c);
  if (sides(c)[left ? 0 : 1] !== sides(a)[0])
    throw new ShapeError(
      `torch.ormqr: other.shape[${left ? -2 : -1}] must be equal to input.shape[-2]: ${formatShape(c.shape)} and ${formatShape(a.shape)}`,
    );
  // C·Q is (Qᵀ·Cᵀ)ᵀ; Q itself takes the last reflection first.
  const y = left ? reflect(a, tau, c, !transpose) : mT(reflect(a, tau, mT(c), transpose));
  return named("ormqr", y);
}
