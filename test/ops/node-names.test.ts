/** What PyTorch 1.13 calls the nodes of composites. */
import { expect, it } from "vitest";
import * as torch from "../../src/index.js";

const { nn } = torch;
const x = torch.tensor(
  [
    [1, 2],
    [3, 5],
  ],
  { dtype: "float64", requiresGrad: true },
);
const list = x.select(0, 0);
const one = torch.ones(2, { dtype: "float64" });

it.each<[string, () => torch.Tensor, string]>([
  ["norm", () => x.norm(), "NormBackward1"],
  ["norm along a dim", () => x.norm(1, 0), "NormBackward1"],
  ["the Frobenius norm along dims", () => x.norm("fro", [0, 1]), "SqrtBackward0"],
  ["linalg.norm", () => torch.linalg.norm(x), "LinalgVectorNormBackward0"],
  ["roll", () => x.roll(1, 0), "RollBackward0"],
  ["roll by nothing", () => x.roll(0, 0), "RollBackward0"],
  ["prod", () => x.prod(), "ProdBackward0"],
  ["prod along a dim", () => x.prod(0), "ProdBackward1"],
  ["diagflat", () => list.diagflat(), "DiagBackward0"],
  ["atleast2d", () => torch.atleast2d(list), "UnsqueezeBackward0"],
  ["atleast3d", () => torch.atleast3d(x), "UnsqueezeBackward0"],
  ["trapezoid", () => torch.trapezoid(list), "MulBackward1"],
  ["diff of no order", () => x.diff(0), "CopyBackwards"],
  [
    "layerNorm",
    () => nn.functional.layerNorm(x, [2], { weight: one, bias: one }),
    "NativeLayerNormBackward0",
  ],
  [
    "batchNorm",
    () => nn.functional.batchNorm(x, null, null, { weight: one, bias: one, training: true }),
    "NativeBatchNormBackward0",
  ],
  ["batchNorm, running", () => nn.functional.batchNorm(x, one, one), "NativeBatchNormBackward0"],
  ["adaptiveMaxPool1d", () => nn.functional.adaptiveMaxPool1d(x, 1), "SqueezeBackward1"],
])("%s", (_, run, name) => {
  expect(run().gradFn?.name).toBe(name);
});

it("roll by nothing is a copy", () => {
  const y = x.detach().roll(0, 0);
  expect([y.storage === x.storage, y.toArray()]).toEqual([false, x.toArray()]);
});

it("the gradient of a count is none", () => {
  expect(torch.autograd.grad(x.norm(0), x, { allowUnused: true })).toEqual([null]);
});

it("an empty batch passes through batchNorm", () => {
  expect(nn.functional.batchNorm(torch.zeros(0, 2), null, null, { training: true }).shape).toEqual([0, 2]);
});

it("margins and epsilons make fractions of whole numbers", () => {
  const [a, b] = [torch.tensor([1, 2]), torch.tensor([3, 1])];
  const loss = nn.functional.marginRankingLoss(a, b, torch.tensor([1, 1]), { reduction: "none" });
  expect([loss.dtype, loss.toArray()]).toEqual(["float32", [2, 0]]);
  expect(nn.functional.pairwiseDistance(a, b, { eps: 1 }).dtype).toBe("float32");
});

it("nonzero gives a list a dim, if asked", () => {
  const lists = torch
    .tensor([
      [0, 1],
      [1, 1],
    ])
    .nonzero({ asTuple: true }) as torch.Tensor[];
  expect(lists.map((list) => list.toArray())).toEqual([
    [0, 1, 1],
    [1, 0, 1],
  ]);
});

it("logit holds its argument inside, if asked", () => {
  const y = torch.logit(torch.tensor([0, 0.5]), { eps: 0.25 });
  expect(y.at(0).item()).toBeCloseTo(-Math.log(3), 6);
  expect(y.at(1).item()).toBe(0);
});

it("gather and scatter want int64", () => {
  const index = torch.tensor([[0]]).int();
  expect(() => x.detach().gather(0, index)).toThrow("gather: expected dtype int64 for index: got int32");
});
