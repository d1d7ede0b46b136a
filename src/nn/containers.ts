/** Modules that hold modules, and lists and dicts of parameters. */
import { checkInteger, checkIterable } from "../core/arguments.js";
import { ArgumentError, IndexError, show } from "../core/errors.js";
import { Parameter } from "../tensor/parameter.js";
import { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { Module } from "./module.js";

/** Modules in order: as arguments, in an array, or named in a Map or a list of pairs. */
export type Layers = (
  | Module
  | readonly Module[]
  | ReadonlyMap<string, Module>
  | readonly (readonly [string, Module])[]
)[];

/** The position counted from the front. */
function position(kind: string, index: number, length: number): number {
  if (!Number.isInteger(index) || index < -length || index >= length)
    throw new IndexError(`${kind}: index ${show(index)} is out of range: it has ${length} entries`);
  return index < 0 ? index + length : index;
}

/** What ordered containers of modules share: length, at, iteration, append. */
abstract class ModuleSequence extends Module {
  /** How many modules it holds. */
  override get length(): number {
    return this._modules.size;
  }
  /** The module at a position, counted from the end if negative. */
  at(index: number): Module {
    return [...this._modules.values()][position(this.constructor.name, index, this.length)]!;
  }
  append(module: Module): this {
    this.addModule(String(this.length), module);
    return this;
  }
  extend(modules: Iterable<Module>): this {
    checkIterable(this.constructor.name, "modules", modules);
    for (const module of modules) this.append(module);
    return this;
  }
  insert(index: number, module: Module): void {
    checkInteger(this.constructor.name, "index", index);
    const all = [...this];
    all.splice(index, 0, module);
    all.forEach((m, i) => {
      this.addModule(String(i), m);
    });
  }
  *[Symbol.iterator](): Generator<Module, void, undefined> {
    yield* this._modules.values();
  }
}

/**
 * Runs modules one after another.
 *
 * @example new nn.Sequential(new nn.Flatten(), new nn.Linear(784, 10))
 * @example new nn.Sequential([["flatten", new nn.Flatten()], ["linear", new nn.Linear(784, 10)]])
 * @see torch.nn.Sequential
 */
export class Sequential extends ModuleSequence {
  constructor(...layers: Layers) {
    super();
    const first = layers[0];
    const named =
      layers.length === 1 && (first instanceof Map || (Array.isArray(first) && Array.isArray(first[0])));
    if (named) for (const [name, module] of first as Iterable<[string, Module]>) this.addModule(name, module);
    else
      (layers.flat() as Module[]).forEach((module, i) => {
        this.addModule(String(i), module);
      });
  }

  override forward(x: Tensor): Tensor {
    let y = x;
    for (const module of this._modules.values()) y = module(y);
    return y;
  }
}
export interface Sequential {
  readonly [index: number]: Module;
}

/** A list of modules whose parameters are found, unlike those in a plain array. @see torch.nn.ModuleList */
export class ModuleList extends ModuleSequence {
  constructor(modules: Iterable<Module> = []) {
    super();
    this.extend(modules);
  }
}
export interface ModuleList {
  readonly [index: number]: Module;
}

type Entries<T> = ReadonlyMap<string, T> | Readonly<Record<string, T>> | Iterable<readonly [string, T]>;
function entriesOf<T>(op: string, entries: Entries<T>): readonly (readonly [string, T])[] {
  if (typeof entries !== "object" || entries === null)
    throw new ArgumentError(`${op}: expected names with what they stand for: got ${show(entries)}`);
  if (!(Symbol.iterator in entries)) return Object.entries(entries);
  const list = [...(entries as Iterable<readonly [string, T]>)];
  for (const pair of list)
    if (!Array.isArray(pair) || pair.length !== 2)
      throw new ArgumentError(`${op}: expected pairs of a name and what it stands for: got ${show(pair)}`);
  return list;
}

/** Modules by name. @see torch.nn.ModuleDict */
export class ModuleDict extends Module {
  constructor(modules: Entries<Module> = {}) {
    super();
    this.update(modules);
  }
  get(name: string): Module {
    const module = this._modules.get(name);
    if (!module)
      throw new IndexError(`ModuleDict: no module ${show(name)}: it has ${show([...this._modules.keys()])}`);
    return module;
  }
  set(name: string, module: Module): this {
    this.addModule(name, module);
    return this;
  }
  has(name: string): boolean {
    return this._modules.has(name);
  }
  delete(name: string): boolean {
    const there = this.has(name);
    if (there) this.unregister(name);
    return there;
  }
  update(modules: Entries<Module>): void {
    for (const [name, module] of entriesOf("ModuleDict", modules)) this.addModule(name, module);
  }
  override get length(): number {
    return this._modules.size;
  }
  keys(): string[] {
    return [...this._modules.keys()];
  }
  values(): Module[] {
    return [...this._modules.values()];
  }
  entries(): [string, Module][] {
    return [...this._modules];
  }
  *[Symbol.iterator](): Generator<string, void, undefined> {
    yield* this._modules.keys();
  }
}

// ── parameters ───────────────────────────────────────────────────────────────────────────────────

function asParameter(kind: string, value: unknown): Parameter {
  if (value instanceof Parameter) return value;
  if (value instanceof Tensor) return new Parameter(value);
  throw new ArgumentError(`${kind}: expected a tensor or a parameter: got ${show(value)}`);
}

/** PyTorch's older names of dtypes, which its dict of parameters still prints. */
const typeNames: Readonly<Record<string, string>> = {
  float64: "Double",
  float16: "Half",
  bfloat16: "BFloat16",
};

function shownParameter(name: string, kind: string, { shape, device }: Parameter): string {
  const where = device === "cpu" ? "" : ` (${device})`;
  return `  (${name}): Parameter containing: [torch.${kind} of size ${shape.join("x")}${where}]`;
}

/** A list of parameters that are found, unlike those in a plain array. @see torch.nn.ParameterList */
export class ParameterList extends Module {
  constructor(parameters: Iterable<Tensor> = []) {
    super();
    this.extend(parameters);
  }
  override get length(): number {
    return this._parameters.size;
  }
  at(index: number): Parameter {
    return [...this._parameters.values()][position("ParameterList", index, this.length)]!;
  }
  append(parameter: Tensor): this {
    this.registerParameter(String(this.length), asParameter("ParameterList", parameter));
    return this;
  }
  extend(parameters: Iterable<Tensor>): this {
    checkIterable("ParameterList", "parameters", parameters);
    for (const parameter of parameters) this.append(parameter);
    return this;
  }
  *[Symbol.iterator](): Generator<Parameter, void, undefined> {
    yield* this._parameters.values();
  }
  override extraRepr(): string {
    return [...this._parameters].map(([name, p]) => shownParameter(name, p.dtype, p)).join("\n");
  }
}
export interface ParameterList {
  readonly [index: number]: Parameter;
}

/** Parameters by name. @see torch.nn.ParameterDict */
export class ParameterDict extends Module {
  constructor(parameters: Entries<Tensor> = {}) {
    super();
    this.update(parameters);
  }
  get(name: string): Parameter {
    const parameter = this._parameters.get(name);
    if (!parameter)
      throw new IndexError(`ParameterDict: no parameter ${show(name)}: it has ${show(this.keys())}`);
    return parameter;
  }
  set(name: string, parameter: Tensor): this {
    this.registerParameter(name, asParameter("ParameterDict", parameter));
    return this;
  }
  has(name: string): boolean {
    return this._parameters.has(name);
  }
  delete(name: string): boolean {
    const there = this.has(name);
    if (there) this.unregister(name);
    return there;
  }
  /** Adds the entries of another dict, in its order. */
  update(parameters: Entries<Tensor> | ParameterDict): void {
    const given =
      parameters instanceof ParameterDict ? parameters.entries() : entriesOf("ParameterDict", parameters);
    for (const [name, parameter] of given) this.set(name, parameter);
  }
  override get length(): number {
    return this._parameters.size;
  }
  keys(): string[] {
    return [...this._parameters.keys()];
  }
  values(): Parameter[] {
    return [...this._parameters.values()];
  }
  entries(): [string, Parameter][] {
    return [...this._parameters];
  }
  *[Symbol.iterator](): Generator<string, void, undefined> {
    yield* this._parameters.keys();
  }
  override extraRepr(): string {
    const kind = (p: Parameter) => `${typeNames[p.dtype] ?? "Float"}Tensor`;
    return [...this._parameters].map(([name, p]) => shownParameter(name, kind(p), p)).join("\n");
  }
}

builtIn(Sequential);
