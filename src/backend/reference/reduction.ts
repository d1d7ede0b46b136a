/** Reductions said plainly: every output element gathers its slice into a list and makes one value of it. */
import { isFloat } from "../../core/dtype.js";
import { exp, log } from "../../core/math.js";
import { contiguousStrides } from "../../core/shape.js";
import type { NDArray, ReduceName, ReductionKernels, ScanName } from "../backend.js";
import { bigints, numbers, pick, positions, write } from "./arrays.js";

/** The elements of x along `dims`, for each place in the other dims. */
function slices<T>(values: readonly T[], x: NDArray, dims: readonly number[]): T[][] {
  const places = flat(x);
  const kept = x.shape.map((_, d) => d).filter((d) => !dims.includes(d));
  const along = positions({ ...pick(places, dims), offset: 0 });
  return positions({ ...pick(places, kept), offset: 0 }).map((p) => along.map((i) => values[p + i]!));
}

/** x's dims as they lie in its list of elements. */
const flat = (x: NDArray): NDArray => ({ ...x, strides: contiguousStrides(x.shape), offset: 0 });

/** Puts slices along `dim` back in their places. */
function unslice<T>(x: NDArray, dim: number, slices: readonly (readonly T[])[]): T[] {
  const out: T[] = [];
  slices.forEach((slice, k) => {
    const inner = flat(x).strides[dim]!;
    const start = Math.floor(k / inner) * inner * slice.length + (k % inner);
    slice.forEach((value, i) => {
      out[start + i * inner] = value;
    });
  });
  return out;
}

type Value = number | bigint;
const less = (a: Value, b: Value): boolean => a < b;
const more = (a: Value, b: Value): boolean => a > b;
const invalid = (a: Value): boolean => typeof a === "number" && Number.isNaN(a);

/** Where the first extreme element is; a NaN is more extreme than any. */
function extremeAt(values: readonly Value[], beats: (a: Value, b: Value) => boolean): number {
  let at = 0;
  values.forEach((value, i) => {
    if (!invalid(values[at]!) && (invalid(value) || beats(value, values[at]!))) at = i;
  });
  return at;
}

const joined: { readonly [N in ReduceName]: (values: readonly Value[]) => Value } = {
  sum: (values) =>
    typeof values[0] === "bigint" ? (values as bigint[]).reduce((a, b) => a + b) : total(values as number[]),
  prod: (values) =>
    typeof values[0] === "bigint"
      ? (values as bigint[]).reduce((a, b) => BigInt.asIntN(64, a * b))
      : (values as number[]).reduce((a, b) => a * b, 1),
  max: (values) => values[extremeAt(values, more)]!,
  min: (values) => values[extremeAt(values, less)]!,
  any: (values) => (values.some((value) => value || invalid(value)) ? 1 : 0),
  all: (values) => (values.every((value) => value || invalid(value)) ? 1 : 0),
};

function total(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

const read = (x: NDArray): Value[] => (isFloat(x.dtype) ? numbers(x) : bigints(x));

// ── along one dim, floats ────────────────────────────────────────────────────────────────────────

function exponentials(x: readonly number[]): { shifted: number[]; powers: number[]; sum: number } {
  const greatest = joined.max(x) as number;
  const shifted = x.map((value) => value - greatest);
  const powers = shifted.map(exp);
  return { shifted, powers, sum: total(powers) };
}

/** out = f of each slice of x and y along `dim`. */
function along(
  out: NDArray,
  x: NDArray,
  y: NDArray,
  dim: number,
  f: (x: readonly number[], y: readonly number[]) => number[],
): void {
  // A 0-d array is a slice of one.
  const dims = x.shape.length === 0 ? [] : [dim];
  const ys = slices(numbers(y), y, dims);
  const results = slices(numbers(x), x, dims).map((slice, k) => f(slice, ys[k]!));
  write(out, dims.length === 0 ? results.flat() : unslice(out, dim, results));
}

function running(name: ScanName, values: readonly Value[]): { values: Value[]; at: number[] } {
  const out: Value[] = [];
  const at: number[] = [];
  values.forEach((value, i) => {
    const before = out[i - 1];
    if (before === undefined) {
      out.push(value);
      at.push(0);
    } else if (name === "sum" || name === "prod") out.push(joined[name]([before, value]));
    else {
      const met = invalid(value) || (name === "max" ? value >= before : value <= before);
      const takes = met && (!invalid(before) || invalid(value));
      out.push(takes ? value : before);
      at.push(takes ? i : at[i - 1]!);
    }
  });
  return { values: out, at };
}

export const reduction: ReductionKernels = {
  reduce(name, out, x, dims) {
    const results = slices(read(x), x, dims).map((values) => {
      if (values.length > 0) return joined[name](values);
      return name === "prod" || name === "all" ? 1 : 0;
    });
    write(out, results);
  },

  argreduce(name, out, x, dim) {
    const beats = name === "max" ? more : less;
    const dims = x.shape.length === 0 ? [] : [dim];
    write(
      out,
      slices(read(x), x, dims).map((values) => extremeAt(values, beats)),
    );
  },

  scan(name, out, x, dim, indices) {
    const dims = x.shape.length === 0 ? [] : [dim];
    const results = slices(read(x), x, dims).map((values) => running(name, values));
    const back = <T>(parts: T[][]): T[] => (dims.length === 0 ? parts.flat() : unslice(x, dim, parts));
    write(out, back(results.map(({ values }) => values)));
    if (indices) write(indices, back(results.map(({ at }) => at)));
  },

  moments(mean, variance, x, dims, correction) {
    const parts = slices(numbers(x), x, dims);
    const means = parts.map((values) => total(values) / values.length);
    write(mean, means);
    write(
      variance,
      parts.map((values, k) => {
        const squares = values.map((value) => (value - means[k]!) * (value - means[k]!));
        return total(squares) / Math.max(0, values.length - correction);
      }),
    );
  },

  softmax(out, x, dim) {
    along(out, x, x, dim, (values) => {
      const { powers, sum } = exponentials(values);
      return powers.map((power) => power / sum);
    });
  },

  logSoftmax(out, x, dim) {
    along(out, x, x, dim, (values) => {
      const { shifted, sum } = exponentials(values);
      return shifted.map((value) => value - log(sum));
    });
  },

  softmaxGrad(out, g, y, dim) {
    along(out, g, y, dim, (g, y) => {
      const dot = total(g.map((value, i) => value * y[i]!));
      return g.map((value, i) => y[i]! * (value - dot));
    });
  },

  logSoftmaxGrad(out, g, y, dim) {
    along(out, g, y, dim, (g, y) => {
      const sum = total(g);
      return g.map((value, i) => value - exp(y[i]!) * sum);
    });
  },
};
