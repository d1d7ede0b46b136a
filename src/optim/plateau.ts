/** A learning rate that falls when progress stops. */
import { checkChoice, checkNumber, checkOptions } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import { item } from "../ops/reading.js";
import { Tensor } from "../tensor/tensor.js";
import type { Optimizer } from "./optimizer.js";
import { Scheduled } from "./scheduler.js";

export interface PlateauOptions {
  /** Whether less or more is better. @defaultValue "min" */
  mode?: "min" | "max";
  /** Factor of the rate. @defaultValue 0.1 */
  factor?: number;
  /** Epochs without progress that are borne. @defaultValue 10 */
  patience?: number;
  /** What counts as progress. @defaultValue 1e-4 */
  threshold?: number;
  /** Whether the threshold is a share of the best or an amount. @defaultValue "rel" */
  thresholdMode?: "rel" | "abs";
  /** Epochs to wait after a reduction. @defaultValue 0 */
  cooldown?: number;
  /** The least rate, of all or of each group. @defaultValue 0 */
  minLr?: number | readonly number[];
  /** Smaller changes are not made. @defaultValue 1e-8 */
  eps?: number;
}
const plateauKeys = ["mode", "factor", "patience", "threshold", "thresholdMode", "cooldown", "minLr", "eps"];

/** Reduces the rate when a measure has stopped improving. @see torch.optim.lr_scheduler.ReduceLROnPlateau */
export class ReduceLROnPlateau extends Scheduled {
  private readonly mode: "min" | "max";
  private readonly factor: number;
  private readonly patience: number;
  private readonly threshold: number;
  private readonly thresholdMode: "rel" | "abs";
  private readonly cooldown: number;
  private readonly minLrs: readonly number[];
  private readonly eps: number;
  private best: number;
  private numBadEpochs = 0;
  private cooldownCounter = 0;
  lastEpoch = 0;

  constructor(optimizer: Optimizer, options: PlateauOptions = {}) {
    super(optimizer);
    checkOptions("ReduceLROnPlateau", options, plateauKeys);
    const { factor = 0.1, patience = 10, threshold = 1e-4, cooldown = 0, minLr = 0, eps = 1e-8 } = options;
    if (!(factor < 1))
      throw new ArgumentError(`ReduceLROnPlateau: Factor should be < 1.0: got ${show(factor)}`);
    const groups = optimizer.paramGroups.length;
    this.minLrs = typeof minLr === "number" ? new Array<number>(groups).fill(minLr) : [...minLr];
    if (this.minLrs.length !== groups)
      throw new ArgumentError(`ReduceLROnPlateau: expected ${groups} min_lrs, got ${this.minLrs.length}`);
    this.mode = checkChoice("ReduceLROnPlateau", "mode", options.mode ?? "min", ["min", "max"]);
    this.thresholdMode = checkChoice("ReduceLROnPlateau", "thresholdMode", options.thresholdMode ?? "rel", [
      "rel",
      "abs",
    ]);
    [this.factor, this.patience, this.threshold, this.cooldown, this.eps] = [
      factor,
      patience,
      threshold,
      cooldown,
      eps,
    ];
    this.best = this.mode === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  }

  private isBetter(measure: number): boolean {
    const { mode, best, threshold } = this;
    const sign = mode === "min" ? -1 : 1;
    const bar = this.thresholdMode === "rel" ? best * (1 + sign * threshold) : best + sign * threshold;
    return mode === "min" ? measure < bar : measure > bar;
  }

  /** Takes note of an epoch's measure, such as the loss on data not trained with. */
  step(measure: number | Tensor): void {
    const value = checkNumber(
      "ReduceLROnPlateau",
      "measure",
      measure instanceof Tensor ? item(measure) : measure,
    );
    this.lastEpoch++;
    if (this.isBetter(value)) [this.best, this.numBadEpochs] = [value, 0];
    else this.numBadEpochs++;
    if (this.cooldownCounter > 0) {
      this.cooldownCounter--;
      this.numBadEpochs = 0;
    }
    if (this.numBadEpochs > this.patience) {
      this.reduce();
      [this.cooldownCounter, this.numBadEpochs] = [this.cooldown, 0];
    }
    this.lastLr = this.rates;
  }

  private reduce(): void {
    this.optimizer.paramGroups.forEach((group, i) => {
      const lower = Math.max(group.lr * this.factor, this.minLrs[i]!);
      if (group.lr - lower > this.eps) group.lr = lower;
    });
  }
}
