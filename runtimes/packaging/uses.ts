/** A program that uses every entry of the package; it is compiled, not run. */
import * as torch from "wasmgrad";
import "wasmgrad/kernels";
import "wasmgrad/reference";
import { type BackwardOptions, grad } from "wasmgrad/autograd";
import { DataLoader, Dataset } from "wasmgrad/data";
import * as fft from "wasmgrad/fft";
import { matmul } from "wasmgrad/functions";
import { loadSafetensors, saveSafetensors } from "wasmgrad/io";
import { manualSeed, type Tensor, tensor } from "wasmgrad/lean";
import { svd } from "wasmgrad/linalg";
import { Linear, Module } from "wasmgrad/nn";
import { crossEntropy } from "wasmgrad/nn/functional";
import { Adam } from "wasmgrad/optim";
import { erf } from "wasmgrad/special";

class Net extends Module {
  layer = new Linear(2, 3);
  override forward(x: Tensor): Tensor {
    return this.layer(x).relu();
  }
}
class Points extends Dataset<[Tensor, number]> {
  override length = 4;
  override getItem(i: number): [Tensor, number] {
    return [tensor([i, i + 0.5]), i % 3];
  }
}

manualSeed(0);
const net = new Net();
const optimizer = new Adam(net.parameters(), { lr: 0.1 });
const options: BackwardOptions = { retainGraph: true };
for await (const [x, y] of new DataLoader(new Points(), { batchSize: 2 })) {
  const loss: torch.Tensor = crossEntropy(net(x), y);
  optimizer.zeroGrad();
  loss.backward(options);
  optimizer.step();
}
const x: Tensor = torch.ones(2, 2, { dtype: torch.float64, requiresGrad: true });
const [slope] = grad(erf(matmul(x, x)).sum(), [x]);
const singular: number[] = svd(x).S.toArray() as number[];
const state = loadSafetensors(saveSafetensors({ x: x.detach() }));
export const shape: readonly number[] = fft.fftshift(x.svd().U).shape;
export { singular, slope, state };

// What is wrong is an error here too.
// @ts-expect-error
x.mull(2);
// @ts-expect-error
torch.ones(2, { dtyp: "float32" });
