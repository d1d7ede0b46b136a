/** Sequences that line up with longer ones in every way there is. */
import { checkInteger, checkIterable } from "../../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import { makeOf } from "../../tensor/make.js";
import { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { add, div, mul, neg, sub } from "../elementwise/arithmetic.js";
import { eq } from "../elementwise/comparison.js";
import { exp, log } from "../elementwise/exponential.js";
import { maskedFill, maximum, where } from "../elementwise/selection.js";
import { gather } from "../index/gathering.js";
import { checkKind, checkTensor, onesOf } from "../kernel.js";
import { named } from "../named.js";
import { mean, sum } from "../reduction/reduction.js";
import { cat, stack } from "../shape/joining.js";
import { narrow, select } from "../shape/slicing.js";
import { squeeze, unsqueeze } from "../shape/view.js";
import { type LossOptions, reductionOf } from "./loss-reduction.js";

export interface CtcLossOptions extends LossOptions {
  /** The class that stands for nothing. @defaultValue 0 */
  blank?: number;
  /** Losses that are infinite, as the input is too short, count 0. @defaultValue false */
  zeroInfinity?: boolean;
}

const NEVER = Number.NEGATIVE_INFINITY;

/** ln Σ e^x of tensors of one shape; −∞ without a gradient where all are. */
function logAdd(...terms: Tensor[]): Tensor {
  const top = terms.map((x) => x.detach()).reduce(maximum);
  const impossible = eq(top, NEVER);
  const base = maskedFill(top, impossible, 0);
  const total = terms.map((x) => exp(sub(x, base))).reduce((a, b) => add(a, b));
  return maskedFill(add(log(maskedFill(total, impossible, 1)), base), impossible, NEVER);
}

/** Rows of `targets`, one for each sequence, whether given as a matrix or one after the other. */
function rowsOf(op: string, targets: Tensor, lengths: readonly number[]): number[][] {
  const values = valuesOf(targets).map(Number);
  const total = lengths.reduce((a, b) => a + b, 0);
  if (targets.ndim === 2) {
    const width = targets.shape[1]!;
    if (targets.shape[0] !== lengths.length || lengths.some((n) => n > width))
      throw new ShapeError(
        `${op}: Expected tensor to have size at least ${Math.max(0, ...lengths)} at dimension 1, but got size ${width} for targets ${formatShape(targets.shape)}`,
      );
    return lengths.map((n, i) => values.slice(i * width, i * width + n));
  }
  if (targets.ndim !== 1 || values.length !== total)
    throw new ShapeError(
      `${op}: targets of shape ${formatShape(targets.shape)} do not fit target_lengths of ${total} in all`,
    );
  let from = 0;
  return lengths.map((n) => values.slice(from, (from += n)));
}

function lengthsOf(
  op: string,
  name: string,
  given: Tensor | readonly number[] | number,
  count: number,
): number[] {
  if (typeof given !== "number") checkIterable(op, name, given);
  if (given instanceof Tensor && (given.dtype === "bool" || given.isFloatingPoint()))
    throw new DTypeError(`${op}: ${name} must be integral: got ${given.dtype}`);
  const list =
    given instanceof Tensor ? valuesOf(given).map(Number) : typeof given === "number" ? [given] : [...given];
  if (list.length !== count || list.some((n) => !Number.isInteger(n) || n < 0))
    throw new ArgumentError(`${op}: ${name} must be of size batch_size: got ${list.length} for ${count}`);
  return list;
}

/**
 * −ln of the probability of all ways to read the targets from a longer sequence: repeated classes join, blanks vanish.
 *
 * As PyTorch's, the gradient is that of log-probabilities which come from `logSoftmax`.
 *
 * @param logProbs [T, N, C] or [T, C]
 * @param targets [N, S], or one after the other [Σ targetLengths]
 * @throws ArgumentError for lengths that do not fit
 * @see torch.nn.functional.ctc_loss; Graves et al. 2006
 */
export function ctcLoss(
  logProbs: Tensor,
  targets: Tensor,
  inputLengths: Tensor | readonly number[] | number,
  targetLengths: Tensor | readonly number[] | number,
  options: CtcLossOptions = {},
): Tensor {
  const op = "ctcLoss";
  checkTensor(op, logProbs);
  checkTensor(op, targets);
  checkKind(op, logProbs, "float");
  checkKind(op, targets, "int");
  const reduction = reductionOf(op, options, ["blank", "reduction", "zeroInfinity"]);
  if (logProbs.ndim !== 2 && logProbs.ndim !== 3)
    throw new ShapeError(`${op}: Expected log_probs [T, N, C] or [T, C]: got ${formatShape(logProbs.shape)}`);
  const batched = logProbs.ndim === 3;
  const x = batched ? logProbs : unsqueeze(logProbs, 1);
  const [T, N, C] = x.shape as [number, number, number];
  const blank = checkInteger(op, "blank", options.blank ?? 0, 0);
  if (blank >= C) throw new ArgumentError(`${op}: blank must be in label range: ${blank} of ${C}`);
  const times = lengthsOf(op, "input_lengths", inputLengths, N);
  const lengths = lengthsOf(op, "target_lengths", targetLengths, N);
  if (times.some((t) => t > T))
    throw new ArgumentError(
      `${op}: Expected input_lengths to have value at most ${T}, but got value ${Math.max(...times)}`,
    );
  const rows = rowsOf(op, batched || targets.ndim === 1 ? targets : squeeze(targets, 0), lengths);
  if (rows.flat().some((c) => c < 0 || c >= C))
    throw new ArgumentError(`${op}: targets must lie in [0, ${C})`);
  const raw = losses(x, rows, times, blank);
  const impossible = eq(raw.detach(), Number.POSITIVE_INFINITY);
  const each = options.zeroInfinity ? where(impossible, 0, raw) : raw;
  if (reduction === "mean") {
    const sizes = makeOf(
      lengths.map((n) => Math.max(n, 1)),
      [N],
      x.dtype,
      x.storage.backend,
    );
    return mean(div(each, sizes));
  }
  if (reduction === "sum") return sum(each);
  return batched ? each : squeeze(each, 0);
}

/** One loss for each sequence of the batch. */
function losses(
  x: Tensor,
  rows: readonly (readonly number[])[],
  times: readonly number[],
  blank: number,
): Tensor {
  const [T, N] = x.shape as [number, number];
  const { backend } = x.storage;
  // Blanks around every target: a place is reached from itself, the one before, or over a blank between unlike ones.
  const width = 2 * Math.max(0, ...rows.map((row) => row.length)) + 1;
  const classes = rows.flatMap((row) =>
    Array.from({ length: width }, (_, i) => (i % 2 ? (row[(i - 1) / 2] ?? blank) : blank)),
  );
  const skips = classes.map((c, i) => i % width >= 2 && c !== blank && c !== classes[i - 2]);
  const table = (values: readonly number[], dtype: "int64" | "bool", shape: number[]) =>
    makeOf(values, shape, dtype, backend);
  const places = table(classes, "int64", [N, width]);
  const closed = table(
    skips.map((open) => (open ? 0 : 1)),
    "bool",
    [N, width],
  );
  const unreached = table(
    classes.map((_, i) => (i % width < 2 ? 0 : 1)),
    "bool",
    [N, width],
  );
  const never = (columns: number) => mul(onesOf(x, [N, columns]), NEVER);
  const shifted = (a: Tensor, by: number) =>
    width <= by ? never(width) : cat([never(by), narrow(a, 1, 0, width - by)], 1);
  const at = (t: number) => gather(select(x, 0, t), 1, places);
  const running = (t: number) =>
    table(
      times.map((n) => (t < n ? 1 : 0)),
      "bool",
      [N, 1],
    );
  let alpha = T === 0 ? never(width) : where(running(0), maskedFill(at(0), unreached, NEVER), never(width));
  for (let t = 1; t < T; t++) {
    const next = add(logAdd(alpha, shifted(alpha, 1), maskedFill(shifted(alpha, 2), closed, NEVER)), at(t));
    alpha = where(running(t), next, alpha);
  }
  const last = rows.map((row) => 2 * row.length);
  const end = squeeze(gather(alpha, 1, table(last, "int64", [N, 1])), 1);
  const before = squeeze(
    gather(
      alpha,
      1,
      table(
        last.map((i) => Math.max(0, i - 1)),
        "int64",
        [N, 1],
      ),
    ),
    1,
  );
  const empty = table(
    last.map((i) => (i === 0 ? 1 : 0)),
    "bool",
    [N],
  );
  const loss = neg(logAdd(end, maskedFill(before, empty, NEVER)));
  // Σ p is constant where logSoftmax made p; PyTorch's gradient counts it, so it is added as a value of 0.
  const used = stack(
    Array.from({ length: T }, (_, t) => mul(onesOf(x, [N, 1]), running(t))),
    0,
  );
  const total = sum(mul(exp(x), used), [0, 2]);
  return named("ctc_loss", add(loss, sub(total, total.detach())));
}
