import { describe, expect, test } from "vitest";
import { Generator } from "../../src/core/generator.js";
import { ConcatDataset, Dataset, randomSplit, Subset, TensorDataset } from "../../src/data/index.js";
import { tensor } from "../../src/tensor/create.js";
import { defaultGenerator, manualSeed } from "../../src/tensor/random.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { valuesOf } from "../../src/tensor/values.js";

class Squares extends Dataset<number> {
  constructor(readonly length: number) {
    super();
  }
  getItem(index: number) {
    return index * index;
  }
}
const range = (n: number) => Array.from({ length: n }, (_, i) => i);

test("a Dataset is iterable", () => {
  expect([...new Squares(4)]).toEqual([0, 1, 4, 9]);
});

describe("TensorDataset", () => {
  test("gives rows, as views of the tensors", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const dataset = new TensorDataset(x, tensor([7, 8, 9]));
    const [row, label]: [Tensor, Tensor] = dataset.getItem(-1);
    expect([dataset.length, row.shape, valuesOf(row), valuesOf(label)]).toEqual([3, [2], [5n, 6n], [9n]]);
    expect(row.storage).toBe(x.storage);
  });
  test.each([
    [() => new TensorDataset(), "TensorDataset: expected at least one tensor"],
    [
      () => new TensorDataset(tensor([1, 2]), tensor([1])),
      "TensorDataset: Size mismatch between tensors: 2, 1 rows",
    ],
    [() => new TensorDataset(tensor(1)), "TensorDataset: a 0-d tensor has no rows"],
    [() => new TensorDataset([1] as never), "TensorDataset: expected a tensor: got [1]"],
    [
      () => new TensorDataset(tensor([1, 2])).getItem(2),
      "index 2 is out of bounds for dimension 0 with size 2",
    ],
  ])("refuses bad arguments (%#)", (make, message) => {
    expect(make).toThrow(message);
  });
});

describe("Subset and ConcatDataset", () => {
  test("Subset picks", () => {
    const subset = new Subset(new Squares(9), [8, 2]);
    expect([subset.length, ...subset]).toEqual([2, 64, 4]);
    expect(() => subset.getItem(2)).toThrow("Subset: index out of range: 2 of 2 samples");
    expect(() => new Subset({} as never, [])).toThrow(
      "Subset: a dataset must be an array or have getItem(index) and length: got an object",
    );
  });
  test("ConcatDataset counts on", () => {
    const all = new ConcatDataset<number | string>([new Squares(2), [], ["a", "b"], new Squares(1)]);
    expect([all.length, ...all]).toEqual([5, 0, 1, "a", "b", 0]);
    expect(all.getItem(-2)).toBe("b");
    expect(() => all.getItem(-6)).toThrow("ConcatDataset: index out of range: -6 of 5 samples");
    expect(() => new ConcatDataset([])).toThrow(
      "ConcatDataset: expected a non-empty array of datasets: got []",
    );
  });
});

describe("randomSplit", () => {
  test("by lengths, as PyTorch draws", () => {
    manualSeed(42);
    const [a, b] = randomSplit(range(20), [12, 8]);
    expect(a!.indices).toEqual([2, 14, 18, 15, 1, 10, 0, 4, 6, 11, 8, 3]);
    expect(b!.indices).toEqual([7, 17, 13, 12, 19, 5, 16, 9]);
    expect(Number(defaultGenerator.u64() & 0xffffffffn)).toBe(88409749);
  });
  test("by fractions, the rest to the first parts", () => {
    const parts = randomSplit(range(10), [0.33, 0.33, 0.34], { generator: new Generator(3) });
    expect(parts.map((part) => part.indices)).toEqual([
      [6, 0, 3, 7],
      [8, 5, 1],
      [9, 2, 4],
    ]);
  });
  test.each([
    [[3, 4], "randomSplit: Sum of input lengths does not equal the length of the input dataset: 7 ≠ 10"],
    [[0.5, 0.4], "randomSplit: each length must be an integer: got 0.5"],
    [[11, -1], "randomSplit: lengths must be numbers of at least 0: got [11, -1]"],
  ])("refuses %j", (lengths, message) => {
    expect(() => randomSplit(range(10), lengths)).toThrow(message);
  });
});
