/** Random numbers written into tensors, and drawn with tensors as parameters. */
import { record } from "../../autograd/record.js";
import type { Distribution } from "../../backend/backend.js";
import { checkInteger, checkNumber, checkOptions } from "../../core/arguments.js";
import { integerRange, isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError, ShapeError, show } from "../../core/errors.js";
import type { Generator } from "../../core/generator.js";
import { broadcastShapes, formatShape, type Shape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import {
  defaultGenerator,
  fillRandom,
  type RandomOptions,
  rand,
  randLike,
  randn,
} from "../../tensor/random.js";
import { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { clone, to } from "../copying.js";
import { add, div, mul } from "../elementwise/arithmetic.js";
import { isfinite, le, lt } from "../elementwise/comparison.js";
import { checkTensor, zerosOf } from "../kernel.js";
import { all, any, argmax, sum } from "../reduction/reduction.js";
import { cumsum } from "../reduction/scan.js";
import { checkWritable } from "../rewrite.js";
import { topk } from "../shape/rearranging.js";
import { narrow } from "../shape/slicing.js";
import { expand, reshape, unsqueeze } from "../shape/view.js";

export interface FillOptions {
  /** @defaultValue the default generator */
  generator?: Generator;
}

/** Overwrites x with random numbers; the old values, and their history, are gone. */
function fill(
  op: string,
  x: Tensor,
  distribution: Distribution,
  options: FillOptions | undefined,
  wholeToo = false,
): Tensor {
  checkWritable(op, x, []);
  checkOptions(op, options, ["generator"]);
  if (!wholeToo && !isFloat(x.dtype)) throw new DTypeError(`${op}: not implemented for ${x.dtype}`);
  fillRandom(x, distribution, options?.generator ?? defaultGenerator);
  x.version.value++;
  return x;
}

/** @throws ArgumentError unless all are numbers */
function checkNumbers(op: string, values: Readonly<Record<string, number>>): void {
  for (const [name, value] of Object.entries(values)) checkNumber(op, name, value);
}

/** Uniform in [from, to). @see torch.Tensor.uniform_ */
export function uniform_(x: Tensor, from = 0, to = 1, options?: FillOptions): Tensor {
  checkNumbers("uniform_", { from, to });
  if (!(from <= to))
    throw new ArgumentError(
      `uniform_: expects to return a [from, to) range, but found from=${from} > to=${to}`,
    );
  return fill("uniform_", x, { kind: "uniform", from, to }, options);
}
/** @see torch.Tensor.normal_ */
export function normal_(x: Tensor, mean = 0, std = 1, options?: FillOptions): Tensor {
  checkNumbers("normal_", { mean, std });
  if (!(std >= 0)) throw new ArgumentError(`normal_: expects std >= 0.0, but found std ${std}`);
  return fill("normal_", x, { kind: "normal", mean, std }, options);
}
/** Ones with probability p, else zeros; p may be a tensor that broadcasts. @see torch.Tensor.bernoulli_ */
export function bernoulli_(x: Tensor, p: number | Tensor = 0.5, options?: FillOptions): Tensor {
  if (p instanceof Tensor) {
    const u = rand(x.shape, { dtype: "float64", device: x.device, ...options });
    checkWritable("bernoulli_", x, []);
    x.storage.backend.copy(x, lt(u, p.detach()));
    x.version.value++;
    return x;
  }
  checkNumber("bernoulli_", "p", p);
  if (!(p >= 0 && p <= 1)) throw new ArgumentError(`bernoulli_: expects p to be in [0, 1], but got p=${p}`);
  return fill("bernoulli_", x, { kind: "bernoulli", p }, options, true);
}
/** Whole numbers in [from, to); without bounds all that the dtype holds exactly. @see torch.Tensor.random_ */
export function random_(
  x: Tensor,
  from?: number | FillOptions,
  to?: number | null,
  options?: FillOptions,
): Tensor {
  checkTensor("random_", x);
  if (from === undefined || typeof from === "object") return fill("random_", x, { kind: "full" }, from, true);
  const [low, high] = to === undefined || to === null ? [0, from] : [from, to];
  checkInteger("random_", "from", low);
  checkInteger("random_", "to", high);
  if (low >= high)
    throw new ArgumentError(
      `random_: expects 'from' to be less than 'to', but got from=${low} >= to=${high}`,
    );
  if (!isFloat(x.dtype)) {
    const [least, greatest] = integerRange(x.dtype);
    if (BigInt(low) < least || BigInt(high) - 1n > greatest)
      throw new ArgumentError(`random_: from=${low}, to=${high} is out of bounds for ${x.dtype}`);
  }
  return fill("random_", x, { kind: "integer", from: BigInt(low), to: BigInt(high) }, options, true);
}
/** Density rate·e^(−rate·x). @see torch.Tensor.exponential_ */
export function exponential_(x: Tensor, rate = 1, options?: FillOptions): Tensor {
  checkNumbers("exponential_", { rate });
  if (!(rate > 0)) throw new ArgumentError(`exponential_: expects lambda > 0.0, but found lambda=${rate}`);
  return fill("exponential_", x, { kind: "exponential", rate }, options);
}
/** @see torch.Tensor.cauchy_ */
export function cauchy_(x: Tensor, median = 0, sigma = 1, options?: FillOptions): Tensor {
  checkNumbers("cauchy_", { median, sigma });
  if (!(sigma > 0)) throw new ArgumentError(`cauchy_: expects sigma > 0.0, but found sigma=${sigma}`);
  return fill("cauchy_", x, { kind: "cauchy", median, sigma }, options);
}
/** e to the power of a normal variable. @see torch.Tensor.log_normal_ */
export function logNormal_(x: Tensor, mean = 1, std = 2, options?: FillOptions): Tensor {
  checkNumbers("logNormal_", { mean, std });
  if (!(std > 0)) throw new ArgumentError(`logNormal_: expects std > 0.0, but found std=${std}`);
  return fill("logNormal_", x, { kind: "lognormal", mean, std }, options);
}
/** Trials until the first success. @see torch.Tensor.geometric_ */
export function geometric_(x: Tensor, p: number, options?: FillOptions): Tensor {
  checkNumbers("geometric_", { p });
  if (!(p > 0 && p < 1)) throw new ArgumentError(`geometric_: expects p to be in (0, 1), but got p=${p}`);
  return fill("geometric_", x, { kind: "geometric", p }, options, true);
}

/** Ones with the probabilities that x holds, else zeros. @see torch.bernoulli */
export function bernoulli(x: Tensor, options?: FillOptions): Tensor {
  checkTensor("bernoulli", x);
  checkOptions("bernoulli", options, ["generator"]);
  if (!isFloat(x.dtype)) throw new DTypeError(`bernoulli: not implemented for ${x.dtype}`);
  const u = randLike(x.detach(), options);
  return record(to(lt(u, x.detach()), x.dtype), {
    op: "bernoulli",
    inputs: [x],
    backward: (g) => [() => mul(g, 0)],
  });
}

/**
 * Normal numbers with the given means and standard deviations, at least one of them a tensor or else with a shape.
 *
 * @see torch.normal
 */
export function normal(
  mean: Tensor | number,
  std?: Tensor | number | FillOptions,
  shape?: Shape | FillOptions,
  options?: RandomOptions,
): Tensor {
  const deviation = std instanceof Tensor || typeof std === "number" ? std : 1;
  if (typeof mean === "number" && typeof deviation === "number") {
    if (!Array.isArray(shape))
      throw new ArgumentError(`normal: two numbers need a shape: got ${show(shape)}`);
    return normal_(
      make(shape, options?.dtype ?? "float32", rand(0, { device: options?.device }).storage.backend),
      mean,
      deviation,
      pick(options),
    );
  }
  const given = [std, shape, options].find(
    (o) => typeof o === "object" && o !== null && !Array.isArray(o) && !(o instanceof Tensor),
  );
  const wide =
    mean instanceof Tensor && deviation instanceof Tensor
      ? broadcastShapes("normal", mean.shape, deviation.shape)
      : null;
  const like = (mean instanceof Tensor ? mean : deviation) as Tensor;
  if (deviation instanceof Tensor && scalarOf(any(lt(deviation.detach(), 0))) === true)
    throw new ArgumentError("normal: expects all elements of std >= 0.0");
  const z = randn(wide ?? like.shape, {
    dtype: like.dtype,
    device: like.device,
    ...pick(given as FillOptions),
  });
  const drawn = add(
    mul(z, deviation instanceof Tensor ? deviation.detach() : deviation),
    mean instanceof Tensor ? mean.detach() : mean,
  );
  // As in PyTorch, what is drawn does not change with the parameters: the gradients are zeros.
  const inputs = [mean, deviation].filter((x) => x instanceof Tensor);
  const shapes = inputs.map((x) => x.shape);
  return record(drawn, {
    op: "normal",
    overload: inputs.length === 2 ? 3 : mean instanceof Tensor ? 1 : 2,
    inputs,
    backward: (g) => shapes.map((shape) => () => zerosOf(g, shape)),
  });
}
const pick = (options: FillOptions | undefined): FillOptions =>
  options?.generator ? { generator: options.generator } : {};

export interface MultinomialOptions extends FillOptions {
  /** An index may come more than once. @defaultValue false */
  replacement?: boolean;
}

/** Indices drawn with the weights in each row of x: [n] → [count], [m, n] → [m, count]. int64. @see torch.multinomial */
export function multinomial(x: Tensor, count: number, options?: MultinomialOptions): Tensor {
  checkTensor("multinomial", x);
  checkOptions("multinomial", options, ["replacement", "generator"]);
  checkInteger("multinomial", "count", count, 1);
  const { replacement = false, generator = defaultGenerator } = options ?? {};
  if (!isFloat(x.dtype)) throw new DTypeError(`multinomial: expects floating-point weights: got ${x.dtype}`);
  if (x.ndim < 1 || x.ndim > 2)
    throw new ShapeError(`multinomial: prob_dist must be 1 or 2 dim: got ${formatShape(x.shape)}`);
  const weights = x.detach();
  const n = x.shape.at(-1)!;
  if (scalarOf(any(lt(weights, 0))) === true || scalarOf(all(isfinite(weights))) === false)
    throw new ArgumentError("multinomial: probability tensor contains either `inf`, `nan` or element < 0");
  if (scalarOf(any(le(sum(weights, -1), 0))) === true)
    throw new ArgumentError("multinomial: invalid multinomial distribution (sum of probabilities <= 0)");
  if (!replacement) {
    if (count > n)
      throw new ArgumentError(
        `multinomial: cannot sample n_sample > prob_dist.size(-1) samples without replacement: ${count} > ${n}`,
      );
    const q = exponential_(clone(weights), 1, { generator });
    const keys = div(weights, q);
    return count === 1 ? argmax(keys, -1, { keepdim: true }) : topk(keys, count, -1).indices;
  }
  const cumulative = div(cumsum(weights, -1), sum(weights, -1, { keepdim: true }));
  const rows = reshape(cumulative, [-1, n]);
  const u = rand([rows.shape[0]!, count, 1], { dtype: "float64", device: x.device, generator });
  // The first index whose cumulative weight reaches u: as many as lie below it.
  const below = unsqueeze(to(narrow(rows, 1, 0, n - 1), "float64"), 1);
  const drawn = sum(lt(expand(below, [rows.shape[0]!, count, n - 1]), u), -1);
  return reshape(drawn, [...x.shape.slice(0, -1), count]);
}
