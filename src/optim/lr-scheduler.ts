/**
 * @file torch.optim.lr_scheduler: learning rates that change from epoch to epoch.
 *
 * A schedule says for one group what follows after the present rate, so schedules can be chained and rates changed by hand.
 */
import { checkInteger, checkIterable, checkNumber } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import { cos, pow } from "../core/math.js";
import type { Optimizer } from "./optimizer.js";
import { LRScheduler, type SchedulerOptions } from "./scheduler.js";

export { type PlateauOptions, ReduceLROnPlateau } from "./plateau.js";
export { LRScheduler, type SchedulerOptions };

export interface GammaOptions extends SchedulerOptions {
  /** Factor of the rate. @defaultValue 0.1 */
  gamma?: number;
}

/** Multiplies by gamma every `stepSize` epochs. @see torch.optim.lr_scheduler.StepLR */
export class StepLR extends LRScheduler {
  readonly gamma: number;
  constructor(
    optimizer: Optimizer,
    readonly stepSize: number,
    options: GammaOptions = {},
  ) {
    super(optimizer, options, ["gamma"]);
    checkInteger("StepLR", "stepSize", stepSize, 1);
    this.gamma = checkNumber("StepLR", "gamma", options.gamma ?? 0.1);
    this.step();
  }
  protected override next(lr: number): number {
    return this.lastEpoch === 0 || this.lastEpoch % this.stepSize !== 0 ? lr : lr * this.gamma;
  }
}

/** Multiplies by gamma at each of the epochs given. @see torch.optim.lr_scheduler.MultiStepLR */
export class MultiStepLR extends LRScheduler {
  readonly gamma: number;
  constructor(
    optimizer: Optimizer,
    readonly milestones: readonly number[],
    options: GammaOptions = {},
  ) {
    super(optimizer, options, ["gamma"]);
    if (!Array.isArray(milestones))
      throw new ArgumentError(`MultiStepLR: milestones must be a list: got ${show(milestones)}`);
    for (const epoch of milestones) checkInteger("MultiStepLR", "milestones", epoch);
    this.gamma = checkNumber("MultiStepLR", "gamma", options.gamma ?? 0.1);
    this.step();
  }
  protected override next(lr: number): number {
    const times = this.milestones.filter((epoch) => epoch === this.lastEpoch).length;
    return times === 0 ? lr : lr * pow(this.gamma, times);
  }
}

/** Multiplies by gamma every epoch. @see torch.optim.lr_scheduler.ExponentialLR */
export class ExponentialLR extends LRScheduler {
  constructor(
    optimizer: Optimizer,
    readonly gamma: number,
    options: SchedulerOptions = {},
  ) {
    super(optimizer, options);
    checkNumber("ExponentialLR", "gamma", gamma);
    this.step();
  }
  protected override next(lr: number): number {
    return this.lastEpoch === 0 ? lr : lr * this.gamma;
  }
}

export interface CosineOptions extends SchedulerOptions {
  /** The least rate. @defaultValue 0 */
  etaMin?: number;
}

/** Down to `etaMin` and up again along a cosine with half a period of `tMax` epochs. @see torch.optim.lr_scheduler.CosineAnnealingLR */
export class CosineAnnealingLR extends LRScheduler {
  readonly etaMin: number;
  constructor(
    optimizer: Optimizer,
    readonly tMax: number,
    options: CosineOptions = {},
  ) {
    super(optimizer, options, ["etaMin"]);
    checkInteger("CosineAnnealingLR", "tMax", tMax, 1);
    this.etaMin = checkNumber("CosineAnnealingLR", "etaMin", options.etaMin ?? 0);
    this.step();
  }
  protected override next(lr: number, base: number): number {
    const { lastEpoch: t, tMax, etaMin } = this;
    if (t === 0) return lr;
    const height = (epoch: number) => 1 + cos((Math.PI * epoch) / tMax);
    // From the lowest point, where the ratio below would divide by 0.
    if ((t - 1 - tMax) % (2 * tMax) === 0) return lr + ((base - etaMin) * (1 - cos(Math.PI / tMax))) / 2;
    return (height(t) / height(t - 1)) * (lr - etaMin) + etaMin;
  }
}

/** A factor for an epoch. */
export type Lambda = (epoch: number) => number;

/** Functions for all groups: one for each, or one for all. */
function lambdasFor(name: string, optimizer: Optimizer, lambda: Lambda | readonly Lambda[]): Lambda[] {
  const { length } = optimizer.paramGroups;
  if (typeof lambda !== "function") checkIterable(name, "lambda", lambda);
  const lambdas = typeof lambda === "function" ? new Array<Lambda>(length).fill(lambda) : [...lambda];
  if (lambdas.length !== length)
    throw new ArgumentError(`${name}: Expected ${length} lr_lambdas, but got ${lambdas.length}`);
  const stranger = lambdas.find((f) => typeof f !== "function");
  if (stranger !== undefined) throw new ArgumentError(`${name}: expected functions: got ${show(stranger)}`);
  return lambdas;
}

/** The starting rate times a function of the epoch. @see torch.optim.lr_scheduler.LambdaLR */
export class LambdaLR extends LRScheduler {
  readonly #lambdas: readonly Lambda[];
  constructor(optimizer: Optimizer, lambda: Lambda | readonly Lambda[], options: SchedulerOptions = {}) {
    super(optimizer, options);
    this.#lambdas = lambdasFor("LambdaLR", optimizer, lambda);
    this.step();
  }
  protected override next(_: number, base: number, i: number): number {
    return base * this.#lambdas[i]!(this.lastEpoch);
  }
}

/** The rate before times a function of the epoch. @see torch.optim.lr_scheduler.MultiplicativeLR */
export class MultiplicativeLR extends LRScheduler {
  readonly #lambdas: readonly Lambda[];
  constructor(optimizer: Optimizer, lambda: Lambda | readonly Lambda[], options: SchedulerOptions = {}) {
    super(optimizer, options);
    this.#lambdas = lambdasFor("MultiplicativeLR", optimizer, lambda);
    this.step();
  }
  protected override next(lr: number, _: number, i: number): number {
    return this.lastEpoch === 0 ? lr : lr * this.#lambdas[i]!(this.lastEpoch);
  }
}

function checkFactor(op: string, which: string, factor: number): number {
  if (!(factor >= 0 && factor <= 1))
    throw new ArgumentError(
      `${op}: ${which} multiplicative factor expected to be between 0 and 1: got ${show(factor)}`,
    );
  return factor;
}

export interface LinearOptions extends SchedulerOptions {
  /** Factor in the first epoch. @defaultValue 1/3 */
  startFactor?: number;
  /** Factor at the end. @defaultValue 1 */
  endFactor?: number;
  /** Epochs until the end. @defaultValue 5 */
  totalIters?: number;
}

/** From one factor of the rate to another in equal steps. @see torch.optim.lr_scheduler.LinearLR */
export class LinearLR extends LRScheduler {
  readonly startFactor: number;
  readonly endFactor: number;
  readonly totalIters: number;
  constructor(optimizer: Optimizer, options: LinearOptions = {}) {
    super(optimizer, options, ["startFactor", "endFactor", "totalIters"]);
    const { startFactor = 1 / 3, endFactor = 1, totalIters = 5 } = options;
    this.startFactor = checkFactor("LinearLR", "Starting", startFactor);
    this.endFactor = checkFactor("LinearLR", "Ending", endFactor);
    this.totalIters = checkInteger("LinearLR", "totalIters", totalIters, 1);
    this.step();
  }
  protected override next(lr: number): number {
    const { lastEpoch: t, startFactor, endFactor, totalIters } = this;
    if (t === 0) return lr * startFactor;
    if (t > totalIters) return lr;
    const rise = endFactor - startFactor;
    return lr * (1 + rise / (totalIters * startFactor + (t - 1) * rise));
  }
}

export interface ConstantOptions extends SchedulerOptions {
  /** Factor at the start. @defaultValue 1/3 */
  factor?: number;
  /** Epochs with the factor. @defaultValue 5 */
  totalIters?: number;
}

/** A factor of the rate for the first epochs. @see torch.optim.lr_scheduler.ConstantLR */
export class ConstantLR extends LRScheduler {
  readonly factor: number;
  readonly totalIters: number;
  constructor(optimizer: Optimizer, options: ConstantOptions = {}) {
    super(optimizer, options, ["factor", "totalIters"]);
    this.factor = checkFactor("ConstantLR", "Constant", options.factor ?? 1 / 3);
    this.totalIters = checkInteger("ConstantLR", "totalIters", options.totalIters ?? 5, 0);
    this.step();
  }
  protected override next(lr: number): number {
    if (this.lastEpoch === 0) return lr * this.factor;
    return this.lastEpoch === this.totalIters ? lr * (1 / this.factor) : lr;
  }
}

export interface PolynomialOptions extends SchedulerOptions {
  /** Epochs until the rate is 0. @defaultValue 5 */
  totalIters?: number;
  /** The power of what is left of the epochs. @defaultValue 1 */
  power?: number;
}

/** Down to 0 along a power of the epochs that are left. @see torch.optim.lr_scheduler.PolynomialLR */
export class PolynomialLR extends LRScheduler {
  readonly totalIters: number;
  readonly power: number;
  constructor(optimizer: Optimizer, options: PolynomialOptions = {}) {
    super(optimizer, options, ["totalIters", "power"]);
    this.totalIters = checkInteger("PolynomialLR", "totalIters", options.totalIters ?? 5, 1);
    this.power = checkNumber("PolynomialLR", "power", options.power ?? 1);
    this.step();
  }
  protected override next(lr: number): number {
    const { lastEpoch: t, totalIters, power } = this;
    if (t === 0 || t > totalIters) return lr;
    return lr * pow((1 - t / totalIters) / (1 - (t - 1) / totalIters), power);
  }
}
