/** What a module keeps beside its fields: names with a meaning of their own, and hooks. */
import type { Module } from "./module.js";

/** Sees the arguments of a call before forward does; what it returns, if anything, takes their place. */
// biome-ignore lint/suspicious/noExplicitAny: a hook meets modules with any arguments
export type ForwardPreHook = (module: Module, args: readonly any[]) => unknown;
/** Sees the result of a call; what it returns, if anything, takes its place. */
// biome-ignore lint/suspicious/noExplicitAny: a hook meets modules with any arguments and result
export type ForwardHook = (module: Module, args: readonly any[], output: any) => unknown;
/** What ends a hook. */
export interface HookHandle {
  remove(): void;
}

export class Registry {
  /** Fields that are buffers, and whether they go into the state dict. */
  readonly buffers = new Map<string, boolean>();
  /** Names given as strings, which are kept letter for letter. */
  private readonly verbatim = new Set<string>();
  /** Names like "0", which JavaScript would put before all others: their own order. */
  private readonly numbered: string[] = [];
  readonly preHooks = new Set<ForwardPreHook>();
  readonly hooks = new Set<ForwardHook>();

  /** Sets a field under a name given as a string. */
  set(module: Module, name: string, value: unknown): void {
    this.verbatim.add(name);
    if (!/^\d+$/.test(name)) Object.assign(module, { [name]: value });
    else {
      Object.defineProperty(module, name, { value, enumerable: false, writable: true, configurable: true });
      if (!this.numbered.includes(name)) this.numbered.push(name);
    }
  }

  delete(module: Module, name: string): void {
    const at = this.numbered.indexOf(name);
    if (at >= 0) this.numbered.splice(at, 1);
    this.verbatim.delete(name);
    Reflect.deleteProperty(module, name);
  }

  /** The module's fields with their names as PyTorch would write them: `runningMean` is `running_mean`. */
  fields(module: Module): [key: string, value: unknown, field: string][] {
    const snake = (name: string) =>
      this.verbatim.has(name)
        ? name
        : name.replace(/([a-z0-9])([A-Z]+)/g, (_, a: string, b: string) => `${a}_${b.toLowerCase()}`);
    return [...Object.keys(module), ...this.numbered].map((name) => [
      snake(name),
      Reflect.get(module, name),
      name,
    ]);
  }
}
