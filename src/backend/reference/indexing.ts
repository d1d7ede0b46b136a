/** Moving elements by index, one after the other in row-major order. */
import { isFloat } from "../../core/dtype.js";
import { contiguousStrides, numel, type Shape } from "../../core/shape.js";
import type { IndexingKernels, NDArray, ScatterMode } from "../backend.js";
import { bigints, numbers, positions, view, write } from "./arrays.js";
import { rounder } from "./rounding.js";

export const indexing: IndexingKernels = {
  gather(out, x, dim, index) {
    const [to, from] = [view(out), view(x)];
    const at = targets(x.strides, x.offset, dim, index);
    positions(out).forEach((p, i) => {
      to[p] = from[at[i]!]!;
    });
  },
  scatter(out, dim, index, src, mode) {
    const at = targets(contiguousStrides(out.shape), 0, dim, index);
    const values = { ...src, shape: index.shape };
    if (isFloat(out.dtype)) {
      const to = numbers(out);
      const join = joinNumbers[mode];
      const round = rounder(out.dtype === "float64" ? "float64" : "float32");
      numbers(values).forEach((x, i) => {
        to[at[i]!] = round(join(to[at[i]!]!, x));
      });
      write(out, to);
    } else {
      const to = bigints(out);
      const join = joinBigints[mode];
      bigints(values).forEach((x, i) => {
        to[at[i]!] = join(to[at[i]!]!, x);
      });
      write(out, to);
    }
  },
  indexSelect(out, x, dim, index) {
    indexing.gather(out, x, dim, spread(index, dim, out.shape));
  },
  indexPut(out, dim, index, src, mode) {
    indexing.scatter(out, dim, spread(index, dim, src.shape), src, mode);
  },
  bounds(index) {
    const all = bigints(index).sort(compare);
    return [all[0]!, all.at(-1)!];
  },
  count: (mask) => numbers(mask).reduce((n, x) => n + x, 0),
  nonzero(out, mask) {
    const steps = contiguousStrides(mask.shape);
    const found = numbers(mask).flatMap((x, i) =>
      x ? [mask.shape.map((n, d) => Math.floor(i / steps[d]!) % n)] : [],
    );
    write(out, found.flat());
  },
  sort(values, indices, x, dim, descending) {
    const n = x.shape[dim] ?? 1;
    const order = descending ? (a: number | bigint, b: number | bigint) => compare(b, a) : compare;
    const keys = isFloat(x.dtype) ? numbers(x) : bigints(x);
    const inner = contiguousStrides(x.shape)[dim] ?? 1;
    const [sorted, from] = [new Array<number | bigint>(keys.length), new Array<number>(keys.length)];
    for (let line = 0; line < numel(x.shape) / n; line++) {
      const start = Math.floor(line / inner) * n * inner + (line % inner);
      const key = (i: number) => keys[start + i * inner]!;
      Array.from({ length: n }, (_, i) => i)
        .sort((i, j) => order(key(i), key(j)))
        .forEach((i, j) => {
          sorted[start + j * inner] = key(i);
          from[start + j * inner] = i;
        });
    }
    write(values, sorted);
    write(indices, from);
  },
};

/** Where in an array of these strides each index along `dim` points. */
function targets(strides: Shape, offset: number, dim: number, index: NDArray): number[] {
  const held = strides.map((stride, d) => (d === dim ? 0 : stride));
  const base = positions({ shape: index.shape, strides: held, offset });
  return bigints(index).map((i, k) => base[k]! + Number(i) * (strides[dim] ?? 0));
}

/** A 1-d index along `dim` of `shape`, repeated over the others. */
const spread = (index: NDArray, dim: number, shape: Shape): NDArray => ({
  ...index,
  shape,
  strides: shape.map((_, d) => (d === dim ? (index.strides[0] ?? 0) : 0)),
});

/** NaN is greatest, and equal to itself. */
function compare(a: number | bigint, b: number | bigint): number {
  if (Number.isNaN(a)) return Number.isNaN(b) ? 0 : 1;
  return Number.isNaN(b) || a < b ? -1 : a > b ? 1 : 0;
}

/** The greater (1) or the lesser (−1); NaN wins, and of equal ones the first stays. */
const extreme =
  (sign: 1 | -1) =>
  <T extends number | bigint>(a: T, b: T): T =>
    Number.isNaN(a) || !(Number.isNaN(b) || sign * compare(b, a) > 0) ? a : b;

const joinNumbers: { readonly [M in ScatterMode]: (a: number, b: number) => number } = {
  set: (_, b) => b,
  add: (a, b) => a + b,
  mul: (a, b) => a * b,
  max: extreme(1),
  min: extreme(-1),
};
const joinBigints: { readonly [M in ScatterMode]: (a: bigint, b: bigint) => bigint } = {
  set: (_, b) => b,
  add: (a, b) => a + b,
  mul: (a, b) => a * b,
  max: extreme(1),
  min: extreme(-1),
};
