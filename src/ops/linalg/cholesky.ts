/** The Cholesky factor and what is solved with it. */
import { record } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError } from "../../core/errors.js";
import { transposed } from "../../core/matrix/eigen.js";
import { factorCholesky, solveTriangular as solveInPlace } from "../../core/matrix/triangular.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul, neg } from "../elementwise/arithmetic.js";
import { matmul } from "../linear/matmul.js";
import { tril } from "../shape/rearranging.js";
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
} from "./host.js";
import { checkSystem, solveTriangular } from "./triangular.js";

export interface CholeskyOptions {
  /** Give U of A = UᵀU, reading the upper triangle. @defaultValue false */
  upper?: boolean;
}

/** ∂A = L⁻ᵀ·φ·L⁻¹ with φ the symmetric half of Lᵀ∂L's lower triangle. */
function lowerGrad(g: Tensor, L: Tensor): Tensor {
  const low = tril(matmul(mT(L), g));
  const phi = mul(add(low, mT(tril(low, -1))), 0.5);
  return solveTriangular(L, solveTriangular(mT(L), phi, true), false, { left: false });
}

/** The factor under a node's name, and the first leading minors that are not positive. */
export function choleskyAs(op: string, name: string, a: Tensor, upper: boolean): { L: Tensor; info: Tensor } {
  checkSquare(op, a);
  const A = Matrices.from(upper ? mT(a) : a);
  const info = numbers(A.batch);
  for (let i = 0; i < A.count; i++) info.at(i)[0] = factorCholesky(A.at(i), A.rows);
  if (upper) for (let i = 0; i < A.count; i++) A.at(i).set(transposed(A.at(i), A.rows, A.rows));
  const L = A.tensor(a);
  record(L, {
    op: name,
    inputs: [a],
    saved: [L],
    backward: (g, [L]) => [() => (upper ? lowerGrad(mT(g), mT(L)) : lowerGrad(g, L))],
  });
  return { L, info: info.numbers(a, "int32") };
}

/** @throws ArgumentError unless all were positive-definite */
export function checkPositive(op: string, a: Tensor, info: Tensor): void {
  const at = doublesOf(info);
  const bad = at.findIndex((x) => x > 0);
  if (bad >= 0)
    throw new ArgumentError(
      `${op}: ${place(batchOf(a), bad)}The factorization could not be completed because the input is not positive-definite (the leading minor of order ${at[bad]} is not positive-definite).`,
    );
}

/** As `cholesky`, telling of failures in `info`. @see torch.linalg.cholesky_ex */
export function choleskyEx(
  a: Tensor,
  options?: CholeskyOptions & { checkErrors?: boolean },
): { L: Tensor; info: Tensor } {
  checkOptions("linalg.cholesky_ex", options, ["upper", "checkErrors"]);
  const { upper = false, checkErrors = false } = options ?? {};
  const result = choleskyAs("linalg.cholesky_ex", "linalg_cholesky_ex", a, upper);
  if (checkErrors) checkPositive("linalg.cholesky_ex", a, result.info);
  return result;
}

/**
 * The lower triangular L of A = L·Lᵀ for a positive-definite A [..., n, n].
 *
 * @throws ArgumentError if A is not positive-definite
 * @example torch.linalg.cholesky(A)
 * @see torch.linalg.cholesky
 */
export function cholesky(a: Tensor, options?: CholeskyOptions): Tensor {
  checkOptions("linalg.cholesky", options, ["upper"]);
  const { L, info } = choleskyAs("linalg.cholesky", "linalg_cholesky_ex", a, options?.upper ?? false);
  checkPositive("linalg.cholesky", a, info);
  return L;
}

/** (L·Lᵀ)⁻¹B of one batch. ∂B = (L·Lᵀ)⁻¹g, ∂L = −(∂B·Xᵀ + X·∂Bᵀ)·L. */
function solvedBy(L: Tensor, b: Tensor, upper: boolean): Tensor {
  const [A, B] = [Matrices.from(upper ? mT(L) : L), Matrices.from(b)];
  for (let i = 0; i < A.count; i++) {
    solveInPlace(A.at(i), A.rows, B.at(i), B.columns, false, false);
    solveInPlace(transposed(A.at(i), A.rows, A.rows), A.rows, B.at(i), B.columns, true, false);
  }
  const x = B.tensor(b);
  return record(x, {
    op: "cholesky_solve",
    inputs: [b, L],
    saved: [L, x],
    backward: (g, [L, x]) => {
      const gb = () => solvedBy(L, g, upper);
      return [
        gb,
        () => {
          const half = matmul(gb(), mT(x));
          const both = add(half, mT(half));
          return neg(upper ? matmul(L, both) : matmul(both, L));
        },
      ];
    },
  });
}

/** The X of A·X = B [..., n, k] from A's factor. @see torch.cholesky_solve */
export function choleskySolve(b: Tensor, L: Tensor, options?: CholeskyOptions): Tensor {
  checkOptions("choleskySolve", options, ["upper"]);
  checkMatrix("choleskySolve", b, "b");
  checkSquare("choleskySolve", L);
  checkAlike("choleskySolve", L, b);
  checkSystem("choleskySolve", L, b, true);
  const [factor, B] = broadcastBatches("choleskySolve", L, b);
  return solvedBy(factor, B, options?.upper ?? false);
}

/** A⁻¹ from A's factor. ∂L = −A⁻¹(g + gᵀ)A⁻¹·L. @see torch.cholesky_inverse */
export function choleskyInverse(L: Tensor, options?: CholeskyOptions): Tensor {
  checkOptions("choleskyInverse", options, ["upper"]);
  checkSquare("choleskyInverse", L);
  const upper = options?.upper ?? false;
  const y = choleskySolve(identity(L, L.shape.at(-1)!), L.detach(), { upper });
  return record(y, {
    op: "cholesky_inverse",
    inputs: [L],
    saved: [L, y],
    backward: (g, [L, y]) => [
      () => {
        const both = matmul(matmul(y, add(g, mT(g))), y);
        return neg(upper ? matmul(L, both) : matmul(both, L));
      },
    ],
  });
}
