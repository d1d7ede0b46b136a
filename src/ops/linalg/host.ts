/** What the decompositions start from: checks, and batches of matrices on the host. */
import { type DType, isFloat } from "../../core/dtype.js";
import { DTypeError, ShapeError } from "../../core/errors.js";
import { broadcastShapes, numel, type Shape, sameShape } from "../../core/shape.js";
import { makeFrom } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { checkDevices, checkTensor } from "../kernel.js";
import { expand, transpose } from "../shape/view.js";

// ── checks ───────────────────────────────────────────────────────────────────────────────────────

/** @throws DTypeError unless x is float32 or float64 */
export function checkFloat(op: string, x: Tensor): void {
  checkTensor(op, x);
  if (!isFloat(x.dtype))
    throw new DTypeError(`${op}: Expected a floating point or complex tensor as input. Got ${x.dtype}`);
  if (x.dtype !== "float32" && x.dtype !== "float64")
    throw new DTypeError(`${op}: Low precision dtypes not supported. Got ${x.dtype}`);
}

/** @throws ShapeError unless x has two dims or more @throws DTypeError unless it is float32 or float64 */
export function checkMatrix(op: string, x: Tensor, name = "A"): void {
  checkTensor(op, x);
  if (x.ndim < 2)
    throw new ShapeError(
      `${op}: The input tensor ${name} must have at least 2 dimensions: it must have at least 2 dimensions, got ${x.ndim}`,
    );
  checkFloat(op, x);
}

/** @throws ShapeError unless x is [..., n, n] */
export function checkSquare(op: string, x: Tensor): void {
  checkMatrix(op, x);
  const [m, n] = sides(x);
  if (m !== n)
    throw new ShapeError(`${op}: A must be batches of square matrices, but they are ${m} by ${n} matrices`);
}

/** @throws DTypeError or DeviceError unless both are alike */
export function checkAlike(op: string, a: Tensor, b: Tensor): void {
  checkTensor(op, b);
  checkDevices(op, a, b);
  if (a.dtype !== b.dtype)
    throw new DTypeError(
      `${op}: Expected A and B to have the same dtype, but found A of type ${a.dtype} and B of type ${b.dtype} instead`,
    );
}

// ── shapes ───────────────────────────────────────────────────────────────────────────────────────

/** Rows and columns. */
export const sides = (x: Tensor): [number, number] => [x.shape.at(-2)!, x.shape.at(-1)!];
/** The dims before the matrices'. */
export const batchOf = (x: Tensor): Shape => x.shape.slice(0, -2);
/** The matrices transposed. */
export const mT = (x: Tensor): Tensor => transpose(x, -2, -1);

/** Both with the batch dims they broadcast to. */
export function broadcastBatches(op: string, a: Tensor, b: Tensor): [Tensor, Tensor] {
  const batch = broadcastShapes(op, batchOf(a), batchOf(b));
  const spread = (x: Tensor) =>
    sameShape(batchOf(x), batch) ? x : expand(x, [...batch, ...x.shape.slice(-2)]);
  return [spread(a), spread(b)];
}

// ── the host's copies ────────────────────────────────────────────────────────────────────────────

/** The elements in row-major order, in float64. */
export const doublesOf = (x: Tensor): Float64Array => Float64Array.from(valuesOf(x), Number);

/** A tensor with these elements on the device of `like`. */
export function tensorOf(
  values: Float64Array,
  shape: Shape,
  like: Tensor,
  dtype: DType = like.dtype,
): Tensor {
  const data =
    dtype === "float32"
      ? Float32Array.from(values)
      : dtype === "int32"
        ? Int32Array.from(values)
        : dtype === "int64"
          ? BigInt64Array.from(Array.from(values, BigInt))
          : values;
  return makeFrom(data, shape, dtype, like.storage.backend);
}

/** A batch of matrices on the host, in float64. */
export class Matrices {
  readonly count: number;

  constructor(
    readonly batch: Shape,
    readonly rows: number,
    readonly columns: number,
    readonly values: Float64Array = new Float64Array(numel(batch) * rows * columns),
  ) {
    this.count = numel(batch);
  }

  static from(x: Tensor): Matrices {
    const [rows, columns] = sides(x);
    return new Matrices(batchOf(x), rows, columns, doublesOf(x));
  }

  /** Matrix number i; changes of it show here. */
  at(i: number): Float64Array {
    const size = this.rows * this.columns;
    return this.values.subarray(i * size, (i + 1) * size);
  }

  /** As a tensor with the device of `like`, and its dtype unless another is named. */
  tensor(like: Tensor, dtype?: DType): Tensor {
    return tensorOf(this.values, [...this.batch, this.rows, this.columns], like, dtype);
  }

  /** One row each, as a tensor [..., columns]. */
  vectors(like: Tensor, dtype?: DType): Tensor {
    return tensorOf(this.values, [...this.batch, this.columns], like, dtype);
  }

  /** One number each, as a tensor of the batch's shape. */
  numbers(like: Tensor, dtype?: DType): Tensor {
    return tensorOf(this.values, this.batch, like, dtype);
  }
}

/** A batch of vectors of n elements. */
export const vectors = (batch: Shape, n: number): Matrices => new Matrices(batch, 1, n);
/** A batch of numbers. */
export const numbers = (batch: Shape): Matrices => new Matrices(batch, 1, 1);

/** [m, n] with ones on the diagonal. */
export function identity(like: Tensor, m: number, n = m): Tensor {
  const values = new Float64Array(m * n);
  for (let i = 0; i < Math.min(m, n); i++) values[i * n + i] = 1;
  return tensorOf(values, [m, n], like);
}

/** Where in a batch: "(Batch element 2): ", nothing for a single matrix. */
export const place = (batch: Shape, i: number): string => (batch.length ? `(Batch element ${i}): ` : "");
