import { describe, expect, test } from "vitest";
import * as torch from "../../src/index.js";

const { nn } = torch;
const values = (x: torch.Tensor) => x.detach().toArray();
/** JavaScript's 1.0 is 1, which would be a whole number. */
const floats = (data: number[][]) => torch.tensor(data, { dtype: "float32" });
const near = (x: torch.Tensor, expected: readonly number[], digits = 6) => {
  const found = x.detach().flatten().toArray() as number[];
  expect(found).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(found[i]).toBeCloseTo(value, digits);
  });
};

describe("starting values are PyTorch's, under a seed", () => {
  test("Linear", () => {
    torch.manualSeed(0);
    const { weight, bias } = new nn.Linear(3, 2);
    const expected = [
      -0.004322517663240433, 0.3097158372402191, -0.4751853346824646, -0.4248946011066437,
      -0.2223689705133438, 0.15482072532176971,
    ];
    expect(weight.flatten().toArray()).toEqual(expected);
    expect(values(bias!)).toEqual([-0.011439144611358643, 0.45777493715286255]);
  });
  test("Conv2d", () => {
    torch.manualSeed(0);
    const { weight, bias } = new nn.Conv2d(1, 2, 2);
    expect((weight.flatten().toArray() as number[]).slice(0, 3)).toEqual([
      -0.003743410110473633, 0.26822179555892944, -0.4115225672721863,
    ]);
    expect(values(bias!)).toEqual([-0.04437202215194702, 0.1323062777519226]);
  });
  test("Embedding, its padding row 0", () => {
    torch.manualSeed(0);
    const { weight } = new nn.Embedding(3, 2, { paddingIdx: 0 });
    expect(values(weight)).toEqual([
      [0, 0],
      [-2.1787893772125244, 0.5684312582015991],
      [-1.0845223665237427, -1.3985954523086548],
    ]);
  });
  test("normalization starts as the identity", () => {
    const norm = new nn.BatchNorm2d(2);
    expect([norm.weight!, norm.bias!, norm.runningMean!, norm.runningVar!].map(values)).toEqual([
      [1, 1],
      [0, 0],
      [0, 0],
      [1, 1],
    ]);
  });
});

describe("layers compute what they say", () => {
  test("Linear is x·wᵀ + b, over any leading dims", () => {
    const linear = new nn.Linear(2, 1);
    linear.loadStateDict({ weight: torch.tensor([[2, 3]]), bias: torch.tensor([10]) });
    expect(values(linear(torch.ones(2, 1, 2)))).toEqual([[[15]], [[15]]]);
  });
  test("Flatten keeps dim 0", () => expect(new nn.Flatten()(torch.ones(2, 3, 4)).shape).toEqual([2, 12]));
  test("pooling", () => {
    const x = torch.arange(16, { dtype: "float32" }).view(1, 1, 4, 4);
    expect(values(new nn.MaxPool2d(2)(x))).toEqual([
      [
        [
          [5, 7],
          [13, 15],
        ],
      ],
    ]);
    expect(values(new nn.AvgPool2d(2)(x))).toEqual([
      [
        [
          [2.5, 4.5],
          [10.5, 12.5],
        ],
      ],
    ]);
  });
  test("a convolution's size is (n − k + 2p)/s + 1", () => {
    const shape = (a: number, b: number, c: number, d: number) =>
      new nn.Conv2d(1, 1, [a, b], { padding: [c, d] })(torch.rand(1, 1, 8, 8)).shape.slice(2);
    expect([shape(3, 3, 1, 1), shape(5, 3, 2, 1), shape(2, 7, 0, 3)]).toEqual([
      [8, 8],
      [8, 8],
      [7, 8],
    ]);
  });
  test("a convolution's padding may continue at the other side", () => {
    const conv = new nn.Conv2d(1, 1, [1, 3], { padding: [0, 1], paddingMode: "circular", bias: false });
    nn.init.ones_(conv.weight);
    expect(values(conv(torch.tensor([[[[1, 2, 4]]]], { dtype: "float32" })))).toEqual([[[[7, 7, 7]]]]);
    expect(String(conv)).toBe(
      "Conv2d(1, 1, kernel_size=(1, 3), stride=(1, 1), padding=(0, 1), bias=False, padding_mode=circular)",
    );
  });
  test("Dropout drops PyTorch's elements in training, none in eval", () => {
    torch.manualSeed(3);
    const drop = new nn.Dropout(0.5);
    expect(values(drop(torch.ones(8)))).toEqual([2, 2, 0, 2, 0, 0, 2, 2]);
    const x = torch.ones(8);
    expect(values(drop.eval()(x))).toEqual(values(x));
    expect(values(new nn.Dropout({ p: 1 })(x))).toEqual(Array(8).fill(0));
  });
  test("BatchNorm1d normalizes batches in training, by running statistics in eval", () => {
    const norm = new nn.BatchNorm1d(1, { eps: 0 });
    near(norm(floats([[1], [3]])), [-1, 1]);
    near(norm.runningMean!, [0.2]);
    near(norm.runningVar!, [0.9 + 0.1 * 2]);
    expect(norm.numBatchesTracked!.item()).toBe(1);
    norm.eval();
    near(norm(torch.tensor([[0.2]])), [0]);
    expect([...norm.stateDict().keys()]).toEqual([
      "weight",
      "bias",
      "running_mean",
      "running_var",
      "num_batches_tracked",
    ]);
  });
  test("LayerNorm", () => near(new nn.LayerNorm(2, { eps: 0 })(floats([[1, 3]])), [-1, 1]));
  test("Embedding looks rows up and trains those", () => {
    const table = new nn.Embedding(4, 2);
    table(
      torch.tensor([
        [1, 1],
        [3, 0],
      ]),
    )
      .sum()
      .backward();
    expect(values(table.weight.grad!)).toEqual([
      [1, 1],
      [2, 2],
      [0, 0],
      [1, 1],
    ]);
  });
  test("losses", () => {
    const [x, y] = [floats([[1, 3]]), floats([[0, 1]])];
    near(new nn.MSELoss()(x, y), [2.5]);
    near(new nn.L1Loss({ reduction: "sum" })(x, y), [3]);
    near(new nn.CrossEntropyLoss()(x, torch.tensor([1])), [0.12692800164222717]);
    near(new nn.NLLLoss()(torch.logSoftmax(x, 1), torch.tensor([1])), [0.12692800164222717]);
    near(new nn.BCEWithLogitsLoss()(x, y), [0.6809244751930237]);
    near(new nn.BCELoss()(x.sigmoid(), y), [0.6809244751930237]);
  });
  test("weights of a loss move with it", () => {
    const loss = new nn.CrossEntropyLoss({ weight: torch.tensor([1, 2], { dtype: "float32" }) }).double();
    expect(loss(torch.zeros(1, 2, { dtype: "float64" }), torch.tensor([1])).dtype).toBe("float64");
  });
});

describe("bad input", () => {
  const refused: [string, () => unknown, string | RegExp][] = [
    [
      "Linear, no whole number",
      () => new nn.Linear(2.5, 1),
      "Linear: inFeatures must be an integer: got 2.5",
    ],
    ["Linear, option", () => new nn.Linear(2, 1, { bais: false } as never), 'did you mean "bias"?'],
    ["Linear, input", () => new nn.Linear(3, 1)(torch.ones(2, 4)), /linear: .*\[2, 4\].*\[1, 3\]/],
    ["Linear, no tensor", () => new nn.Linear(3, 1)(5 as never), "linear: expected a tensor: got 5"],
    [
      "Conv2d, groups",
      () => new nn.Conv2d(3, 4, 1, { groups: 2 }),
      "in_channels must be divisible by groups: 3 % 2 ≠ 0",
    ],
    ["Conv2d, channels", () => new nn.Conv2d(3, 4, 1)(torch.ones(1, 2, 5, 5)), /conv2d: .*\[1, 2, 5, 5\]/],
    ["MaxPool2d, kernel", () => new nn.MaxPool2d(0)(torch.ones(1, 1, 2, 2)), "kernelSize"],
    [
      "BatchNorm1d, dims",
      () => new nn.BatchNorm1d(2)(torch.ones(2)),
      "expected 2D or 3D input (got 1D input [2])",
    ],
    [
      "BatchNorm2d, dims",
      () => new nn.BatchNorm2d(2)(torch.ones(2, 2)),
      "expected 4D input (got 2D input [2, 2])",
    ],
    [
      "LayerNorm, dtype",
      () => new nn.LayerNorm(2)(torch.tensor([[1, 2]])),
      "layerNorm: not implemented for int64",
    ],
    ["LayerNorm, shape", () => new nn.LayerNorm(3)(torch.ones(2, 4)), /\[3\].*\[2, 4\]/],
    [
      "Embedding, index",
      () => new nn.Embedding(2, 2)(torch.tensor([2])),
      "index 2 is out of bounds for dimension 0 with size 2",
    ],
    ["Embedding, dtype", () => new nn.Embedding(2, 2)(torch.tensor([0.5])), "Long or Int: got float32"],
    [
      "Embedding, padding",
      () => new nn.Embedding(2, 2, { paddingIdx: 2 }),
      "Padding_idx must be within num_embeddings: 2 of 2",
    ],
    ["Dropout", () => new nn.Dropout(1.5), "dropout probability has to be between 0 and 1, but got 1.5"],
    [
      "CrossEntropyLoss, class",
      () => new nn.CrossEntropyLoss()(torch.ones(1, 2), torch.tensor([2])),
      /out of (bounds|range)/,
    ],
    [
      "MSELoss, option",
      () => new nn.MSELoss({ reduction: "avg" as never })(torch.ones(1), torch.ones(1)),
      '"avg"',
    ],
  ];
  test.each(refused)("%s", (_, act, message) => {
    expect(act).toThrow(message);
  });
});
