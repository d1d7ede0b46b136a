/** Replays the operators' samples: values, dtypes, gradients, node names, aliasing, errors. */
import type { DeviceName } from "../../src/backend/backend.js";
import { TorchError } from "../../src/core/errors.js";
import { Tensor } from "../../src/tensor/tensor.js";
import { callMethod, evaluateCall } from "./call.js";
import { type Comparison, compare, partAt, tensorPaths } from "./compare.js";
import { atPath, Decoder, type Layout, tensorRow, unify } from "./decode.js";
import { invoke, need, seed } from "./library.js";
import { Mismatch, type Report, type Row, Skip } from "./report.js";
import { sameSelection } from "./ties.js";

interface Op extends Row {
  readonly key: string;
  readonly call: string;
  readonly inplace: string | null;
  readonly compare: Comparison["mode"];
}

interface OutInfo {
  readonly grad_fn?: string;
  readonly is?: string;
  readonly shares?: string;
  readonly offset?: number;
}

/** Results that depend on how the input lies in memory, as they should. */
const layoutMatters = ["view", "view_as", "as_strided", "as_strided_scatter", "resize_", "resize_as_"];

/** A row's arguments for one device and layout, and the call on them. */
class Trial {
  readonly decoder: Decoder;
  readonly input: unknown;
  readonly args: unknown[];
  readonly kwargs: Record<string, unknown>;

  constructor(
    readonly op: Op,
    readonly row: Row,
    device: DeviceName,
    layout: Layout = "given",
  ) {
    this.decoder = new Decoder(device, layout);
    this.input = this.decoder.value(row.input);
    this.args = this.decoder.value(row.args) as unknown[];
    this.kwargs = this.decoder.kwargs(row.kwargs);
    if (row.random) seed(row.seed);
  }

  run(): unknown {
    return evaluateCall(this.op.call, this.input, this.args, this.kwargs);
  }

  /** The tensor that was made for a path. */
  at(path: string): Tensor {
    const row = tensorRow(atPath(this.row, path));
    if (!row) throw new Skip(`no tensor at ${path}`);
    return this.decoder.tensor(row);
  }
}

/** Rows of one op or more; each op's own line stands before its samples. */
export function replayOps(rows: readonly Row[], device: DeviceName, report: Report): void {
  let op: Op | undefined;
  for (const row of rows) {
    if (row.kind === "op") op = row as Op;
    if (!op) throw new SyntaxError("a sample before its op");
    if (row.kind !== "op") replayRow(op, row, device, report);
  }
}

function replayRow(op: Op, row: Row, device: DeviceName, report: Report): void {
  unify(row);
  const name = `${op.key} ${row.kind} ${row.i}${row.dtype ? ` ${row.dtype}` : ""}${row.from ? " reference" : ""}`;
  report.check(name, () =>
    row.kind === "error" ? checkError(op, row, device) : checkSample(op, row, device),
  );
}

function checkError(op: Op, row: Row, device: DeviceName): void {
  if (row.overlap) throw new Skip("overlapping arguments");
  const trial = new Trial(op, row, device);
  try {
    trial.run();
  } catch (error) {
    if (error instanceof TorchError) return;
    throw error;
  }
  const { type, message } = row.error as { type: string; message: string };
  if (message.includes("must be int, not float")) throw new Skip("1.0 is 1 in JavaScript");
  throw new Mismatch(`nothing was thrown; PyTorch: ${type}: ${message.split("\n")[0]}`);
}

/** PyTorch's own errors, which the row lists in the outputs' order, by path. */
function errorsOf(row: Row): Comparison["f32Error"] {
  const errors = (row.f32_err ?? []) as (unknown[] | null)[];
  return Object.fromEntries(tensorPaths(row.out).map((path, i) => [path, errors[i] ?? null]));
}

function checkSample(op: Op, row: Row, device: DeviceName): void {
  const how: Comparison = { mode: op.compare, f32Error: errorsOf(row) };
  const trial = new Trial(op, row, device);
  const out = trial.run();
  compareOut(row, out, how);
  checkInfo(trial, out);
  for (const [path, value] of Object.entries((row.after ?? {}) as object))
    compare(value, trial.at(path), how, path);
  checkGradients(trial, out, how);
  if (!row.random && !layoutMatters.includes(op.key))
    labelled("with gaps in memory", () => {
      const spread = new Trial(op, row, device, "spread");
      const again = spread.run();
      compareOut(row, again, how);
      checkGradients(spread, again, how);
    });
  if (op.inplace && op.inplace !== "<lambda>" && op.call.startsWith("torch."))
    labelled("in place", () => checkInPlace(op, row, device, how));
}

function labelled(label: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof Mismatch) throw new Mismatch(`${label}: ${error.message}`);
    throw error;
  }
}

function compareOut(row: Row, out: unknown, how: Comparison): void {
  if (how.mode === "ties" && sameSelection(row, out)) return;
  compare(row.out, out, how);
}

function checkInfo(trial: Trial, out: unknown): void {
  for (const [path, info] of Object.entries((trial.row.outinfo ?? {}) as Record<string, OutInfo>)) {
    const found = partAt(trial.row.out, out, path);
    if (!(found instanceof Tensor)) continue;
    const at = path ? ` of output ${path}` : "";
    const name = found.gradFn?.name;
    if (info.grad_fn && name !== info.grad_fn.replace("torch::autograd::", ""))
      throw new Mismatch(`gradFn${at}: expected ${info.grad_fn}, found ${name ?? "none"}`);
    if (info.is && found !== trial.at(info.is)) throw new Mismatch(`output ${path} is not ${info.is} itself`);
    if (!info.shares) continue;
    const source = trial.at(info.shares);
    if (found.storage !== source.storage)
      throw new Mismatch(`output ${path} does not share memory with ${info.shares}`);
    const offset = info.offset ?? source.storageOffset();
    if (found.storageOffset() !== offset)
      throw new Mismatch(`storage offset${at}: expected ${offset}, found ${found.storageOffset()}`);
  }
}

function checkGradients(trial: Trial, out: unknown, how: Comparison): void {
  const { row } = trial;
  if (!row.grads || !row.cotangents || how.mode === "gauge") return;
  const [grads, cotangents] = [
    row.grads as Record<string, unknown>,
    row.cotangents as Record<string, unknown>,
  ];
  const outputs = Object.keys(cotangents).map((path) => partAt(row.out, out, path));
  const gradOutputs = Object.values(cotangents).map((value) => trial.decoder.value(value));
  const paths = Object.keys(grads);
  const inputs = paths.map((path) => trial.at(path));
  const found = need("autograd.grad")(outputs, inputs, { gradOutputs, allowUnused: true }) as unknown[];
  paths.forEach((path, i) => {
    compare(grads[path], found[i] ?? null, { f32Error: how.f32Error, gradient: true }, `gradient of ${path}`);
  });
}

/** `x.add_(…)` on a copy gives what `add` gives, or must be refused where the result would not fit. */
function checkInPlace(op: Op, row: Row, device: DeviceName, how: Comparison): void {
  const [input, out] = [tensorRow(row.input), tensorRow(row.out)];
  if (!input || !out || !/\((x, \*a|x, a\[0\])/.test(op.call)) return;
  const sameShape = input.shape.join() === out.shape.join();
  // The row's own flag is also set where nothing is broadcast.
  const refused = Boolean(row.broadcasts_input) && !sameShape;
  if (!refused && (!sameShape || input.dtype !== out.dtype)) return;
  const trial = new Trial(op, row, device);
  if (!(trial.input instanceof Tensor)) return;
  const target = invoke(trial.input, "clone");
  const run = () => callMethod(target, op.inplace!, trial.args, trial.kwargs);
  if (!refused) {
    compare(row.out, run(), how);
    return;
  }
  try {
    run();
  } catch (error) {
    if (error instanceof TorchError) return;
    throw error;
  }
  throw new Mismatch("nothing was thrown, though the result does not fit");
}
