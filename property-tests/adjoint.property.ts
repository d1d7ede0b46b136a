/** Linear ops beside their adjoints: ⟨A·x, y⟩ = ⟨x, Aᵀ·y⟩. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { grad } from "../src/autograd/index.js";
import { type Nested, type Tensor, tensor } from "../src/index.js";
import { flip } from "../src/ops/index.js";
import { zerosOf } from "../src/ops/kernel.js";
import { sumTo } from "../src/ops/reduction/sum-to.js";
import { slice, sliceBackward } from "../src/ops/shape/parts.js";
import { conv1d, conv2d } from "../src/ops/spatial/convolution.js";
import { pad } from "../src/ops/spatial/padding.js";
import { avgPool2d } from "../src/ops/spatial/pooling.js";
import { convGeometry, type Draw, draw, draws } from "./arbitraries.js";
import { expectSame } from "./compare.js";
import { rows, run } from "./op-samples.js";

const inner = (a: Tensor, b: Tensor) => a.mul(b).sum();
const long = (values: Nested) => tensor(values, { dtype: "int64" });
const view = (x: Draw) => x.view(x.leaf());
const config = { numRuns: 10, seed: 14 };

/** Shapes of x and A·x, the op and its adjoint. */
type Pair = [
  name: string,
  x: number[],
  y: number[],
  op: (x: Tensor) => Tensor,
  adjoint: (y: Tensor) => Tensor,
];

const at = long([
  [0, 2, 1, 1],
  [2, 2, 0, 0],
]);
const list = long([2, 0, 2, 1]);
const zeros = (...shape: number[]) => zerosOf(tensor(0, { dtype: "float64" }), shape);
const fromEnd = (x: Tensor, run: (x: Tensor) => Tensor) => flip(run(flip(x, 0)), 0);

const pairs: Pair[] = [
  ["expand and sumTo", [3, 1], [2, 3, 4], (x) => x.expand(2, 3, 4), (y) => sumTo(y, [3, 1])],
  [
    "slice and its adjoint",
    [5, 2],
    [2, 2],
    (x) => slice(x, 0, 1, 5, 2),
    (y) => sliceBackward(y, [5, 2], 0, 1, 5, 2),
  ],
  ["narrow and pad", [4, 3], [2, 3], (x) => x.narrow(0, 1, 2), (y) => pad(y, [0, 0, 1, 1])],
  ["pad and pad by less", [2, 3], [3, 4], (x) => pad(x, [2, -1, 0, 1]), (y) => pad(y, [-2, 1, 0, -1])],
  ["gather and scatterAdd", [3, 4], [2, 4], (x) => x.gather(0, at), (y) => zeros(3, 4).scatterAdd(0, at, y)],
  [
    "indexSelect and indexAdd",
    [3, 2],
    [4, 2],
    (x) => x.indexSelect(0, list),
    (y) => zeros(3, 2).indexAdd(0, list, y),
  ],
  ["permute and its inverse", [2, 3, 4], [4, 2, 3], (x) => x.permute(2, 0, 1), (y) => y.permute(1, 2, 0)],
  [
    "cumsum and cumsum from the end",
    [4, 2],
    [4, 2],
    (x) => x.cumsum(0),
    (y) => fromEnd(y, (y) => y.cumsum(0)),
  ],
  ["roll and roll back", [4, 2], [4, 2], (x) => x.roll([1, -1], [0, 1]), (y) => y.roll([-1, 1], [0, 1])],
  ["triu and triu", [3, 4], [3, 4], (x) => x.triu(1), (y) => y.triu(1)],
  ["diagonal and diag", [3, 3], [2], (x) => x.diagonal(1), (y) => y.diag(1)],
];

describe("adjoint ops", () => {
  it.each(pairs)("%s", (_, xShape, yShape, op, adjoint) => {
    fc.assert(
      fc.property(draws(xShape, yShape), (drawn) => {
        const [x, y] = drawn.map(view) as [Tensor, Tensor];
        expectSame(inner(op(x), y), inner(x, adjoint(y)), 1e-13);
      }),
      config,
    );
  });
});

/** Ops of one tensor that are linear whatever their options; what they take besides does not depend on it. */
const linear = new Set([
  "broadcastTo",
  "chunk",
  "contiguous",
  "cumsum",
  "diag",
  "diagonal",
  "dropout",
  "expand",
  "flatten",
  "flip",
  "gather",
  "indexSelect",
  "maskedSelect",

  "mean",
  "movedim",
  "narrow",
  "neg",
  "permute",
  "repeat",
  "reshape",
  "roll",
  "select",
  "slice",
  "split",
  "squeeze",
  "sum",
  "sumTo",
  "t",
  "take",
  "tile",
  "transpose",
  "tril",
  "triu",
  "unbind",
  "unflatten",
  "unsqueeze",
  "adaptiveAvgPool2d",
  "avgPool2d",
  "at",
]);

describe("backward of a linear op is its adjoint", () => {
  it.each(rows.filter((row) => linear.has(row.op)).map((row) => [row.label, row] as const))(
    "%s",
    (_, row) => {
      fc.assert(
        fc.property(row.tensors, ([drawn]) => {
          const leaf = drawn!.leaf({ requiresGrad: true });
          for (const y of run(row, [drawn!.view(leaf)])) {
            const w = y.detach().mul(0.7).add(0.3);
            const [adjoint] = grad(y, leaf, { gradOutputs: w, retainGraph: true });
            expectSame(inner(y.detach(), w), inner(leaf.detach(), adjoint!), 1e-12);
          }
        }),
        { ...config, numRuns: 3 },
      );
    },
  );
});

describe("convolution", () => {
  /** ⟨f(x, w), y⟩ by its adjoints in x and in w. */
  const bothWays = (f: (x: Tensor, w: Tensor) => Tensor, x: Draw, w: Draw) => {
    const [xl, wl] = [x.leaf({ requiresGrad: true }), w.leaf({ requiresGrad: true })];
    const z = f(x.view(xl), w.view(wl));
    const y = z.detach().add(0.3);
    const [gx, gw] = grad(z, [xl, wl], { gradOutputs: y });
    const product = inner(z.detach(), y);
    expectSame(inner(xl.detach(), gx!), product, 1e-12);
    expectSame(inner(wl.detach(), gw!), product, 1e-12);
  };
  it("conv2d and its two gradients", () => {
    const cases = convGeometry.chain((g) => fc.tuple(fc.constant(g), draw(g.x), draw(g.weight)));
    fc.assert(
      fc.property(cases, ([{ stride, padding, dilation, groups }, x, w]) =>
        bothWays((x, w) => conv2d(x, w, { stride, padding, dilation, groups }), x, w),
      ),
      { ...config, numRuns: 30 },
    );
  });
  it("conv1d and its two gradients", () => {
    fc.assert(
      fc.property(draws([2, 2, 5], [2, 1, 3]), ([x, w]) =>
        bothWays((x, w) => conv1d(x, w, { groups: 2, padding: 1, stride: 2 }), x!, w!),
      ),
      config,
    );
  });
  it("avgPool2d of ones is a convolution with a flat kernel", () => {
    fc.assert(
      fc.property(draws([2, 1, 4, 5]), ([x]) => {
        const flat = tensor(
          [
            [
              [
                [0.25, 0.25],
                [0.25, 0.25],
              ],
            ],
          ],
          { dtype: "float64" },
        );
        const options = { stride: 1, padding: 1 } as const;
        expectSame(avgPool2d(view(x!), 2, options), conv2d(view(x!), flat, options), 1e-13);
      }),
      config,
    );
  });
});
