/**
 * What a user's module looks like to worker threads: datasets and functions, exported. Plain JavaScript, over
 * the built library.
 */
import { Dataset, getWorkerInfo, IterableDataset } from "../../dist/data/index.js";
import { tensor } from "../../dist/tensor/create.js";
import { rand } from "../../dist/tensor/random.js";

/** One sample of every kind. */
export class Mixed extends Dataset {
  constructor(length) {
    super();
    this.samples = Array.from({ length }, (_, i) => i);
    this.scale = tensor([0.1, -3]);
    this.names = new Map(this.samples.map((i) => [i, `#${i}`]));
  }

  get length() {
    return this.samples.length;
  }

  getItem(index) {
    return {
      pair: [this.samples[index], this.scale.mul(index)],
      name: this.names.get(index),
      raw: new Float64Array([index / 3, Number.NaN]),
      even: index % 2 === 0,
    };
  }
}

/** Draws, counts its calls in memory that threads share, and fails where it is told to. */
export class Noisy extends Dataset {
  constructor(length, { bad = -1, transform } = {}) {
    super();
    this.length = length;
    this.bad = bad;
    this.transform = transform;
    this.calls = new Int32Array(new SharedArrayBuffer(4));
  }

  getItem(index) {
    Atomics.add(this.calls, 0, 1);
    if (index === this.bad) throw new RangeError("torn page");
    const noise = rand(2);
    return this.transform ? this.transform(noise) : noise;
  }
}

export class Letters extends IterableDataset {
  *[Symbol.iterator]() {
    const { id, numWorkers } = getWorkerInfo() ?? { id: 0, numWorkers: 1 };
    for (let i = id; i < 7; i += numWorkers) yield "abcdefg"[i];
  }
}

export const shape = (x) => x.shape.join();
export const join = (samples) => ({ worker: getWorkerInfo().id, text: samples.join("+") });
export function breakDown(id) {
  if (id === 1) throw new Error("no disk");
}
