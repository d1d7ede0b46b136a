/** @file Products of matrices as they are defined. */
import { isFloat } from "../../core/dtype.js";
import { numel } from "../../core/shape.js";
import type { LinearKernels, NDArray } from "../backend.js";
import { bigints, numbers, write } from "./arrays.js";

type Value = number | bigint;

/** out[…, i, j] = bias[j] + Σ_p a[…, i, p]·b[…, p, j], all lists row-major. */
function product<T extends Value>(
  [m, n, k, batches]: readonly [number, number, number, number],
  [a, b, bias]: readonly [T[], T[], T[] | undefined],
  zero: T,
  multiplyAdd: (sum: T, x: T, y: T) => T,
): T[] {
  const out: T[] = [];
  for (let batch = 0; batch < batches; batch++)
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let sum = bias ? bias[j]! : zero;
        for (let p = 0; p < k; p++)
          sum = multiplyAdd(sum, a[(batch * m + i) * k + p]!, b[(batch * k + p) * n + j]!);
        out.push(sum);
      }
  return out;
}

export const products: Pick<LinearKernels, "matmul"> = {
  matmul(out: NDArray, a: NDArray, b: NDArray, bias?: NDArray) {
    const [m, n] = out.shape.slice(-2) as [number, number];
    const sizes = [m, n, a.shape.at(-1)!, numel(out.shape.slice(0, -2))] as const;
    write(
      out,
      isFloat(out.dtype)
        ? product(sizes, [numbers(a), numbers(b), bias && numbers(bias)], 0, (sum, x, y) => sum + x * y)
        : product(sizes, [bigints(a), bigints(b), bias && bigints(bias)], 0n, (sum, x, y) => sum + x * y),
    );
  },
};
