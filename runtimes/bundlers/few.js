/** A page that imports few names and uses methods, kernels and devices that none of them names. */
import { manualSeed, nn, randn, setDefaultDevice, tensor } from "wasmgrad";

manualSeed(0);
const x = randn(2, 3, { dtype: "float64", requiresGrad: true });
const y = x.mul(x).add(1).sqrt();
y.sum().backward();
const conv = new nn.Conv2d(1, 2, 3);
const image = conv(randn(1, 1, 5, 5));
image.square().mean().backward();
const shown = [
  y.tolist(),
  x.grad.tolist(),
  x.detach().svd().S.tolist(),
  image.tolist(),
  conv.weight.grad.tolist(),
  tensor([3, 1, 2], { dtype: "int16" }).sort().values.tolist(),
  tensor([1, 2]).relu_().erfinv().isnan().tolist(),
  String(tensor([[1.5, 2]])),
];
setDefaultDevice("reference");
shown.push(tensor([1, 2, 3]).cumsum(0).tolist(), tensor([1]).device);
console.log(JSON.stringify(shown));
