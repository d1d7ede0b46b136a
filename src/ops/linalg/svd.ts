/** The singular value decomposition. */
import { record, recordAll } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError } from "../../core/errors.js";
import { singular } from "../../core/matrix/eigen.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, div, mul, sub } from "../elementwise/arithmetic.js";
import { eq } from "../elementwise/comparison.js";
import { maskedFill } from "../elementwise/selection.js";
import { matmul } from "../linear/matmul.js";
import { narrow } from "../shape/slicing.js";
import { unsqueeze } from "../shape/view.js";
import { checkMatrix, identity, Matrices, mT, place, sides, vectors } from "./host.js";

export interface SvdOptions {
  /** Square U and Vᵀ; else their first min(m, n) columns and rows. @defaultValue true */
  fullMatrices?: boolean;
  /** Has no effect here. */
  driver?: string | null;
}
/** A = U·diag(S)·Vᵀ, S descending. */
export interface Svd {
  U: Tensor;
  S: Tensor;
  Vh: Tensor;
}

/** Without history. */
function decomposed(op: string, a: Tensor, full: boolean): Svd {
  checkMatrix(op, a);
  const A = Matrices.from(a);
  const [m, n] = sides(a);
  const k = Math.min(m, n);
  const U = new Matrices(A.batch, m, full ? m : k);
  const S = vectors(A.batch, k);
  const Vh = new Matrices(A.batch, full ? n : k, n);
  for (let i = 0; i < A.count; i++) {
    if (A.at(i).some((x) => x - x !== 0))
      throw new ArgumentError(
        `${op}: ${place(A.batch, i)}The algorithm failed to converge because the input matrix contained non-finite values.`,
      );
    const { u, s, vt } = singular(A.at(i), m, n);
    for (let r = 0; r < m; r++) U.at(i).set(u.subarray(r * m, r * m + U.columns), r * U.columns);
    S.at(i).set(s);
    Vh.at(i).set(vt.subarray(0, Vh.rows * n));
  }
  return { U: U.tensor(a), S: S.vectors(a), Vh: Vh.tensor(a) };
}

const skew = (x: Tensor): Tensor => sub(x, mT(x));

/** ∂A = U·(skew(Uᵀ∂U)/E·S + S·skew(Vᵀ∂V)/E + diag(∂S))·Vᵀ and what lies outside U and V; E = sⱼ² − sᵢ². */
function svdGrad(gU: Tensor, gS: Tensor, gVh: Tensor, { U, S, Vh }: Svd): Tensor {
  const [m, n, k] = [sides(U)[0], sides(Vh)[1], S.shape.at(-1)!];
  const eye = identity(S, k);
  const squares = mul(S, S);
  const differences = sub(unsqueeze(squares, -2), unsqueeze(squares, -1));
  const E = maskedFill(differences, eq(eye, 1), 1);
  const [row, column] = [unsqueeze(S, -2), unsqueeze(S, -1)];
  const UgU = matmul(mT(U), gU);
  const gVV = matmul(gVh, mT(Vh));
  const turnU = mul(div(skew(UgU), E), row);
  const turnV = mul(div(skew(mT(gVV)), E), column);
  const inner = add(add(turnU, turnV), mul(unsqueeze(gS, -2), eye));
  let g = matmul(U, inner);
  if (m > k) g = add(g, div(sub(gU, matmul(U, UgU)), row));
  g = matmul(g, Vh);
  if (n > k) g = add(g, matmul(div(U, row), sub(gVh, matmul(gVV, Vh))));
  return g;
}

/**
 * U, the singular values and Vᵀ of A [..., m, n].
 *
 * The gradient through U and V is infinite where singular values coincide, or where m ≠ n and one is zero.
 *
 * @throws ArgumentError if A has elements that are not finite
 * @example const { U, S, Vh } = torch.linalg.svd(A, { fullMatrices: false });
 * @see torch.linalg.svd
 */
export function svd(a: Tensor, options?: SvdOptions): Svd {
  checkOptions("linalg.svd", options, ["fullMatrices", "driver"]);
  const result = decomposed("linalg.svd", a, options?.fullMatrices ?? true);
  const { U, S, Vh } = result;
  recordAll([U, S, Vh], {
    op: "linalg_svd",
    inputs: [a],
    saved: [U, S, Vh],
    backward: ([gU, gS, gVh], [U, S, Vh]) => [
      () => {
        // The columns that only complete a basis are not determined by A.
        const k = S.shape.at(-1)!;
        const [first, top] = [(x: Tensor) => narrow(x, -1, 0, k), (x: Tensor) => narrow(x, -2, 0, k)];
        return svdGrad(first(gU!), gS!, top(gVh!), { U: first(U), S, Vh: top(Vh) });
      },
    ],
  });
  return result;
}

/** The singular values, descending. ∂A = U·diag(g)·Vᵀ. @see torch.linalg.svdvals */
export function svdvals(a: Tensor, options?: Pick<SvdOptions, "driver">): Tensor {
  checkOptions("linalg.svdvals", options, ["driver"]);
  const { S } = decomposed("linalg.svdvals", a, false);
  return record(S, {
    op: "linalg_svd",
    inputs: [a],
    saved: [a],
    // The vectors are found again, so that the second derivative can pass through them.
    backward: (g, [a]) => [
      () => {
        const { U, Vh } = svd(a, { fullMatrices: false });
        return matmul(mul(U, unsqueeze(g, -2)), Vh);
      },
    ],
  });
}
