/** torch.nn.utils: keeping gradients within bounds. */
import { noGrad } from "../autograd/grad-mode.js";
import { checkIterable, checkNumber, checkOptions } from "../core/arguments.js";
import { ArgumentError, GradError, show } from "../core/errors.js";
import { mul } from "../ops/elementwise/arithmetic.js";
import { clamp } from "../ops/elementwise/limits.js";
import { copy_ } from "../ops/inplace.js";
import { item } from "../ops/reading.js";
import { norm } from "../ops/reduction/statistics.js";
import { stack } from "../ops/shape/joining.js";
import { tensor } from "../tensor/create.js";
import { framed } from "../tensor/frames.js";
import { Tensor } from "../tensor/tensor.js";

function gradientsOf(op: string, parameters: Tensor | Iterable<Tensor>): Tensor[] {
  if (!(parameters instanceof Tensor)) checkIterable(op, "parameters", parameters);
  const all = parameters instanceof Tensor ? [parameters] : [...parameters];
  const stranger = all.find((p) => !(p instanceof Tensor));
  if (stranger !== undefined) throw new ArgumentError(`${op}: expected tensors: got ${show(stranger)}`);
  return all.flatMap((p) => p.peekGrad()?.detach() ?? []);
}

export interface ClipOptions {
  /** The p of the norm; Infinity: the greatest absolute value. @defaultValue 2 */
  normType?: number;
  /** Whether a norm that is NaN or infinite is an error. @defaultValue false */
  errorIfNonfinite?: boolean;
}

/**
 * Scales all gradients in place so that their norm, as if of one vector, is at most `maxNorm`; returns the norm before.
 *
 * @throws GradError with `errorIfNonfinite`, if the norm is not finite
 * @example nn.utils.clipGradNorm_(net.parameters(), 1);
 * @see torch.nn.utils.clip_grad_norm_
 */
export function clipGradNorm_(
  parameters: Tensor | Iterable<Tensor>,
  maxNorm: number,
  options: ClipOptions = {},
): Tensor {
  checkNumber("clipGradNorm_", "maxNorm", maxNorm);
  checkOptions("clipGradNorm_", options, ["normType", "errorIfNonfinite"]);
  const { normType = 2, errorIfNonfinite = false } = options;
  const grads = gradientsOf("clipGradNorm_", parameters);
  if (grads.length === 0) return tensor(0);
  return framed(() =>
    noGrad(() => {
      const total = norm(stack(grads.map((g) => norm(g, normType))), normType);
      if (errorIfNonfinite && !Number.isFinite(item(total)))
        throw new GradError(
          `clipGradNorm_: The total norm of order ${normType} for gradients is non-finite, so it cannot be clipped: ${item(total)}`,
        );
      const factor = clamp(total.add(1e-6).reciprocal().mul(maxNorm), null, 1);
      for (const g of grads) copy_(g, mul(g, factor));
      return total;
    }),
  );
}

/**
 * Limits every element of the gradients, in place, to [−clipValue, clipValue].
 *
 * @see torch.nn.utils.clip_grad_value_
 */
export function clipGradValue_(parameters: Tensor | Iterable<Tensor>, clipValue: number): void {
  checkNumber("clipGradValue_", "clipValue", clipValue);
  const grads = gradientsOf("clipGradValue_", parameters);
  framed(() => noGrad(() => grads.forEach((g) => void copy_(g, clamp(g, -clipValue, clipValue)))));
}
