/** Rows of a table, chosen by number. */
import { noGrad } from "../../autograd/grad-mode.js";
import { record } from "../../autograd/record.js";
import { checkInteger, checkNumber, checkOptions } from "../../core/arguments.js";
import { ArgumentError, DTypeError, ShapeError } from "../../core/errors.js";
import { formatShape } from "../../core/shape.js";
import type { Tensor } from "../../tensor/tensor.js";
import { div } from "../elementwise/arithmetic.js";
import { eq } from "../elementwise/comparison.js";
import { maskedFill } from "../elementwise/selection.js";
import { checkTensor, onesOf, zerosOf } from "../kernel.js";
import { renorm } from "../reduction/sums.js";
import { reshape, unsqueeze } from "../shape/view.js";
import { indexAdd, indexSelect } from "./gathering.js";
import { setAt } from "./indexing.js";
import { takeAlong } from "./positions.js";

export interface EmbeddingOptions {
  /** Row whose gradient stays 0. */
  paddingIdx?: number | null;
  /** Rows looked up whose norm is above this are shrunk to it, in the table itself. */
  maxNorm?: number | null;
  /** p of that norm. @defaultValue 2 */
  normType?: number;
  /** Whether a row's gradient is divided by how often the row was looked up. @defaultValue false */
  scaleGradByFreq?: boolean;
  /** Accepted for PyTorch's sake: gradients are dense here. @defaultValue false */
  sparse?: boolean;
}

/** Shrinks the rows at `flat` to a p-norm of at most `most`, in the table itself; the graph does not see it. */
function shrinkRows(weight: Tensor, flat: Tensor, most: number, p: number): void {
  noGrad(() => setAt(weight.detach(), [flat], renorm(indexSelect(weight, 0, flat), p, 0, most)));
}

/** How often each number occurs in `flat` [n], beside each [n, 1], as a tensor like `g`. */
function frequencies(flat: Tensor, rows: number, g: Tensor): Tensor {
  const counts = indexAdd(zerosOf(g, [rows]), 0, flat, onesOf(g, flat.shape));
  return unsqueeze(indexSelect(counts, 0, flat), 1);
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
  checkOptions("embedding", options, ["paddingIdx", "maxNorm", "normType", "scaleGradByFreq", "sparse"]);
  if (index.dtype !== "int64" && index.dtype !== "int32")
    throw new DTypeError(
      `embedding: Expected tensor for argument #1 'indices' to have scalar type Long or Int: got ${index.dtype}`,
    );
  if (weight.ndim !== 2)
    throw new ShapeError(`embedding: 'weight' must be 2-D: got ${formatShape(weight.shape)}`);
  const { paddingIdx = null, maxNorm = null, normType = 2, scaleGradByFreq = false } = options;
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
  if (maxNorm !== null) {
    checkNumber("embedding", "maxNorm", maxNorm);
    checkNumber("embedding", "normType", normType);
    shrinkRows(weight, flat, maxNorm, normType);
  }
  const y = reshape(takeAlong("embedding", weight, 0, flat), [...index.shape, weight.shape[1]!]).detach();
  const shape = weight.shape;
  return record(y, {
    op: "embedding",
    inputs: [weight],
    saved: [flat],
    backward: (g, [flat]) => [
      () => {
        const each = reshape(g, [flat.shape[0]!, shape[1]!]);
        const kept = skipped === null ? each : maskedFill(each, unsqueeze(eq(flat, skipped), 1), 0);
        const counted = scaleGradByFreq ? div(kept, frequencies(flat, rows, g)) : kept;
        return indexAdd(zerosOf(g, shape), 0, flat, counted);
      },
    ],
  });
}
