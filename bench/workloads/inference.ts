/** Networks from a batch to its logits, nothing recorded. */
import * as torch from "wasmgrad";
import { lenet, lenetBatch } from "../networks/lenet.js";
import { mlp, mlpBatch } from "../networks/mlp.js";
import type { Workload } from "./workload.js";

function inference(net: torch.nn.Sequential, x: torch.Tensor): () => torch.Tensor {
  net.eval();
  return () => torch.noGrad(() => net(x));
}

const mlpOf = (batch: number): Workload => ({
  name: `mlp_fwd_${batch}`,
  group: "infer",
  flops: 537_600 * batch,
  prepare: () => inference(mlp(), mlpBatch(batch)[0]),
});

export const inferences: readonly Workload[] = [
  mlpOf(64),
  mlpOf(1),
  {
    name: "lenet_fwd_64",
    group: "infer",
    flops: 833_040 * 64,
    prepare: () => inference(lenet(), lenetBatch(64)[0]),
  },
];
