/** Products of tensors, and distances. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, normalizeDims, numel, type Shape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { mul, sub } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import { matmul } from "../linear/matmul.js";
import { named } from "../named.js";
import { norm } from "../reduction/statistics.js";
import { permute, reshape, unsqueeze } from "../shape/view.js";
import { unsafeView } from "../shape/view-of.js";
import { checkAlike, checkFloat } from "./host.js";

/** Kronecker's product: every element of a times the whole of b. @see torch.kron */
export function kron(a: Tensor, b: Tensor): Tensor {
  checkTensor("kron", a);
  checkTensor("kron", b);
  const rank = Math.max(a.ndim, b.ndim);
  const full = (x: Tensor) => [...new Array<number>(rank - x.ndim).fill(1), ...x.shape];
  const [m, n] = [full(a), full(b)];
  const spread = (shape: number[], first: boolean) =>
    shape.flatMap((size) => (first ? [size, 1] : [1, size]));
  const y = mul(reshape(a, spread(m, true)), reshape(b, spread(n, false)));
  return unsafeView(
    y,
    m.map((size, d) => size * n[d]!),
  );
}

/**
 * Products summed over dims of both: the last `dims` of a with the first of b, or those listed.
 *
 * @param dims a count (default 2), or [dims of a, dims of b]
 * @throws ShapeError if their sizes differ
 * @see torch.tensordot
 */
export function tensordot(a: Tensor, b: Tensor, dims: number | readonly Shape[] = 2): Tensor {
  checkTensor("tensordot", a);
  checkAlike("tensordot", a, b);
  const lists = Array.isArray(dims) && dims.length === 2 && dims.every(Array.isArray);
  if (!lists) checkInteger("tensordot", "dims", dims);
  if (typeof dims === "number" && (dims < 0 || dims > Math.min(a.ndim, b.ndim)))
    throw new ArgumentError(`tensordot: expects dims >= 0 and no more than both have: got ${dims}`);
  const count = typeof dims === "number" ? dims : 0;
  const [left, right] =
    typeof dims === "number"
      ? [
          Array.from({ length: count }, (_, i) => a.ndim - count + i),
          Array.from({ length: count }, (_, i) => i),
        ]
      : [dims[0]!, dims[1]!];
  if (left.length !== right.length)
    throw new ShapeError(
      `tensordot: both dimension lists should have same length: ${show(left)} and ${show(right)}`,
    );
  const [da, db] = [listed(a, left), listed(b, right)];
  da.forEach((d, i) => {
    if (a.shape[d] !== b.shape[db[i]!])
      throw new ShapeError(
        `tensordot: contracted dimensions need to match, but first has size ${a.shape[d]} in dim ${d} and second has size ${b.shape[db[i]!]} in dim ${db[i]}`,
      );
  });
  const [fa, fb] = [free(a, da), free(b, db)];
  const size = numel(da.map((d) => a.shape[d]!));
  const sizes = (x: Tensor, list: Shape) => list.map((d) => x.shape[d]!);
  const rows = reshape(permute(a, [...fa, ...da]), [numel(sizes(a, fa)), size]);
  const columns = reshape(permute(b, [...db, ...fb]), [size, numel(sizes(b, fb))]);
  return reshape(matmul(rows, columns), [...sizes(a, fa), ...sizes(b, fb)]);
}
const listed = (x: Tensor, dims: Shape): number[] =>
  dims.length ? normalizeDims("tensordot", dims, x.ndim) : [];
const free = (x: Tensor, dims: Shape): number[] => [...x.shape.keys()].filter((d) => !dims.includes(d));

/** Σ over the last dims of both. @throws ShapeError if they differ @see torch.inner */
export function inner(a: Tensor, b: Tensor): Tensor {
  checkTensor("inner", a);
  checkTensor("inner", b);
  if (a.ndim === 0 || b.ndim === 0) return mul(a, b);
  if (a.shape.at(-1) !== b.shape.at(-1))
    throw new ShapeError(
      `inner: the last dimension must match on both input tensors but got shapes ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  return tensordot(a, b, [[-1], [-1]]);
}

const modes = [
  "use_mm_for_euclid_dist_if_necessary",
  "use_mm_for_euclid_dist",
  "donot_use_mm_for_euclid_dist",
] as const;
export interface CdistOptions {
  /** Which norm; ≥ 0. @defaultValue 2 */
  p?: number;
  /** Has no effect here. */
  computeMode?: (typeof modes)[number] | null;
}

/** Distances of all rows of a [..., m, k] to all rows of b [..., n, k]: [..., m, n]. @see torch.cdist */
export function cdist(a: Tensor, b: Tensor, options?: CdistOptions): Tensor {
  checkOptions("cdist", options, ["p", "computeMode"]);
  const { p = 2, computeMode } = options ?? {};
  if (computeMode) checkChoice("cdist", "computeMode", computeMode, modes);
  checkFloat("cdist", a);
  checkAlike("cdist", a, b);
  if (a.ndim < 2 || b.ndim < 2)
    throw new ShapeError(
      `cdist: only supports at least 2D tensors, got ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  if (a.shape.at(-1) !== b.shape.at(-1))
    throw new ShapeError(
      `cdist: X1 and X2 must have the same number of columns. X1: ${a.shape.at(-1)} X2: ${b.shape.at(-1)}`,
    );
  if (!(p >= 0)) throw new ArgumentError(`cdist: only supports non-negative p values: got ${p}`);
  const [m, n] = [a.shape.at(-2)!, b.shape.at(-2)!];
  // PyTorch has another way for many rows, which shows in the graph alone.
  const many = computeMode === modes[1] || (computeMode !== modes[2] && (m > 25 || n > 25));
  const y = norm(sub(unsqueeze(a, -2), unsqueeze(b, -3)), p, -1);
  return named(p === 2 && many && numel(y.shape) > 0 ? "view" : "cdist", y);
}
