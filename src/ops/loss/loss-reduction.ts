/** What becomes of the single losses: their mean, their sum, or themselves. */
import { checkChoice, checkOptions } from "../../core/arguments.js";
import type { Tensor } from "../../tensor/tensor.js";
import { mean, sum } from "../reduction/reduction.js";

export interface LossOptions {
  /** "mean" over all elements, "sum", or "none": one loss an element. @defaultValue "mean" */
  reduction?: "mean" | "sum" | "none";
}
export type Reduction = "mean" | "sum" | "none";

/** @throws ArgumentError for options other than `keys` */
export function reductionOf(
  op: string,
  options: LossOptions,
  keys: readonly string[] = ["reduction"],
): Reduction {
  checkOptions(op, options, keys);
  return checkChoice(op, "reduction", options.reduction ?? "mean", ["mean", "sum", "none"]);
}

/** A loss of each element as `reduction` says: joined into one number, or left as it is. */
export function reduceLoss(loss: Tensor, reduction: Reduction): Tensor {
  return reduction === "mean" ? mean(loss) : reduction === "sum" ? sum(loss) : loss;
}
