import { describe } from "vitest";
import * as torch from "../../../src/index.js";
import { gives, refuses } from "../tables.js";
import { double, slope } from "./slope.js";

const { special } = torch;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

describe("values", () => {
  gives([
    ["erf", () => double(0, 1, -inf, nan).erf(), [0, 0.8427007929497149, -1, nan]],
    ["erfc far out", () => double(10, -inf).erfc().mul(1e45), [2.0884875837625, 2e45]],
    ["erfinv", () => double(0, 0.5, 1, -1, 2).erfinv(), [0, 0.4769362762044699, inf, -inf, nan]],
    [
      "erfcx",
      () => special.erfcx(double(-1, 0, 3, 50, -inf)),
      [5.008980080762283, 1, 0.17900115118138998, 0.011281536265323772, inf],
    ],
    [
      "ndtr",
      () => special.ndtr(double(-inf, -1, 0, 2, nan)),
      [0, 0.15865525393145702, 0.5, 0.9772498680518208, nan],
    ],
    [
      "ndtri",
      () => special.ndtri(double(0, 0.025, 0.5, 0.999, 1, 2)),
      [-inf, -1.9599639845400545, 0, 3.090232306167813, inf, nan],
    ],
    [
      "logNdtr",
      () => special.logNdtr(double(-50, -1, 0, 3)),
      [-1254.8313611394199, -1.841021645009264, -Math.LN2, -0.0013508099647481923],
    ],
    ["of whole numbers", () => special.erfcx(torch.tensor([0, 1])).dtype, "float32"],
  ]);
});

describe("derivatives", () => {
  gives([
    ["erfcx", () => slope([-1, 0, 3], special.erfcx), [-11.14633932862008, -1.1283791670955126, -0.05437226]],
    [
      "ndtr, the density",
      () => slope([-1, 0, 3], special.ndtr),
      [0.2419707245191433, 0.3989422804014327, 0.004431848411938004],
    ],
    [
      "ndtri",
      () => slope([0.025, 0.5, 0.999], special.ndtri),
      [17.110083080332725, 2.5066282746310002, 296.9923515892307],
    ],
    [
      "logNdtr",
      () => slope([-50, -1, 0, 3], special.logNdtr),
      [50.01998403190402, 1.525135276160982, 0.7978845608028654, 0.004437839042125664],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    ["what is no tensor", () => torch.erf("x" as never), 'ArgumentError: erf: expected a tensor: got "x"'],
    [
      "what is no tensor, on the host",
      () => special.ndtri(0.5 as never),
      "ArgumentError: ndtri: expected a tensor: got 0.5",
    ],
  ]);
});
