/** Random tensors, with the numbers that PyTorch's CPU generator would give. */

import type { Distribution } from "../backend/backend.js";
import { checkInteger, checkOptions } from "../core/arguments.js";
import { type DType, getDefaultDtype, isFloat } from "../core/dtype.js";
import { ArgumentError, DTypeError, show } from "../core/errors.js";
import { Generator } from "../core/generator.js";
import { checkSizes, contiguousStrides, numel, type Shape } from "../core/shape.js";
import { resolve, type SizesAnd, sizesAnd, type TensorOptions } from "./create.js";
import { memoryOrder } from "./layout.js";
import { make, makeLike, makeOf } from "./make.js";
import type { Tensor } from "./tensor.js";
import { checkTensor } from "./tensor.js";

/** The generator used where none is given. @see torch.default_generator */
export const defaultGenerator = new Generator();

/**
 * Starts the default generator anew: the same seed gives the same numbers, PyTorch's own.
 *
 * @example torch.manualSeed(42)
 * @see torch.manual_seed
 */
export function manualSeed(seed: number | bigint): Generator {
  return defaultGenerator.manualSeed(seed);
}
/** Starts the default generator anew from the host's own randomness; returns the seed. @see torch.seed */
export function seed(): number {
  return defaultGenerator.seed();
}
/** The seed the default generator was started with. @see torch.initial_seed */
export function initialSeed(): number | bigint {
  return defaultGenerator.initialSeed();
}
/** The state of the default generator, in PyTorch's layout. @see torch.get_rng_state */
export function getRngState(): Uint8Array {
  return defaultGenerator.getState();
}
/** @see torch.set_rng_state */
export function setRngState(state: Uint8Array): void {
  defaultGenerator.setState(state);
}

export interface RandomOptions extends TensorOptions {
  /** @defaultValue the default generator */
  generator?: Generator;
}

/** The generator of the options, which are otherwise those of any factory. */
function split(op: string, options: RandomOptions): { generator: Generator; rest: TensorOptions } {
  checkOptions(op, options, ["dtype", "device", "requiresGrad", "generator"]);
  const { generator = defaultGenerator, ...rest } = options;
  if (!(generator instanceof Generator))
    throw new ArgumentError(`${op}: generator must be a Generator: got ${show(generator)}`);
  return { generator, rest };
}

function drawn(
  op: string,
  shape: Shape,
  distribution: Distribution,
  options: RandomOptions,
  dtype: DType,
  like?: Tensor,
) {
  const { generator, rest } = split(op, options);
  const { requiresGrad, ...resolved } = resolve(op, rest, dtype, like);
  if (distribution.kind !== "integer" && !isFloat(resolved.dtype))
    throw new DTypeError(`${op}: not implemented for ${resolved.dtype}`);
  const out = like
    ? makeLike(like, resolved.dtype, resolved.backend)
    : make(shape, resolved.dtype, resolved.backend);
  fillRandom(out, distribution, generator);
  return out.requiresGrad_(requiresGrad);
}

/** Draws x's elements in the order in which they lie in memory. */
export function fillRandom(x: Tensor, distribution: Distribution, generator: Generator): void {
  const { backend } = x.storage;
  if (x.isContiguous()) {
    backend.random(x, distribution, generator);
    return;
  }
  const order = memoryOrder(x.shape, x.strides).reverse();
  const [shape, strides] = [order.map((d) => x.shape[d]!), order.map((d) => x.strides[d]!)];
  const target = { storage: x.storage, dtype: x.dtype, shape, strides, offset: x.offset };
  if (distribution.kind !== "normal") {
    backend.random(target, distribution, generator);
    return;
  }
  // A long contiguous array takes its normal numbers from another stream; one with gaps never does.
  const { storage } = make([numel(shape), 2], x.dtype, backend);
  const drawn = { storage, dtype: x.dtype, shape: [numel(shape)], strides: [2], offset: 0 };
  backend.random(drawn, distribution, generator);
  backend.copy(target, { ...drawn, shape, strides: contiguousStrides(shape).map((step) => 2 * step) });
  storage.settle();
}

const unit: Distribution = { kind: "uniform", from: 0, to: 1 };
const standard: Distribution = { kind: "normal", mean: 0, std: 1 };

/** Uniform in [0, 1). @example torch.rand(2, 3) @see torch.rand */
export function rand(...args: SizesAnd<RandomOptions>): Tensor {
  const { shape, options } = sizesAnd<RandomOptions>("rand", args);
  return drawn("rand", shape, unit, options, getDefaultDtype());
}
/** Normal with mean 0 and standard deviation 1. @example torch.randn(2, 3) @see torch.randn */
export function randn(...args: SizesAnd<RandomOptions>): Tensor {
  const { shape, options } = sizesAnd<RandomOptions>("randn", args);
  return drawn("randn", shape, standard, options, getDefaultDtype());
}
/** Uniform in [0, 1), with x's shape, dtype and device. @see torch.rand_like */
export function randLike(x: Tensor, options: RandomOptions = {}): Tensor {
  checkTensor("randLike", x);
  return drawn("randLike", x.shape, unit, options, x.dtype, x);
}
/** Standard normal, with x's shape, dtype and device. @see torch.randn_like */
export function randnLike(x: Tensor, options: RandomOptions = {}): Tensor {
  checkTensor("randnLike", x);
  return drawn("randnLike", x.shape, standard, options, x.dtype, x);
}

function integers(op: string, low: number | bigint, high: number | bigint): Distribution {
  const [from, to] = [low, high].map((bound) =>
    typeof bound === "bigint" ? bound : BigInt(checkInteger(op, "every bound", bound)),
  );
  if (from! >= to!)
    throw new ArgumentError(
      `${op}: random_ expects 'from' to be less than 'to', but got from=${from} >= to=${to}`,
    );
  return { kind: "integer", from: from!, to: to! };
}

type Whole = number | bigint;

/** Whole numbers in [low, high), low 0 unless given. int64. @example torch.randint(0, 10, [3]) @see torch.randint */
export function randint(high: Whole, shape: Shape, options?: RandomOptions): Tensor;
export function randint(low: Whole, high: Whole, shape: Shape, options?: RandomOptions): Tensor;
export function randint(a: Whole, b: Whole | Shape, c?: Shape | RandomOptions, d?: RandomOptions): Tensor {
  const [low, high, shape, options] = Array.isArray(b) ? [0, a, b, c] : [a, b as Whole, c, d];
  return drawn(
    "randint",
    checkSizes("randint", shape),
    integers("randint", low, high),
    (options ?? {}) as RandomOptions,
    "int64",
  );
}
/** Whole numbers in [low, high), with x's shape, dtype and device. @see torch.randint_like */
export function randintLike(x: Tensor, high: Whole, options?: RandomOptions): Tensor;
export function randintLike(x: Tensor, low: Whole, high: Whole, options?: RandomOptions): Tensor;
export function randintLike(x: Tensor, a: Whole, b?: Whole | RandomOptions, c?: RandomOptions): Tensor {
  checkTensor("randintLike", x);
  const [low, high, options] = typeof b === "object" || b === undefined ? [0, a, b] : [a, b, c];
  return drawn("randintLike", x.shape, integers("randintLike", low, high), options ?? {}, x.dtype, x);
}

/** 0 … n−1 in random order. int64. @see torch.randperm */
export function randperm(n: number, options: RandomOptions = {}): Tensor {
  checkInteger("randperm", "n", n, 0);
  const { generator, rest } = split("randperm", options);
  const { dtype, backend, requiresGrad } = resolve("randperm", rest, "int64");
  const order = Array.from({ length: n }, (_, i) => i);
  for (let i = 0; i < n - 1; i++) {
    const j = i + (generator.u32() % (n - i));
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return makeOf(order, [n], dtype, backend).requiresGrad_(requiresGrad);
}
