/** A plain synchronous training loop, as people write it, and the memory it takes. */
import * as torch from "wasmgrad";
import { LeNet, lenetBatch } from "../networks/lenet.js";
import { Mlp, mlpBatch } from "../networks/mlp.js";
import { peakRss } from "../start/peak-rss.js";
import { sgd, trainer } from "../workloads/training.js";

const nets = {
  mlp: () => {
    const net = new Mlp();
    return trainer(net, sgd(net), mlpBatch(64));
  },
  lenet: () => {
    const net = new LeNet();
    return trainer(net, sgd(net), lenetBatch(64));
  },
};

/** How a loop went. Times in milliseconds, memory in bytes. */
export interface LoopResult {
  net: string;
  style: string;
  steps: number;
  mean: number;
  median: number;
  resident: number;
  /** The most that was ever resident. */
  peak: number;
  reserved: number;
  evicted: number;
  restored: number;
  rss: number;
  peakRss: number;
  /** Of the last step, to see that it learned. */
  loss: number;
}

const warmUpSteps = 100;

/** Trains `net` for `steps` steps without a pause, each inside torch.scope if `style` is "scope". */
export function trainLoop([net, style, count]: readonly string[]): LoopResult {
  const step = nets[net as keyof typeof nets]();
  const turn = style === "scope" ? () => void torch.scope(() => void step()) : () => void step();
  for (let i = 0; i < warmUpSteps; i++) turn();
  const steps = Number(count);
  const times = new Float64Array(steps);
  const start = performance.now();
  for (let i = 0, last = start; i < steps; i++) {
    turn();
    const now = performance.now();
    times[i] = now - last;
    last = now;
  }
  const mean = (performance.now() - start) / steps;
  const { resident, peak, reserved, evicted, restored } = torch.memory();
  const rss = process.memoryUsage.rss();
  const median = times.sort()[steps >> 1]!;
  const loss = Number(step().item());
  const memory = { resident, peak, reserved, evicted, restored, rss, peakRss: peakRss() };
  return { net: net!, style: style!, steps, mean, median, ...memory, loss };
}
