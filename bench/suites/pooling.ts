/** The greatest and the mean of windows, forward and back. */
import * as torch from "wasmgrad";
import { type Case, onTensor } from "./suite.js";

const { maxPool2d, avgPool2d } = torch.nn.functional;
const shape = [2, 8, 32, 32];

const gradient = (run: (x: torch.Tensor) => torch.Tensor) => (x: torch.Tensor) =>
  torch.autograd.grad(run(x.requiresGrad_()).sum(), [x]);

export const pooling: readonly Case[] = [
  onTensor("max 2", shape, (x) => maxPool2d(x, 2)),
  onTensor("max 3, stride 2", shape, (x) => maxPool2d(x, 3, { stride: 2, padding: 1 })),
  onTensor("mean 2", shape, (x) => avgPool2d(x, 2)),
  onTensor(
    "max 2, back",
    shape,
    gradient((x) => maxPool2d(x, 2)),
  ),
  onTensor(
    "mean 2, back",
    shape,
    gradient((x) => avgPool2d(x, 2)),
  ),
];
