/** Attention, and the bilinear map of two inputs. */
import { checkOptions } from "../../core/arguments.js";
import { ArgumentError, ShapeError } from "../../core/errors.js";
import { formatShape, numel, sameShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { softmax } from "../activation/activation.js";
import { to } from "../copying.js";
import { add, mul } from "../elementwise/arithmetic.js";
import { logicalNot } from "../elementwise/comparison.js";
import { maskedFill } from "../elementwise/selection.js";
import { checkKind, checkTensor, onesOf } from "../kernel.js";
import { named } from "../named.js";
import { dropout } from "../random/dropout.js";
import { sum } from "../reduction/reduction.js";
import { tril } from "../shape/rearranging.js";
import { permute, reshape, transpose, unsqueeze } from "../shape/view.js";
import { matmul } from "./matmul.js";

export interface AttentionOptions {
  /** bool: true takes part; floats: added to the scores. [..., L, S], broadcast. */
  attnMask?: Tensor | null;
  /** Share of the attention weights dropped. @defaultValue 0 */
  dropoutP?: number;
  /** Each place sees itself and what stands before. @defaultValue false */
  isCausal?: boolean;
  /** Factor of the scores. @defaultValue 1/√E */
  scale?: number | null;
}

/**
 * softmax(q·kᵀ·scale + mask)·v: q [..., L, E], k [..., S, E], v [..., S, Ev] → [..., L, Ev].
 *
 * @throws ArgumentError if a mask is given beside isCausal
 * @see torch.nn.functional.scaled_dot_product_attention; Vaswani et al. 2017, arXiv:1706.03762
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AttentionOptions = {},
): Tensor {
  checkOptions("scaledDotProductAttention", options, ["attnMask", "dropoutP", "isCausal", "scale"]);
  const weights = attentionWeights("scaledDotProductAttention", [query, key, value], options);
  return matmul(weights, value);
}

/**
 * The output of attention and its weights [..., L, S], dropped ones included.
 *
 * @param options.needAttnWeights has no effect: the weights are always given
 * @see torch.nn.functional._scaled_dot_product_attention
 */
export function _scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: Omit<AttentionOptions, "scale"> & { needAttnWeights?: boolean } = {},
): [output: Tensor, weights: Tensor] {
  const op = "_scaledDotProductAttention";
  checkOptions(op, options, ["attnMask", "dropoutP", "needAttnWeights", "isCausal"]);
  const weights = attentionWeights(op, [query, key, value], options);
  return [matmul(weights, value), weights];
}

/** softmax(q·kᵀ·scale + mask), with dropout. */
function attentionWeights(
  op: string,
  [query, key, value]: readonly [Tensor, Tensor, Tensor],
  options: AttentionOptions,
): Tensor {
  for (const x of [query, key, value]) {
    checkTensor(op, x);
    checkKind(op, x, "float");
    if (x.ndim < 2) throw new ShapeError(`${op}: expected at least 2 dims, got ${formatShape(x.shape)}`);
  }
  const { attnMask = null, dropoutP = 0, isCausal = false } = options;
  if (attnMask && isCausal)
    throw new ArgumentError(`${op}: Explicit attn_mask should not be set when is_causal=True`);
  const [length, width] = [query.shape.at(-2)!, query.shape.at(-1)!];
  const scale = options.scale ?? 1 / Math.sqrt(width);
  const scores = matmul(mul(query, scale), transpose(key, -2, -1));
  const mask = isCausal ? to(tril(onesOf(query, [length, key.shape.at(-2)!])), "bool") : attnMask;
  const masked =
    mask === null
      ? scores
      : mask.dtype === "bool"
        ? maskedFill(scores, logicalNot(mask), Number.NEGATIVE_INFINITY)
        : add(scores, mask);
  const weights = softmax(masked, -1);
  return dropoutP > 0 ? dropout(weights, { p: dropoutP }) : weights;
}

/**
 * Σ x[i]·w[o, i, j]·y[j] + b[o]: x [..., I], y [..., J], weight [O, I, J] → [..., O].
 *
 * @throws ShapeError if sizes do not fit
 * @see torch.nn.functional.bilinear
 */
export function bilinear(
  x: Tensor,
  y: Tensor,
  weight: Tensor,
  options: { bias?: Tensor | null } = {},
): Tensor {
  const op = "bilinear";
  checkOptions(op, options, ["bias"]);
  const { bias = null } = options;
  for (const z of [x, y, weight]) checkTensor(op, z);
  if (weight.ndim !== 3) throw new ShapeError(`${op}: weight must be 3-d: got ${formatShape(weight.shape)}`);
  const [o, i, j] = weight.shape as [number, number, number];
  const lead = x.shape.slice(0, -1);
  if (x.ndim === 0 || !sameShape(lead, y.shape.slice(0, -1)) || x.shape.at(-1) !== i || y.shape.at(-1) !== j)
    throw new ShapeError(
      `${op}: input shapes do not match: ${formatShape(x.shape)} and ${formatShape(y.shape)} with weight ${formatShape(weight.shape)}`,
    );
  if (bias && !sameShape(bias.shape, [o]))
    throw new ShapeError(
      `${op}: bias size does not match weight size: got ${formatShape(bias.shape)} but expected [${o}]`,
    );
  const count = numel(lead);
  const partial = matmul(reshape(x, [count, i]), reshape(permute(weight, 1, 0, 2), [i, o * j]));
  const rows = sum(mul(reshape(partial, [count, o, j]), unsqueeze(reshape(y, [count, j]), 1)), 2);
  const out = named("_reshape_alias", reshape(rows, [...lead, o]));
  return bias ? add(out, bias) : out;
}
