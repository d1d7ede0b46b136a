import { describe } from "vitest";
import * as torch from "../../../src/index.js";
import { gives, refuses } from "../tables.js";
import { double, slope } from "./slope.js";

const { special, tensor } = torch;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const a = double(0.5, 2, 10);

describe("values", () => {
  gives([
    [
      "lgamma",
      () => double(1, 0.5, 10, 0, -0.5).lgamma(),
      [0, 0.5723649429247001, 12.801827480081469, inf, 1.2655121234846454],
    ],
    [
      "digamma",
      () => double(1, 0.5, -0.5).digamma(),
      [-0.5772156649015329, -1.9635100260214235, 0.03648997397857652],
    ],
    ["polygamma 0", () => torch.polygamma(0, double(1, 0.5)), [-0.5772156649015329, -1.9635100260214235]],
    [
      "polygamma 1",
      () => torch.polygamma(1, double(1, 0.5, -0.5, 20, 0, inf)),
      [1.6449340668482264, 4.934802200544679, 8.934802200544679, 0.05127082293520308, inf, 0],
    ],
    [
      "polygamma 2",
      () => torch.polygamma(2, double(1, 0.5, -0.5, 0, -1)),
      [-2.404113806319188, -16.828796644234316, -0.82879664423432, -inf, -inf],
    ],
    ["polygamma 3, as a method", () => double(1, 0.5).polygamma(3), [6.493939402266829, 97.40909103400242]],
    ["polygamma in place", () => double(1, 0.5).polygamma_(3), [6.493939402266829, 97.40909103400242]],
    [
      "mvlgamma",
      () => double(1.5, 3, 10, 0.5).mvlgamma(3),
      [2.1686775340635553, 2.694924879806965, 36.81285863239809, inf],
    ],
    ["mvlgamma of whole numbers", () => tensor([3, 5]).mvlgamma(2), [1.5501949787139893, 6.204154968261719]],
    [
      "igamma",
      () => torch.igamma(a, double(1, 2, 3)),
      [0.8427007929497151, 0.5939941502901616, 0.0011024881301154798],
    ],
    [
      "igammac",
      () => torch.igammac(a, double(1, 2, 3)),
      [0.15729920705028505, 0.40600584970983794, 0.9988975118698845],
    ],
    ["igamma, broadcast", () => torch.igamma(a.unsqueeze(1), double(1, 2)).shape, [3, 2]],
    [
      "zeta",
      () => special.zeta(double(2, 3, 1.5), double(1, 0.5, 4)),
      [1.6449340668482266, 8.414398322117158, 1.0663718683623398],
    ],
    [
      "zeta at poles and below",
      () => special.zeta(double(1, 0.5, 2, 2.5, 2), double(1, 1, -1, -0.5, -0.5)),
      [inf, nan, inf, nan, 8.934802200544679],
    ],
    ["zeta beside a number", () => special.zeta(tensor([2, 4]), 1), [1.644934058189392, 1.0823231935501099]],
  ]);
});

describe("derivatives", () => {
  gives([
    [
      "digamma",
      () => slope([1, 0.5, -0.5, 20], (x) => x.digamma()),
      [1.6449340668482264, 4.934802200544679, 8.934802200544679, 0.05127082293520308],
    ],
    [
      "digamma, second",
      () => slope([1, -0.5], (x) => x.digamma(), 2),
      [-2.404113806319188, -0.82879664423432],
    ],
    ["polygamma", () => slope([1, 0.5], (x) => x.polygamma(2)), [6.493939402266829, 97.40909103400242]],
    ["mvlgamma", () => slope([1.5, 3], (x) => x.mvlgamma(3)), [-2.5042357169443794, 2.048725310842177]],
    [
      "igamma",
      () => slope([1, 2, 3], (x) => torch.igamma(a, x)),
      [0.2075537487102974, 0.2706705664732254, 0.0027005039315604793],
    ],
    [
      "igammac",
      () => slope([1, 2, 3], (x) => torch.igammac(a, x)),
      [-0.2075537487102974, -0.2706705664732254, -0.0027005039315604793],
    ],
    ["zeta", () => slope([1, 0.5], (q) => special.zeta(3, q)), [-3.2469697011334144, -48.70454551700121]],
  ]);
});

describe("errors", () => {
  const x = tensor([1.5], { requiresGrad: true });
  refuses([
    [
      "a negative order",
      () => torch.polygamma(-1, a),
      "ArgumentError: polygamma: polygamma(n, x) does not support negative n: -1",
    ],
    [
      "truth values",
      () => tensor([true]).mvlgamma(1),
      "DTypeError: mvlgamma: The input tensor may not be a boolean tensor.",
    ],
    ["p = 0", () => a.mvlgamma(0), "ArgumentError: mvlgamma: p has to be greater than or equal to 1: 0"],
    [
      "whole numbers",
      () => torch.igamma(tensor([1]), tensor([2])),
      "DTypeError: igamma: not implemented for int64",
    ],
    [
      "a derivative that PyTorch has not",
      () => torch.igamma(x, tensor([1])).backward(),
      "GradError: igamma: the derivative for 'igamma: input' is not implemented",
    ],
    ["two numbers", () => special.zeta(2, 3), "ArgumentError: zeta: expected a tensor: got 3"],
  ]);
});
