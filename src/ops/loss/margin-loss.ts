/** Losses that are 0 once a score is right by a margin. */
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, IndexError, ShapeError } from "../../core/errors.js";
import { formatShape, numel, sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { logsigmoid, relu } from "../activation/activation.js";
import { to } from "../copying.js";
import { add, div, mul, neg, rsub, sqrt, square, sub } from "../elementwise/arithmetic.js";
import { eq, ge, gt, logicalNot, logicalOr, lt, ne } from "../elementwise/comparison.js";
import { exp, log } from "../elementwise/exponential.js";
import { clampMin } from "../elementwise/limits.js";
import { maskedFill, where } from "../elementwise/selection.js";
import { gather, indexSelect, scatterAdd } from "../index/gathering.js";
import { checkTensor, floating, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { any, sum } from "../reduction/reduction.js";
import { cumprod } from "../reduction/scan.js";
import { reshape, unsqueeze } from "../shape/view.js";
import { type LossOptions, reduceLoss, reductionOf } from "./loss-reduction.js";

export interface MarginOptions extends LossOptions {
  /** @defaultValue 1 for hinges, 0 for rankings and cosines */
  margin?: number;
}
const marginKeys = ["margin", "reduction"] as const;

/** x where y = 1, max(0, margin − x) where y = −1. @see torch.nn.functional.hinge_embedding_loss */
export function hingeEmbeddingLoss(x: Tensor, target: Tensor, options: MarginOptions = {}): Tensor {
  checkTensor("hingeEmbeddingLoss", x);
  checkTensor("hingeEmbeddingLoss", target);
  const reduction = reductionOf("hingeEmbeddingLoss", options, marginKeys);
  const { margin = 1 } = options;
  const apart = where(ne(target, 1), clampMin(rsub(x, margin), 0), 0);
  return reduceLoss(add(apart, where(ne(target, -1), x, 0)), reduction);
}

/** max(0, margin − y·(a − b)). @see torch.nn.functional.margin_ranking_loss */
export function marginRankingLoss(a: Tensor, b: Tensor, target: Tensor, options: MarginOptions = {}): Tensor {
  checkTensor("marginRankingLoss", a);
  checkTensor("marginRankingLoss", b);
  checkTensor("marginRankingLoss", target);
  const reduction = reductionOf("marginRankingLoss", options, marginKeys);
  if (a.ndim !== b.ndim || a.ndim !== target.ndim)
    throw new ShapeError(
      `marginRankingLoss: All input tensors should have same dimension but got sizes: ${formatShape(a.shape)}, ${formatShape(b.shape)}, ${formatShape(target.shape)}`,
    );
  const { margin = 0 } = options;
  // The margin is a fraction whatever it is, so whole numbers become fractions too.
  const apart = mul(neg(target), sub(a, b));
  return reduceLoss(clampMin(add(to(apart, floating(apart.dtype)), margin), 0), reduction);
}

/** 1 − cos(a, b) where y = 1, max(0, cos(a, b) − margin) where y = −1. @see torch.nn.functional.cosine_embedding_loss */
export function cosineEmbeddingLoss(
  a: Tensor,
  b: Tensor,
  target: Tensor,
  options: MarginOptions = {},
): Tensor {
  checkTensor("cosineEmbeddingLoss", a);
  checkTensor("cosineEmbeddingLoss", b);
  checkTensor("cosineEmbeddingLoss", target);
  const reduction = reductionOf("cosineEmbeddingLoss", options, marginKeys);
  const { margin = 0 } = options;
  if (target.ndim > 1 || a.ndim !== target.ndim + 1 || b.ndim !== target.ndim + 1)
    throw new ShapeError(
      `cosineEmbeddingLoss: ${target.ndim}D target tensor expects ${target.ndim + 1}D input tensors, but found inputs with sizes ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  const product = (x: Tensor, y: Tensor) => sum(mul(x, y), target.ndim);
  const lengths = sqrt(mul(add(product(a, a), 1e-12), add(product(b, b), 1e-12)));
  const cosine = div(product(a, b), lengths);
  const alike = where(eq(target, 1), rsub(cosine, 1), 0);
  const apart = where(eq(target, -1), clampMin(sub(cosine, margin), 0), 0);
  return reduceLoss(add(alike, apart), reduction);
}

/** ln(1 + e^(−y·x)). @see torch.nn.functional.soft_margin_loss */
export function softMarginLoss(x: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkTensor("softMarginLoss", x);
  checkTensor("softMarginLoss", target);
  const reduction = reductionOf("softMarginLoss", options);
  return named("soft_margin_loss", reduceLoss(log(add(exp(mul(neg(x), target)), 1)), reduction));
}

// ── many classes ─────────────────────────────────────────────────────────────────────────────────

export interface MultiMarginOptions extends MarginOptions {
  /** 1 or 2. @defaultValue 1 */
  p?: number;
  /** Factor of each class [C]. */
  weight?: Tensor | null;
}

/** @throws ShapeError unless x is [N, C] or [C] and the target fits */
function checkRows(op: string, x: Tensor, target: Tensor, expected: readonly number[]): void {
  if ((x.ndim !== 1 && x.ndim !== 2) || x.shape.at(-1) === 0)
    throw new ShapeError(
      `${op}: Expected non-empty vector or matrix with optional 0-dim batch size, but got: ${formatShape(x.shape)}`,
    );
  if (!sameShape(target.shape, expected))
    throw new ShapeError(
      `${op}: inconsistent target size: ${formatShape(target.shape)} for input of size: ${formatShape(x.shape)}`,
    );
  if (target.dtype !== "int64")
    throw new DTypeError(`${op}: expected scalar type Long but found ${target.dtype}`);
}
function checkRange(op: string, target: Tensor, low: number, count: number): void {
  if (numel(target.shape) > 0 && scalarOf(any(logicalOr(lt(target, low), ge(target, count)))) === true)
    throw new IndexError(`${op}: target out of range: expected a class from ${low} to ${count - 1}`);
}

/** Σ max(0, margin − x[y] + x[j])ᵖ/C over j ≠ y: x [N, C], target [N]. @see torch.nn.functional.multi_margin_loss */
export function multiMarginLoss(x: Tensor, target: Tensor, options: MultiMarginOptions = {}): Tensor {
  const op = "multiMarginLoss";
  checkTensor(op, x);
  checkTensor(op, target);
  const reduction = reductionOf(op, options, ["p", "margin", "weight", "reduction"]);
  const { p = 1, margin = 1, weight = null } = options;
  if (p !== 1 && p !== 2) throw new ArgumentError(`${op}: only p == 1 and p == 2 supported: got ${p}`);
  if (x.ndim === 0) return multiMarginLoss(reshape(x, 1), target, options);
  const single = x.ndim === 1 && target.ndim === 1 ? [1] : x.shape.slice(0, -1);
  checkRows(op, x, target, single);
  const count = x.shape.at(-1)!;
  if (weight && !sameShape(weight.shape, [count]))
    throw new ShapeError(
      `${op}: inconsistent weight size: ${formatShape(weight.shape)} for ${count} classes`,
    );
  checkRange(op, target, 0, count);
  const rows = reshape(x, [-1, count]);
  const classes = reshape(target, [-1, 1]);
  const miss = relu(add(sub(rows, gather(rows, 1, classes)), margin));
  const powered = p === 1 ? miss : square(miss);
  const weighted = weight
    ? mul(powered, unsqueeze(indexSelect(weight, 0, reshape(classes, [-1])), 1))
    : powered;
  const own = to(
    scatterAdd(zerosOf(rows, rows.shape), 1, classes, add(zerosOf(rows, classes.shape), 1)),
    "bool",
  );
  const losses = reshape(div(sum(maskedFill(weighted, own, 0), 1), count), single as number[]);
  const kept = reduction === "none" && x.ndim === 1 ? reshape(losses, []) : losses;
  return named("multi_margin_loss", reduceLoss(kept, reduction));
}

/**
 * Σ max(0, 1 − x[j] + x[i])/C over targets j and others i: x [N, C], target [N, C] of classes, ended by −1.
 *
 * @see torch.nn.functional.multilabel_margin_loss
 */
export function multilabelMarginLoss(x: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  const op = "multilabelMarginLoss";
  checkTensor(op, x);
  checkTensor(op, target);
  const reduction = reductionOf(op, options);
  if (x.ndim === 0 && target.ndim === 0)
    return multilabelMarginLoss(reshape(x, 1), reshape(target, 1), options);
  checkRows(op, x, target, x.shape);
  const count = x.shape.at(-1)!;
  checkRange(op, target, -1, count);
  const [rows, labels] = [reshape(x, [-1, count]), reshape(target, [-1, count])];
  const valid = cumprod(to(ne(labels, -1), rows.dtype), 1);
  const safe = clampMin(labels, 0);
  const others = to(logicalNot(gt(scatterAdd(zerosOf(rows, rows.shape), 1, safe, valid), 0)), rows.dtype);
  const miss = relu(rsub(sub(unsqueeze(gather(rows, 1, safe), 2), unsqueeze(rows, 1)), 1));
  const counted = mul(mul(miss, unsqueeze(valid, 2)), unsqueeze(others, 1));
  const losses = reshape(div(sum(counted, [1, 2]), count), x.shape.slice(0, -1) as number[]);
  return named("multilabel_margin_loss", reduceLoss(losses, reduction));
}

export interface MultilabelSoftMarginOptions extends LossOptions {
  /** Factor of each class [C]. */
  weight?: Tensor | null;
}
/** Mean over classes of −(y·ln s(x) + (1 − y)·ln s(−x)), s the sigmoid. @see torch.nn.functional.multilabel_soft_margin_loss */
export function multilabelSoftMarginLoss(
  x: Tensor,
  target: Tensor,
  options: MultilabelSoftMarginOptions = {},
): Tensor {
  const op = "multilabelSoftMarginLoss";
  checkTensor(op, x);
  checkTensor(op, target);
  checkOptions(op, options, ["weight", "reduction"]);
  const reduction = reductionOf(op, options, ["weight", "reduction"]);
  const loss = neg(add(mul(target, logsigmoid(x)), mul(rsub(target, 1), logsigmoid(neg(x)))));
  const weighted = options.weight ? mul(loss, options.weight) : loss;
  return reduceLoss(div(sum(weighted, [-1]), x.shape.at(-1) ?? 1), reduction);
}
