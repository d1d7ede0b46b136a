/** `wasmgrad/lean` and the entries beside it, without the whole library: a classifier learns, and prints. */
import * as functions from "wasmgrad/functions";
import { arange, manualSeed, ones, randn, Tensor, tensor } from "wasmgrad/lean";
import * as nn from "wasmgrad/nn";
import { SGD } from "wasmgrad/optim";
import { equal } from "./assert.mjs";

export function run() {
  manualSeed(1);
  const x = randn([64, 2]);
  const y = x
    .mul(tensor([1, -1]))
    .sum(1)
    .gt(0)
    .to("int64");
  const net = new nn.Sequential(new nn.Linear(2, 16), new nn.ReLU(), new nn.Linear(16, 2));
  const optimizer = new SGD(net.parameters(), { lr: 0.5, momentum: 0.9 });
  const criterion = new nn.CrossEntropyLoss();
  for (let step = 0; step < 100; step++) {
    const loss = criterion(net(x), y);
    optimizer.zeroGrad();
    loss.backward();
    optimizer.step();
  }
  const right = net(x).argmax(1).eq(y).sum().item();
  if (right < 62) throw new Error(`of 64 points ${right} are classified right`);
  equal("a tensor", String(arange(3).add(ones([3]))), "tensor([1., 2., 3.])");
  equal("a class", [Tensor.name, SGD.name, nn.Linear.name], ["Tensor", "SGD", "Linear"]);
  equal("a function", functions.hstack([arange(2), arange(2)]).toArray(), [0, 1, 0, 1]);
  return { right };
}
