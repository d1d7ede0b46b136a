import { setImmediate } from "node:timers/promises";
import * as torch from "wasmgrad";
import { type Evaluation, evaluate, toDataset } from "./evaluate.js";
import type { Split } from "./idx.js";
import type { Options } from "./options.js";
import { formatPercent, type Progress } from "./progress.js";
import type { Point } from "./report.js";

/** How training went. */
export interface History {
  train: Point[];
  test: Point[];
  /** On the test images at the end. */
  last: Evaluation;
  seconds: number;
  images: number;
}

/** Loss and hits summed over images. */
class Tally {
  images = 0;
  private loss = 0;
  private hits = 0;

  add(images: number, loss: number, hits: number): void {
    this.images += images;
    this.loss += loss * images;
    this.hits += hits;
  }

  means(): { loss: number; accuracy: number } {
    return { loss: this.loss / this.images, accuracy: this.hits / this.images };
  }
}

/**
 * Trains a network by SGD with momentum 0.9 whose step size falls linearly to 0, and tests it after every
 * epoch. Once `stopped()` it ends after the batch at hand and tests what it has.
 */
export async function train(
  net: torch.nn.Sequential,
  split: Split,
  { epochs, batchSize, lr, device }: Options,
  progress: Progress,
  stopped: () => boolean,
): Promise<History> {
  const testSet = toDataset(split.test);
  const loader = new torch.utils.data.DataLoader(toDataset(split.train), { batchSize, shuffle: true });
  const optimizer = new torch.optim.SGD(net.parameters(), { lr, momentum: 0.9 });
  const count = split.train.labels.length;
  const batches = Math.ceil(count / batchSize);
  // Twenty points an epoch draw a curve that is neither coarse nor jagged.
  const window = Math.ceil(batches / 20);
  const history = { train: [] as Point[], test: [] as Point[], seconds: 0, images: 0 };
  let last: Evaluation | undefined;

  for (let epoch = 1; epoch <= epochs && !stopped(); epoch++) {
    const whole = new Tally();
    let recent = new Tally();
    let batch = 0;
    let since = performance.now();
    const time = () => epoch - 1 + batch / batches;
    for (const [images, labels] of loader) {
      for (const group of optimizer.paramGroups) group.lr = lr * (1 - time() / epochs);
      const { loss, hits } = step(net, optimizer, images.to(device), labels.to(device));
      for (const tally of [whole, recent]) tally.add(labels.numel(), loss, hits);
      batch++;
      if (batch % window === 0 || batch === batches) {
        history.train.push({ epoch: time(), ...recent.means() });
        recent = new Tally();
      }
      history.images += labels.numel();
      history.seconds += (performance.now() - since) / 1000;
      since = performance.now();
      const imagesPerSecond = history.images / history.seconds;
      const secondsLeft = (epochs * count - history.images) / imagesPerSecond;
      progress.update({ epoch, epochs, batch, batches, ...whole.means(), imagesPerSecond, secondsLeft });
      // Signals arrive only between turns of the event loop.
      await setImmediate();
      if (stopped()) break;
    }
    last = evaluate(net, testSet, split.test, device);
    history.test.push({ epoch: time(), loss: last.loss, accuracy: last.accuracy });
    const cut = batch < batches ? ` stopped after batch ${batch}/${batches}` : "";
    progress.line(
      `epoch ${epoch}/${epochs}${cut}  train ${formatMeans(whole.means())}  test ${formatMeans(last)}`,
    );
  }
  return { ...history, last: last ?? evaluate(net, testSet, split.test, device) };
}

/** One step on images [n, 1, 28, 28] and labels [n]: the loss before it and how many were right. */
function step(
  net: torch.nn.Sequential,
  optimizer: torch.optim.SGD,
  images: torch.Tensor,
  labels: torch.Tensor,
): { loss: number; hits: number } {
  optimizer.zeroGrad();
  const logits = net(images);
  const loss = torch.nn.functional.crossEntropy(logits, labels);
  loss.backward();
  optimizer.step();
  return { loss: Number(loss.item()), hits: Number(logits.argmax(1).eq(labels).sum().item()) };
}

function formatMeans({ loss, accuracy }: { loss: number; accuracy: number }): string {
  return `loss ${loss.toFixed(4)} accuracy ${formatPercent(accuracy)}`;
}
