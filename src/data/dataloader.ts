/**
 * @file From a dataset to batches: in which order, how put together, on which thread.
 *
 * Without workers everything happens where the loop runs. With workers (workers.ts) the dataset's code runs
 * in threads of its own, and the loop, which then must be `for await`, receives the same batches in the same
 * order.
 */
import { backendOf } from "../backend/registry.js";
import { checkInteger, checkIterable, checkOptions } from "../core/arguments.js";
import { ArgumentError, show } from "../core/errors.js";
import { Generator } from "../core/generator.js";
import { defaultGenerator } from "../tensor/random.js";
import { type Collated, defaultCollate } from "./collate.js";
import { IterableDataset } from "./dataset.js";
import { drawSeed } from "./draws.js";
import { checkIndexable, type Indexable, itemOf } from "./indexable.js";
import { BatchSampler, RandomSampler, SequentialSampler } from "./sampler.js";
import { workerBatches } from "./workers.js";

export interface DataLoaderOptions<T, B = Collated<T>> {
  /** Samples a batch. @defaultValue 1 */
  batchSize?: number;
  /** Whether every epoch has an order of its own. @defaultValue false */
  shuffle?: boolean;
  /** The indices, instead of `shuffle`. */
  sampler?: Iterable<number>;
  /** The indices of each batch, instead of `batchSize`, `shuffle`, `sampler` and `dropLast`. */
  batchSampler?: Iterable<readonly number[]>;
  /** Threads that run the dataset; 0 runs it where the loop is. @defaultValue 0 */
  numWorkers?: number;
  /** Makes a batch of samples. @defaultValue defaultCollate */
  collateFn?: (samples: T[]) => B;
  /** Whether a last batch that is not full is left out. @defaultValue false */
  dropLast?: boolean;
  /** @defaultValue the default generator */
  generator?: Generator;
  /** Batches each worker makes ahead. @defaultValue 2 */
  prefetchFactor?: number;
  /**
   * The module that exports the dataset's class, so that workers find it:
   * `new URL("./digits.js", import.meta.url)`.
   */
  workerModule?: URL | string;
  /** Called in each worker before its first batch. Exported by `workerModule`. */
  workerInitFn?: (workerId: number) => void;
}

const optionKeys = [
  "batchSize",
  "shuffle",
  "sampler",
  "batchSampler",
  "numWorkers",
  "collateFn",
  "dropLast",
  "generator",
  "prefetchFactor",
  "workerModule",
  "workerInitFn",
] as const satisfies (keyof DataLoaderOptions<unknown>)[];

/**
 * After so many batches `for await` lets other tasks of the program run, the garbage collector's finalizers
 * among them.
 */
const BATCHES_A_TURN = 16;

/**
 * Batches of a dataset, anew in each loop over it.
 *
 *     const loader = new DataLoader(new TensorDataset(features, labels), { batchSize: 10, shuffle: true });
 *     for (const [x, y] of loader) …
 *
 * With `numWorkers` the dataset runs in worker threads, and the loop is `for await`. Each thread works on a
 * copy of the dataset. Tensors, arrays, maps and plain objects are copied as they are, and so are
 * `TensorDataset`, `Subset` and `ConcatDataset`. Code cannot be copied: as with Python's pickle, an object of
 * a class of yours is sent as its fields (without `#private` ones) and the class's name, and a function
 * (`collateFn`, `workerInitFn`, a transform kept in a field) as its name; `workerModule` is the module that
 * exports them.
 *
 *     const loader = new DataLoader(new Digits("train"), {
 *       numWorkers: 2,
 *       workerModule: new URL("./digits.js", import.meta.url), // export class Digits extends Dataset …
 *     });
 *     for await (const { image, label } of loader) …
 *
 * Batches have the same order and the same bits for every number of workers. Random numbers that the dataset
 * itself draws start, in a worker, from the loader's base seed and the number of the batch: they too are the
 * same for one worker or ten, while without workers they come from the default generator, as in PyTorch.
 *
 * @throws ArgumentError if options contradict each other
 * @see torch.utils.data.DataLoader
 */
export class DataLoader<T, B = Collated<T>> implements Iterable<B>, AsyncIterable<B> {
  readonly batchSize: number;
  readonly dropLast: boolean;
  readonly numWorkers: number;
  readonly prefetchFactor: number;
  readonly generator: Generator | undefined;
  readonly collateFn: (samples: T[]) => B;
  readonly workerInitFn: ((workerId: number) => void) | undefined;
  readonly workerModule: string | null;
  /** The indices of each batch; of an iterable dataset, the samples themselves. */
  private readonly batches: Iterable<readonly number[]> | Iterable<T[]>;

  constructor(
    readonly dataset: Indexable<T> | IterableDataset<T>,
    options: DataLoaderOptions<T, B> = {},
  ) {
    checkOptions("DataLoader", options, optionKeys);
    checkCombination(dataset, options);
    const { batchSize = 1, dropLast = false, numWorkers = 0, prefetchFactor = 2, workerModule } = options;
    this.batchSize = checkInteger("DataLoader", "batchSize", batchSize, 1);
    this.dropLast = dropLast;
    this.numWorkers = checkInteger("DataLoader", "numWorkers", numWorkers, 0);
    this.prefetchFactor = checkInteger("DataLoader", "prefetchFactor", prefetchFactor, 1);
    this.generator = options.generator;
    this.collateFn = options.collateFn ?? (defaultCollate as (samples: T[]) => B);
    this.workerInitFn = options.workerInitFn;
    this.workerModule = workerModule === undefined ? null : addressOf(workerModule);
    this.batches = options.batchSampler ?? this.defaultBatches(options);
  }

  private defaultBatches({
    shuffle,
    sampler,
  }: DataLoaderOptions<T, B>): BatchSampler<number> | BatchSampler<T> {
    const { dataset, batchSize, dropLast, generator } = this;
    if (dataset instanceof IterableDataset) return new BatchSampler(dataset, batchSize, { dropLast });
    const order =
      sampler ?? (shuffle ? new RandomSampler(dataset, { generator }) : new SequentialSampler(dataset));
    return new BatchSampler(order, batchSize, { dropLast });
  }

  /** How many batches an epoch has. @throws ArgumentError if the sampler or iterable dataset does not say */
  get length(): number {
    if ("length" in this.batches) return this.batches.length as number;
    throw new ArgumentError("length: the batchSampler does not say how many batches it gives out");
  }

  /** @throws ArgumentError with workers, because their batches cannot be waited for here */
  [Symbol.iterator](): IterableIterator<B> {
    if (this.numWorkers > 0)
      throw new ArgumentError(
        `DataLoader: with numWorkers ${this.numWorkers} batches arrive later: write "for await (const batch of loader)"`,
      );
    this.drawBaseSeed();
    return this.here();
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<B> {
    const seed = this.drawBaseSeed();
    return this.numWorkers > 0 ? this.inWorkers(seed) : this.hereInTurns();
  }

  /** Drawn at the start of every epoch, as PyTorch does, whether or not there are workers to use it. */
  private drawBaseSeed(): bigint {
    return drawSeed(this.generator ?? defaultGenerator);
  }

  private *here(): IterableIterator<B> {
    const { dataset, batches, collateFn } = this;
    if (dataset instanceof IterableDataset)
      for (const samples of batches as Iterable<T[]>) yield collateFn(samples);
    else
      for (const indices of batches as Iterable<readonly number[]>) {
        checkIterable("DataLoader", "every batch of the batchSampler", indices);
        yield collateFn(indices.map((index) => itemOf(dataset, index)));
      }
  }

  private async *hereInTurns(): AsyncGenerator<B, void, undefined> {
    let count = 0;
    for (const batch of this.here()) {
      yield batch;
      const { resident, budget } = backendOf("cpu").memory();
      if (++count % BATCHES_A_TURN === 0 || resident > budget / 2)
        await new Promise<void>((resolve) => setTimeout(resolve));
    }
  }

  private inWorkers(seed: bigint): AsyncGenerator<B, void, undefined> {
    const { dataset, collateFn, workerInitFn, batchSize, dropLast } = this;
    const { numWorkers, prefetchFactor, workerModule: module } = this;
    const iterable = dataset instanceof IterableDataset;
    const job = { dataset, collateFn, workerInitFn, batching: iterable ? { batchSize, dropLast } : null };
    const tasks = iterable ? turns() : (this.batches as Iterable<readonly number[]>)[Symbol.iterator]();
    return workerBatches<B>(job, tasks, { numWorkers, prefetchFactor, seed, module });
  }
}

/** Without end: workers say when an iterable dataset is through. */
function* turns(): IterableIterator<null> {
  for (;;) yield null;
}

/** Refuses options that contradict each other or the dataset. */
function checkCombination<T, B>(dataset: unknown, options: DataLoaderOptions<T, B>): void {
  const { shuffle, sampler, batchSampler, generator, numWorkers = 0 } = options;
  const refuse = (message: string): never => {
    throw new ArgumentError(`DataLoader: ${message}`);
  };
  if (dataset instanceof IterableDataset) {
    const given = (["shuffle", "sampler", "batchSampler"] as const).find((key) => options[key]);
    if (given) refuse(`an IterableDataset has its own order, so it takes no ${given}`);
  } else checkIndexable("DataLoader", dataset);
  if (sampler && shuffle) refuse("sampler option is mutually exclusive with shuffle");
  if (batchSampler) {
    const given = (["batchSize", "shuffle", "sampler", "dropLast"] as const).find((key) => options[key]);
    if (given) refuse(`batchSampler option is mutually exclusive with ${given}`);
  }
  for (const [name, items] of Object.entries({ sampler, batchSampler }))
    if (items !== undefined && typeof Object(items)[Symbol.iterator] !== "function")
      refuse(`${name} must be iterable: got ${show(items)}`);
  for (const name of ["collateFn", "workerInitFn"] as const)
    if (options[name] !== undefined && typeof options[name] !== "function")
      refuse(`${name} must be a function: got ${show(options[name])}`);
  if (generator !== undefined && !(generator instanceof Generator))
    refuse(`generator must be a Generator: got ${show(generator)}`);
  if (numWorkers === 0)
    for (const name of ["prefetchFactor", "workerModule", "workerInitFn"] as const)
      if (options[name] !== undefined) refuse(`${name} has no effect without workers: set numWorkers`);
}

function addressOf(module: unknown): string {
  if ((module instanceof URL || typeof module === "string") && URL.canParse(module))
    return new URL(module).href;
  throw new ArgumentError(
    `DataLoader: workerModule must be a full address, as new URL("./file.js", import.meta.url) is: got ${show(module)}`,
  );
}
