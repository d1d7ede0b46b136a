/** Optimizer steps in place, over contiguous arrays of float32 or float64; others go through temporaries. */

import { isContiguous, numel } from "../../core/shape.js";
import type { AdamStep, ElementwiseKernels, NDArray, SGDStep, UpdateKernels } from "../backend.js";
import { adamCoefficients } from "../steps.js";
import type { Machine } from "./machine.js";

/** Bits of the kernels' `flags`. */
const MAXIMIZE = 1;
const NESTEROV = 2;
const FIRST = 4;
const DECOUPLED = 2;

export function optimizers(
  machine: Machine,
  copy: ElementwiseKernels["copy"],
): Pick<UpdateKernels, "sgdStep" | "adamStep"> {
  const { cells } = machine;

  /** Runs the kernel on the arrays' addresses (0 for null), of which only the gradient is left as it was. */
  function step(name: string, grad: NDArray, written: readonly (NDArray | null)[], numbers: number[]): void {
    const dtype = grad.dtype === "float64" ? "float64" : "float32";
    const flat = [grad, ...written].map((x) => {
      if (!x || (x.dtype === dtype && isContiguous(x.shape, x.strides))) return x;
      const temporary = machine.temporary(x.shape, dtype);
      copy(temporary, x);
      return temporary;
    });
    cells.begin();
    const at = flat.map((x) => (x ? machine.at(x) : 0));
    machine.kernel(dtype, "optim", name)(numel(grad.shape), ...at, ...numbers);
    cells.end();
    [grad, ...written].forEach((x, i) => {
      const temporary = flat[i];
      if (!x || !temporary || temporary === x) return;
      if (i > 0) copy(x, temporary);
      machine.drop(temporary);
    });
  }

  return {
    sgdStep(param: NDArray, grad: NDArray, buffer: NDArray | null, s: SGDStep) {
      const flags = (s.maximize ? MAXIMIZE : 0) | (s.nesterov ? NESTEROV : 0) | (s.first ? FIRST : 0);
      const numbers = [-s.lr, s.momentum, 1 - s.dampening, s.weightDecay, flags];
      step("sgd", grad, [param, buffer], numbers);
    },
    adamStep(param: NDArray, grad: NDArray, m: NDArray, v: NDArray, vmax: NDArray | null, s: AdamStep) {
      const c = adamCoefficients(s);
      const flags = (s.maximize ? MAXIMIZE : 0) | (s.decoupled ? DECOUPLED : 0);
      const numbers = [
        s.beta1,
        c.fresh1,
        s.beta2,
        c.fresh2,
        c.root,
        s.eps,
        -c.size,
        s.weightDecay,
        c.shrink,
        flags,
      ];
      step("adam", grad, [param, m, v, vmax], numbers);
    },
  };
}
