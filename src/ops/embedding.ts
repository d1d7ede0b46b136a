/** Rows of a table, chosen by number. */
import { record } from "../autograd/record.js";
import { checkInteger, checkOptions } from "../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Tensor } from "../tensor/tensor.js";
import { eq } from "./comparison.js";
import { indexAdd } from "./gathering.js";
import { checkTensor, zerosOf } from "./kernel.js";
import { takeAlong } from "./positions.js";
import { maskedFill } from "./selection.js";
import { reshape, unsqueeze } from "./view.js";

export interface EmbeddingOptions {
  /** Row whose gradient stays 0. */
  paddingIdx?: number | null;
}

/**
 * Rows of a table: index of any shape, weight [V, D] → [*index, D]. ∂weight = g added to the rows it came from.
 *
 * @throws IndexError if an index is no row
 * @see torch.nn.functional.embedding
 */
export function embedding(index: Tensor, weight: Tensor, options: EmbeddingOptions = {}): Tensor {
  checkTensor("embedding", index);
  checkTensor("embedding", weight);
  checkOptions("embedding", options, ["paddingIdx"]);
  if (index.dtype !== "int64" && index.dtype !== "int32")
    throw new DTypeError(
      `embedding: Expected tensor for argument #1 'indices' to have scalar type Long or Int: got ${index.dtype}`,
    );
  if (weight.ndim !== 2)
    throw new ShapeError(`embedding: 'weight' must be 2-D: got ${formatShape(weight.shape)}`);
  const { paddingIdx = null } = options;
  const rows = weight.shape[0]!;
  if (paddingIdx !== null) {
    checkInteger("embedding", "paddingIdx", paddingIdx);
    if (paddingIdx >= rows || paddingIdx < -rows)
      throw new ArgumentError(
        `embedding: Padding_idx must be within num_embeddings: ${paddingIdx} of ${rows}`,
      );
  }
  const skipped = paddingIdx !== null && paddingIdx < 0 ? paddingIdx + rows : paddingIdx;
  const flat = reshape(index, -1);
  const y = reshape(takeAlong("embedding", weight, 0, flat), [...index.shape, weight.shape[1]!]).detach();
  const shape = weight.shape;
  return record(y, {
    op: "embedding",
    inputs: [weight],
    saved: [flat],
    backward: (g, [flat]) => [
      () => {
        const each = reshape(g, [flat.shape[0]!, shape[1]!]);
        const counted = skipped === null ? each : maskedFill(each, unsqueeze(eq(flat, skipped), 1), 0);
        return indexAdd(zerosOf(g, shape), 0, flat, counted);
      },
    ],
  });
}
