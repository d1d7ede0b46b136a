/** Transforms between half a Hermitian spectrum and real values: those of torch.fft whose results are real. */
import { checkChoice, checkOptions } from "../../core/arguments.js";
import { ArgumentError, show } from "../../core/errors.js";
import { normalizeDim, normalizeDims, type Shape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { mul } from "../elementwise/arithmetic.js";
import { checkTensor, floating, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { cat } from "../shape/joining.js";
import { flip } from "../shape/rearranging.js";
import { narrow } from "../shape/slicing.js";
import { movedim } from "../shape/view.js";
import { pad } from "../spatial/padding.js";
import { both, type Complex, conjugate, transform } from "./dft.js";

/** Where the factor 1/n stands: before the inverse ("backward"), before both as 1/√n ("ortho"), or the other way round. */
export type Norm = "backward" | "ortho" | "forward";
export interface FftOptions {
  /** @defaultValue "backward" */
  norm?: Norm | null;
}

/** Cut, or filled up with zeros, to n values along a dim. */
function fitted(x: Tensor, d: number, n: number): Tensor {
  const size = x.shape[d]!;
  if (n === size) return x;
  if (n < size) return narrow(x, d, 0, n);
  return pad(x, [...new Array<number>(2 * (x.ndim - 1 - d)).fill(0), 0, n - size]);
}

/** The whole spectrum [..., n] from its first half [..., n/2 + 1]: the rest is the conjugate, mirrored. */
function whole({ re, im }: Complex, n: number): Complex {
  const rest = n - re.shape.at(-1)!;
  const mirrored = (x: Tensor) => flip(narrow(x, -1, 1, rest), -1);
  const fullRe = rest > 0 ? cat([re, mirrored(re)], -1) : re;
  if (!im) return { re: fullRe, im };
  // The first value and, if n is even, the middle one have no imaginary part.
  const inner = narrow(im, -1, 1, rest);
  const zero = zerosOf(im, [...im.shape.slice(0, -1), 1]);
  const middle = n % 2 === 0 && n > 1 ? [zero] : [];
  const { im: turned } = conjugate({ re, im: mirrored(im) });
  return { re: fullRe, im: cat([zero, inner, ...middle, turned!], -1) };
}

/** The real values whose spectrum's first half is z: Σ z[k]·e^(2πi·jk/n), not divided by n, along the last dim. */
export function realValues(z: Complex, n: number): Tensor {
  return transform(whole(z, n), 1).re;
}

function realTransform(
  op: string,
  x: Tensor,
  dims: readonly number[],
  lengths: Shape,
  norm: Norm | null | undefined,
  inverse: boolean,
): Tensor {
  checkTensor(op, x);
  const mode = checkChoice(op, "norm", norm ?? "backward", ["backward", "ortho", "forward"]);
  for (const n of lengths)
    if (!(Number.isInteger(n) && n >= 1))
      throw new ArgumentError(`${op}: Invalid number of data points (${show(n)}) specified`);
  const last = dims.at(-1)!;
  const n = lengths.at(-1)!;
  const dtype = floating(x.dtype);
  // Computed in float64, where sums of many roots cost no digits that float32 has.
  let z: Complex = { re: fitted(to(x, "float64"), last, Math.floor(n / 2) + 1), im: null };
  dims.slice(0, -1).forEach((d, i) => {
    const line = both(z, (x) => movedim(fitted(x, d, lengths[i]!), d, -1));
    z = both(transform(line, inverse ? 1 : -1), (x) => movedim(x, -1, d));
  });
  // Forward along the last dim too: the conjugate spectrum, taken back.
  const line = both(inverse ? z : conjugate(z), (x) => movedim(x, last, -1));
  const y = movedim(realValues(line, n), -1, last);
  const count = lengths.reduce((a, b) => a * b, 1);
  const scale = mode === "ortho" ? 1 / Math.sqrt(count) : (mode === "backward") === inverse ? 1 / count : 1;
  return named("fft_c2r", to(scale === 1 ? y : mul(y, scale), dtype));
}

function oneDim(
  op: string,
  x: Tensor,
  n: number | null | undefined,
  dim: number,
  options: FftOptions | undefined,
  inverse: boolean,
): Tensor {
  checkTensor(op, x);
  checkOptions(op, options, ["norm"]);
  const d = normalizeDim(op, dim, x.ndim);
  if (x.ndim === 0) throw new ArgumentError(`${op}: expects a tensor with at least one dim`);
  return realTransform(op, x, [d], [n ?? 2 * (x.shape[d]! - 1)], options?.norm, inverse);
}

type Sizes = Shape | null | undefined;
type Dims = Shape | number | null | undefined;

function manyDims(
  op: string,
  x: Tensor,
  s: Sizes,
  dim: Dims,
  options: FftOptions | undefined,
  inverse: boolean,
): Tensor {
  checkTensor(op, x);
  checkOptions(op, options, ["norm"]);
  const last = (count: number) => Array.from({ length: count }, (_, i) => i - count);
  const dims = normalizeDims(op, dim ?? (s ? last(s.length) : null), x.ndim);
  if (dims.length === 0) throw new ArgumentError(`${op}: must transform at least one axis`);
  if (s && s.length !== dims.length)
    throw new ArgumentError(
      `${op}: When given, dim and shape arguments must have the same length: ${show(s)}`,
    );
  const lengths = dims.map((d, i) => {
    const own = i === dims.length - 1 ? 2 * (x.shape[d]! - 1) : x.shape[d]!;
    return s && s[i] !== -1 ? s[i]! : own;
  });
  return realTransform(op, x, dims, lengths, options?.norm, inverse);
}

/** The real spectrum of a signal that is Hermitian in time, given by its first half of m values; n is 2·(m − 1) unless given. @see torch.fft.hfft */
export function hfft(x: Tensor, n?: number | null, dim = -1, options?: FftOptions): Tensor {
  return oneDim("hfft", x, n, dim, options, false);
}
/** As `hfft`, along two dims, with lengths s. @see torch.fft.hfft2 */
export function hfft2(x: Tensor, s?: Sizes, dim: Dims = [-2, -1], options?: FftOptions): Tensor {
  return manyDims("hfft2", x, s, dim, options, false);
}
/** As `hfft`, along several dims: all, or the last ones that s has lengths for. @see torch.fft.hfftn */
export function hfftn(x: Tensor, s?: Sizes, dim?: Dims, options?: FftOptions): Tensor {
  return manyDims("hfftn", x, s, dim, options, false);
}
/** The real signal whose spectrum is Hermitian and has x as its first half of m values; n is 2·(m − 1) unless given. @see torch.fft.irfft */
export function irfft(x: Tensor, n?: number | null, dim = -1, options?: FftOptions): Tensor {
  return oneDim("irfft", x, n, dim, options, true);
}
/** As `irfft`, along two dims, with lengths s. @see torch.fft.irfft2 */
export function irfft2(x: Tensor, s?: Sizes, dim: Dims = [-2, -1], options?: FftOptions): Tensor {
  return manyDims("irfft2", x, s, dim, options, true);
}
/** As `irfft`, along several dims: all, or the last ones that s has lengths for. @see torch.fft.irfftn */
export function irfftn(x: Tensor, s?: Sizes, dim?: Dims, options?: FftOptions): Tensor {
  return manyDims("irfftn", x, s, dim, options, true);
}
