/** Random elements set to 0, so that none is relied on alone. */
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../../core/errors.js";
import { formatShape, numel, type Shape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import { defaultGenerator } from "../../tensor/random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul, sub } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import { squeeze, unsqueeze } from "../shape/view.js";

export interface DropoutOptions {
  /** Share of elements set to 0. @defaultValue 0.5 */
  p?: number;
  /** Otherwise x goes through as it is. @defaultValue true */
  training?: boolean;
}

function probability(op: string, p: unknown): number {
  if (typeof p !== "number" || !(p >= 0 && p <= 1))
    throw new ArgumentError(`${op}: dropout probability has to be between 0 and 1, but got ${show(p)}`);
  return p;
}

/** x times a mask of the given shape that is 0 with probability p and 1/(1 − p) otherwise. */
function dropped(op: string, x: Tensor, options: DropoutOptions, shape: Shape): Tensor {
  checkTensor(op, x);
  checkOptions(op, options, ["p", "training"]);
  const p = probability(op, options.p ?? 0.5);
  if (!(options.training ?? true) || p === 0) return x;
  if (p === 1) return mul(x, 0);
  const mask = make(shape, x.dtype, x.storage.backend);
  x.storage.backend.random(mask, { kind: "bernoulli", p: 1 - p }, defaultGenerator);
  return mul(x, mul(mask, 1 / (1 - p)));
}

/** Each element 0 with probability p, the others scaled up by 1/(1 − p). @see torch.nn.functional.dropout */
export function dropout(x: Tensor, options: DropoutOptions = {}): Tensor {
  checkTensor("dropout", x);
  return dropped("dropout", x, options, x.shape);
}

/** Whole channels dropped together; x with `unbatched` dims is a batch of one. */
function channelDropout(op: string, x: Tensor, options: DropoutOptions, unbatched: number | null): Tensor {
  checkTensor(op, x);
  if (x.ndim < 2 && (options.training ?? true) && options.p !== 0)
    throw new ShapeError(
      `${op}: Feature dropout requires at least 2 dimensions in the input: got ${formatShape(x.shape)}`,
    );
  const lead = (x: Tensor) => x.shape.map((n, d) => (d < 2 ? n : 1));
  if (x.ndim !== unbatched) return dropped(op, x, options, lead(x));
  const batch = unsqueeze(x, 0);
  return squeeze(dropped(op, batch, options, lead(batch)), 0);
}

/** Whole channels of [N, C, L] or [C, L] dropped together. @see torch.nn.functional.dropout1d */
export function dropout1d(x: Tensor, options: DropoutOptions = {}): Tensor {
  return channelDropout("dropout1d", x, options, 2);
}
/** Whole channels of [N, C, H, W] dropped together; three dims are [N, C, L], as in PyTorch. @see torch.nn.functional.dropout2d */
export function dropout2d(x: Tensor, options: DropoutOptions = {}): Tensor {
  return channelDropout("dropout2d", x, options, null);
}
/** Whole channels of [N, C, D, H, W] or [C, D, H, W] dropped together. @see torch.nn.functional.dropout3d */
export function dropout3d(x: Tensor, options: DropoutOptions = {}): Tensor {
  return channelDropout("dropout3d", x, options, 4);
}

/** What SELU gives for −∞, negated. */
const SELU_LIMIT = 1.7580993408473766;

/** Dropped elements become SELU's limit, and all are moved so that mean and variance stay. */
function alphaDropped(op: string, x: Tensor, options: DropoutOptions, shape: Shape): Tensor {
  checkTensor(op, x);
  checkOptions(op, options, ["p", "training"]);
  const p = probability(op, options.p ?? 0.5);
  if (!(options.training ?? false) || p === 0 || numel(x.shape) === 0) return x;
  if (p === 1) return mul(x, 0);
  const mask = make(shape, x.dtype, x.storage.backend);
  x.storage.backend.random(mask, { kind: "bernoulli", p: 1 - p }, defaultGenerator);
  const a = 1 / Math.sqrt((SELU_LIMIT * SELU_LIMIT * p + 1) * (1 - p));
  const shift = add(mul(sub(mask, 1), SELU_LIMIT * a), SELU_LIMIT * a * p);
  return add(mul(x, mul(mask, a)), shift);
}

/** Dropout beside SELU: mean and variance stay. Off unless `training`. @see torch.nn.functional.alpha_dropout */
export function alphaDropout(x: Tensor, options: DropoutOptions = {}): Tensor {
  checkTensor("alphaDropout", x);
  return alphaDropped("alphaDropout", x, options, x.shape);
}

/** alphaDropout of whole channels: x [N, C, …]. @see torch.nn.functional.feature_alpha_dropout */
export function featureAlphaDropout(x: Tensor, options: DropoutOptions = {}): Tensor {
  checkTensor("featureAlphaDropout", x);
  if (x.ndim < 2 && options.training && (options.p ?? 0.5) > 0)
    throw new ShapeError(
      `featureAlphaDropout: Feature dropout requires at least 2 dimensions in the input: got ${formatShape(x.shape)}`,
    );
  const shape = x.shape.map((n, d) => (d < 2 ? n : 1));
  return alphaDropped("featureAlphaDropout", x, options, shape);
}
