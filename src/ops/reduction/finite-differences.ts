/** Derivatives of sampled functions. */
import { checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError, show } from "../../core/errors.js";
import { formatShape, normalizeDims, type Shape } from "../../core/shape.js";
import { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { add, div, mul, neg, sub } from "../elementwise/arithmetic.js";
import { checkTensor, floating } from "../kernel.js";
import { cat } from "../shape/joining.js";
import { narrow } from "../shape/slicing.js";
import { reshape } from "../shape/view.js";

export interface GradientOptions {
  /** The distance of samples: one for all dims, or for each dim one, or the samples' coordinates. @defaultValue 1 */
  spacing?: number | readonly (number | Tensor)[] | null;
  /** Along which dims. @defaultValue all */
  dim?: number | Shape | null;
  /** How exact the ends are: 1 looks at two samples there, 2 at three. @defaultValue 1 */
  edgeOrder?: number;
}

/** Weights of three neighbours for the derivative at the first, the second or the third of them; distances h and k. */
function weights(at: 0 | 1 | 2, h: Tensor, k: Tensor): [Tensor, Tensor, Tensor] {
  const both = add(h, k);
  const [first, second, third] = [mul(h, both), mul(h, k), mul(k, both)];
  if (at === 0) return [neg(div(add(h, both), first)), div(both, second), neg(div(h, third))];
  if (at === 1) return [neg(div(k, first)), div(sub(k, h), second), div(h, third)];
  return [div(k, first), neg(div(both, second)), div(add(k, both), third)];
}

/** The derivative along a dim from samples at `x`. */
function uneven(y: Tensor, d: number, x: Tensor, edgeOrder: number): Tensor {
  const n = y.shape[d]!;
  const line = y.shape.map((_, i) => (i === d ? -1 : 1));
  const h = to(reshape(sub(narrow(x, 0, 1, n - 1), narrow(x, 0, 0, n - 1)), line), floating(y.dtype));
  const part = (from: number, count: number) => narrow(y, d, from, count);
  const gap = (from: number, count = 1) => narrow(h, d, from, count);
  const three = (at: 0 | 1 | 2, from: number, count: number) => {
    const w = weights(at, gap(from, count), gap(from + 1, count));
    return add(
      add(mul(part(from, count), w[0]), mul(part(from + 1, count), w[1])),
      mul(part(from + 2, count), w[2]),
    );
  };
  const two = (from: number) => div(sub(part(from + 1, 1), part(from, 1)), gap(from));
  const ends = edgeOrder === 1 ? [two(0), two(n - 2)] : [three(0, 0, 1), three(2, n - 3, 1)];
  return cat(n > 2 ? [ends[0]!, three(1, 0, n - 2), ends[1]!] : ends, d);
}

/** The derivative along a dim from samples at equal distances. */
function even(y: Tensor, d: number, h: number, edgeOrder: number): Tensor {
  const n = y.shape[d]!;
  const part = (from: number, count = 1) => narrow(y, d, from, count);
  const slope = (from: number, to: number, count: number, steps: number) =>
    div(div(sub(part(to, count), part(from, count)), steps), h);
  const edge = (first: number, step: number) => {
    if (edgeOrder === 1) return step > 0 ? slope(first, first + 1, 1, 1) : slope(first - 1, first, 1, 1);
    const sum = sub(sub(mul(part(first + step), 2), mul(part(first), 1.5)), mul(part(first + 2 * step), 0.5));
    return div(step > 0 ? sum : neg(sum), h);
  };
  const ends = [edge(0, 1), edge(n - 1, -1)] as const;
  return cat(n > 2 ? [ends[0], slope(0, 2, n - 2, 2), ends[1]] : [...ends], d);
}

/**
 * The derivatives of y's samples along each dim: inside by their neighbours on both sides, at the ends by those on one.
 *
 * @example const [dy] = torch.gradient(y, { spacing: 0.1 })
 * @throws ShapeError if a dim has not edgeOrder + 1 samples
 * @see torch.gradient
 */
export function gradient(y: Tensor, options: GradientOptions = {}): Tensor[] {
  const op = "gradient";
  checkTensor(op, y);
  checkOptions(op, options, ["spacing", "dim", "edgeOrder"]);
  const { spacing = 1, dim = null, edgeOrder = 1 } = options;
  if (y.dtype === "bool" || y.dtype === "uint8")
    throw new DTypeError(`${op}: not implemented for ${y.dtype}`);
  if (edgeOrder !== 1 && edgeOrder !== 2)
    throw new ArgumentError(
      `${op}: torch.gradient only supports edge_order=1 and edge_order=2: got ${show(edgeOrder)}`,
    );
  const given = dim === null ? [...y.shape.keys()] : typeof dim === "number" ? [dim] : dim;
  const dims = given.length ? normalizeDims(op, given, y.ndim) : [];
  const gaps = typeof spacing === "number" || spacing === null ? dims.map(() => spacing ?? 1) : spacing;
  if (gaps.length !== dims.length)
    throw new ArgumentError(
      `${op}: torch.gradient expected spacing to be unspecified, a scalar or it's spacing and dim arguments to have the same length, but got a spacing argument of length ${gaps.length} and a dim argument of length ${dims.length}.`,
    );
  return dims.map((d, i) => {
    const n = y.shape[d]!;
    if (n < edgeOrder + 1)
      throw new ShapeError(
        `${op}: torch.gradient expected each dimension size to be at least edge_order+1: got ${formatShape(y.shape)}`,
      );
    const gap = gaps[i]!;
    const samples = isFloat(y.dtype) ? y : to(y, floating(y.dtype));
    if (!(gap instanceof Tensor)) return even(samples, d, gap, edgeOrder);
    if (gap.ndim !== 1 || gap.shape[0] !== n)
      throw new ShapeError(
        `${op}: torch.gradient expected each element of spacing to have one dimension and to match the size of dim ${d}: got ${formatShape(gap.shape)} for ${n}`,
      );
    return uneven(samples, d, gap, edgeOrder);
  });
}
