/** Float64 tensors and derivatives, for tables of values. */
import * as torch from "../../../src/index.js";

export const double = (...values: number[]): torch.Tensor => torch.tensor(values, { dtype: "float64" });

/** The derivative of f at each value, of a higher order if asked. */
export function slope(values: number[], f: (x: torch.Tensor) => torch.Tensor, order = 1): torch.Tensor {
  const x = double(...values).requiresGrad_();
  let y = f(x);
  for (let k = 0; k < order; k++)
    [y] = torch.autograd.grad(y.sum(), x, { createGraph: true }) as [torch.Tensor];
  return y.detach();
}
