/** The compiled kernels, found by their names: `f32_binary_add` is `kernels.f32.binary.add`. */
import { DeviceError } from "../../core/errors.js";
import { embedded } from "./embedded.js";

export type Kernel = (...args: number[]) => number;
export type Family = { readonly [name: string]: Kernel | undefined };
export type Kernels = {
  readonly [dtype: string]: { readonly [family: string]: Family | undefined } | undefined;
};

let compiled: WebAssembly.Module | undefined;

/** Compiled when first needed, once. @throws DeviceError where the host forbids WebAssembly */
function compile(): WebAssembly.Module {
  try {
    compiled ??= new WebAssembly.Module(Uint8Array.from(atob(embedded), (char) => char.charCodeAt(0)));
    return compiled;
  } catch (cause) {
    throw new DeviceError(
      `device "cpu": this host refuses to compile WebAssembly (${String(cause)}); under a Content-Security-Policy allow ` +
        `'wasm-unsafe-eval', or use device "reference"`,
      { cause },
    );
  }
}

/** A fresh instance of the kernels over `memory`, and where its own constants end. */
export function loadKernels(memory: WebAssembly.Memory): { kernels: Kernels; heapBase: number } {
  const { exports } = new WebAssembly.Instance(compile(), { env: { memory } });
  const kernels: Record<string, Record<string, Record<string, Kernel>>> = {};
  let heapBase = 0;
  for (const [name, value] of Object.entries(exports)) {
    if (value instanceof WebAssembly.Global) heapBase = value.value;
    if (typeof value !== "function") continue;
    const [dtype, family, ...rest] = name.split("_");
    const families = (kernels[dtype!] ??= {});
    (families[family!] ??= {})[rest.join("_")] = value as Kernel;
  }
  return { kernels, heapBase };
}
