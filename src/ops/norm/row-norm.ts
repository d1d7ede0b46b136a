/** Normalization over the last dims: rows of memory, each in one pass. */
import { record } from "../../autograd/record.js";
import { sizeOf } from "../../core/dtype.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul, rsqrt } from "../elementwise/arithmetic.js";
import { fused } from "../kernel.js";
import { standardize, standardizeGrad } from "./standardize.js";

type Optional = Tensor | null;
const present = (...tensors: Optional[]): Tensor[] => tensors.filter((x) => x !== null);

/**
 * x̂·w + b over the last `rank` dims, x̂ = (x − μ)·r with r = 1/√(σ² + ε).
 *
 * ∂x = r·(ĝ − mean ĝ − x̂·mean(ĝ·x̂)) with ĝ = g·w, ∂w = g·x̂, ∂b = g.
 */
export function normalizeRows(
  op: string,
  x: Tensor,
  rank: number,
  eps: number,
  weight: Optional,
  bias: Optional,
): Tensor {
  const dims = Array.from({ length: rank }, (_, i) => x.ndim - rank + i);
  if (sizeOf(x.dtype) < 4) return affine(standardize(op, x, dims, eps).y, weight, bias);
  const [mu, sigma2] = [0, 1].map(() => make(x.shape.slice(0, x.ndim - rank), x.dtype, x.storage.backend));
  x.storage.backend.moments(mu!, sigma2!, x, dims, 0);
  const r = rsqrt(add(sigma2!, eps));
  return record(forward(x, mu!, r, weight, bias), {
    op,
    inputs: present(x, weight, bias),
    saved: present(x, mu!, r, weight),
    backward: (g, [x, mu, r, weight = null]) => [
      () =>
        fused(
          () => gradient(g, x!, mu!, r!, weight),
          () => standardizeGrad(weight ? mul(g, weight) : g, x!, dims, eps),
        ),
      ...(weight
        ? [
            () =>
              mul(
                g,
                fused(
                  () => forward(x!, mu!, r!, null, null),
                  () => standardize(op, x!, dims, eps).y,
                ),
              ),
          ]
        : []),
      ...(bias ? [() => g] : []),
    ],
  });
}

/** y·w + b. */
export function affine(y: Tensor, weight: Optional, bias: Optional): Tensor {
  const scaled = weight ? mul(y, weight) : y;
  return bias ? add(scaled, bias) : scaled;
}

function forward(x: Tensor, mu: Tensor, r: Tensor, weight: Optional, bias: Optional): Tensor {
  const y = make(x.shape, x.dtype, x.storage.backend);
  x.storage.backend.normalize(y, x, mu, r, weight, bias);
  return y;
}

function gradient(g: Tensor, x: Tensor, mu: Tensor, r: Tensor, weight: Optional): Tensor {
  const y = make(x.shape, x.dtype, x.storage.backend);
  x.storage.backend.normalizeGrad(y, g, x, mu, r, weight);
  return y;
}
