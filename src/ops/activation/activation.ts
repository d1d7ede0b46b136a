/** Activations: the bends between layers, and softmax. */
import { record } from "../../autograd/record.js";
import { checkChoice, checkNumber, checkOptions } from "../../core/arguments.js";
import { type DType, isFloat } from "../../core/dtype.js";
import { DTypeError } from "../../core/errors.js";
import { normalizeDim } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { add, div, mul, neg, rsub, sub } from "../elementwise/arithmetic.js";
import { gt, logicalAnd, lt } from "../elementwise/comparison.js";
import { exp, expm1, log1p } from "../elementwise/exponential.js";
import { clamp } from "../elementwise/limits.js";
import { where } from "../elementwise/selection.js";
import { tanh } from "../elementwise/trigonometric.js";
import { atLeast1d } from "../index/positions.js";
import { binary, checkTensor, floatUnary, unary } from "../kernel.js";
import { named } from "../named.js";
import { sum } from "../reduction/reduction.js";

/** max(x, 0). ∂x = g where x > 0. @see torch.relu */
export function relu(x: Tensor): Tensor {
  checkTensor("relu", x);
  if (x.dtype === "bool") throw new DTypeError("relu: Boolean inputs not supported for relu");
  const y = unary("relu", "relu", x);
  return record(y, {
    op: "relu",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => reluGrad(g, y)],
  });
}
/** g where y > 0. Linear in g, flat in y. */
function reluGrad(g: Tensor, y: Tensor): Tensor {
  return record(binary("relu", "relugrad", g, y), {
    op: "threshold_backward",
    inputs: [g],
    saved: [y],
    backward: (gg, [y]) => [() => reluGrad(gg, y)],
  });
}

/** 1/(1 + e⁻ˣ). ∂x = g·y·(1 − y). @see torch.sigmoid */
export function sigmoid(x: Tensor): Tensor {
  const y = floatUnary("sigmoid", "sigmoid", x);
  return record(y, {
    op: "sigmoid",
    inputs: [x],
    saved: [y],
    backward: (g, [y]) => [() => sigmoidGrad(g, y)],
  });
}
/** g·y·(1 − y). ∂y = gg·g·(1 − 2y). */
function sigmoidGrad(g: Tensor, y: Tensor): Tensor {
  return record(binary("sigmoid", "sigmoidgrad", g, y), {
    op: "sigmoid_backward",
    inputs: [g, y],
    saved: [g, y],
    backward: (gg, [g, y]) => [() => sigmoidGrad(gg, y), () => mul(mul(gg, g), rsub(mul(y, 2), 1))],
  });
}

/** ln(1/(1 + e⁻ˣ)) = −softplus(−x). @see torch.nn.functional.logsigmoid */
export function logsigmoid(x: Tensor): Tensor {
  return named("log_sigmoid", neg(softplus(neg(x))));
}

/** x·sigmoid(x). ∂x = g·s·(1 + x·(1 − s)). @see torch.nn.functional.silu */
export function silu(x: Tensor): Tensor {
  return record(floatUnary("silu", "silu", x), {
    op: "silu",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => siluGrad(g, x)],
  });
}
/** g·s·(1 + x·(1 − s)), s = sigmoid x. ∂x = gg·g·s·(1 − s)·(2 + x·(1 − 2s)). */
function siluGrad(g: Tensor, x: Tensor): Tensor {
  return record(binary("silu", "silugrad", g, x), {
    op: "silu_backward",
    inputs: [g, x],
    saved: [g, x],
    backward: (gg, [g, x]) => [
      () => siluGrad(gg, x),
      () => {
        const s = sigmoid(x);
        return mul(mul(gg, g), mul(mul(s, rsub(s, 1)), add(mul(x, rsub(mul(s, 2), 1)), 2)));
      },
    ],
  });
}

export interface GeluOptions {
  /** "none" is x·Φ(x); "tanh" an approximation of it. @defaultValue "none" */
  approximate?: "none" | "tanh";
}
/** x·Φ(x), Φ the normal distribution. ∂x = g·(Φ(x) + x·φ(x)). @see torch.nn.functional.gelu */
export function gelu(x: Tensor, options: GeluOptions = {}): Tensor {
  checkOptions("gelu", options, ["approximate"]);
  const approximate = checkChoice("gelu", "approximate", options.approximate ?? "none", ["none", "tanh"]);
  const exact = approximate === "none";
  return record(floatUnary("gelu", exact ? "gelu" : "gelutanh", x), {
    op: "gelu",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => (exact ? geluGrad : geluTanhGrad)(g, x)],
  });
}
/** g·(Φ(x) + x·φ(x)). ∂x = gg·g·φ(x)·(2 − x²). */
function geluGrad(g: Tensor, x: Tensor): Tensor {
  return record(binary("gelu", "gelugrad", g, x), {
    op: "gelu_backward",
    inputs: [g, x],
    saved: [g, x],
    backward: (gg, [g, x]) => [
      () => geluGrad(gg, x),
      () => {
        const square = mul(x, x);
        const phi = mul(exp(mul(square, -0.5)), 0.3989422804014327); // 1/√(2π)
        return mul(mul(gg, g), mul(phi, rsub(square, 2)));
      },
    ],
  });
}
/** g·½·(1 + t + x·(1 − t²)·u′), t = tanh u, u = √(2/π)·(x + k·x³). ∂x = gg·g·(1 − t²)·(u′ + ½·x·u″ − x·t·u′²). */
function geluTanhGrad(g: Tensor, x: Tensor): Tensor {
  return record(binary("gelu", "gelutanhgrad", g, x), {
    op: "gelu_backward",
    inputs: [g, x],
    saved: [g, x],
    backward: (gg, [g, x]) => [
      () => geluTanhGrad(gg, x),
      () => {
        const [beta, k] = [0.7978845608028654, 0.044715];
        const square = mul(x, x);
        const t = tanh(mul(mul(x, add(mul(square, k), 1)), beta));
        const u1 = mul(add(mul(square, 3 * k), 1), beta);
        const u2 = mul(x, 6 * k * beta);
        const bend = sub(add(u1, mul(mul(x, u2), 0.5)), mul(mul(x, t), mul(u1, u1)));
        return mul(mul(gg, g), mul(rsub(mul(t, t), 1), bend));
      },
    ],
  });
}

export interface SoftplusOptions {
  /** @defaultValue 1 */
  beta?: number;
  /** Above beta·x it is x itself. @defaultValue 20 */
  threshold?: number;
}
/** ln(1 + e^(beta·x))/beta. @see torch.nn.functional.softplus */
export function softplus(x: Tensor, options: SoftplusOptions = {}): Tensor {
  checkTensor("softplus", x);
  checkOptions("softplus", options, ["beta", "threshold"]);
  const { beta = 1, threshold = 20 } = options;
  const scaled = mul(x, beta);
  // Below: ln(1 + eᵛ) = max(v, 0) + ln(1 + e^−|v|) would lose the slope at 0; large v is cut off by the threshold anyway.
  const limited = clamp(scaled, null, threshold);
  return named("softplus", where(gt(scaled, threshold), x, div(log1p(exp(limited)), beta)));
}

export interface LeakyReluOptions {
  /** @defaultValue 0.01 */
  negativeSlope?: number;
}
/** x where x > 0, else negativeSlope·x. @see torch.nn.functional.leaky_relu */
export function leakyRelu(x: Tensor, options: LeakyReluOptions = {}): Tensor {
  checkTensor("leakyRelu", x);
  checkOptions("leakyRelu", options, ["negativeSlope"]);
  const slope = checkNumber("leakyRelu", "negativeSlope", options.negativeSlope ?? 0.01);
  return record(where(gt(x, 0), x, mul(x, slope)).detach(), {
    op: "leaky_relu",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => where(gt(x, 0), g, mul(g, slope))],
  });
}

export interface EluOptions {
  /** @defaultValue 1 */
  alpha?: number;
}
/** x where x > 0, else alpha·(eˣ − 1). @see torch.nn.functional.elu */
export function elu(x: Tensor, options: EluOptions = {}): Tensor {
  checkTensor("elu", x);
  checkOptions("elu", options, ["alpha"]);
  const { alpha = 1 } = options;
  return named("elu", where(gt(x, 0), x, mul(expm1(clamp(x, null, 0)), alpha)));
}

/** x held between minVal (−1) and maxVal (1). ∂x = g strictly inside. @see torch.nn.functional.hardtanh */
export function hardtanh(x: Tensor, options: { minVal?: number; maxVal?: number } = {}): Tensor {
  checkTensor("hardtanh", x);
  checkOptions("hardtanh", options, ["minVal", "maxVal"]);
  const { minVal = -1, maxVal = 1 } = options;
  const bound = isFloat(x.dtype) ? (limit: number) => limit : Math.trunc;
  return record(clamp(x.detach(), bound(minVal), bound(maxVal)), {
    op: "hardtanh",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => where(logicalAnd(gt(x, minVal), lt(x, maxVal)), g, 0)],
  });
}
/** x held between 0 and 6. @see torch.nn.functional.relu6 */
export function relu6(x: Tensor): Tensor {
  return hardtanh(x, { minVal: 0, maxVal: 6 });
}

// ── softmax ──────────────────────────────────────────────────────────────────────────────────────

export interface SoftmaxOptions {
  /** Convert to this dtype first. */
  dtype?: DType;
}

function fractions(op: string, x: Tensor, options: SoftmaxOptions | undefined): Tensor {
  checkTensor(op, x);
  checkOptions(op, options, ["dtype"]);
  if (options?.dtype) return to(x, options.dtype);
  if (!isFloat(x.dtype)) throw new DTypeError(`${op}: not implemented for ${x.dtype}: give { dtype }`);
  return x;
}

/** eˣ / Σ eˣ along `dim`. ∂x = y·(g − Σ g·y). @see torch.softmax */
export function softmax(x: Tensor, dim: number, options?: SoftmaxOptions): Tensor {
  const z = fractions("softmax", x, options);
  const d = normalizeDim("softmax", dim, z.ndim);
  const y = make(z.shape, z.dtype, z.storage.backend);
  y.storage.backend.softmax(atLeast1d(y), atLeast1d(z.detach()), d);
  return record(y, {
    op: "softmax",
    inputs: [z],
    saved: [y],
    backward: (g, [y]) => [() => softmaxGrad(g, y, d)],
  });
}

/** y·(g − Σ g·y): linear in g. */
function softmaxGrad(g: Tensor, y: Tensor, d: number): Tensor {
  if (y.ndim === 0) return mul(g, 0);
  const out = make(y.shape, y.dtype, y.storage.backend);
  out.storage.backend.softmaxGrad(out, g, y, d);
  return record(out, {
    op: "softmax_backward_data",
    inputs: [g, y],
    saved: [g, y],
    backward: (gg, [g, y]) => [
      () => softmaxGrad(gg, y, d),
      () => {
        const along = { keepdim: true };
        return sub(mul(gg, sub(g, sum(mul(g, y), d, along))), mul(g, sum(mul(gg, y), d, along)));
      },
    ],
  });
}

/** x − ln Σ eˣ along `dim`. ∂x = g − eʸ·Σ g. @see torch.log_softmax */
export function logSoftmax(x: Tensor, dim: number, options?: SoftmaxOptions): Tensor {
  const z = fractions("logSoftmax", x, options);
  const d = normalizeDim("logSoftmax", dim, z.ndim);
  const y = make(z.shape, z.dtype, z.storage.backend);
  y.storage.backend.logSoftmax(atLeast1d(y), atLeast1d(z.detach()), d);
  return record(y, {
    op: "log_softmax",
    inputs: [z],
    saved: [y],
    backward: (g, [y]) => [() => logSoftmaxGrad(g, y, d)],
  });
}

/** g − eʸ·Σ g: linear in g. */
function logSoftmaxGrad(g: Tensor, y: Tensor, d: number): Tensor {
  if (y.ndim === 0) return mul(g, 0);
  const out = make(y.shape, y.dtype, y.storage.backend);
  out.storage.backend.logSoftmaxGrad(out, g, y, d);
  return record(out, {
    op: "log_softmax_backward_data",
    inputs: [g, y],
    saved: [g, y],
    backward: (gg, [g, y]) => {
      const p = () => exp(y);
      return [
        () => sub(gg, sum(mul(gg, p()), d, { keepdim: true })),
        () => neg(mul(mul(gg, p()), sum(g, d, { keepdim: true }))),
      ];
    },
  });
}

/** softmax of −x. @see torch.nn.functional.softmin */
export function softmin(x: Tensor, dim: number, options?: SoftmaxOptions): Tensor {
  return softmax(neg(x), dim, options);
}
