/** Steps of optimizers, one parameter [64, 64]. */
import * as torch from "wasmgrad";
import { type Case, numbers } from "./suite.js";

const { nn, optim } = torch;

const stepping = (name: string, make: (params: torch.Tensor[]) => { step(): unknown }): Case => ({
  name,
  prepare: (device) => {
    const parameter = new nn.Parameter(numbers(device, 1, [64, 64]));
    parameter
      .mul(numbers(device, 2, [64, 64]))
      .sum()
      .backward();
    const optimizer = make([parameter]);
    return () => optimizer.step();
  },
});

export const optimizer: readonly Case[] = [
  stepping("SGD", (params) => new optim.SGD(params, { lr: 1e-6 })),
  stepping("SGD, momentum", (params) => new optim.SGD(params, { lr: 1e-6, momentum: 0.9 })),
  stepping("Adam", (params) => new optim.Adam(params, { lr: 1e-6 })),
  stepping("AdamW", (params) => new optim.AdamW(params, { lr: 1e-6 })),
];
