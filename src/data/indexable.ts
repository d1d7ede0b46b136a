/** Access to datasets and plain arrays alike. */
import { ArgumentError, IndexError, show } from "../core/errors.js";
import { select } from "../ops/shape/slicing.js";
import { Tensor } from "../tensor/tensor.js";

/** Anything whose samples can be asked for by index: a `Dataset`, a plain array of samples, a tensor by its first dim. */
export type Indexable<T> = { getItem(index: number): T; readonly length: number } | readonly T[] | Tensor;

export function itemOf<T>(dataset: Indexable<T>, index: number): T {
  if (dataset instanceof Tensor) return select(dataset, 0, index) as T;
  return "getItem" in dataset
    ? dataset.getItem(index)
    : dataset[checkIndex("dataset", index, dataset.length)]!;
}

/** An index counted from the front. @throws IndexError if it lies outside [−length, length) */
export function checkIndex(op: string, index: number, length: number): number {
  if (!Number.isInteger(index) || index < -length || index >= length)
    throw new IndexError(`${op}: index out of range: ${show(index)} of ${length} samples`);
  return index < 0 ? index + length : index;
}

/** @throws ArgumentError unless `dataset` has samples by index */
export function checkIndexable(op: string, dataset: unknown): void {
  if (Array.isArray(dataset) || (dataset instanceof Tensor && dataset.ndim > 0)) return;
  const { getItem, length } = Object(dataset) as Record<string, unknown>;
  if (typeof getItem === "function" && typeof length === "number") return;
  throw new ArgumentError(
    `${op}: a dataset must be an array or have getItem(index) and length: got ${show(dataset)}`,
  );
}
