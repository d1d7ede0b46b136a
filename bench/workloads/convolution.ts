/** Convolutions of stride 1 without bias: images [N, C, H, W], weights [O, C, k, k]. */
import * as torch from "wasmgrad";
import { fill } from "../data.js";
import type { Workload } from "./workload.js";

type Sizes = readonly [number, number, number, number];

function convolution(name: string, images: Sizes, weights: Sizes, padding: number): Workload {
  const [count, channels, height, width] = images;
  const [outputs, , kernel] = weights;
  const grown = 2 * padding - kernel + 1;
  const products = count * outputs * (height + grown) * (width + grown) * channels * kernel ** 2;
  return {
    name,
    group: "conv",
    flops: 2 * products,
    prepare: () => {
      const [x, w] = [fill(3, images), fill(4, weights, 0.25)];
      return () => torch.conv2d(x, w, { padding });
    },
  };
}

export const convolutions: readonly Workload[] = [
  convolution("conv_lenet1", [32, 1, 28, 28], [6, 1, 5, 5], 2),
  convolution("conv_lenet2", [32, 6, 14, 14], [16, 6, 5, 5], 0),
  convolution("conv_resnet", [8, 64, 56, 56], [64, 64, 3, 3], 1),
];
