/** The LU decomposition A = P·L·U and what is solved with it. */
import { recordAll } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { factorLU, permutationOf } from "../../core/matrix/lu.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, sub } from "../elementwise/arithmetic.js";
import { matmul } from "../linear/matmul.js";
import { named } from "../named.js";
import { cat } from "../shape/joining.js";
import { tril, triu } from "../shape/rearranging.js";
import { narrow } from "../shape/slicing.js";
import {
  batchOf,
  broadcastBatches,
  checkAlike,
  checkMatrix,
  checkSquare,
  doublesOf,
  identity,
  Matrices,
  mT,
  numbers,
  place,
  sides,
  vectors,
} from "./host.js";
import { checkSystem, solveTriangular } from "./triangular.js";

export interface LUOptions {
  /** Only `true` is implemented. @defaultValue true */
  pivot?: boolean;
}
export interface LUExOptions extends LUOptions {
  /** Throw where a pivot is zero. @defaultValue false */
  checkErrors?: boolean;
}
/** L below and U above the diagonal [..., m, n], LAPACK's row exchanges [..., min(m, n)] in int32. */
export interface LUFactors {
  LU: Tensor;
  pivots: Tensor;
}
export interface LUFactorsEx extends LUFactors {
  /** The first zero pivot of each matrix, counted from 1; int32 [...]. */
  info: Tensor;
}
export interface PLU {
  P: Tensor;
  L: Tensor;
  U: Tensor;
}

/** Factors without history. */
function factored(op: string, a: Tensor, pivot: boolean): LUFactorsEx {
  checkMatrix(op, a);
  if (!pivot) throw new ArgumentError(`${op}: LU without pivoting is not implemented on the CPU`);
  const A = Matrices.from(a);
  const pivots = vectors(A.batch, Math.min(A.rows, A.columns));
  const info = numbers(A.batch);
  for (let i = 0; i < A.count; i++) {
    const found = factorLU(A.at(i), A.rows, A.columns);
    pivots.at(i).set(found.pivots);
    info.at(i)[0] = found.info;
  }
  return { LU: A.tensor(a), pivots: pivots.vectors(a, "int32"), info: info.numbers(a, "int32") };
}

/** P [..., m, m] of A = P·L·U. */
export function permutationMatrix(pivots: Tensor, m: number, like: Tensor): Tensor {
  const batch = pivots.shape.slice(0, -1);
  const values = new Matrices(batch, 1, pivots.shape.at(-1)!, doublesOf(pivots));
  const P = new Matrices(batch, m, m);
  for (let i = 0; i < P.count; i++)
    permutationOf(values.at(i), m).forEach((row, j) => {
      P.at(i)[row * m + j] = 1;
    });
  return P.tensor(like);
}

/** L [..., m, k] of packed factors. */
export function lowerOf(LU: Tensor): Tensor {
  const k = Math.min(...sides(LU));
  return add(tril(narrow(LU, -1, 0, k), -1), identity(LU, sides(LU)[0], k));
}
/** U [..., k, n] of packed factors. */
export const upperOf = (LU: Tensor): Tensor => triu(narrow(LU, -2, 0, Math.min(...sides(LU))));

/**
 * ∂A from ∂L and ∂U. For m ≤ n, with U = [U₁ U₂]: P·L⁻ᵀ·[∂U₁ + φ·U₁⁻ᵀ, ∂U₂], φ = tril(Lᵀ∂L − ∂U·Uᵀ, −1).
 * For m > n, with L over L₂: P·[∂L₁ + L₁⁻ᵀ·φ, ∂L₂]·U⁻ᵀ, φ = triu(∂U·Uᵀ − Lᵀ∂L).
 */
function luGrad(gL: Tensor, gU: Tensor, { P, L, U }: PLU): Tensor {
  const [m, n] = [sides(L)[0], sides(U)[1]];
  const k = Math.min(m, n);
  const difference = sub(matmul(mT(L), gL), matmul(gU, mT(U)));
  if (m <= n) {
    const square = narrow(U, -1, 0, k);
    const phi = solveTriangular(mT(square), tril(difference, -1), false, { left: false });
    const first = add(narrow(gU, -1, 0, k), phi);
    const rows = m === n ? first : cat([first, narrow(gU, -1, k, n - k)], -1);
    return matmul(P, solveTriangular(mT(L), rows, true, { unitriangular: true }));
  }
  const square = narrow(L, -2, 0, k);
  const phi = solveTriangular(mT(square), triu(sub(matmul(gU, mT(U)), matmul(mT(L), gL))), true, {
    unitriangular: true,
  });
  const rows = cat([add(narrow(gL, -2, 0, k), phi), narrow(gL, -2, k, m - k)], -2);
  return matmul(P, solveTriangular(mT(U), rows, false, { left: false }));
}

/** As `luFactor`, telling of zero pivots in `info`. @see torch.linalg.lu_factor_ex */
export function luFactorEx(a: Tensor, options?: LUExOptions): LUFactorsEx {
  checkOptions("linalg.lu_factor_ex", options, ["pivot", "checkErrors"]);
  const { pivot = true, checkErrors = false } = options ?? {};
  const result = factored("linalg.lu_factor_ex", a, pivot);
  const { LU, pivots, info } = result;
  if (checkErrors) checkPivots("linalg.lu_factor_ex", a, info);
  recordAll([LU], {
    op: "linalg_lu_factor_ex",
    inputs: [a],
    saved: [LU, pivots],
    backward: ([g], [LU, pivots]) => [
      () => {
        const k = Math.min(...sides(LU));
        const [L, U] = [lowerOf(LU), upperOf(LU)];
        const gL = tril(narrow(g!, -1, 0, k), -1);
        return luGrad(gL, triu(narrow(g!, -2, 0, k)), {
          P: permutationMatrix(pivots, L.shape.at(-2)!, LU),
          L,
          U,
        });
      },
    ],
  });
  return result;
}

function checkPivots(op: string, a: Tensor, info: Tensor): void {
  const at = doublesOf(info);
  const bad = at.findIndex((x) => x > 0);
  if (bad >= 0)
    throw new ArgumentError(
      `${op}: ${place(batchOf(a), bad)}U[${at[bad]},${at[bad]}] is zero and using it on lu_solve would result in a division by zero`,
    );
}

/**
 * The packed factors of A [..., m, n] with partial pivoting.
 *
 * @throws ArgumentError if U has a zero on its diagonal: use `luFactorEx`
 * @example const { LU, pivots } = torch.linalg.luFactor(A);
 * @see torch.linalg.lu_factor
 */
export function luFactor(a: Tensor, options?: LUOptions): LUFactors {
  checkOptions("linalg.lu_factor", options, ["pivot"]);
  const { LU, pivots, info } = luFactorEx(a, options);
  checkPivots("linalg.lu_factor", a, info);
  return { LU, pivots };
}

/** A = P·L·U: a permutation [..., m, m], unit lower [..., m, k], upper [..., k, n]. @see torch.linalg.lu */
export function lu(a: Tensor, options?: LUOptions): PLU {
  checkOptions("linalg.lu", options, ["pivot"]);
  const { LU, pivots } = factored("linalg.lu", a, options?.pivot ?? true);
  const P = permutationMatrix(pivots, sides(a)[0], a);
  const [L, U] = [lowerOf(LU), upperOf(LU)];
  recordAll([L, U], {
    op: "linalg_lu",
    inputs: [a],
    saved: [P, L, U],
    backward: ([gL, gU], [P, L, U]) => [() => luGrad(gL!, gU!, { P, L, U })],
  });
  return { P, L, U };
}

export interface LUSolveOptions {
  /** Solve A·X = B; else X·A = B. @defaultValue true */
  left?: boolean;
  /** Take A transposed. @defaultValue false */
  adjoint?: boolean;
}

/** The X of A·X = B from A's packed factors. @throws ShapeError if the sizes do not fit @see torch.linalg.lu_solve */
export function luSolve(LU: Tensor, pivots: Tensor, b: Tensor, options?: LUSolveOptions): Tensor {
  const op = "linalg.lu_solve";
  checkOptions(op, options, ["left", "adjoint"]);
  const { left = true, adjoint = false } = options ?? {};
  checkSquare(op, LU);
  checkMatrix(op, b, "B");
  checkAlike(op, LU, b);
  checkSystem(op, LU, b, left);
  const n = sides(LU)[0];
  if (pivots.shape.at(-1) !== n)
    throw new ShapeError(
      `${op}: Number of pivots per batch should be same as the dimension of the matrix: ${pivots.shape.at(-1)} ≠ ${n}`,
    );
  const [A, B] = broadcastBatches(op, LU, left ? b : mT(b));
  const P = permutationMatrix(pivots, n, LU);
  const lower = (upper: boolean, y: Tensor) =>
    solveTriangular(upper ? mT(A) : A, y, upper, { unitriangular: true });
  const upper = (up: boolean, y: Tensor) => solveTriangular(up ? A : mT(A), y, up);
  // X·A = B is Aᵀ·Xᵀ = Bᵀ.
  const x =
    adjoint === left ? matmul(P, lower(true, upper(false, B))) : upper(true, lower(false, matmul(mT(P), B)));
  return named("linalg_lu_solve", left ? x : mT(x));
}
