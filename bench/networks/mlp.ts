/** A perceptron 784-256-256-10 with ReLU between. */
import * as torch from "wasmgrad";
import { fill, randint } from "../data.js";
import { setLayers } from "./weights.js";

const { nn } = torch;
const firstSeed = 11;

export function mlp(): torch.nn.Sequential {
  const net = new nn.Sequential(
    new nn.Linear(784, 256),
    new nn.ReLU(),
    new nn.Linear(256, 256),
    new nn.ReLU(),
    new nn.Linear(256, 10),
  );
  setLayers(net.modules(), firstSeed);
  return net;
}

/** The same as a person writes it: a class with a forward of its own. */
export class Mlp extends nn.Module {
  fc1 = new nn.Linear(784, 256);
  fc2 = new nn.Linear(256, 256);
  fc3 = new nn.Linear(256, 10);

  constructor() {
    super();
    setLayers([this.fc1, this.fc2, this.fc3], firstSeed);
  }

  override forward(x: torch.Tensor): torch.Tensor {
    const hidden = this.fc1(x).relu();
    return this.fc3(this.fc2(hidden).relu());
  }
}

/** Inputs [batch, 784] and labels [batch]. */
export function mlpBatch(batch: number): [x: torch.Tensor, labels: torch.Tensor] {
  return [fill(1000, [batch, 784]), randint(1001, batch, 10)];
}
