/** Windows of convolutions and pooling: arguments and output sizes. */
import type { Window2d } from "../../backend/backend.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";

/** One number, or a list of one. */
export type Single = number | readonly [number];
/** One number for both dims, or [height, width]. */
export type Pair = number | readonly [number, number];

/** @throws ArgumentError unless it is a whole number of at least `least`, or a pair of them */
export function pair(op: string, name: string, value: unknown, least: number): [number, number] {
  const list = Array.isArray(value) ? (value.length === 1 ? [value[0], value[0]] : value) : [value, value];
  if (list.length !== 2 || !list.every(Number.isInteger))
    throw new ArgumentError(`${op}: ${name} must be an integer or a pair of integers: got ${show(value)}`);
  if (list.some((n) => n < least))
    throw new ArgumentError(`${op}: ${name} must be at least ${least}: got ${show(value)}`);
  return list as [number, number];
}

/** @throws ArgumentError unless it is a whole number, or a list of just one */
export function single(op: string, name: string, value: unknown): number {
  const [number, ...rest] = Array.isArray(value) ? value : [value];
  if (typeof number !== "number" || !Number.isInteger(number) || rest.length > 0)
    throw new ArgumentError(`${op}: ${name} must be an integer: got ${show(value)}`);
  return number;
}

/** How many windows fit along each of the last two dims. @throws ShapeError if none does */
export function outputSize(op: string, input: Shape, window: Window2d, ceilMode = false): [number, number] {
  return [0, 1].map((i) => {
    const n = input.at(i - 2)!;
    const [k, s, p, d] = [window.kernel[i]!, window.stride[i]!, window.padding[i]!, window.dilation[i]!];
    const room = n + 2 * p - d * (k - 1) - 1;
    let out = (ceilMode ? Math.ceil(room / s) : Math.floor(room / s)) + 1;
    // The last window must start inside the input or its left padding.
    if (ceilMode && (out - 1) * s >= n + p) out--;
    if (out < 1 || room < 0)
      throw new ShapeError(
        `${op}: Calculated output size is too small: input ${formatShape(input)} with padding ${p} is smaller than the kernel of ${k} with dilation ${d} (${n} + 2·${p} < ${d * (k - 1) + 1})`,
      );
    return out;
  }) as [number, number];
}
