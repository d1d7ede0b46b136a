/** Spectra of short spans of a signal, and the signal from them. Complex numbers are a last dim [re, im]. */
import { checkChoice, checkInteger, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { to } from "../copying.js";
import { abs, div, mul } from "../elementwise/arithmetic.js";
import { checkTensor, onesOf } from "../kernel.js";
import { named } from "../named.js";
import { amin } from "../reduction/reduction.js";
import { stack } from "../shape/joining.js";
import { unfold } from "../shape/layouts.js";
import { narrow, select } from "../shape/slicing.js";
import { expand, squeeze, transpose, unsqueeze } from "../shape/view.js";
import { type PadMode, pad } from "../spatial/padding.js";
import { fold } from "../spatial/patches.js";
import { both, type Complex, transform } from "./dft.js";
import { realValues } from "./hermitian.js";

interface SpanOptions {
  /** Steps between spans. @defaultValue nFft / 4 */
  hopLength?: number | null;
  /** Length of the window, which is put in the middle of a span. @defaultValue nFft */
  winLength?: number | null;
  /** Weights [winLength]. @defaultValue ones */
  window?: Tensor | null;
  /** Spans are centred at their places, the signal being padded by half a span. @defaultValue true */
  center?: boolean;
  /** Divided by √nFft. @defaultValue false */
  normalized?: boolean;
  /** Only the frequencies that are not negative; the others are their conjugates. */
  onesided?: boolean | null;
  /** Only false: there are no complex tensors. */
  returnComplex?: boolean | null;
}
export interface StftOptions extends SpanOptions {
  /** How the signal goes on beyond its ends. @defaultValue "reflect" */
  padMode?: PadMode;
}
export interface IstftOptions extends SpanOptions {
  /** Values of the result. @defaultValue what the spans cover */
  length?: number | null;
}

const known = ["hopLength", "winLength", "window", "center", "normalized", "onesided", "returnComplex"];

/** Steps between spans, and the weights of each value of a span. */
function spans(op: string, x: Tensor, nFft: number, options: SpanOptions): { hop: number; weights: Tensor } {
  if (!isFloat(x.dtype))
    throw new DTypeError(`${op}: expected a tensor of floating point values: got ${x.dtype}`);
  if (options.returnComplex === true)
    throw new ArgumentError(`${op}: there are no complex tensors: the last dim of [..., 2] is [re, im]`);
  checkInteger(op, "nFft", nFft, 1);
  const { window } = options;
  const hop = checkInteger(op, "hopLength", options.hopLength ?? Math.floor(nFft / 4), 1);
  const length = checkInteger(op, "winLength", options.winLength ?? nFft, 1);
  if (length > nFft)
    throw new ArgumentError(`${op}: expected 0 < win_length <= n_fft, but got ${length} > ${nFft}`);
  if (window && (window.ndim !== 1 || window.shape[0] !== length))
    throw new ShapeError(
      `${op}: expected a 1D window tensor of size equal to win_length=${length}, but got window with size ${formatShape(window.shape)}`,
    );
  const left = Math.floor((nFft - length) / 2);
  return { hop, weights: pad(window ?? onesOf(x, [length]), [left, nFft - length - left]) };
}

/**
 * The spectra of spans of nFft values: x [..., L] → [..., frequencies, spans, 2].
 *
 * @throws ShapeError if the signal is shorter than a span
 * @see torch.stft
 */
export function stft(x: Tensor, nFft: number, options: StftOptions = {}): Tensor {
  checkTensor("stft", x);
  checkOptions("stft", options, [...known, "padMode"]);
  const { hop, weights } = spans("stft", x, nFft, options);
  if (x.ndim < 1 || x.ndim > 2)
    throw new ShapeError(
      `stft: expected a 1D or 2D tensor of floating point values: got ${formatShape(x.shape)}`,
    );
  const { center = true, normalized = false, onesided = true } = options;
  const mode = checkChoice("stft", "padMode", options.padMode ?? "reflect", [
    "constant",
    "reflect",
    "replicate",
    "circular",
  ]);
  const half = Math.floor(nFft / 2);
  // Padding that shows the signal wants a dim of channels.
  const signal = center ? squeeze(pad(unsqueeze(x, -2), [half, half], { mode }), -2) : x;
  if (nFft > signal.shape.at(-1)!)
    throw new ShapeError(
      `stft: expected 0 < n_fft < ${signal.shape.at(-1)}, but got n_fft=${nFft} (signal of shape ${formatShape(x.shape)})`,
    );
  const values = to(mul(unfold(signal, -1, nFft, hop), weights), "float64");
  const { re, im } = transform({ re: values, im: null }, -1);
  const parts = stack([re, im!], -1);
  const count = (onesided ?? true) ? half + 1 : nFft;
  const y = transpose(narrow(parts, -2, 0, count), -3, -2);
  return named("view_as_real", to(normalized ? mul(y, 1 / Math.sqrt(nFft)) : y, x.dtype));
}

/**
 * The signal from the spectra of its spans, those added where they overlap: [..., frequencies, spans, 2] → [..., L].
 *
 * @throws ArgumentError if the windows leave a value without weight
 * @see torch.istft
 */
export function istft(x: Tensor, nFft: number, options: IstftOptions = {}): Tensor {
  checkTensor("istft", x);
  checkOptions("istft", options, [...known, "length"]);
  const { hop, weights } = spans("istft", x, nFft, options);
  if ((x.ndim !== 3 && x.ndim !== 4) || x.shape.at(-1) !== 2)
    throw new ShapeError(
      `istft: expected a tensor with shape (..., fft_size, n_frame, 2): got ${formatShape(x.shape)}`,
    );
  const { center = true, normalized = false, length = null } = options;
  const size = x.shape.at(-3)!;
  const onesided = options.onesided ?? size !== nFft;
  const half = Math.floor(nFft / 2);
  if (size !== (onesided ? half + 1 : nFft))
    throw new ShapeError(
      `istft: expected the frequency dimension (3rd to the last) of the input tensor to match n_fft=${nFft}: got ${size}`,
    );
  const wide = to(x, "float64");
  const spectra: Complex = { re: select(wide, -1, 0), im: select(wide, -1, 1) };
  const halves = both(spectra, (part) => transpose(narrow(part, -2, 0, half + 1), -2, -1));
  const values = mul(realValues(halves, nFft), normalized ? 1 / Math.sqrt(nFft) : 1 / nFft);
  const batched = x.ndim === 3 ? unsqueeze(values, 0) : values;
  const total = overlapAdded(mul(batched, weights), hop);
  const cover = overlapAdded(expand(mul(weights, weights), batched.shape.slice(1)), hop);
  const start = center ? half : 0;
  const whole = total.shape[1]!;
  const end = length !== null ? start + length : center ? whole - half : whole;
  const covered = narrow(cover, 0, start, Math.min(end, whole) - start);
  if (!(Number(scalarOf(amin(abs(covered.detach())))) > 1e-11))
    throw new ArgumentError("istft: window overlap add min: 1, the windows leave values without weight");
  const y = div(narrow(total, 1, start, Math.min(end, whole) - start), covered);
  const signal = end > whole ? pad(y, [0, end - whole]) : y;
  return named("squeeze", to(x.ndim === 3 ? squeeze(signal, 0) : signal, x.dtype), 1);
}

/** Spans [..., spans, nFft] put at steps of `hop` and added: [..., L]. */
function overlapAdded(x: Tensor, hop: number): Tensor {
  const [count, nFft] = x.shape.slice(-2) as [number, number];
  const length = nFft + hop * (count - 1);
  const y = fold(transpose(x, -2, -1), [1, length], [1, nFft], { stride: [1, hop] });
  return squeeze(squeeze(y, -2), -2);
}
