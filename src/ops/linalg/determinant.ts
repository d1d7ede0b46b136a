/** Determinants. */
import { record, recordAll } from "../../autograd/record.js";
import { log as ln } from "../../core/math.js";
import { factorLU } from "../../core/matrix/lu.js";
import { numel } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { mul } from "../elementwise/arithmetic.js";
import { eq } from "../elementwise/comparison.js";
import { where } from "../elementwise/selection.js";
import { onesOf } from "../kernel.js";
import { matmul } from "../linear/matmul.js";
import { cumprod } from "../reduction/scan.js";
import { cat } from "../shape/joining.js";
import { flip } from "../shape/rearranging.js";
import { narrow } from "../shape/slicing.js";
import { unsqueeze } from "../shape/view.js";
import { checkSquare, doublesOf, Matrices, mT, numbers } from "./host.js";
import { invEx } from "./solve.js";
import { svd } from "./svd.js";

/** The sign of each determinant and the diagonal of U. */
function diagonals(a: Tensor): { sign: number; diagonal: Float64Array }[] {
  const A = Matrices.from(a);
  const n = A.rows;
  return Array.from({ length: A.count }, (_, i) => {
    const { pivots } = factorLU(A.at(i), n, n);
    const diagonal = Float64Array.from({ length: n }, (_, j) => A.at(i)[j * n + j]!);
    const sign = pivots.reduce((s, row, j) => (row === j + 1 ? s : -s), 1);
    return { sign, diagonal };
  });
}

/** A number per matrix. */
const scalars = (x: Tensor): Tensor => unsqueeze(unsqueeze(x, -1), -1);

/** The products of all but one element of each row [..., n]. */
function productsOfOthers(s: Tensor): Tensor {
  const n = s.shape.at(-1)!;
  const shifted = (x: Tensor) =>
    cumprod(cat([onesOf(x, x.shape.with(-1, 1)), narrow(x, -1, 0, n - 1)], -1), -1);
  return mul(shifted(s), flip(shifted(flip(s, -1)), -1));
}

/** ∂det A/∂A, the cofactors: det A·A⁻ᵀ, and where that is 0·∞ det U·det V·U·diag(products of the other s)·Vᵀ. */
function cofactors(a: Tensor, det: Tensor): Tensor {
  if (!doublesOf(det).some((d) => d === 0)) return mul(mT(invEx(a).inverse), scalars(det));
  const { U, S, Vh } = svd(a);
  const orientation = mul(det0(U), det0(Vh));
  return mul(matmul(mul(U, unsqueeze(productsOfOthers(S), -2)), Vh), scalars(orientation));
}

/**
 * The determinant of A [..., n, n]. ∂A = g·(the cofactors of A).
 *
 * @example torch.linalg.det(A)
 * @see torch.linalg.det
 */
export function det(a: Tensor): Tensor {
  checkSquare("linalg.det", a);
  return det0(a);
}
function det0(a: Tensor): Tensor {
  const out = numbers(a.shape.slice(0, -2));
  diagonals(a).forEach(({ sign, diagonal }, i) => {
    out.at(i)[0] = diagonal.reduce((product, x) => product * x, sign);
  });
  const y = out.numbers(a);
  return record(y, {
    op: "linalg_det",
    inputs: [a],
    saved: [a, y],
    // As in PyTorch, an empty matrix gets no gradient.
    backward: (g, [a, y]) => [numel(a.shape) === 0 ? null : () => mul(cofactors(a, y), scalars(g))],
  });
}

/** The sign of the determinant and ln |det A|: 0 and −∞ for a singular matrix. ∂A = g·A⁻ᵀ. @see torch.linalg.slogdet */
export function slogdet(a: Tensor): { sign: Tensor; logabsdet: Tensor } {
  checkSquare("linalg.slogdet", a);
  const signs = numbers(a.shape.slice(0, -2));
  const logs = numbers(a.shape.slice(0, -2));
  diagonals(a).forEach(({ sign, diagonal }, i) => {
    signs.at(i)[0] = diagonal.reduce((s, x) => s * Math.sign(x), sign);
    logs.at(i)[0] = diagonal.reduce((sum, x) => sum + ln(Math.abs(x)), 0);
  });
  const [sign, logabsdet] = [signs.numbers(a), logs.numbers(a)];
  recordAll([sign, logabsdet], {
    op: "linalg_slogdet",
    inputs: [a],
    saved: [a],
    backward: ([, g], [a]) => [() => mul(mT(invEx(a).inverse), scalars(g!))],
  });
  return { sign, logabsdet };
}

/** ln det A; NaN where the determinant is negative. @see torch.logdet */
export function logdet(a: Tensor): Tensor {
  checkSquare("logdet", a);
  const { sign, logabsdet } = slogdet(a);
  return where(eq(sign, -1), Number.NaN, logabsdet);
}
