/** Special functions: those that are methods by their name, those of torch.special alone as `special.name`. */
import type { Tensor } from "../../src/index.js";
import { type Domain, drawn, drawnPair, draws, shape } from "../arbitraries.js";
import { flat, type Row, rows, sample } from "./row.js";

const any = shape({ minSize: 0 });
const one = (domain: Domain) => drawn(any, domain);
const pair = drawnPair("real", "real", { minSize: 0 });
const whole = (x: Tensor | undefined) => x!.mul(10).to("int64");
/** A constant of x's shape. */
const filled = (x: Tensor, value: number) => x.detach().mul(0).add(value);

const errors = [
  ...rows("special.erfcx", one("real")),
  ...rows("special.ndtr", one("real")),
  ...rows("special.ndtri", one("chance")),
  ...rows("special.logNdtr", one("real")),
];

const gammas = [
  ...[0, 1, 2, 3].map((n) => sample("polygamma", `${n}, x`, one("positive"), (x) => [n, x])),
  sample("polygamma", "1, x below zero", one("unit"), (x) => [1, x!.sub(2.4)]),
  sample("polygamma", "2, x below zero", draws([[3], "chance"]), (x) => [2, x!.sub(3)]),
  sample("mvlgamma", "x, 3", one("positive"), (x) => [x!.add(1.5), 3]),
  sample("igamma", "2.5, x", one("positive"), (x) => [filled(x!, 2.5), x]),
  sample("igammac", "0.5, x", one("positive"), (x) => [filled(x!, 0.5), x]),
  ...flat("igamma", drawnPair("positive", "positive")),
  ...flat("igammac", drawnPair("positive", "positive")),
  sample("special.zeta", "2.5, q", one("positive"), (q) => [2.5, q]),
  ...flat("special.zeta", drawnPair("above1", "positive")),
];

const bessels = [
  ...["i0", "special.i0e", "special.i1", "special.i1e"].flatMap((op) => rows(op, one("real"))),
  ...["airyAi", "besselJ0", "besselJ1", "modifiedBesselI0", "modifiedBesselI1", "sphericalBesselJ0"].flatMap(
    (name) => flat(`special.${name}`, one("real")),
  ),
  ...[
    "besselY0",
    "besselY1",
    "modifiedBesselK0",
    "modifiedBesselK1",
    "scaledModifiedBesselK0",
    "scaledModifiedBesselK1",
  ].flatMap((name) => flat(`special.${name}`, one("positive"))),
];

const polynomials = [
  ...["T", "U", "V", "W"].flatMap((kind) => [
    ...flat(`special.chebyshevPolynomial${kind}`, one("real"), [3], [12]),
    ...flat(`special.shiftedChebyshevPolynomial${kind}`, one("chance"), [3], [12]),
  ]),
  ...["hermitePolynomialH", "hermitePolynomialHe", "laguerrePolynomialL", "legendrePolynomialP"].flatMap(
    (name) => flat(`special.${name}`, one("real"), [4]),
  ),
  sample("special.legendrePolynomialP", "x, tensor", pair, (x, n) => [x, n!.mul(3).abs()], false),
];

const others = [
  ...rows("special.entr", one("positive")),
  ...rows("special.xlog1py", drawnPair("real", "positive"), []),
  ...rows("special.xlog1py", one("real"), [0.5]),
  ...rows("frexp", one("real")),
  sample("gcd", "", pair, (a, b) => [whole(a), whole(b)], false),
  sample("lcm", "", pair, (a, b) => [whole(a), whole(b)], false),
];

export const special: Row[] = [...errors, ...gammas, ...bessels, ...polynomials, ...others];
