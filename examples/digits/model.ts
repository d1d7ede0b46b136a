import * as torch from "wasmgrad";
import { classes, side } from "./draw.js";
import type { Options } from "./options.js";

const { nn } = torch;

/** A network from images [n, 1, 28, 28] to logits [n, 10], its weights drawn from the default generator. */
export function buildModel(name: Options["model"]): torch.nn.Sequential {
  const pixels = side * side;
  switch (name) {
    case "softmax":
      return new nn.Sequential(new nn.Flatten(), new nn.Linear(pixels, classes));
    case "mlp":
      return new nn.Sequential(
        new nn.Flatten(),
        new nn.Linear(pixels, 256),
        new nn.ReLU(),
        new nn.Linear(256, 128),
        new nn.ReLU(),
        new nn.Linear(128, classes),
      );
    case "lenet":
      return new nn.Sequential(
        new nn.Conv2d(1, 6, 5, { padding: 2 }),
        new nn.ReLU(),
        new nn.MaxPool2d(2),
        new nn.Conv2d(6, 16, 5),
        new nn.ReLU(),
        new nn.MaxPool2d(2),
        new nn.Flatten(),
        new nn.Linear(16 * 5 * 5, 120),
        new nn.ReLU(),
        new nn.Linear(120, 84),
        new nn.ReLU(),
        new nn.Linear(84, classes),
      );
  }
}

/** How many numbers a network learns. */
export function countParameters(net: torch.nn.Module): number {
  let count = 0;
  for (const parameter of net.parameters()) count += parameter.numel();
  return count;
}
