/** The core of all normalizations. */
import { record } from "../../autograd/record.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul, rsqrt, sub } from "../elementwise/arithmetic.js";
import { mean } from "../reduction/reduction.js";
import { reshape } from "../shape/view.js";

/** (x − μ)/√(σ² + ε) over `dims`, with μ and σ² of their own. ∂x = (g − mean g − y·mean(g·y))/√(σ² + ε). */
export function standardize(
  op: string,
  x: Tensor,
  dims: number[],
  eps: number,
): { y: Tensor; mu: Tensor; sigma2: Tensor } {
  const shape = x.shape.filter((_, d) => !dims.includes(d));
  const kept = x.shape.map((n, d) => (dims.includes(d) ? 1 : n));
  const [mu, sigma2] = [make(shape, x.dtype, x.storage.backend), make(shape, x.dtype, x.storage.backend)];
  x.storage.backend.moments(mu, sigma2, x, dims, 0);
  const scale = reshape(rsqrt(add(sigma2, eps)), kept);
  const y = mul(sub(x.detach(), reshape(mu, kept)), scale);
  record(y, {
    op,
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => standardizeGrad(g, x, dims, eps)],
  });
  return { y, mu, sigma2 };
}

/** (g − mean g − y·mean(g·y))/√(σ² + ε), with μ and σ² as functions of x. */
export function standardizeGrad(g: Tensor, x: Tensor, dims: number[], eps: number): Tensor {
  const along = { keepdim: true };
  const centred = sub(x, mean(x, dims, along));
  const r = rsqrt(add(mean(mul(centred, centred), dims, along), eps));
  const y = mul(centred, r);
  return mul(sub(sub(g, mean(g, dims, along)), mul(y, mean(mul(g, y), dims, along))), r);
}
