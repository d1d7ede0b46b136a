/** Windows of signal processing: weights that rise from the ends of a span to its middle. */
import { checkInteger, checkOptions } from "../../core/arguments.js";
import { getDefaultDtype, isFloat } from "../../core/dtype.js";
import { ArgumentError } from "../../core/errors.js";
import { arange, ones, type TensorOptions } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, div, mul, rsub, sqrt, sub } from "../elementwise/arithmetic.js";
import { clamp } from "../elementwise/limits.js";
import { cos } from "../elementwise/trigonometric.js";
import { onesOf } from "../kernel.js";
import { cat } from "../shape/joining.js";
import { narrow } from "../shape/slicing.js";
import { i0 } from "../special/bessel.js";

export interface WindowOptions extends TensorOptions {
  /** One period of it, as a Fourier transform wants; otherwise symmetric. @defaultValue true */
  periodic?: boolean;
}
export interface HammingOptions extends WindowOptions {
  /** @defaultValue 0.54 */
  alpha?: number;
  /** @defaultValue 0.46 */
  beta?: number;
}

const known = ["dtype", "device", "requiresGrad", "periodic"];

/** A window of `length` from its formula, which is given 0 … count−1 and count − 1. */
function windowed(
  op: string,
  length: number,
  { periodic = true, requiresGrad = false, ...rest }: WindowOptions,
  formula: (n: Tensor, last: number) => Tensor,
): Tensor {
  checkInteger(op, "length", length, 0);
  const options = { dtype: getDefaultDtype(), ...rest };
  if (!isFloat(options.dtype))
    throw new ArgumentError(`${op}: expects floating point dtypes, got: ${options.dtype}`);
  if (length < 2) return ones([length], { ...options, requiresGrad });
  const count = length + (periodic ? 1 : 0);
  const y = formula(arange(0, count, 1, options), count - 1);
  return narrow(y, 0, 0, length).clone().requiresGrad_(requiresGrad);
}

/** Two straight slopes. @see torch.bartlett_window */
export function bartlettWindow(length: number, options: WindowOptions = {}): Tensor {
  checkOptions("bartlettWindow", options, known);
  return windowed("bartlettWindow", length, options, (n, last) => {
    const rising = mul(n, 2 / last);
    const half = Math.floor(last / 2) + 1;
    return cat([narrow(rising, 0, 0, half), rsub(narrow(rising, 0, half, last + 1 - half), 2)]);
  });
}

/** 0.42 − 0.5·cos(2πn/N) + 0.08·cos(4πn/N). @see torch.blackman_window */
export function blackmanWindow(length: number, options: WindowOptions = {}): Tensor {
  checkOptions("blackmanWindow", options, known);
  return windowed("blackmanWindow", length, options, (n, last) => {
    const phase = mul(n, Math.PI / last);
    return add(sub(mul(cos(mul(phase, 4)), 0.08), mul(cos(mul(phase, 2)), 0.5)), 0.42);
  });
}

/** alpha − beta·cos(2πn/N). @see torch.hamming_window */
export function hammingWindow(length: number, options: HammingOptions = {}): Tensor {
  checkOptions("hammingWindow", options, [...known, "alpha", "beta"]);
  const { alpha = 0.54, beta = 0.46, ...rest } = options;
  return windowed("hammingWindow", length, rest, (n, last) =>
    add(mul(cos(mul(n, (2 * Math.PI) / last)), -beta), alpha),
  );
}

/** ½ − ½·cos(2πn/N). @see torch.hann_window */
export function hannWindow(length: number, options: WindowOptions = {}): Tensor {
  checkOptions("hannWindow", options, known);
  return windowed("hannWindow", length, options, (n, last) =>
    add(mul(cos(mul(n, (2 * Math.PI) / last)), -0.5), 0.5),
  );
}

/** I₀(beta·√(1 − (2n/N − 1)²))/I₀(beta), I₀ the modified Bessel function; beta 12 unless given. @see torch.kaiser_window */
export function kaiserWindow(length: number, options: WindowOptions & { beta?: number } = {}): Tensor {
  checkOptions("kaiserWindow", options, [...known, "beta"]);
  const { beta = 12, ...rest } = options;
  return windowed("kaiserWindow", length, rest, (n, last) => {
    const place = sub(mul(n, 2 / last), 1);
    const height = i0(mul(sqrt(clamp(rsub(mul(place, place), 1), 0)), beta));
    return div(height, i0(mul(onesOf(n, []), beta)));
  });
}
