/** Losses of margins, likelihoods and distances as layers. */

import { cosineSimilarity, type PairwiseDistanceOptions, pairwiseDistance } from "../ops/linear/distance.js";
import * as likelihood from "../ops/loss/likelihood-loss.js";
import type { LossOptions } from "../ops/loss/loss-reduction.js";
import * as margin from "../ops/loss/margin-loss.js";
import * as triplet from "../ops/loss/triplet-loss.js";
import type { Tensor } from "../tensor/tensor.js";
import { builtIn } from "./builtin.js";
import { Loss } from "./loss.js";
import { Module } from "./module.js";

/** @see torch.nn.HingeEmbeddingLoss */
export class HingeEmbeddingLoss extends Loss<margin.MarginOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return margin.hingeEmbeddingLoss(x, target, this.current);
  }
}
/** @see torch.nn.MarginRankingLoss */
export class MarginRankingLoss extends Loss<margin.MarginOptions> {
  override forward(a: Tensor, b: Tensor, target: Tensor): Tensor {
    return margin.marginRankingLoss(a, b, target, this.current);
  }
}
/** @see torch.nn.CosineEmbeddingLoss */
export class CosineEmbeddingLoss extends Loss<margin.MarginOptions> {
  override forward(a: Tensor, b: Tensor, target: Tensor): Tensor {
    return margin.cosineEmbeddingLoss(a, b, target, this.current);
  }
}
/** @see torch.nn.SoftMarginLoss */
export class SoftMarginLoss extends Loss<LossOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return margin.softMarginLoss(x, target, this.current);
  }
}
/** @see torch.nn.MultiMarginLoss */
export class MultiMarginLoss extends Loss<margin.MultiMarginOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return margin.multiMarginLoss(x, target, this.current);
  }
}
/** @see torch.nn.MultiLabelMarginLoss */
export class MultiLabelMarginLoss extends Loss<LossOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return margin.multilabelMarginLoss(x, target, this.current);
  }
}
/** @see torch.nn.MultiLabelSoftMarginLoss */
export class MultiLabelSoftMarginLoss extends Loss<margin.MultilabelSoftMarginOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return margin.multilabelSoftMarginLoss(x, target, this.current);
  }
}
/** @see torch.nn.GaussianNLLLoss */
export class GaussianNLLLoss extends Loss<likelihood.GaussianNllOptions> {
  override forward(x: Tensor, target: Tensor, variance: Tensor): Tensor {
    return likelihood.gaussianNllLoss(x, target, variance, this.current);
  }
}
/** @see torch.nn.PoissonNLLLoss */
export class PoissonNLLLoss extends Loss<likelihood.PoissonNllOptions> {
  override forward(x: Tensor, target: Tensor): Tensor {
    return likelihood.poissonNllLoss(x, target, this.current);
  }
}
/** @see torch.nn.TripletMarginLoss */
export class TripletMarginLoss extends Loss<triplet.TripletOptions> {
  override forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    return triplet.tripletMarginLoss(anchor, positive, negative, this.current);
  }
}

/** @see torch.nn.PairwiseDistance */
export class PairwiseDistance extends Module {
  constructor(readonly options: PairwiseDistanceOptions = {}) {
    super();
  }
  override forward(x: Tensor, y: Tensor): Tensor {
    return pairwiseDistance(x, y, this.options);
  }
}
/** @see torch.nn.CosineSimilarity */
export class CosineSimilarity extends Module {
  constructor(
    readonly dim = 1,
    readonly options: { eps?: number } = {},
  ) {
    super();
  }
  override forward(x: Tensor, y: Tensor): Tensor {
    return cosineSimilarity(x, y, this.dim, this.options);
  }
}

builtIn(HingeEmbeddingLoss, MarginRankingLoss, CosineEmbeddingLoss, SoftMarginLoss, MultiMarginLoss);
builtIn(MultiLabelMarginLoss, MultiLabelSoftMarginLoss, GaussianNLLLoss, PoissonNLLLoss, TripletMarginLoss);
builtIn(PairwiseDistance, CosineSimilarity);
