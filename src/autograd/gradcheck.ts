/**
 * @file Gradients checked against differences of the function itself.
 *
 * Small functions: every entry of the Jacobian, ∂output[i]/∂input[j] by backward beside (f(x+ε) − f(x−ε))/2ε.
 * Larger ones: ⟨v, J·u⟩ for random directions u and v, two evaluations for each input however large it is.
 */
import { checkFunction, checkNumber, checkOptions } from "../core/arguments.js";
import { ArgumentError, DTypeError, GradError, ShapeError, show } from "../core/errors.js";
import { Generator } from "../core/generator.js";
import { formatShape, numel, sameShape } from "../core/shape.js";
import { unframed } from "../tensor/frames.js";
import { makeOf } from "../tensor/make.js";
import { Tensor } from "../tensor/tensor.js";
import { valuesOf } from "../tensor/values.js";
import { grad } from "./engine.js";
import { enableGrad } from "./grad-mode.js";

export interface GradcheckOptions {
  /** Half the distance between the two points of a difference. @defaultValue 1e-6 */
  eps?: number;
  /** @defaultValue 1e-5 */
  atol?: number;
  /** @defaultValue 1e-3 */
  rtol?: number;
  /** By how much two runs of backward may differ. @defaultValue 0 */
  nondetTol?: number;
  /** Along random directions (true) or entry by entry (false). @defaultValue by size: true beyond 400 entries */
  fastMode?: boolean;
  /** Throw when a gradient is wrong, instead of returning false. @defaultValue true */
  raiseException?: boolean;
  /** Of the random directions. @defaultValue 0 */
  seed?: number;
}
const optionKeys = ["eps", "atol", "rtol", "nondetTol", "fastMode", "raiseException", "seed"] as const;

type Outputs = Tensor | readonly Tensor[];
/** What is checked; of its arguments the tensors that require a gradient are varied. */
type Checked = (...inputs: readonly unknown[]) => Outputs;

const listOf = (value: readonly unknown[] | Tensor): readonly unknown[] =>
  value instanceof Tensor ? [value] : value;

/** At most this many entries of a Jacobian are checked one by one. */
const LARGEST_JACOBIAN = 400;

// ── preparation ──────────────────────────────────────────────────────────────────────────────────

function variedOf(op: string, fn: unknown, inputs: readonly unknown[]): Tensor[] {
  checkFunction(op, "the function", fn);
  if (!Array.isArray(inputs)) throw new ArgumentError(`${op}: inputs must be a list: got ${show(inputs)}`);
  const varied = inputs.filter((x): x is Tensor => x instanceof Tensor && x.requiresGrad);
  if (varied.length === 0)
    throw new ArgumentError(
      `${op}: expects at least one input tensor to require gradient, but none of them has requiresGrad`,
    );
  varied.forEach((x) => {
    const i = inputs.indexOf(x);
    if (x.dtype !== "float64")
      throw new DTypeError(`${op}: input ${i} is ${x.dtype}: differences need float64, use x.double()`);
    if (!x.isLeaf) throw new GradError(`${op}: input ${i} is no leaf: its values are varied, use x.detach()`);
    if (x.strides.some((step, d) => step === 0 && x.shape[d]! > 1))
      throw new ShapeError(`${op}: elements of input ${i} share memory: ${formatShape(x.shape)} is expanded`);
  });
  return varied;
}

/** The outputs of `fn`, checked. */
function evaluate(op: string, fn: () => Tensor | readonly Tensor[]): readonly Tensor[] {
  const result = unframed(() => enableGrad(fn));
  const outputs = result instanceof Tensor ? [result] : result;
  if (!Array.isArray(outputs) || !outputs.every((y) => y instanceof Tensor))
    throw new ArgumentError(
      `${op}: the function must return a tensor or an array of tensors: got ${show(result)}`,
    );
  return outputs;
}

const numbers = (x: Tensor): number[] => valuesOf(x).map(Number);
const like = (x: Tensor, values: readonly number[]): Tensor =>
  makeOf(values, x.shape, x.dtype, x.storage.backend);
const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, x, i) => sum + x * b[i]!, 0);
/** n numbers away from 0, of both signs. */
const direction = (n: number, random: Generator): number[] =>
  Array.from({ length: n }, () => (random.u32() % 2 ? 1 : -1) * (0.5 + random.uniform64()));

// ── both sides ───────────────────────────────────────────────────────────────────────────────────

/** The gradient of ⟨v, output⟩ in each varied input, as numbers. */
function backward(op: string, output: Tensor, varied: readonly Tensor[], v: readonly number[]): number[][] {
  const gradOutputs = like(output, v);
  const grads = grad(output, varied, { gradOutputs, retainGraph: true, allowUnused: true });
  return grads.map((g, i) => {
    const x = varied[i]!;
    if (g === null) return new Array<number>(numel(x.shape)).fill(0);
    if (!sameShape(g.shape, x.shape) || g.dtype !== x.dtype)
      throw new GradError(
        `${op}: the gradient of input ${i} is ${g.dtype} of shape ${formatShape(g.shape)}, the input ${x.dtype} of shape ${formatShape(x.shape)}`,
      );
    return numbers(g);
  });
}

/** (f(x + ε·u) − f(x − ε·u))/2ε, the change of every output; x has its own values again afterwards. */
function difference(run: () => readonly Tensor[], x: Tensor, u: readonly number[], eps: number): number[][] {
  const before = numbers(x);
  const { backend } = x.storage;
  const at = (step: number) => {
    const moved = before.map((value, i) => value + step * u[i]!);
    backend.copy(x, like(x, moved));
    return run().map(numbers);
  };
  try {
    const [above, below] = [at(eps), at(-eps)];
    return above.map((y, i) => y.map((value, j) => (value - below[i]![j]!) / (2 * eps)));
  } finally {
    backend.copy(x, like(x, before));
  }
}

// ── comparison ───────────────────────────────────────────────────────────────────────────────────

interface Tolerance {
  atol: number;
  rtol: number;
}

const apart = (a: number, n: number, { atol, rtol }: Tolerance): boolean =>
  !Object.is(a, n) && !(Math.abs(a - n) <= atol + rtol * Math.abs(n));

/** The entry of a Jacobian where both sides differ most beyond the tolerance, told in words; null if none does. */
function compare(
  what: string,
  analytic: number[][],
  numerical: number[][],
  tolerance: Tolerance,
): string | null {
  const worst = { i: 0, j: 0, gap: -1 };
  analytic.forEach((row, i) => {
    row.forEach((a, j) => {
      const n = numerical[i]![j]!;
      if (!apart(a, n, tolerance)) return;
      const gap = Number.isNaN(a - n) ? Number.POSITIVE_INFINITY : Math.abs(a - n);
      if (gap > worst.gap) Object.assign(worst, { i, j, gap });
    });
  });
  const { i, j, gap } = worst;
  if (gap < 0) return null;
  return `${what}: numerical ${numerical[i]![j]}, analytical ${analytic[i]![j]} (differ by ${gap}) at ∂output[${i}]/∂input[${j}]`;
}

interface Check {
  op: string;
  run: () => readonly Tensor[];
  outputs: readonly Tensor[];
  varied: readonly Tensor[];
  /** The number of each varied input among all arguments. */
  places: readonly number[];
  eps: number;
  tolerance: Tolerance;
  random: Generator;
}

const unit = (n: number, i: number): number[] => Array.from({ length: n }, (_, j) => (i === j ? 1 : 0));

/** Every entry, column by column. */
function checkJacobians({ op, run, outputs, varied, places, eps, tolerance }: Check): string | null {
  const analytic = outputs.map((y) => {
    const size = numel(y.shape);
    return Array.from({ length: size }, (_, i) =>
      y.requiresGrad
        ? backward(op, y, varied, unit(size, i))
        : varied.map((x) => new Array<number>(numel(x.shape)).fill(0)),
    );
  });
  for (const [k, x] of varied.entries()) {
    const size = numel(x.shape);
    const columns = Array.from({ length: size }, (_, j) => difference(run, x, unit(size, j), eps));
    for (const [o, rows] of analytic.entries()) {
      const numerical = rows.map((_, i) => columns.map((column) => column[o]![i]!));
      const what = `${op}: Jacobian mismatch for output ${o} with respect to input ${places[k]}`;
      const wrong = compare(
        what,
        rows.map((row) => row[k]!),
        numerical,
        tolerance,
      );
      if (wrong) return wrong;
    }
  }
  return null;
}

/** ⟨v, J·u⟩ for one random u for each input and v for each output. */
function checkDirections({ op, run, outputs, varied, places, eps, tolerance, random }: Check): string | null {
  const us = varied.map((x) => direction(numel(x.shape), random));
  const vs = outputs.map((y) => direction(numel(y.shape), random));
  const analytic = outputs.map((y, o) => (y.requiresGrad ? backward(op, y, varied, vs[o]!) : null));
  for (const [k, x] of varied.entries()) {
    const changes = difference(run, x, us[k]!, eps);
    for (const [o, grads] of analytic.entries()) {
      const [a, n] = [grads ? dot(grads[k]!, us[k]!) : 0, dot(vs[o]!, changes[o]!)];
      if (apart(a, n, tolerance))
        return `${op}: gradient mismatch for output ${o} with respect to input ${places[k]}: numerical ⟨v, J·u⟩ ${n}, analytical ${a} (differ by ${Math.abs(a - n)}) along random directions`;
    }
  }
  return null;
}

/** Backward run twice must give one result. */
function checkRepeat({ op, outputs, varied, random }: Check, nondetTol: number): string | null {
  for (const [o, y] of outputs.entries()) {
    if (!y.requiresGrad) continue;
    const v = direction(numel(y.shape), random);
    const [first, second] = [backward(op, y, varied, v).flat(), backward(op, y, varied, v).flat()];
    const gap = first.reduce((most, g, i) => Math.max(most, Math.abs(g - second[i]!) || 0), 0);
    if (gap > nondetTol)
      return `${op}: backward is not reentrant: two runs for output ${o} differ by ${gap} (nondetTol ${nondetTol})`;
  }
  return null;
}

// ── the public functions ─────────────────────────────────────────────────────────────────────────

/**
 * Whether backward through `fn` agrees with central differences: |a − n| ≤ atol + rtol·|n|.
 *
 * Jacobians of at most 400 entries are compared entry by entry, larger ones along random directions (`fastMode`).
 * The values of `inputs` are varied in place while it runs, so `fn` may also read them by itself.
 *
 * @param inputs float64 leaves that require a gradient; everything else is passed on as it is
 * @throws GradError that names the output, the input, the largest difference and both values
 * @example gradcheck((x, y) => x.mul(y).sin(), [x, y])
 * @see torch.autograd.gradcheck
 */
export function gradcheck(fn: (input: Tensor) => Outputs, input: Tensor, options?: GradcheckOptions): boolean;
export function gradcheck<A extends readonly unknown[]>(
  fn: (...inputs: NoInfer<A>) => Outputs,
  inputs: readonly [...A],
  options?: GradcheckOptions,
): boolean;
export function gradcheck(
  fn: (...inputs: never[]) => Outputs,
  inputs: readonly unknown[] | Tensor,
  options: GradcheckOptions = {},
): boolean {
  return check("gradcheck", fn as Checked, listOf(inputs), options);
}

function check(op: string, fn: Checked, inputs: readonly unknown[], options: GradcheckOptions): boolean {
  checkOptions(op, options, optionKeys);
  const { eps = 1e-6, atol = 1e-5, rtol = 1e-3, nondetTol = 0, raiseException = true, seed = 0 } = options;
  for (const [name, value] of Object.entries({ eps, atol, rtol, nondetTol })) checkNumber(op, name, value);
  const varied = variedOf(op, fn, inputs);
  // What does not require a gradient is left out, unless that is all there is: then it must be constant.
  const all = () => evaluate(op, () => fn(...inputs));
  const first = all();
  const kept = first.flatMap((y, i) => (y.requiresGrad ? [i] : []));
  const places = kept.length ? kept : first.flatMap((y, i) => (y.isFloatingPoint() ? [i] : []));
  const run = () => {
    const outputs = all();
    return places.map((i) => outputs[i]!);
  };
  const outputs = places.map((i) => first[i]!);
  const size = (tensors: readonly Tensor[]) => tensors.reduce((n, x) => n + numel(x.shape), 0);
  const task: Check = {
    op,
    run,
    outputs,
    varied,
    places: varied.map((x) => inputs.indexOf(x)),
    eps,
    tolerance: { atol, rtol },
    random: new Generator(seed),
  };
  const { fastMode = size(outputs) * size(varied) > LARGEST_JACOBIAN } = options;
  const wrong = checkRepeat(task, nondetTol) ?? (fastMode ? checkDirections(task) : checkJacobians(task));
  if (wrong && raiseException) throw new GradError(wrong);
  return wrong === null;
}

/**
 * Whether backward through backward of `fn` agrees with central differences of its gradients.
 *
 * @param gradOutputs gradients of the outputs, varied too if they require a gradient; default random, and varied
 * @throws GradError as `gradcheck` does
 * @example gradgradcheck((x) => x.pow(3), [x])
 * @see torch.autograd.gradgradcheck
 */
export function gradgradcheck(
  fn: (input: Tensor) => Outputs,
  input: Tensor,
  gradOutputs?: readonly Tensor[] | Tensor | null,
  options?: GradcheckOptions,
): boolean;
export function gradgradcheck<A extends readonly unknown[]>(
  fn: (...inputs: NoInfer<A>) => Outputs,
  inputs: readonly [...A],
  gradOutputs?: readonly Tensor[] | Tensor | null,
  options?: GradcheckOptions,
): boolean;
export function gradgradcheck(
  fn: (...inputs: never[]) => Outputs,
  inputs: readonly unknown[] | Tensor,
  gradOutputs?: readonly Tensor[] | Tensor | null,
  options: GradcheckOptions = {},
): boolean {
  const op = "gradgradcheck";
  const args = listOf(inputs);
  const varied = variedOf(op, fn, args);
  const random = new Generator(options.seed ?? 0);
  const apply = (values: readonly unknown[]) =>
    evaluate(op, () => (fn as Checked)(...values)).filter((y) => y.requiresGrad);
  const seeds = gradOutputs
    ? (listOf(gradOutputs) as readonly Tensor[])
    : apply(args).map((y) => like(y, direction(numel(y.shape), random)).requiresGrad_());
  const gradients = (...values: unknown[]): Tensor[] => {
    const outputs = apply(values.slice(0, args.length));
    const options = { gradOutputs: values.slice(args.length) as Tensor[], createGraph: true } as const;
    return grad(outputs, varied, { ...options, allowUnused: true }).filter((g): g is Tensor => g !== null);
  };
  return check(op, gradients, [...args, ...seeds], options);
}
