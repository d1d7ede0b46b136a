/** @file One element at a time: floats as numbers, rounded when they are written; whole numbers as bigints, which wrap then. */
import { type DType, dtypes, isFloat } from "../../core/dtype.js";
import { ArgumentError, DTypeError } from "../../core/errors.js";
import { numel } from "../../core/shape.js";
import type { CompareName, ElementwiseKernels, NDArray, PredicateName } from "../backend.js";
import { bigints, numbers, write } from "./arrays.js";
import { fractions, whole } from "./binary.js";
import { unaryOfFractions, unaryOfWhole } from "./unary.js";

type Value = number | bigint;

const values = (x: NDArray): readonly Value[] => (isFloat(x.dtype) ? numbers(x) : bigints(x));
/** Half-width floats compute in float32. */
const rounding = (dtype: DType): ((x: number) => number) => (dtype === "float64" ? (x) => x : Math.fround);

const comparisons: { readonly [N in CompareName]: (a: Value, b: Value) => boolean } = {
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  logicaland: (a, b) => isTrue(a) && isTrue(b),
  logicalor: (a, b) => isTrue(a) || isTrue(b),
  logicalxor: (a, b) => isTrue(a) !== isTrue(b),
};
/** Anything but zero, NaN too. */
const isTrue = (x: Value): boolean => Number(x) !== 0;

const predicates: { readonly [N in PredicateName]: (x: number) => boolean } = {
  isnan: Number.isNaN,
  isinf: (x) => x === Infinity || x === -Infinity,
  isfinite: Number.isFinite,
  signbit: (x) => x < 0 || Object.is(x, -0),
  logicalnot: (x) => x === 0,
};

/** As C on x86 converts a fraction for an integer dtype: what does not fit the register becomes its least value. */
function cut(x: number, dtype: DType): Value {
  if (dtype === "int64" || dtype === "uint8") return x;
  const y = Math.trunc(x);
  return y >= -2147483648 && y <= 2147483647 ? y : -2147483648;
}

/** float64 near a wide int64, odd where it is not exact, so that rounding to a narrower float rounds only once. */
function sticky(x: bigint): number {
  const rest = x & 0x7ffn;
  const wide = x > 9007199254740992n || x < -9007199254740992n;
  return Number(wide && rest ? (x - rest) | 0x800n : x);
}

export const elementwise: ElementwiseKernels = {
  unary(name, out, x) {
    const [f, g] = [unaryOfFractions[name], unaryOfWhole[name]];
    if (isFloat(x.dtype)) {
      const round = rounding(x.dtype);
      write(
        out,
        numbers(x).map((a) => f(a, round)),
      );
    } else if (g)
      write(
        out,
        bigints(x).map((a) => (x.dtype === "bool" && name === "bitwisenot" ? 1n - a : g(a))),
      );
    else throw new DTypeError(`${name}: not implemented for ${x.dtype}`);
  },

  predicate(name, out, x) {
    write(
      out,
      numbers(x).map((a) => Number(predicates[name](a))),
    );
  },

  binary(name, out, a, b) {
    if (isFloat(a.dtype)) {
      const [f, round] = [fractions[name], rounding(a.dtype)];
      if (!f) throw new DTypeError(`${name}: not implemented for ${a.dtype}`);
      const y = numbers(b);
      write(
        out,
        numbers(a).map((x, i) => f(x, y[i]!, round)),
      );
    } else {
      const f = whole[name];
      if (!f) throw new DTypeError(`${name}: not implemented for ${a.dtype}`);
      const y = bigints(b);
      if (divisions.has(name) && y.includes(0n))
        throw new ArgumentError(`${name}: ZeroDivisionError: the divisor of dtype ${b.dtype} holds a zero`);
      const bits = 8 * dtypes[a.dtype].size;
      write(
        out,
        bigints(a).map((x, i) => f(x, y[i]!, bits)),
      );
    }
  },

  compare(name, out, a, b) {
    const f = comparisons[name];
    const y = values(b);
    write(
      out,
      values(a).map((x, i) => Number(f(x, y[i]!))),
    );
  },

  where(out, condition, a, b) {
    const [x, y] = [values(a), values(b)];
    write(
      out,
      numbers(condition).map((c, i) => (c ? x[i]! : y[i]!)),
    );
  },

  copy(out, x) {
    if (isFloat(x.dtype) && dtypes[out.dtype].kind === "int")
      write(
        out,
        numbers(x).map((a) => cut(a, out.dtype)),
      );
    else if (x.dtype === "int64" && isFloat(out.dtype) && out.dtype !== "float64")
      write(out, bigints(x).map(sticky));
    else write(out, values(x));
  },

  fill(out, value) {
    write(out, new Array<Value>(numel(out.shape)).fill(value));
  },

  clamp(out, x, low, high) {
    const clamped = (a: Value): Value => {
      if (a < low) return Math.min(low, high);
      return a > high ? high : a;
    };
    write(out, values(x).map(clamped));
  },

  arange(out, start, step) {
    const n = numel(out.shape);
    if (isFloat(out.dtype))
      write(
        out,
        Array.from({ length: n }, (_, i) => Number(start) + i * Number(step)),
      );
    else
      write(
        out,
        Array.from({ length: n }, (_, i) => BigInt(start) + BigInt(i) * BigInt(step)),
      );
  },
};

const divisions: ReadonlySet<string> = new Set(["floordiv", "truncdiv", "remainder", "fmod"]);
