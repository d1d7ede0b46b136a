/** float16 and bfloat16: computed in float32, rounded when stored, as PyTorch does. Its values. */
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { gives } from "./tables.js";

const brain = (values: number[]) => torch.tensor(values, { dtype: "bfloat16" });
const x = brain([0.1, 1.7, -2.3, 300]);
const y = brain([3, 0.33, 7.7, -1]);
const some = x.narrow(0, 0, 3);
const h = torch.tensor([0.1, 1000, -2.3, 60000], { dtype: "float16" });

describe("bfloat16", () => {
  gives([
    ["x + y", () => x.add(y), [3.09375, 2.03125, 5.375, 300]],
    ["x · y", () => x.mul(y), [0.30078125, 0.5625, -17.625, -300]],
    ["x / y", () => x.div(y), [0.033447265625, 5.15625, -0.298828125, -300]],
    ["0.1·x", () => x.mul(0.1), [0.010009765625, 0.1708984375, -0.2294921875, 30]],
    ["x²", () => x.pow(2), [0.010009765625, 2.90625, 5.28125, 90112]],
    ["x > y", () => x.gt(y), [false, true, false, true]],
    ["√|y|", () => y.abs().sqrt(), [1.734375, 0.57421875, 2.765625, 1]],
    ["eˣ", () => some.exp(), [1.1015625, 5.5, 0.1005859375]],
    ["softmax", () => some.softmax(0), [0.1650390625, 0.8203125, 0.0150146484375]],
    ["the sum", () => x.sum(), 300],
    ["the mean", () => x.mean(), 75],
    ["the variance", () => x.var(), 22528],
    ["running sums", () => x.cumsum(0), [0.10009765625, 1.8046875, -0.494140625, 300]],
    [
      "a product of matrices",
      () => x.view(2, 2).matmul(y.view(2, 2)),
      [
        [13.375, -1.671875],
        [2304, -300],
      ],
    ],
  ]);

  it("has gradients of its own dtype", () => {
    const leaf = brain([0.1, 1.7, -2.3]).requiresGrad_();
    leaf.mul(leaf).sum().backward();
    expect(String(leaf.grad)).toBe("tensor([ 0.2002,  3.4062, -4.5938], dtype=torch.bfloat16)");
  });
});

describe("float16", () => {
  gives([
    ["h + h", () => h.add(h), [0.199951171875, 2000, -4.6015625, Infinity]],
    ["0.1·h", () => h.mul(0.1), [0.0099945068359375, 100, -0.22998046875, 6000]],
    ["|h|", () => h.abs(), [0.0999755859375, 1000, 2.30078125, 60000]],
    ["the sum", () => h.sum(), 60992],
    ["the mean", () => h.mean(), 15248],
    ["the greatest", () => h.max(), 60000],
    ["sorted", () => h.sort().values, [-2.30078125, 0.0999755859375, 1000, 60000]],
  ]);

  it("beside others", () => {
    const dtype = (other: torch.Tensor | number) => h.add(other).dtype;
    expect([dtype(torch.ones(4)), dtype(torch.ones(4).long()), dtype(brain([1])), dtype(2.5)]).toEqual([
      "float32",
      "float16",
      "float32",
      "float16",
    ]);
  });
});
