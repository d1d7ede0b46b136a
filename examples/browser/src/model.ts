import { Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential } from "wasmgrad/nn";

/**
 * LeNet: images [n, 1, 28, 28] to logits [n, 10], its weights drawn from the default generator. Layer for layer it is the one of
 * `../../digits`, so that a file of weights fits both.
 */
export function buildNet(): Sequential {
  return new Sequential(
    new Conv2d(1, 6, 5, { padding: 2 }),
    new ReLU(),
    new MaxPool2d(2),
    new Conv2d(6, 16, 5),
    new ReLU(),
    new MaxPool2d(2),
    new Flatten(),
    new Linear(16 * 5 * 5, 120),
    new ReLU(),
    new Linear(120, 84),
    new ReLU(),
    new Linear(84, 10),
  );
}
