/** Adam with a weight decay of its own. */
import { AdamBase, type AdamBaseOptions } from "./adam.js";
import type { Defaults, Params } from "./optimizer.js";

export interface AdamWOptions extends AdamBaseOptions {}

const defaults: Defaults<AdamWOptions> = {
  lr: 1e-3,
  betas: [0.9, 0.999],
  eps: 1e-8,
  weightDecay: 0.01,
  amsgrad: false,
  foreach: null,
  maximize: false,
  capturable: false,
};

/**
 * As Adam, but x ← x − lr·weightDecay·x before the step, instead of decay in the gradient.
 *
 * @example new optim.AdamW(net.parameters(), { lr: 1e-3, weightDecay: 0.1 })
 * @see torch.optim.AdamW
 */
export class AdamW extends AdamBase {
  constructor(params: Params<AdamWOptions>, options: AdamWOptions = {}) {
    super(params, options, defaults, true);
  }
}
