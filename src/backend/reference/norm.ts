/** Rows brought to mean 0 and variance 1, and the gradient of that. */
import type { NDArray, NormKernels } from "../backend.js";
import { numbers, write } from "./arrays.js";

/** The elements of each of `rows` rows. */
function split(x: NDArray, rows: number): number[][] {
  const values = numbers(x);
  const n = values.length / rows;
  return Array.from({ length: rows }, (_, r) => values.slice(r * n, (r + 1) * n));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

export const norm: NormKernels = {
  normalize(out, x, means, scales, weight, bias) {
    const [mu, r] = [numbers(means), numbers(scales)];
    const [w, b] = [weight && numbers(weight), bias && numbers(bias)];
    const rows = split(x, mu.length).map((row, k) =>
      row.map((value, i) => (value - mu[k]!) * r[k]! * (w?.[i] ?? 1) + (b?.[i] ?? 0)),
    );
    write(out, rows.flat());
  },

  normalizeGrad(out, g, x, means, scales, weight) {
    const [mu, r] = [numbers(means), numbers(scales)];
    const w = weight && numbers(weight);
    const grads = split(g, mu.length);
    const rows = split(x, mu.length).map((row, k) => {
      const hat = row.map((value) => (value - mu[k]!) * r[k]!);
      const grad = grads[k]!.map((value, i) => value * (w?.[i] ?? 1));
      const [plain, dot] = [mean(grad), mean(grad.map((value, i) => value * hat[i]!))];
      return grad.map((value, i) => r[k]! * (value - plain - hat[i]! * dot));
    });
    write(out, rows.flat());
  },
};
