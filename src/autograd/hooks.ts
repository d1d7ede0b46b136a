/** Looking at gradients as they pass. */
import { ArgumentError, GradError, show } from "../core/errors.js";
import type { Tensor } from "../tensor/tensor.js";
import { AccumulateGrad, type GradHook, gradEdge } from "./record.js";

/** What ends a hook. */
export interface HookHandle {
  remove(): void;
}

/**
 * Calls `hook` with the gradient of x each time one has been computed; what it returns, if anything, takes its place.
 *
 * @throws GradError if x does not require a gradient
 * @example const handle = x.registerHook((g) => g.mul(2));
 * @see torch.Tensor.register_hook
 */
export function registerHook(x: Tensor, hook: GradHook["hook"]): HookHandle {
  if (typeof hook !== "function")
    throw new ArgumentError(`registerHook: expected a function: got ${show(hook)}`);
  if (!x.requiresGrad)
    throw new GradError("registerHook: cannot register a hook on a tensor that doesn't require gradient");
  const { node, index } = gradEdge(x);
  const entry: GradHook = { index, hook };
  node.hooks = [...(node.hooks ?? []), entry];
  return {
    remove() {
      node.hooks = node.hooks?.filter((other) => other !== entry) ?? null;
      if (node.hooks?.length === 0) node.hooks = null;
    },
  };
}

/** Keeps the gradient of a tensor that is no leaf in its `grad`. @see torch.Tensor.retain_grad */
export function retainGrad(x: Tensor): void {
  if (!x.requiresGrad)
    throw new GradError("retainGrad: can't retain_grad on Tensor that has requires_grad=False");
  const node = x.gradFn;
  if (!node || node.retained?.includes(x)) return;
  node.retained = [...(node.retained ?? []), x];
}

/**
 * Calls `hook` with the leaf x each time its `grad` has been added to.
 *
 * @throws GradError if x is no leaf that requires a gradient
 * @see torch.Tensor.register_post_accumulate_grad_hook
 */
export function registerPostAccumulateGradHook(x: Tensor, hook: (x: Tensor) => void): HookHandle {
  if (typeof hook !== "function")
    throw new ArgumentError(`registerPostAccumulateGradHook: expected a function: got ${show(hook)}`);
  if (!x.requiresGrad || !x.isLeaf)
    throw new GradError(
      "registerPostAccumulateGradHook: post accumulate grad hooks cannot be registered on non-leaf tensors, nor on tensors that don't require gradient",
    );
  const { node } = gradEdge(x);
  if (!(node instanceof AccumulateGrad)) throw new GradError("registerPostAccumulateGradHook: x is no leaf");
  // Each call an entry of its own, so that a function registered twice is removed once.
  const entry = { hook };
  node.after = [...node.after, entry];
  return {
    remove() {
      node.after = node.after.filter((other) => other !== entry);
    },
  };
}
