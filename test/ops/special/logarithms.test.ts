import { describe } from "vitest";
import * as torch from "../../../src/index.js";
import { gives } from "../tables.js";
import { double, slope } from "./slope.js";

const { special } = torch;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

describe("products with logarithms", () => {
  gives([
    [
      "entr",
      () => special.entr(double(-1, 0.5, 2, nan)),
      [-inf, 0.34657359027997264, -1.3862943611198906, nan],
    ],
    ["entr at 0", () => special.entr(double(0)).abs(), [0]],
    [
      "the slope of entr",
      () => slope([0.5, 2, 0], special.entr),
      [-0.3068528194400547, -1.6931471805599454, inf],
    ],
    ["xlog1py", () => special.xlog1py(double(0, 0, 2), double(-1, nan, 3)), [0, nan, 2.772588722239781]],
    ["xlog1py of numbers and tensors", () => special.xlog1py(2, double(3)), [2.772588722239781]],
    [
      "the slopes of xlog1py",
      () => {
        const [x, y] = [double(0, 2).requiresGrad_(), double(-1, 3).requiresGrad_()];
        return torch.autograd.grad(special.xlog1py(x, y).sum(), [x, y]);
      },
      [
        [0, 1.3862943611198906],
        [nan, 0.5],
      ],
    ],
    ["xlogy", () => torch.xlogy(double(0, 2), double(-1, 3)), [0, 2.1972245773362196]],
  ]);
});
