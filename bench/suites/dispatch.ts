/** So little work that only the way to the kernel counts. */
import * as torch from "wasmgrad";
import { type Case, onTensor } from "./suite.js";

const n = [16];

export const dispatch: readonly Case[] = [
  onTensor("add", n, (x) => x.add(x)),
  onTensor("add, recorded", n, (x) => x.requiresGrad_().add(1)),
  onTensor("add_ in place", n, (x) => x.add_(1)),
  onTensor("view", n, (x) => x.view(4, 4)),
  onTensor("at(3)", n, (x) => x.at(3)),
  onTensor("item", [1], (x) => x.item()),
  onTensor("sum, backward", n, (x) => torch.autograd.grad(x.requiresGrad_().sum(), [x])),
];
