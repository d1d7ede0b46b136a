/** Where frequencies stand in a spectrum. */
import { checkInteger, checkNumber } from "../../core/arguments.js";
import { getDefaultDtype, isFloat } from "../../core/dtype.js";
import { ArgumentError } from "../../core/errors.js";
import { normalizeDims, type Shape } from "../../core/shape.js";
import { arange, type TensorOptions } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { mul } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import { cat } from "../shape/joining.js";
import { roll } from "../shape/rearranging.js";

function shifted(op: string, x: Tensor, dim: number | Shape | null, by: (n: number) => number): Tensor {
  checkTensor(op, x);
  const dims = normalizeDims(op, dim, x.ndim);
  return roll(
    x,
    dims.map((d) => by(x.shape[d]!)),
    dims,
  );
}
/** The spectrum with frequency 0 moved to the middle, along all dims or those named. @see torch.fft.fftshift */
export function fftshift(x: Tensor, dim: number | Shape | null = null): Tensor {
  return shifted("fftshift", x, dim, (n) => Math.floor(n / 2));
}
/** Takes `fftshift` back. @see torch.fft.ifftshift */
export function ifftshift(x: Tensor, dim: number | Shape | null = null): Tensor {
  return shifted("ifftshift", x, dim, (n) => Math.ceil(n / 2));
}

/** The numbers from `low` up to `end`, divided by n·d. */
function frequencies(op: string, n: number, d: number, ranges: [number, number][], options: TensorOptions) {
  const { requiresGrad = false, ...rest } = { dtype: getDefaultDtype(), ...options };
  if (!isFloat(rest.dtype))
    throw new ArgumentError(`${op}: expects a floating point dtype: got ${rest.dtype}`);
  const counts = cat(ranges.map(([low, end]) => arange(low, end, 1, rest)));
  return mul(counts, 1 / (n * d)).requiresGrad_(requiresGrad);
}

/** The frequencies of n values taken d apart: 0, 1, …, then the negative ones, over n·d. @see torch.fft.fftfreq */
export function fftfreq(n: number, options: TensorOptions & { d?: number } = {}): Tensor {
  checkInteger("fftfreq", "n", n, 1);
  const { d = 1, ...rest } = options;
  checkNumber("fftfreq", "d", d);
  const positive = Math.ceil(n / 2);
  return frequencies(
    "fftfreq",
    n,
    d,
    [
      [0, positive],
      [positive - n, 0],
    ],
    rest,
  );
}
/** The frequencies that are not negative: 0 … n/2 over n·d. @see torch.fft.rfftfreq */
export function rfftfreq(n: number, options: TensorOptions & { d?: number } = {}): Tensor {
  checkInteger("rfftfreq", "n", n, 1);
  const { d = 1, ...rest } = options;
  checkNumber("rfftfreq", "d", d);
  return frequencies("rfftfreq", n, d, [[0, Math.floor(n / 2) + 1]], rest);
}
