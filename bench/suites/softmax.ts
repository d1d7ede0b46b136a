/** Rows brought to a scale: softmax, its logarithm, norms, cross-entropy. */
import * as torch from "wasmgrad";
import { randint } from "../data.js";
import { type Case, numbers, onTensor } from "./suite.js";

const { layerNorm, crossEntropy } = torch.nn.functional;
const shape = [64, 128];

export const softmax: readonly Case[] = [
  onTensor("softmax of rows", shape, (x) => x.softmax(1)),
  onTensor("softmax of columns", shape, (x) => x.softmax(0)),
  onTensor("logSoftmax of rows", shape, (x) => x.logSoftmax(1)),
  onTensor("layerNorm", shape, (x) => layerNorm(x, [128])),
  {
    name: "crossEntropy, gradient",
    prepare: (device) => {
      const x = numbers(device, 1, shape).requiresGrad_();
      const target = randint(2, 64, 128).to(device);
      return () => torch.autograd.grad(crossEntropy(x, target), [x]);
    },
  },
];
