/** How far vectors are from each other, and vectors of length 1. */
import { record } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { broadcastShapes, formatShape } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { add, div, mul, sub } from "../elementwise/arithmetic.js";
import { clamp, clampMin } from "../elementwise/limits.js";
import { indexSelect } from "../index/gathering.js";
import { checkKind, checkTensor, floating, promoted, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { sum } from "../reduction/reduction.js";
import { norm } from "../reduction/statistics.js";
import { expand } from "../shape/view.js";

/** max(x, least), its gradient g everywhere. */
export function lifted(x: Tensor, least: number): Tensor {
  return record(clamp(x.detach(), least), { op: "clone", inputs: [x], backward: (g) => [() => g] });
}

export interface CosineSimilarityOptions {
  /** The least that a length counts. @defaultValue 1e-8 */
  eps?: number;
}
/** x·y/(‖x‖·‖y‖) along a dim; both broadcast. @see torch.nn.functional.cosine_similarity */
export function cosineSimilarity(
  x: Tensor,
  y: Tensor,
  dim = 1,
  options: CosineSimilarityOptions = {},
): Tensor {
  checkTensor("cosineSimilarity", x);
  checkTensor("cosineSimilarity", y);
  checkOptions("cosineSimilarity", options, ["eps"]);
  const { eps = 1e-8 } = options;
  const dtype = promoted(x, y);
  if (floating(dtype) !== dtype)
    throw new DTypeError(
      `cosineSimilarity: expected common dtype to be floating point, yet common dtype is ${dtype}`,
    );
  const shape = broadcastShapes("cosineSimilarity", x.shape, y.shape) as number[];
  const unit = (v: Tensor) => {
    const wide = expand(to(v, dtype), shape);
    return div(wide, lifted(norm(wide, 2, dim, { keepdim: true }), eps));
  };
  return sum(mul(unit(x), unit(y)), [dim]);
}

export interface PairwiseDistanceOptions {
  /** Which norm. @defaultValue 2 */
  p?: number;
  /** Added to every difference. @defaultValue 1e-6 */
  eps?: number;
  /** @defaultValue false */
  keepdim?: boolean;
}
/** ‖x − y + eps‖ along the last dim; both broadcast. @see torch.nn.functional.pairwise_distance */
export function pairwiseDistance(x: Tensor, y: Tensor, options: PairwiseDistanceOptions = {}): Tensor {
  checkTensor("pairwiseDistance", x);
  checkTensor("pairwiseDistance", y);
  checkOptions("pairwiseDistance", options, ["p", "eps", "keepdim"]);
  const { p = 2, eps = 1e-6, keepdim = false } = options;
  const apart = sub(x, y);
  // eps is a fraction whatever it is, so whole numbers become fractions too.
  const d = add(to(apart, floating(apart.dtype)), eps);
  return named("norm", norm(d, p, -1, { keepdim }), 1);
}

/** The p-norms between all pairs of rows i < j: [N, M] → [N·(N − 1)/2]. @see torch.nn.functional.pdist */
export function pdist(x: Tensor, options: { p?: number } = {}): Tensor {
  checkTensor("pdist", x);
  checkKind("pdist", x, "float");
  checkOptions("pdist", options, ["p"]);
  const { p = 2 } = options;
  if (x.ndim !== 2) throw new ShapeError(`pdist: only supports 2D tensors, got: ${formatShape(x.shape)}`);
  if (!(p >= 0)) throw new ArgumentError(`pdist: only supports non-negative p values: ${p}`);
  const n = x.shape[0]!;
  const [first, second]: [number[], number[]] = [[], []];
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) {
      first.push(i);
      second.push(j);
    }
  const rows = (list: number[]) => indexSelect(x, 0, makeOf(list, [list.length], "int64", x.storage.backend));
  const apart = sub(rows(first), rows(second));
  const y = norm(apart, p, 1);
  if (p > 0) return named("pdist", y);
  // A count of differences is flat: its gradient is 0, where that of `norm` is none.
  const { shape } = apart;
  return record(y.detach(), { op: "pdist", inputs: [apart], backward: (g) => [() => zerosOf(g, shape)] });
}

export interface NormalizeOptions {
  /** Which norm. @defaultValue 2 */
  p?: number;
  /** The least to divide by. @defaultValue 1e-12 */
  eps?: number;
}
/** x/max(‖x‖, eps) along a dim. @see torch.nn.functional.normalize */
export function normalize(x: Tensor, dim = 1, options: NormalizeOptions = {}): Tensor {
  checkTensor("normalize", x);
  checkOptions("normalize", options, ["p", "eps"]);
  const { p = 2, eps = 1e-12 } = options;
  return div(x, clampMin(norm(x, p, dim, { keepdim: true }), eps));
}
