/** The compiled kernels beside a memory of their own, for tests that call them by name. */
import { readFileSync } from "node:fs";

// Another build may be named, to try one file's kernels alone.
const path = process.env.WASMGRAD_KERNELS ?? new URL("../../build/kernels.wasm", import.meta.url);

export const memory = new WebAssembly.Memory({ initial: 64, maximum: 65536 });
const instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(path)), { env: { memory } });

/** The exported kernel `name`. */
export function kernel(name: string): (...args: number[]) => void {
  const f = instance.exports[name];
  if (typeof f !== "function") throw new Error(`no kernel ${name}`);
  return f as (...args: number[]) => void;
}
