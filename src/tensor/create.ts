/** Factories: tensors from sizes, from values, and from memory of the host. */

import type { Backend, DeviceName } from "../backend/backend.js";
import { backendOf, checkDevice, getDefaultDevice } from "../backend/registry.js";
import { checkInteger, checkNumber, checkOptions } from "../core/arguments.js";
import {
  checkDType,
  type DType,
  dtypes,
  getDefaultDtype,
  isFloat,
  sizeOf,
  type TypedArray,
} from "../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError, show } from "../core/errors.js";
import { pow } from "../core/math.js";
import { checkSizes, type Shape } from "../core/shape.js";
import { dtypeOfArray } from "./host.js";
import { make, makeFrom, makeLike, makeOf, type Scalar, scalarDType } from "./make.js";
import { checkTensor, Tensor } from "./tensor.js";
import { scalarOf, valuesOf } from "./values.js";

export interface TensorOptions {
  /** @defaultValue the default dtype, or what the values need */
  dtype?: DType;
  /** @defaultValue "cpu" */
  device?: DeviceName;
  /** Whether to record operations on it. @defaultValue false */
  requiresGrad?: boolean;
}
/** Sizes spread out or as an array, then options. */
export type SizesAnd<O> = [shape: Shape, options?: O] | number[] | [...sizes: number[], options: O];

const optionKeys = ["dtype", "device", "requiresGrad"] as const;

interface Resolved {
  dtype: DType;
  backend: Backend;
  requiresGrad: boolean;
}

/** Checks the options of a factory. */
export function resolve(op: string, options: TensorOptions, fallback: DType, like?: Tensor): Resolved {
  checkOptions(op, options, optionKeys);
  if (like !== undefined && !(like instanceof Tensor))
    throw new ArgumentError(`${op}: expected a tensor: got ${show(like)}`);
  const { dtype, device, requiresGrad = false } = options;
  const backend =
    device === undefined && like
      ? like.storage.backend
      : backendOf(checkDevice(op, device ?? getDefaultDevice()));
  const resolved = { dtype: dtype === undefined ? fallback : checkDType(op, dtype), backend, requiresGrad };
  if (requiresGrad && !isFloat(resolved.dtype))
    throw new DTypeError(
      `${op}: Only Tensors of floating point dtype can require gradients: got ${resolved.dtype}`,
    );
  return resolved;
}

/** Splits `(2, 3, options)` or `([2, 3], options)`. */
export function sizesAnd<O extends object>(
  op: string,
  args: readonly unknown[],
): { shape: Shape; options: O } {
  const last = args.at(-1);
  const hasOptions = typeof last === "object" && last !== null && !Array.isArray(last);
  const sizes = hasOptions ? args.slice(0, -1) : args.at(-1) === undefined ? args.slice(0, -1) : args;
  const shape = sizes.length === 1 && Array.isArray(sizes[0]) ? [...sizes[0]] : sizes;
  return { shape: checkSizes(op, shape), options: (hasOptions ? last : {}) as O };
}

function filled(shape: Shape, value: Scalar, { dtype, backend, requiresGrad }: Resolved): Tensor {
  return fill(make(shape, dtype, backend), value, requiresGrad);
}
function filledLike(x: Tensor, value: Scalar, { dtype, backend, requiresGrad }: Resolved): Tensor {
  return fill(makeLike(x, dtype, backend), value, requiresGrad);
}
function fill(out: Tensor, value: Scalar, requiresGrad: boolean): Tensor {
  out.storage.backend.fill(out, typeof value === "boolean" ? Number(value) : value);
  return out.requiresGrad_(requiresGrad);
}

// ── from sizes ───────────────────────────────────────────────────────────────────────────────────

/** A tensor whose elements are whatever the memory held. @example torch.empty(5, 3) @see torch.empty */
export function empty(...args: SizesAnd<TensorOptions>): Tensor {
  const { shape, options } = sizesAnd<TensorOptions>("empty", args);
  const { dtype, backend, requiresGrad } = resolve("empty", options, getDefaultDtype());
  return make(shape, dtype, backend).requiresGrad_(requiresGrad);
}

/** A tensor of zeros. @example torch.zeros(2, 3, { dtype: "int64" }) @see torch.zeros */
export function zeros(...args: SizesAnd<TensorOptions>): Tensor {
  const { shape, options } = sizesAnd<TensorOptions>("zeros", args);
  return filled(shape, 0, resolve("zeros", options, getDefaultDtype()));
}

/** A tensor of ones. @example torch.ones([2, 3]) @see torch.ones */
export function ones(...args: SizesAnd<TensorOptions>): Tensor {
  const { shape, options } = sizesAnd<TensorOptions>("ones", args);
  return filled(shape, 1, resolve("ones", options, getDefaultDtype()));
}

/** A tensor of one value; its dtype is the value's own unless given. @see torch.full */
export function full(shape: Shape, value: Scalar, options: TensorOptions = {}): Tensor {
  return filled(
    checkSizes("full", shape),
    checkScalar("full", value),
    resolve("full", options, scalarDType(value)),
  );
}

/** The identity matrix [n, m]; m = n unless given. @see torch.eye */
export function eye(n: number, m?: number | TensorOptions, options: TensorOptions = {}): Tensor {
  const columns = typeof m === "number" ? m : n;
  checkInteger("eye", "n", n, 0);
  checkInteger("eye", "m", columns, 0);
  const resolved = resolve("eye", typeof m === "object" ? m : options, getDefaultDtype());
  const out = filled([n, columns], 0, { ...resolved, requiresGrad: false });
  const diagonal = new Tensor(out.storage, out.dtype, [Math.min(n, columns)], [columns + 1]);
  resolved.backend.fill(diagonal, 1);
  return out.requiresGrad_(resolved.requiresGrad);
}

/** start, start + step, … below `end`; int64 if all three are whole. @example torch.arange(0, 1, 0.25) @see torch.arange */
export function arange(end: number, options?: TensorOptions): Tensor;
export function arange(start: number, end: number, options?: TensorOptions): Tensor;
export function arange(start: number, end: number, step: number, options?: TensorOptions): Tensor;
export function arange(...args: (number | TensorOptions | undefined)[]): Tensor {
  const numbers = args
    .filter((a) => typeof a !== "object" && a !== undefined)
    .map((a) => checkNumber("arange", "every bound", typeof a === "boolean" ? Number(a) : a));
  if (numbers.length === 0) throw new ArgumentError("arange: expected an end, or a start and an end");
  const given = numbers.length === 1 ? [0, numbers[0]!, 1] : [numbers[0]!, numbers[1]!, numbers[2] ?? 1];
  const whole = given.every(Number.isInteger);
  const options = (args.find((a) => typeof a === "object") ?? {}) as TensorOptions;
  const { dtype, backend, requiresGrad } = resolve("arange", options, whole ? "int64" : getDefaultDtype());
  // int64 counts with the whole parts; smaller integers count with fractions, then step in whole parts.
  const [start, end, step] = (dtype === "int64" ? given.map(Math.trunc) : given) as [number, number, number];
  if (step === 0) throw new ArgumentError("arange: step must be nonzero");
  const count = Math.ceil((end - start) / step);
  if (!Number.isFinite(count))
    throw new ArgumentError(`arange: unsupported range: ${start} to ${end} by ${step}`);
  if (count < 0)
    throw new ArgumentError(
      `arange: upper bound and larger bound inconsistent with step sign: ${start} to ${end} by ${step}`,
    );
  const out = make([count], dtype, backend);
  const exact = isFloat(dtype) ? (n: number) => n : Math.trunc;
  backend.arange(out, exact(start), exact(step));
  return out.requiresGrad_(requiresGrad);
}

/** `steps` values from `start` to `end`, both included. @see torch.linspace */
export function linspace(start: number, end: number, steps: number, options: TensorOptions = {}): Tensor {
  checkNumber("linspace", "start", start);
  checkNumber("linspace", "end", end);
  checkInteger("linspace", "steps", steps, 0);
  const { dtype, backend, requiresGrad } = resolve("linspace", options, getDefaultDtype());
  const cut = isFloat(dtype) ? (dtype === "float32" ? Math.fround : (n: number) => n) : Math.trunc;
  const round = dtype === "float32" ? Math.fround : (n: number) => n;
  const [first, last] = [cut(start), cut(end)];
  const step = round((last - first) / Math.max(steps - 1, 1));
  const half = steps === 1 ? 1 : Math.floor(steps / 2);
  // Each half counts from its own end, so that both ends are met exactly.
  const at = (i: number) => cut(i < half ? first + round(step * i) : last - round(step * (steps - 1 - i)));
  // PyTorch fills vectors of 32 bytes, in pairs: the first of each is cut to the dtype before the others count from it.
  const width = 32 / sizeOf(dtype);
  const paired = steps - (steps % (2 * width));
  const values = Array.from({ length: steps }, (_, i) =>
    i < paired ? cut(at(i - (i % width)) + round((i % width) * step)) : at(i),
  );
  return makeOf(values, [steps], dtype, backend).requiresGrad_(requiresGrad);
}

/** `steps` powers of `base` (default 10), their exponents as in linspace. @see torch.logspace */
export function logspace(
  start: number,
  end: number,
  steps: number,
  options: TensorOptions & { base?: number } = {},
): Tensor {
  const { base = 10, ...rest } = options;
  checkNumber("logspace", "base", base);
  checkInteger("logspace", "steps", steps, 0);
  const { dtype, backend, requiresGrad } = resolve("logspace", rest, getDefaultDtype());
  const single = dtype !== "float64" ? Math.fround : (n: number) => n;
  const step = single((end - start) / Math.max(steps - 1, 1));
  const half = Math.floor(steps / 2);
  const exponent = (i: number) => (i < half || steps === 1 ? start + step * i : end - step * (steps - 1 - i));
  const cut = isFloat(dtype) ? (n: number) => n : Math.trunc;
  const values = Array.from({ length: steps }, (_, i) => cut(single(pow(base, exponent(i)))));
  return makeOf(values, [steps], dtype, backend).requiresGrad_(requiresGrad);
}

// ── like another ─────────────────────────────────────────────────────────────────────────────────

/** Uninitialised, with x's shape, dtype and device. @see torch.empty_like */
export function emptyLike(x: Tensor, options: TensorOptions = {}): Tensor {
  checkTensor("emptyLike", x);
  const { dtype, backend, requiresGrad } = resolve("emptyLike", options, x.dtype, x);
  return makeLike(x, dtype, backend).requiresGrad_(requiresGrad);
}
/** Zeros with x's shape, dtype and device. @see torch.zeros_like */
export function zerosLike(x: Tensor, options: TensorOptions = {}): Tensor {
  checkTensor("zerosLike", x);
  return filledLike(x, 0, resolve("zerosLike", options, x.dtype, x));
}
/** Ones with x's shape, dtype and device. @see torch.ones_like */
export function onesLike(x: Tensor, options: TensorOptions = {}): Tensor {
  checkTensor("onesLike", x);
  return filledLike(x, 1, resolve("onesLike", options, x.dtype, x));
}
/** One value, with x's shape, dtype and device. @see torch.full_like */
export function fullLike(x: Tensor, value: Scalar, options: TensorOptions = {}): Tensor {
  checkTensor("fullLike", x);
  return filledLike(x, checkScalar("fullLike", value), resolve("fullLike", options, x.dtype, x));
}

// ── from values ──────────────────────────────────────────────────────────────────────────────────

/** Numbers, nested as deep as the tensor has dims. */
export type Nested = Scalar | readonly Nested[] | TypedArray | Tensor;

/**
 * A new tensor with a copy of the values: nested arrays, a typed array or another tensor.
 *
 * @param options.dtype default: bool for booleans, int64 for whole numbers, else the default dtype
 * @throws ShapeError if rows differ in length
 * @example torch.tensor([[1, 2], [3, 4.5]], { requiresGrad: true })
 * @see torch.tensor
 */
export function tensor(data: Nested, options: TensorOptions = {}): Tensor {
  if (data instanceof Tensor) {
    const resolved = resolve("tensor", options, data.dtype, data);
    return copyTo(data, resolved).requiresGrad_(resolved.requiresGrad);
  }
  if (ArrayBuffer.isView(data)) return fromArray(data, options);
  const shape: number[] = [];
  for (let row: unknown = data; Array.isArray(row) || ArrayBuffer.isView(row) || row instanceof Tensor; ) {
    const length: number = row instanceof Tensor ? 0 : (row as readonly unknown[]).length;
    if (row instanceof Tensor) {
      shape.push(...row.shape);
      break;
    }
    shape.push(length);
    row = (row as readonly unknown[])[0];
  }
  const values: Scalar[] = [];
  flatten(data, shape, 0, values);
  const { dtype, backend, requiresGrad } = resolve("tensor", options, inferDType(values));
  return makeOf(
    values.map((v) => (typeof v === "boolean" ? Number(v) : checkWhole(v, dtype))),
    shape,
    dtype,
    backend,
  ).requiresGrad_(requiresGrad);
}

/** int64 keeps the whole part of a fraction, as PyTorch does. */
function checkWhole(value: number | bigint, dtype: DType): number | bigint {
  if (typeof value === "bigint" || dtypes[dtype].kind !== "int") return value;
  if (!Number.isFinite(value)) throw new ArgumentError(`tensor: cannot convert ${value} to ${dtype}`);
  return Math.trunc(value);
}

function inferDType(values: readonly Scalar[]): DType {
  if (values.length === 0) return getDefaultDtype();
  if (values.every((v) => typeof v === "boolean")) return "bool";
  return values.every((v) => typeof v !== "number" || Number.isInteger(v)) ? "int64" : getDefaultDtype();
}

function flatten(data: unknown, shape: Shape, depth: number, out: Scalar[]): void {
  if (depth === shape.length) {
    out.push(checkScalar("tensor", data instanceof Tensor ? scalarOf(data) : data));
    return;
  }
  if (data instanceof Tensor) {
    for (const value of valuesOf(data)) out.push(value);
    return;
  }
  const length = Array.isArray(data) || ArrayBuffer.isView(data) ? (data as readonly unknown[]).length : -1;
  if (length !== shape[depth])
    throw new ShapeError(
      `tensor: expected sequence of length ${shape[depth]} at dim ${depth} (got ${length < 0 ? show(data) : length})`,
    );
  for (const item of data as readonly unknown[]) flatten(item, shape, depth + 1, out);
}

/** @throws ArgumentError unless `value` is a number, a bigint or a boolean */
export function checkScalar(op: string, value: unknown): Scalar {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return value;
  throw new ArgumentError(`${op}: expected a number, a bigint or a boolean: got ${show(value)}`);
}

function copyTo(x: Tensor, { dtype, backend }: Resolved): Tensor {
  if (backend === x.storage.backend) {
    const out = make(x.shape, dtype, backend);
    backend.copy(out, x);
    return out;
  }
  return makeOf(valuesOf(x), x.shape, x.dtype, backend);
}

function fromArray(data: ArrayBufferView, options: TensorOptions): Tensor {
  const own = dtypeOfArray("tensor", data);
  const { dtype, backend, requiresGrad } = resolve("tensor", options, own);
  const copy = makeFrom(data as TypedArray, [(data as TypedArray).length], own, backend);
  if (dtype === own) return copy.requiresGrad_(requiresGrad);
  const out = make(copy.shape, dtype, backend);
  backend.copy(out, copy);
  return out.requiresGrad_(requiresGrad);
}

/** The values as a tensor: a tensor of the wanted dtype and device as it is, anything else as `tensor` makes it. */
export function asTensor(data: Nested, options: Omit<TensorOptions, "requiresGrad"> = {}): Tensor {
  if (!(data instanceof Tensor)) return tensor(data, options);
  const resolved = resolve("asTensor", options, data.dtype, data);
  return resolved.dtype === data.dtype && resolved.backend === data.storage.backend
    ? data
    : copyTo(data, resolved);
}
