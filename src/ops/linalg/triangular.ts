/** Systems with a triangular matrix. */
import { record } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ShapeError } from "../../core/errors.js";
import { solveTriangular as solveInPlace } from "../../core/matrix/triangular.js";
import type { Tensor } from "../../tensor/tensor.js";
import { neg } from "../elementwise/arithmetic.js";
import { matmul } from "../linear/matmul.js";
import { named } from "../named.js";
import { tril, triu } from "../shape/rearranging.js";
import { broadcastBatches, checkAlike, checkMatrix, checkSquare, Matrices, mT, sides } from "./host.js";

export interface TriangularOptions {
  /** Solve A·X = B; else X·A = B. @defaultValue true */
  left?: boolean;
  /** Take the diagonal as ones. @defaultValue false */
  unitriangular?: boolean;
}

/** @throws ShapeError unless A·X = B, or X·A = B, can hold */
export function checkSystem(op: string, a: Tensor, b: Tensor, left: boolean): void {
  const [m, n] = sides(b);
  const size = sides(a)[0];
  if (size !== (left ? m : n))
    throw new ShapeError(
      `${op}: Incompatible shapes of A and B for the equation ${left ? "AX = B" : "XA = B"} (${size}x${size} and ${m}x${n})`,
    );
}

/** A⁻¹B for A [..., n, n] of one batch with B. ∂B = A⁻ᵀg, ∂A = −∂B·Xᵀ inside A's triangle. */
function solved(a: Tensor, b: Tensor, upper: boolean, unit: boolean): Tensor {
  const [A, B] = [Matrices.from(a), Matrices.from(b)];
  for (let i = 0; i < A.count; i++) solveInPlace(A.at(i), A.rows, B.at(i), B.columns, upper, unit);
  const x = B.tensor(b);
  return record(x, {
    op: "linalg_solve_triangular",
    inputs: [a, b],
    saved: [a, x],
    backward: (g, [a, x]) => {
      const gb = () => solved(mT(a), g, !upper, unit);
      const inside = (y: Tensor) => (upper ? triu(y, unit ? 1 : 0) : tril(y, unit ? -1 : 0));
      return [() => inside(neg(matmul(gb(), mT(x)))), gb];
    },
  });
}

/**
 * The X of A·X = B for a triangular A [..., n, n] and B [..., n, k]; the other triangle is not read.
 *
 * @throws ShapeError if the sizes do not fit
 * @example torch.linalg.solveTriangular(A, B, true)
 * @see torch.linalg.solve_triangular
 */
export function solveTriangular(a: Tensor, b: Tensor, upper: boolean, options?: TriangularOptions): Tensor {
  const op = "linalg.solve_triangular";
  checkOptions(op, options, ["left", "unitriangular"]);
  const { left = true, unitriangular = false } = options ?? {};
  checkSquare(op, a);
  checkMatrix(op, b, "B");
  checkAlike(op, a, b);
  checkSystem(op, a, b, left);
  const [A, B] = broadcastBatches(op, a, b);
  if (left) return solved(A, B, upper, unitriangular);
  return named("linalg_solve_triangular", mT(solved(mT(A), mT(B), !upper, unitriangular)));
}
