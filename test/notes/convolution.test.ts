/** What a study of PyTorch writes down first about convolution, with the values that PyTorch gives. */
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const { nn } = torch;

describe("convolution", () => {
  function corr2d(image: Tensor, kernel: Tensor): Tensor {
    const [h, w] = kernel.shape as [number, number];
    const [X, K] = [image.float(), kernel.float()];
    const Y = torch.zeros(X.shape[0]! - h + 1, X.shape[1]! - w + 1);
    for (let i = 0; i < Y.shape[0]!; i++)
      for (let j = 0; j < Y.shape[1]!; j++)
        Y.setAt(
          [i, j],
          X.at(`${i}:${i + h}`, `${j}:${j + w}`)
            .mul(K)
            .sum(),
        );
    return Y;
  }

  it("by loops", () => {
    const X = torch.arange(9).view(3, 3);
    expect(
      corr2d(
        X,
        torch.tensor([
          [0, 1],
          [2, 3],
        ]),
      ).toArray(),
    ).toEqual([
      [19, 25],
      [37, 43],
    ]);
  });

  it("by loops, with a kernel that is trained through the assignments", () => {
    const X = torch.ones(6, 8);
    X.setAt([":", "2:6"], 0);
    const Y = corr2d(X, torch.tensor([[1, -1]]));
    expect((Y.toArray() as number[][])[0]).toEqual([0, 1, 0, 0, 0, -1, 0]);
    const weight = torch.tensor([[0.5, 0.25]], { requiresGrad: true });
    const bias = torch.zeros(1, { requiresGrad: true });
    const loss = () => corr2d(X, weight).add(bias).sub(Y).pow(2).sum();
    const first = loss();
    first.backward();
    expect([first.item(), weight.grad!.toArray(), bias.grad!.toArray()]).toEqual([17.625, [[12, 33]], [27]]);
    let last = first;
    for (let i = 0; i < 20; i++) {
      weight.grad = bias.grad = null;
      last = loss();
      last.backward();
      weight.data.sub_(weight.grad!.mul(0.01));
      bias.data.sub_(bias.grad!.mul(0.01));
    }
    expect(last.item()).toBeCloseTo(0.0717828, 5);
    expect([String(weight.data), String(bias.data)]).toEqual([
      "tensor([[ 0.9350, -0.9293]])",
      "tensor([-0.0032])",
    ]);
  });

  it("the loops agree with the layer", () => {
    const [X, K] = [torch.rand(6, 5), torch.rand(3, 2)];
    const layer = new nn.Conv2d(1, 1, [3, 2], { bias: false });
    layer.loadStateDict({ weight: K.view(1, 1, 3, 2) });
    const difference = layer(X.view(1, 1, 6, 5))
      .view(4, 4)
      .sub(corr2d(X, K))
      .abs()
      .max()
      .item();
    expect(difference).toBeLessThan(1e-5);
  });

  it.each([
    [3, 3, 0, 0],
    [5, 3, 2, 1],
    [1, 8, 0, 3],
    [2, 7, 1, 0],
  ])("kernel (%d, %d), padding (%d, %d) on 8×8: (8−(a−1)+2c, 8−(b−1)+2d)", (a, b, c, d) => {
    const layer = new nn.Conv2d(1, 1, [a, b], { padding: [c, d] });
    expect(layer(torch.rand(1, 1, 8, 8)).shape.slice(2)).toEqual([8 - (a - 1) + 2 * c, 8 - (b - 1) + 2 * d]);
  });

  it("with stride: ⌊(8 − a + 2c + s) / s⌋", () => {
    const layer = new nn.Conv2d(3, 2, [3, 5], { padding: [0, 1], stride: [3, 4] });
    expect(layer(torch.rand(1, 3, 8, 8)).shape).toEqual([1, 2, 2, 2]);
  });
});
