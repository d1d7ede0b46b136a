import fc from "fast-check";
import { describe, expect, expectTypeOf, test, vi } from "vitest";
import { Generator } from "../../src/core/generator.js";
import {
  DataLoader,
  Dataset,
  IterableDataset,
  SequentialSampler,
  TensorDataset,
} from "../../src/data/index.js";
import { tensor } from "../../src/tensor/create.js";
import { defaultGenerator, manualSeed } from "../../src/tensor/random.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { valuesOf } from "../../src/tensor/values.js";

const range = (n: number) => Array.from({ length: n }, (_, i) => i);
const next = () => Number(defaultGenerator.u64() & 0xffffffffn);
const numbers = (batches: Iterable<Tensor>) => Array.from(batches, (batch) => valuesOf(batch).map(Number));

class Letters extends IterableDataset<string> {
  override *[Symbol.iterator]() {
    yield* "abcde";
  }
}

/** Orders and next words are what PyTorch 1.13 gives. */
describe("PyTorch's draws", () => {
  test("shuffle, two epochs", () => {
    manualSeed(42);
    const loader = new DataLoader(range(20), { batchSize: 6, shuffle: true });
    expect(numbers(loader)).toEqual([
      [8, 14, 17, 19, 1, 15],
      [18, 9, 3, 11, 4, 0],
      [10, 7, 13, 16, 12, 6],
      [2, 5],
    ]);
    expect(numbers(loader)).toEqual([
      [14, 12, 13, 8, 15, 4],
      [7, 18, 9, 3, 0, 17],
      [2, 11, 19, 6, 10, 16],
      [1, 5],
    ]);
    expect(next()).toBe(1914837113);
  });

  test("shuffle with a generator", () => {
    manualSeed(42);
    const loader = new DataLoader(range(20), { batchSize: 6, shuffle: true, generator: new Generator(7) });
    expect(numbers(loader)[0]).toEqual([1, 9, 15, 2, 11, 19]);
    expect(numbers(loader)[0]).toEqual([4, 18, 10, 13, 1, 3]);
    expect(next()).toBe(3421126067);
  });

  test("the base seed is drawn without shuffling too", () => {
    manualSeed(42);
    numbers(new DataLoader(range(20), { batchSize: 6 }));
    expect(next()).toBe(787846414);
  });

  test("for await draws the same", async () => {
    manualSeed(42);
    const batches: Tensor[] = [];
    for await (const batch of new DataLoader(range(20), { batchSize: 6, shuffle: true })) batches.push(batch);
    expect(numbers(batches)[3]).toEqual([2, 5]);
  });
});

describe("batches", () => {
  test("of a TensorDataset are tensors", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const loader = new DataLoader(new TensorDataset(x, tensor([7, 8, 9])), { batchSize: 2 });
    expectTypeOf(loader).toEqualTypeOf<DataLoader<[Tensor, Tensor], [Tensor, Tensor]>>();
    const seen: unknown[] = [];
    for (const [rows, labels] of loader) seen.push(rows.shape, valuesOf(rows), valuesOf(labels));
    expect(seen).toEqual([[2, 2], [1n, 2n, 3n, 4n], [7n, 8n], [1, 2], [5n, 6n], [9n]]);
  });

  test("of dict samples are dicts", () => {
    class MyDataset extends Dataset<{ input_ids: number; text: string }> {
      constructor(readonly list: number[]) {
        super();
      }
      getItem(index: number) {
        return { input_ids: this.list[index]!, text: `#${index}` };
      }
      get length() {
        return this.list.length;
      }
    }
    const [first] = [...new DataLoader(new MyDataset([5, 6, 7]), { batchSize: 2 })];
    expect([valuesOf(first!.input_ids), first!.text]).toEqual([
      [5n, 6n],
      ["#0", "#1"],
    ]);
  });

  test("of an iterable dataset come in its order", () => {
    expect([...new DataLoader(new Letters(), { batchSize: 2 })]).toEqual([["a", "b"], ["c", "d"], ["e"]]);
    expect([...new DataLoader(new Letters(), { batchSize: 2, dropLast: true })]).toHaveLength(2);
  });

  test("can be collated otherwise", () => {
    const loader = new DataLoader(range(5), { batchSize: 2, collateFn: (samples) => samples.join("+") });
    expectTypeOf(loader).toEqualTypeOf<DataLoader<number, string>>();
    expect([...loader]).toEqual(["0+1", "2+3", "4"]);
  });

  test("follow a sampler or batchSampler", () => {
    expect(numbers(new DataLoader(range(9), { sampler: [8, 1, 5], batchSize: 2 }))).toEqual([[8, 1], [5]]);
    expect(numbers(new DataLoader(range(9), { batchSampler: [[3], [4, 5]] }))).toEqual([[3], [4, 5]]);
  });

  test("are counted", () => {
    expect(new DataLoader(range(5), { batchSize: 2 }).length).toBe(3);
    expect(new DataLoader(range(5), { batchSize: 2, dropLast: true }).length).toBe(2);
    expect(new DataLoader(range(5), { batchSampler: [[1]] }).length).toBe(1);
    expect(() => new DataLoader(new Letters()).length).toThrow(
      "a Letters does not say how many items it has",
    );
  });

  test("an error of the dataset comes through as it is", () => {
    const loader = new DataLoader({
      length: 1,
      getItem(): number {
        throw new RangeError("torn page");
      },
    });
    expect(() => [...loader]).toThrow(RangeError);
  });
});

test("every epoch is a partition of the dataset", () => {
  const options = fc.record({
    batchSize: fc.integer({ min: 1, max: 9 }),
    shuffle: fc.boolean(),
    dropLast: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 30 }), options, (n, options) => {
      const loader = new DataLoader(range(n), options);
      const batches = numbers(loader);
      const { batchSize, dropLast } = options;
      expect(batches.length).toBe(loader.length);
      expect(batches.slice(0, -1).every((batch) => batch.length === batchSize)).toBe(true);
      const seen = batches.flat();
      expect(seen.length).toBe(dropLast ? n - (n % batchSize) : n);
      expect(new Set(seen).size).toBe(seen.length);
    }),
  );
});

test("for await lets other tasks run", async () => {
  const task = vi.fn();
  setTimeout(task);
  for await (const _ of new DataLoader(range(40)));
  expect(task).toHaveBeenCalled();
});

test.each<[object | null, object, string]>([
  [null, {}, "a dataset must be an array or have getItem(index) and length: got null"],
  [[1], { batch_size: 2 }, 'unknown option "batch_size"; did you mean "batchSize"?'],
  [[1], { batchSize: 0 }, "batchSize must be at least 1: got 0"],
  [[1], { batchSize: null }, "batchSize must be an integer: got null"],
  [[1], { numWorkers: -1 }, "numWorkers must be at least 0: got -1"],
  [[1], { shuffle: true, sampler: [0] }, "sampler option is mutually exclusive with shuffle"],
  [[1], { batchSampler: [[0]], dropLast: true }, "batchSampler option is mutually exclusive with dropLast"],
  [[1], { sampler: 3 }, "sampler must be iterable: got 3"],
  [[1], { collateFn: "stack" }, 'collateFn must be a function: got "stack"'],
  [[1], { generator: 7 }, "generator must be a Generator: got 7"],
  [[1], { prefetchFactor: 4 }, "prefetchFactor has no effect without workers: set numWorkers"],
  [[1], { numWorkers: 1, workerModule: "./x.js" }, 'must be a full address, as new URL("./file.js"'],
  [new Letters(), { shuffle: true }, "an IterableDataset has its own order, so it takes no shuffle"],
  [new Letters(), { sampler: new SequentialSampler([]) }, "so it takes no sampler"],
])("refuses bad arguments (%#)", (dataset, options, message) => {
  expect(() => new DataLoader(dataset as never, options)).toThrow(`DataLoader: `);
  expect(() => new DataLoader(dataset as never, options)).toThrow(message);
});

test("for … of refuses workers", () => {
  expect(() => [...new DataLoader(range(2), { numWorkers: 2 })]).toThrow(
    'DataLoader: with numWorkers 2 batches arrive later: write "for await (const batch of loader)"',
  );
});
