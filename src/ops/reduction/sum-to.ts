/** The adjoint of broadcasting. */
import { type Shape, sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { reshape } from "../shape/view.js";
import { sum } from "./reduction.js";

/** Sums a broadcast gradient back to the shape it was broadcast from. */
export function sumTo(g: Tensor, shape: Shape): Tensor {
  if (sameShape(g.shape, shape)) return g;
  const lead = g.ndim - shape.length;
  const dims = g.shape.flatMap((n, d) => (d < lead || (shape[d - lead] === 1 && n !== 1) ? [d] : []));
  return reshape(dims.length ? sum(g, dims) : g, shape as number[]);
}
