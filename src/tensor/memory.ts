/// <reference lib="esnext.disposable" preserve="true" />
/** What the library's memory holds, how much it may hold, and early release for those who want it. */

import type { DeviceName, MemoryStats } from "../backend/backend.js";
import { backendOf, checkDevice } from "../backend/registry.js";
import { checkFunction } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import { closeScope, openScope } from "./frames.js";

/** Bytes resident, evicted, restored, the peak, and the budget of a device's heap. @example torch.memory().resident */
export function memory(device: DeviceName = "cpu"): MemoryStats {
  return backendOf(checkDevice("memory", device)).memory();
}

/**
 * Sets how many bytes of a device's heap may be in use; past it, what was used least recently is copied out to the host.
 *
 * @param bytes at start 1 GiB, in a worker of Cloudflare's 64 MiB
 */
export function setMemoryBudget(bytes: number, device: DeviceName = "cpu"): void {
  if (typeof bytes !== "number" || !(bytes >= 1 << 16))
    throw new ArgumentError(`setMemoryBudget: expected at least 65536 bytes: got ${show(bytes)}`);
  backendOf(checkDevice("setMemoryBudget", device)).setBudget(bytes);
}

/**
 * Releases at its end all tensors made inside that are not returned and not part of a parameter, a gradient or a state.
 *
 * Nothing needs this; it saves the cost of finding out later that they are garbage. A tensor used after its scope is an
 * error.
 *
 * @throws ArgumentError if the callback returns a promise
 * @example const loss = torch.scope(() => step(x, y).item());
 * @example using scope = torch.scope();
 */
export function scope(): Disposable;
export function scope<R>(run: () => R): R;
export function scope<R>(run?: () => R): R | Disposable {
  if (run !== undefined) checkFunction("scope", "the callback", run);
  const outer = openScope();
  if (run === undefined) return { [Symbol.dispose]: () => closeScope(outer, undefined) };
  let result: R | undefined;
  try {
    result = run();
  } finally {
    closeScope(outer, result);
  }
  if (result instanceof Promise)
    throw new ArgumentError(
      "scope: the callback returned a promise, but a scope ends when the callback returns: await outside",
    );
  return result;
}
