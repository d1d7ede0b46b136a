/** @file Convolutions as they are defined: each output is the sum of a window of the input times the kernel. */
import { numel, type Shape } from "../../core/shape.js";
import type { LinearKernels, Window2d } from "../backend.js";
import { numbers, write } from "./arrays.js";

type Convolutions = Pick<LinearKernels, "conv2d" | "conv2dGradInput" | "conv2dGradWeight">;

/**
 * Calls `visit(y, x, w)` with the row-major positions of every output [n, o, r, i], input [n, c, …] and weight
 * [o, c within its group, j, k] that meet: y += x·w is the convolution, and the other two directions are its adjoints.
 */
function meet(
  y: Shape,
  x: Shape,
  w: Shape,
  { stride, padding, dilation }: Window2d,
  groups: number,
  visit: (y: number, x: number, w: number) => void,
): void {
  const [, O, Ho, Wo] = y as [number, number, number, number];
  const [N, C, H, W] = x as [number, number, number, number];
  const [, channels, kh, kw] = w as [number, number, number, number];
  for (let n = 0, at = 0; n < N; n++)
    for (let o = 0; o < O; o++)
      for (let r = 0; r < Ho; r++)
        for (let i = 0; i < Wo; i++, at++)
          for (let c = 0; c < channels; c++)
            for (let j = 0; j < kh; j++)
              for (let k = 0; k < kw; k++) {
                const row = r * stride[0] + j * dilation[0] - padding[0];
                const column = i * stride[1] + k * dilation[1] - padding[1];
                if (row < 0 || row >= H || column < 0 || column >= W) continue;
                const channel = Math.floor(o / (O / groups)) * channels + c;
                visit(at, ((n * C + channel) * H + row) * W + column, ((o * channels + c) * kh + j) * kw + k);
              }
}

export const convolution: Convolutions = {
  conv2d(out, x, w, bias, window, groups) {
    const [a, b] = [numbers(x), numbers(w)];
    const start = bias ? numbers(bias) : [];
    const [, O, Ho, Wo] = out.shape as [number, number, number, number];
    const y = Array.from({ length: numel(out.shape) }, (_, p) => start[Math.floor(p / (Ho * Wo)) % O] ?? 0);
    meet(out.shape, x.shape, w.shape, window, groups, (p, i, j) => {
      y[p]! += a[i]! * b[j]!;
    });
    write(out, y);
  },

  conv2dGradInput(out, g, w, window, groups) {
    const [a, b] = [numbers(g), numbers(w)];
    const gx = new Array<number>(numel(out.shape)).fill(0);
    meet(g.shape, out.shape, w.shape, window, groups, (p, i, j) => {
      gx[i]! += a[p]! * b[j]!;
    });
    write(out, gx);
  },

  conv2dGradWeight(out, g, x, window, groups) {
    const [a, b] = [numbers(g), numbers(x)];
    const gw = new Array<number>(numel(out.shape)).fill(0);
    meet(g.shape, x.shape, out.shape, window, groups, (p, i, j) => {
      gw[j]! += a[p]! * b[i]!;
    });
    write(out, gw);
  },
};
