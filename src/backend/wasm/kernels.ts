/** The compiled kernels, found by their names: `f32_binary_add` is `kernels.family("f32", "binary").add`. */
import { DeviceError } from "../../core/errors.js";

export type Kernel = (...args: number[]) => number;
export type Family = { readonly [name: string]: Kernel | undefined };

/** Kernels that are compiled together: a core of them, or all. */
export interface Part {
  readonly complete: boolean;
  module(): WebAssembly.Module;
}

const parts: Part[] = [];

/** Makes kernels known. What is missed in those that were known before is looked for in these. */
export function addKernels({ complete, module }: Part): void {
  let compiled: WebAssembly.Module | undefined;
  parts.push({
    complete,
    module: () => {
      try {
        compiled ??= module();
        return compiled;
      } catch (cause) {
        throw new DeviceError(
          `device "cpu": this host refuses to compile WebAssembly (${String(cause)}); under a Content-Security-Policy allow ` +
            `'wasm-unsafe-eval', or use device "reference": setDefaultDevice("reference") after import "wasmgrad/reference"`,
          { cause },
        );
      }
    },
  });
}

/** Whether all kernels are known. */
export const complete = (): boolean => parts.some((part) => part.complete);

/** Instances of the parts over one memory, each made when something is missed in those before it. */
export class Kernels {
  /** Where the kernels' own constants end, which are the same in every part. */
  readonly heapBase: number;
  private loaded = 0;
  private readonly families: { [dtype: string]: { [family: string]: Record<string, Kernel> } } = {};

  /** @throws DeviceError where the host forbids WebAssembly */
  constructor(private readonly memory: WebAssembly.Memory) {
    if (parts.length === 0)
      throw new DeviceError(
        `device "cpu" has no kernels: import "wasmgrad" or "wasmgrad/lean" in the program`,
      );
    const { heapBase } = this.load(parts[0]!);
    this.heapBase = (heapBase as WebAssembly.Global).value;
  }

  /** The kernels of a family that are loaded, by their names. The object stays the same when more come. */
  family(dtype: string, name: string): Family {
    const families = (this.families[dtype] ??= {});
    return (families[name] ??= {});
  }

  /** Loads the next part; false if there is none. */
  loadMore(): boolean {
    const next = parts[this.loaded];
    if (next) this.load(next);
    return next !== undefined;
  }

  private load(part: Part): WebAssembly.Exports {
    const { exports } = new WebAssembly.Instance(part.module(), { env: { memory: this.memory } });
    for (const [name, kernel] of Object.entries(exports)) {
      const [dtype, family, ...rest] = name.split("_");
      if (typeof kernel !== "function" || !family) continue;
      const families = (this.families[dtype!] ??= {});
      (families[family] ??= {})[rest.join("_")] ??= kernel as Kernel;
    }
    this.loaded++;
    return exports;
  }
}
