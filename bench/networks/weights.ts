/** Parameters set to numbers that are the same for every library. */
import * as torch from "wasmgrad";
import { fill } from "../data.js";

/** Overwrites a parameter with `fill(seed, its shape, scale)`. */
export function set(parameter: torch.Tensor, seed: number, scale: number): void {
  torch.noGrad(() => parameter.copy_(fill(seed, parameter.shape, scale)));
}

/** Weights and biases of layers, from seeds counted upwards; both within ±1/√fan-in. */
export function setLayers(layers: Iterable<torch.nn.Module>, firstSeed: number): void {
  let seed = firstSeed;
  for (const layer of layers) {
    if (!(layer instanceof torch.nn.Linear || layer instanceof torch.nn.Conv2d)) continue;
    const fanIn = layer.weight.numel() / layer.weight.shape[0]!;
    set(layer.weight, seed++, 1 / Math.sqrt(fanIn));
    if (layer.bias) set(layer.bias, seed++, 1 / Math.sqrt(fanIn));
  }
}
