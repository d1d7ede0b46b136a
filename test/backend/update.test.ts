import { describe, expect, test } from "vitest";
import type {
  AdamStep,
  Backend,
  Distribution,
  NDArray,
  RandomSource,
  SGDStep,
} from "../../src/backend/backend.js";
import { createReferenceBackend } from "../../src/backend/reference/index.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import { type DType, dtypes, isFloat } from "../../src/core/dtype.js";
import { Generator } from "../../src/core/generator.js";
import { type Layout, make, values } from "./arrays.js";

const wasm = createWasmBackend();
const reference = createReferenceBackend();
const everyDType = Object.keys(dtypes) as DType[];
const layouts: readonly Layout[] = ["contiguous", "transposed", "stepped"];

// ── random fills ─────────────────────────────────────────────────────────────────────────────────

const uniform: Distribution = { kind: "uniform", from: -2.5, to: 3.5 };
const normal: Distribution = { kind: "normal", mean: 0, std: 1 };

/** What PyTorch 1.13 fills in after manual_seed(42), and the low half of the 64-bit draw after it. */
const pytorch: readonly (readonly [DType, Distribution, readonly (number | bigint)[], number])[] = [
  [
    "float32",
    uniform,
    [2.7936155796051025, 2.990023612976074, -0.20281744003295898, 3.255833864212036],
    3348747335,
  ],
  [
    "float64",
    { kind: "uniform", from: -0.3, to: 0.7 },
    [-0.2418455140385703, -0.23708983257542243, -0.17641392722559096, -0.24741983563892295],
    1914837113,
  ],
  ["float16", uniform, [0.798828125, 1.7744140625, 0.01953125, 1.291015625], 3348747335],
  [
    "float32",
    normal,
    [0.33669036626815796, 0.12880940735340118, 0.23446236550807953, 0.23033303022384644, -1.1228563785552979],
    1972458954,
  ],
  [
    "float32",
    normal,
    [
      1.9269152879714966, 1.4872840642929077, 0.9007171988487244, -2.1055209636688232, -0.7581311464309692,
      1.078317642211914, 0.8008005619049072, 1.680620551109314, 0.3558599054813385, -0.6866229772567749,
      -0.4933563470840454, 0.2414877861738205, -0.2316243201494217, 0.041759490966796875, -0.2515752911567688,
      0.859858512878418, -0.3097267746925354, -0.3957104980945587, 0.8034093379974365, -0.6215953826904297,
    ],
    99052376,
  ],
  [
    "bfloat16",
    normal,
    [
      -0.80859375, -1.53125, 0.40625, 0.171875, -0.032958984375, -0.080078125, 0.078125, -0.6484375,
      0.56640625, 0.236328125, 0.486328125, 1.171875, -1.3203125, -0.671875, 0.04150390625, -0.64453125,
      -2.171875, 1.3515625, 0.275390625, -0.11279296875,
    ],
    99052376,
  ],
  [
    "float16",
    normal,
    [
      0.38671875, 1.4716796875, 0.1468505859375, -1.119140625, -1.548828125, -1.41796875, 0.642578125,
      -0.53369140625, 0.265625, -0.89208984375, 0.99755859375, 0.462158203125, -1.0302734375, 0.304931640625,
      0.7265625, -0.28564453125, 1.619140625, -1.2744140625, 0.06439208984375, 0.45068359375,
    ],
    99052376,
  ],
  ["float32", { kind: "bernoulli", p: 0.3 }, [1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1, 0], 4031053213],
  ["int64", { kind: "integer", from: -5n, to: 5n }, [-3n, 2n, 1n, -1n, 1n, 0n, -5n, -1n], 1914837113],
  [
    "int64",
    { kind: "integer", from: -(2n ** 62n), to: 2n ** 62n },
    [2297359619001564595n, 3702525538111689998n],
    3348747335,
  ],
  ["int32", { kind: "full" }, [1608637542, 1273642419], 787846414],
  ["int64", { kind: "full" }, [6909045637428952499n, 8314211556539077902n], 3348747335],
  ["uint8", { kind: "full" }, [102, 179, 92, 14], 3348747335],
  ["bool", { kind: "full" }, [0, 1, 0, 0, 0, 1, 0, 0], 1914837113],
  ["float16", { kind: "full" }, [426, 923, 745], 3143890026],
  ["float32", { kind: "full" }, [14801927, 15351016], 787846414],
  ["float64", { kind: "full" }, [523809042610868, 566644413140339], 3348747335],
  [
    "float32",
    { kind: "cauchy", median: 0.5, sigma: 2 },
    [-10.32497501373291, -9.487401962280273, -4.389748573303223],
    2563451924,
  ],
  [
    "float32",
    { kind: "lognormal", mean: 0.5, std: 0.25 },
    [1.793506383895874, 1.7026780843734741, 1.7482504844665527],
    1914837113,
  ],
  ["float32", { kind: "geometric", p: 0.3 }, [8, 8, 6, 9, 2, 3, 1, 1], 613608295],
];

describe.each([wasm, reference])("random on $device", (backend) => {
  test.each(pytorch)("%s, row %# is PyTorch's", (dtype, distribution, want, next) => {
    const generator = new Generator(42);
    const out = make(backend, dtype, [want.length]);
    backend.random(out, distribution, generator);
    expect(values(backend, out)).toEqual(want);
    expect(Number(generator.u64() & 0xffffffffn)).toBe(next);
  });

  test("float64 normals and exponentials are PyTorch's to the last bit but one", () => {
    const close = (distribution: Distribution, n: number, first: number[]) => {
      const out = make(backend, "float64", [n]);
      backend.random(out, distribution, new Generator(42));
      values(backend, out)
        .slice(0, first.length)
        .forEach((value, i) => {
          expect(Math.abs(Number(value) / first[i]! - 1)).toBeLessThan(4.5e-16);
        });
    };
    close(normal, 20, [0.2995562877502637, 0.24237779080894106, 0.28320739441795323, -0.23294220898382634]);
    close(
      { kind: "exponential", rate: 1.5 },
      3,
      [0.039942677127201426, 0.04331741919559019, 0.0879445199893937],
    );
  });

  test("a view that is not contiguous takes normals one by one", () => {
    const draw = (layout: Layout) => {
      const out = make(backend, "float32", [4, 5], [], layout);
      backend.random(out, normal, new Generator(7));
      return values(backend, out);
    };
    const scalar = new Generator(7);
    const want = Array.from({ length: 20 }, () => Math.fround(scalar.normal()));
    expect(draw("stepped")).toEqual(want);
    expect(draw("transposed")).toEqual(want);
    expect(draw("contiguous")).not.toEqual(want);
  });

  test("all 64 bits are whole numbers", () => {
    const out = make(backend, "int64", [3]);
    backend.random(out, { kind: "integer", from: -(2n ** 63n), to: 2n ** 63n }, new Generator(3));
    const generator = new Generator(3);
    expect(values(backend, out)).toEqual([0, 1, 2].map(() => generator.u64() - 2n ** 63n));
  });

  test("probabilities 0 and 1 are certain, and an empty array draws nothing", () => {
    const draw = (p: number, n: number) => {
      const generator = new Generator(1);
      const out = make(backend, "float32", [n]);
      backend.random(out, { kind: "bernoulli", p }, generator);
      return [values(backend, out).slice(0, n), generator.u32()];
    };
    expect(draw(0, 50)[0]).toEqual(new Array(50).fill(0));
    expect(draw(1, 50)[0]).toEqual(new Array(50).fill(1));
    expect(draw(0.5, 0)[1]).toBe(new Generator(1).u32());
  });
});

describe("random on both devices", () => {
  const distributions: readonly Distribution[] = [
    uniform,
    { kind: "uniform", from: 0, to: 1 },
    { kind: "normal", mean: 1.5, std: 0.25 },
    { kind: "bernoulli", p: 0.3 },
    { kind: "integer", from: 0n, to: 2n },
    { kind: "integer", from: 0n, to: 100n },
    { kind: "full" },
    { kind: "exponential", rate: 1.5 },
    { kind: "cauchy", median: 0.5, sigma: 2 },
    { kind: "lognormal", mean: 0.5, std: 0.25 },
    { kind: "geometric", p: 0.3 },
  ];
  const whole = new Set(["bernoulli", "integer", "full", "geometric"]);
  /** A source that is not the library's own generator, with the same stream. */
  const foreign = (generator: Generator): RandomSource => ({
    u32: () => generator.u32(),
    uniform32: () => generator.uniform32(),
    uniform64: () => generator.uniform64(),
    normal: () => generator.normal(),
  });

  test.each(everyDType)("%s: the same bits, the same state after, from any source", (dtype) => {
    for (const distribution of distributions) {
      if (!isFloat(dtype) && !whole.has(distribution.kind)) continue;
      if (dtype === "bool" && "to" in distribution && distribution.to > 2) continue;
      for (const layout of layouts)
        for (const shape of [
          [3, 5],
          [13, 29],
        ]) {
          const run = (backend: Backend, wrap: (generator: Generator) => RandomSource) => {
            const generator = new Generator(11);
            generator.u32();
            const source = wrap(generator);
            const out = make(backend, dtype, shape, [], layout);
            backend.random(out, distribution, source);
            backend.random(out, distribution, source);
            return { out: values(backend, out), state: generator.getState().join() };
          };
          const want = run(reference, (generator) => generator);
          expect(run(wasm, (generator) => generator)).toEqual(want);
          if (layout === "contiguous") expect(run(wasm, foreign)).toEqual(want);
        }
    }
  });
});

// ── optimizer steps ──────────────────────────────────────────────────────────────────────────────

const sgd: SGDStep = {
  lr: 0.1,
  momentum: 0,
  dampening: 0,
  weightDecay: 0,
  nesterov: false,
  maximize: false,
  first: true,
};
const adam: AdamStep = {
  lr: 0.1,
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  weightDecay: 0,
  decoupled: false,
  maximize: false,
  step: 1,
};

describe.each([wasm, reference])("steps on $device", (backend) => {
  const array = (list: number[]) => make(backend, "float64", [list.length], list);
  const close = (x: NDArray, want: number[]) => {
    values(backend, x).forEach((value, i) => {
      expect(Math.abs(Number(value) - want[i]!)).toBeLessThanOrEqual(1e-14 * Math.max(1, Math.abs(want[i]!)));
    });
  };

  test("sgd: weight decay, momentum, Nesterov", () => {
    const [p, g, b] = [array([1, -2]), array([0.5, 0.25]), array([9, 9])];
    backend.sgdStep(p, g, null, { ...sgd, weightDecay: 0.1 });
    close(p, [0.94, -2.005]);
    backend.sgdStep(p, g, b, { ...sgd, momentum: 0.9 });
    close(b, [0.5, 0.25]);
    close(p, [0.89, -2.03]);
    backend.sgdStep(p, g, b, { ...sgd, momentum: 0.9, dampening: 0.5, first: false });
    close(b, [0.7, 0.35]);
    close(p, [0.82, -2.065]);
    backend.sgdStep(p, g, b, { ...sgd, momentum: 0.9, nesterov: true, maximize: true, first: false });
    close(b, [0.13, 0.065]);
    close(p, [0.8583, -2.04585]);
  });

  test("adam moves by lr at first, whatever the gradient's size", () => {
    const [p, g] = [array([1, 1, 1]), array([1e-3, -5, 200])];
    const [m, v] = [array([0, 0, 0]), array([0, 0, 0])];
    backend.adamStep(p, g, m, v, null, adam);
    values(backend, p).forEach((value, i) => {
      expect(value).toBeCloseTo([0.9, 1.1, 0.9][i]!, 5);
    });
    close(m, [1e-4, -0.5, 20]);
    close(v, [1e-9, 0.025, 40]);
  });

  test("adam decays weights through the gradient, adamw by themselves", () => {
    const decay = (decoupled: boolean) => {
      const [p, m] = [array([2]), array([0])];
      backend.adamStep(p, array([0.5]), m, array([0]), null, { ...adam, weightDecay: 0.1, decoupled });
      return [values(backend, p)[0], values(backend, m)[0]] as [number, number];
    };
    expect(decay(false)[1]).toBeCloseTo(0.07, 14);
    expect(decay(true)[1]).toBeCloseTo(0.05, 14);
    expect(decay(true)[0]).toBeCloseTo(2 * 0.99 - 0.1, 7);
  });

  test("amsgrad keeps the greatest square", () => {
    const [p, m, v, most] = [array([1]), array([0]), array([0]), array([0])];
    backend.adamStep(p, array([10]), m, v, most, adam);
    backend.adamStep(p, array([0]), m, v, most, { ...adam, step: 2 });
    close(v, [0.0999]);
    close(most, [0.1]);
  });
});

describe("steps on both devices", () => {
  const sgds: readonly Partial<SGDStep>[] = [
    {},
    { momentum: 0.9 },
    { momentum: 0.9, first: false, dampening: 0.3, weightDecay: 0.01 },
    { momentum: 0.8, first: false, nesterov: true, maximize: true },
  ];
  const adams: readonly Partial<AdamStep>[] = [
    {},
    { step: 1000, weightDecay: 0.1 },
    { step: 7, weightDecay: 0.1, decoupled: true, maximize: true, eps: 1e-3 },
  ];

  test.each(everyDType.filter(isFloat))("%s: the same bits in every layout", (dtype) => {
    for (const layout of layouts)
      for (const shape of [[1], [5], [3, 7], []]) {
        const run = (backend: Backend, call: (arrays: NDArray[]) => void) => {
          const generator = new Generator(5);
          const arrays = Array.from({ length: 5 }, (_, k) => {
            const list = Array.from({ length: 21 }, () =>
              k < 3 ? generator.normal() : generator.uniform64(),
            );
            return make(backend, dtype, shape, list, layout);
          });
          call(arrays);
          return arrays.map((x) => values(backend, x));
        };
        for (const step of sgds) {
          const call = (backend: Backend) =>
            run(backend, ([p, g, b]) => {
              backend.sgdStep(p!, g!, step.momentum ? b! : null, { ...sgd, ...step });
            });
          expect(call(wasm)).toEqual(call(reference));
        }
        for (const step of adams)
          for (const amsgrad of [false, true]) {
            const call = (backend: Backend) =>
              run(backend, ([p, g, m, v, most]) => {
                backend.adamStep(p!, g!, m!, v!, amsgrad ? most! : null, { ...adam, ...step });
              });
            expect(call(wasm)).toEqual(call(reference));
          }
      }
  });
});
