/** Choosing between values: where, masks, limits, the greater and the smaller. */

import { record } from "../../autograd/record.js";
import type { BinaryName } from "../../backend/backend.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { broadcastShapes } from "../../core/shape.js";
import { constant, make } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { clone, to } from "../copying.js";
import { indexSelect } from "../index/gathering.js";
import {
  asOperand,
  binary,
  checkDevices,
  checkTensor,
  discard,
  type Operand,
  prepare,
  promoted,
} from "../kernel.js";
import { named } from "../named.js";
import { sum } from "../reduction/reduction.js";
import { cumsum } from "../reduction/scan.js";
import { broadcastTo, reshape } from "../shape/view.js";
import { div, mul, sub } from "./arithmetic.js";
import { eq, gt, lt } from "./comparison.js";

/**
 * a where the condition holds, else b; all three broadcast. ∂a = g where it holds, ∂b = g elsewhere.
 *
 * @throws DTypeError if the condition is not bool
 * @example torch.where(x.gt(0), x, 0)
 * @see torch.where
 */
export function where(condition: Tensor, a: Operand, b: Operand): Tensor {
  checkTensor("where", condition);
  if (condition.dtype !== "bool" && condition.dtype !== "uint8")
    throw new DTypeError(
      `where: expected condition to be a boolean tensor, but got a tensor with dtype ${condition.dtype}`,
    );
  const like = a instanceof Tensor ? a : b instanceof Tensor ? b : constant(0, "bool", condition.device);
  const [x, y] = [asOperand("where", a, like), asOperand("where", b, like)];
  checkDevices("where", condition, x, y);
  const dtype = promoted(x, y);
  const shape = broadcastShapes("where", condition.shape, broadcastShapes("where", x.shape, y.shape));
  const out = make(shape, dtype, condition.storage.backend);
  const [c, p, q] = [prepare(condition, "bool", shape), prepare(x, dtype, shape), prepare(y, dtype, shape)];
  out.storage.backend.where(out, c, p, q);
  discard(c, condition);
  discard(p, x);
  discard(q, y);
  return record(out, {
    op: "where",
    inputs: [x, y],
    saved: [condition],
    backward: (g, [condition]) => [() => where(condition, g, 0), () => where(condition, 0, g)],
  });
}

/** x with `value` wherever the mask holds. ∂x = g elsewhere, ∂value = Σ g where it holds. @see torch.masked_fill */
export function maskedFill(x: Tensor, mask: Tensor, value: Operand): Tensor {
  checkTensor("maskedFill", x);
  checkTensor("maskedFill", mask);
  if (mask.dtype !== "bool")
    throw new DTypeError(`maskedFill: expected mask to be a boolean tensor: got ${mask.dtype}`);
  const v = asOperand("maskedFill", value, x);
  if (v.shape.length !== 0)
    throw new ArgumentError(
      `maskedFill: only supports a 0-dimensional value tensor: got ${v.shape.length} dims`,
    );
  const shape = broadcastShapes("maskedFill", x.shape, mask.shape);
  const out = make(shape, x.dtype, x.storage.backend);
  const [m, p, q] = [prepare(mask, "bool", shape), prepare(x, x.dtype, shape), prepare(v, x.dtype, shape)];
  out.storage.backend.where(out, m, q, p);
  discard(q, v);
  return record(out, {
    op: "masked_fill",
    overload: v.isNumber ? 0 : 1,
    inputs: [x, v],
    saved: [mask],
    backward: (g, [mask]) => [() => maskedFill(g, mask, 0), () => sum(where(mask, g, 0))],
  });
}

/** x with the elements of `source`, in order, wherever the mask holds. ∂source = those of g. @see torch.masked_scatter */
export function maskedScatter(x: Tensor, mask: Tensor, source: Tensor): Tensor {
  for (const y of [x, mask, source]) checkTensor("maskedScatter", y);
  if (mask.dtype !== "bool" && mask.dtype !== "uint8")
    throw new DTypeError(`maskedScatter: expected BoolTensor for mask: got ${mask.dtype}`);
  if (source.dtype !== x.dtype)
    throw new DTypeError(
      `maskedScatter: expected self and source to have same dtypes but got ${x.dtype} and ${source.dtype}`,
    );
  const shape = broadcastShapes("maskedScatter", x.shape, mask.shape) as number[];
  const where_ = to(broadcastTo(mask.detach(), shape), "bool");
  const places = reshape(where_, -1);
  const count = places.storage.backend.count(prepare(places, "bool"));
  if (count > source.numel())
    throw new ShapeError(
      `maskedScatter: Number of elements of source < number of ones in mask: ${source.numel()} < ${count}`,
    );
  const base = broadcastTo(x, shape);
  if (count === 0) return named("masked_scatter", clone(base));
  const at = mul(sub(cumsum(places, 0), 1), places);
  return named(
    "masked_scatter",
    where(where_, reshape(indexSelect(reshape(source, -1), 0, at), shape), base),
  );
}

// ── the greater and the smaller ──────────────────────────────────────────────────────────────────

/** Ties share the gradient in halves. */
function extreme(op: string, name: BinaryName, a: Tensor, other: Tensor, wins: typeof gt): Tensor {
  checkTensor(op, a);
  checkTensor(op, other);
  return record(binary(op, name, a, other), {
    op,
    inputs: [a, other],
    saved: [a, other],
    backward: (g, [a, b]) => {
      const share = (x: Tensor, y: Tensor) => where(eq(x, y), div(g, 2), where(wins(x, y), g, 0));
      return [() => share(a, b), () => share(b, a)];
    },
  });
}

/** The greater of both, elementwise; NaN wins. @see torch.maximum */
export function maximum(a: Tensor, other: Tensor): Tensor {
  return extreme("maximum", "maximum", a, other, gt);
}
/** The smaller of both, elementwise; NaN wins. @see torch.minimum */
export function minimum(a: Tensor, other: Tensor): Tensor {
  return extreme("minimum", "minimum", a, other, lt);
}
