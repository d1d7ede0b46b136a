/// <reference lib="esnext.disposable" preserve="true" />
/** Whether operations are recorded. */
import { checkFunction } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";

let enabled = true;
let inferring = false;

/** Whether operations are being recorded now. @see torch.is_grad_enabled */
export const isGradEnabled = (): boolean => enabled;

/** A mode that lasts until it is disposed of, for `using`. */
export interface GradGuard extends Disposable {}

/** Whether `inferenceMode` is on. @see torch.is_inference_mode_enabled */
export const isInferenceModeEnabled = (): boolean => inferring;

function enter(mode: boolean, inference = inferring): GradGuard {
  const before = [enabled, inferring] as const;
  [enabled, inferring] = [mode, inference];
  return {
    [Symbol.dispose]() {
      [enabled, inferring] = before;
    },
  };
}

function during<R>(op: string, mode: boolean, run?: () => R, inference = inferring): R | GradGuard {
  if (run === undefined) return enter(mode, inference);
  checkFunction(op, "the callback", run);
  const guard = enter(mode, inference);
  try {
    const result = run();
    if (result instanceof Promise)
      throw new ArgumentError(
        `${op}: the callback returned a promise, but the mode ends when the callback returns, before the promise settles; ` +
          `await first and compute inside`,
      );
    return result;
  } finally {
    guard[Symbol.dispose]();
  }
}

/**
 * Computes without recording, and returns what the callback returns; without a callback, until the guard is disposed of.
 *
 * @throws ArgumentError if the callback returns a promise
 * @example const loss = torch.noGrad(() => criterion(net(x), y));
 * @example using guard = torch.noGrad();
 * @see torch.no_grad
 */
export function noGrad(): GradGuard;
export function noGrad<R>(run: () => R): R;
export function noGrad<R>(run?: () => R): R | GradGuard {
  return during("noGrad", false, run);
}

/** Records again inside `noGrad`. @see torch.enable_grad */
export function enableGrad(): GradGuard;
export function enableGrad<R>(run: () => R): R;
export function enableGrad<R>(run?: () => R): R | GradGuard {
  return during("enableGrad", true, run);
}

/** Records or not, as `mode` says. @see torch.set_grad_enabled */
export function setGradEnabled(mode: boolean): GradGuard;
export function setGradEnabled<R>(mode: boolean, run: () => R): R;
export function setGradEnabled<R>(mode: boolean, run?: () => R): R | GradGuard {
  if (typeof mode !== "boolean")
    throw new ArgumentError(`setGradEnabled: mode must be true or false: got ${show(mode)}`);
  return during("setGradEnabled", mode, run);
}

/** Computes without recording, as `noGrad`: the tensors made inside are tensors like any other. @see torch.inference_mode */
export function inferenceMode(): GradGuard;
export function inferenceMode<R>(run: () => R): R;
export function inferenceMode<R>(run?: () => R): R | GradGuard {
  return during("inferenceMode", false, run, true);
}
