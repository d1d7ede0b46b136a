/** How many elements fall between edges, in one dim or several. */
import { checkInteger, checkIterable, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel, type Shape } from "../../core/shape.js";
import { linspace } from "../../tensor/create.js";
import { makeOf } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { checkTensor } from "../kernel.js";
import { reshape } from "../shape/view.js";

export interface HistogramOptions {
  /** The outermost edges [low, high] of each dim, one after the other, where edges are not given. @defaultValue the least and greatest elements */
  range?: readonly number[] | null;
  /** How much each element counts: x's shape without the last dim (`histogramdd`), or x's. @defaultValue 1 each */
  weight?: Tensor | null;
  /** Divide by the total and by the bins' sizes. @defaultValue false */
  density?: boolean;
}
export interface Histogram {
  hist: Tensor;
  /** One more than there are bins. */
  binEdges: Tensor;
}
export interface HistogramDD {
  /** As many dims as x has columns. */
  hist: Tensor;
  binEdges: Tensor[];
}

/** Equal bins over a range; where it is a point, from half below it to half above. */
function equalEdges(op: string, bins: number, [low, high]: readonly [number, number], like: Tensor): Tensor {
  checkInteger(op, "bins", bins, 1);
  if (!(Number.isFinite(low) && Number.isFinite(high)))
    throw new ArgumentError(`${op}: dimension's range [${low}, ${high}] is not finite`);
  if (low > high) throw new ArgumentError(`${op}: min should not exceed max, but got min ${low} max ${high}`);
  const [from, to] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  return linspace(from, to, bins + 1, { dtype: like.dtype as "float32", device: like.device });
}

function checkEdges(op: string, edges: Tensor, like: Tensor): void {
  checkTensor(op, edges);
  if (edges.ndim !== 1 || edges.shape[0] === 0)
    throw new ShapeError(
      `${op}: bins tensor should have one dimension and at least one edge: got ${formatShape(edges.shape)}`,
    );
  if (edges.dtype !== like.dtype)
    throw new DTypeError(
      `${op}: input tensor and bins tensors should have the same dtype: ${like.dtype} and ${edges.dtype}`,
    );
}

/** Which bin a value falls into, −1 for none; the last one has its right edge. */
function binOf(value: number, edges: readonly number[]): number {
  const last = edges.length - 1;
  if (!(value >= edges[0]! && value <= edges[last]!)) return -1;
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return Math.min(low - 1, last - 1);
}

/** Points, one a row of numbers, counted. */
function counted(
  op: string,
  x: Tensor,
  width: number,
  binEdges: readonly Tensor[],
  { weight = null, density = false }: HistogramOptions,
): Tensor {
  const values = valuesOf(x).map(Number);
  const rows = width === 0 ? 0 : values.length / width;
  if (weight) {
    checkTensor(op, weight);
    if (weight.dtype !== x.dtype)
      throw new DTypeError(
        `${op}: if weight tensor is provided, input tensor and weight tensor should have the same dtype`,
      );
    if (numel(weight.shape) !== rows)
      throw new ShapeError(`${op}: weight of shape ${formatShape(weight.shape)} does not fit ${rows} points`);
  }
  const weights = weight ? valuesOf(weight).map(Number) : null;
  const edges = binEdges.map((e) => valuesOf(e).map(Number));
  const shape = edges.map((list) => list.length - 1);
  const hist = new Array<number>(numel(shape)).fill(0);
  for (let row = 0; row < rows; row++) {
    let at = 0;
    for (let d = 0; d < width && at >= 0; d++) {
      const bin = binOf(values[row * width + d]!, edges[d]!);
      at = bin < 0 ? -1 : at * shape[d]! + bin;
    }
    if (at >= 0) hist[at]! += weights ? weights[row]! : 1;
  }
  if (density) {
    const total = hist.reduce((a, b) => a + b, 0);
    hist.forEach((count, i) => {
      let [rest, size] = [i, total];
      for (let d = width - 1; d >= 0; d--) {
        const bin = rest % shape[d]!;
        rest = Math.floor(rest / shape[d]!);
        size *= edges[d]![bin + 1]! - edges[d]![bin]!;
      }
      hist[i] = count / size;
    });
  }
  return makeOf(hist, shape, x.dtype, x.storage.backend);
}

/** The range of each column, [0, 1] for no points at all. */
function rangesOf(op: string, x: Tensor, width: number, range: readonly number[] | null): [number, number][] {
  if (range && range.length !== 2 * width)
    throw new ArgumentError(
      `${op}: for a ${width}-dimensional histogram range should have ${2 * width} elements, but got ${show(range)}`,
    );
  const values = range ? [] : valuesOf(x).map(Number);
  return Array.from({ length: width }, (_, d): [number, number] => {
    if (range) return [range[2 * d]!, range[2 * d + 1]!];
    const column = values.filter((_, i) => i % width === d);
    if (column.length === 0) return [0, 1];
    return [column.reduce((a, b) => Math.min(a, b)), column.reduce((a, b) => Math.max(a, b))];
  });
}

/**
 * Points, the rows of the last dim of x [..., dims], counted in a grid.
 *
 * @param bins how many for all dims, or for each, or each one's edges
 * @example torch.histogramdd(x, [3, 4])
 * @see torch.histogramdd
 */
export function histogramdd(
  x: Tensor,
  bins: number | Shape | readonly Tensor[],
  options: HistogramOptions = {},
): HistogramDD {
  const op = "histogramdd";
  checkTensor(op, x);
  checkOptions(op, options, ["range", "weight", "density"]);
  if (!isFloat(x.dtype)) throw new DTypeError(`${op}: not implemented for ${x.dtype}`);
  if (x.ndim < 2)
    throw new ShapeError(
      `${op}: input tensor should have at least 2 dimensions, but got ${formatShape(x.shape)}`,
    );
  const width = x.shape.at(-1)!;
  if (typeof bins !== "number") checkIterable(op, "bins", bins);
  const each = typeof bins === "number" ? new Array<number>(width).fill(bins) : [...bins];
  if (each.length !== width)
    throw new ArgumentError(
      `${op}: expected ${width} sequences of bin edges or numbers of bins, but got ${each.length}`,
    );
  const binEdges = edgesOf(op, x, width, each, options.range ?? null);
  return { hist: counted(op, x, width, binEdges, options), binEdges };
}

function edgesOf(
  op: string,
  x: Tensor,
  width: number,
  bins: readonly (number | Tensor)[],
  range: readonly number[] | null,
): Tensor[] {
  const tensors = bins.filter((b) => b instanceof Tensor);
  if (tensors.length > 0 && range)
    throw new ArgumentError(`${op}: a range needs numbers of bins, not their edges`);
  for (const edges of tensors) checkEdges(op, edges, x);
  const ranges = tensors.length === width ? [] : rangesOf(op, x, width, range);
  return bins.map((b, d) => (b instanceof Tensor ? b : equalEdges(op, b, ranges[d]!, x)));
}

/**
 * The elements of x counted in bins.
 *
 * @param bins how many equal ones, or their edges
 * @example torch.histogram(x, 4, { range: [0, 3] })
 * @see torch.histogram
 */
export function histogram(x: Tensor, bins: number | Tensor = 100, options: HistogramOptions = {}): Histogram {
  const op = "histogram";
  checkTensor(op, x);
  checkOptions(op, options, ["range", "weight", "density"]);
  if (!isFloat(x.dtype)) throw new DTypeError(`${op}: not implemented for ${x.dtype}`);
  const column = reshape(x.detach(), [numel(x.shape), 1]);
  const [binEdges] = edgesOf(op, column, 1, [bins], options.range ?? null) as [Tensor];
  return { hist: counted(op, column, 1, [binEdges], options), binEdges };
}
