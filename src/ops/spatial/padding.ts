/** Tensors with a rim around them. */
import { record } from "../../autograd/record.js";
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel, type Shape } from "../../core/shape.js";
import { make, makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clone } from "../copying.js";
import { indexSelect } from "../index/gathering.js";
import { copy_ } from "../inplace.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { narrow } from "../shape/slicing.js";

/** What fills the rim: one value, the values mirrored at the edge, the edge itself, or the other side. */
export type PadMode = "constant" | "reflect" | "replicate" | "circular";

export interface PadOptions {
  /** What the rim shows: a value, the mirrored inside, its edge, or its other end. @defaultValue "constant" */
  mode?: PadMode;
  /** Of a constant rim. @defaultValue 0 */
  value?: number;
}

/** x with a rim of one value, 0 unless given; widths as those of `pad`. @see torch.constant_pad_nd */
export function constantPadNd(x: Tensor, widths: Shape, options: { value?: number } = {}): Tensor {
  checkOptions("constantPadNd", options, ["value"]);
  return pad(x, widths, options);
}

/** Widths [left, right] of the rim for each dim. */
type Sides = readonly (readonly [number, number])[];

/**
 * x with a rim of `widths` [left, right, top, bottom, …], the last dim first; negative widths cut off.
 *
 * @example pad(x, [1, 1], { mode: "reflect" })
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
  const { value = 0 } = options;
  const modes = ["constant", "reflect", "replicate", "circular"] as const;
  const mode = checkChoice("pad", "mode", options.mode ?? "constant", modes);
  const sides = x.shape.map((_, d): [number, number] => {
    const at = 2 * (x.ndim - 1 - d);
    return at < widths.length ? [widths[at]!, widths[at + 1]!] : [0, 0];
  });
  if (mode === "constant") return constantPad(x, sides, value);
  const rank = widths.length / 2;
  if (rank < 1 || rank > 3 || (x.ndim !== rank + 1 && x.ndim !== rank + 2))
    throw new ShapeError(
      `pad: Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now: ${widths.length} widths for shape ${formatShape(x.shape)}`,
    );
  if (mode === "circular") return circularPad(x, sides);
  const name = mode === "reflect" ? "reflection" : "replication";
  return named(
    `${name}_pad${rank}d`,
    sides.reduce((y, side, d) => extended(y, d, side, mode), x),
  );
}

/** The shape with its rim. */
function paddedShape(shape: Shape, sides: Sides): number[] {
  const padded = shape.map((n, d) => n + sides[d]![0] + sides[d]![1]);
  if (padded.some((n) => n < 0))
    throw new ShapeError(
      `pad: The input size ${formatShape(shape)}, plus negative padding ${show(sides)} resulted in a negative output size`,
    );
  return padded;
}

/** The part of x that is not cut off. */
const cropped = (x: Tensor, sides: Sides): Tensor =>
  sides.reduce((y, [left, right], d) => {
    const [from, to] = [Math.max(0, -left), Math.max(0, -right)];
    return from + to === 0
      ? y
      : narrow(y, d, Math.min(from, y.shape[d]!), Math.max(0, y.shape[d]! - from - to));
  }, x);
/** The part of the output that is not rim. */
const inside = (y: Tensor, sides: Sides): Tensor =>
  sides.reduce((y, [left, right], d) => {
    const [from, to] = [Math.max(0, left), Math.max(0, right)];
    return from + to === 0
      ? y
      : narrow(y, d, Math.min(from, y.shape[d]!), Math.max(0, y.shape[d]! - from - to));
  }, y);

function constantPad(x: Tensor, sides: Sides, value: number): Tensor {
  const out = make(paddedShape(x.shape, sides), x.dtype, x.storage.backend);
  out.storage.backend.fill(out, value);
  const [target, source] = [inside(out, sides), cropped(x.detach(), sides)];
  if (numel(source.shape) > 0 && numel(target.shape) > 0) out.storage.backend.copy(target, source);
  return record(out, {
    op: "constant_pad_nd",
    inputs: [x],
    backward: (g) => [
      () =>
        constantPad(
          g,
          sides.map(([left, right]) => [-left, -right] as const),
          0,
        ),
    ],
  });
}

/** One dim mirrored, or its edge drawn out. ∂x = g added where it was taken. */
function extended(x: Tensor, d: number, [left, right]: Sides[number], mode: "reflect" | "replicate"): Tensor {
  if (left === 0 && right === 0) return x;
  const n = x.shape[d]!;
  if (mode === "reflect" && (left >= n || right >= n))
    throw new ShapeError(
      `pad: Padding size should be less than the corresponding input dimension, but got: padding (${left}, ${right}) at dimension ${d} of input ${formatShape(x.shape)}`,
    );
  const [length] = paddedShape([n], [[left, right]]) as [number];
  if (n === 0 || length < 1)
    throw new ShapeError(
      `pad: dim ${d} of ${formatShape(x.shape)} with padding (${left}, ${right}) is too small`,
    );
  const source = (i: number) =>
    mode === "replicate" ? Math.min(Math.max(i, 0), n - 1) : i < 0 ? -i : i < n ? i : 2 * (n - 1) - i;
  const at = makeOf(
    Array.from({ length }, (_, i) => source(i - left)),
    [length],
    "int64",
    x.storage.backend,
  );
  return indexSelect(x, d, at);
}

/** Each end continues at the other. */
function circularPad(x: Tensor, sides: Sides): Tensor {
  sides.forEach(([left, right], d) => {
    if (left > x.shape[d]! || right > x.shape[d]!)
      throw new ShapeError(
        `pad: Padding value causes wrapping around more than once: (${left}, ${right}) at dim ${d} of ${formatShape(x.shape)}`,
      );
  });
  const out = zerosOf(x, paddedShape(x.shape, sides));
  copy_(inside(out, sides), cropped(x, sides));
  for (let d = x.ndim - 1; d >= 0; d--) {
    const [left, right] = sides[d]!.map((width) => Math.max(0, width)) as [number, number];
    const n = out.shape[d]!;
    if (left > 0) copy_(narrow(out, d, 0, left), clone(narrow(out, d, n - right - left, left)));
    if (right > 0) copy_(narrow(out, d, n - right, right), clone(narrow(out, d, left, right)));
  }
  return out;
}
