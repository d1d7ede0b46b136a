/** Tables of rows, looked up by number. */
import { noGrad } from "../autograd/grad-mode.js";
import { checkInteger, checkOptions } from "../core/arguments.js";
import { ArgumentError } from "../core/errors.js";
import { type EmbeddingOptions, embedding } from "../ops/index/embedding.js";
import { fill_ } from "../ops/inplace.js";
import { select } from "../ops/shape/slicing.js";
import type { Parameter } from "../tensor/parameter.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { pyFloat } from "./describe.js";
import { normal_ } from "./init.js";
import { type FactoryOptions, parameter } from "./linear.js";
import { Module } from "./module.js";

/** The padding row starts as zeros and is not trained. */
export interface EmbeddingLayerOptions extends FactoryOptions, EmbeddingOptions {}

/** A table of rows, looked up by number: [*] of int64 → [*, embeddingDim]. @see torch.nn.Embedding */
export class Embedding extends Module {
  weight: Parameter;
  readonly paddingIdx: number | null;
  readonly maxNorm: number | null;
  readonly normType: number;
  readonly scaleGradByFreq: boolean;
  readonly sparse: boolean;

  constructor(
    readonly numEmbeddings: number,
    readonly embeddingDim: number,
    options: EmbeddingLayerOptions = {},
  ) {
    super();
    checkInteger("Embedding", "numEmbeddings", numEmbeddings, 0);
    checkInteger("Embedding", "embeddingDim", embeddingDim, 0);
    const keys = ["paddingIdx", "maxNorm", "normType", "scaleGradByFreq", "sparse", "dtype", "device"];
    checkOptions("Embedding", options, keys);
    const { paddingIdx = null, maxNorm = null, normType = 2 } = options;
    if (paddingIdx !== null) checkInteger("Embedding", "paddingIdx", paddingIdx);
    if (paddingIdx !== null && (paddingIdx >= numEmbeddings || paddingIdx < -numEmbeddings))
      throw new ArgumentError(
        `Embedding: Padding_idx must be within num_embeddings: ${paddingIdx} of ${numEmbeddings}`,
      );
    this.paddingIdx = paddingIdx !== null && paddingIdx < 0 ? paddingIdx + numEmbeddings : paddingIdx;
    this.maxNorm = maxNorm;
    this.normType = normType;
    this.scaleGradByFreq = options.scaleGradByFreq ?? false;
    this.sparse = options.sparse ?? false;
    this.weight = parameter([numEmbeddings, embeddingDim], options);
    normal_(this.weight);
    if (this.paddingIdx !== null) noGrad(() => fill_(select(this.weight, 0, this.paddingIdx!), 0));
  }
  override forward(index: Tensor): Tensor {
    const { paddingIdx, maxNorm, normType, scaleGradByFreq } = this;
    return embedding(index, this.weight, { paddingIdx, maxNorm, normType, scaleGradByFreq });
  }
  override extraRepr(): string {
    const parts = [`${this.numEmbeddings}, ${this.embeddingDim}`];
    if (this.paddingIdx !== null) parts.push(`padding_idx=${this.paddingIdx}`);
    if (this.maxNorm !== null) parts.push(`max_norm=${pyFloat(this.maxNorm)}`);
    if (this.normType !== 2) parts.push(`norm_type=${pyFloat(this.normType)}`);
    if (this.scaleGradByFreq) parts.push("scale_grad_by_freq=True");
    if (this.sparse) parts.push("sparse=True");
    return parts.join(", ");
  }
}

builtIn(Embedding);
