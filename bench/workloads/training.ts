/** Steps of training: forward, mean cross-entropy, backward, update; always the same batch. */
import * as torch from "wasmgrad";
import { Gpt, gptBatch } from "../networks/gpt.js";
import { lenet, lenetBatch } from "../networks/lenet.js";
import { mlp, mlpBatch } from "../networks/mlp.js";
import type { Workload } from "./workload.js";

const { crossEntropy } = torch.nn.functional;

/** A step that returns its loss as it was before the update. */
export function trainer(
  net: (x: torch.Tensor) => torch.Tensor,
  optimizer: { zeroGrad(): void; step(): unknown },
  [x, targets]: readonly [torch.Tensor, torch.Tensor],
): () => torch.Tensor {
  return () => {
    optimizer.zeroGrad();
    const loss = crossEntropy(net(x), targets);
    loss.backward();
    optimizer.step();
    return loss;
  };
}

/** SGD as all workloads of images have it. */
export const sgd = (net: torch.nn.Module): torch.optim.SGD =>
  new torch.optim.SGD(net.parameters(), { lr: 0.01, momentum: 0.9 });

export const trainings: readonly Workload[] = [
  {
    name: "mlp_train",
    group: "train_mlp",
    flops: 103_219_200,
    trains: true,
    prepare: () => {
      const net = mlp();
      return trainer(net, sgd(net), mlpBatch(64));
    },
  },
  {
    name: "lenet_train",
    group: "train_lenet",
    flops: 159_943_680,
    trains: true,
    prepare: () => {
      const net = lenet();
      return trainer(net, sgd(net), lenetBatch(64));
    },
  },
  {
    name: "gpt_train",
    group: "train_gpt",
    flops: 2_668_363_776,
    trains: true,
    prepare: () => {
      const net = new Gpt();
      const adam = new torch.optim.Adam(net.parameters(), { lr: 1e-3 });
      // Each position is a sample of its own: logits [1024, 65].
      return trainer((text) => net(text).flatten(0, 1), adam, gptBatch());
    },
  },
];
