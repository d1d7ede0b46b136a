/** What the optimizer kernels take beside arrays, made from the coefficients people give; the same on every device. */
import { pow } from "../core/math.js";
import type { AdamStep } from "./backend.js";

/** Coefficients of one Adam step: m += c₁·(g − m) and so on, with the bias corrections folded in. */
export interface AdamCoefficients {
  /** 1 − β₁ and 1 − β₂. */
  readonly fresh1: number;
  readonly fresh2: number;
  /** √(1 − β₂ᵗ). */
  readonly root: number;
  /** lr / (1 − β₁ᵗ). */
  readonly size: number;
  /** 1 − lr·weightDecay. */
  readonly shrink: number;
}

export function adamCoefficients({ lr, beta1, beta2, weightDecay, step }: AdamStep): AdamCoefficients {
  return {
    fresh1: 1 - beta1,
    fresh2: 1 - beta2,
    root: Math.sqrt(1 - pow(beta2, step)),
    size: lr / (1 - pow(beta1, step)),
    shrink: 1 - lr * weightDecay,
  };
}
