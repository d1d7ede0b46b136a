/** Eigenvalues of symmetric matrices. */
import { record, recordAll } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, show } from "../../core/errors.js";
import { eigenSymmetric } from "../../core/matrix/eigen.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, div, mul, sub } from "../elementwise/arithmetic.js";
import { eq } from "../elementwise/comparison.js";
import { maskedFill } from "../elementwise/selection.js";
import { matmul } from "../linear/matmul.js";
import { unsqueeze } from "../shape/view.js";
import { checkSquare, identity, Matrices, mT, vectors } from "./host.js";

export interface EighOptions {
  /** Which triangle is read, "L" or "U". @defaultValue "L" */
  UPLO?: string;
}
/** Ascending values [..., n] and the vectors in the columns of [..., n, n]. */
export interface Eigen {
  eigenvalues: Tensor;
  eigenvectors: Tensor;
}

/** Without history. */
function decomposed(op: string, a: Tensor, options: EighOptions | undefined): Eigen {
  checkOptions(op, options, ["UPLO"]);
  const triangle = (options?.UPLO ?? "L").toUpperCase();
  if (triangle !== "L" && triangle !== "U")
    throw new ArgumentError(`${op}: Expected UPLO argument to be 'L' or 'U', but got ${show(options?.UPLO)}`);
  checkSquare(op, a);
  const A = Matrices.from(a);
  const n = A.rows;
  const values = vectors(A.batch, n);
  for (let i = 0; i < A.count; i++) {
    const x = A.at(i);
    for (let r = 0; r < n; r++)
      for (let c = 0; c < r; c++)
        if (triangle === "L") x[c * n + r] = x[r * n + c]!;
        else x[r * n + c] = x[c * n + r]!;
    const found = eigenSymmetric(x, n);
    values.at(i).set(found.values);
    x.set(found.vectors);
  }
  return { eigenvalues: values.vectors(a), eigenvectors: A.tensor(a) };
}

/** ∂A = V·(diag(∂values) + Vᵀ∂V / E)·Vᵀ, E the differences of the values, infinite on the diagonal. */
function eighGrad(gValues: Tensor, gVectors: Tensor, values: Tensor, V: Tensor): Tensor {
  const eye = identity(V, V.shape.at(-1)!);
  const differences = sub(unsqueeze(values, -2), unsqueeze(values, -1));
  const apart = maskedFill(differences, eq(eye, 1), Number.POSITIVE_INFINITY);
  const inner = add(div(matmul(mT(V), gVectors), apart), mul(unsqueeze(gValues, -2), eye));
  return matmul(matmul(V, inner), mT(V));
}

/** Eigenvalues and vectors under a node's name. */
export function eighAs(op: string, name: string, a: Tensor, options?: EighOptions): Eigen {
  const { eigenvalues, eigenvectors } = decomposed(op, a, options);
  recordAll([eigenvalues, eigenvectors], {
    op: name,
    inputs: [a],
    saved: [eigenvalues, eigenvectors],
    backward: ([g, gVectors], [values, V]) => [() => eighGrad(g!, gVectors!, values, V)],
  });
  return { eigenvalues, eigenvectors };
}

/**
 * The eigenvalues, ascending, and orthonormal eigenvectors of a symmetric A [..., n, n].
 *
 * The gradient through the vectors is infinite where eigenvalues coincide.
 *
 * @example const { eigenvalues, eigenvectors } = torch.linalg.eigh(A);
 * @see torch.linalg.eigh
 */
export function eigh(a: Tensor, options?: EighOptions): Eigen {
  return eighAs("linalg.eigh", "linalg_eigh", a, options);
}

/** The eigenvalues of a symmetric A, ascending. ∂A = V·diag(g)·Vᵀ. @see torch.linalg.eigvalsh */
export function eigvalsh(a: Tensor, options?: EighOptions): Tensor {
  const { eigenvalues } = decomposed("linalg.eigvalsh", a, options);
  return record(eigenvalues, {
    op: "linalg_eigh",
    inputs: [a],
    saved: [a],
    // The vectors are found again, so that the second derivative can pass through them.
    backward: (g, [a]) => [
      () => {
        const { eigenvectors: V } = eigh(a, options);
        return matmul(mul(V, unsqueeze(g, -2)), mT(V));
      },
    ],
  });
}
