/** The p-norms, under whatever name a graph has for them. */
import { record } from "../../autograd/record.js";
import type { Shape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { abs, div, mul, pow, sign, sqrt } from "../elementwise/arithmetic.js";
import { eq, ne } from "../elementwise/comparison.js";
import { maskedFill } from "../elementwise/selection.js";
import { reshape } from "../shape/view.js";
import { amax, amin, sum } from "./reduction.js";

/** The shape with dims kept as 1. */
export const kept = (shape: Shape, dims: Shape): number[] => shape.map((n, d) => (dims.includes(d) ? 1 : n));

/** (Σ|x|ᵖ)^(1/p) under the name of a node. ∂x = g·sign(x)·(|x|/y)^(p−1); the count of p = 0 has none. */
export function pNorm(
  name: { op: string; overload?: number },
  x: Tensor,
  order: number,
  dims: number[],
  keepdim: boolean,
): Tensor {
  const magnitude = abs(x.detach());
  const y = (() => {
    if (order === 0) return to(sum(ne(magnitude, 0), dims, { keepdim }), x.dtype);
    if (order === Number.POSITIVE_INFINITY) return amax(magnitude, dims, { keepdim });
    if (order === Number.NEGATIVE_INFINITY) return amin(magnitude, dims, { keepdim });
    if (order === 1) return sum(magnitude, dims, { keepdim });
    if (order === 2) return sqrt(sum(mul(magnitude, magnitude), dims, { keepdim }));
    return pow(sum(pow(magnitude, order), dims, { keepdim }), 1 / order);
  })().detach();
  return record(y, {
    ...name,
    inputs: [x],
    saved: [x, y],
    backward: (g, [x, y]) => [
      order === 0
        ? null
        : () => normGrad(reshape(g, kept(x.shape, dims)), x, reshape(y, kept(x.shape, dims)), order, dims),
    ],
  });
}

function normGrad(g: Tensor, x: Tensor, y: Tensor, p: number, dims: number[]): Tensor {
  if (p === 1) return mul(sign(x), g);
  if (p === 2) return mul(x, maskedFill(div(g, y), eq(y, 0), 0));
  if (Number.isFinite(p)) {
    const direction = mul(sign(x), pow(abs(x), p - 1));
    const scale = maskedFill(div(g, pow(y, p - 1)), eq(y, 0), 0);
    return mul(p < 1 || p < 2 ? maskedFill(direction, eq(x, 0), 0) : direction, scale);
  }
  const hit = to(eq(abs(x), y), x.dtype);
  return mul(mul(sign(x), div(hit, sum(hit, dims, { keepdim: true }))), g);
}
