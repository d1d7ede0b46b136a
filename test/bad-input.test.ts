/** Whatever a public function is given, it works or throws one of the library's own errors. */
import { describe, expect, it } from "vitest";
import * as torch from "../src/index.js";

const { nn, optim, Tensor, TorchError } = torch;
type Call = (...args: unknown[]) => unknown;

/** Made anew for each call, since some calls write into what they are given. */
const wrong: Readonly<Record<string, () => unknown>> = {
  nothing: () => undefined,
  null: () => null,
  text: () => "abc",
  fraction: () => 1.5,
  negative: () => -7,
  NaN: () => Number.NaN,
  infinity: () => Number.POSITIVE_INFINITY,
  bigint: () => 3n,
  symbol: () => Symbol("s"),
  object: () => ({}),
  "unknown option": () => ({ foo: 1 }),
  "mixed list": () => [1.5, "x"],
  "ragged list": () => [[1], [2, 3]],
  function: () => () => 1,
  matrix: () => torch.ones(2, 3),
  "empty matrix": () => torch.ones(0, 3),
  integers: () => torch.ones([2, 3], { dtype: "int64" }),
  elsewhere: () => torch.ones([2, 3], { device: "reference" }),
};
const matrix = () => torch.ones(2, 3);
/** What stands before the value in question. */
const before: readonly (() => unknown[])[] = [() => [], () => [matrix()], () => [matrix(), matrix()]];

/** Calls that ended in an error of JavaScript's own. */
function failures(name: string, call: Call, lists: Iterable<() => unknown[]>): string[] {
  const found: string[] = [];
  for (const list of lists) {
    try {
      call(...list());
    } catch (error) {
      if (!(error instanceof TorchError)) found.push(`${name}: ${String(error)}`);
    }
  }
  return found;
}

function* lists(starts = before): Generator<() => unknown[]> {
  for (const start of starts) for (const value of Object.values(wrong)) yield () => [...start(), value()];
}

const isClass = (f: unknown): boolean =>
  typeof f === "function" && /^class\b/.test(Function.prototype.toString.call(f));
/** These change what later calls see, or last until they are disposed of, and are tested by themselves. */
const settings =
  /^(noGrad|enableGrad|inferenceMode|scope|setDefault|setPrintoptions|manualSeed|seed|setMemoryBudget|setRngState|setGradEnabled)/;

const spaces: Readonly<Record<string, object>> = {
  torch,
  "nn.functional": nn.functional,
  "nn.init": nn.init,
  "nn.utils": nn.utils,
  linalg: torch.linalg,
  fft: torch.fft,
  masked: torch.masked,
  special: torch.special,
  autograd: torch.autograd,
  data: torch.utils.data,
  io: torch.io,
};

describe.each(Object.entries(spaces))("functions of %s", (_, space) => {
  it("refuse what does not fit", () => {
    const found = Object.entries(space).flatMap(([name, f]) =>
      typeof f !== "function" || settings.test(name) || (isClass(f) && name.endsWith("Error"))
        ? []
        : failures(
            name,
            isClass(f) ? (...args) => Reflect.construct(f as new () => object, args) : (f as Call),
            lists(),
          ),
    );
    expect(found).toEqual([]);
  });
});

it("methods of tensors refuse what does not fit", () => {
  // What the library itself calls, past its own checks.
  const own = /^(constructor|renew|setHistory|peekGrad|keepGrad|alias|become)$/;
  const methods = Object.entries(Object.getOwnPropertyDescriptors(Tensor.prototype));
  const found = methods.flatMap(([name, { value }]) =>
    typeof value !== "function" || own.test(name)
      ? []
      : failures(name, (...args) => (value as Call).apply(matrix(), args), lists(before.slice(0, 2))),
  );
  expect(found).toEqual([]);
});

it("layers refuse what does not fit, when made and when called", () => {
  const found = Object.entries(nn).flatMap(([name, f]) => {
    if (!isClass(f)) return [];
    const make = (...args: unknown[]) => Reflect.construct(f as new () => object, args);
    const arguments_ = [[], [2], [2, 3], [2, 3, 2]].find((args) => {
      try {
        return typeof make(...args) === "function";
      } catch {
        return false;
      }
    });
    const made = failures(name, make, lists([() => [], () => [2], () => [2, 3]]));
    if (!arguments_) return made;
    return [...made, ...failures(`${name}()`, make(...arguments_) as Call, lists())];
  });
  expect(found).toEqual([]);
});

it("optimizers and schedules refuse what does not fit", () => {
  const parameters = () => [new nn.Parameter(torch.ones(2))];
  const optimizer = () => new optim.SGD(parameters(), { lr: 1 });
  const classes = ([name, f]: [string, unknown]) => isClass(f) && !/^(Optimizer|LRScheduler)$/.test(name);
  const optimizers = Object.entries(optim).filter(classes);
  const schedules = Object.entries(optim.lrScheduler).filter(classes);
  const found = [
    ...optimizers.flatMap(([name, f]) =>
      failures(name, (...args) => Reflect.construct(f as new () => object, args), [
        ...lists([() => [], () => [parameters()]]),
        ...["lr", "momentum", "betas", "eps", "weightDecay", "nesterov"].flatMap((key) =>
          Object.values(wrong).map((value) => () => [parameters(), { lr: 1, [key]: value() }]),
        ),
      ]),
    ),
    ...schedules.flatMap(([name, f]) =>
      failures(name, (...args) => Reflect.construct(f as new () => object, args), [
        ...lists([() => [], () => [optimizer()], () => [optimizer(), 2]]),
      ]),
    ),
  ];
  expect(found).toEqual([]);
});

describe("options are what their names mean, everywhere", () => {
  const x = matrix();
  it.each<[() => unknown, string]>([
    [() => x.sum(0, { keepdim: "yes" as never }), 'sum: keepdim must be a boolean: got "yes"'],
    [
      () => x.sum(0, { dtype: "float" as never }),
      'sum: dtype must be one of float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8, bool: got "float"',
    ],
    [() => x.add(1, { alpha: "2" as never }), 'add: alpha must be a number: got "2"'],
    [
      () => x.normal_(0, 1, { generator: {} as never }),
      "normal_: generator must be a Generator: got an object",
    ],
    [
      () => nn.functional.layerNorm(x, [3], { weight: [1, 2, 3] as never }),
      "layerNorm: weight must be a tensor: got [1, 2, 3]",
    ],
    [
      () => new nn.Linear(2, 3, { bias: x as never }),
      "Linear: bias must be a boolean: got Tensor of shape [2, 3]",
    ],
    [
      () => nn.functional.conv1d(torch.ones(1, 2, 4), torch.ones(3, 2, 2), { bias: true as never }),
      "conv1d: bias must be a tensor: got true",
    ],
    [() => nn.functional.dropout(x, { p: "0.5" as never }), 'dropout: p must be a number: got "0.5"'],
  ])("%#", (run, message) => {
    expect(run).toThrow(new torch.ArgumentError(message));
  });
});

it("what is refused has changed nothing", () => {
  const before = [1, 2, 3];
  const x = torch.tensor(before, { dtype: "float32" });
  const version = x.version.value;
  const refused: (() => unknown)[] = [
    () => x.add_(torch.ones(2)),
    () => x.copy_(torch.ones(2)),
    () => x.setAt([5], 1),
    () => x.fill_("a" as never),
    () => x.normal_(0, -1),
    () => x.clamp_({} as never),
    () => x.indexAdd_(0, torch.tensor([7]), torch.ones(1)),
    () => torch.noGrad("a" as never),
  ];
  for (const run of refused) expect(run).toThrow(TorchError);
  expect([x.toArray(), x.version.value, torch.isGradEnabled()]).toEqual([before, version, true]);
});
