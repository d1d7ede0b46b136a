/** Datasets: what a loader takes its samples from. */
import { checkInteger, checkOptions } from "../core/arguments.js";
import { ArgumentError, ShapeError, show } from "../core/errors.js";
import type { Generator } from "../core/generator.js";
import { checkTensor } from "../ops/kernel.js";
import { select } from "../ops/shape/slicing.js";
import { defaultGenerator } from "../tensor/random.js";
import type { Tensor } from "../tensor/tensor.js";
import { permutation } from "./draws.js";
import { checkIndex, checkIndexable, type Indexable, itemOf } from "./indexable.js";

/**
 * Samples by index. A subclass says how many there are and what each is; PyTorch's `__getitem__` and
 * `__len__`.
 *
 * @example
 * class Squares extends Dataset<{ x: number; y: number }> {
 *   get length() { return 10; }
 *   getItem(index: number) { return { x: index, y: index * index }; }
 * }
 * @see torch.utils.data.Dataset
 */
export abstract class Dataset<T = unknown> implements Iterable<T> {
  abstract getItem(index: number): T;
  abstract get length(): number;

  *[Symbol.iterator](): IterableIterator<T> {
    for (let i = 0; i < this.length; i++) yield this.getItem(i);
  }
}

/**
 * Samples that come one after the other, where asking by index is costly or impossible.
 *
 * With worker threads every worker iterates its own copy; `getWorkerInfo()` says which part is whose.
 *
 * @see torch.utils.data.IterableDataset
 */
export abstract class IterableDataset<T = unknown> implements Iterable<T> {
  abstract [Symbol.iterator](): Iterator<T>;
}

/**
 * Sample i is row i of each tensor.
 *
 * @param tensors [N, ...] each
 * @throws ShapeError if they differ in N
 * @example for (const [x, y] of new DataLoader(new TensorDataset(features, labels), { batchSize: 10 })) …
 * @see torch.utils.data.TensorDataset
 */
export class TensorDataset<T extends readonly Tensor[] = Tensor[]> extends Dataset<Rows<T>> {
  readonly tensors: T;

  constructor(...tensors: T) {
    super();
    if (tensors.length === 0) throw new ArgumentError("TensorDataset: expected at least one tensor");
    for (const x of tensors) {
      checkTensor("TensorDataset", x);
      if (x.ndim === 0) throw new ShapeError("TensorDataset: a 0-d tensor has no rows");
    }
    if (tensors.some((x) => x.length !== tensors[0]!.length))
      throw new ShapeError(
        `TensorDataset: Size mismatch between tensors: ${tensors.map((x) => x.length).join(", ")} rows`,
      );
    this.tensors = tensors;
  }

  getItem(index: number): Rows<T> {
    return this.tensors.map((x) => select(x, 0, index)) as Rows<T>;
  }

  get length(): number {
    return this.tensors[0]!.length;
  }
}
type Rows<T extends readonly Tensor[]> = { -readonly [K in keyof T]: Tensor };

/** The samples at some indices of another dataset. @see torch.utils.data.Subset */
export class Subset<T> extends Dataset<T> {
  constructor(
    readonly dataset: Indexable<T>,
    readonly indices: readonly number[],
  ) {
    super();
    checkIndexable("Subset", dataset);
    if (!Array.isArray(indices))
      throw new ArgumentError(`Subset: indices must be an array: got ${show(indices)}`);
  }

  getItem(index: number): T {
    return itemOf(this.dataset, this.indices[checkIndex("Subset", index, this.length)]!);
  }

  get length(): number {
    return this.indices.length;
  }
}

/** Several datasets one after the other. @see torch.utils.data.ConcatDataset */
export class ConcatDataset<T> extends Dataset<T> {
  constructor(readonly datasets: readonly Indexable<T>[]) {
    super();
    if (!Array.isArray(datasets) || datasets.length === 0)
      throw new ArgumentError(`ConcatDataset: expected a non-empty array of datasets: got ${show(datasets)}`);
    for (const dataset of datasets) checkIndexable("ConcatDataset", dataset);
  }

  getItem(index: number): T {
    let i = checkIndex("ConcatDataset", index, this.length);
    let k = 0;
    while (i >= this.datasets[k]!.length) i -= this.datasets[k++]!.length;
    return itemOf(this.datasets[k]!, i);
  }

  get length(): number {
    return this.datasets.reduce((sum, dataset) => sum + dataset.length, 0);
  }
}

/**
 * Parts of a dataset that do not overlap, drawn at random.
 *
 * @param lengths how many samples each part has, or fractions that add up to 1; what rounding leaves over
 *   goes to the first parts, one each
 * @param options.generator default: the one that manualSeed seeds
 * @throws ArgumentError if the lengths do not add up to the dataset's
 * @example const [train, test] = randomSplit(dataset, [0.8, 0.2]);
 * @see torch.utils.data.random_split
 */
export function randomSplit<T>(
  dataset: Indexable<T>,
  lengths: readonly number[],
  options: { generator?: Generator } = {},
): Subset<T>[] {
  checkIndexable("randomSplit", dataset);
  checkOptions("randomSplit", options, ["generator"]);
  if (!Array.isArray(lengths) || !lengths.every((n) => typeof n === "number" && n >= 0))
    throw new ArgumentError(`randomSplit: lengths must be numbers of at least 0: got ${show(lengths)}`);
  const sum = lengths.reduce((a, b) => a + b, 0);
  const sizes = sum <= 1 && 1 - sum <= 1e-9 ? wholeParts(dataset.length, lengths) : lengths;
  for (const n of sizes) checkInteger("randomSplit", "each length", n, 0);
  const total = sizes.reduce((a, b) => a + b, 0);
  if (total !== dataset.length)
    throw new ArgumentError(
      `randomSplit: Sum of input lengths does not equal the length of the input dataset: ${total} ≠ ${dataset.length}`,
    );
  const indices = permutation(total, options.generator ?? defaultGenerator);
  let end = 0;
  return sizes.map((n) => new Subset(dataset, indices.slice(end, (end += n))));
}

/** Fractions of n, rounded down; what is left over goes to the first ones, one each. */
function wholeParts(n: number, fractions: readonly number[]): number[] {
  const sizes = fractions.map((fraction) => Math.floor(n * fraction));
  const rest = n - sizes.reduce((a, b) => a + b, 0);
  for (let i = 0; i < rest; i++) sizes[i % sizes.length]!++;
  return sizes;
}
