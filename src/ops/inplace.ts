/** What only exists in place. */

import { record, recording } from "../autograd/record.js";
import { isFloat } from "../core/dtype.js";
import { ArgumentError, ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { zerosLike } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { to } from "./copying.js";
import { asOperand, checkTensor, type Operand, prepare, type Scalar } from "./kernel.js";
import { sumTo } from "./reduction/sum-to.js";
import { checkWritable, overwritten, rewrite } from "./rewrite.js";

/** Copies the values of another tensor, broadcast and converted. ∂src = g. @see torch.Tensor.copy_ */
export function copy_(x: Tensor, src: Tensor): Tensor {
  checkTensor("copy_", x);
  checkTensor("copy_", src);
  checkWritable("copy_", x, [src]);
  const source = src.device === x.device ? src : to(src, x.device);
  const from = prepare(source, source.dtype, broadcastable("copy_", source, x));
  x.storage.backend.copy(x, from);
  x.version.value++;
  if (recording([x, src])) {
    const y = new Tensor(x.storage, x.dtype, x.shape, x.strides, x.offset);
    const shape = src.shape;
    // Of the old values nothing is left; where x is a view, its base's own node says so.
    record(y, {
      op: "copy",
      inputs: x.origin ? [src] : [src, x],
      backward: (g) => [() => sumTo(g, shape), () => zerosLike(g)],
    });
    rewrite(x, y, y.gradFn);
  }
  return x;
}

function broadcastable(op: string, src: Tensor, x: Tensor) {
  const lead = src.ndim - x.ndim;
  const fits = src.shape.every((n, d) => (d < lead ? n === 1 : n === 1 || n === x.shape[d - lead]));
  if (!fits)
    throw new ShapeError(
      `${op}: source of shape ${formatShape(src.shape)} does not broadcast to ${formatShape(x.shape)}`,
    );
  return x.shape;
}

/** Every element set to one value. @see torch.Tensor.fill_ */
export function fill_(x: Tensor, value: Operand): Tensor {
  checkTensor("fill_", x);
  if (value instanceof Tensor) return copy_(x, value);
  asOperand("fill_", value, x);
  return overwritten(filled("fill_", x, value), "fill");
}

/** Every element set to 0. @see torch.Tensor.zero_ */
export function zero_(x: Tensor): Tensor {
  return overwritten(filled("zero_", x, 0), "zero");
}

function filled(op: string, x: Tensor, value: Scalar): Tensor {
  checkWritable(op, x, []);
  if (typeof value === "number" && !isFloat(x.dtype) && x.dtype !== "bool" && !Number.isFinite(value))
    throw new ArgumentError(`${op}: value cannot be converted to type ${x.dtype} without overflow: ${value}`);
  x.storage.backend.fill(x, typeof value === "boolean" ? Number(value) : value);
  x.version.value++;
  return x;
}
