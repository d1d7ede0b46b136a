import { describe, expect, it } from "vitest";
import { Generator, manualSeed, normal, ones, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

// The first numbers of PyTorch 1.13 after torch.manual_seed(42).
describe("values", () => {
  const seeded = <T>(run: () => T): T => {
    manualSeed(42);
    return run();
  };
  gives([
    ["uniform_", () => seeded(() => zeros(2).uniform_()), [0.8822692632675171, 0.9150039553642273]],
    ["normal_", () => seeded(() => zeros(2).normal_()), [0.33669036626815796, 0.12880940735340118]],
    ["random_", () => seeded(() => zeros(3).long().random_(10)), [2, 7, 6]],
    [
      "the ends of bernoulli_",
      () => [zeros(3).bernoulli_(1), ones(3).bernoulli_(0)],
      [
        [1, 1, 1],
        [0, 0, 0],
      ],
    ],
    ["bernoulli of certainties", () => tensor([1.5, 0.5]).floor().bernoulli(), [1, 0]],
    [
      "normal without spread",
      () => [normal(tensor([1.5, 2.5]), 0), normal(2, 0, [2])],
      [
        [1.5, 2.5],
        [2, 2],
      ],
    ],
    [
      "multinomial of one choice",
      () => [
        tensor([0, 0, 1]).float().multinomial(1),
        tensor([0, 1]).float().multinomial(3, { replacement: true }),
      ],
      [[2], [1, 1, 1]],
    ],
    [
      "multinomial without replacement is a permutation",
      () => ones(4).multinomial(4).sort().values,
      [0, 1, 2, 3],
    ],
  ]);
  it("draws from a generator of its own", () => {
    const draw = () =>
      zeros(4)
        .uniform_(0, 1, { generator: new Generator(7) })
        .toArray();
    expect(draw()).toEqual(draw());
  });
  it("counts as a change in place", () => {
    const x = zeros(2);
    x.uniform_();
    expect(x.version.value).toBe(1);
  });
});

describe("errors", () => {
  const x = zeros(3);
  refuses([
    [
      "a range turned round",
      () => x.uniform_(2, 1),
      "ArgumentError: uniform_: expects to return a [from, to) range, but found from=2 > to=1",
    ],
    [
      "a negative spread",
      () => x.normal_(0, -1),
      "ArgumentError: normal_: expects std >= 0.0, but found std -1",
    ],
    [
      "normal numbers in whole ones",
      () => x.long().normal_(),
      "DTypeError: normal_: not implemented for int64",
    ],
    [
      "what is no probability",
      () => x.bernoulli_(2),
      "ArgumentError: bernoulli_: expects p to be in [0, 1], but got p=2",
    ],
    [
      "an empty range",
      () => x.random_(3, 3),
      "ArgumentError: random_: expects 'from' to be less than 'to', but got from=3 >= to=3",
    ],
    [
      "a range beyond the dtype",
      () => x.byte().random_(0, 300),
      "ArgumentError: random_: from=0, to=300 is out of bounds for uint8",
    ],
    [
      "rate 0",
      () => x.exponential_(0),
      "ArgumentError: exponential_: expects lambda > 0.0, but found lambda=0",
    ],
    [
      "weights that sum to 0",
      () => x.multinomial(1),
      "ArgumentError: multinomial: invalid multinomial distribution (sum of probabilities <= 0)",
    ],
    [
      "more than there are",
      () => ones(3).multinomial(4),
      "ArgumentError: multinomial: cannot sample n_sample > prob_dist.size(-1) samples without replacement: 4 > 3",
    ],
    [
      "an unknown option",
      () => x.uniform_(0, 1, { seed: 3 } as object),
      'ArgumentError: uniform_: unknown option "seed" (known: generator)',
    ],
    [
      "a leaf that requires a gradient",
      () => zeros(2, { requiresGrad: true }).uniform_(),
      "GradError: uniform_: a leaf Variable that requires grad is being used in an in-place operation. Wrap it in noGrad, or use the op without the underscore",
    ],
  ]);
});
