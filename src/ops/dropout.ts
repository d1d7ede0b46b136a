/** Random elements set to 0, so that none is relied on alone. */
import { checkOptions } from "../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../core/errors.js";
import { formatShape, type Shape } from "../core/shape.js";
import { make } from "../tensor/make.js";
import { defaultGenerator } from "../tensor/random.js";
import type { Tensor } from "../tensor/tensor.js";
import { mul } from "./arithmetic.js";
import { checkTensor } from "./kernel.js";

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
  return dropped("dropout", x, options, x.shape);
}

/** Whole channels of [N, C, H, W] or [C, H, W] dropped together. @see torch.nn.functional.dropout2d */
export function dropout2d(x: Tensor, options: DropoutOptions = {}): Tensor {
  checkTensor("dropout2d", x);
  if (x.ndim < 2) throw new ShapeError(`dropout2d: expected at least 2 dims, got ${formatShape(x.shape)}`);
  const lead = x.ndim === 3 ? 1 : 2;
  return dropped(
    "dropout2d",
    x,
    options,
    x.shape.map((n, d) => (d < lead ? n : 1)),
  );
}
