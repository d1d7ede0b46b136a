/** Questions about tensors, dtypes and shapes, as functions: what is asked of a tensor is also one of its properties. */
import { type DType, resultType as heavier, isFloat } from "../core/dtype.js";
import { ArgumentError } from "../core/errors.js";
import { broadcastShapes as broadcastTwo, checkSizes, type Shape } from "../core/shape.js";
import { checkScalar } from "../tensor/create.js";
import { scalarDType } from "../tensor/make.js";
import { Tensor } from "../tensor/tensor.js";
import { scalarOf } from "../tensor/values.js";
import { checkTensor, type Operand, promotable } from "./kernel.js";

/** @see torch.is_tensor */
export function isTensor(value: unknown): value is Tensor {
  return value instanceof Tensor;
}

/** How many elements x has. @see torch.numel */
export function numel(x: Tensor): number {
  checkTensor("numel", x);
  return x.numel();
}

/** @see torch.is_floating_point */
export function isFloatingPoint(x: Tensor): boolean {
  checkTensor("isFloatingPoint", x);
  return isFloat(x.dtype);
}
/** Never: there are no complex dtypes. @see torch.is_complex */
export function isComplex(x: Tensor): boolean {
  checkTensor("isComplex", x);
  return x.isComplex();
}
/** Never: conjugates are of complex tensors. @see torch.is_conj */
export function isConj(x: Tensor): boolean {
  checkTensor("isConj", x);
  return x.isConj();
}
/** @see torch.is_signed */
export function isSigned(x: Tensor): boolean {
  checkTensor("isSigned", x);
  return x.isSigned();
}

/** Whether the only element is not zero. @throws ArgumentError if there are more elements, or none @see torch.is_nonzero */
export function isNonzero(x: Tensor): boolean {
  checkTensor("isNonzero", x);
  if (x.numel() !== 1)
    throw new ArgumentError(
      `isNonzero: Boolean value of Tensor with ${x.numel() === 0 ? "no values" : "more than one value"} is ambiguous`,
    );
  return Boolean(scalarOf(x));
}

/** The dtype that an operation of both would have. @example resultType(x, 2.5) @see torch.result_type */
export function resultType(a: Operand, b: Operand): DType {
  const [x, y] = [a, b].map((value) =>
    value instanceof Tensor
      ? promotable(value)
      : ({ dtype: scalarDType(checkScalar("resultType", value)), weight: 0 } as const),
  );
  return heavier(x!, y!);
}

/** The shape that all of these broadcast to; a number is a shape of one dim. @see torch.broadcast_shapes */
export function broadcastShapes(...shapes: readonly (Shape | number)[]): Shape {
  return shapes
    .map((shape) => (typeof shape === "number" ? [shape] : shape))
    .map((shape) => checkSizes("broadcastShapes", shape))
    .reduce<Shape>((a, b) => broadcastTwo("broadcastShapes", a, b), []);
}
