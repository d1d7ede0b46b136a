import { describe, expect, it } from "vitest";
import { noGrad, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const leaf = () => tensor([1, 2], { dtype: "float64", requiresGrad: true });

describe("values", () => {
  gives([
    ["add_", () => tensor([1, 2]).add_(1), [2, 3]],
    [
      "on a view",
      () => {
        const x = zeros(2, 2);
        x.t().select(0, 1).add_(1);
        return x;
      },
      [
        [0, 1],
        [0, 1],
      ],
    ],
    [
      "copy_ broadcasts and converts",
      () =>
        zeros(2, 2)
          .int()
          .copy_(tensor([1.9, -1.9])),
      [
        [1, -1],
        [1, -1],
      ],
    ],
    [
      "fill_, zero_",
      () => [zeros(2).fill_(3), tensor([1, 2]).zero_(), zeros(2).fill_(tensor(4))],
      [
        [3, 3],
        [0, 0],
        [4, 4],
      ],
    ],
    ["fill_ of bools", () => tensor([false]).fill_(true), [true]],
    ["whole numbers into fractions", () => tensor([1.5]).add_(tensor([1])), [2.5]],
    ["on nothing", () => zeros(0).mul_(2), []],
  ]);
});

describe("history", () => {
  it("goes on through what was written", () => {
    const x = leaf();
    const y = x.mul(2);
    y.mul_(y.detach().clone()).exp_();
    expect(y.gradFn!.name).toBe("ExpBackward0");
    y.sum().backward();
    expect(x.grad!.toArray()).toEqual([4 * Math.exp(4), 8 * Math.exp(16)].map((v) => expect.closeTo(v, 3)));
  });
  it("of a base goes through its views", () => {
    const x = leaf();
    const y = x.mul(1);
    y.select(0, 0).mul_(3);
    expect(y.gradFn!.name).toBe("CopySlices");
    y.sum().backward();
    expect(x.grad!.toArray()).toEqual([3, 1]);
  });
  it("of a view sees what happened to its base", () => {
    const x = leaf();
    const y = x.mul(1);
    const view = y.select(0, 0);
    y.mul_(3);
    view.backward();
    expect(x.grad!.toArray()).toEqual([3, 0]);
  });
  it("ends where values are overwritten", () => {
    const x = leaf();
    const y = x.mul(2);
    y.zero_();
    y.add(x).sum().backward();
    expect(x.grad!.toArray()).toEqual([1, 1]);
  });
});

describe("errors", () => {
  refuses([
    [
      "a result of another shape",
      () => zeros(3).add_(zeros(2, 3)),
      "ShapeError: add_: output with shape [3] doesn't match the broadcast shape [2, 3]",
    ],
    [
      "fractions in whole numbers",
      () => tensor([1]).add_(0.5),
      "DTypeError: add_: result type float32 can't be cast to the desired output type int64",
    ],
    [
      "numbers in bools",
      () => tensor([true]).add_(1),
      "DTypeError: add_: result type int64 can't be cast to the desired output type bool",
    ],
    [
      "memory that is shared by elements",
      () => zeros(1).expand(3).add_(1),
      "ShapeError: add_: unsupported operation: more than one element of the written-to tensor refers to a single memory location. Please clone() the tensor before performing the operation",
    ],
    [
      "a leaf that requires a gradient",
      () => leaf().add_(1),
      "GradError: add_: a leaf Variable that requires grad is being used in an in-place operation. Wrap it in noGrad, or use the op without the underscore",
    ],
    [
      "a view of such a leaf",
      () => leaf().select(0, 0).zero_(),
      "GradError: zero_: a view of a leaf Variable that requires grad is being used in an in-place operation.",
    ],
    [
      "one of several views",
      () => leaf().mul(1).unbind()[0]!.add_(1),
      "GradError: add_: Output 0 of UnbindBackward0 is a view and is being modified inplace. This view is the output of a function that returns multiple views; use the op without the underscore",
    ],
    [
      "a view made without recording",
      () => {
        const x = leaf().mul(1);
        noGrad(() => x.select(0, 0)).mul_(2);
      },
      "GradError: mul_: A view was created in no_grad mode and is being modified inplace with grad mode enabled: move both inside noGrad or both outside",
    ],
    [
      "a source that does not broadcast",
      () => zeros(2, 3).copy_(zeros(2)),
      "ShapeError: copy_: source of shape [2] does not broadcast to [2, 3]",
    ],
    [
      "a change of what backward needs",
      () => {
        const y = leaf().exp();
        y.add_(1);
        y.sum().backward();
      },
      "GradError: backward: one of the variables needed for gradient computation has been modified by an inplace operation: ExpBackward0 saved a float64 tensor of shape [2], which is output 0 of ExpBackward0, that is at version 1; expected version 0 instead. Use the op without the underscore, or clone first",
    ],
  ]);
});
