/** What schedulers of learning rates share: the optimizer, the rates last set, and their state. */
import { checkInteger, checkOptions } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import { Optimizer } from "./optimizer.js";
import { camel, snake } from "./state.js";

/** A scheduler of any kind. */
export abstract class Scheduled {
  protected lastLr: number[] = [];

  constructor(protected readonly optimizer: Optimizer) {
    if (!(optimizer instanceof Optimizer))
      throw new ArgumentError(`${this.constructor.name}: ${show(optimizer)} is not an Optimizer`);
  }

  protected get rates(): number[] {
    return this.optimizer.paramGroups.map(({ lr }) => lr);
  }

  /** The rates of the groups as last set. @see torch.optim.lr_scheduler.StepLR.get_last_lr */
  getLastLr(): number[] {
    return [...this.lastLr];
  }

  /** Numbers and settings by PyTorch's names, without optimizer and functions. */
  stateDict(): Record<string, unknown> {
    const { optimizer: _, lastLr, ...own } = this;
    const plain = Object.entries(own).filter(([, value]) => typeof value !== "function");
    return {
      ...Object.fromEntries(plain.map(([key, value]) => [snake(key), value])),
      verbose: false,
      _last_lr: [...lastLr],
    };
  }

  loadStateDict(state: Readonly<Record<string, unknown>>): void {
    if (typeof state !== "object" || state === null)
      throw new ArgumentError(`${this.constructor.name}: expected a state dict: got ${show(state)}`);
    for (const [key, value] of Object.entries(state)) {
      const name = key === "_last_lr" ? "lastLr" : camel(key);
      if (Object.hasOwn(this, name) && name !== "optimizer") Object.assign(this, { [name]: value });
    }
  }
}

export interface SchedulerOptions {
  /** The epoch to go on from; −1: the beginning. @defaultValue -1 */
  lastEpoch?: number;
}

/**
 * The base of schedules: after each `optimizer.step()` of an epoch, `step()` sets the rates of the next.
 *
 * @see torch.optim.lr_scheduler._LRScheduler
 */
export abstract class LRScheduler extends Scheduled {
  /** The rates from which the schedule starts. */
  readonly baseLrs: number[];
  lastEpoch: number;

  constructor(optimizer: Optimizer, options: SchedulerOptions, known: readonly string[] = []) {
    super(optimizer);
    const name = this.constructor.name;
    if (new.target === LRScheduler)
      throw new ArgumentError(
        "LRScheduler: is the base of schedules, not one itself: use StepLR, … or a class of yours",
      );
    checkOptions(name, options, [...known, "lastEpoch"]);
    this.lastEpoch = checkInteger(name, "lastEpoch", options.lastEpoch ?? -1, -1);
    this.baseLrs = optimizer.paramGroups.map((group, i) => {
      if (this.lastEpoch === -1) group.initialLr ??= group.lr;
      else if (group.initialLr === undefined)
        throw new ArgumentError(
          `${name}: param 'initialLr' is not specified in paramGroups[${i}] when resuming an optimizer at epoch ${this.lastEpoch}`,
        );
      return group.initialLr;
    });
  }

  /** The rate that follows on `lr` in group i, whose schedule started from `base`. */
  protected abstract next(lr: number, base: number, i: number): number;

  /** Sets the rates of the next epoch. A constructor ends with it. */
  step(): void {
    this.lastEpoch++;
    this.optimizer.paramGroups.forEach((group, i) => {
      group.lr = this.next(group.lr, this.baseLrs[i]!, i);
    });
    this.lastLr = this.rates;
  }

  override stateDict(): Record<string, unknown> {
    const count = { _step_count: this.lastEpoch + 1, _get_lr_called_within_step: false };
    return { ...super.stateDict(), base_lrs: [...this.baseLrs], ...count };
  }
}
