import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { ArgumentError, ShapeError } from "../../src/index.js";

const { ctcLoss } = torch.nn.functional;
const targets = torch.tensor([
  [1, 2],
  [1, 1],
  [2, 1],
]);
/** The same four steps for three sequences. */
const steps = () =>
  torch
    .tensor(
      [
        [0.1, 0.6, 0.3],
        [0.5, 0.2, 0.3],
        [0.2, 0.2, 0.6],
        [0.7, 0.2, 0.1],
      ],
      { dtype: "float64" },
    )
    .log()
    .unsqueeze(1)
    .repeat(1, 3, 1)
    .requiresGrad_();
const close = (found: torch.Tensor, expected: readonly number[]) => {
  const values = found.flatten().tolist() as number[];
  expect(values.length).toBe(expected.length);
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i]!, 12);
  });
};

describe("ctcLoss", () => {
  it("gives PyTorch's losses and gradients", () => {
    const x = steps();
    const loss = ctcLoss(x, targets, [4, 4, 3], [2, 2, 1], { reduction: "none" });
    close(loss, [1.0924314295930286, 2.636660205015537, 1.8578992717326]);
    const [g] = torch.autograd.grad(loss.sum(), [x]);
    close(
      g!.at(":", 0).at(":2"),
      [
        0.0660107334525939, -0.36601073345259394, 0.3, 0.04979129397734061, -0.01705426356589143,
        -0.032737030411448986,
      ],
    );
    // The last step of the third sequence is not used.
    close(g!.at("2:", 2), [-0.14615384615384608, 0.2, -0.05384615384615388, 0, 0, 0]);
  });

  it("reduces, takes targets one after the other, and single sequences", () => {
    const x = steps();
    close(ctcLoss(x, targets, torch.tensor([4, 4, 3]), torch.tensor([2, 2, 1])), [1.2408150296789608]);
    const joined = torch.tensor([1, 2, 1, 1, 2]);
    close(ctcLoss(x, joined, [4, 4, 3], [2, 2, 1], { reduction: "sum" }), [5.586990906341166]);
    close(ctcLoss(x.at(":", 0), torch.tensor([1, 2]), 4, 2), [0.5462157147965143]);
    const nothing = torch.zeros([1, 0], { dtype: "int64" });
    close(ctcLoss(x.at(":", "0:1"), nothing, [4], [0], { reduction: "none" }), [4.961845129926823]);
  });

  it("is infinite where the input is too short, or 0 if asked for", () => {
    const x = steps();
    const options = { reduction: "none" } as const;
    const expected = [1.7147984280919268, Number.POSITIVE_INFINITY, 1.3093333199837622];
    expect(ctcLoss(x, targets, [2, 2, 2], [2, 2, 1], options).at(1).item()).toBe(expected[1]);
    const loss = ctcLoss(x, targets, [2, 2, 2], [2, 2, 1], { ...options, zeroInfinity: true });
    close(loss, expected.with(1, 0));
    const [g] = torch.autograd.grad(loss.sum(), [x]);
    close(g!.at(":", 1), new Array<number>(12).fill(0));
  });

  it("refuses lengths and classes that do not fit", () => {
    const x = steps();
    expect(() => ctcLoss(x, targets, [5, 4, 4], [2, 2, 1])).toThrow(ArgumentError);
    expect(() => ctcLoss(x, targets, [4, 4], [2, 2, 1])).toThrow(ArgumentError);
    expect(() => ctcLoss(x, targets, [4, 4, 4], [2, 3, 1])).toThrow(ShapeError);
    expect(() => ctcLoss(x, targets, [4, 4, 4], [2, 2, 1], { blank: 3 })).toThrow(ArgumentError);
    expect(() => ctcLoss(x, targets.add(1), [4, 4, 4], [2, 2, 1])).toThrow(ArgumentError);
  });
});
