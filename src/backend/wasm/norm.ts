/** Normalization of rows on WASM: operands that are not contiguous are copied first. */
import { isContiguous, numel } from "../../core/shape.js";
import type { NDArray, NormKernels } from "../backend.js";
import { elementwise } from "./elementwise.js";
import type { Machine } from "./machine.js";

export function norm(machine: Machine): NormKernels {
  const { cells } = machine;
  const { copy } = elementwise(machine);

  /** Runs a kernel over the rows of contiguous operands; those that are null stand as 0. */
  function run(name: string, out: NDArray, operands: readonly (NDArray | null)[], rows: number): void {
    if (numel(out.shape) === 0) return;
    const packed = operands.map((x) => {
      if (x === null || isContiguous(x.shape, x.strides)) return x;
      const y = machine.temporary(x.shape, x.dtype);
      copy(y, x);
      return y;
    });
    cells.begin();
    const addresses = [out, ...packed].map((x) => (x ? machine.at(x) : 0));
    machine.kernel(out.dtype, "norm", name)(rows, numel(out.shape) / rows, ...addresses);
    cells.end();
    packed.forEach((x, i) => {
      if (x && x !== operands[i]) machine.drop(x);
    });
  }

  return {
    normalize: (out, x, mean, scale, weight, bias) =>
      run("forward", out, [x, mean, scale, weight, bias], numel(mean.shape)),
    normalizeGrad: (out, g, x, mean, scale, weight) =>
      run("grad", out, [g, x, mean, scale, weight], numel(mean.shape)),
  };
}
