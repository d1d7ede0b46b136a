/** @file Pooling as it is defined: the greatest element of each window, or the mean. */
import { numel, type Shape } from "../../core/shape.js";
import type { LinearKernels, Window2d } from "../backend.js";
import { numbers, write } from "./arrays.js";

type Pooling = Pick<LinearKernels, "maxPool2d" | "maxPool2dGrad" | "avgPool2d" | "avgPool2dGrad">;

/** Where one axis of window `i` lies on the plane: the places within it, and its length with padding counted. */
function along(dim: 0 | 1, i: number, size: number, { kernel, stride, padding, dilation }: Window2d) {
  const start = i * stride[dim] - padding[dim];
  const places = Array.from({ length: kernel[dim] }, (_, j) => start + j * dilation[dim]);
  return {
    inside: places.filter((p) => p >= 0 && p < size),
    // The last windows may reach beyond even the padding; that part does not count.
    padded: places.filter((p) => p < size + padding[dim]).length,
  };
}

/**
 * Calls `visit` for every window of [N, C, rows, columns] with its row-major position, the place its H·W plane starts at,
 * its elements' places in that plane, and its size with padding counted.
 */
function each(
  windows: Shape,
  plane: Shape,
  window: Window2d,
  visit: (at: number, start: number, places: number[], padded: number) => void,
): void {
  const [N, C, rows, columns] = windows as [number, number, number, number];
  const [, , H, W] = plane as [number, number, number, number];
  for (let nc = 0, at = 0; nc < N * C; nc++)
    for (let r = 0; r < rows; r++)
      for (let c = 0; c < columns; c++) {
        const down = along(0, r, H, window);
        const across = along(1, c, W, window);
        const places = down.inside.flatMap((i) => across.inside.map((j) => i * W + j));
        visit(at++, nc * H * W, places, down.padded * across.padded);
      }
}

export const pooling: Pooling = {
  maxPool2d(out, indices, x, window) {
    const values = numbers(x);
    const [best, met]: [number[], number[]] = [[], []];
    each(out.shape, x.shape, window, (_, start, places) => {
      // The first of equals wins; a NaN wins over any number, and over a NaN before it.
      const beats = (a: number, b: number) => a > b || Number.isNaN(a);
      const at = places.reduce(
        (m, p) => (beats(values[start + p]!, values[start + m]!) ? p : m),
        places[0] ?? 0,
      );
      best.push(places.length > 0 ? values[start + at]! : -Infinity);
      met.push(at);
    });
    write(out, best);
    write(indices, met);
  },

  maxPool2dGrad(out, g, indices) {
    const [grads, met] = [numbers(g), numbers(indices)];
    const [plane, windows] = [out, g].map(({ shape }) => shape[2]! * shape[3]!) as [number, number];
    const gx = new Array<number>(numel(out.shape)).fill(0);
    grads.forEach((grad, at) => {
      gx[Math.floor(at / windows) * plane + met[at]!]! += grad;
    });
    write(out, gx);
  },

  avgPool2d(out, x, window, countPadding, divisor) {
    const values = numbers(x);
    const means: number[] = [];
    each(out.shape, x.shape, window, (_, start, places, padded) => {
      const sum = places.reduce((s, p) => s + values[start + p]!, 0);
      means.push(places.length > 0 ? sum / (divisor || (countPadding ? padded : places.length)) : 0);
    });
    write(out, means);
  },

  avgPool2dGrad(out, g, window, countPadding, divisor) {
    const grads = numbers(g);
    const gx = new Array<number>(numel(out.shape)).fill(0);
    each(g.shape, out.shape, window, (at, start, places, padded) => {
      const share = grads[at]! / (divisor || (countPadding ? padded : places.length));
      for (const p of places) gx[start + p]! += share;
    });
    write(out, gx);
  },
};
