/** A page that trains an MLP and asks it: what it needs and nothing else. */
import { manualSeed, noGrad, tensor } from "wasmgrad/lean";
import { CrossEntropyLoss, Flatten, Linear, ReLU, Sequential } from "wasmgrad/nn";
import { SGD } from "wasmgrad/optim";

manualSeed(0);
const net = new Sequential(new Flatten(), new Linear(784, 256), new ReLU(), new Linear(256, 10));
const optimizer = new SGD(net.parameters(), { lr: 0.1, momentum: 0.9 });
const criterion = new CrossEntropyLoss();

export function step(images, labels) {
  optimizer.zeroGrad();
  const loss = criterion(net(tensor(images)), tensor(labels));
  loss.backward();
  optimizer.step();
  return loss.item();
}
export const classify = (images) => noGrad(() => net(tensor(images)).argmax(1).tolist());
