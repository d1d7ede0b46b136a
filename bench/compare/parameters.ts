/** Inputs and parameters of the networks as plain arrays, each filled from its seed. */
import { fillValues, randintValues } from "../numbers.js";

/** Values in row-major order. */
export interface Values {
  shape: readonly number[];
  values: Float32Array<ArrayBuffer>;
}

export interface Layer {
  /** [out, in] of a linear layer, [O, C, k, k] of a convolution. */
  weight: Values;
  bias: Values;
}

export const filled = (seed: number, shape: readonly number[], scale = 1): Values => ({
  shape,
  values: fillValues(seed, shape, scale),
});

/** Layers whose seeds are counted upwards from `seed`, all within ±1/√fan-in. */
function layers(seed: number, shapes: readonly (readonly number[])[]): Layer[] {
  return shapes.map((shape, i) => {
    const scale = 1 / Math.sqrt(shape.slice(1).reduce((product, n) => product * n, 1));
    const first = seed + 2 * i;
    return { weight: filled(first, shape, scale), bias: filled(first + 1, [shape[0]!], scale) };
  });
}

/** 784-256-256-10. */
export const mlpLayers = (): Layer[] =>
  layers(11, [
    [256, 784],
    [256, 256],
    [10, 256],
  ]);

/** Two convolutions, the first padded by 2, and three linear layers. */
export const lenetLayers = (): Layer[] =>
  layers(31, [
    [6, 1, 5, 5],
    [16, 6, 5, 5],
    [120, 400],
    [84, 120],
    [10, 84],
  ]);

/** The transformer's sizes. */
export const gpt = { batch: 16, context: 64, width: 128, heads: 4, vocabulary: 65 } as const;

export interface GptBlock {
  /** Weights [out, in]; biases start at 0, layer norms at gain 1 and bias 0. */
  qkv: Values;
  out: Values;
  fc: Values;
  proj: Values;
}

export interface GptParameters {
  tokens: Values;
  positions: Values;
  blocks: GptBlock[];
  head: Values;
}

export function gptParameters(): GptParameters {
  const { width, context, vocabulary } = gpt;
  const weight = (seed: number, out: number, inputs: number) =>
    filled(seed, [out, inputs], 1 / Math.sqrt(inputs));
  return {
    tokens: filled(100, [vocabulary, width], 0.04),
    positions: filled(101, [context, width], 0.04),
    blocks: [200, 220].map((seed) => ({
      qkv: weight(seed, 3 * width, width),
      out: weight(seed + 1, width, width),
      fc: weight(seed + 2, 4 * width, width),
      proj: weight(seed + 3, width, 4 * width),
    })),
    head: weight(300, vocabulary, width),
  };
}

/** Images of the MLP [batch, 784] and of LeNet [batch, 1, 28, 28], and their labels. */
export const images = (shape: readonly number[]): Values => filled(1000, shape);
export const labels = (batch: number): number[] => randintValues(1001, batch, 10);

/** Characters and those that follow them, 16 × 64 each. */
export const text = (): { tokens: number[]; targets: number[] } => {
  const count = gpt.batch * gpt.context;
  return {
    tokens: randintValues(400, count, gpt.vocabulary),
    targets: randintValues(401, count, gpt.vocabulary),
  };
};

/** Row i is 1 at column `indices[i]` and 0 elsewhere: [n, classes]. */
export function oneHot(indices: readonly number[], classes: number): Values {
  const values = new Float32Array(indices.length * classes);
  for (const [row, index] of indices.entries()) values[row * classes + index] = 1;
  return { shape: [indices.length, classes], values };
}

/** Added to scores [T, T]: −10⁹ where a position would see one after it. */
export function causalMask(): Values {
  const { context } = gpt;
  const values = new Float32Array(context * context);
  for (let i = 0; i < context; i++) values.fill(-1e9, i * context + i + 1, (i + 1) * context);
  return { shape: [context, context], values };
}
