import { describe, expect, it } from "vitest";
import { autograd, type Tensor, tensor, zeros } from "../../src/index.js";
import { refuses } from "../ops/tables.js";

const { gradcheck, gradgradcheck } = autograd;
const leaf = (values: number[]) => tensor(values, { dtype: "float64", requiresGrad: true });

/** x³ with a backward that is off by a factor. */
const cube = (slope: number) =>
  class Cube extends autograd.Function {
    static override forward(ctx: { saveForBackward(x: Tensor): void }, x: Tensor): Tensor {
      ctx.saveForBackward(x);
      return x.pow(3);
    }
    static override backward(ctx: { savedTensors: readonly Tensor[] }, g: Tensor): Tensor {
      return ctx.savedTensors[0]!.square().mul(g).mul(slope);
    }
  };
const [right, wrong] = [cube(3), cube(2)];
const large = () => zeros(30, { dtype: "float64" }).add(1).requiresGrad_();

describe("gradcheck", () => {
  it("passes a right gradient, of several inputs and outputs", () => {
    expect(gradcheck((x, y) => [x.mul(y), x.sin()], [leaf([1, 2]), leaf([3, -1])])).toBe(true);
    expect(gradcheck((x) => right.apply(x), leaf([1, -2]))).toBe(true);
    expect(gradcheck((x) => right.apply(x), large())).toBe(true);
  });
  it("passes on what is not varied, leaves out what has no gradient", () => {
    const index = tensor([1]);
    expect(gradcheck((x, i, n) => [x.indexSelect(0, i).mul(n), x.argmax()], [leaf([1, 2]), index, 3])).toBe(
      true,
    );
    expect(gradcheck((x, _) => x.mul(2), [leaf([1]), leaf([2])])).toBe(true);
  });
  it("takes 0-d and empty tensors", () => {
    expect(gradcheck((x) => x.exp(), [tensor(0.5, { dtype: "float64", requiresGrad: true })])).toBe(true);
    expect(gradcheck((x) => x.exp(), leaf([]))).toBe(true);
  });
  it("says false instead, if asked to", () => {
    expect(gradcheck((x) => wrong.apply(x), leaf([1, 2]), { raiseException: false })).toBe(false);
    expect(gradcheck((x) => wrong.apply(x), large(), { raiseException: false })).toBe(false);
  });
  it("leaves inputs, gradients and versions as they were", () => {
    const x = leaf([0.1, 0.2]);
    gradcheck((x) => x.exp(), x);
    expect(x.toArray()).toEqual([0.1, 0.2]);
    expect(x.grad).toBeNull();
    expect(x.version.value).toBe(0);
  });
  it("varies what the function reads by itself", () => {
    const [x, w] = [leaf([1, 2]), leaf([3, 4])];
    expect(gradcheck(() => x.mul(w).sum(), [x, w])).toBe(true);
  });
  refuses([
    [
      "a wrong gradient",
      () => gradcheck((x) => wrong.apply(x), leaf([1, 2])),
      "GradError: gradcheck: Jacobian mismatch for output 0 with respect to input 0: numerical 12.000000000789157, analytical 8 (differ by 4.000000000789157) at ∂output[1]/∂input[1]",
    ],
    [
      "a wrong gradient of a large input",
      () => gradcheck((x) => wrong.apply(x), large(), { fastMode: true }),
      "GradError: gradcheck: gradient mismatch for output 0 with respect to input 0: numerical ⟨v, J·u⟩ 22.736630282056044, analytical 15.157753521535948 (differ by 7.578876760520096) along random directions",
    ],
    [
      "a gradient that was cut off",
      () => gradcheck((x) => x.detach().mul(2), leaf([1])),
      "GradError: gradcheck: Jacobian mismatch for output 0 with respect to input 0: numerical 1.999999999946489, analytical 0 (differ by 1.999999999946489) at ∂output[0]/∂input[0]",
    ],
    [
      "single precision",
      () => gradcheck((x) => x, [zeros(1, { requiresGrad: true })]),
      "DTypeError: gradcheck: input 0 is float32: differences need float64, use x.double()",
    ],
    [
      "nothing to vary",
      () => gradcheck((x) => x, [zeros(1)]),
      "ArgumentError: gradcheck: expects at least one input tensor to require gradient, but none of them has requiresGrad",
    ],
    [
      "what is no leaf",
      () => gradcheck((x) => x, [leaf([1]).mul(2)]),
      "GradError: gradcheck: input 0 is no leaf: its values are varied, use x.detach()",
    ],
    [
      "a result that is no tensor",
      () => gradcheck(() => 3 as never, leaf([1])),
      "ArgumentError: gradcheck: the function must return a tensor or an array of tensors: got 3",
    ],
    [
      "an unknown option",
      () => gradcheck((x) => x, leaf([1]), { epsilon: 1 } as object),
      'ArgumentError: gradcheck: unknown option "epsilon" (known: eps, atol, rtol, nondetTol, fastMode, raiseException, seed)',
    ],
  ]);
  it("refuses a backward that gives two results", () => {
    let calls = 0;
    class Noisy extends autograd.Function {
      static override forward(_: unknown, x: Tensor): Tensor {
        return x.mul(1);
      }
      static override backward(_: unknown, g: Tensor): Tensor {
        return g.mul(1 + 1e-9 * calls++);
      }
    }
    expect(() => gradcheck((x) => Noisy.apply(x), leaf([1]))).toThrow(/not reentrant/);
    expect(gradcheck((x) => Noisy.apply(x), leaf([1]), { nondetTol: 1e-6 })).toBe(true);
  });
});

describe("gradgradcheck", () => {
  it("passes a right second derivative", () => {
    expect(gradgradcheck((x, y) => x.pow(3).mul(y), [leaf([1, 2]), leaf([3, -1])])).toBe(true);
    expect(gradgradcheck((x) => x.mul(2), leaf([1, 2]))).toBe(true);
    expect(gradgradcheck((x) => x.exp(), leaf([1]), leaf([2]))).toBe(true);
  });
  it("finds a gradient that is right once only", () => {
    class Frozen extends autograd.Function {
      static override forward(ctx: { saveForBackward(x: Tensor): void }, x: Tensor): Tensor {
        ctx.saveForBackward(x);
        return x.square();
      }
      static override backward(ctx: { savedTensors: readonly Tensor[] }, g: Tensor): Tensor {
        return g.mul(ctx.savedTensors[0]!.detach()).mul(2);
      }
    }
    expect(gradcheck((x) => Frozen.apply(x), leaf([1, 2]))).toBe(true);
    expect(gradgradcheck((x) => Frozen.apply(x), leaf([1, 2]), null, { raiseException: false })).toBe(false);
  });
});
