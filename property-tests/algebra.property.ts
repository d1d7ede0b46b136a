/** Laws that hold between ops. */
import fc, { type Arbitrary } from "fast-check";
import { describe, it } from "vitest";
import { cat, einsum, stack, type Tensor, tensor, where } from "../src/index.js";
import { onesOf } from "../src/ops/kernel.js";
import { linear } from "../src/ops/linear/linear.js";
import { crossEntropy } from "../src/ops/loss/loss.js";
import { batchNorm, layerNorm } from "../src/ops/norm/normalization.js";
import { conv2d } from "../src/ops/spatial/convolution.js";
import { type Draw, drawn, drawnPair, draws, shape } from "./arbitraries.js";
import { expectSame } from "./compare.js";

const any = drawn(shape({ minSize: 0 }));
const deep = drawn(shape({ minRank: 2, maxRank: 3 }));
const cube = draws([2, 3, 4]);
const pair = drawnPair();
const double = { dtype: "float64" } as const;

/** Two sides that are equal, to within `bound`. */
type Law = [
  name: string,
  tensors: Arbitrary<readonly Draw[]>,
  sides: (...x: Tensor[]) => [Tensor, Tensor],
  bound?: number,
];

const arithmetic: Law[] = [
  ["a + b = b + a", pair, (a, b) => [a.add(b), b.add(a)]],
  [
    "a·(b + c) = a·b + a·c",
    draws([2, 3], [3], [2, 1]),
    (a, b, c) => [a.mul(b.add(c)), a.mul(b).add(a.mul(c))],
    1e-14,
  ],
  ["a − b = −(b − a)", pair, (a, b) => [a.sub(b), b.sub(a).neg()]],
  ["(a / b)·b = a", pair, (a, b) => [a.div(b).mul(b), a.mul(b.div(b))], 1e-14],
  [
    "a = ⌊a/b⌋·b + a mod b",
    pair,
    (a, b) => [a.floorDivide(b).mul(b).add(a.remainder(b)), a.add(b.mul(0))],
    1e-13,
  ],
  ["max + min = a + b", pair, (a, b) => [a.maximum(b).add(a.minimum(b)), a.add(b)]],
  ["e^ln x = x", drawn(shape(), "positive"), (x) => [x.log().exp(), x], 1e-14],
  ["sin² + cos² = 1", any, (x) => [x.sin().square().add(x.cos().square()), onesOf(x, x.shape)], 1e-14],
  ["tanh x = sinh x / cosh x", any, (x) => [x.tanh(), x.sinh().div(x.cosh())], 1e-14],
  ["erf + erfc = 1", any, (x) => [x.erf().add(x.erfc()), onesOf(x, x.shape)], 1e-14],
  ["σ(−x) = 1 − σ(x)", any, (x) => [x.neg().sigmoid(), x.sigmoid().rsub(1)], 1e-14],
  ["relu x − relu −x = x", any, (x) => [x.relu().sub(x.neg().relu()), x]],
  ["x = trunc x + frac x", any, (x) => [x.trunc().add(x.frac()), x], 1e-15],
];

const reductions: Law[] = [
  ["Σ over dims one by one", cube, (x) => [x.sum(), x.sum(0).sum(0).sum(0)], 1e-13],
  ["mean·n = Σ", deep, (x) => [x.mean(0).mul(x.shape[0]!), x.sum(0)], 1e-13],
  ["the last running sum is the sum", deep, (x) => [x.cumsum(1).select(1, -1), x.sum(1)], 1e-13],
  ["the last running product is the product", deep, (x) => [x.cumprod(1).select(1, -1), x.prod(1)], 1e-13],
  [
    "variance = mean of squares − square of mean",
    deep,
    (x) => [x.var(1, { correction: 0 }), x.square().mean(1).sub(x.mean(1).square())],
    1e-13,
  ],
  ["norm(c·x) = |c|·norm x", deep, (x) => [x.mul(-3).norm(2, 0), x.norm(2, 0).mul(3)], 1e-13],
  ["logsumexp = log Σ exp", deep, (x) => [x.logsumexp(1), x.exp().sum(1).log()], 1e-14],
  ["softmax sums to 1", deep, (x) => [x.softmax(-1).sum(-1), onesOf(x, x.shape.slice(0, -1))], 1e-14],
  ["softmax does not see a shift", deep, (x) => [x.add(100).softmax(0), x.softmax(0)], 1e-12],
  ["logSoftmax = log softmax", deep, (x) => [x.logSoftmax(1), x.softmax(1).log()], 1e-14],
  ["amax = −amin of −x", deep, (x) => [x.amax(0), x.neg().amin(0).neg()]],
  [
    "max is where argmax says",
    draws([[3, 4], "distinct"]),
    (x) => [x.max(1).values, x.gather(1, x.argmax(1, { keepdim: true })).squeeze(1)],
  ],
];

const layouts: Law[] = [
  ["reshape there and back", cube, (x) => [x.reshape(4, 6).reshape(2, 3, 4), x]],
  ["permute there and back", cube, (x) => [x.permute(2, 0, 1).permute(1, 2, 0), x]],
  ["transposed twice", cube, (x) => [x.transpose(0, 2).transpose(2, 0), x]],
  ["cat of split", cube, (x) => [cat(x.split(2, 1), 1), x]],
  ["stack of unbind", cube, (x) => [stack(x.unbind(1), 1), x]],
  ["flipped twice", cube, (x) => [x.flip([0, 2]).flip([0, 2]), x]],
  ["rolled around", cube, (x) => [x.roll(3, 1), x]],
  ["flatten and unflatten", cube, (x) => [x.flatten(1).unflatten(1, [3, 4]), x]],
  ["upper and strictly lower triangle", cube, (x) => [x.triu().add(x.tril(-1)), x]],
  ["diag of diag", draws([3]), (x) => [x.diag(-1).diag(-1), x]],
  ["sorted by argsort", draws([[3, 4], "distinct"]), (x) => [x.gather(0, x.argsort(0)), x.sort(0).values]],
  [
    "topk begins the sorted",
    draws([[3, 4], "distinct"]),
    (x) => [x.topk(2).values, x.sort(-1, { descending: true }).values.narrow(1, 0, 2)],
  ],
  ["at writes what at reads", draws([3, 4]), (x) => [x.clone().setAt(["1:", [0, 2]], x.at("1:", [0, 2])), x]],
  [
    "gather undoes scatter",
    draws([2, 3], [2, 2]),
    (x, y) => {
      const index = tensor([
        [2, 0],
        [1, 2],
      ]);
      return [x.scatter(1, index, y).gather(1, index), y];
    },
  ],
  [
    "maskedSelect and its rest hold every element",
    draws([3, 4]),
    (x) => {
      const mask = x.gt(0.1);
      return [
        cat([x.maskedSelect(mask), x.maskedSelect(mask.logicalNot())]).sort().values,
        x.reshape(-1).sort().values,
      ];
    },
  ],
  [
    "where splits",
    pair,
    (a, b) => {
      const c = a.lt(b);
      return [where(c, a, 0).add(where(c, 0, a)), a.add(b.mul(0))];
    },
  ],
];

const products: Law[] = [
  [
    "A(B + C) = AB + AC",
    draws([2, 3], [3, 2], [3, 2]),
    (a, b, c) => [a.matmul(b.add(c)), a.matmul(b).add(a.matmul(c))],
    1e-13,
  ],
  [
    "(AB)C = A(BC)",
    draws([2, 3], [3, 2], [2, 4]),
    (a, b, c) => [a.matmul(b).matmul(c), a.matmul(b.matmul(c))],
    1e-13,
  ],
  ["(AB)ᵀ = BᵀAᵀ", draws([2, 3], [3, 4]), (a, b) => [a.matmul(b).t(), b.t().matmul(a.t())], 1e-14],
  ["einsum ij,jk->ik", draws([2, 3], [3, 4]), (a, b) => [einsum("ij,jk->ik", a, b), a.matmul(b)], 1e-14],
  ["einsum ii", draws([3, 3]), (a) => [einsum("ii", a), a.diagonal().sum()], 1e-14],
  [
    "outer = column times row",
    draws([3], [4]),
    (a, b) => [a.outer(b), a.unsqueeze(1).matmul(b.unsqueeze(0))],
    1e-15,
  ],
  [
    "linear = x·wᵀ + b",
    draws([2, 3], [4, 3], [4]),
    (x, w, b) => [linear(x, w, b), x.matmul(w.t()).add(b)],
    1e-14,
  ],
  [
    "a kernel of one pixel is a matrix",
    draws([1, 3, 2, 2], [4, 3, 1, 1]),
    (x, w) => [conv2d(x, w), einsum("nchw,oc->nohw", x, w.flatten(1))],
    1e-14,
  ],
  [
    "bmm is mm of each",
    draws([2, 2, 3], [2, 3, 2]),
    (a, b) => [a.bmm(b), stack([0, 1].map((i) => a.select(0, i).mm(b.select(0, i))))],
    1e-14,
  ],
  [
    "layerNorm has mean 0",
    draws([[2, 5], "distinct"]),
    (x) => [layerNorm(x, [5]).mean(1), tensor([0, 0], double)],
    1e-13,
  ],
  [
    "batchNorm has mean 0",
    draws([[5, 2], "distinct"]),
    (x) => [batchNorm(x, null, null, { training: true }).mean(0), tensor([0, 0], double)],
    1e-13,
  ],
  [
    "crossEntropy of classes = of one-hot rows",
    draws([2, 3]),
    (x) => [
      crossEntropy(x, tensor([2, 0])),
      crossEntropy(
        x,
        tensor(
          [
            [0, 0, 1],
            [1, 0, 0],
          ],
          double,
        ),
      ),
    ],
    1e-14,
  ],
];

describe.each([
  ["arithmetic", arithmetic],
  ["reductions", reductions],
  ["layouts", layouts],
  ["products", products],
])("laws of %s", (_, laws) => {
  it.each(laws)("%s", (_, tensors, sides, bound = 0) => {
    fc.assert(
      fc.property(tensors, (list) => {
        const [left, right] = sides(...list.map((x) => x.view(x.leaf())));
        expectSame(left, right, bound);
      }),
      { numRuns: 15, seed: 15 },
    );
  });
});
