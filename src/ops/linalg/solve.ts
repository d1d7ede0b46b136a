/** Inverses and systems of equations. */

import { record } from "../../autograd/record.js";
import { checkInteger, checkIntegers, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { factorLU, solveLU } from "../../core/matrix/lu.js";
import { formatShape, numel, type Shape, sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { neg } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import { matmul } from "../linear/matmul.js";
import { named } from "../named.js";
import { movedim, reshape, squeeze, unsqueeze } from "../shape/view.js";
import {
  batchOf,
  broadcastBatches,
  checkAlike,
  checkSquare,
  doublesOf,
  Matrices,
  mT,
  numbers,
  place,
} from "./host.js";
import { checkSystem } from "./triangular.js";

export interface CheckOptions {
  /** Throw where a matrix is singular. @defaultValue false */
  checkErrors?: boolean;
}

/** A⁻¹B of one batch and the first zero pivots, both without history. */
function solution(a: Tensor, b: Tensor): { x: Tensor; info: Tensor } {
  const [A, B] = [Matrices.from(a), Matrices.from(b)];
  const info = numbers(A.batch);
  for (let i = 0; i < A.count; i++) {
    const found = factorLU(A.at(i), A.rows, A.columns);
    info.at(i)[0] = found.info;
    solveLU(A.at(i), found.pivots, A.rows, B.at(i), B.columns);
  }
  return { x: B.tensor(b), info: info.numbers(a, "int32") };
}

// ── inverse ──────────────────────────────────────────────────────────────────────────────────────

/** The inverse, and the first zero pivot of each matrix. ∂A = −A⁻ᵀ·g·A⁻ᵀ. @see torch.linalg.inv_ex */
export function invEx(a: Tensor, options?: CheckOptions): { inverse: Tensor; info: Tensor } {
  checkOptions("linalg.inv_ex", options, ["checkErrors"]);
  checkSquare("linalg.inv", a);
  const n = a.shape.at(-1)!;
  const eye = new Matrices(batchOf(a), n, n);
  for (let i = 0; i < eye.count; i++) for (let j = 0; j < n; j++) eye.at(i)[j * n + j] = 1;
  const { x: inverse, info } = solution(a, eye.tensor(a));
  if (options?.checkErrors) checkInverted(a, info);
  record(inverse, {
    op: "linalg_inv_ex",
    inputs: [a],
    saved: [inverse],
    backward: (g, [y]) => [() => neg(matmul(mT(y), matmul(g, mT(y))))],
  });
  return { inverse, info };
}

function checkInverted(a: Tensor, info: Tensor): void {
  const at = doublesOf(info);
  const bad = at.findIndex((x) => x > 0);
  if (bad >= 0)
    throw new ArgumentError(
      `linalg.inv: ${place(batchOf(a), bad)}The diagonal element ${at[bad]} is zero, the inversion could not be completed because the input matrix is singular.`,
    );
}

/**
 * A⁻¹ of A [..., n, n].
 *
 * @throws ArgumentError if a matrix is singular
 * @example torch.linalg.inv(A)
 * @see torch.linalg.inv
 */
export function inv(a: Tensor): Tensor {
  const { inverse, info } = invEx(a);
  checkInverted(a, info);
  return inverse;
}

// ── systems ──────────────────────────────────────────────────────────────────────────────────────

/** A⁻¹B of one batch. ∂B = A⁻ᵀg, ∂A = −∂B·Xᵀ. */
function solved(a: Tensor, b: Tensor): { x: Tensor; info: Tensor } {
  const { x, info } = solution(a, b);
  record(x, {
    op: "linalg_solve_ex",
    inputs: [a, b],
    saved: [a, x],
    backward: (g, [a, x]) => {
      const gb = () => solved(mT(a), g).x;
      return [() => neg(matmul(gb(), mT(x))), gb];
    },
  });
  return { x, info };
}

export interface SolveOptions {
  /** Solve A·X = B; else X·A = B. @defaultValue true */
  left?: boolean;
}

/** As `solve`, telling of zero pivots in `info`. @see torch.linalg.solve_ex */
export function solveEx(
  a: Tensor,
  b: Tensor,
  options?: SolveOptions & CheckOptions,
): { result: Tensor; info: Tensor } {
  const op = "linalg.solve";
  checkOptions("linalg.solve_ex", options, ["left", "checkErrors"]);
  const { left = true, checkErrors = false } = options ?? {};
  checkSquare(op, a);
  checkAlike(op, a, b);
  const single = b.ndim === 1 || (a.ndim - 1 === b.ndim && sameShape(b.shape, a.shape.slice(0, -1)));
  if (single && !left)
    throw new ArgumentError(
      `${op}: Vector broadcasting of the left hand side is not supported for left=False. In this case linalg.solve is equivalent to B / A.squeeze(-1)`,
    );
  const columns = single ? unsqueeze(b, -1) : b;
  if (columns.ndim < 2)
    throw new ShapeError(`${op}: The input tensor B must have at least 2 dimensions: got ${b.ndim}`);
  checkSystem(op, a, columns, left);
  const [A, B] = broadcastBatches(op, a, columns);
  const { x, info } = left ? solved(A, B) : solved(mT(A), mT(B));
  if (checkErrors) checkSolved(a, info);
  if (left && !single) return { result: x, info };
  return { result: named("linalg_solve_ex", single ? squeeze(x, -1) : mT(x)), info };
}

function checkSolved(a: Tensor, info: Tensor): void {
  const bad = doublesOf(info).findIndex((x) => x > 0);
  if (bad >= 0)
    throw new ArgumentError(
      `torch.linalg.solve: ${place(batchOf(a), bad)}The solver failed because the input matrix is singular.`,
    );
}

/**
 * The X of A·X = B for A [..., n, n] and B [..., n, k], or a vector [n], or a batch of them.
 *
 * @throws ArgumentError if a matrix is singular @throws ShapeError if the sizes do not fit
 * @example torch.linalg.solve(A, b)
 * @see torch.linalg.solve
 */
export function solve(a: Tensor, b: Tensor, options?: SolveOptions): Tensor {
  const { result, info } = solveEx(a, b, options);
  checkSolved(a, info);
  return result;
}

/** The tensor that `tensordot(x, ·, ind)` undoes. @param options.ind default 2 @see torch.linalg.tensorinv */
export function tensorinv(a: Tensor, options?: { ind?: number }): Tensor {
  checkOptions("linalg.tensorinv", options, ["ind"]);
  checkTensor("linalg.tensorinv", a);
  const ind = checkInteger("linalg.tensorinv", "ind", options?.ind ?? 2);
  if (ind <= 0)
    throw new ArgumentError(`linalg.tensorinv: Expected a strictly positive integer for 'ind': got ${ind}`);
  const [rows, columns] = [a.shape.slice(0, ind), a.shape.slice(ind)];
  if (numel(rows) !== numel(columns))
    throw new ShapeError(
      `linalg.tensorinv: Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got ${numel(columns)} != ${numel(rows)}`,
    );
  return reshape(inv(reshape(a, [numel(rows), numel(columns)])), [...columns, ...rows]);
}

/** The X of tensordot(A, X, X.ndim) = B; `dims` of A are moved to the end first. @see torch.linalg.tensorsolve */
export function tensorsolve(a: Tensor, b: Tensor, dims?: Shape | null): Tensor {
  checkTensor("linalg.tensorsolve", a);
  checkTensor("linalg.tensorsolve", b);
  checkAlike("linalg.tensorsolve", a, b);
  if (dims) checkIntegers("linalg.tensorsolve", "every dim", dims);
  const A = Array.isArray(dims)
    ? movedim(
        a,
        dims,
        dims.map((_, i) => a.ndim - dims.length + i),
      )
    : a;
  const shape = A.shape.slice(b.ndim);
  const size = numel(shape);
  if (numel(A.shape.slice(0, b.ndim)) !== size || numel(b.shape) !== size)
    throw new ShapeError(
      `linalg.tensorsolve: Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got ${size} != ${numel(A.shape.slice(0, b.ndim))} (${formatShape(a.shape)} and ${formatShape(b.shape)})`,
    );
  return reshape(solve(reshape(A, [size, size]), reshape(b, size)), shape as number[]);
}
