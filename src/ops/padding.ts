/** Tensors with a rim around them. */
import { record } from "../autograd/record.js";
import { checkOptions } from "../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../core/errors.js";
import { formatShape, type Shape } from "../core/shape.js";
import { make } from "../tensor/make.js";
import type { Tensor } from "../tensor/tensor.js";
import { checkTensor } from "./kernel.js";
import { narrow } from "./slicing.js";

export interface PadOptions {
  /** @defaultValue "constant" */
  mode?: "constant";
  /** @defaultValue 0 */
  value?: number;
}

/**
 * x with `widths` [left, right, top, bottom, …] of a value around it, the last dim first; negative widths cut off.
 *
 * @see torch.nn.functional.pad
 */
export function pad(x: Tensor, widths: Shape, options: PadOptions = {}): Tensor {
  checkTensor("pad", x);
  checkOptions("pad", options, ["mode", "value"]);
  if (!Array.isArray(widths) || widths.length % 2 !== 0 || !widths.every(Number.isInteger))
    throw new ArgumentError(`pad: Padding length must be divisible by 2: got ${show(widths)}`);
  if (widths.length > 2 * x.ndim)
    throw new ShapeError(
      `pad: Padding length too large: ${widths.length} for a tensor of shape ${formatShape(x.shape)}`,
    );
  if ((options.mode ?? "constant") !== "constant")
    throw new ArgumentError(`pad: mode ${show(options.mode)} is not implemented: only "constant"`);
  const { value = 0 } = options;
  const sides = x.shape.map((_, d): [number, number] => {
    const at = 2 * (x.ndim - 1 - d);
    return at < widths.length ? [widths[at]!, widths[at + 1]!] : [0, 0];
  });
  const shape = x.shape.map((n, d) => n + sides[d]![0] + sides[d]![1]);
  if (shape.some((n) => n < 0))
    throw new ShapeError(
      `pad: The input size ${formatShape(x.shape)}, plus negative padding ${show(widths)} resulted in a negative output size`,
    );
  const out = make(shape, x.dtype, x.storage.backend);
  out.storage.backend.fill(out, value);
  // The part that both have: of x what is not cut off, of the output what is not rim.
  const common = x.shape.map((n, d) =>
    Math.max(0, n + Math.min(0, sides[d]![0]) + Math.min(0, sides[d]![1])),
  );
  const inner = (y: Tensor, own: boolean) =>
    common.reduce((y, n, d) => narrow(y, d, Math.max(0, own ? -sides[d]![0] : sides[d]![0]), n), y);
  if (common.every((n) => n > 0)) out.storage.backend.copy(inner(out, false), inner(x.detach(), true));
  return record(out, {
    op: "constant_pad_nd",
    inputs: [x],
    backward: (g) => [
      () =>
        pad(
          g,
          widths.map((n) => -n),
        ),
    ],
  });
}
