/** Running sums, products and extremes along a dim. */
import { record } from "../../autograd/record.js";
import type { ScanName } from "../../backend/backend.js";
import { checkOptions } from "../../core/arguments.js";
import { checkDType, type DType, isFloat } from "../../core/dtype.js";
import { normalizeDim, numel } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { scalarOf } from "../../tensor/values.js";
import { clone } from "../copying.js";
import { div, mul } from "../elementwise/arithmetic.js";
import { logaddexp } from "../elementwise/binary.js";
import { eq } from "../elementwise/comparison.js";
import { scatterAdd } from "../index/gathering.js";
import { checkKind, checkTensor, discard, onesOf, prepare, zerosOf } from "../kernel.js";
import { named } from "../named.js";
import { cat } from "../shape/joining.js";
import { flip } from "../shape/rearranging.js";
import { narrow, select } from "../shape/slicing.js";
import { unsqueeze } from "../shape/view.js";
import type { ValuesAndIndices } from "./reduction.js";
import { any, sum } from "./reduction.js";

export interface DTypeOptions {
  /** Convert to this dtype first. @defaultValue int64 for whole numbers, else as it is */
  dtype?: DType;
}

function scanned(
  op: string,
  name: ScanName,
  x: Tensor,
  dim: number,
  options: DTypeOptions = {},
): { y: Tensor; d: number } {
  checkTensor(op, x);
  checkOptions(op, options, ["dtype"]);
  const d = normalizeDim(op, dim, x.ndim);
  const dtype = options.dtype ? checkDType(op, options.dtype) : isFloat(x.dtype) ? x.dtype : "int64";
  if (x.ndim === 0) return { y: clone(prepare(x.detach(), dtype)), d };
  const y = make(x.shape, dtype, x.storage.backend);
  const input = prepare(x, dtype);
  y.storage.backend.scan(name, y, input, d);
  discard(input, x);
  return { y, d };
}

/** y[k] = Σ x[0 … k]. ∂x = sums of g from the other end. @see torch.cumsum */
export function cumsum(x: Tensor, dim: number, options?: DTypeOptions): Tensor {
  const { y, d } = scanned("cumsum", "sum", x, dim, options);
  return record(y, { op: "cumsum", inputs: [x], backward: (g) => [() => flip(cumsum(flip(g, d), d), d)] });
}

/** y[k] = Π x[0 … k]. ∂x[j] = Σ over k ≥ j of g[k]·y[k]/x[j], with zeros taken care of. @see torch.cumprod */
export function cumprod(x: Tensor, dim: number, options?: DTypeOptions): Tensor {
  const { y, d } = scanned("cumprod", "prod", x, dim, options);
  return record(y, {
    op: "cumprod",
    inputs: [x],
    saved: [x, y],
    backward: (g, [x, y]) => [() => (x.ndim === 0 ? g : cumprodGrad(g, x, y, d))],
  });
}

function cumprodGrad(g: Tensor, x: Tensor, y: Tensor, d: number): Tensor {
  if (numel(x.shape) === 0) return mul(x, 0);
  const fromEnd = (v: Tensor) => flip(cumsum(flip(v, d), d), d);
  if (scalarOf(any(eq(x, 0))) === false && !x.requiresGrad) return div(fromEnd(mul(g, y)), x);
  // ∂y[k]/∂x[j] = (product before j)·(product of j+1 … k), written without division.
  const n = x.shape[d]!;
  const parts: Tensor[] = [];
  for (let j = 0; j < n; j++) {
    const before = j === 0 ? null : select(y, d, j - 1);
    const one = onesOf(x, x.shape.with(d, 1));
    const after = cumprod(cat([one, narrow(x, d, j + 1, n - j - 1)], d), d);
    const total = sum(mul(narrow(g, d, j, n - j), after), d);
    parts.push(unsqueeze(before ? mul(before, total) : total, d));
  }
  return cat(parts, d);
}

/**
 * y[k] = ln Σ e^x[0 … k], without overflow: spans of 1, 2, 4, … elements joined in pairs. ∂x through those sums.
 *
 * @see torch.logcumsumexp
 */
export function logcumsumexp(x: Tensor, dim: number): Tensor {
  checkTensor("logcumsumexp", x);
  checkKind("logcumsumexp", x, "float");
  const d = normalizeDim("logcumsumexp", dim, x.ndim);
  const n = x.ndim === 0 ? 1 : x.shape[d]!;
  let y = n > 1 ? x : clone(x);
  for (let span = 1; span < n; span *= 2) {
    const joined = logaddexp(narrow(y, d, span, n - span), narrow(y, d, 0, n - span));
    y = cat([narrow(y, d, 0, span), joined], d);
  }
  return named("logcumsumexp", y);
}

function extremesSoFar(
  op: "cummax" | "cummin",
  name: "max" | "min",
  x: Tensor,
  dim: number,
): ValuesAndIndices {
  checkTensor(op, x);
  const d = normalizeDim(op, dim, x.ndim);
  const [values, indices] = [
    make(x.shape, x.dtype, x.storage.backend),
    make(x.shape, "int64", x.storage.backend),
  ];
  const { backend } = x.storage;
  if (x.ndim === 0) {
    backend.copy(values, x);
    backend.fill(indices, 0);
  } else backend.scan(name, values, x, d, indices);
  record(values, {
    op,
    inputs: [x],
    saved: [indices],
    backward: (g, [indices]) => [() => (g.ndim === 0 ? g : scatterAdd(zerosOf(g, g.shape), d, indices, g))],
  });
  return { values, indices };
}
/** The greatest so far and where it was last met. @see torch.cummax */
export function cummax(x: Tensor, dim: number): ValuesAndIndices {
  return extremesSoFar("cummax", "max", x, dim);
}
/** The least so far and where it was last met. @see torch.cummin */
export function cummin(x: Tensor, dim: number): ValuesAndIndices {
  return extremesSoFar("cummin", "min", x, dim);
}
