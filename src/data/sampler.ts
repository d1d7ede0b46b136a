/** Samplers: in which order a loader asks for samples. Every draw is PyTorch's. */
import { checkInteger, checkOptions } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import { Generator } from "../core/generator.js";
import { defaultGenerator } from "../tensor/random.js";
import { Tensor } from "../tensor/tensor.js";
import { valuesOf } from "../tensor/values.js";
import { drawSeed, permutation, weighted, weightedOnce } from "./draws.js";

/** Gives out indices, or lists of them; iterated anew in every epoch. @see torch.utils.data.Sampler */
export abstract class Sampler<T = number> implements Iterable<T> {
  abstract [Symbol.iterator](): Iterator<T>;

  /** How many it gives out. @throws ArgumentError if a subclass does not say */
  get length(): number {
    throw new ArgumentError(`length: ${this.constructor.name} does not say how many it gives out`);
  }
}

interface Sized {
  readonly length: number;
}

/** @throws ArgumentError unless it says how much it holds */
function checkSized(op: string, source: unknown): asserts source is Sized {
  const { length } = (source ?? {}) as Partial<Sized>;
  if (typeof length !== "number")
    throw new ArgumentError(`${op}: the data source must have a length: got ${show(source)}`);
}

/** 0, 1, 2, … @see torch.utils.data.SequentialSampler */
export class SequentialSampler extends Sampler {
  constructor(readonly dataSource: Sized) {
    super();
  }

  *[Symbol.iterator](): IterableIterator<number> {
    for (let i = 0; i < this.length; i++) yield i;
  }

  override get length(): number {
    return this.dataSource.length;
  }
}

export interface RandomSamplerOptions {
  /** Whether the same index may come again. @defaultValue false */
  replacement?: boolean;
  /** @defaultValue the length of the data source */
  numSamples?: number;
  /** @defaultValue a new one in every epoch, its seed drawn from the default generator */
  generator?: Generator;
}

/**
 * All indices in random order, or random ones of them.
 *
 * @throws ArgumentError if there is nothing to draw from
 * @see torch.utils.data.RandomSampler
 */
export class RandomSampler extends Sampler {
  readonly replacement: boolean;
  readonly generator: Generator | undefined;
  private readonly wanted: number | undefined;

  constructor(
    readonly dataSource: Sized,
    options: RandomSamplerOptions = {},
  ) {
    super();
    checkOptions("RandomSampler", options, ["replacement", "numSamples", "generator"]);
    this.replacement = options.replacement ?? false;
    this.generator = checkGenerator("RandomSampler", options.generator);
    this.wanted = options.numSamples;
    checkSized("RandomSampler", dataSource);
    checkInteger("RandomSampler", "numSamples", this.length, 1);
  }

  *[Symbol.iterator](): IterableIterator<number> {
    const { dataSource, length, replacement } = this;
    const n = dataSource.length;
    const generator = this.generator ?? new Generator(drawSeed(defaultGenerator));
    if (replacement) {
      // Blocks of 32, so that what else draws from the generator meanwhile meets it where PyTorch's would.
      for (let left = length; left > 0; left -= 32)
        yield* Array.from({ length: Math.min(left, 32) }, () => generator.u32() % n);
    } else {
      for (let left = length; left >= n; left -= n) yield* permutation(n, generator);
      // Drawn even if nothing of it is wanted.
      yield* permutation(n, generator).slice(0, length % n);
    }
  }

  /** `numSamples`, or as many as there are by now. */
  override get length(): number {
    return this.wanted ?? this.dataSource.length;
  }
}

/** The given indices in random order. @see torch.utils.data.SubsetRandomSampler */
export class SubsetRandomSampler extends Sampler {
  readonly generator: Generator | undefined;

  constructor(
    readonly indices: readonly number[],
    options: { generator?: Generator } = {},
  ) {
    super();
    if (!Array.isArray(indices))
      throw new ArgumentError(`SubsetRandomSampler: indices must be an array: got ${show(indices)}`);
    checkOptions("SubsetRandomSampler", options, ["generator"]);
    this.generator = checkGenerator("SubsetRandomSampler", options.generator);
  }

  *[Symbol.iterator](): IterableIterator<number> {
    for (const i of permutation(this.length, this.generator ?? defaultGenerator)) yield this.indices[i]!;
  }

  override get length(): number {
    return this.indices.length;
  }
}

export interface WeightedRandomSamplerOptions {
  /** Whether the same index may come again. @defaultValue true */
  replacement?: boolean;
  /** @defaultValue the default generator */
  generator?: Generator;
}

/**
 * Index i with probability weights[i] / Σ weights.
 *
 * @param weights [N], at least 0, not all of them 0
 * @example new WeightedRandomSampler([0.1, 0.9, 0.4], 5)
 * @see torch.utils.data.WeightedRandomSampler
 */
export class WeightedRandomSampler extends Sampler {
  readonly weights: readonly number[];
  readonly replacement: boolean;
  readonly generator: Generator | undefined;

  constructor(
    weights: Tensor | ArrayLike<number>,
    readonly numSamples: number,
    options: WeightedRandomSamplerOptions = {},
  ) {
    super();
    const op = "WeightedRandomSampler";
    checkOptions(op, options, ["replacement", "generator"]);
    if (!(weights instanceof Tensor)) checkSized(op, weights);
    if (weights instanceof Tensor && weights.ndim !== 1)
      throw new ArgumentError(`${op}: weights should be a 1d sequence: got ${show(weights)}`);
    this.weights = Array.from<number | bigint, number>(
      weights instanceof Tensor ? valuesOf(weights) : weights,
      Number,
    );
    this.replacement = options.replacement ?? true;
    this.generator = checkGenerator(op, options.generator);
    checkInteger(op, "numSamples", numSamples, 1);
    const wrong = this.weights.find((w) => !(w >= 0 && w < Number.POSITIVE_INFINITY));
    if (wrong !== undefined || !this.weights.some((w) => w > 0))
      throw new ArgumentError(
        `${op}: weights must be finite, at least 0, and not all 0: got ${wrong ?? show(this.weights)}`,
      );
    if (!this.replacement && numSamples > this.weights.length)
      throw new ArgumentError(
        `${op}: cannot sample ${numSamples} of ${this.weights.length} without replacement`,
      );
  }

  *[Symbol.iterator](): IterableIterator<number> {
    const draw = this.replacement ? weighted : weightedOnce;
    yield* draw(this.weights, this.numSamples, this.generator ?? defaultGenerator);
  }

  override get length(): number {
    return this.numSamples;
  }
}

/**
 * What another sampler gives out, in lists of `batchSize`.
 *
 * @param options.dropLast whether a last list that is not full is left out @defaultValue false
 * @example [...new BatchSampler(new SequentialSampler({ length: 5 }), 2)] // [[0, 1], [2, 3], [4]]
 * @see torch.utils.data.BatchSampler
 */
export class BatchSampler<T = number> extends Sampler<T[]> {
  readonly dropLast: boolean;

  constructor(
    readonly sampler: Iterable<T>,
    readonly batchSize: number,
    options: { dropLast?: boolean } = {},
  ) {
    super();
    checkInteger("BatchSampler", "batchSize", batchSize, 1);
    checkOptions("BatchSampler", options, ["dropLast"]);
    this.dropLast = options.dropLast ?? false;
  }

  *[Symbol.iterator](): IterableIterator<T[]> {
    let batch: T[] = [];
    for (const item of this.sampler) {
      batch.push(item);
      if (batch.length < this.batchSize) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0 && !this.dropLast) yield batch;
  }

  override get length(): number {
    const batches = lengthOf(this.sampler) / this.batchSize;
    return this.dropLast ? Math.floor(batches) : Math.ceil(batches);
  }
}

/** How many items an iterable says it has. @throws ArgumentError if it does not say */
function lengthOf(items: Iterable<unknown>): number {
  if ("length" in items && typeof items.length === "number") return items.length;
  throw new ArgumentError(`length: ${show(items)} does not say how many items it has`);
}

function checkGenerator(op: string, generator: unknown): Generator | undefined {
  if (generator === undefined || generator instanceof Generator) return generator;
  throw new ArgumentError(`${op}: generator must be a Generator: got ${show(generator)}`);
}
