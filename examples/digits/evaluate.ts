import * as torch from "wasmgrad";
import { classes, type Digits, side } from "./draw.js";
import type { Mistake } from "./report.js";

/** What a network makes of test images. */
export interface Evaluation {
  accuracy: number;
  /** Mean cross entropy. */
  loss: number;
  /** `confusion[label][guess]` counts images. */
  confusion: number[][];
  /** The surest ones first. */
  mistakes: Mistake[];
}

/** Pairs of an image and its label. */
export type DigitSet = torch.utils.data.TensorDataset<[torch.Tensor, torch.Tensor]>;

/** Images [n, 1, 28, 28], brought to about mean 0 and variance 1, and labels [n] as int64. */
export function toDataset({ images, labels }: Digits): DigitSet {
  // Mean and deviation of MNIST's pixels.
  const [mean, deviation] = [255 * 0.1307, 255 * 0.3081];
  const pixels = torch.tensor(images).to(torch.float32).sub(mean).div(deviation);
  return new torch.utils.data.TensorDataset(
    pixels.view(labels.length, 1, side, side),
    torch.tensor(labels).to(torch.int64),
  );
}

/** Tests a network; `digits` are the pictures that `dataset` was made of. */
export function evaluate(
  net: torch.nn.Sequential,
  dataset: DigitSet,
  digits: Digits,
  device: torch.DeviceName,
): Evaluation {
  const count = digits.labels.length;
  const confusion = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const mistakes: Mistake[] = [];
  let loss = 0;
  let index = 0;
  net.eval();
  for (const [images, labels] of new torch.utils.data.DataLoader(dataset, { batchSize: 250 })) {
    const [batchLoss, rows] = torch.noGrad(() => {
      const logits = net(images.to(device));
      const sum = torch.nn.functional.crossEntropy(logits, labels.to(device), { reduction: "sum" });
      return [sum.item(), logits.softmax(1).toArray() as number[][]] as const;
    });
    loss += Number(batchLoss);
    for (const probabilities of rows) {
      const label = digits.labels[index] ?? 0;
      const confidence = Math.max(...probabilities);
      // A network that has diverged yields NaN, which is no digit's: count it as the first.
      const guess = Math.max(probabilities.indexOf(confidence), 0);
      const row = confusion[label] ?? [];
      row[guess] = (row[guess] ?? 0) + 1;
      if (guess !== label) {
        const pixels = digits.images.subarray(index * side * side, (index + 1) * side * side);
        mistakes.push({ pixels, label, guess, confidence });
      }
      index++;
    }
  }
  net.train();
  mistakes.sort((a, b) => b.confidence - a.confidence);
  return { accuracy: 1 - mistakes.length / count, loss: loss / count, confusion, mistakes };
}
