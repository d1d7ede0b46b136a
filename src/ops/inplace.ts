/**
 * @file Changing a tensor in place, with PyTorch's rules for its history.
 *
 * `x.op_(…)` computes the op, writes the result into x's memory and gives x the result's place in the graph. If x is a view,
 * its base has changed too: the base gets a CopySlices node, which sends the part of its gradient that belongs to the view
 * through the op, and the rest to the base's own past.
 */
import { isGradEnabled } from "../autograd/grad-mode.js";
import { gradEdge, Node, recording } from "../autograd/record.js";
import { isFloat } from "../core/dtype.js";
import { DTypeError, GradError, ShapeError } from "../core/errors.js";
import { formatShape, sameShape } from "../core/shape.js";
import { Tensor } from "../tensor/tensor.js";
import { clone, contiguous, to } from "./copying.js";
import { asOperand, checkTensor, type Operand, prepare, type Scalar } from "./kernel.js";
import { record } from "../autograd/record.js";
import { mul } from "./arithmetic.js";
import { sumTo } from "./view.js";

/** @throws GradError if x may not be changed in place now */
export function checkWritable(op: string, x: Tensor, inputs: readonly Tensor[]): void {
  checkTensor(op, x);
  if (x.strides.some((step, d) => step === 0 && x.shape[d]! > 1))
    throw new ShapeError(
      `${op}: unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation`,
    );
  if (!isGradEnabled()) return;
  const { origin } = x;
  const wantsGrad = x.requiresGrad || inputs.some((input) => input.requiresGrad);
  if (origin && wantsGrad) {
    if (origin.frozen === "no_grad")
      throw new GradError(
        `${op}: A view was created in no_grad mode and is being modified inplace with grad mode enabled: move both inside noGrad or both outside`,
      );
    if (origin.frozen === "multiple")
      throw new GradError(
        `${op}: Output ${x.outputIndex} of ${x.gradFn?.name ?? "an op"} is a view and is being modified inplace. This view is the output of a function that returns multiple views; use the op without the underscore`,
      );
    if (origin.base.requiresGrad && origin.base.isLeaf)
      throw new GradError(`${op}: a view of a leaf Variable that requires grad is being used in an in-place operation.`);
  }
  if (x.isLeaf && x.requiresGrad && !origin)
    throw new GradError(
      `${op}: a leaf Variable that requires grad is being used in an in-place operation. Wrap it in noGrad, or use the op without the underscore`,
    );
}

/** Writes what `compute` makes of x into x. */
export function inPlace(op: string, x: Tensor, inputs: readonly Tensor[], compute: () => Tensor): Tensor {
  checkWritable(op, x, inputs);
  const y = compute();
  if (!sameShape(y.shape, x.shape))
    throw new ShapeError(
      `${op}: output with shape ${formatShape(x.shape)} doesn't match the broadcast shape ${formatShape(y.shape)}`,
    );
  if (isFloat(y.dtype) && !isFloat(x.dtype))
    throw new DTypeError(`${op}: result type ${y.dtype} can't be cast to the desired output type ${x.dtype}`);
  if (x.dtype === "bool" && y.dtype !== "bool")
    throw new DTypeError(`${op}: result type ${y.dtype} can't be cast to the desired output type bool`);
  const node = y.gradFn;
  x.storage.backend.copy(x, y);
  x.version.value++;
  rewrite(x, y, node);
  y.storage.settle();
  return x;
}

/** Gives x the history of y, whose values it now has. */
function rewrite(x: Tensor, y: Tensor, node: Node | null): void {
  const { origin } = x;
  if (node === null && !x.requiresGrad) return;
  if (!isGradEnabled()) return;
  if (!origin) {
    x.setHistory(node, y.outputIndex);
    node?.resave(y, x);
    return;
  }
  const { base } = origin;
  base.setHistory(copySlices(base, origin.replay, y), 0);
  base.version.value += 0;
  origin.version = -1;
}

/** The base's new node: the gradient of the view's part goes on to y, the rest to the base as it was. */
function copySlices(base: Tensor, part: (base: Tensor) => Tensor, y: Tensor): Node {
  const before = base.alias(base.requiresGrad ? gradEdge(base) : null);
  const after = y;
  const node = new Node(
    "CopySlices",
    [before, after],
    ([g]) => [
      () => {
        const rest = clone(g!);
        fill_(part(rest), 0);
        return rest;
      },
      () => part(contiguous(g!)),
    ],
    [{ shape: base.shape, dtype: base.dtype }],
  );
  return node;
}

// ── what only exists in place ────────────────────────────────────────────────────────────────────

/** Copies the values of another tensor, broadcast and converted. ∂src = g. @see torch.Tensor.copy_ */
export function copy_(x: Tensor, src: Tensor): Tensor {
  checkTensor("copy_", src);
  checkWritable("copy_", x, [src]);
  const source = src.device === x.device ? src : to(src, x.device);
  const from = prepare(source, source.dtype, broadcastable("copy_", source, x));
  x.storage.backend.copy(x, from);
  x.version.value++;
  if (recording([x, src])) {
    const y = new Tensor(x.storage, x.dtype, x.shape, x.strides, x.offset);
    const shape = src.shape;
    // The old values are gone: no gradient reaches what x was.
    record(y, { op: "copy", inputs: [src], backward: (g) => [() => sumTo(g, shape)] });
    if (!y.gradFn) return overwritten(x);
    rewrite(x, y, y.gradFn);
  }
  return x;
}

function broadcastable(op: string, src: Tensor, x: Tensor) {
  const lead = src.ndim - x.ndim;
  const fits = src.shape.every((n, d) => (d < lead ? n === 1 : n === 1 || n === x.shape[d - lead]));
  if (!fits)
    throw new ShapeError(`${op}: source of shape ${formatShape(src.shape)} does not broadcast to ${formatShape(x.shape)}`);
  return x.shape;
}

/** x was given values that have no history. */
function overwritten(x: Tensor): Tensor {
  if (isGradEnabled() && x.requiresGrad) {
    const y = mulZero(x);
    rewrite(x, y, y.gradFn);
  }
  return x;
}
/** A result like x that passes zeros back. */
function mulZero(x: Tensor): Tensor {
  const y = new Tensor(x.storage, x.dtype, x.shape, x.strides, x.offset);
  return record(y, { op: "fill", inputs: [x], backward: (g) => [() => mul(g, 0)] });
}

/** Every element set to one value. @see torch.Tensor.fill_ */
export function fill_(x: Tensor, value: Operand): Tensor {
  if (value instanceof Tensor) return copy_(x, value);
  asOperand("fill_", value, x);
  checkWritable("fill_", x, []);
  x.storage.backend.fill(x, plainNumber(value));
  x.version.value++;
  return overwritten(x);
}
const plainNumber = (value: Scalar) => (typeof value === "boolean" ? Number(value) : value);

/** Every element set to 0. @see torch.Tensor.zero_ */
export function zero_(x: Tensor): Tensor {
  return fill_(x, 0);
}

