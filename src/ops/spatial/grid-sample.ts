/** Values read at any places of a grid, between its points. */
import { record } from "../../autograd/record.js";
import { checkChoice, checkIntegers, checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel } from "../../core/shape.js";
import { linspace } from "../../tensor/create.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { abs, add, div, fmod, mul, remainder, rsub, sub } from "../elementwise/arithmetic.js";
import { eq, ge, le, logicalAnd } from "../elementwise/comparison.js";
import { clamp } from "../elementwise/limits.js";
import { where } from "../elementwise/selection.js";
import { floor, round } from "../elementwise/trigonometric.js";
import { gather } from "../index/gathering.js";
import { checkDevices, checkKind, checkTensor, onesOf, zerosOf } from "../kernel.js";
import { matmul } from "../linear/matmul.js";
import { named } from "../named.js";
import { stack } from "../shape/joining.js";
import { select } from "../shape/slicing.js";
import { expand, reshape, transpose, unsqueeze } from "../shape/view.js";

export interface GridSampleOptions {
  /** "bicubic" for images only. @defaultValue "bilinear" */
  mode?: "bilinear" | "nearest" | "bicubic";
  /** What is read outside. @defaultValue "zeros" */
  paddingMode?: "zeros" | "border" | "reflection";
  /** Whether −1 and 1 are the outermost centres, instead of the outermost edges. @defaultValue false */
  alignCorners?: boolean | null;
}

/** Places in [−1, 1] as positions among n points. */
const positionOf = (place: Tensor, n: number, align: boolean): Tensor =>
  align ? mul(add(place, 1), (n - 1) / 2) : mul(sub(mul(add(place, 1), n), 1), 0.5);

/** Positions outside mirrored back, at the outermost centres or edges, as often as needed. */
function reflected(at: Tensor, n: number, align: boolean): Tensor {
  const [low, high] = align ? [0, n - 1] : [-0.5, n - 0.5];
  const span = high - low;
  if (span === 0) return mul(at, 0);
  const d = abs(sub(at, low));
  const rest = fmod(d, span);
  const turns = floor(div(d.detach(), span));
  return add(where(eq(remainder(turns, 2), 0), rest, rsub(rest, span)), low);
}

/** x [N, C, …size] at whole positions [N, count] of each dim; 0 outside. */
function readAt(x: Tensor, at: readonly Tensor[]): Tensor {
  const size = x.shape.slice(2);
  const [n, c] = x.shape as [number, number];
  const count = at[0]!.shape[1]!;
  let flat: Tensor | null = null;
  let inside: Tensor | null = null;
  at.forEach((position, i) => {
    const last = size[i]! - 1;
    const fits = logicalAnd(ge(position, 0), le(position, last));
    inside = inside ? logicalAnd(inside, fits) : fits;
    const index = to(clamp(position, 0, last), "int64");
    flat = flat ? add(mul(flat, size[i]!), index) : index;
  });
  const index = expand(unsqueeze(flat!, 1), [n, c, count]);
  const values = gather(reshape(x, [n, c, numel(size)]), 2, index);
  return where(unsqueeze(inside!, 1), values, 0);
}

/** Weights of the points at −1, 0, 1, 2 from the one below, for Keys' cubic with a = −¾. */
function cubicWeights(t: Tensor): Tensor[] {
  const a = -0.75;
  const near = (t: Tensor) => add(mul(mul(sub(mul(t, a + 2), a + 3), t), t), 1);
  const far = (t: Tensor) => sub(mul(add(mul(sub(mul(t, a), 5 * a), t), 8 * a), t), 4 * a);
  return [far(add(t, 1)), near(t), near(rsub(t, 1)), far(rsub(t, 2))];
}

/**
 * x [N, C, H, W] read at grid [N, Ho, Wo, 2] of places (x, y) in [−1, 1] → [N, C, Ho, Wo]; volumes alike.
 *
 * @throws ShapeError unless the grid fits
 * @see torch.nn.functional.grid_sample; Jaderberg et al. 2015, arXiv:1506.02025
 */
export function gridSample(x: Tensor, grid: Tensor, options: GridSampleOptions = {}): Tensor {
  const op = "gridSample";
  checkTensor(op, x);
  checkTensor(op, grid);
  checkOptions(op, options, ["mode", "paddingMode", "alignCorners"]);
  checkDevices(op, x, grid);
  checkKind(op, x, "float");
  const mode = checkChoice(op, "mode", options.mode ?? "bilinear", ["bilinear", "nearest", "bicubic"]);
  const padding = checkChoice(op, "paddingMode", options.paddingMode ?? "zeros", [
    "zeros",
    "border",
    "reflection",
  ]);
  const align = options.alignCorners ?? false;
  const rank = x.ndim - 2;
  if (
    (rank !== 2 && rank !== 3) ||
    grid.ndim !== x.ndim ||
    grid.shape[0] !== x.shape[0] ||
    grid.shape.at(-1) !== rank
  )
    throw new ShapeError(
      `${op}: Expected grid of ${rank} places for each output, got input ${formatShape(x.shape)} and grid ${formatShape(grid.shape)}`,
    );
  if (x.dtype !== grid.dtype)
    throw new DTypeError(
      `${op}: expected input and grid to have same dtype, but input has ${x.dtype} and grid has ${grid.dtype}`,
    );
  if (mode === "bicubic" && rank !== 2)
    throw new ArgumentError(`${op}: bicubic interpolation only supports 4D input`);
  const size = x.shape.slice(2);
  if (size.includes(0))
    throw new ShapeError(
      `${op}: Expected input to have non-empty spatial dimensions, but input has sizes ${formatShape(x.shape)}`,
    );
  const places = reshape(grid, [grid.shape[0]!, numel(grid.shape.slice(1, -1)), rank]);
  const held = (at: Tensor, n: number): Tensor => {
    if (padding === "zeros") return at;
    return clamp(padding === "border" ? at : reflected(at, n, align), 0, n - 1);
  };
  // The grid's last dim counts x first, the image's dims y first.
  const raw = size.map((n, i) => positionOf(select(places, 2, rank - 1 - i), n, align));
  const at = mode === "bicubic" ? raw : raw.map((p, i) => held(p, size[i]!));
  const shape = [x.shape[0]!, x.shape[1]!, ...grid.shape.slice(1, -1)];
  if (mode !== "nearest") return named(`grid_sampler${rank}d`, reshape(between(x, at, mode, held), shape));
  const whole = at.map((p) => round(p.detach()));
  const y = reshape(readAt(x, whole), shape);
  // The nearest point is constant in the grid.
  const rule = { op: `grid_sampler${rank}d`, inputs: [y, grid] };
  return record(y.detach(), { ...rule, backward: (g) => [() => g, () => zerosOf(g, grid.shape)] });
}

/** Σ over the points around every position, weighted by the product over the dims. */
function between(
  x: Tensor,
  at: readonly Tensor[],
  mode: string,
  held: (at: Tensor, n: number) => Tensor,
): Tensor {
  const base = at.map((p) => floor(p.detach()));
  const choices = at.map((p, i) => {
    const t = sub(p, base[i]!);
    if (mode === "bicubic")
      return cubicWeights(t).map((weight, k) => ({
        weight,
        at: held(add(base[i]!, k - 1), x.shape[i + 2]!),
      }));
    return [
      { weight: rsub(t, 1), at: base[i]! },
      { weight: t, at: add(base[i]!, 1) },
    ];
  });
  let corners: { weight: Tensor | null; at: Tensor[] }[] = [{ weight: null, at: [] }];
  for (const dim of choices)
    corners = corners.flatMap((corner) =>
      dim.map((point) => ({
        weight: corner.weight ? mul(corner.weight, point.weight) : point.weight,
        at: [...corner.at, point.at],
      })),
    );
  return corners
    .map(({ weight, at }) => mul(readAt(x, at), unsqueeze(weight!, 1)))
    .reduce((a, b) => add(a, b));
}

/**
 * The grid that reads through the affine maps theta [N, 2, 3] for an output of `size` [N, C, H, W] (or [N, 3, 4] and a volume).
 *
 * @see torch.nn.functional.affine_grid
 */
export function affineGrid(
  theta: Tensor,
  size: readonly number[],
  options: Pick<GridSampleOptions, "alignCorners"> = {},
): Tensor {
  checkTensor("affineGrid", theta);
  checkKind("affineGrid", theta, "float");
  checkOptions("affineGrid", options, ["alignCorners"]);
  if (!Array.isArray(size)) throw new ArgumentError(`affineGrid: size must be a list: got ${show(size)}`);
  checkIntegers("affineGrid", "every size", size);
  const rank = size.length - 2;
  if (
    (rank !== 2 && rank !== 3) ||
    theta.ndim !== 3 ||
    theta.shape[1] !== rank ||
    theta.shape[2] !== rank + 1
  )
    throw new ShapeError(
      `affineGrid: Expected a batch of ${rank}D affine matrices of shape N×${rank}×${rank + 1} for size ${formatShape(size)}. Got ${formatShape(theta.shape)}.`,
    );
  const space = size.slice(2);
  const { dtype, device } = theta;
  const axes = space.map((n, i) => {
    const reach = options.alignCorners ? 1 : (n - 1) / n;
    const line =
      n > 1 ? linspace(-reach, reach, n, { dtype, device }) : mul(make([1], dtype, theta.storage.backend), 0);
    return expand(
      reshape(
        line,
        space.map((_, d) => (d === i ? n : 1)),
      ),
      [...space],
    );
  });
  const base = stack([...axes.reverse(), onesOf(theta, space)], -1);
  const points = reshape(base, [1, numel(space), rank + 1]);
  return reshape(matmul(points, transpose(theta, 1, 2)), [theta.shape[0]!, ...space, rank]);
}
