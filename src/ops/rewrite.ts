/**
 * @file Changing a tensor in place, with PyTorch's rules for its history.
 *
 * `x.op_(…)` computes the op, writes the result into x's memory and gives x the result's place in the graph. If x is a view,
 * its base has changed too: the base gets a CopySlices node, which sends the part of its gradient that belongs to the view
 * through the op, and the rest to the base's own past.
 */
import { isGradEnabled } from "../autograd/grad-mode.js";
import { gradEdge, Node, nextSequence, record } from "../autograd/record.js";
import { isFloat } from "../core/dtype.js";
import { DTypeError, GradError, ShapeError } from "../core/errors.js";
import { formatShape, sameShape } from "../core/shape.js";
import { zerosLike } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { clone, contiguous } from "./copying.js";
import { fill_ } from "./inplace.js";
import { checkDevices, checkTensor } from "./kernel.js";

/** @throws GradError if x may not be changed in place now */
export function checkWritable(op: string, x: Tensor, inputs: readonly Tensor[]): void {
  checkTensor(op, x);
  if (x.strides.some((step, d) => step === 0 && x.shape[d]! > 1))
    throw new ShapeError(
      `${op}: unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation`,
    );
  if (!isGradEnabled()) return;
  const { origin } = x;
  const wantsGrad = x.requiresGrad || origin?.base.requiresGrad || inputs.some((input) => input.requiresGrad);
  if (origin && wantsGrad) {
    if (origin.layout !== origin.base.strides)
      throw new GradError(
        `${op}: this is a view of a tensor that has since taken another shape in place: take the view anew`,
      );
    if (origin.frozen === "no_grad")
      throw new GradError(
        `${op}: A view was created in no_grad mode and is being modified inplace with grad mode enabled: move both inside noGrad or both outside`,
      );
    if (origin.frozen === "multiple")
      throw new GradError(
        `${op}: Output ${x.outputIndex} of ${x.gradFn?.name ?? "an op"} is a view and is being modified inplace. This view is the output of a function that returns multiple views; use the op without the underscore`,
      );
    if (origin.base.requiresGrad ? origin.base.isLeaf : x.isLeaf && x.requiresGrad)
      throw new GradError(
        `${op}: a view of a leaf Variable that requires grad is being used in an in-place operation.`,
      );
  }
  if (x.isLeaf && x.requiresGrad && !origin)
    throw new GradError(
      `${op}: a leaf Variable that requires grad is being used in an in-place operation. Wrap it in noGrad, or use the op without the underscore`,
    );
}

/** Writes what `compute` makes of x into x. */
export function inPlace(op: string, x: Tensor, inputs: readonly Tensor[], compute: () => Tensor): Tensor {
  checkWritable(op, x, inputs);
  const mark = nextSequence();
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
  if (node) keepOld(x, node, mark);
  x.storage.backend.copy(x, y);
  x.version.value++;
  rewrite(x, y, node);
  if (y.storage !== x.storage) y.storage.settle();
  return x;
}

/** Writes the result y into `out`. @throws GradError if either requires a gradient */
export function writeInto(op: string, out: Tensor, y: Tensor): Tensor {
  checkTensor(op, out);
  checkDevices(op, out, y);
  if (isGradEnabled() && (y.requiresGrad || out.requiresGrad))
    throw new GradError(
      `${op}: functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad`,
    );
  return inPlace(op, out, [], () => y);
}

/** Nodes from number `mark` on that saved x get a copy of it, since x is about to change. */
function keepOld(x: Tensor, node: Node, mark: number): void {
  if (node.sequence < mark) return;
  let old: Tensor | undefined;
  node.keepCopy(x, () => (old ??= clone(x.detach())));
  for (const edge of node.edges) if (edge) keepOld(x, edge.node, mark);
}

/** Gives x the history of y, whose values it now has. */
export function rewrite(x: Tensor, y: Tensor, node: Node | null): void {
  const { origin } = x;
  if (node === null && !x.requiresGrad) return;
  if (!isGradEnabled()) return;
  if (!origin) {
    x.setHistory(node, y.outputIndex);
    node?.resave(y, x);
    return;
  }
  const { base } = origin;
  base.setHistory(copySlices(base, origin.replay, y));
  // Not yet right for the view: its node is made anew when it is asked for.
  origin.version = -1;
}

/** The base's new node: the gradient of the view's part goes on to y, the rest to the base as it was. */
function copySlices(base: Tensor, part: (base: Tensor) => Tensor, y: Tensor): Node {
  const before = base.alias(base.requiresGrad ? gradEdge(base) : null);
  const rest = (g: Tensor): Tensor => {
    const kept = clone(g, { memoryFormat: "contiguous_format" });
    fill_(part(kept), 0);
    return kept;
  };
  const { shape, dtype } = base;
  return new Node("CopySlices", [before, y], ([g]) => [() => rest(g!), () => part(contiguous(g!))], [
    { shape, dtype },
  ]);
}

/** x was given values that have no history: where x is a view, its base's own node says so. */
export function overwritten(x: Tensor, op: "fill" | "zero" = "fill"): Tensor {
  if (!isGradEnabled() || !x.requiresGrad) return x;
  const y = new Tensor(x.storage, x.dtype, x.shape, x.strides, x.offset);
  if (!x.origin) record(y, { op, inputs: [x], backward: (g) => [() => zerosLike(g)] });
  rewrite(x, y, y.gradFn);
  return x;
}
