/**
 * @file From tensors to kernels: check operands, promote dtypes, broadcast shapes, make the output, call the backend.
 *
 * Nothing here is recorded. An op calls one of these and hands the output to `record`.
 */
import { isGradEnabled } from "../autograd/grad-mode.js";
import type { BinaryName, CompareName, PredicateName, UnaryName } from "../backend/backend.js";
import {
  type DType,
  dtypes,
  getDefaultDtype,
  isFloat,
  type Promotable,
  promoteTypes,
  resultType,
} from "../core/dtype.js";
import { ArgumentError, DeviceError, DTypeError, show } from "../core/errors.js";
import { broadcastShapes, formatShape, type Shape, sameShape } from "../core/shape.js";
import { checkScalar } from "../tensor/create.js";
import { constant, make, type Scalar, scalarDType } from "../tensor/make.js";
import { checkTensor, Tensor } from "../tensor/tensor.js";

export type { Scalar };
export { checkTensor };
/** What an op takes as its second operand. */
export type Operand = Tensor | Scalar;

// ── operands ─────────────────────────────────────────────────────────────────────────────────────

/** @throws DeviceError unless all are on one device */
export function checkDevices(op: string, ...tensors: readonly Tensor[]): void {
  const first = tensors[0]!.storage.backend;
  for (const { storage } of tensors)
    if (storage.backend !== first)
      throw new DeviceError(
        `${op}: Expected all tensors to be on the same device, but found ${first.device} and ${storage.backend.device}`,
      );
}

/** An operand as a tensor: a plain value becomes a 0-d one beside `like`, of a dtype that leaves `like` its own. */
export function asOperand(op: string, value: Operand, like: Tensor): Tensor {
  if (value instanceof Tensor) return value;
  if (typeof value !== "number" && typeof value !== "bigint" && typeof value !== "boolean")
    throw new ArgumentError(`${op}: expected a tensor or a number: got ${show(value)}`);
  const own = scalarDType(value);
  const dtype = isFloat(like.dtype) && own !== "bool" ? like.dtype : own;
  return constant(value, dtype, like.device);
}

/** Both operands as tensors, where either may be a plain value. */
export function asOperands(op: string, a: Operand, b: Operand): [Tensor, Tensor] {
  if (a instanceof Tensor) return [a, asOperand(op, b, a)];
  checkTensor(op, b);
  return [asOperand(op, a, b), b];
}

/** As `asOperands`, where both may be plain values. */
export function asTerms(op: string, a: Operand, b: Operand): [Tensor, Tensor] {
  if (a instanceof Tensor || b instanceof Tensor) return asOperands(op, a, b);
  const like = constant(checkScalar(op, b), scalarDType(b));
  return [asOperand(op, a, like), like];
}

/** How much an operand counts in promotion. */
export const promotable = (x: Tensor): Promotable => ({
  dtype: x.dtype,
  weight: x.isNumber ? 0 : x.shape.length === 0 ? 1 : 2,
});

/** The dtype that both operands make together. @see torch.result_type */
export function promoted(a: Tensor, b: Tensor): DType {
  return a.dtype === b.dtype ? a.dtype : resultType(promotable(a), promotable(b));
}

/** The dtype that all of these make together: tensors with dims outrank 0-d ones, those outrank numbers. */
export function promotedAll(tensors: readonly Tensor[]): DType {
  const byWeight: (DType | undefined)[] = [undefined, undefined, undefined];
  for (const x of tensors) {
    const { dtype, weight } = promotable(x);
    const known = byWeight[weight];
    byWeight[weight] = known ? promoteTypes(known, dtype) : dtype;
  }
  let result: Promotable | undefined;
  for (const weight of [2, 1, 0] as const) {
    const dtype = byWeight[weight];
    if (dtype)
      result = result
        ? { dtype: resultType(result, { dtype, weight }), weight: result.weight }
        : { dtype, weight };
  }
  return result!.dtype;
}

/** Whole numbers and truth values become the default fraction type. */
export const floating = (dtype: DType): DType => (isFloat(dtype) ? dtype : getDefaultDtype());

/** x as a kernel reads it: of that dtype, broadcast to that shape. */
export function prepare(x: Tensor, dtype: DType, shape: Shape = x.shape): Tensor {
  let y = x;
  if (x.dtype !== dtype) {
    y = make(x.shape, dtype, x.storage.backend);
    y.storage.backend.copy(y, x);
  }
  return sameShape(y.shape, shape) ? y : broadcast(y, shape);
}

/** Lets go of what `prepare` made. */
export function discard(prepared: Tensor, original: Tensor): void {
  if (prepared.storage !== original.storage) prepared.storage.release();
}

/** The same memory repeated along missing dims and dims of size 1; the shapes must fit. */
export function broadcast(x: Tensor, shape: Shape): Tensor {
  const lead = shape.length - x.shape.length;
  const strides = shape.map((n, d) =>
    d < lead || (x.shape[d - lead] === 1 && n !== 1) ? 0 : x.strides[d - lead]!,
  );
  return new Tensor(x.storage, x.dtype, shape, strides, x.offset, x.version);
}

// ── elementwise ──────────────────────────────────────────────────────────────────────────────────

/** The kernel `name` of one operand, converted to `dtype` first. */
export function unary(op: string, name: UnaryName, x: Tensor, dtype: DType = x.dtype): Tensor {
  checkTensor(op, x);
  const out = make(x.shape, dtype, x.storage.backend);
  const input = x.dtype === dtype ? x : prepare(x, dtype);
  out.storage.backend.unary(name, out, input);
  if (input !== x) discard(input, x);
  return out;
}

/** A function whose results are fractions whatever it is given. */
export function floatUnary(op: string, name: UnaryName, x: Tensor): Tensor {
  checkTensor(op, x);
  return unary(op, name, x, floating(x.dtype));
}

/** The kernel `name` from one operand of any dtype to bool. */
export function predicate(op: string, name: PredicateName, x: Tensor): Tensor {
  checkTensor(op, x);
  const out = make(x.shape, "bool", x.storage.backend);
  out.storage.backend.predicate(name, out, x);
  return out;
}

/** The kernel `name` of two operands, promoted and broadcast. */
export function binary(
  op: string,
  name: BinaryName,
  a: Tensor,
  b: Tensor,
  dtype: DType = promoted(a, b),
): Tensor {
  checkDevices(op, a, b);
  const shape = broadcastShapes(op, a.shape, b.shape);
  const out = make(shape, dtype, a.storage.backend);
  const [x, y] = [prepare(a, dtype, shape), prepare(b, dtype, shape)];
  out.storage.backend.binary(name, out, x, y);
  if (x !== a) discard(x, a);
  if (y !== b) discard(y, b);
  return out;
}

/** The kernel `name` of two operands, promoted and broadcast, to bool. */
export function compare(op: string, name: CompareName, a: Tensor, b: Tensor): Tensor {
  checkDevices(op, a, b);
  const dtype = promoted(a, b);
  const shape = broadcastShapes(op, a.shape, b.shape);
  const out = make(shape, "bool", a.storage.backend);
  const [x, y] = [prepare(a, dtype, shape), prepare(b, dtype, shape)];
  out.storage.backend.compare(name, out, x, y);
  if (x !== a) discard(x, a);
  if (y !== b) discard(y, b);
  return out;
}

/** @throws DTypeError unless `x` is of one of the kinds */
export function checkKind(op: string, x: Tensor, ...kinds: readonly ("bool" | "int" | "float")[]): void {
  if (!kinds.includes(dtypes[x.dtype].kind))
    throw new DTypeError(`${op}: not implemented for ${x.dtype} (tensor of shape ${formatShape(x.shape)})`);
}

// ── outputs to begin with ────────────────────────────────────────────────────────────────────────

/** Zeros of another shape, with the dtype and device of `like`. */
export function zerosOf(like: Tensor, shape: Shape): Tensor {
  const out = make(shape, like.dtype, like.storage.backend);
  out.storage.backend.fill(out, 0);
  return out;
}

/** Ones of another shape, with the dtype and device of `like`. */
export function onesOf(like: Tensor, shape: Shape): Tensor {
  const out = make(shape, like.dtype, like.storage.backend);
  out.storage.backend.fill(out, 1);
  return out;
}

/** The value of a kernel that has no derivative of its own: where one is wanted, that of the formula it computes. */
export const fused = (kernel: () => Tensor, formula: () => Tensor): Tensor =>
  isGradEnabled() ? formula() : kernel();
