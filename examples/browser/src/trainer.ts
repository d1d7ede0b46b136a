/** @file Training without a page: the same numbers in a worker, and in Node. */
import "wasmgrad/kernels";
import { float32, int64, manualSeed, noGrad, randperm, type Tensor, tensor } from "wasmgrad/lean";
import type { Sequential } from "wasmgrad/nn";
import { crossEntropy } from "wasmgrad/nn/functional";
import { SGD } from "wasmgrad/optim";
import { type Digits, side } from "../../digits/draw.js";
import type { Settings } from "./form.js";
import { buildNet } from "./model.js";

export type { Settings };

/** Images [n, 1, 28, 28] and their labels [n]. */
export interface Batch {
  images: Tensor;
  labels: Tensor;
}

export interface Score {
  loss: number;
  /** 0 … 1. */
  accuracy: number;
}

export const batchSize = 50;

/** Brings pixels to about mean 0 and variance 1. */
export function toImages(pixels: Uint8Array): Tensor {
  // Mean and deviation of MNIST's pixels.
  const [mean, deviation] = [255 * 0.1307, 255 * 0.3081];
  return tensor(pixels).to(float32).sub(mean).div(deviation).view(-1, 1, side, side);
}

export function toBatch({ images, labels }: Digits): Batch {
  return { images: toImages(images), labels: tensor(labels).to(int64) };
}

/** A run of SGD with momentum, a step at a time. */
export class Trainer {
  readonly net: Sequential;
  readonly stepsPerEpoch: number;
  readonly steps: number;
  /** How many steps are done. */
  step = 0;
  readonly #data: Batch;
  readonly #settings: Settings;
  readonly #optimizer: SGD;
  #order: Tensor | undefined;

  constructor(data: Batch, settings: Settings) {
    manualSeed(settings.seed);
    this.net = buildNet();
    this.#data = data;
    this.#settings = settings;
    this.#optimizer = new SGD(this.net.parameters(), { lr: settings.lr, momentum: 0.9 });
    this.stepsPerEpoch = Math.ceil(data.labels.numel() / batchSize);
    this.steps = settings.epochs * this.stepsPerEpoch;
  }

  /** Four times an epoch, and at its end, is often enough to see how it goes. */
  get testEvery(): number {
    return Math.ceil(this.stepsPerEpoch / 4);
  }

  /** Trains on the next batch; the loss before that. */
  next(): number {
    const { images, labels } = this.#data;
    const at = this.step % this.stepsPerEpoch;
    if (at === 0) this.#order = randperm(labels.numel());
    const batch = this.#order!.at(`${at * batchSize}:${(at + 1) * batchSize}`);
    for (const group of this.#optimizer.paramGroups)
      group.lr = this.#settings.lr * (1 - this.step / this.steps);
    this.#optimizer.zeroGrad();
    const loss = crossEntropy(this.net(images.indexSelect(0, batch)), labels.indexSelect(0, batch));
    loss.backward();
    this.#optimizer.step();
    this.step++;
    return Number(loss.item());
  }
}

/** How a network does on digits it was not trained on. */
export function test(net: Sequential, { images, labels }: Batch): Score {
  const count = labels.numel();
  let [loss, hits] = [0, 0];
  for (let from = 0; from < count; from += 250) {
    noGrad(() => {
      const wanted = labels.at(`${from}:${from + 250}`);
      const logits = net(images.at(`${from}:${from + 250}`));
      loss += Number(crossEntropy(logits, wanted, { reduction: "sum" }).item());
      hits += Number(logits.argmax(1).eq(wanted).sum().item());
    });
  }
  return { loss: loss / count, accuracy: hits / count };
}

/** The probabilities of the ten digits for one image of 28 × 28 pixels. */
export function classify(net: Sequential, pixels: Uint8Array): number[] {
  return noGrad(() => net(toImages(pixels)).softmax(1).flatten().toArray() as number[]);
}
