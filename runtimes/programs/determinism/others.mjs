/** What joins many numbers, draws them, or changes their dtype. */
import * as torch from "wasmgrad";
import { numbers } from "./numbers.mjs";

const { fft, linalg } = torch;

/** Sums, scans and softmax, whose order of adding is part of their bits. */
function* reductions(dtype) {
  const x = torch.tensor(numbers(10_000, 4), { dtype }).nanToNum(0, 9, -9).clamp(-1e6, 1e6);
  const m = x.reshape([100, 100]);
  for (const name of ["sum", "mean", "std", "var", "logsumexp", "softmax", "logSoftmax", "cumsum", "norm"])
    for (const [layout, y] of [
      ["rows", m],
      ["columns", m.t()],
    ]) {
      const result = name === "norm" ? linalg.vectorNorm(y, 2, 1) : y[name](1);
      yield [`${name} of ${layout} ${dtype}`, [result]];
    }
  const small = m.clamp(-1, 1);
  yield [
    `products ${dtype}`,
    [m.matmul(m), small.mv(small.at(0)), small.cumprod(1), small.prod(1), torch.logcumsumexp(m, 1)],
  ];
}

function* algebra(dtype) {
  const a = torch.tensor(numbers(428, 5).slice(28), { dtype }).clamp(-2, 2).reshape([20, 20]);
  const positive = a.matmul(a.t()).add(torch.eye(20, { dtype }));
  yield [
    `factors ${dtype}`,
    [linalg.qr(a), linalg.svd(a), linalg.lu(a), [linalg.cholesky(positive)]].flatMap(Object.values),
  ];
  yield [`eigen ${dtype}`, Object.values(linalg.eigh(positive))];
  yield [
    `solutions ${dtype}`,
    [linalg.inv(positive), linalg.solve(positive, a), linalg.det(a), linalg.matrixExp(a)],
  ];
  yield [`transforms ${dtype}`, [fft.irfft(a), fft.hfft(a)]];
}

function* random(dtype) {
  torch.manualSeed(7);
  const empty = () => torch.empty([10_000], { dtype });
  yield [
    `draws ${dtype}`,
    [torch.rand([10_000], { dtype }), torch.randn([10_000], { dtype }), torch.randn([7], { dtype })],
  ];
  yield [`exponential ${dtype}`, [empty().exponential_(1.5)]];
  yield [`cauchy ${dtype}`, [empty().cauchy_(0, 2)]];
  yield [`log-normal ${dtype}`, [empty().logNormal_(1, 2)]];
  yield [`geometric ${dtype}`, [empty().geometric_(0.3)]];
  const rates = torch.rand([1000], { dtype }).mul(30);
  yield [`poisson ${dtype}`, [torch.poisson(rates)]];
  yield [
    `choices ${dtype}`,
    [torch.multinomial(rates, 100), rates.mul(1 / 30).bernoulli(), torch.randperm(1000)],
  ];
}

function* made(dtype) {
  const windows = [torch.hannWindow, torch.hammingWindow, torch.blackmanWindow, torch.kaiserWindow];
  yield [`windows ${dtype}`, windows.map((window) => window(1000, { dtype }))];
  yield [`spaced ${dtype}`, [torch.linspace(-3, 7, 1000, { dtype }), torch.logspace(-3, 7, 1000, { dtype })]];
  const x = torch.tensor(numbers(10_000, 6), { dtype });
  yield [
    `casts ${dtype}`,
    [x.to("float16"), x.to("bfloat16"), x.to("float64"), x.to("float32"), x.to("bool")],
  ];
  // Of what no integer holds C says nothing; here it is the same everywhere.
  yield [`casts to integers ${dtype}`, ["int64", "int32", "int16", "int8", "uint8"].map((to) => x.to(to))];
}

/** By name, lists of tensors. */
export function* others() {
  for (const dtype of ["float32", "float64"])
    for (const part of [reductions, algebra, random, made]) yield* part(dtype);
}
