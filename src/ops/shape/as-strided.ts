/** Memory shown through any sizes and strides. Gradients go by positions in memory, so shapes and overlaps do not matter. */
import { record } from "../../autograd/record.js";
import { checkInteger } from "../../core/arguments.js";
import { sizeOf } from "../../core/dtype.js";
import { ArgumentError, DTypeError, GradError, ShapeError, show } from "../../core/errors.js";
import {
  checkSizes,
  contiguousStrides,
  formatShape,
  numel,
  type Shape,
  sameShape,
} from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { div } from "../elementwise/arithmetic.js";
import { clampMin } from "../elementwise/limits.js";
import { indexAdd, indexFill, indexSelect } from "../index/gathering.js";
import { checkTensor, onesOf, zerosOf } from "../kernel.js";
import { indexList } from "../spatial/spatial.js";
import { reshape } from "./view.js";
import { viewOf } from "./view-of.js";

/** How elements lie in memory. */
interface Layout {
  shape: Shape;
  strides: Shape;
  offset: number;
}
const layoutOf = ({ shape, strides, offset }: Tensor): Layout => ({ shape, strides, offset });

/** Where each element lies, in row-major order. */
function positionsOf({ shape, strides, offset }: Layout): number[] {
  return shape.reduce(
    (at, n, d) => at.flatMap((from) => Array.from({ length: n }, (_, i) => from + i * strides[d]!)),
    [offset],
  );
}

/** @throws ShapeError unless the memory of x holds such a view */
function checkedLayout(op: string, x: Tensor, size: Shape, stride: Shape, offset?: number | null): Layout {
  checkTensor(op, x);
  const shape = checkSizes(op, size);
  if (!Array.isArray(stride) || stride.length !== shape.length)
    throw new ShapeError(`${op}: mismatch in length of strides and shape: ${show(stride)} and ${show(size)}`);
  if (!stride.every((step) => Number.isInteger(step) && step >= 0))
    throw new ArgumentError(
      `${op}: as_strided: Negative strides are not supported at the moment, got strides: ${show(stride)}`,
    );
  const from = checkInteger(op, "storageOffset", offset ?? x.offset, 0);
  const last = shape.reduce((at, n, d) => at + (n - 1) * stride[d]!, from);
  const held = x.storage.bytes / sizeOf(x.dtype);
  if (numel(shape) > 0 && last >= held)
    throw new ShapeError(
      `${op}: setStorage: sizes ${formatShape(shape)}, strides ${formatShape(stride)}, storage offset ${from} requiring ${last + 1} elements are out of bounds for storage of ${held}`,
    );
  return { shape, strides: stride, offset: from };
}

/** The gradient of the memory read by a layout. */
const intoMemory = (g: Tensor, layout: Layout, size: number): Tensor =>
  indexAdd(zerosOf(g, [size]), 0, indexList(positionsOf(layout), g), reshape(g, -1));
const outOfMemory = (memory: Tensor, layout: Layout): Tensor =>
  reshape(indexSelect(memory, 0, indexList(positionsOf(layout), memory)), layout.shape as number[]);

/**
 * x's memory under any sizes and strides, as a view. ∂x = g added where it was read; x's own overlaps share it.
 *
 * @param offset of the first element in the memory; default x's own
 * @throws ShapeError if the memory is too small
 * @example x.asStrided([2, 2], [1, 2], 1)
 * @see torch.as_strided
 */
export function asStrided(x: Tensor, size: Shape, stride: Shape, offset?: number | null): Tensor {
  const layout = checkedLayout("asStrided", x, size, stride, offset);
  const own = layoutOf(x);
  const replay = (base: Tensor): Tensor => {
    if (base.offset !== own.offset || !sameShape(base.strides, own.strides))
      throw new GradError(
        "asStrided: the gradient of a view changed in place needs a base that lies row-major",
      );
    return asStrided(base, layout.shape, layout.strides, layout.offset);
  };
  const y = viewOf(x, layout.shape, layout.strides, layout.offset, replay);
  const reach = (l: Layout) =>
    l.shape.reduce((at, n, d) => at + Math.max(0, n - 1) * l.strides[d]!, l.offset);
  const memory = Math.max(reach(layout), reach(own)) + 1;
  return record(y, {
    op: "as_strided",
    inputs: [x],
    backward: (g) => [
      () => {
        const sum = intoMemory(g, layout, memory);
        const readers = clampMin(intoMemory(onesOf(g, own.shape), own, memory), 1);
        return outOfMemory(div(sum, readers), own);
      },
    ],
  });
}

/**
 * A copy of x with src where `asStrided` would look. ∂x = g with zeros there, ∂src = g there.
 *
 * @see torch.as_strided_scatter
 */
export function asStridedScatter(
  x: Tensor,
  src: Tensor,
  size: Shape,
  stride: Shape,
  offset?: number | null,
): Tensor {
  const op = "asStridedScatter";
  const layout = checkedLayout(op, x, size, stride, offset);
  checkTensor(op, src);
  if (!sameShape(src.shape, layout.shape))
    throw new ShapeError(
      `${op}: expected src to have a size equal to the slice of self. src size = ${formatShape(src.shape)}, slice size = ${formatShape(layout.shape)}`,
    );
  if (src.dtype !== x.dtype) throw new DTypeError(`${op}: src is ${src.dtype}, self is ${x.dtype}`);
  // The whole memory is copied, as the layout may look beyond x's own elements.
  const size1 = [x.storage.bytes / sizeOf(x.dtype)];
  const memory = make(size1, x.dtype, x.storage.backend);
  const { backend } = memory.storage;
  backend.copy(memory, new Tensor(x.storage, x.dtype, size1, contiguousStrides(size1), 0));
  const over = (l: Layout) => new Tensor(memory.storage, x.dtype, l.shape, l.strides, l.offset);
  if (numel(layout.shape) > 0) backend.copy(over(layout), src);
  const own = layoutOf(x);
  return record(over(own), {
    op: "as_strided_scatter",
    inputs: [x, src],
    backward: (g) => {
      const whole = intoMemory(g, own, size1[0]!);
      return [
        () => outOfMemory(indexFill(whole, 0, indexList(positionsOf(layout), g), 0), own),
        () => outOfMemory(whole, layout),
      ];
    },
  });
}
