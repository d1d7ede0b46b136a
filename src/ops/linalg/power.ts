/** Powers and exponentials of matrices, chains of products. */
import { record } from "../../autograd/record.js";
import { checkInteger } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { exponential } from "../../core/matrix/exponential.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clone } from "../copying.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { matmul } from "../linear/matmul.js";
import { cat } from "../shape/joining.js";
import { narrow } from "../shape/slicing.js";
import { expand, unsqueeze } from "../shape/view.js";
import { unsafeView } from "../shape/view-of.js";
import { checkSquare, identity, Matrices, mT } from "./host.js";
import { inv } from "./solve.js";

/** A·A·…·A, n times; a negative n takes the inverse. @throws ArgumentError if that is singular @see torch.linalg.matrix_power */
export function matrixPower(a: Tensor, n: number): Tensor {
  checkSquare("linalg.matrix_power", a);
  checkInteger("linalg.matrix_power", "n", n);
  if (n === 0) return clone(expand(identity(a, a.shape.at(-1)!), a.shape as number[]));
  if (n === 1) return clone(a);
  if (n === -1) return inv(a);
  let base = n < 0 ? inv(a) : a;
  if (n === 3) return matmul(matmul(a, a), a);
  let result: Tensor | undefined;
  for (let rest = Math.abs(n); rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = result ? matmul(base, result) : base;
    if (rest > 1) base = matmul(base, base);
  }
  return result!;
}

/**
 * e^A of A [..., n, n].
 *
 * ∂A is the upper right block of the exponential of [[Aᵀ, g], [0, Aᵀ]].
 *
 * @see torch.linalg.matrix_exp
 */
export function matrixExp(a: Tensor): Tensor {
  checkSquare("linalg.matrix_exp", a);
  const A = Matrices.from(a);
  for (let i = 0; i < A.count; i++) A.at(i).set(exponential(A.at(i), A.rows));
  return record(A.tensor(a), {
    op: "linalg_matrix_exp",
    inputs: [a],
    saved: [a],
    backward: (g, [a]) => [
      () => {
        const n = a.shape.at(-1)!;
        const blocks = [cat([mT(a), g], -1), cat([zerosOf(a, a.shape), mT(a)], -1)];
        return narrow(narrow(matrixExp(cat(blocks, -2)), -2, 0, n), -1, n, n);
      },
    ],
  });
}

/** The order with the fewest multiplications: where to split the product of matrices i to j. */
function bestSplits(sizes: readonly number[]): (i: number, j: number) => number {
  const count = sizes.length - 1;
  const cost = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  const split = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  for (let length = 1; length < count; length++)
    for (let i = 0; i + length < count; i++) {
      const j = i + length;
      cost[i]![j] = Number.POSITIVE_INFINITY;
      for (let k = i; k < j; k++) {
        const total = cost[i]![k]! + cost[k + 1]![j]! + sizes[i]! * sizes[k + 1]! * sizes[j + 1]!;
        if (total < cost[i]![j]!) [cost[i]![j], split[i]![j]] = [total, k];
      }
    }
  return (i, j) => split[i]![j]!;
}

function chain(matrices: readonly Tensor[]): Tensor {
  const splits = bestSplits([matrices[0]!.shape[0]!, ...matrices.map((x) => x.shape[1]!)]);
  const product = (i: number, j: number): Tensor => {
    if (i === j) return matrices[i]!;
    const k = splits(i, j);
    return matmul(product(i, k), product(k + 1, j));
  };
  return product(0, matrices.length - 1);
}

/**
 * The product of two or more matrices in the cheapest order; the first and last may be vectors.
 *
 * @throws ShapeError if the sizes do not fit
 * @example torch.linalg.multiDot([a, b, c])
 * @see torch.linalg.multi_dot
 */
export function multiDot(tensors: readonly Tensor[]): Tensor {
  if (!Array.isArray(tensors))
    throw new ArgumentError(`linalg.multiDot: expected a list of tensors: got ${show(tensors)}`);
  if (tensors.length < 2)
    throw new ArgumentError(`multi_dot(): expected at least 2 tensors but got ${tensors.length}`);
  for (const x of tensors) checkTensor("linalg.multi_dot", x);
  const last = tensors.length - 1;
  const matrices = tensors.map((x, i) => {
    const edge = i === 0 || i === last;
    if (x.ndim !== 2 && !(edge && x.ndim === 1))
      throw new ShapeError(`multi_dot(): tensor ${i} must be ${edge ? "1D or 2D" : "2D"} but got ${x.ndim}D`);
    return x.ndim === 2 ? x : unsqueeze(x, i === 0 ? 0 : 1);
  });
  matrices.forEach((x, i) => {
    const before = matrices[i - 1];
    if (before && before.shape[1] !== x.shape[0])
      throw new ShapeError(
        `multi_dot(): tensors ${i - 1} and ${i} with shapes ${formatShape(tensors[i - 1]!.shape)} and ${formatShape(tensors[i]!.shape)} cannot be multiplied`,
      );
  });
  const shape = [
    ...(tensors[0]!.ndim === 1 ? [] : [matrices[0]!.shape[0]!]),
    ...(tensors[last]!.ndim === 1 ? [] : [matrices[last]!.shape[1]!]),
  ];
  return unsafeView(chain(matrices), shape, "view");
}

/** The product of one or more matrices in the cheapest order. @see torch.chain_matmul */
export function chainMatmul(...matrices: readonly Tensor[]): Tensor {
  if (matrices.length === 0) throw new ArgumentError("chainMatmul: expected one or more matrices");
  for (const x of matrices) {
    checkTensor("chainMatmul", x);
    if (x.ndim !== 2)
      throw new ShapeError(
        `chainMatmul: Tensor dimension is ${x.ndim}, expected 2 instead: ${formatShape(x.shape)}`,
      );
  }
  const [first, last] = [matrices[0]!, matrices.at(-1)!];
  return unsafeView(chain(matrices), [first.shape[0]!, last.shape[1]!], "view");
}
