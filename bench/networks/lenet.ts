/** LeNet-5 with ReLU and max pooling. */
import * as torch from "wasmgrad";
import { fill, randint } from "../data.js";
import { setLayers } from "./weights.js";

const { nn } = torch;
const { relu, maxPool2d } = nn.functional;
const firstSeed = 31;

export function lenet(): torch.nn.Sequential {
  const net = new nn.Sequential(
    new nn.Conv2d(1, 6, 5, { padding: 2 }),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Conv2d(6, 16, 5),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Flatten(),
    new nn.Linear(400, 120),
    new nn.ReLU(),
    new nn.Linear(120, 84),
    new nn.ReLU(),
    new nn.Linear(84, 10),
  );
  setLayers(net.modules(), firstSeed);
  return net;
}

/** The same as a person writes it: a class with a forward of its own. */
export class LeNet extends nn.Module {
  conv1 = new nn.Conv2d(1, 6, 5, { padding: 2 });
  conv2 = new nn.Conv2d(6, 16, 5);
  fc1 = new nn.Linear(400, 120);
  fc2 = new nn.Linear(120, 84);
  fc3 = new nn.Linear(84, 10);

  constructor() {
    super();
    setLayers([this.conv1, this.conv2, this.fc1, this.fc2, this.fc3], firstSeed);
  }

  override forward(images: torch.Tensor): torch.Tensor {
    let x = maxPool2d(relu(this.conv1(images)), 2);
    x = maxPool2d(relu(this.conv2(x)), 2).flatten(1);
    x = relu(this.fc2(relu(this.fc1(x))));
    return this.fc3(x);
  }
}

/** Images [batch, 1, 28, 28] and labels [batch]. */
export function lenetBatch(batch: number): [x: torch.Tensor, labels: torch.Tensor] {
  return [fill(1000, [batch, 1, 28, 28]), randint(1001, batch, 10)];
}
