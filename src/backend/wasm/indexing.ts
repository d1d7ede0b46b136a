/**
 * @file Moving elements by index.
 *
 * An indexed array goes to the kernels as if it stayed at its first place along `dim`, with the step there beside it.
 * Whole rows move at once where what follows `dim` is contiguous: an embedding and its gradient.
 */
import { type DType, sizeOf } from "../../core/dtype.js";
import { isContiguous, numel, type Shape } from "../../core/shape.js";
import type { IndexingKernels, NDArray, ScatterMode } from "../backend.js";
import { elementwise } from "./elementwise.js";
import type { Machine } from "./machine.js";

/** Rows of fewer bytes move faster element by element. */
const LEAST_ROW = 32;

/** What sums and products of truth values are. */
const ofBool: { readonly [M in ScatterMode]: ScatterMode } = {
  set: "set",
  add: "max",
  mul: "min",
  max: "max",
  min: "min",
};

export function indexing(machine: Machine): IndexingKernels {
  const { copy } = elementwise(machine);
  const { cells } = machine;

  function gather(out: NDArray, x: NDArray, dim: number, index: NDArray): void {
    if (numel(index.shape) === 0) return;
    const kernel = machine.kernel(bits(x.dtype), "gather", "get");
    machine.rows3(kernel, out, held(x, dim, index.shape), index, step(x, dim));
  }

  function scatter(out: NDArray, dim: number, index: NDArray, src: NDArray, mode: ScatterMode): void {
    if (numel(index.shape) === 0) return;
    const name = out.dtype === "bool" ? ofBool[mode] : mode;
    if (name !== "set" && !machine.has(out.dtype, "scatter", name)) {
      widened(out, src, (o, s) => scatter(o, dim, index, s, mode));
      return;
    }
    const kernel = machine.kernel(name === "set" ? bits(out.dtype) : out.dtype, "scatter", name);
    const values = { ...src, shape: index.shape };
    machine.rows3(kernel, held(out, dim, index.shape), values, index, step(out, dim));
  }

  /** Runs `call` on both converted to the wider dtype, and converts the first back. */
  function widened(out: NDArray, src: NDArray, call: (out: NDArray, src: NDArray) => void): void {
    const [o, s] = [out, src].map((x) => {
      const wide = machine.temporary(x.shape, machine.wider("scatter", x.dtype));
      copy(wide, x);
      return wide;
    }) as [NDArray, NDArray];
    call(o, s);
    copy(out, o);
    machine.drop(s);
    machine.drop(o);
  }

  /** Calls a kernel for rows if both arrays are made of rows worth it. */
  function byRows(name: string, out: NDArray, x: NDArray, dim: number, index: NDArray, n: number): boolean {
    const bytes = numel(out.shape.slice(dim + 1)) * sizeOf(out.dtype);
    const to = rows(out, dim);
    const from = rows(x, dim);
    if (bytes < LEAST_ROW || !to || !from) return false;
    const [dtype, family] = name === "addrows" ? [out.dtype, "scatter"] : (["int8", name] as const);
    const kernel = machine.kernel(dtype, family, name === "addrows" ? name : "rows");
    cells.begin();
    const [o, at, i] = [machine.at(out), machine.at(x), machine.at(index)];
    kernel(numel(out.shape.slice(0, dim)), n, bytes, o, ...to, at, ...from, i, step(index, 0));
    cells.end();
    return true;
  }

  return {
    gather,
    scatter,
    indexSelect(out, x, dim, index) {
      if (numel(out.shape) === 0 || byRows("gather", out, x, dim, index, numel(index.shape))) return;
      gather(out, x, dim, spread(index, dim, out.shape));
    },
    indexPut(out, dim, index, src, mode) {
      if (numel(src.shape) === 0) return;
      const name = mode === "set" ? "scatter" : "addrows";
      const whole = mode === "set" || (mode === "add" && machine.has(out.dtype, "scatter", name));
      if (whole && out.dtype !== "bool" && byRows(name, out, src, dim, index, numel(index.shape))) return;
      scatter(out, dim, spread(index, dim, src.shape), src, mode);
    },
    bounds(index) {
      const at = cells.workspace(16);
      const pair = () => new BigInt64Array(cells.heap.u8.buffer, at, 2);
      pair().set([0x7fffffffffffffffn, -0x8000000000000000n]);
      machine.rows1(machine.kernel("int64", "index", "bounds"), index, at);
      const [least, greatest] = pair();
      return [least!, greatest!];
    },
    count: (mask) =>
      numel(mask.shape) === 0 ? 0 : machine.rows1(machine.kernel("bool", "index", "count"), mask),
    nonzero(out, mask) {
      const rank = mask.shape.length;
      if (numel(out.shape) === 0) return;
      const dims = cells.workspace(12 * rank);
      cells.begin();
      const [o, x] = [machine.at(out), machine.at(mask)];
      cells.heap.i32.set(
        mask.shape.flatMap((n, d) => [n, mask.strides[d]!, 0]),
        dims >>> 2,
      );
      machine.kernel("bool", "index", "nonzero")(rank, dims, x, o);
      cells.end();
    },
    sort(values, indices, x, dim, descending) {
      if (numel(x.shape) === 0) return;
      const n = x.shape[dim] ?? 1;
      const arrays = [values, indices, x] as const;
      // Two buffers of keys, as wide as the dtype but at least 4 bytes, and two of positions.
      const work = cells.workspace(n * (2 * Math.max(4, sizeOf(x.dtype)) + 8));
      const [v, i, from] = arrays.map((array) => without(array, dim)) as [NDArray, NDArray, NDArray];
      const steps = arrays.map((array) => step(array, dim));
      machine.rows3(
        machine.kernel(x.dtype, "sort", "lines"),
        v,
        i,
        from,
        n,
        ...steps,
        work,
        descending ? 1 : 0,
      );
    },
  };
}

/** Bytes from one element to the next along `dim`. */
const step = (x: NDArray, dim: number): number => (x.strides[dim] ?? 0) * sizeOf(x.dtype);

/** `x` over `shape`, staying at its first place along `dim`. */
const held = (x: NDArray, dim: number, shape: Shape): NDArray => ({
  ...x,
  shape,
  strides: x.strides.map((stride, d) => (d === dim ? 0 : stride)),
});

/** A 1-d index along `dim` of `shape`, repeated over the others. */
const spread = (index: NDArray, dim: number, shape: Shape): NDArray => ({
  ...index,
  shape,
  strides: shape.map((_, d) => (d === dim ? (index.strides[0] ?? 0) : 0)),
});

/** `x` at the first place of `dim`, which is left out. */
const without = (x: NDArray, dim: number): NDArray => ({
  ...x,
  shape: x.shape.filter((_, d) => d !== dim),
  strides: x.strides.filter((_, d) => d !== dim),
});

/**
 * Steps in bytes over all that precedes `dim`, as one dim, and along `dim` itself; null unless what precedes is one run
 * and what follows is contiguous.
 */
function rows(x: NDArray, dim: number): readonly [number, number] | null {
  if (!isContiguous(x.shape.slice(dim + 1), x.strides.slice(dim + 1))) return null;
  let outer = 0;
  let extent = 1;
  for (let d = dim - 1; d >= 0; d--) {
    if (x.shape[d] === 1) continue;
    if (extent === 1) outer = step(x, d);
    else if (step(x, d) !== outer * extent) return null;
    extent *= x.shape[d]!;
  }
  return [outer, step(x, dim)];
}

/** The integer dtype of the same size, for kernels that only move. */
const bits = (dtype: DType): DType =>
  (["int8", "int16", "int32", "int64"] as const)[31 - Math.clz32(sizeOf(dtype))]!;
