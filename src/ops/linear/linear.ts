/** The step of a linear layer, bias included. */

import { record } from "../../autograd/record.js";
import { ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import { sum } from "../reduction/reduction.js";
import { t } from "../shape/view.js";
import { matmul, mm } from "./matmul.js";
import { checkProduct, foldBatch } from "./products.js";

/**
 * x·wᵀ + b: x [..., in], w [out, in] or [in], b [out] → [..., out]. ∂x = g·w, ∂w = gᵀ·x, ∂b = Σ g.
 *
 * @see torch.nn.functional.linear
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
  checkProduct("linear", x, weight);
  if (bias != null) checkTensor("linear", bias);
  if (weight.ndim === 1) {
    const y = matmul(x, weight);
    return bias ? add(y, bias) : y;
  }
  const [inputs, outputs] = [weight.shape[1]!, weight.shape[0]!];
  if (x.shape.at(-1) !== inputs)
    throw new ShapeError(
      `linear: inner sizes differ: ${formatShape(x.shape)} @ ${formatShape(weight.shape)}ᵀ (${x.shape.at(-1)} ≠ ${inputs})`,
    );
  if (bias && (bias.ndim !== 1 || bias.shape[0] !== outputs))
    throw new ShapeError(`linear: bias of shape ${formatShape(bias.shape)} does not fit ${outputs} outputs`);
  if (x.ndim === 1) return bias ? add(linear(x, weight), bias) : matmul(x, t(weight));
  if (x.ndim > 2) return foldBatch(x, (rows) => linear(rows, weight, bias), bias ? "view" : "unsafe_view");
  const out = make([x.shape[0]!, outputs], x.dtype, x.storage.backend);
  out.storage.backend.matmul(out, x, t(weight.detach()), bias ?? undefined);
  return record(out, {
    op: bias ? "addmm" : "mm",
    inputs: bias ? [x, weight, bias] : [x, weight],
    saved: [x, weight],
    savedFor: [1, 0],
    backward: (g, [x, weight]) => [() => mm(g, weight), () => mm(t(g), x), () => sum(g, 0)],
  });
}
