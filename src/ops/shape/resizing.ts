/** Tensors that take another size or shape in place, and what is written along their diagonals. */
import { checkOptions } from "../../core/arguments.js";
import { GradError, ShapeError } from "../../core/errors.js";
import { checkSizes, contiguousStrides, formatShape, numel, type Shape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { fill_ } from "../inplace.js";
import { checkTensor, type Operand } from "../kernel.js";
import type { Sizes } from "./sizes.js";
import { diagonal, narrow } from "./slicing.js";
import { viewOf } from "./view-of.js";

function resize(op: string, x: Tensor, shape: Shape): Tensor {
  checkTensor(op, x);
  checkSizes(op, shape);
  if (x.requiresGrad) throw new GradError(`${op}: cannot resize variables that require grad`);
  x.storage.grow((x.offset + numel(shape)) * x.itemsize);
  x.shape = [...shape];
  x.strides = contiguousStrides(shape);
  return x;
}

/** Takes another shape, row-major; where that needs more memory, the new elements are whatever it held. @see torch.Tensor.resize_ */
export function resize_(x: Tensor, ...sizes: Sizes): Tensor {
  return resize("resize_", x, (Array.isArray(sizes[0]) ? sizes[0] : sizes) as Shape);
}
/** As `resize_`, to the shape of another tensor. @see torch.Tensor.resize_as_ */
export function resizeAs_(x: Tensor, other: Tensor): Tensor {
  checkTensor("resizeAs_", other);
  return resize("resizeAs_", x, other.shape);
}

/** The elements whose indices are all equal, as a view. */
function mainDiagonal(x: Tensor): Tensor {
  const step = x.strides.reduce((sum, s) => sum + s, 0);
  return viewOf(x, [x.shape[0]!], [step], x.offset, mainDiagonal);
}

/** Writes a value along the main diagonal; of a tall matrix again below it, if it is to `wrap`. @see torch.Tensor.fill_diagonal_ */
export function fillDiagonal_(x: Tensor, value: Operand, options?: { wrap?: boolean }): Tensor {
  checkTensor("fillDiagonal_", x);
  checkOptions("fillDiagonal_", options, ["wrap"]);
  if (x.ndim < 2)
    throw new ShapeError(`fillDiagonal_: dimensions must larger than 1: got ${formatShape(x.shape)}`);
  if (x.ndim > 2) {
    if (x.shape.some((n) => n !== x.shape[0]))
      throw new ShapeError(
        `fillDiagonal_: all dimensions of input must be of equal length: ${formatShape(x.shape)}`,
      );
    fill_(mainDiagonal(x), value);
    return x;
  }
  const [rows, columns] = x.shape as [number, number];
  const last = options?.wrap ? rows : Math.min(rows, 1);
  for (let top = 0; top < last; top += columns + 1) fill_(diagonal(narrow(x, 0, top, rows - top)), value);
  return x;
}
