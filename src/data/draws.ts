/** Random choices as PyTorch makes them, draw for draw. */
import type { Generator } from "../core/generator.js";
import { log } from "../core/math.js";
import { randperm } from "../tensor/random.js";
import { valuesOf } from "../tensor/values.js";

/** A seed for another generator, as `random_()` draws an int64. */
export const drawSeed = (generator: Generator): bigint => generator.u64() & 0x7fffffffffffffffn;

/** 0 … n−1 in random order; consumes n − 1 words. */
export const permutation = (n: number, generator: Generator): number[] =>
  valuesOf(randperm(n, { generator })).map(Number);

/** `count` indices, each as likely as its weight; the same one may come again. @see torch.multinomial */
export function weighted(weights: readonly number[], count: number, generator: Generator): number[] {
  let total = 0;
  const sums = weights.map((w) => (total += w));
  const bounds = sums.map((sum, i) => (i === sums.length - 1 ? 1 : sum / total));
  return Array.from({ length: count }, () => {
    const u = generator.uniform64();
    let [low, high] = [0, bounds.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (bounds[middle]! < u) low = middle + 1;
      else high = middle;
    }
    return low;
  });
}

/** `count` different indices: those of the greatest w/q, q exponentially distributed. @see torch.multinomial */
export function weightedOnce(weights: readonly number[], count: number, generator: Generator): number[] {
  const keys = weights.map((w) => w / -log(1 - generator.uniform64()));
  return keys
    .map((_, i) => i)
    .sort((a, b) => keys[b]! - keys[a]!)
    .slice(0, count);
}
