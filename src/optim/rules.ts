/** Steps that several update rules have in common. */
import type { Tensor } from "../tensor/tensor.js";

/** Where to go down from: the gradient, turned round when maximizing, with decay added. */
export function direction(
  param: Tensor,
  grad: Tensor,
  { weightDecay, maximize = false }: { weightDecay: number; maximize?: boolean },
): Tensor {
  const g = maximize ? grad.neg() : grad;
  return weightDecay === 0 ? g : g.add(param, { alpha: weightDecay });
}

/** mean ← beta·mean + (1 − beta)·x, in place. */
export function average(mean: Tensor, x: Tensor, beta: number): Tensor {
  return mean.mul_(beta).add_(x, { alpha: 1 - beta });
}
