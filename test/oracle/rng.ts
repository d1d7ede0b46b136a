/** Replays random streams: values, and how much of the stream was used. */
import type { DeviceName } from "../../src/backend/backend.js";
import { numel } from "../../src/core/shape.js";
import { Tensor } from "../../src/tensor/tensor.js";
import { encodeBase64 } from "./base64.js";
import { bind, parseSignatures, scope } from "./call.js";
import { modules } from "./class-signatures.js";
import { compare, type Tolerance } from "./compare.js";
import { Decoder, foundElements, isObject, type TensorRow } from "./decode.js";
import { camel, construct, find, invoke, need, seed } from "./library.js";
import { evaluatePython } from "./python.js";
import { Mismatch, type Report, type Row, Skip } from "./report.js";

type Params = Readonly<Record<string, unknown>>;
type Case = (params: Params, device: DeviceName) => unknown;

const known = parseSignatures(modules);

// ── parts ────────────────────────────────────────────────────────────────────────────────────────

const zeros = (p: Params, shape: unknown = p.shape ?? [p.n]) => need("zeros")(shape, { dtype: p.dtype });
const onesOf = (p: Params, shape: unknown = p.shape ?? [p.n]) => need("ones")(shape, { dtype: p.dtype });
const weights = (p: Params) => need("tensor")(p.weights, { dtype: p.dtype });
const dataset = (n: unknown) => need("arange")(n);

/** A fresh tensor filled in place by a method. */
const filled =
  (method: string, ...keys: string[]): Case =>
  (p) =>
    invoke(zeros(p), camel(method), ...keys.map((key) => p[key]));

/** Fills of nn.init, every parameter beyond the tensor by name. */
const init =
  (name: string): Case =>
  ({ dtype, shape, ...rest }) => {
    const options = Object.fromEntries(
      Object.entries(rest)
        .filter(([key]) => key !== "sparsity")
        .map(([k, v]) => [camel(k), v]),
    );
    const positional = rest.sparsity === undefined ? [] : [rest.sparsity];
    const fill = need(`nn.init.${camel(name)}`);
    return fill(zeros({ shape, dtype }), ...positional, ...(Object.keys(options).length ? [options] : []));
  };

const draws = (p: Params, name: string) => (p.n as number[]).map((n) => need(name)([n], { dtype: p.dtype }));
const joined = (parts: unknown[]) => need("cat")(parts);

function epochs(p: Params, iterable: unknown): unknown[] {
  const count = (p.epochs as number | undefined) ?? 1;
  return Array.from({ length: count }, () => [...(iterable as Iterable<unknown>)].map(plain));
}

const plain = (value: unknown): unknown =>
  value instanceof Tensor ? foundElements(value).map(Number) : value;

function generatorOf(p: Params): object {
  if (p.generator_seed === undefined) return {};
  const generator = construct("Generator");
  invoke(generator, "manualSeed", p.generator_seed);
  return { generator };
}

function sampler(name: string, ...keys: string[]): Case {
  return (p) => {
    const options = Object.fromEntries(
      keys.filter((key) => p[key] !== undefined).map((key) => [camel(key), p[key]]),
    );
    const all = epochs(p, construct(`utils.data.${name}`, dataset(p.n), { ...options, ...generatorOf(p) }));
    return p.epochs === undefined ? all[0] : all;
  };
}

function loader(p: Params): unknown {
  const data = Array.from({ length: p.n as number }, (_, i) => i);
  const options = { batchSize: p.batch_size, shuffle: true, ...generatorOf(p) };
  return epochs(p, construct("utils.data.DataLoader", data, options));
}

// ── cases ────────────────────────────────────────────────────────────────────────────────────────

const inits = [
  "xavier_uniform_",
  "xavier_normal_",
  "trunc_normal_",
  "kaiming_uniform_",
  "kaiming_normal_",
  "orthogonal_",
  "normal_",
  "uniform_",
  "sparse_",
];

const cases: Readonly<Record<string, Case>> = {
  rand: (p) => need("rand")([p.n], { dtype: p.dtype }),
  randn: (p) => need("randn")([p.n], { dtype: p.dtype }),
  "randn 2-d": (p) => need("randn")(p.shape, { dtype: p.dtype }),
  "randn twice": (p) => joined(draws(p, "randn")),
  "randn then rand then randn": (p) => {
    const [a, b, c, d] = p.n as number[];
    const make = (name: string, n: number | undefined) => need(name)([n], { dtype: p.dtype });
    return joined([make("randn", a), make("rand", b), make("randn", c), make("randn", d)]);
  },
  "normal_ (contiguous)": filled("normal_", "mean", "std"),
  "normal_ (transposed view of 4x5)": (p) => invoke(invoke(zeros(p, [5, 4]), "t"), "normal_", p.mean, p.std),
  "torch.normal(mean, std) tensors": (p) => {
    const mean = need("arange")(p.n, { dtype: p.dtype });
    return need("normal")(mean, invoke(onesOf(p), "mul", 0.5));
  },
  "rand_like (transposed)": (p) =>
    need("randLike")(invoke(zeros(p, [...(p.shape as number[])].reverse()), "t")),
  uniform_: filled("uniform_", "a", "b"),
  exponential_: filled("exponential_", "lambd"),
  cauchy_: filled("cauchy_", "median", "sigma"),
  log_normal_: filled("log_normal_", "mean", "std"),
  geometric_: filled("geometric_", "p"),
  "random_()": filled("random_"),
  "bernoulli_(p)": filled("bernoulli_", "p"),
  "bernoulli(tensor of p)": (p) => need("bernoulli")(invoke(onesOf(p), "mul", 0.3)),
  "dropout of ones": (p) => need("nn.functional.dropout")(onesOf(p), { p: p.p }),
  "dropout2d of ones (2,8,1,1)": (p) => need("nn.functional.dropout2d")(onesOf(p, [2, 8, 1, 1]), { p: p.p }),
  "alpha_dropout of ones": (p) => need("nn.functional.alphaDropout")(onesOf(p), { p: p.p, training: true }),
  "multinomial without replacement": (p) => need("multinomial")(weights(p), p.num_samples),
  "multinomial with replacement": (p) =>
    need("multinomial")(weights(p), p.num_samples, { replacement: true }),
  "multinomial 1": (p) => need("multinomial")(weights(p), p.num_samples),
  gumbel_softmax: (p) => need("nn.functional.gumbelSoftmax")(zeros(p, [8])),
  randint: (p) =>
    need("randint")(BigInt(p.low as string), BigInt(p.high as string), [p.n], { dtype: p.dtype }),
  randperm: (p) => need("randperm")(p.n),
  poisson: (p) =>
    need("poisson")(
      need("tensor")([0.5, 3, 20, 100, 0.5, 3, 20, 100, 0.5, 3, 20, 100, 0.5, 3, 20, 100], {
        dtype: p.dtype,
      }),
    ),
  "module init": (p) => {
    const module = evaluatePython(
      `nn.${p.module}`,
      scope({}, (path, args, kwargs) => {
        const name = String(path).split(".").at(-1)!;
        return construct(`nn.${name}`, ...bind(known.get(name), args, kwargs));
      }),
    );
    return [...(invoke(module, "parameters") as Iterable<unknown>)];
  },
  RandomSampler: sampler("RandomSampler"),
  "RandomSampler own generator": sampler("RandomSampler"),
  "RandomSampler with replacement": (p) =>
    sampler("RandomSampler", "num_samples", "replacement")({ ...p, replacement: true }, "cpu"),
  SubsetRandomSampler: (p) =>
    epochs(
      p,
      construct(
        "utils.data.SubsetRandomSampler",
        Array.from({ length: 10 }, (_, i) => 10 + i),
      ),
    )[0],
  WeightedRandomSampler: (p) =>
    epochs(p, construct("utils.data.WeightedRandomSampler", p.weights, p.num_samples))[0],
  "DataLoader shuffle": loader,
  "DataLoader shuffle, generator": loader,
  "DataLoader without shuffle: next rand(2)": (p) => {
    const data = Array.from({ length: p.n as number }, (_, i) => i);
    for (const _ of construct("utils.data.DataLoader", data) as Iterable<unknown>);
    return need("rand")([2]);
  },
  random_split: (p) => {
    const parts = need("utils.data.randomSplit")(dataset(p.n), p.lengths) as { indices: unknown }[];
    return parts.map((part) => [...(part.indices as Iterable<unknown>)]);
  },
  ...Object.fromEntries(inits.map((name) => [`init.${name}`, init(name)])),
};

/** The last bit of a logarithm or a sine may differ; what is made of bits alone may not. */
const lastBit = { float32: { atol: 1e-7, rtol: 2.4e-7 }, float64: { atol: 1e-15, rtol: 1e-14 } };
const lastBits = /randn|normal|exponential|cauchy|gumbel|orthogonal|sparse|alpha|erfinv|geometric|poisson/;

/**
 * How large a last bit comes out: one of erfinv grows by the deviation before the mean cancels it; LAPACK's QR of k columns
 * rounds k times in float32.
 */
function growth({ case: name, params }: Row): number {
  const { std, shape } = params as { std?: { $f: number }; shape: number[] };
  if (name === "init.trunc_normal_") return Math.max(1, std?.$f ?? 1);
  return name === "init.orthogonal_" ? Math.min(shape[0]!, numel(shape) / shape[0]!) : 1;
}

function toleranceOf(row: Row, dtype: keyof typeof lastBit): Tolerance {
  if (!lastBits.test(String(row.case))) return { atol: 0, rtol: 0 };
  const { atol, rtol } = lastBit[dtype];
  return { atol: atol * growth(row), rtol };
}

/** The first 32 elements; PyTorch's row says whether it kept the last instead. */
function compareValue(row: Row, expected: unknown, found: unknown): void {
  if (!isObject(expected) || !isObject(expected.first)) {
    if (!Array.isArray(expected)) throw new Skip("a value of another kind");
    const values = found instanceof Tensor ? foundElements(found) : (found as unknown[]);
    if (values.length !== expected.length)
      throw new Mismatch(`length: expected ${expected.length}, found ${values.length}`);
    expected.forEach((item, i) => {
      const value = values[i];
      if (isObject(item) || Array.isArray(item))
        compareValue(row, item, value instanceof Tensor && Array.isArray(item) ? plain(value) : value);
      else if (Number(value) !== item) throw new Mismatch(`value ${i}: expected ${item}, found ${value}`);
    });
    return;
  }
  const first = (expected.first as { $t: TensorRow }).$t;
  if (!(found instanceof Tensor)) throw new Mismatch("not a tensor");
  const count = first.shape[0]!;
  const tail = (row.params as Params).keep === "tail";
  if (!tail && found.shape.join() !== String(expected.shape))
    throw new Mismatch(`shape: expected [${expected.shape}], found [${found.shape}]`);
  const all = invoke(invoke(found, "detach"), "reshape", [-1]);
  const flat = invoke(all, "narrow", 0, tail ? found.numel() - count : 0, count);
  compare({ $t: first }, flat, { tolerance: toleranceOf(row, first.dtype as "float32") });
}

export function replayRandom(rows: readonly Row[], device: DeviceName, report: Report): void {
  for (const row of rows)
    report.check(`${row.case ?? row.kind} seed ${row.seed} ${JSON.stringify(row.params ?? {})}`, () => {
      if (row.kind === "state") return checkState(row);
      const run = cases[String(row.case)];
      if (!run) throw new Skip(`no case ${row.case ?? row.kind}`);
      if (device !== "cpu") find("setDefaultDevice") ? need("setDefaultDevice")(device) : skipDevice();
      try {
        seed(BigInt(row.seed as string));
        const found = run(new Decoder(device).kwargs(row.params), device);
        compareValue(row, row.value, found);
        const next = invoke(need("empty")([1], { dtype: "int64" }), "random_", 0, 4294967296) as Tensor;
        const [value] = foundElements(next);
        if (Number(value) !== row.next_random_0_2to32)
          throw new Mismatch(`next draw: expected ${row.next_random_0_2to32}, found ${value}`);
      } finally {
        if (device !== "cpu" && find("setDefaultDevice")) need("setDefaultDevice")("cpu");
      }
    });
}

/** The whole state after manual_seed(5), and after three normal numbers more. */
function checkState(row: Row): void {
  const state = () => encodeBase64(need("getRngState")() as Uint8Array);
  seed(5);
  const before = state();
  need("randn")([3]);
  const after = state();
  const expected = [row.state, row.state_after_randn3].map((value) => (value as { $t: TensorRow }).$t.data);
  if (before !== expected[0]) throw new Mismatch("state after manual_seed(5)");
  if (after !== expected[1]) throw new Mismatch("state after randn(3)");
}

function skipDevice(): never {
  throw new Skip("streams on another device");
}
