/** Poisson-distributed counts, with the draws of PyTorch's CPU generator. */
import { record } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError } from "../../core/errors.js";
import type { Generator } from "../../core/generator.js";
import { exp, lgamma, log } from "../../core/math.js";
import { makeOf } from "../../tensor/make.js";
import { defaultGenerator } from "../../tensor/random.js";
import type { Tensor } from "../../tensor/tensor.js";
import { valuesOf } from "../../tensor/values.js";
import { mul } from "../elementwise/arithmetic.js";
import { checkTensor } from "../kernel.js";
import type { FillOptions } from "./random.js";

/**
 * For each rate in x a count drawn with that mean. The gradient is 0.
 *
 * @throws ArgumentError if a rate is negative
 * @see torch.poisson
 */
export function poisson(x: Tensor, options?: FillOptions): Tensor {
  checkTensor("poisson", x);
  checkOptions("poisson", options, ["generator"]);
  if (!isFloat(x.dtype)) throw new DTypeError(`poisson: not implemented for ${x.dtype}`);
  const { generator = defaultGenerator } = options ?? {};
  const counts = valuesOf(x).map((rate) => {
    if (!(Number(rate) >= 0))
      throw new ArgumentError(`poisson: invalid Poisson rate, expected rate to be non-negative: got ${rate}`);
    return drawn(Number(rate), generator);
  });
  return record(makeOf(counts, x.shape, x.dtype, x.storage.backend), {
    op: "poisson",
    inputs: [x],
    backward: (g) => [() => mul(g, 0)],
  });
}

/** Products of uniform numbers for small rates, transformed rejection for others. @see Hörmann 1993, "The transformed rejection method for generating Poisson random variables" */
function drawn(rate: number, generator: Generator): number {
  if (rate === 0) return 0;
  if (rate < 10) {
    const limit = exp(-rate);
    let count = 0;
    for (let product = generator.uniform64(); product > limit; product *= generator.uniform64()) count++;
    return count;
  }
  const logRate = log(rate);
  const b = 0.931 + 2.53 * Math.sqrt(rate);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = generator.uniform64() - 0.5;
    const v = generator.uniform64();
    const distance = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / distance + b) * u + rate + 0.43);
    if (distance >= 0.07 && v <= squeeze) return k;
    if (k < 0 || (distance < 0.013 && v > distance)) continue;
    if (
      log(v) + log(inverseAlpha) - log(a / (distance * distance) + b) <=
      -rate + k * logRate - lgamma(k + 1)
    )
      return k;
  }
}
