import { beforeEach, describe, expect, test } from "vitest";
import { Generator } from "../../src/core/generator.js";
import {
  BatchSampler,
  RandomSampler,
  Sampler,
  SequentialSampler,
  SubsetRandomSampler,
  WeightedRandomSampler,
} from "../../src/data/index.js";
import { tensor } from "../../src/tensor/create.js";
import { defaultGenerator, manualSeed } from "../../src/tensor/random.js";

/** Orders and next words are what PyTorch 1.13 gives after the same seed. */
describe("PyTorch's draws", () => {
  beforeEach(() => {
    manualSeed(42);
  });
  const next = () => Number(defaultGenerator.u64() & 0xffffffffn);
  const twenty = { length: 20 };

  test("RandomSampler, two epochs", () => {
    const sampler = new RandomSampler(twenty);
    expect([...sampler]).toEqual([4, 3, 12, 18, 0, 7, 8, 14, 11, 5, 10, 13, 17, 19, 15, 16, 6, 9, 1, 2]);
    expect([...sampler]).toEqual([8, 14, 17, 19, 1, 15, 18, 9, 3, 11, 4, 0, 10, 7, 13, 16, 12, 6, 2, 5]);
    expect(next()).toBe(3348747335);
  });

  test("RandomSampler with replacement", () => {
    expect([...new RandomSampler(twenty, { replacement: true, numSamples: 40 })]).toEqual([
      ...[4, 8, 18, 16, 4, 2, 10, 13, 3, 18, 0, 10, 1, 17, 13, 11, 11, 2, 16, 3],
      ...[1, 18, 19, 15, 5, 18, 16, 1, 18, 12, 7, 7, 18, 19, 5, 8, 13, 9, 19, 14],
    ]);
    expect(next()).toBe(787846414);
  });

  test("RandomSampler that goes around more than twice draws the last round whole", () => {
    const generator = new Generator(1);
    const sampler = new RandomSampler({ length: 7 }, { numSamples: 17, generator });
    expect([...sampler]).toEqual([0, 6, 1, 3, 5, 2, 4, 0, 6, 1, 3, 2, 4, 5, 5, 6, 0]);
    expect(generator.u32() % 1000).toBe(242);
  });

  test("RandomSampler with a generator of its own and replacement", () => {
    const generator = new Generator(1);
    const sampler = new RandomSampler({ length: 7 }, { replacement: true, numSamples: 37, generator });
    expect([...sampler]).toEqual([
      ...[0, 3, 4, 3, 3, 6, 0, 5, 0, 3, 4, 6, 5, 5, 2, 5, 6, 3],
      ...[4, 1, 3, 2, 4, 6, 2, 5, 5, 2, 3, 5, 0, 5, 2, 6, 2, 5, 4],
    ]);
    expect(generator.u32() % 1000).toBe(166);
  });

  test("SubsetRandomSampler", () => {
    expect([...new SubsetRandomSampler([10, 11, 12, 13, 14, 15, 16, 17, 18, 19])]).toEqual([
      12, 16, 11, 18, 14, 15, 10, 19, 13, 17,
    ]);
    expect(next()).toBe(669991378);
  });

  test("WeightedRandomSampler with replacement", () => {
    expect([...new WeightedRandomSampler([0.1, 3, 0.5, 2], 20)]).toEqual([
      1, 1, 1, 1, 1, 1, 3, 3, 1, 1, 1, 1, 3, 3, 1, 2, 1, 3, 2, 1,
    ]);
    expect(next()).toBe(1717389822);
  });

  test("WeightedRandomSampler without replacement", () => {
    const generator = new Generator(1);
    const weights = tensor([0.1, 0.9, 0, 0.4, 2, 1], { dtype: "float64" });
    const draw = (n: number) => [...new WeightedRandomSampler(weights, n, { replacement: false, generator })];
    expect([draw(1), draw(2), draw(4)]).toEqual([[5], [4, 5], [5, 3, 4, 1]]);
    expect(generator.u32() % 1000).toBe(303);
  });
});

test("SequentialSampler counts, also when the source grows", () => {
  const source = [1, 2];
  const sampler = new SequentialSampler(source);
  expect([...sampler]).toEqual([0, 1]);
  source.push(3);
  expect([[...sampler], sampler.length]).toEqual([[0, 1, 2], 3]);
});

describe("BatchSampler", () => {
  const five = new SequentialSampler({ length: 5 });
  test("keeps or drops the last", () => {
    expect([...new BatchSampler(five, 2)]).toEqual([[0, 1], [2, 3], [4]]);
    expect([...new BatchSampler(five, 2, { dropLast: true })]).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect([...new BatchSampler(five, 5)]).toEqual([[0, 1, 2, 3, 4]]);
    expect([...new BatchSampler([], 5)]).toEqual([]);
  });
  test("knows how many it gives out", () => {
    expect(new BatchSampler(five, 2).length).toBe(3);
    expect(new BatchSampler(five, 2, { dropLast: true }).length).toBe(2);
  });
});

class Nameless extends Sampler {
  *[Symbol.iterator]() {
    yield 0;
  }
}

test.each([
  [() => new RandomSampler([]), "RandomSampler: numSamples must be at least 1: got 0"],
  [
    () => new RandomSampler([1], { numSamples: 1.5 }),
    "RandomSampler: numSamples must be an integer: got 1.5",
  ],
  [
    () => new RandomSampler([1], { generator: 3 as never }),
    "RandomSampler: generator must be a Generator: got 3",
  ],
  [
    () => new RandomSampler([1], { replacements: true } as never),
    'RandomSampler: unknown option "replacements"; did you mean "replacement"?',
  ],
  [() => new SubsetRandomSampler(3 as never), "SubsetRandomSampler: indices must be an array: got 3"],
  [() => new BatchSampler([1], 0), "BatchSampler: batchSize must be at least 1: got 0"],
  [() => new WeightedRandomSampler([1], 0), "WeightedRandomSampler: numSamples must be at least 1: got 0"],
  [
    () => new WeightedRandomSampler([1, -1], 1),
    "WeightedRandomSampler: weights must be finite, at least 0, and not all 0: got -1",
  ],
  [
    () => new WeightedRandomSampler([0, 0], 1),
    "WeightedRandomSampler: weights must be finite, at least 0, and not all 0: got [0, 0]",
  ],
  [
    () => new WeightedRandomSampler([1, 2], 3, { replacement: false }),
    "WeightedRandomSampler: cannot sample 3 of 2 without replacement",
  ],
  [
    () => new WeightedRandomSampler(tensor([[1]]), 1),
    "WeightedRandomSampler: weights should be a 1d sequence: got Tensor of shape [1, 1]",
  ],
  [() => new Nameless().length, "length: Nameless does not say how many it gives out"],
])("refuses bad arguments (%#)", (make, message) => {
  expect(make).toThrow(message);
});
