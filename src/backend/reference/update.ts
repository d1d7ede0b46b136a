/** Random fills and optimizer steps, element by element. */
import { isContiguous, numel } from "../../core/shape.js";
import type { AdamStep, NDArray, SGDStep, UpdateKernels } from "../backend.js";
import { adamCoefficients } from "../steps.js";
import { numbers, write } from "./arrays.js";
import { draw } from "./random.js";
import { rounder } from "./rounding.js";

export const update: UpdateKernels = {
  random(out, distribution, source) {
    const contiguous = isContiguous(out.shape, out.strides);
    write(out, draw(distribution, source, out.dtype, numel(out.shape), contiguous));
  },
  sgdStep,
  adamStep,
};

function sgdStep(param: NDArray, grad: NDArray, buffer: NDArray | null, step: SGDStep): void {
  const { lr, momentum, dampening, weightDecay, nesterov, maximize, first } = step;
  const r = precision(param);
  const [decay, keep, fresh, rate] = [weightDecay, momentum, 1 - dampening, -lr].map(r) as [
    number,
    number,
    number,
    number,
  ];
  const p = numbers(param);
  const g = numbers(grad);
  const b = buffer ? numbers(buffer) : g;
  p.forEach((x, i) => {
    let d = maximize ? -g[i]! : g[i]!;
    if (weightDecay !== 0) d = r(d + r(decay * x));
    if (buffer) {
      b[i] = first ? d : r(r(keep * b[i]!) + r(fresh * d));
      d = nesterov ? r(d + r(keep * b[i]!)) : b[i]!;
    }
    p[i] = r(x + r(rate * d));
  });
  write(param, p);
  if (buffer) write(buffer, b);
}

function adamStep(
  param: NDArray,
  grad: NDArray,
  mean: NDArray,
  square: NDArray,
  largest: NDArray | null,
  step: AdamStep,
): void {
  const { maximize, weightDecay, decoupled } = step;
  const r = precision(param);
  const c = adamCoefficients(step);
  const [decay, beta1, beta2, eps] = [weightDecay, step.beta1, step.beta2, step.eps].map(r) as [
    number,
    number,
    number,
    number,
  ];
  const [fresh1, fresh2, root, size, shrink] = [c.fresh1, c.fresh2, c.root, -c.size, c.shrink].map(r) as [
    number,
    number,
    number,
    number,
    number,
  ];
  const [p, g, m, v] = [param, grad, mean, square].map(numbers) as [number[], number[], number[], number[]];
  const most = largest ? numbers(largest) : v;
  p.forEach((x, i) => {
    let d = maximize ? -g[i]! : g[i]!;
    let w = x;
    if (weightDecay !== 0) {
      if (decoupled) w = r(w * shrink);
      else d = r(d + r(decay * w));
    }
    m[i] = r(r(m[i]! * beta1) + r(fresh1 * d));
    v[i] = r(r(v[i]! * beta2) + r(r(fresh2 * d) * d));
    if (largest && !(most[i]! > v[i]!)) most[i] = v[i]!;
    const root2 = r(r(r(Math.sqrt(most[i]!)) / root) + eps);
    p[i] = r(w + r(r(size * m[i]!) / root2));
  });
  write(param, p);
  write(mean, m);
  write(square, v);
  if (largest) write(largest, most);
}

/** Steps are taken in float32, in float64 if the parameter is. */
const precision = ({ dtype }: NDArray) => rounder(dtype === "float64" ? "float64" : "float32");
