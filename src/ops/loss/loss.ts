/** How far a prediction is from what it should be. */
import { record } from "../../autograd/record.js";
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, IndexError, ShapeError } from "../../core/errors.js";
import { formatShape, numel, type Shape, sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { logSoftmax } from "../activation/activation.js";
import { to } from "../copying.js";
import { abs, add, div, mul, neg, rsub, sub } from "../elementwise/arithmetic.js";
import { eq, ge, gt, logicalAnd, logicalNot, logicalOr, lt } from "../elementwise/comparison.js";
import { exp, log, log1p } from "../elementwise/exponential.js";
import { clamp } from "../elementwise/limits.js";
import { maskedFill, where } from "../elementwise/selection.js";
import { gather, indexSelect, maskedSelect, scatterAdd } from "../index/gathering.js";
import { checkTensor, onesOf, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { any, mean, sum } from "../reduction/reduction.js";
import { select } from "../shape/slicing.js";
import { movedim, reshape, unsqueeze } from "../shape/view.js";
import { type LossOptions, reduceLoss, reductionOf } from "./loss-reduction.js";

export type { LossOptions };
export interface WeightedLossOptions extends LossOptions {
  /** Factor of each loss, broadcast. */
  weight?: Tensor | null;
}

// ── distances ────────────────────────────────────────────────────────────────────────────────────

/** (x − y)². @see torch.nn.functional.mse_loss */
export function mseLoss(x: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkTensor("mseLoss", x);
  checkTensor("mseLoss", target);
  const reduction = reductionOf("mseLoss", options);
  const d = sub(x, target);
  return named("mse_loss", reduceLoss(mul(d, d), reduction));
}

/** |x − y|. @see torch.nn.functional.l1_loss */
export function l1Loss(x: Tensor, target: Tensor, options: LossOptions = {}): Tensor {
  checkTensor("l1Loss", x);
  checkTensor("l1Loss", target);
  const reduction = reductionOf("l1Loss", options);
  return reduceLoss(abs(sub(x, target)), reduction);
}

export interface SmoothL1Options extends LossOptions {
  /** Where the parabola ends. @defaultValue 1 */
  beta?: number;
}
/** ½d²/β where |d| < β, else |d| − ½β. @see torch.nn.functional.smooth_l1_loss */
export function smoothL1Loss(x: Tensor, target: Tensor, options: SmoothL1Options = {}): Tensor {
  const reduction = reductionOf("smoothL1Loss", options, ["reduction", "beta"]);
  const { beta = 1 } = options;
  if (beta < 0)
    throw new ArgumentError(
      `smoothL1Loss: smooth_l1_loss does not support negative values for beta: ${beta}`,
    );
  if (beta === 0) return named("smooth_l1_loss", l1Loss(x, target, { reduction }));
  const d = abs(sub(x, target));
  const loss = where(lt(d, beta), mul(mul(d, d), 0.5 / beta), sub(d, 0.5 * beta));
  return named("smooth_l1_loss", reduceLoss(loss, reduction));
}

export interface HuberOptions extends LossOptions {
  /** Where the parabola ends. @defaultValue 1 */
  delta?: number;
}
/** ½d² where |d| ≤ δ, else δ·(|d| − ½δ). @see torch.nn.functional.huber_loss */
export function huberLoss(x: Tensor, target: Tensor, options: HuberOptions = {}): Tensor {
  const reduction = reductionOf("huberLoss", options, ["reduction", "delta"]);
  const { delta = 1 } = options;
  if (!(delta > 0))
    throw new ArgumentError(`huberLoss: huber_loss does not support non-positive values for delta: ${delta}`);
  const d = abs(sub(x, target));
  const loss = where(lt(d, delta), mul(mul(d, d), 0.5), mul(sub(d, 0.5 * delta), delta));
  return named("huber_loss", reduceLoss(loss, reduction));
}

// ── two classes ──────────────────────────────────────────────────────────────────────────────────

/** −(y·ln p + (1 − y)·ln(1 − p)), logarithms not below −100. @see torch.nn.functional.binary_cross_entropy */
export function binaryCrossEntropy(x: Tensor, target: Tensor, options: WeightedLossOptions = {}): Tensor {
  checkTensor("binaryCrossEntropy", x);
  checkTensor("binaryCrossEntropy", target);
  const reduction = reductionOf("binaryCrossEntropy", options, ["reduction", "weight"]);
  if (!sameShape(x.shape, target.shape))
    throw new ShapeError(
      `binaryCrossEntropy: Using a target size ${formatShape(target.shape)} that is different to the input size ${formatShape(x.shape)} is deprecated. Please ensure they have the same size.`,
    );
  if (
    numel(x.shape) > 0 &&
    scalarOf(any(logicalNot(logicalAnd(ge(x.detach(), 0), ge(rsub(x.detach(), 1), 0))))) === true
  )
    throw new ArgumentError("binaryCrossEntropy: all elements of input should be between 0 and 1");
  const loss = bernoulliLoss(x, target);
  return named(
    "binary_cross_entropy",
    reduceLoss(options.weight ? mul(loss, options.weight) : loss, reduction),
  );
}

/** ∂p = (p − y)/(p·(1 − p)), its denominator not below 1e-12 as in PyTorch. */
function bernoulliLoss(p: Tensor, y: Tensor): Tensor {
  const [x, t] = [p.detach(), y.detach()];
  const value = sub(mul(sub(t, 1), clamp(log1p(neg(x)), -100)), mul(t, clamp(log(x), -100)));
  return record(value, {
    op: "binary_cross_entropy",
    inputs: [p, y],
    saved: [p, y],
    backward: (g, [p, y]) => [
      () => mul(g, div(sub(p, y), clamp(mul(p, rsub(p, 1)), 1e-12))),
      () => mul(g, sub(log1p(neg(p)), log(p))),
    ],
  });
}

export interface BCEWithLogitsOptions extends WeightedLossOptions {
  /** Weight of positive examples, broadcast over classes. */
  posWeight?: Tensor | null;
}
/** Binary cross entropy of sigmoid(x), without overflow. @see torch.nn.functional.binary_cross_entropy_with_logits */
export function binaryCrossEntropyWithLogits(
  x: Tensor,
  target: Tensor,
  options: BCEWithLogitsOptions = {},
): Tensor {
  checkTensor("binaryCrossEntropyWithLogits", x);
  checkTensor("binaryCrossEntropyWithLogits", target);
  const reduction = reductionOf("binaryCrossEntropyWithLogits", options, [
    "reduction",
    "weight",
    "posWeight",
  ]);
  if (!sameShape(x.shape, target.shape))
    throw new ShapeError(
      `binaryCrossEntropyWithLogits: Target size (${formatShape(target.shape)}) must be the same as input size (${formatShape(x.shape)})`,
    );
  const { weight, posWeight } = options;
  // ln(1 + e⁻ˣ) = m + ln(e⁻ᵐ + e^(−x−m)) with m = max(−x, 0)
  const m = clamp(neg(x), 0);
  const softplus = add(log(add(exp(neg(m)), exp(sub(neg(x), m)))), m);
  const factor = posWeight ? add(mul(sub(posWeight, 1), target), 1) : null;
  const loss = add(mul(rsub(target, 1), x), factor ? mul(factor, softplus) : softplus);
  return named("binary_cross_entropy_with_logits", reduceLoss(weight ? mul(loss, weight) : loss, reduction));
}

// ── many classes ─────────────────────────────────────────────────────────────────────────────────

export interface ClassLossOptions extends LossOptions {
  /** Weight of each class [C]. */
  weight?: Tensor | null;
  /** Targets of this class count nothing. @defaultValue -100 */
  ignoreIndex?: number;
}
export interface CrossEntropyOptions extends ClassLossOptions {
  /** Share of the target spread evenly over all classes. @defaultValue 0 */
  labelSmoothing?: number;
}

/** x as rows of classes [M, C] with targets [M], and the shape that losses have. */
function rowsOf(op: string, x: Tensor, target: Tensor): { rows: Tensor; classes: Tensor; shape: Shape } {
  const batched = x.ndim > 1;
  const expected = batched ? [x.shape[0]!, ...x.shape.slice(2)] : [];
  if (x.ndim === 0 || !sameShape(target.shape, expected))
    throw new ShapeError(
      `${op}: expected target of shape ${formatShape(expected)} for input of shape ${formatShape(x.shape)}, got ${formatShape(target.shape)}`,
    );
  if (target.dtype !== "int64" && target.dtype !== "uint8")
    throw new DTypeError(
      `${op}: expected scalar type Long but found ${target.dtype}: class indices must be int64`,
    );
  const c = x.shape[batched ? 1 : 0]!;
  const last = batched && x.ndim > 2 ? movedim(x, 1, -1) : x;
  return {
    rows: reshape(last, [numel(expected), c]),
    classes: reshape(target, [numel(expected)]),
    shape: target.shape,
  };
}

function checkClasses(op: string, classes: Tensor, count: number, ignored: Tensor): void {
  const bad = logicalAnd(logicalNot(ignored), logicalOr(lt(classes, 0), ge(classes, count)));
  if (numel(classes.shape) > 0 && scalarOf(any(bad)) === true) {
    const first = scalarOf(select(maskedSelect(classes, bad), 0, 0));
    throw new IndexError(`${op}: Target ${first} is out of bounds: expected a class from 0 to ${count - 1}`);
  }
}

/**
 * −x at the target class: x [N, C, …] of log-probabilities, target [N, …] of classes.
 *
 * @throws IndexError if a target is no class
 * @see torch.nn.functional.nll_loss
 */
export function nllLoss(x: Tensor, target: Tensor, options: ClassLossOptions = {}): Tensor {
  checkTensor("nllLoss", x);
  checkTensor("nllLoss", target);
  const reduction = reductionOf("nllLoss", options, ["reduction", "weight", "ignoreIndex"]);
  return classLoss("nllLoss", x, target, options, reduction, 0);
}

/**
 * The loss of classification: −ln softmax(x) at the target class.
 *
 * @param x [N, C, …] or [C], scores of any size
 * @param target [N, …] classes (int64), or probabilities of x's own shape
 * @example crossEntropy(net(x), labels)
 * @see torch.nn.functional.cross_entropy
 */
export function crossEntropy(x: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  checkTensor("crossEntropy", x);
  checkTensor("crossEntropy", target);
  const reduction = reductionOf("crossEntropy", options, [
    "reduction",
    "weight",
    "ignoreIndex",
    "labelSmoothing",
  ]);
  const { labelSmoothing = 0 } = options;
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1))
    throw new ArgumentError(
      `crossEntropy: label_smoothing must be between 0.0 and 1.0. Got: ${labelSmoothing}`,
    );
  if (!isFloat(x.dtype)) throw new DTypeError(`crossEntropy: not implemented for ${x.dtype}`);
  const logp = logSoftmax(x, x.ndim > 1 ? 1 : 0);
  if (isFloat(target.dtype)) return probabilityLoss(logp, target, options, reduction, labelSmoothing);
  return classLoss("crossEntropy", logp, target, options, reduction, labelSmoothing);
}

function classLoss(
  op: string,
  logp: Tensor,
  target: Tensor,
  { weight = null, ignoreIndex = -100 }: ClassLossOptions,
  reduction: "mean" | "sum" | "none",
  smoothing: number,
): Tensor {
  const { rows, classes, shape } = rowsOf(op, logp, target);
  const count = rows.shape[1]!;
  if (weight && numel(weight.shape) !== count)
    throw new ShapeError(
      `${op}: weight tensor should be defined either for all ${count} classes or no classes but got ${formatShape(weight.shape)}`,
    );
  const wide = to(classes, "int64");
  const ignored = eq(wide, ignoreIndex);
  checkClasses(op, wide, count, ignored);
  const anyIgnored = numel(shape) > 0 && scalarOf(any(ignored)) === true;
  const safe = anyIgnored ? maskedFill(wide, ignored, 0) : wide;
  const kept = anyIgnored ? to(logicalNot(ignored), rows.dtype) : null;
  const perRow = weight ? indexSelect(weight, 0, safe) : null;
  const factor = perRow && kept ? mul(perRow, kept) : (perRow ?? kept);
  const node = logp.ndim > 2 ? "nll_loss2d" : "nll_loss";
  if (!factor && smoothing === 0) return pickedLoss(node, rows, safe, reduction, shape);
  const picked = neg(reshape(gather(rows, 1, unsqueeze(safe, 1)), [numel(shape)]));
  // 0·∞ must not appear where a target is ignored.
  const clean = anyIgnored ? maskedFill(picked, ignored, 0) : picked;
  const loss = factor ? mul(clean, factor) : clean;
  const weightSum = factor ? sum(factor) : null;
  const average = (x: Tensor) => (weightSum ? div(sum(x), weightSum) : mean(x));
  const finish = (x: Tensor) =>
    reduction === "none" ? reshape(x, shape as number[]) : reduction === "sum" ? sum(x) : average(x);
  if (smoothing === 0) return named(node, finish(loss));
  const spread = neg(sum(weight ? mul(rows, weight) : rows, 1));
  const even = kept ? maskedFill(spread, ignored, 0) : spread;
  return add(mul(finish(loss), 1 - smoothing), mul(finish(even), smoothing / count));
}

/** The plain case as one op: −rows at their classes, reduced. ∂rows = −g at those places. */
function pickedLoss(
  op: string,
  rows: Tensor,
  classes: Tensor,
  reduction: "mean" | "sum" | "none",
  shape: Shape,
): Tensor {
  const picked = neg(reshape(gather(rows.detach(), 1, unsqueeze(classes, 1)), shape as number[]));
  const value = reduceLoss(picked, reduction);
  const [count, size] = [numel(shape), rows.shape];
  return record(value.detach(), {
    op,
    inputs: [rows],
    saved: [classes],
    backward: (g, [classes]) => [
      () => {
        const each =
          reduction === "none"
            ? reshape(g, [count])
            : mul(onesOf(g, [count]), reduction === "mean" ? div(g, count) : g);
        return scatterAdd(zerosOf(g, size), 1, unsqueeze(classes, 1), neg(unsqueeze(each, 1)));
      },
    ],
  });
}

function probabilityLoss(
  logp: Tensor,
  target: Tensor,
  { weight = null }: ClassLossOptions,
  reduction: "mean" | "sum" | "none",
  smoothing: number,
): Tensor {
  if (!sameShape(logp.shape, target.shape))
    throw new ShapeError(
      `crossEntropy: target of probabilities must have the input's shape: ${formatShape(target.shape)} ≠ ${formatShape(logp.shape)}`,
    );
  const d = logp.ndim > 1 ? 1 : 0;
  const count = logp.shape[d]!;
  const t = smoothing > 0 ? add(mul(target, 1 - smoothing), smoothing / count) : target;
  const weighted = weight
    ? mul(
        logp,
        reshape(
          weight,
          logp.shape.map((_, i) => (i === d ? count : 1)),
        ),
      )
    : logp;
  const losses = neg(sum(mul(weighted, t), d));
  if (reduction === "none") return losses;
  return reduction === "sum"
    ? named("neg", sum(losses))
    : named("div", div(sum(losses), Math.max(1, numel(logp.shape) / count)), 1);
}

export interface KlDivOptions {
  /** "batchmean" divides by the batch size, which is the mathematical mean. @defaultValue "mean" */
  reduction?: "mean" | "sum" | "none" | "batchmean";
  /** Whether the target is given as logarithms. @defaultValue false */
  logTarget?: boolean;
}
/** Σ t·(ln t − x), x log-probabilities. @see torch.nn.functional.kl_div */
export function klDiv(x: Tensor, target: Tensor, options: KlDivOptions = {}): Tensor {
  checkTensor("klDiv", x);
  checkOptions("klDiv", options, ["reduction", "logTarget"]);
  const reduction = checkChoice("klDiv", "reduction", options.reduction ?? "mean", [
    "mean",
    "sum",
    "none",
    "batchmean",
  ]);
  const { logTarget = false } = options;
  const loss = logTarget
    ? mul(exp(target), sub(target, x))
    : where(gt(target, 0), mul(target, sub(log(where(gt(target, 0), target, 1)), x)), 0);
  if (reduction === "batchmean") return div(sum(loss), x.shape[0]!);
  return reduction === "none" && !logTarget ? named("sub", loss) : reduceLoss(loss, reduction);
}
