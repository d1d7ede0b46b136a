/** An anchor must be nearer to what is alike than to what is not. */
import { checkOptions } from "../../core/arguments.js";
import { ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, sub } from "../elementwise/arithmetic.js";
import { clamp, clampMin } from "../elementwise/limits.js";
import { minimum } from "../elementwise/selection.js";
import { checkTensor } from "../kernel.js";
import { pairwiseDistance } from "../linear/distance.js";
import { type LossOptions, reduceLoss, reductionOf } from "./loss-reduction.js";

interface TripletBase extends LossOptions {
  /** @defaultValue 1 */
  margin?: number;
  /** Take the negative's distance from the positive where that is smaller. @defaultValue false */
  swap?: boolean;
}
export interface TripletOptions extends TripletBase {
  /** Which norm. @defaultValue 2 */
  p?: number;
  /** Added to every difference. @defaultValue 1e-6 */
  eps?: number;
}
export interface TripletDistanceOptions extends TripletBase {
  /** @defaultValue pairwiseDistance */
  distanceFunction?: ((x: Tensor, y: Tensor) => Tensor) | null;
}

/** margin + d(anchor, positive) − d(anchor, negative). */
function gap(
  op: string,
  [anchor, positive, negative]: readonly [Tensor, Tensor, Tensor],
  distance: (x: Tensor, y: Tensor) => Tensor,
  { margin = 1, swap = false }: TripletBase,
): Tensor {
  for (const x of [anchor, positive, negative]) checkTensor(op, x);
  if (anchor.ndim !== positive.ndim || anchor.ndim !== negative.ndim)
    throw new ShapeError(
      `${op}: The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: ${[anchor, positive, negative].map((x) => formatShape(x.shape)).join(", ")}`,
    );
  const near = distance(anchor, positive);
  const far = distance(anchor, negative);
  return sub(add(near, margin), swap ? minimum(far, distance(positive, negative)) : far);
}

/**
 * max(0, margin + ‖a − p‖ − ‖a − n‖): all [N, D] or [D].
 *
 * @see torch.nn.functional.triplet_margin_loss
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletOptions = {},
): Tensor {
  const reduction = reductionOf("tripletMarginLoss", options, ["margin", "p", "eps", "swap", "reduction"]);
  const { p, eps } = options;
  const distance = (x: Tensor, y: Tensor) => pairwiseDistance(x, y, { p, eps });
  const loss = gap("tripletMarginLoss", [anchor, positive, negative], distance, options);
  return reduceLoss(clampMin(loss, 0), reduction);
}

/**
 * tripletMarginLoss with a distance of one's own.
 *
 * @example tripletMarginWithDistanceLoss(a, p, n, { distanceFunction: (x, y) => x.sub(y).abs().sum(1) })
 * @see torch.nn.functional.triplet_margin_with_distance_loss
 */
export function tripletMarginWithDistanceLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletDistanceOptions = {},
): Tensor {
  const op = "tripletMarginWithDistanceLoss";
  checkOptions(op, options, ["distanceFunction", "margin", "swap", "reduction"]);
  const reduction = reductionOf(op, options, ["distanceFunction", "margin", "swap", "reduction"]);
  const loss = gap(op, [anchor, positive, negative], options.distanceFunction ?? pairwiseDistance, options);
  return reduceLoss(clamp(loss, 0), reduction);
}
