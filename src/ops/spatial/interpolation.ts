/** Grids brought to another size, one dim after the other: every output is a weighted sum of a few inputs. */
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul } from "../elementwise/arithmetic.js";
import { indexSelect } from "../index/gathering.js";
import { checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { adaptiveAvgPool1d, adaptiveAvgPool2d, adaptiveAvgPool3d } from "./adaptive-pooling.js";
import { checkNonEmpty, indexList, type Spatial, spatial } from "./spatial.js";

export type InterpolationMode =
  | "nearest"
  | "nearest-exact"
  | "linear"
  | "bilinear"
  | "bicubic"
  | "trilinear"
  | "area";
const modes = ["nearest", "nearest-exact", "linear", "bilinear", "bicubic", "trilinear", "area"] as const;

export interface InterpolateOptions {
  /** Factor of the size, instead of a size. */
  scaleFactor?: Spatial | null;
  /** @defaultValue "nearest" */
  mode?: InterpolationMode;
  /** Whether the corners' centres stay in place, instead of the corners. @defaultValue false */
  alignCorners?: boolean | null;
  /** Take the factor from the sizes rather than as given. @defaultValue false */
  recomputeScaleFactor?: boolean | null;
}

/** For every output, an input and its weight. */
interface Tap {
  readonly index: number[];
  readonly weight: number[];
}

/** How far apart outputs read, in inputs. */
interface Steps {
  readonly from: number;
  readonly to: number;
  readonly align: boolean;
  /** The factor as given, or null to take it from the sizes. */
  readonly factor: number | null;
}

/** Where output i reads, for the modes that weigh. */
function source({ from, to, align, factor }: Steps, i: number): number {
  if (align) return to > 1 ? ((from - 1) / (to - 1)) * i : 0;
  const step = factor === null ? from / to : 1 / factor;
  return step * (i + 0.5) - 0.5;
}

/** float32 throughout, as PyTorch, because rounding decides which input is nearest. */
function nearest({ from, to, factor }: Steps, exact: boolean): Tap[] {
  const step = factor === null ? Math.fround(Math.fround(from) / to) : Math.fround(1 / factor);
  const index = Array.from({ length: to }, (_, i) =>
    Math.min(from - 1, Math.floor(Math.fround((exact ? i + 0.5 : i) * step))),
  );
  return [{ index, weight: [] }];
}

function linearTaps(steps: Steps): Tap[] {
  const at = Array.from({ length: steps.to }, (_, i) => Math.max(0, source(steps, i)));
  const low = at.map((s) => Math.min(steps.from - 1, Math.floor(s)));
  const part = at.map((s, i) => Math.min(1, s - low[i]!));
  const high = low.map((n) => Math.min(steps.from - 1, n + 1));
  return [
    { index: low, weight: part.map((p) => 1 - p) },
    { index: high, weight: part },
  ];
}

/** Keys' cubic with a = −¾: weights of the inputs at −1, 0, 1, 2 from the one below. */
function cubicTaps(steps: Steps): Tap[] {
  const a = -0.75;
  const near = (t: number) => ((a + 2) * t - (a + 3)) * t * t + 1;
  const far = (t: number) => ((a * t - 5 * a) * t + 8 * a) * t - 4 * a;
  const at = Array.from({ length: steps.to }, (_, i) => source(steps, i));
  const weights: ((t: number) => number)[] = [(t) => far(t + 1), near, (t) => near(1 - t), (t) => far(2 - t)];
  return weights.map((weigh, k) => ({
    index: at.map((s) => Math.min(steps.from - 1, Math.max(0, Math.floor(s) - 1 + k))),
    weight: at.map((s) => weigh(s - Math.floor(s))),
  }));
}

/** Σ of inputs times weights along dim d. Both are constants, so it is linear in x. */
function resampled(x: Tensor, d: number, taps: readonly Tap[]): Tensor {
  const shape = x.shape.map((_, i) => (i === d ? taps[0]!.index.length : 1));
  const parts = taps.map(({ index, weight }) => {
    const picked = indexSelect(x, d, indexList(index, x));
    return weight.length ? mul(picked, makeOf(weight, shape, x.dtype, x.storage.backend)) : picked;
  });
  return parts.reduce((sum, part) => add(sum, part));
}

/**
 * x [N, C, …] brought to `size`, or to `scaleFactor` times its size.
 *
 * @param mode "linear" is for one dim, "bilinear" and "bicubic" for two, "trilinear" for three; the others for all
 * @throws ArgumentError unless exactly one of size and scaleFactor is given
 * @example interpolate(x, [28, 28], { mode: "bilinear" })
 * @see torch.nn.functional.interpolate
 */
export function interpolate(x: Tensor, size?: Spatial | null, options: InterpolateOptions = {}): Tensor {
  const op = "interpolate";
  checkTensor(op, x);
  checkOptions(op, options, ["scaleFactor", "mode", "alignCorners", "recomputeScaleFactor"]);
  const mode = checkChoice(op, "mode", options.mode ?? "nearest", modes);
  const { scaleFactor = null, alignCorners = null, recomputeScaleFactor = false } = options;
  const rank = x.ndim - 2;
  const ranks: Record<string, number> = { linear: 1, bilinear: 2, bicubic: 2, trilinear: 3 };
  if (rank < 1 || rank > 3 || (ranks[mode] ?? rank) !== rank)
    throw new ShapeError(
      `${op}: Input Error: Only 3D, 4D and 5D input Tensors supported (got ${x.ndim}D: ${formatShape(x.shape)}) for the modes: nearest | linear | bilinear | bicubic | trilinear | area (got ${mode})`,
    );
  if (alignCorners !== null && !(mode in ranks))
    throw new ArgumentError(
      `${op}: align_corners option can only be set with the interpolating modes: got ${mode}`,
    );
  if ((size == null) === (scaleFactor === null))
    throw new ArgumentError(
      `${op}: only one of size or scale_factor should be defined: got ${show(size)} and ${show(scaleFactor)}`,
    );
  checkNonEmpty(op, x, rank);
  const from = x.shape.slice(2);
  const factors = scaleFactor === null ? null : factorsOf(scaleFactor, rank);
  const to = factors ? from.map((n, i) => Math.floor(n * factors[i]!)) : spatial(op, "size", size, rank, 1);
  if (to.some((n) => n < 1))
    throw new ShapeError(
      `${op}: Input and output sizes should be greater than 0, but got input ${formatShape(from)} and output ${formatShape(to)}`,
    );
  if (mode === "area")
    return [adaptiveAvgPool1d, adaptiveAvgPool2d, adaptiveAvgPool3d][rank - 1]!(x, to as never);
  const y = to.reduce((y, n, i) => {
    const factor = factors && !recomputeScaleFactor ? factors[i]! : null;
    const steps = { from: from[i]!, to: n, align: alignCorners ?? false, factor };
    const taps = mode.startsWith("nearest")
      ? nearest(steps, mode === "nearest-exact")
      : mode === "bicubic"
        ? cubicTaps(steps)
        : linearTaps(steps);
    return resampled(y, i + 2, taps);
  }, x);
  return named(`upsample_${mode === "nearest-exact" ? "nearest_exact" : mode}${rank}d`, y, 1);
}

function factorsOf(value: Spatial, rank: number): number[] {
  const list = typeof value === "number" ? Array.from({ length: rank }, () => value) : value;
  if (list.length !== rank || !list.every((f) => f > 0))
    throw new ArgumentError(
      `interpolate: scaleFactor must be one or ${rank} positive numbers: got ${show(value)}`,
    );
  return [...list];
}

export type UpsampleOptions = Omit<InterpolateOptions, "recomputeScaleFactor">;
/** interpolate by its old name. @see torch.nn.functional.upsample */
export function upsample(x: Tensor, size?: Spatial | null, options: UpsampleOptions = {}): Tensor {
  return interpolate(x, size, options);
}
/** interpolate to the nearest. @see torch.nn.functional.upsample_nearest */
export function upsampleNearest(
  x: Tensor,
  size?: Spatial | null,
  options: Pick<UpsampleOptions, "scaleFactor"> = {},
): Tensor {
  return interpolate(x, size, { ...options, mode: "nearest" });
}
/** interpolate between four, corners in place. @see torch.nn.functional.upsample_bilinear */
export function upsampleBilinear(
  x: Tensor,
  size?: Spatial | null,
  options: Pick<UpsampleOptions, "scaleFactor"> = {},
): Tensor {
  return interpolate(x, size, { ...options, mode: "bilinear", alignCorners: true });
}
