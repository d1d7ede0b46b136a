/** What singular values tell: rank, pseudo-inverse, least squares. */
import { noGrad } from "../../autograd/grad-mode.js";
import { record } from "../../autograd/record.js";
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { ShapeError } from "../../core/errors.js";
import { formatShape, numel, sameShape } from "../../core/shape.js";
import { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { abs, add, div, mul, sub } from "../elementwise/arithmetic.js";
import { gt } from "../elementwise/comparison.js";
import { clampMin } from "../elementwise/limits.js";
import { maximum, where } from "../elementwise/selection.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { matmul } from "../linear/matmul.js";
import { named } from "../named.js";
import { amax, sum } from "../reduction/reduction.js";
import { squeeze, unsqueeze } from "../shape/view.js";
import { eigh, eigvalsh } from "./eigen.js";
import { batchOf, broadcastBatches, checkAlike, checkMatrix, checkSquare, mT, sides } from "./host.js";
import { svd, svdvals } from "./svd.js";

type Tolerance = number | Tensor | null;

export interface RankOptions {
  /** Another name for `atol`. */
  tol?: Tolerance;
  /** Singular values up to this count as zero. @defaultValue 0 */
  atol?: Tolerance;
  /** So do those up to this part of the greatest. @defaultValue max(m, n)·ε, or 0 if `atol` is given */
  rtol?: Tolerance;
  /** A is symmetric. @defaultValue false */
  hermitian?: boolean;
}
export interface PinvOptions extends Omit<RankOptions, "tol"> {
  /** Another name for `rtol`. */
  rcond?: Tolerance;
}

const epsilon = (x: Tensor): number =>
  x.dtype === "float64" ? 2.220446049250313e-16 : 1.1920928955078125e-7;
/** A tolerance beside vectors [..., k]. */
const beside = (tolerance: Tensor | number, like: Tensor): Tensor | number =>
  tolerance instanceof Tensor ? to(unsqueeze(tolerance, -1), like.dtype) : tolerance;

/** Which of the magnitudes [..., k] count as more than zero. */
function counted(magnitudes: Tensor, a: Tensor, atol?: Tolerance, rtol?: Tolerance): Tensor {
  // A tensor of tolerances may be zero in places, and only there does the default of rtol hold.
  const usual = Math.max(...sides(a)) * epsilon(a);
  const relative =
    rtol ?? (atol instanceof Tensor ? where(gt(atol, 0), 0, usual) : (atol ?? 0) > 0 ? 0 : usual);
  if (magnitudes.shape.at(-1) === 0) return gt(magnitudes, 0);
  const top = amax(magnitudes, -1, { keepdim: true });
  const threshold = mul(top, beside(relative, magnitudes));
  const absolute = beside(atol ?? 0, magnitudes);
  const bound = absolute instanceof Tensor ? maximum(threshold, absolute) : clampMin(threshold, absolute);
  return gt(magnitudes, bound);
}

/** How many singular values count as more than zero; int64 [...]. @see torch.linalg.matrix_rank */
export function matrixRank(a: Tensor, options?: RankOptions | number | Tensor): Tensor {
  const given = typeof options === "number" || options instanceof Tensor ? { tol: options } : options;
  checkOptions("linalg.matrix_rank", given, ["tol", "atol", "rtol", "hermitian"]);
  const { tol, atol, rtol, hermitian = false } = given ?? {};
  checkMatrix("linalg.matrix_rank", a, "input");
  const x = a.detach();
  const s = hermitian ? abs(eigvalsh(x)) : svdvals(x);
  // The old name has no relative part.
  const found = tol !== undefined && tol !== null ? counted(s, a, tol, 0) : counted(s, a, atol, rtol);
  return sum(found, -1);
}

/** ∂A of the pseudo-inverse P. */
function pinvGrad(g: Tensor, P: Tensor, A: Tensor): Tensor {
  const [gh, Ph] = [mT(g), mT(P)];
  const [m, n] = sides(A);
  if (m <= n) {
    const K = matmul(gh, P);
    const KPh = matmul(K, Ph);
    const inside = sub(KPh, add(mT(matmul(P, K)), matmul(matmul(A, P), KPh)));
    return add(inside, matmul(matmul(Ph, P), sub(gh, matmul(K, A))));
  }
  const K = matmul(P, gh);
  const PhK = matmul(Ph, K);
  const outside = matmul(matmul(sub(gh, matmul(A, K)), P), Ph);
  return add(sub(outside, mT(matmul(K, P))), sub(PhK, matmul(matmul(PhK, P), A)));
}

/** P [..., n, m] without history. */
function pseudoInverse(a: Tensor, atol: Tolerance, rtol: Tolerance, hermitian: boolean): Tensor {
  const [m, n] = sides(a);
  if (m === 0 || n === 0) return zerosOf(a, [...batchOf(a), n, m]);
  const inverted = (s: Tensor, magnitude: Tensor) =>
    unsqueeze(where(counted(magnitude, a, atol, rtol), div(1, s), 0), -2);
  // In float64, so that the roundings of three products do not add up.
  const x = to(a, "float64");
  if (hermitian) {
    const { eigenvalues, eigenvectors } = eigh(x);
    const scaled = mul(eigenvectors, inverted(eigenvalues, abs(eigenvalues)));
    return to(matmul(scaled, mT(eigenvectors)), a.dtype);
  }
  const { U, S, Vh } = svd(x, { fullMatrices: false });
  return to(matmul(mul(mT(Vh), inverted(S, S)), mT(U)), a.dtype);
}

/**
 * The pseudo-inverse [..., n, m] of A [..., m, n]; small singular values count as zero.
 *
 * @example torch.linalg.pinv(A)
 * @see torch.linalg.pinv
 */
export function pinv(a: Tensor, options?: PinvOptions | number | Tensor): Tensor {
  const given = typeof options === "number" || options instanceof Tensor ? { rcond: options } : options;
  checkOptions("linalg.pinv", given, ["rcond", "atol", "rtol", "hermitian"]);
  const { rcond = null, atol = null, rtol = null, hermitian = false } = given ?? {};
  checkMatrix("linalg.pinv", a);
  if (hermitian) checkSquare("linalg.pinv", a);
  const P = noGrad(() => pseudoInverse(a.detach(), atol, rtol ?? rcond, hermitian));
  return record(P, {
    op: "linalg_pinv",
    inputs: [a],
    saved: [a, P],
    backward: (g, [a, P]) => [() => pinvGrad(g, P, a)],
  });
}

const drivers = ["gels", "gelsy", "gelsd", "gelss"] as const;
export interface LstsqOptions {
  rcond?: number | null;
  /** "gels" takes A to have full rank and tells no rank; "gelsd" and "gelss" tell singular values. @defaultValue "gelsy" */
  driver?: (typeof drivers)[number] | null;
}
export interface Lstsq {
  solution: Tensor;
  residuals: Tensor;
  rank: Tensor;
  singularValues: Tensor;
}

/**
 * The X [..., n, k] with the least ‖A·X − B‖, of these the shortest; B is [..., m, k], or [..., m].
 *
 * @throws ShapeError if the sizes do not fit
 * @see torch.linalg.lstsq
 */
export function lstsq(a: Tensor, b: Tensor, options?: LstsqOptions): Lstsq {
  const op = "torch.linalg.lstsq";
  checkOptions(op, options, ["rcond", "driver"]);
  checkTensor(op, a);
  checkTensor(op, b);
  if (a.ndim < 2) throw new ShapeError(`${op}: input must have at least 2 dimensions.`);
  checkMatrix(op, a);
  checkAlike(op, a, b);
  const driver = checkChoice(op, "driver", options?.driver ?? "gelsy", drivers);
  const single = a.ndim - 1 === b.ndim && sameShape(a.shape.slice(0, -1), b.shape);
  const columns = single ? unsqueeze(b, -1) : b;
  if (columns.ndim < 2 || sides(columns)[0] !== sides(a)[0])
    throw new ShapeError(
      `${op}: input.size(-2) should match other.size(${single ? -1 : -2}): ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  const [A, B] = broadcastBatches(op, a, columns);
  const [m, n] = sides(A);
  const rtol = options?.rcond ?? Math.max(m, n) * epsilon(a);
  const x = matmul(pinv(A, { rtol }), B);
  const solution = named("linalg_lstsq", single ? squeeze(x, -1) : x);
  const none = (dtype: "int64" | "float32" | "float64") => to(zerosOf(a, [0]), dtype);
  const S = svdvals(A.detach());
  const rank = sum(counted(S, A, 0, rtol), -1);
  const full = numel(rank.shape) > 0 && !(Number(sum(sub(rank, n)).item()) < 0);
  const residuals = (() => {
    if (m <= n || (driver !== "gels" && !full)) return none(a.dtype as "float32");
    const r = sub(matmul(A.detach(), x.detach()), B.detach());
    return sum(mul(r, r), -2);
  })();
  return {
    solution,
    residuals,
    rank: driver === "gels" ? none("int64") : rank,
    singularValues: driver === "gelsd" || driver === "gelss" ? S : none(a.dtype as "float32"),
  };
}
