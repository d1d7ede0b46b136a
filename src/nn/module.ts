/**
 * @file Module: the base of every layer and network.
 *
 * A module's fields are its registry: parameters, buffers and other modules assigned to fields are found there, in order.
 * A plain array of them is not looked into, as in PyTorch; use ModuleList or ParameterList.
 */

import { noGrad } from "../autograd/grad-mode.js";
import type { DeviceName } from "../backend/backend.js";
import { checkFunction, checkOptions } from "../core/arguments.js";
import { type DType, isFloat } from "../core/dtype.js";
import { ArgumentError, isForeign, show } from "../core/errors.js";
import { type ToOptions, to } from "../ops/copying.js";
import { fill_ } from "../ops/inplace.js";
import { zerosLike } from "../tensor/create.js";
import { framed, reveal, unframed } from "../tensor/frames.js";
import { Parameter } from "../tensor/parameter.js";
import { Tensor } from "../tensor/tensor.js";
import { isBuiltIn } from "./builtin.js";
import { Callable } from "./callable.js";
import { describe } from "./describe.js";
import { type ForwardHook, type ForwardPreHook, type HookHandle, Registry } from "./registry.js";
import { type LoadReport, loadStateDict, type StateDict } from "./state-dict.js";

const registries = new WeakMap<Module, Registry>();

export interface Module {
  (...args: Parameters<this["forward"]>): ReturnType<this["forward"]>;
}

/**
 * The base class of networks: fields hold layers and parameters, `forward` says what to compute, calling runs it.
 *
 * @example
 * class Net extends nn.Module {
 *   hidden = new nn.Linear(784, 256);
 *   output = new nn.Linear(256, 10);
 *   override forward(x: Tensor) { return this.output(this.hidden(x).relu()); }
 * }
 * const net = new Net(); net(x);
 * @see torch.nn.Module
 */
export class Module extends Callable {
  /** Whether layers such as dropout behave as in training. */
  training = true;

  constructor() {
    super();
    registries.set(this, new Registry());
  }

  /** What the module computes. Subclasses say it; callers call the module itself, so that hooks run. */
  // biome-ignore lint/suspicious/noExplicitAny: each module has a forward of its own
  forward(..._args: any[]): any {
    throw new ArgumentError(`${this.constructor.name}: Module is missing the required "forward" function`);
  }

  /** What `print` shows in the parentheses. */
  extraRepr(): string {
    return "";
  }

  protected override called(args: readonly unknown[]): unknown {
    const { preHooks, hooks } = registries.get(this)!;
    const run = isBuiltIn(this.forward) ? framed : unframed;
    if (preHooks.size === 0 && hooks.size === 0) {
      if (run === unframed) reveal(args);
      return run(() => this.forward(...args));
    }
    return unframed(() => {
      let given = args;
      for (const hook of preHooks) {
        const changed = hook(this, given);
        if (changed !== undefined) given = Array.isArray(changed) ? changed : [changed];
      }
      let output = run(() => this.forward(...given));
      for (const hook of hooks) output = hook(this, given, output) ?? output;
      return output;
    }, args);
  }

  /** Calls `hook` before each forward. @see torch.nn.Module.register_forward_pre_hook */
  registerForwardPreHook(hook: ForwardPreHook): HookHandle {
    const { preHooks } = registries.get(this)!;
    preHooks.add(hook);
    return { remove: () => void preHooks.delete(hook) };
  }

  /** Calls `hook` after each forward. @see torch.nn.Module.register_forward_hook */
  registerForwardHook(hook: ForwardHook): HookHandle {
    const { hooks } = registries.get(this)!;
    hooks.add(hook);
    return { remove: () => void hooks.delete(hook) };
  }

  // ── registering ────────────────────────────────────────────────────────────────────────────────

  private register(kind: string, name: string, value: unknown): void {
    if (typeof name !== "string" || name === "" || name.includes("."))
      throw new ArgumentError(`${kind}: a name can't be empty or contain ".": got ${show(name)}`);
    registries.get(this)!.set(this, name, value);
  }

  /** Adds a child under a name. @see torch.nn.Module.add_module */
  addModule(name: string, module: Module | null): void {
    if (module !== null && !(module instanceof Module))
      throw new ArgumentError(`addModule: ${show(module)} is not a Module subclass`);
    this.register("addModule", name, module);
  }

  /** Adds a parameter under a name. @see torch.nn.Module.register_parameter */
  registerParameter(name: string, parameter: Parameter | null): void {
    if (parameter !== null && !(parameter instanceof Parameter))
      throw new ArgumentError(
        `registerParameter: cannot assign ${show(parameter)} as parameter ${show(name)}`,
      );
    this.register("registerParameter", name, parameter);
  }

  /**
   * Makes a tensor part of the module's state that is not trained, such as running statistics.
   *
   * @param options.persistent whether it goes into the state dict; default true
   * @see torch.nn.Module.register_buffer
   */
  registerBuffer(name: string, tensor: Tensor | null, options: { persistent?: boolean } = {}): void {
    checkOptions("registerBuffer", options, ["persistent"]);
    if (tensor !== null && !(tensor instanceof Tensor))
      throw new ArgumentError(`registerBuffer: cannot assign ${show(tensor)} as buffer ${show(name)}`);
    tensor?.storage.hold();
    registries.get(this)!.buffers.set(name, options.persistent ?? true);
    Object.assign(this, { [name]: tensor });
  }

  /** Forgets a registered name. */
  protected unregister(name: string): void {
    registries.get(this)!.delete(this, name);
  }

  // ── looking in ─────────────────────────────────────────────────────────────────────────────────

  private pick<T>(wanted: (value: unknown, field: string) => value is T & {}): Map<string, T> {
    const found = new Map<string, T>();
    for (const [key, value, field] of registries.get(this)!.fields(this)) {
      if (isForeign(value))
        throw new ArgumentError(`${this.constructor.name}: field ${field} is ${show(value)}`);
      if (wanted(value, field)) found.set(key, value);
    }
    return found;
  }

  /** Direct children by name, in order. */
  get _modules(): Map<string, Module> {
    return this.pick((value): value is Module => value instanceof Module);
  }

  /** Own parameters by name, in order. */
  get _parameters(): Map<string, Parameter> {
    return this.pick((value): value is Parameter => value instanceof Parameter);
  }

  /** Own buffers by name, in order. */
  get _buffers(): Map<string, Tensor> {
    const { buffers } = registries.get(this)!;
    return this.pick((value, field): value is Tensor => buffers.has(field) && value instanceof Tensor);
  }

  /** Own buffers that go into the state dict. */
  get persistentBuffers(): Map<string, Tensor> {
    const { buffers } = registries.get(this)!;
    return this.pick(
      (value, field): value is Tensor => buffers.get(field) === true && value instanceof Tensor,
    );
  }

  /** This module and all below it, each once, with dotted names. @see torch.nn.Module.named_modules */
  namedModules(prefix = "", seen: Set<Module> = new Set()): [string, Module][] {
    if (seen.has(this)) return [];
    seen.add(this);
    const below = [...this._modules].flatMap(([name, child]) =>
      child.namedModules(prefix ? `${prefix}.${name}` : name, seen),
    );
    return [[prefix, this], ...below];
  }
  modules(): Module[] {
    return this.namedModules().map(([, module]) => module);
  }
  /** Direct children, each once. @see torch.nn.Module.named_children */
  namedChildren(): [string, Module][] {
    const seen = new Set<Module>();
    return [...this._modules].filter(([, child]) => !seen.has(child) && seen.add(child));
  }
  children(): Module[] {
    return this.namedChildren().map(([, child]) => child);
  }

  private collect<T extends Tensor>(of: (module: Module) => Map<string, T>): [string, T][] {
    const seen = new Set<T>();
    return this.namedModules().flatMap(([prefix, module]) =>
      [...of(module)]
        .filter(([, tensor]) => !seen.has(tensor) && seen.add(tensor))
        .map(([name, tensor]): [string, T] => [prefix ? `${prefix}.${name}` : name, tensor]),
    );
  }
  /** All parameters, each once, with dotted names. @see torch.nn.Module.named_parameters */
  namedParameters(): [string, Parameter][] {
    return this.collect((module) => module._parameters);
  }
  parameters(): Parameter[] {
    return this.namedParameters().map(([, parameter]) => parameter);
  }
  namedBuffers(): [string, Tensor][] {
    return this.collect((module) => module._buffers);
  }
  buffers(): Tensor[] {
    return this.namedBuffers().map(([, buffer]) => buffer);
  }

  // ── state ──────────────────────────────────────────────────────────────────────────────────────

  /** All parameters and persistent buffers by dotted name, sharing memory with the module. @see torch.nn.Module.state_dict */
  stateDict(prefix = ""): StateDict {
    if (typeof prefix !== "string")
      throw new ArgumentError(`stateDict: prefix must be text: got ${show(prefix)}`);
    const state: StateDict = new Map();
    for (const [name, tensor] of [...this._parameters, ...this.persistentBuffers])
      state.set(prefix + name, tensor.detach());
    for (const [name, child] of this._modules)
      for (const [key, tensor] of child.stateDict(`${prefix}${name}.`)) state.set(key, tensor);
    return state;
  }

  /**
   * Copies the values of a state dict in; nothing is changed if anything does not fit.
   *
   * @param options.strict whether missing and unexpected keys are errors; default true
   * @throws ShapeError that lists every missing and unexpected key and every wrong shape
   * @see torch.nn.Module.load_state_dict
   */
  loadStateDict(
    state: StateDict | Readonly<Record<string, Tensor>>,
    options: { strict?: boolean } = {},
  ): LoadReport {
    checkOptions("loadStateDict", options, ["strict"]);
    return loadStateDict(this, state, options.strict ?? true);
  }

  // ── changing all of it ─────────────────────────────────────────────────────────────────────────

  /** Sets the mode of this module and all below; returns the module. @see torch.nn.Module.train */
  train(mode = true): this {
    if (typeof mode !== "boolean")
      throw new ArgumentError(`train: training mode is expected to be boolean: got ${show(mode)}`);
    for (const module of this.modules()) module.training = mode;
    return this;
  }
  eval(): this {
    return this.train(false);
  }

  /** Calls `act` on every module below and then on this one. @see torch.nn.Module.apply */
  apply(act: (module: Module) => void): this {
    checkFunction("apply", "what is applied", act);
    for (const child of this.children()) child.apply(act);
    act(this);
    return this;
  }

  requiresGrad_(wanted = true): this {
    for (const parameter of this.parameters()) parameter.requiresGrad_(wanted);
    return this;
  }

  /** Forgets all gradients, or sets them to zero. @see torch.nn.Module.zero_grad */
  zeroGrad(options: { setToNone?: boolean } = {}): void {
    checkOptions("zeroGrad", options, ["setToNone"]);
    for (const parameter of this.parameters()) clearGrad(parameter, options.setToNone ?? true);
  }

  /** Moves parameters and buffers to a device, fractions to a dtype; returns the module itself. @see torch.nn.Module.to */
  to(target: DType | DeviceName | Tensor | ToOptions, dtype?: DType): this {
    const convert = (x: Tensor): Tensor => {
      const moved = noGrad(() => to(x.detach(), target, dtype));
      return isFloat(x.dtype) === isFloat(moved.dtype) && (isFloat(x.dtype) || moved.dtype === x.dtype)
        ? moved
        : to(x.detach(), moved.device);
    };
    for (const tensor of [...this.parameters(), ...this.buffers()]) {
      const grad = tensor.peekGrad();
      tensor.become(convert(tensor));
      if (grad) tensor.keepGrad(convert(grad));
    }
    return this;
  }
  double(): this {
    return this.to("float64");
  }
  float(): this {
    return this.to("float32");
  }
  cpu(): this {
    return this.to("cpu");
  }

  override toString(): string {
    return describe(this);
  }
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return describe(this);
  }
  [Symbol.for("Deno.customInspect")](): string {
    return describe(this);
  }
}

/** Forgets a gradient, or sets it to zero. */
export function clearGrad(parameter: Tensor, setToNone: boolean): void {
  const grad = parameter.peekGrad();
  if (!grad) return;
  if (setToNone) parameter.keepGrad(null);
  else if (grad.requiresGrad) parameter.keepGrad(zerosLike(grad));
  else fill_(grad, 0);
}
