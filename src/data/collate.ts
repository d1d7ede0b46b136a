/** From a list of samples to one batch. */
import type { TypedArray } from "../core/dtype.js";
import { ArgumentError, ShapeError, show } from "../core/errors.js";
import { formatShape, sameShape } from "../core/shape.js";
import { stack } from "../ops/shape/joining.js";
import { asTensor, type Nested, tensor } from "../tensor/create.js";
import { framed } from "../tensor/frames.js";
import { Tensor } from "../tensor/tensor.js";

/** What samples of type T become together. */
export type Collated<T> = T extends Tensor | TypedArray | number | bigint | boolean
  ? Tensor
  : T extends string
    ? string[]
    : T extends readonly unknown[]
      ? { -readonly [K in keyof T]: Collated<T[K]> }
      : T extends object
        ? { -readonly [K in keyof T]: Collated<T[K]> }
        : unknown;

/**
 * Puts samples together, by what the first one is:
 *
 * - tensors and typed arrays [...] are stacked to [batch, ...]
 * - numbers become a float64 tensor [batch], int64 if all of them are whole; bigints int64, booleans bool
 * - strings stay strings, in an array
 * - arrays and plain objects keep their form, each place or key put together by itself
 *
 * JavaScript has one kind of number, so fractions that all happen to be whole make int64; where that can
 * happen, let the samples hold tensors or typed arrays.
 *
 * @throws ShapeError if shapes or lengths differ
 * @throws ArgumentError if there is something that cannot be put together; it names the place
 * @example defaultCollate([{ id: 1, name: "a" }, { id: 2, name: "b" }]) // { id: tensor([1, 2]), name: ["a", "b"] }
 * @see torch.utils.data.default_collate
 */
export function defaultCollate<T>(samples: readonly T[]): Collated<T> {
  if (!Array.isArray(samples) || samples.length === 0)
    throw new ArgumentError(`defaultCollate: expected a non-empty array of samples: got ${show(samples)}`);
  return collate(samples, "") as Collated<T>;
}

/** `place` is where in a sample these values were found: `.image[0]`. */
function collate(values: readonly unknown[], place: string): unknown {
  const first = values[0];
  if (first instanceof Tensor || ArrayBuffer.isView(first)) return stacked(values, place);
  switch (typeof first) {
    case "number":
      return numbers(all(values, place, (v) => typeof v === "number"));
    case "bigint":
    case "boolean":
      return tensor(all(values, place, (v) => typeof v === typeof first));
    case "string":
      return all(values, place, (v) => typeof v === "string");
  }
  if (Array.isArray(first)) {
    const rows = all<unknown[]>(values, place, Array.isArray);
    const odd = rows.findIndex((row) => row.length !== first.length);
    if (odd > 0)
      throw new ShapeError(
        `defaultCollate: each list${at(place)} should be of equal size: ` +
          `${first.length} at sample 0, ${rows[odd]!.length} at sample ${odd}`,
      );
    return first.map((_, i) => collate(column(rows, i), `${place}[${i}]`));
  }
  if (isPlainObject(first)) {
    const rows = all<Record<string, unknown>>(values, place, isPlainObject);
    const entries = Object.keys(first).map((key) => [key, collate(column(rows, key), `${place}.${key}`)]);
    return Object.fromEntries(entries);
  }
  throw new ArgumentError(
    `defaultCollate: batch must contain tensors, typed arrays, numbers, booleans, strings, arrays or plain objects: ` +
      `found ${show(first)}${at(place)}`,
  );
}

const at = (place: string): string => (place === "" ? "" : ` at ${place}`);

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** The values, all of one kind. */
function all<V>(values: readonly unknown[], place: string, is: (value: unknown) => boolean): V[] {
  const odd = values.findIndex((value) => !is(value));
  if (odd >= 0)
    throw new ArgumentError(
      `defaultCollate: samples differ in kind${at(place)}: ${show(values[0])} at sample 0, ${show(values[odd])} at sample ${odd}`,
    );
  return values as V[];
}

function column(rows: readonly object[], key: string | number): unknown[] {
  return rows.map((row, i) => {
    if (Object.hasOwn(row, key)) return (row as Record<string | number, unknown>)[key];
    throw new ArgumentError(`defaultCollate: sample ${i} has no ${show(key)}, which sample 0 has`);
  });
}

function numbers(values: readonly number[]): Tensor {
  return tensor(values, { dtype: values.every(Number.isSafeInteger) ? "int64" : "float64" });
}

/** In a frame, so that the tensors made of typed arrays on the way are released at once. */
function stacked(values: readonly unknown[], place: string): Tensor {
  const parts = all<Nested>(values, place, (v) => v instanceof Tensor || ArrayBuffer.isView(v));
  return framed(() => {
    const tensors = parts.map((v) => asTensor(v));
    const { shape } = tensors[0]!;
    const odd = tensors.findIndex((x) => !sameShape(x.shape, shape));
    if (odd > 0)
      throw new ShapeError(
        `defaultCollate: stack expects each tensor to be equal size${at(place)}: ` +
          `${formatShape(shape)} at sample 0, ${formatShape(tensors[odd]!.shape)} at sample ${odd}`,
      );
    return stack(tensors);
  });
}
