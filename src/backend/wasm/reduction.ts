/**
 * @file Reductions on WASM: which elements make a row, and whether rows or columns of memory are walked.
 *
 * A kernel joins logical rows, whatever their strides. Where the reduced dims are far apart in memory but a kept dim is
 * dense, the column kernels join many rows side by side instead. The choice, and so the order of joining, follows from
 * shape and strides alone.
 */
import { type DType, sizeOf } from "../../core/dtype.js";
import { isContiguous, numel, type Shape } from "../../core/shape.js";
import type { NDArray, ReduceName, ReductionKernels, ScanName } from "../backend.js";
import { elementwise } from "./elementwise.js";
import type { Machine } from "./machine.js";

/** One dim of a reduction: its extent, and its strides in bytes (0 in `out` where it is reduced). */
interface Dim {
  extent: number;
  so: number;
  sa: number;
}

interface Layout {
  /** Dims that are kept and walked one by one, outermost first. */
  readonly kept: Dim[];
  /** Dims that are joined; at least one. */
  readonly row: Dim[];
  /** The kept dim that the columns lie along. */
  readonly column: Dim | undefined;
  /** Elements joined into one. */
  readonly n: number;
}

/** Bytes of a block or panel of the kernels' scratch memory. */
const PANEL = 8192;
/** Bytes of scratch memory for columns of softmax and scans. */
const COLUMNS = 32768;

/** dims of size 1 dropped, and neighbours joined where one goes on where the other ends. */
function collapse(dims: readonly Dim[]): Dim[] {
  const out: Dim[] = [];
  for (const dim of dims) {
    if (dim.extent === 1) continue;
    const last = out.at(-1);
    if (last && last.sa === dim.sa * dim.extent && last.so === dim.so * dim.extent) {
      last.extent *= dim.extent;
      last.sa = dim.sa;
      last.so = dim.so;
    } else out.push({ ...dim });
  }
  return out;
}

function layout(out: NDArray, x: NDArray, dims: readonly number[]): Layout {
  const size = sizeOf(x.dtype);
  const kept: Dim[] = [];
  const joined: Dim[] = [];
  x.shape.forEach((extent, d) => {
    const sa = x.strides[d]! * size;
    if (dims.includes(d)) joined.push({ extent, so: 0, sa });
    else kept.push({ extent, so: out.strides[kept.length]! * sizeOf(out.dtype), sa });
  });
  // In order of memory, so that a transposed array is read as fast as any; repeated elements outermost.
  joined.sort((a, b) => (b.sa || Infinity) - (a.sa || Infinity) || 0);
  const n = joined.reduce((product, dim) => product * dim.extent, 1);
  const row = n === 0 ? [] : collapse(joined);
  if (row.length === 0) row.push({ extent: n, so: 0, sa: size });
  const walked = collapse(kept);
  let column: Dim | undefined;
  if (!row.some((dim) => dim.sa === size)) {
    const dense = walked.findIndex((dim) => dim.sa === size);
    if (dense >= 0) [column] = walked.splice(dense, 1);
  }
  return { kept: walked, row, column, n };
}

/** A contiguous shape seen as [outer, n, width] with `dim` in the middle. */
function middle(shape: Shape, dim: number): { outer: number; n: number; width: number } {
  return { outer: numel(shape.slice(0, dim)), n: shape[dim] ?? 1, width: numel(shape.slice(dim + 1)) };
}

export function reduction(machine: Machine): ReductionKernels {
  const { cells } = machine;
  const { copy, fill } = elementwise(machine);

  /** x as an array of `dtype` of the machine's own. */
  const converted = (x: NDArray, dtype: DType): NDArray => {
    const y = machine.temporary(x.shape, dtype);
    copy(y, x);
    return y;
  };

  /** Runs a kernel of logical rows, or its twin of columns, over `dims`; its name ends in _rows or _columns. */
  const join = (
    family: string,
    name: string,
    outs: readonly NDArray[],
    x: NDArray,
    dims: readonly number[],
    ...parameters: number[]
  ): void => {
    const { kept, row, column, n } = layout(outs[0]!, x, dims);
    const kernel = machine.kernel(x.dtype, family, `${name}_${column ? "columns" : "rows"}`);
    cells.begin();
    const head = (12 * kept.length + 8 * row.length + 63) & ~63;
    const panels = column ? 2 + Math.max(0, 32 - Math.clz32(n >> 5)) : 1;
    const work = cells.workspace(head + panels * PANEL);
    const places = [...outs, x].map((array) => machine.at(array));
    const { i32 } = cells.heap;
    let at = work >>> 2;
    for (const { extent, so, sa } of kept) for (const value of [extent, so, sa]) i32[at++] = value;
    const rowAt = at * 4;
    for (const { extent, sa } of row) for (const value of [extent, sa]) i32[at++] = value;
    const args = [kept.length, work, ...places, row.length, rowAt, n, work + head];
    if (column) args.push(column.so, column.extent);
    kernel(...args, ...parameters);
    cells.end();
  };

  /** Reduces x, which is given back, into out through an array of x's dtype. */
  const through = (name: ReduceName, out: NDArray, x: NDArray, dims: readonly number[]): void => {
    const y = machine.temporary(out.shape, x.dtype);
    join("reduce", name, [y], x, dims);
    copy(out, y);
    machine.drop(x);
    machine.drop(y);
  };

  const reduce = (name: ReduceName, out: NDArray, x: NDArray, dims: readonly number[]): void => {
    if (numel(out.shape) === 0) return;
    const { dtype } = x;
    if (numel(x.shape) === 0) fill(out, name === "prod" || name === "all" ? 1 : 0);
    else if (name === "any" || name === "all") {
      // Of zeros and ones these are the greatest and the least.
      const truth = dtype === "bool" ? x : converted(x, "bool");
      join("reduce", name === "any" ? "max" : "min", [out], truth, dims);
      if (truth !== x) machine.drop(truth);
    } else if (machine.has(dtype, "reduce", `${name}_rows`)) join("reduce", name, [out], x, dims);
    else through(name, out, converted(x, machine.wider(name, dtype)), dims);
  };

  const argreduce = (name: "max" | "min", out: NDArray, x: NDArray, dim: number): void => {
    const known = machine.has(x.dtype, "argreduce", `${name}_rows`);
    const operand = known ? x : converted(x, machine.wider(name, x.dtype));
    join("argreduce", name, [out], operand, [dim]);
    if (operand !== x) machine.drop(operand);
  };

  /** Runs a scan along `dim` of arrays of one shape: by columns if all are contiguous, else with the other dims around. */
  const walk = (name: ScanName, arrays: readonly NDArray[], x: NDArray, dim: number): void => {
    const { shape } = x;
    const { outer, n, width } = middle(shape, dim);
    cells.begin();
    const work = cells.workspace(COLUMNS);
    const places = arrays.map((array) => machine.at(array));
    if (width > 1 && arrays.every((array) => isContiguous(shape, array.strides)))
      machine.kernel(x.dtype, "scan", `${name}_columns`)(outer, n, width, ...places, work);
    else {
      const stride = (array: NDArray, d: number) => (array.strides[d] ?? 0) * sizeOf(array.dtype);
      const others = shape.map((_, d) => d).filter((d) => d !== dim && shape[d] !== 1);
      const entries = others.flatMap((d) => [shape[d]!, ...arrays.map((array) => stride(array, d))]);
      cells.heap.i32.set(entries, work >>> 2);
      const rows = places.flatMap((place, i) => [place, stride(arrays[i]!, dim)]);
      machine.kernel(x.dtype, "scan", name)(others.length, work, n, ...rows);
    }
    cells.end();
  };

  const scan = (name: ScanName, out: NDArray, x: NDArray, dim: number, indices?: NDArray): void => {
    if (machine.has(x.dtype, "scan", name)) {
      const met = name === "max" || name === "min";
      const at = met ? (indices ?? machine.temporary(x.shape, "int64")) : undefined;
      walk(name, at ? [out, at, x] : [out, x], x, dim);
      if (at && at !== indices) machine.drop(at);
      return;
    }
    const y = converted(x, machine.wider(name, x.dtype));
    scan(name, y, y, dim, indices);
    copy(out, y);
    machine.drop(y);
  };

  const moments: ReductionKernels["moments"] = (mean, variance, x, dims, correction) => {
    if (numel(mean.shape) === 0) return;
    if (sizeOf(x.dtype) >= 4) return join("moments", "moments", [mean, variance], x, dims, correction);
    const wide = converted(x, "float32");
    const results = [mean, variance].map(({ shape }) => machine.temporary(shape, "float32"));
    join("moments", "moments", results, wide, dims, correction);
    copy(mean, results[0]!);
    copy(variance, results[1]!);
    for (const array of [wide, ...results]) machine.drop(array);
  };

  /** Softmax and its like along `dim` of contiguous operands, others and half floats copied first. */
  const soften = (name: string, out: NDArray, x: NDArray, dim: number, y?: NDArray): void => {
    const { shape } = x;
    if (numel(shape) === 0) return;
    const dtype = sizeOf(x.dtype) < 4 ? "float32" : x.dtype;
    const usable = (a: NDArray): NDArray =>
      a.dtype === dtype && isContiguous(shape, a.strides) ? a : converted(a, dtype);
    const operands = y ? [usable(x), usable(y)] : [usable(x)];
    const result =
      out.dtype === dtype && isContiguous(shape, out.strides) ? out : machine.temporary(shape, dtype);
    const { outer, n, width } = middle(shape, dim);
    const kernel = machine.kernel(dtype, "softmax", `${name}_${width === 1 ? "rows" : "columns"}`);
    cells.begin();
    const scratch = cells.workspace(COLUMNS);
    const places = [result, ...operands].map((array) => machine.at(array));
    if (width === 1) kernel(outer, n, ...places);
    else kernel(outer, n, width, ...places, scratch);
    cells.end();
    if (result !== out) {
      copy(out, result);
      machine.drop(result);
    }
    for (const a of operands) if (a !== x && a !== y) machine.drop(a);
  };

  return {
    reduce,
    argreduce,
    scan,
    moments,
    softmax: (out, x, dim) => soften("forward", out, x, dim),
    logSoftmax: (out, x, dim) => soften("log", out, x, dim),
    softmaxGrad: (out, g, y, dim) => soften("grad", out, g, dim, y),
    logSoftmaxGrad: (out, g, y, dim) => soften("loggrad", out, g, dim, y),
  };
}
