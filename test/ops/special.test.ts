import { describe } from "vitest";
import * as torch from "../../src/index.js";
import { tensor } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const double = (values: number[]) => tensor(values, { dtype: "float64" });
const slope = (values: number[], f: (x: torch.Tensor) => torch.Tensor) => {
  const x = tensor(values, { dtype: "float64", requiresGrad: true });
  return torch.autograd.grad(f(x).sum(), x)[0];
};

describe("values", () => {
  gives([
    ["erf", () => double([0, 1, -inf, nan]).erf(), [0, 0.8427007929497149, -1, nan]],
    ["erfc far out", () => double([10, -inf]).erfc().mul(1e45), [2.0884875837625, 2e45]],
    ["erfinv", () => double([0, 0.5, 1, -1, 2]).erfinv(), [0, 0.4769362762044699, inf, -inf, nan]],
    [
      "lgamma",
      () => double([1, 0.5, 10, 0, -0.5]).lgamma(),
      [0, 0.5723649429247001, 12.801827480081469, inf, 1.2655121234846454],
    ],
    [
      "digamma",
      () => double([1, 0.5, -0.5]).digamma(),
      [-0.5772156649015329, -1.9635100260214235, 0.03648997397857652],
    ],
    [
      "the slope of digamma",
      () => slope([1, 0.5, -0.5, 20], (x) => x.digamma()),
      [1.6449340668482264, 4.934802200544679, 8.934802200544679, 0.05127082293520308],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    ["what is no tensor", () => torch.erf("x" as never), 'ArgumentError: erf: expected a tensor: got "x"'],
  ]);
});
