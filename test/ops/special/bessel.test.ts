import { describe } from "vitest";
import * as torch from "../../../src/index.js";
import { gives } from "../tables.js";
import { double, slope } from "./slope.js";

const { special } = torch;
const inf = Number.POSITIVE_INFINITY;
const x = double(0, 0.5, 1.5, 40);
const z = double(-2, 0, 0.5, 30);

describe("modified, of the first kind", () => {
  gives([
    ["i0", () => z.i0(), [2.279585302336067, 1, 1.0634833707413236, 781672297823.9775]],
    ["i0e", () => special.i0e(z), [0.308508322553671, 1, 0.6450352704491501, 0.0731459464822373]],
    ["i1", () => special.i1(z), [-1.5906368546373295, 0, 0.25789430539089636, 768532038938.9569]],
    ["i1e", () => special.i1e(z), [-0.2152692892489377, 0, 0.15642080318487173, 0.07191633059864755]],
    ["i0 of truth values", () => torch.tensor([true, false]).i0(), [1.266065835952759, 1]],
  ]);
});

describe("derivatives", () => {
  const at = [-2, 0, 0.5, 30];
  gives([
    ["i0", () => slope(at, torch.i0), [-1.5906368546373295, 0, 0.25789430539089636, 768532038938.9569]],
    [
      "i0e",
      () => slope(at, special.i0e),
      [0.0932390333047333, 0, -0.4886144672642784, -0.0012296158835897464],
    ],
    ["i1", () => slope(at, special.i1), [1.484266875017402, 0.5, 0.5476947599595309, 756054563192.679]],
    [
      "i1e",
      () => slope(at, special.i1e),
      [-0.014395611319735546, 0.5, 0.17577286089453492, -0.0011675951363651765],
    ],
    ["i1, second", () => slope([0, 1], special.i1, 2), [0, 0.42941143422544725]],
  ]);
});

describe("the others", () => {
  gives([
    [
      "airyAi",
      () => special.airyAi(double(0, 0.5, 1.5)),
      [0.3550280538878172, 0.23169360648083345, 0.07174949700810533],
    ],
    ["besselJ0", () => special.besselJ0(x), [1, 0.938469807240813, 0.5118276717359184, 0.007366890584236952]],
    ["besselJ1", () => special.besselJ1(x), [0, 0.24226845767487387, 0.5579365079100997, 0.126038318037585]],
    [
      "besselY0",
      () => special.besselY0(x),
      [-inf, -0.4445187335067066, 0.3824489237977592, 0.12593641705826097],
    ],
    [
      "besselY1",
      () => special.besselY1(x),
      [-inf, -1.471472392670243, -0.4123086269739113, -0.005793505821549509],
    ],
    [
      "modifiedBesselI0",
      () => special.modifiedBesselI0(x),
      [1, 1.0634833707413236, 1.6467231897728907, 1.48947747934199e16],
    ],
    [
      "modifiedBesselI1",
      () => special.modifiedBesselI1(x),
      [0, 0.25789430539089636, 0.9816664285779074, 1.4707396163259354e16],
    ],
    [
      "modifiedBesselK0",
      () => special.modifiedBesselK0(x).at("1:"),
      [0.924419071227666, 0.21380556264752565, 8.392861100099567e-19],
    ],
    [
      "modifiedBesselK1",
      () => special.modifiedBesselK1(x).at("1:"),
      [1.6564411200033007, 0.27738780045684397, 8.497131954861038e-19],
    ],
    [
      "scaledModifiedBesselK0",
      () => special.scaledModifiedBesselK0(x),
      [inf, 1.5241093857739099, 0.9582100532948961, 0.19755558495729816],
    ],
    [
      "scaledModifiedBesselK1",
      () => special.scaledModifiedBesselK1(x),
      [inf, 2.7310097082117855, 1.2431658735525537, 0.20000996725443346],
    ],
    [
      "sphericalBesselJ0",
      () => special.sphericalBesselJ0(x),
      [1, 0.958851077208406, 0.6649966577360363, 0.01862782901198372],
    ],
    ["far out, scaled up", () => special.modifiedBesselK0(double(40)).mul(1e18), [0.8392861100099567]],
    ["no gradient", () => special.besselJ0(double(1).requiresGrad_()).requiresGrad, false],
  ]);
});
