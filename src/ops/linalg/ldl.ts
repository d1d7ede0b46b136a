/** The LDLᵀ decomposition of symmetric matrices that need not be definite; without derivative, as in PyTorch. */
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { factorLDL, solveLDL } from "../../core/matrix/ldl.js";
import type { Tensor } from "../../tensor/tensor.js";
import { tril } from "../shape/rearranging.js";
import {
  batchOf,
  broadcastBatches,
  checkAlike,
  checkMatrix,
  checkSquare,
  doublesOf,
  Matrices,
  numbers,
  place,
  vectors,
} from "./host.js";
import { checkSystem } from "./triangular.js";

export interface LDLOptions {
  /** Has no effect on real matrices. @defaultValue false */
  hermitian?: boolean;
}
/** L and D packed in the lower triangle [..., n, n], LAPACK's pivots [..., n] in int32. */
export interface LDLFactors {
  LD: Tensor;
  pivots: Tensor;
}

/** As `ldlFactor`, telling of zero blocks in `info`. @see torch.linalg.ldl_factor_ex */
export function ldlFactorEx(
  a: Tensor,
  options?: LDLOptions & { checkErrors?: boolean },
): LDLFactors & { info: Tensor } {
  checkOptions("linalg.ldl_factor_ex", options, ["hermitian", "checkErrors"]);
  checkSquare("linalg.ldl_factor_ex", a);
  const A = Matrices.from(a);
  const [pivots, info] = [vectors(A.batch, A.rows), numbers(A.batch)];
  for (let i = 0; i < A.count; i++) {
    const found = factorLDL(A.at(i), A.rows);
    pivots.at(i).set(found.pivots);
    info.at(i)[0] = found.info;
  }
  const result = {
    LD: tril(A.tensor(a)),
    pivots: pivots.vectors(a, "int32"),
    info: info.numbers(a, "int32"),
  };
  if (options?.checkErrors) checkFactored("linalg.ldl_factor_ex", a, result.info);
  return result;
}

function checkFactored(op: string, a: Tensor, info: Tensor): void {
  const at = doublesOf(info);
  const bad = at.findIndex((x) => x > 0);
  if (bad >= 0)
    throw new ArgumentError(
      `torch.${op}: ${place(batchOf(a), bad)}D[${at[bad]},${at[bad]}] is zero, so that solving with it would divide by zero`,
    );
}

/** The packed factors of a symmetric A. @throws ArgumentError if D is singular @see torch.linalg.ldl_factor */
export function ldlFactor(a: Tensor, options?: LDLOptions): LDLFactors {
  checkOptions("linalg.ldl_factor", options, ["hermitian"]);
  const { LD, pivots, info } = ldlFactorEx(a, options);
  checkFactored("linalg.ldl_factor", a, info);
  return { LD, pivots };
}

/** The X of A·X = B from A's packed factors. @throws ShapeError if the sizes do not fit @see torch.linalg.ldl_solve */
export function ldlSolve(LD: Tensor, pivots: Tensor, b: Tensor, options?: LDLOptions): Tensor {
  const op = "linalg.ldl_solve";
  checkOptions(op, options, ["hermitian"]);
  checkSquare(op, LD);
  checkMatrix(op, b, "B");
  checkAlike(op, LD, b);
  checkSystem(op, LD, b, true);
  const n = LD.shape.at(-1)!;
  if (pivots.shape.at(-1) !== n)
    throw new ShapeError(
      `${op}: Expected LD.shape[:-1] and pivots.shape to be the same: ${n} ≠ ${pivots.shape.at(-1)}`,
    );
  const [spread, B] = broadcastBatches(op, LD, b);
  const [A, X] = [Matrices.from(spread), Matrices.from(B)];
  const rows = doublesOf(pivots.expand([...A.batch, n]));
  for (let i = 0; i < A.count; i++)
    solveLDL(A.at(i), rows.subarray(i * n, (i + 1) * n), n, X.at(i), X.columns);
  return X.tensor(b);
}
