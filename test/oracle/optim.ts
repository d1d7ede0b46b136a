/** Replays optimizers, schedulers and clipping: the parameters after every step, learning rates, states. */
import type { DeviceName } from "../../src/backend/backend.js";
import { TorchError } from "../../src/core/errors.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { encodeBase64 } from "./base64.js";
import { bind, parseSignatures } from "./call.js";
import { schedulers } from "./class-signatures.js";
import { compare } from "./compare.js";
import { Decoder, tensorRow } from "./decode.js";
import { camel, construct, invoke, need } from "./library.js";
import { Mismatch, type Report, type Row } from "./report.js";

const known = parseSignatures(schedulers);

interface Problem extends Row {
  readonly shapes: number[][];
  readonly grads: Record<string, unknown[][]>;
}

interface Optimizer {
  readonly paramGroups: readonly Record<string, unknown>[];
}

export function replayOptim(rows: readonly Row[], device: DeviceName, report: Report): void {
  const problem = rows.find((row) => row.kind === "problem") as Problem | undefined;
  const checks: Record<string, (row: Row) => void> = {
    optim: (row) => checkOptimizer(row, problem!, device),
    lbfgs: (row) => checkLBFGS(row, device),
    scheduler: (row) => checkScheduler(row, device),
    clip: (row) => checkClip(row, device),
    error: (row) => checkError(row, device),
  };
  rows.forEach((row, i) => {
    const check = checks[row.kind];
    if (!check) return;
    const what = row.scheduler ?? row.optimizer ?? row.function;
    report.check(
      `${i} ${row.kind} ${what} ${JSON.stringify(row.kwargs ?? row.args)} ${row.dtype ?? ""}`,
      () => check(row),
    );
  });
}

// ── parts ────────────────────────────────────────────────────────────────────────────────────────

const camelKeys = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [camel(key), value]));

function parameters(decoder: Decoder, values: unknown): Tensor[] {
  return (values as unknown[]).map((value) => construct("nn.Parameter", decoder.value(value)) as Tensor);
}

function ones(decoder: Decoder, count = 1): Tensor[] {
  const data = encodeBase64(new Uint8Array(Float32Array.of(1, 1).buffer));
  return Array.from(
    { length: count },
    () => construct("nn.Parameter", decoder.tensor({ dtype: "float32", shape: [2], data })) as Tensor,
  );
}

function optimizer(decoder: Decoder, name: unknown, params: unknown, kwargs: unknown): Optimizer {
  return construct(`optim.${name}`, params, camelKeys(decoder.kwargs(kwargs))) as Optimizer;
}

function compareAll(expected: unknown, found: readonly Tensor[], label: string): void {
  (expected as unknown[]).forEach((value, i) => {
    compare(value, found[i], {}, `${label} ${i}`);
  });
}

// ── optimizers ───────────────────────────────────────────────────────────────────────────────────

interface Group {
  readonly params: number[];
  readonly options: Record<string, unknown>;
}

function checkOptimizer(row: Row, problem: Problem, device: DeviceName): void {
  const decoder = new Decoder(device);
  const params = parameters(decoder, row.params);
  const groups = (row.groups as Group[] | undefined)?.map((group) => ({
    ...camelKeys(decoder.kwargs(group.options)),
    params: group.params.map((i) => params[i]!),
  }));
  const steps = problem.grads[row.dtype as string]!;
  const optim = optimizer(decoder, row.optimizer, groups ?? params, row.kwargs);
  compare(row.state_dict_initial, invoke(optim, "stateDict"), {}, "initial state");
  (row.trajectory as unknown[]).forEach((expected, step) => {
    params.forEach((p, i) => {
      const missing = row.missing_grad && i === 1 && step % 2 === 1;
      p.grad = missing ? null : new Decoder(device).tensor(tensorRow(steps[step]![i])!);
    });
    invoke(optim, "step");
    compareAll(expected, params, `step ${step}, parameter`);
  });
  compare(row.state_dict, invoke(optim, "stateDict"), {}, "state");
}

/** The only function in the vectors: Rosenbrock's. */
function rosenbrock(x: Tensor): Tensor {
  const [a, b] = [invoke(x, "select", 0, 0), invoke(x, "select", 0, 1)];
  const left = invoke(invoke(a, "rsub", 1), "pow", 2);
  const right = invoke(invoke(invoke(b, "sub", invoke(a, "pow", 2)), "pow", 2), "mul", 100);
  return invoke(left, "add", right) as Tensor;
}

function checkLBFGS(row: Row, device: DeviceName): void {
  const decoder = new Decoder(device);
  const params = parameters(decoder, row.params);
  const optim = optimizer(decoder, row.optimizer, params, row.kwargs);
  let evaluations = 0;
  const closure = () => {
    evaluations++;
    invoke(optim, "zeroGrad");
    const loss = rosenbrock(params[0]!);
    invoke(loss, "backward");
    return loss;
  };
  // A last bit that differs grows from step to step.
  const tolerance = row.dtype === "float64" ? { atol: 1e-6, rtol: 1e-6 } : { atol: 1e-3, rtol: 1e-3 };
  (row.trajectory as unknown[][]).forEach((expected, step) => {
    const loss = invoke(optim, "step", closure);
    compare(expected[0], params[0], { tolerance }, `step ${step}`);
    compare(
      (row.losses as unknown[])[step],
      typeof loss === "number" ? loss : invoke(loss, "item"),
      { tolerance },
      "loss",
    );
  });
  if (evaluations !== row.evaluations)
    throw new Mismatch(`evaluations: expected ${row.evaluations}, found ${evaluations}`);
}

// ── schedulers ───────────────────────────────────────────────────────────────────────────────────

/** The functions that the vectors give as text; powers by repeated multiplication, as exact as Python's. */
const lambdas: Readonly<Record<string, (epoch: number) => number>> = {
  "0.95**epoch": (epoch) => 0.95 ** epoch,
  "1/(1+epoch)": (epoch) => 1 / (1 + epoch),
  "0.9 if epoch%2 else 1.1": (epoch) => (epoch % 2 ? 0.9 : 1.1),
};

function checkScheduler(row: Row, device: DeviceName): void {
  const decoder = new Decoder(device);
  const lrs = decoder.value(row.group_lrs) as number[];
  const groups = lrs.map((lr) => ({ params: ones(new Decoder(device)), lr }));
  const optim = optimizer(decoder, row.optimizer, groups, {
    lr: { $f: 1 },
    ...(row.optimizer_kwargs as object),
  });
  const kwargs = decoder.kwargs(row.kwargs);
  if (kwargs.lr_lambda) kwargs.lr_lambda = (kwargs.lr_lambda as string[]).map((text) => lambdas[text]);
  const name = String(row.scheduler);
  const path = `optim.lrScheduler.${name}`;
  const scheduler = construct(path, optim, ...bind(known.get(name), [], kwargs));
  const momentum = (group: Record<string, unknown>) => group.betas ?? group.momentum;
  const args = (row.step_args ?? []) as unknown[];
  const tolerance = { atol: 1e-12, rtol: 1e-12 };
  (row.lrs as unknown[]).forEach((expected, i) => {
    if (i > 0) {
      invoke(optim, "step");
      invoke(scheduler, "step", ...(i - 1 < args.length ? [decoder.value(args[i - 1])] : []));
    }
    compare(
      expected,
      optim.paramGroups.map((group) => group.lr),
      { tolerance },
      `lr after ${i} steps`,
    );
    if (row.momenta)
      compare(
        (row.momenta as unknown[])[i],
        optim.paramGroups.map(momentum),
        { tolerance },
        `momentum after ${i} steps`,
      );
  });
}

// ── clipping and misuse ──────────────────────────────────────────────────────────────────────────

function checkClip(row: Row, device: DeviceName): void {
  const decoder = new Decoder(device);
  const params = (row.grads as unknown[]).map((value) => {
    const grad = decoder.value(value) as Tensor;
    const p = construct("nn.Parameter", new Decoder(device).value(value)) as Tensor;
    p.grad = grad;
    return p;
  });
  const name = camel(String(row.function).replace(/^torch\./, ""));
  const [limit, norm] = decoder.value(row.args) as number[];
  const result = need(name)(params, limit, ...(norm === undefined ? [] : [{ normType: norm }]));
  if (row.result) compare(row.result, result, {}, "result");
  compareAll(
    row.clipped,
    params.map((p) => p.grad!),
    "clipped",
  );
}

function checkError(row: Row, device: DeviceName): void {
  const decoder = new Decoder(device);
  const [p] = ones(decoder);
  const params =
    row.params === "empty parameter list" ? [] : row.params === "one parameter twice" ? [p, p] : [p];
  try {
    optimizer(decoder, row.optimizer, params, row.kwargs);
  } catch (error) {
    if (error instanceof TorchError && row.error) return;
    throw error;
  }
  if (row.error)
    throw new Mismatch(`nothing was thrown; PyTorch: ${(row.error as { message: string }).message}`);
}
