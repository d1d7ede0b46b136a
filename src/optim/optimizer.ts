/**
 * @file What all optimizers share: groups of parameters with options of their own, state, and the walk over them.
 *
 * An optimizer adds its options, the slots of its state, and the rule that updates one parameter.
 */
import { enableGrad, noGrad } from "../autograd/grad-mode.js";
import { checkFunction, checkOptions } from "../core/arguments.js";
import { ArgumentError, GradError, ShapeError, show } from "../core/errors.js";
import { formatShape, sameShape } from "../core/shape.js";
import { pyBool, pyFloat, pyTuple } from "../nn/describe.js";
import { clearGrad } from "../nn/module.js";
import { framed, reveal, unframed } from "../tensor/frames.js";
import { Tensor } from "../tensor/tensor.js";
import { checkGroup, checkRate } from "./options.js";
import { begin, camel, forget, pack, type Slots, type StateValue, snake, unpack } from "./state.js";

/** Options that every optimizer has. */
export interface OptimizerOptions {
  /** The learning rate. */
  lr?: number;
  /** Accepted for PyTorch's sake: parameters are always stepped one after another. @defaultValue null */
  foreach?: boolean | null;
}

/** Parameters that share options; all of it may be written to between steps. */
export type ParamGroup<O extends object> = Required<O> & {
  params: Tensor[];
  /** The learning rate that a scheduler started from. */
  initialLr?: number;
};

/** What an optimizer is made for: parameters, or groups of them with options that differ from the others'. */
export type Params<O extends object> = Iterable<Tensor> | Iterable<{ params: Tensor | Iterable<Tensor> } & O>;

/** What an optimizer passes on for options that are not given; a missing learning rate has to be. */
export type Defaults<O extends object> = Required<Omit<O, "lr">> & { lr: number | undefined };

/** The state of an optimizer as PyTorch structures it: parameters appear as numbers, counted through the groups. */
export interface OptimizerStateDict {
  state: Record<number, Record<string, StateValue>>;
  param_groups: ({ params: number[] } & Record<string, unknown>)[];
}

const isIterable = (value: unknown): value is Iterable<unknown> =>
  typeof value === "object" && value !== null && Symbol.iterator in value && !(value instanceof Tensor);

/**
 * The base of optimizers. A subclass passes defaults for every option and says how one parameter is updated.
 *
 * @see torch.optim.Optimizer
 */
export abstract class Optimizer<O extends OptimizerOptions = OptimizerOptions, S extends object = object> {
  /** The groups, writable: `optimizer.paramGroups[0].lr = 0.01`. */
  readonly paramGroups: ParamGroup<O>[] = [];
  /** What is remembered of each parameter that has been stepped. */
  readonly state = new Map<Tensor, S>();
  /** The options of groups that do not say otherwise. */
  readonly defaults: Readonly<Required<O>>;

  constructor(params: Params<O>, options: O, defaults: Defaults<O>) {
    const name = this.constructor.name;
    if (new.target === Optimizer)
      throw new ArgumentError(
        "Optimizer: is the base of optimizers, not one itself: use SGD, Adam, … or a class of yours",
      );
    checkOptions(name, options, Object.keys(defaults));
    this.defaults = { ...defaults, ...given(options) } as Required<O>;
    this.checkGroup(name, this.defaults, defaults);
    if (!isIterable(params))
      throw new ArgumentError(
        `${name}: params argument given to the optimizer should be an iterable of Tensors or groups: got ${show(params)}`,
      );
    const all = [...params];
    if (all.length === 0) throw new ArgumentError(`${name}: optimizer got an empty parameter list`);
    const grouped = all[0] instanceof Tensor || !isGroup(all[0]) ? [{ params: all }] : all;
    for (const group of grouped) this.addParamGroup(group as { params: Tensor[] } & O);
  }

  /** @throws ArgumentError if a value is out of its range */
  protected abstract checkOptions(options: Readonly<Required<O>>): void;
  /** What the state of a parameter is made of. */
  protected abstract slots(group: ParamGroup<O>): Slots<S>;
  /** Takes one step with one parameter; runs without recording. */
  protected abstract update(param: Tensor, grad: Tensor, group: ParamGroup<O>): void;

  private checkGroup(name: string, group: Readonly<Required<O>>, defaults: object = this.defaults): void {
    checkGroup(name, group, defaults);
    checkRate(name, group.lr);
    this.checkOptions(group);
  }

  /** The state of a parameter, begun if there is none. */
  protected stateOf(param: Tensor, group: ParamGroup<O>): S {
    let state = this.state.get(param);
    if (state === undefined) {
      state = begin(this.slots(group), param);
      this.state.set(param, state);
    }
    return state;
  }

  /**
   * Adds parameters, with options of their own.
   *
   * @throws ArgumentError, GradError if a parameter is no leaf or is in another group, or an option is wrong
   * @see torch.optim.Optimizer.add_param_group
   */
  addParamGroup(options: { params: Tensor | Iterable<Tensor> } & O): void {
    const name = this.constructor.name;
    if (!isGroup(options))
      throw new ArgumentError(`${name}: param group must be an object with params: got ${show(options)}`);
    checkOptions(name, options, [...Object.keys(this.defaults), "params", "initialLr"]);
    const params: readonly unknown[] = isIterable(options.params) ? [...options.params] : [options.params];
    for (const param of params) {
      if (!(param instanceof Tensor))
        throw new ArgumentError(
          `${name}: optimizer can only optimize Tensors, but one of the params is ${show(param)}`,
        );
      if (!param.isLeaf && !param.gradFn?.retained?.includes(param))
        throw new GradError(`${name}: can't optimize a non-leaf Tensor: ${show(param)}`);
    }
    const group = { ...given(options), params } as ParamGroup<O>;
    for (const [key, value] of Object.entries(this.defaults))
      if (!(key in group)) Object.assign(group, { [key]: value });
    if (group.lr === undefined)
      throw new ArgumentError(
        `${name}: parameter group didn't specify a value of required optimization parameter lr`,
      );
    this.checkGroup(name, group);
    const known = new Set(this.paramGroups.flatMap((other) => other.params));
    if (group.params.some((param) => known.has(param)))
      throw new ArgumentError(`${name}: some parameters appear in more than one parameter group`);
    if (new Set(group.params).size !== group.params.length)
      console.warn(
        `${name}: optimizer contains a parameter group with duplicate parameters: each is stepped as often`,
      );
    this.paramGroups.push(group);
  }

  /**
   * Forgets the gradients of all parameters, or sets them to zero.
   *
   * @param options.setToNone default true
   * @see torch.optim.Optimizer.zero_grad
   */
  zeroGrad(options: { setToNone?: boolean } = {}): void {
    checkOptions("zeroGrad", options, ["setToNone"]);
    for (const { params } of this.paramGroups)
      for (const param of params) clearGrad(param, options.setToNone ?? true);
  }

  /**
   * Updates every parameter that has a gradient.
   *
   * @param closure computes the loss anew, with gradients, and returns it
   * @returns what the closure returns, null without one
   * @see torch.optim.Optimizer.step
   */
  step(): null;
  step<R>(closure: () => R): R;
  step<R>(closure?: () => R): R | null {
    if (closure !== undefined) checkFunction(`${this.constructor.name}.step`, "the closure", closure);
    const loss = closure ? enableGrad(() => unframed(closure)) : null;
    noGrad(() => {
      for (const group of this.paramGroups)
        for (const param of group.params) {
          const grad = param.peekGrad();
          if (grad) framed(() => this.update(param, this.checkGrad(param, grad), group));
        }
    });
    return loss;
  }

  private checkGrad(param: Tensor, grad: Tensor): Tensor {
    if (!sameShape(grad.shape, param.shape) || grad.device !== param.device)
      throw new ShapeError(
        `${this.constructor.name}: a gradient of shape ${formatShape(grad.shape)} on ${grad.device} ` +
          `for a parameter of shape ${formatShape(param.shape)} on ${param.device}`,
      );
    return grad;
  }

  // ── state dicts ────────────────────────────────────────────────────────────────────────────────

  /** The state as PyTorch structures it; tensors are shared with the optimizer. @see torch.optim.Optimizer.state_dict */
  stateDict(): OptimizerStateDict {
    const numbers = new Map<Tensor, number>();
    const dict: OptimizerStateDict = { state: {}, param_groups: [] };
    let start = 0;
    for (const group of this.paramGroups) {
      const { params, ...options } = group;
      params.forEach((param, i) => {
        if (!numbers.has(param)) numbers.set(param, start + i);
        const state = this.state.get(param);
        if (state) dict.state[numbers.get(param)!] = pack(this.slots(group), state);
      });
      start += params.length;
      const named = Object.entries(options).map(([key, value]) => [
        snake(key),
        Array.isArray(value) ? [...value] : value,
      ]);
      dict.param_groups.push({
        ...Object.fromEntries(named),
        params: params.map((param) => numbers.get(param)!),
      });
    }
    reveal(dict);
    return dict;
  }

  /**
   * Takes over a copy of a state; nothing is changed if anything does not fit.
   *
   * @throws ArgumentError, ShapeError that say what does not fit
   * @see torch.optim.Optimizer.load_state_dict
   */
  loadStateDict(dict: OptimizerStateDict): void {
    const name = `${this.constructor.name}.loadStateDict`;
    const saved = dict?.param_groups;
    if (typeof dict?.state !== "object" || dict.state === null || !Array.isArray(saved))
      throw new ArgumentError(`${name}: expected an object with state and param_groups: got ${show(dict)}`);
    if (saved.length !== this.paramGroups.length)
      throw new ArgumentError(
        `${name}: loaded state dict has a different number of parameter groups: ${saved.length} ≠ ${this.paramGroups.length}`,
      );
    const groups = this.paramGroups.map((group, i) => this.loadGroup(name, i, group, saved[i]!));
    const owners = new Map(
      groups.flatMap((group, i) =>
        group.params.map((param, j) => [String(saved[i]!.params[j]), { param, group }]),
      ),
    );
    const stray = Object.keys(dict.state).find((key) => !owners.has(key));
    if (stray !== undefined)
      throw new ArgumentError(
        `${name}: state of a parameter ${stray} that is in no group (${owners.size} parameters)`,
      );
    const states = Object.entries(dict.state).map(([key, packed]): [Tensor, S] => {
      const { param, group } = owners.get(key)!;
      return [param, unpack(`${name}: parameter ${key}`, this.slots(group), param, packed)];
    });
    for (const state of this.state.values()) forget(state);
    this.state.clear();
    for (const [param, state] of states) this.state.set(param, state);
    this.paramGroups.splice(0, groups.length, ...groups);
  }

  /** A group with the options of a state dict; what older dicts do not have keeps its value. */
  private loadGroup(
    name: string,
    i: number,
    group: ParamGroup<O>,
    saved: { params?: unknown },
  ): ParamGroup<O> {
    const { params, ...options } = saved ?? {};
    if (!Array.isArray(params) || params.length !== group.params.length)
      throw new ArgumentError(
        `${name}: loaded state dict contains a parameter group that doesn't match the size of optimizer's group: ` +
          `group ${i} has ${Array.isArray(params) ? params.length : show(params)} ≠ ${group.params.length}`,
      );
    const named = Object.entries(options).map(([key, value]) => [
      camel(key),
      Array.isArray(value) ? [...value] : value,
    ]);
    const loaded = { ...group, ...Object.fromEntries(named) };
    this.checkGroup(name, loaded);
    return loaded;
  }

  toString(): string {
    const groups = this.paramGroups.map(({ params: _, ...options }, i) => {
      const lines = Object.entries(options).map(([key, value]) => `    ${snake(key)}: ${python(value)}\n`);
      return `\nParameter Group ${i}\n${lines.sort().join("")}`;
    });
    return `${this.constructor.name} (${groups.join("")})`;
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
  [Symbol.for("Deno.customInspect")](): string {
    return this.toString();
  }
}

/** The options that were given; undefined counts as not. */
const given = (options: object): object =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));

const isGroup = (value: unknown): value is { params: unknown } =>
  typeof value === "object" && value !== null && "params" in value;

/** A value as Python prints it. */
function python(value: unknown): string {
  if (typeof value === "boolean") return pyBool(value);
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : pyFloat(value);
  return Array.isArray(value) ? pyTuple(value.map(python)) : "None";
}
