/** How parameters begin: values written into tensors, none of it recorded. */
import { noGrad } from "../autograd/grad-mode.js";
import { checkChoice, checkInteger, checkNumber, checkOptions } from "../core/arguments.js";
import { ArgumentError, ShapeError } from "../core/errors.js";
import { erf } from "../core/math.js";
import { formatShape, numel } from "../core/shape.js";
import { mul, sign } from "../ops/elementwise/arithmetic.js";
import { fill_ } from "../ops/inplace.js";
import { checkTensor } from "../ops/kernel.js";
import { qr } from "../ops/linalg/qr.js";
import { normal_ as drawNormal, uniform_ as drawUniform, type FillOptions } from "../ops/random/random.js";
import { diagonal } from "../ops/shape/slicing.js";
import { reshape, t } from "../ops/shape/view.js";
import { empty, eye as identity } from "../tensor/create.js";
import { randperm } from "../tensor/random.js";
import type { Tensor } from "../tensor/tensor.js";

const quietly = (x: Tensor, act: () => unknown): Tensor => {
  noGrad(act);
  return x;
};

/** Uniform in [a, b). @see torch.nn.init.uniform_ */
export function uniform_(x: Tensor, a = 0, b = 1, options?: FillOptions): Tensor {
  return quietly(x, () => drawUniform(x, a, b, options));
}
/** Normal. @see torch.nn.init.normal_ */
export function normal_(x: Tensor, mean = 0, std = 1, options?: FillOptions): Tensor {
  return quietly(x, () => drawNormal(x, mean, std, options));
}
/** One value. @see torch.nn.init.constant_ */
export function constant_(x: Tensor, value: number): Tensor {
  checkTensor("constant_", x);
  return quietly(x, () => fill_(x, value));
}
/** @see torch.nn.init.ones_ */
export function ones_(x: Tensor): Tensor {
  return constant_(x, 1);
}
/** @see torch.nn.init.zeros_ */
export function zeros_(x: Tensor): Tensor {
  return constant_(x, 0);
}
/** The identity matrix. @see torch.nn.init.eye_ */
export function eye_(x: Tensor): Tensor {
  checkTensor("eye_", x);
  if (x.ndim !== 2)
    throw new ShapeError(`eye_: Only tensors with 2 dimensions are supported: got ${formatShape(x.shape)}`);
  return quietly(x, () => x.copy_(identity(x.shape[0]!, x.shape[1]!, { dtype: x.dtype, device: x.device })));
}

// ── by the size of a layer ───────────────────────────────────────────────────────────────────────

/** How many inputs an output has, and how many outputs an input. */
export function calculateFanInAndFanOut(x: Tensor): [fanIn: number, fanOut: number] {
  checkTensor("init", x);
  if (x.ndim < 2)
    throw new ShapeError(
      `init: Fan in and fan out can not be computed for tensor with fewer than 2 dimensions: ${formatShape(x.shape)}`,
    );
  const field = numel(x.shape.slice(2));
  return [x.shape[1]! * field, x.shape[0]! * field];
}

export type Nonlinearity =
  | "linear"
  | "sigmoid"
  | "tanh"
  | "relu"
  | "leaky_relu"
  | "selu"
  | "conv1d"
  | "conv2d"
  | "conv3d";

/** The factor that keeps the spread of values from layer to layer. @see torch.nn.init.calculate_gain */
export function calculateGain(nonlinearity: Nonlinearity, param?: number): number {
  switch (nonlinearity) {
    case "tanh":
      return 5 / 3;
    case "relu":
      return Math.sqrt(2);
    case "leaky_relu": {
      const slope = param ?? 0.01;
      return Math.sqrt(2 / (1 + slope * slope));
    }
    case "selu":
      return 3 / 4;
    case "linear":
    case "sigmoid":
    case "conv1d":
    case "conv2d":
    case "conv3d":
      return 1;
    default:
      throw new ArgumentError(`calculateGain: Unsupported nonlinearity ${String(nonlinearity)}`);
  }
}

export interface XavierOptions extends FillOptions {
  /** @defaultValue 1 */
  gain?: number;
}
/** Uniform within ±gain·√(6/(in + out)). @see torch.nn.init.xavier_uniform_ */
export function xavierUniform_(x: Tensor, options: XavierOptions = {}): Tensor {
  checkTensor("xavierUniform_", x);
  checkOptions("xavierUniform_", options, ["gain", "generator"]);
  const { gain = 1, generator } = options;
  const [fanIn, fanOut] = calculateFanInAndFanOut(x);
  const bound = Math.sqrt(3) * (gain * Math.sqrt(2 / (fanIn + fanOut)));
  return uniform_(x, -bound, bound, { generator });
}
/** Normal with deviation gain·√(2/(in + out)). @see torch.nn.init.xavier_normal_ */
export function xavierNormal_(x: Tensor, options: XavierOptions = {}): Tensor {
  checkTensor("xavierNormal_", x);
  checkOptions("xavierNormal_", options, ["gain", "generator"]);
  const { gain = 1, generator } = options;
  const [fanIn, fanOut] = calculateFanInAndFanOut(x);
  return normal_(x, 0, gain * Math.sqrt(2 / (fanIn + fanOut)), { generator });
}

export interface KaimingOptions extends FillOptions {
  /** Slope of the leaky ReLU that follows. @defaultValue 0 */
  a?: number;
  /** Which side keeps its spread. @defaultValue "fan_in" */
  mode?: "fan_in" | "fan_out";
  /** @defaultValue "leaky_relu" */
  nonlinearity?: Nonlinearity;
}
function kaimingSpread(op: string, x: Tensor, options: KaimingOptions): number {
  checkOptions(op, options, ["a", "mode", "nonlinearity", "generator"]);
  const mode = checkChoice(op, "mode", options.mode ?? "fan_in", ["fan_in", "fan_out"]);
  const [fanIn, fanOut] = calculateFanInAndFanOut(x);
  return (
    calculateGain(options.nonlinearity ?? "leaky_relu", options.a ?? 0) /
    Math.sqrt(mode === "fan_in" ? fanIn : fanOut)
  );
}
/** Uniform within ±gain·√(3/fan). @see torch.nn.init.kaiming_uniform_ */
export function kaimingUniform_(x: Tensor, options: KaimingOptions = {}): Tensor {
  checkTensor("kaimingUniform_", x);
  if (numel(x.shape) === 0) return x;
  const bound = Math.sqrt(3) * kaimingSpread("kaimingUniform_", x, options);
  return uniform_(x, -bound, bound, { generator: options.generator });
}
/** Normal with deviation gain/√fan. @see torch.nn.init.kaiming_normal_ */
export function kaimingNormal_(x: Tensor, options: KaimingOptions = {}): Tensor {
  checkTensor("kaimingNormal_", x);
  if (numel(x.shape) === 0) return x;
  return normal_(x, 0, kaimingSpread("kaimingNormal_", x, options), { generator: options.generator });
}

export interface TruncNormalOptions extends FillOptions {
  /** @defaultValue 0 */
  mean?: number;
  /** @defaultValue 1 */
  std?: number;
  /** @defaultValue -2 */
  a?: number;
  /** @defaultValue 2 */
  b?: number;
}
/** Normal, drawn within [a, b]. @see torch.nn.init.trunc_normal_ */
export function truncNormal_(x: Tensor, options: TruncNormalOptions = {}): Tensor {
  checkTensor("truncNormal_", x);
  checkOptions("truncNormal_", options, ["mean", "std", "a", "b", "generator"]);
  const { mean = 0, std = 1, a = -2, b = 2, generator } = options;
  const distribution = (v: number) => (1 + erf(v / Math.sqrt(2))) / 2;
  const [low, high] = [distribution((a - mean) / std), distribution((b - mean) / std)];
  return quietly(x, () => {
    drawUniform(x, 2 * low - 1, 2 * high - 1, { generator });
    x.erfinv_()
      .mul_(std * Math.sqrt(2))
      .add_(mean)
      .clamp_(a, b);
  });
}

// ── by structure ─────────────────────────────────────────────────────────────────────────────────

/**
 * A (semi-)orthogonal matrix [rows, everything else], from the QR factors of normal numbers.
 *
 * @see torch.nn.init.orthogonal_
 */
export function orthogonal_(x: Tensor, options: { gain?: number } & FillOptions = {}): Tensor {
  checkOptions("orthogonal_", options, ["gain", "generator"]);
  const { gain = 1, generator } = options;
  checkTensor("orthogonal_", x);
  checkNumber("orthogonal_", "gain", gain);
  if (x.ndim < 2)
    throw new ShapeError(
      `orthogonal_: Only tensors with 2 or more dimensions are supported: got ${formatShape(x.shape)}`,
    );
  const [rows, count] = [x.shape[0]!, numel(x.shape)];
  if (count === 0) return x;
  return quietly(x, () => {
    const columns = count / rows;
    const drawn = drawNormal(empty(rows, columns, { dtype: x.dtype, device: x.device }), 0, 1, { generator });
    const { Q, R } = qr(rows < columns ? t(drawn) : drawn);
    const signed = mul(Q, sign(diagonal(R)));
    x.copy_(reshape(rows < columns ? t(signed) : signed, x.shape as number[]));
    x.mul_(gain);
  });
}

export interface SparseOptions extends FillOptions {
  /** Deviation of what is not 0. @defaultValue 0.01 */
  std?: number;
}
/** Normal numbers, of which a share of each column is 0. @see torch.nn.init.sparse_ */
export function sparse_(x: Tensor, sparsity: number, options: SparseOptions = {}): Tensor {
  checkOptions("sparse_", options, ["std", "generator"]);
  checkTensor("sparse_", x);
  if (checkNumber("sparse_", "sparsity", sparsity) < 0 || sparsity > 1)
    throw new ArgumentError(`sparse_: sparsity must be in [0, 1]: got ${sparsity}`);
  if (x.ndim !== 2)
    throw new ShapeError(
      `sparse_: Only tensors with 2 dimensions are supported: got ${formatShape(x.shape)}`,
    );
  const { std = 0.01, generator } = options;
  const [rows, columns] = x.shape as [number, number];
  const zeros = Math.ceil(sparsity * rows);
  return quietly(x, () => {
    drawNormal(x, 0, std, { generator });
    for (let column = 0; column < columns; column++)
      x.setAt([randperm(rows, { generator, device: x.device }).narrow(0, 0, zeros), column], 0);
  });
}

/** Kernels that hand their input on: 1 in the middle of channel d of filter d, 0 elsewhere. @see torch.nn.init.dirac_ */
export function dirac_(x: Tensor, options: { groups?: number } = {}): Tensor {
  checkOptions("dirac_", options, ["groups"]);
  checkTensor("dirac_", x);
  const groups = checkInteger("dirac_", "groups", options.groups ?? 1, 1);
  if (x.ndim < 3 || x.ndim > 5)
    throw new ShapeError(
      `dirac_: Only tensors with 3, 4, or 5 dimensions are supported: got ${formatShape(x.shape)}`,
    );
  const [filters, channels, ...field] = x.shape as [number, number, ...number[]];
  if (filters % groups !== 0)
    throw new ShapeError(`dirac_: dim 0 must be divisible by groups: ${filters} % ${groups}`);
  const each = filters / groups;
  const middle = field.map((n) => Math.floor(n / 2));
  return quietly(x, () => {
    fill_(x, 0);
    for (let g = 0; g < groups; g++)
      for (let d = 0; d < Math.min(each, channels); d++) x.setAt([g * each + d, d, ...middle], 1);
  });
}
