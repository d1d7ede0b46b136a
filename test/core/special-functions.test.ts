import { describe, expect, it } from "vitest";
import * as math from "../../src/core/math.js";

/** Arguments and value, computed with mpmath 1.4.1 at 60 digits and rounded to float64. */
const values: Record<string, readonly (readonly number[])[]> = {
  besselJ0: [
    [1e-9, 1],
    [0.5, 0.9384698072408129],
    [5, -0.1775967713143383],
    [-7.25, 0.291996924191779],
    [17.5, -0.10311039822868592],
    [18.5, 0.0771648214225547],
    [1000, 0.024786686152420176],
  ],
  besselJ1: [
    [1e-9, 5e-10],
    [-0.5, -0.2422684576748739],
    [5, -0.32757913759146523],
    [17.5, -0.1634199694257549],
    [18.5, -0.16663364001001604],
    [-1000, -0.004728311907089524],
  ],
  besselY0: [
    [1e-300, -439.8351636227653],
    [0.5, -0.44451873350670656],
    [5, -0.30851762524903376],
    [17.5, -0.16041119250501118],
    [18.5, -0.16865634504032312],
    [1000, 0.0047159179776228135],
  ],
  besselY1: [
    [1e-300, -6.366197723675813e299],
    [0.5, -1.471472392670243],
    [5, 0.14786314339122683],
    [17.5, 0.09857279873421605],
    [18.5, -0.08174785849680946],
    [1000, -0.024784331292351778],
  ],
  besselI0: [
    [1e-9, 1],
    [-2.5, 3.289839144050123],
    [17.9, 5642579.560048394],
    [18.1, 6853118.776963021],
    [600, 6.1463054039368444e258],
  ],
  besselI1: [
    [1e-9, 5e-10],
    [-2.5, -2.5167162452886984],
    [17.9, 5482629.114450267],
    [18.1, 6661032.670669892],
    [600, 6.141181345066892e258],
  ],
  besselI0e: [
    [-2.5, 0.27004644161220276],
    [17.9, 0.09497437958965067],
    [100000, 0.0012615678379767768],
  ],
  besselI1e: [
    [-2.5, -0.20658464953126657],
    [17.9, 0.09228213676451982],
    [100000, 0.0012615615301218171],
  ],
  besselK0: [
    [1e-300, 690.8914594138721],
    [0.5, 0.9244190712276659],
    [5, 0.0036910983340425942],
    [17.9, 4.952330101180311e-9],
    [18.1, 4.032456690957726e-9],
    [700, 4.669776431685377e-306],
  ],
  besselK1: [
    [1e-300, 9.999999999999999e299],
    [0.5, 1.656441120003301],
    [5, 0.004044613445452165],
    [17.9, 5.088830788300595e-9],
    [18.1, 4.142390340355361e-9],
    [700, 4.6731107967079664e-306],
  ],
  besselK0e: [
    [0.5, 1.5241093857739094],
    [17.9, 0.2942258398977471],
    [2000, 0.02802320501460432],
  ],
  besselK1e: [
    [0.5, 2.731009708211786],
    [17.9, 0.30233556370331754],
    [2000, 0.028030209940570337],
  ],
  sphericalJ0: [
    [1e-9, 1],
    [2, 0.45464871341284085],
    [-50, -0.005247497074078576],
  ],
  airyAi: [
    [0, 0.3550280538878172],
    [1, 0.13529241631288141],
    [8.9, 3.3420610425187e-9],
    [9.1, 1.8242282535640281e-9],
    [100, 2.6344821520881846e-291],
    [-2, 0.22740742820168558],
    [-8.9, -0.11726630637175181],
    [-9.1, 0.07495988727355446],
    [-20, -0.1764061270779847],
  ],
  erfcx: [
    [-26, 7.657724931490568e293],
    [-3, 16205.988853999586],
    [-1, 5.008980080762283],
    [0, 1],
    [1.5, 0.3215854164543175],
    [2.5, 0.2108063640611436],
    [50, 0.011281536265323773],
    [10000000000, 5.641895835477563e-11],
  ],
  ndtri: [
    [1e-300, -37.0470962993612],
    [1e-10, -6.361340902404057],
    [0.1, -1.2815515655446004],
    [0.3, -0.5244005127080408],
    [0.6, 0.2533471031357997],
    [0.9, 1.2815515655446006],
  ],
  logNdtr: [
    [-1000, -500007.82669481216],
    [-5, -15.064998393988725],
    [-1, -1.8410216450092636],
    [0.5, -0.3689464152886564],
    [5, -2.866516129637636e-7],
  ],
  zeta: [
    [1.001, 0.5, 1001.9648639703559],
    [2.5, 3, 0.1647105619542803],
    [30, 0.1, 9.999999999999983e29],
    [3, 1000, 5.005002499999166e-7],
    [2, -0.25, 18.541879647671607],
    [3, -7.75, 62.01987279411388],
  ],
  gammainc: [
    [1e-5, 0.001, 0.9999366865285947],
    [0.5, 0.25, 0.5204998778130465],
    [0.5, 9, 0.9999779095030014],
    [10, 4, 0.008132242796933864],
    [1000, 1010, 0.6276789447369947],
    [200000, 199500, 0.1317361948649635],
    [200000, 200500, 0.868184223254723],
  ],
  gammaincc: [
    [1e-5, 0.001, 6.331347140529355e-5],
    [0.5, 0.25, 0.4795001221869535],
    [0.5, 9, 2.209049699858544e-5],
    [10, 4, 0.9918677572030662],
    [1000, 1010, 0.3723210552630053],
    [200000, 199500, 0.8682638051350365],
    [200000, 200500, 0.13181577674527703],
  ],
};

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
type Functions = Record<string, (...args: readonly number[]) => number>;

describe("special functions against 60 digits", () => {
  it.each(Object.keys(values))("%s", (name) => {
    const f = (math as unknown as Functions)[name]!;
    for (const row of values[name]!) {
      const [args, expected] = [row.slice(0, -1), row.at(-1)!];
      expect(Math.abs(f(...args) / expected - 1), `${name}(${args}) = ${f(...args)}`).toBeLessThan(1e-14);
    }
  });
});

describe("at the ends of their range", () => {
  const cases: readonly (readonly [name: string, args: readonly number[], expected: number])[] = [
    ["besselJ0", [0], 1],
    ["besselJ1", [-0], -0],
    ["besselJ0", [inf], nan],
    ["besselY0", [0], -inf],
    ["besselY1", [0], -inf],
    ["besselY0", [-1], nan],
    ["besselI0", [720], inf],
    ["besselI1", [-720], -inf],
    ["besselI0", [inf], nan],
    ["besselI1e", [-inf], -0],
    ["besselK0", [0], inf],
    ["besselK1", [-1], nan],
    ["besselK0", [inf], 0],
    ["sphericalJ0", [0], 1],
    ["sphericalJ0", [-inf], 0],
    ["airyAi", [200], 0],
    ["airyAi", [inf], nan],
    ["airyAi", [-1e200], 0],
    ["erfcx", [inf], 0],
    ["erfcx", [-inf], inf],
    ["erfcx", [nan], nan],
    ["ndtri", [0], -inf],
    ["ndtri", [1], inf],
    ["ndtri", [1.5], nan],
    ["logNdtr", [-inf], -inf],
    ["zeta", [1, 2], inf],
    ["zeta", [0.5, 2], nan],
    ["zeta", [2, -3], inf],
    ["zeta", [2.5, -0.5], nan],
    ["zeta", [3, inf], nan],
    ["zeta", [inf, -2.5], inf],
    ["gammainc", [0, 1], 1],
    ["gammainc", [0, 0], nan],
    ["gammainc", [2, 0], 0],
    ["gammainc", [inf, 2], 0],
    ["gammainc", [2, inf], 1],
    ["gammainc", [-1, 2], nan],
    ["gammaincc", [2, 0], 1],
    ["gammaincc", [1e6, 1], 1],
    ["gammaincc", [1e6, 1e8], 0],
  ];
  it.each(cases)("%s(%s) = %s", (name, args, expected) => {
    expect((math as unknown as Functions)[name]!(...args)).toBe(expected);
  });
});

describe("orthogonal polynomials", () => {
  const same = (x: number) => x;
  it("Chebyshev's agree with their definition by the angle, by either way of computing", () => {
    for (const n of [0, 1, 2, 7, 8, 9, 20])
      for (const x of [-0.9, -0.3, 0.2, 0.75]) {
        const angle = math.acos(x);
        const expected = {
          t: math.cos(n * angle),
          u: math.sin((n + 1) * angle) / math.sin(angle),
          v: math.cos((n + 0.5) * angle) / math.cos(angle / 2),
          w: math.sin((n + 0.5) * angle) / math.sin(angle / 2),
        };
        for (const kind of ["t", "u", "v", "w"] as const)
          expect(math.chebyshev(kind, x, n, same), `${kind}${n}(${x})`).toBeCloseTo(expected[kind], 11);
      }
  });
  it("are right at the ends and outside", () => {
    const ends = (["t", "u", "v", "w"] as const).map((kind) =>
      [1, -1, 2].map((x) => math.chebyshev(kind, x, 3, same)),
    );
    expect(ends).toEqual([
      [1, -1, 26],
      [4, -4, 56],
      [1, -7, 41],
      [7, -1, 71],
    ]);
  });
  it("Hermite's, Laguerre's and Legendre's of degree 3", () => {
    expect(math.hermiteH(0.5, 3, same)).toBe(8 * 0.125 - 12 * 0.5);
    expect(math.hermiteHe(0.5, 3, same)).toBe(0.125 - 3 * 0.5);
    expect(math.laguerre(0.5, 3, same)).toBeCloseTo((-0.125 + 9 * 0.25 - 18 * 0.5 + 6) / 6, 15);
    expect(math.legendre(0.5, 3, same)).toBe((5 * 0.125 - 3 * 0.5) / 2);
  });
  it("cut their degree, and are 0 below it", () => {
    expect(math.legendre(0.5, 1.9, same)).toBe(0.5);
    expect([-1, nan, inf, 1e20].map((n) => math.hermiteH(0.5, n, same))).toEqual([0, 0, 0, 0]);
  });
  it("overflow as the dtype does", () => {
    expect(math.hermiteH(1e20, 3, same)).toBe(8e60);
    expect(math.hermiteH(1e20, 2, Math.fround)).toBe(inf);
    expect(math.hermiteH(1e20, 4, Math.fround)).toBe(nan);
  });
});
