/** Elementwise families: which kernel runs, at which width, over which rows. */
import { type DType, dtypes, isFloat, sizeOf } from "../../core/dtype.js";
import { ArgumentError } from "../../core/errors.js";
import type { BinaryName, CompareName, ElementwiseKernels, NDArray, PredicateName } from "../backend.js";
import type { Kernel } from "./kernels.js";
import type { Machine } from "./machine.js";

type Aliases = { readonly [N in BinaryName]?: BinaryName };

/** What some names mean where there is no NaN, and for truth values. */
const ofWhole: Aliases = { fmax: "maximum", fmin: "minimum" };
const ofBool: Aliases = {
  add: "bitwiseor",
  mul: "bitwiseand",
  maximum: "bitwiseor",
  minimum: "bitwiseand",
  fmax: "bitwiseor",
  fmin: "bitwiseand",
};
const mirrored: { readonly [N in CompareName]?: CompareName } = { gt: "lt", ge: "le" };
const divisions: ReadonlySet<BinaryName> = new Set(["floordiv", "truncdiv", "remainder", "fmod"]);

export function elementwise(machine: Machine): ElementwiseKernels {
  const unaries = byDType((dtype) => machine.family(dtype, "unary"));
  const comparisons = byDType((dtype) => machine.family(dtype, "compare"));
  const binaries = byDType((dtype) => machine.family(dtype, "binary"));
  const copies = byDType((from) => byDType((to) => copyKernel(machine, from, to)));

  /** Runs `call` on the operands widened; a result of their own dtype is narrowed into `out`. */
  function widened(
    op: string,
    out: NDArray,
    x: NDArray,
    y: NDArray,
    call: (out: NDArray, x: NDArray, y: NDArray) => void,
  ): void {
    const dtype = machine.wider(op, x.dtype);
    const a = machine.temporary(x.shape, dtype);
    const b = y === x ? a : machine.temporary(y.shape, dtype);
    try {
      copy(a, x);
      if (b !== a) copy(b, y);
      if (out.dtype === "bool") call(out, a, b);
      else {
        call(a, a, b);
        copy(out, a);
      }
    } finally {
      machine.drop(a);
      if (b !== a) machine.drop(b);
    }
  }

  function unary(name: string, out: NDArray, x: NDArray): void {
    const kernel = unaries(x.dtype)[name] ?? machine.find(x.dtype, "unary", name);
    if (kernel) machine.rows2(kernel, out, x);
    else widened(name, out, x, x, (out, x) => unary(name, out, x));
  }

  function predicate(name: PredicateName, out: NDArray, x: NDArray): void {
    if (name === "logicalnot") compare("eq", out, x, machine.scalar(x.shape, x.dtype, 0));
    else if (isFloat(x.dtype)) unary(name, out, x);
    else if (name === "signbit") compare("lt", out, x, machine.scalar(x.shape, x.dtype, 0));
    else fill(out, name === "isfinite" ? 1 : 0);
  }

  function binary(name: BinaryName, out: NDArray, a: NDArray, b: NDArray): void {
    const kernels = binaries(a.dtype);
    const known = isFloat(a.dtype) ? name : ((a.dtype === "bool" ? ofBool : ofWhole)[name] ?? name);
    const kernel = kernels[known] ?? machine.find(a.dtype, "binary", known);
    if (kernel) {
      if (kernels.haszero && divisions.has(name) && machine.rows1(kernels.haszero, b))
        throw new ArgumentError(`${name}: ZeroDivisionError: the divisor of dtype ${b.dtype} holds a zero`);
      machine.rows3(kernel, out, a, b);
    } else widened(name, out, a, b, (out, a, b) => binary(name, out, a, b));
  }

  function compare(name: CompareName, out: NDArray, a: NDArray, b: NDArray): void {
    const mirror = mirrored[name];
    const kernel = comparisons(a.dtype)[name];
    if (mirror) compare(mirror, out, b, a);
    else if (kernel) machine.rows3(kernel, out, a, b);
    else widened(name, out, a, b, (out, a, b) => compare(name, out, a, b));
  }

  function copy(out: NDArray, x: NDArray): void {
    machine.rows2(copies(x.dtype)(out.dtype), out, x);
  }

  function fill(out: NDArray, value: number | bigint): void {
    copy(out, machine.scalar(out.shape, out.dtype, value));
  }

  function clamp(out: NDArray, x: NDArray, low: number, high: number): void {
    if (machine.has(x.dtype, "clamp", "between"))
      machine.rows2(machine.kernel(x.dtype, "clamp", "between"), out, x, low, high);
    else widened("clamp", out, x, x, (out, x) => clamp(out, x, low, high));
  }

  return {
    unary,
    predicate,
    binary,
    compare,
    where: (out, condition, a, b) =>
      machine.rows4(machine.kernel(ofSize(out.dtype), "ternary", "where"), out, condition, a, b),
    copy,
    fill,
    clamp,
    arange: (out, start, step) => {
      const kernel = machine.kernel(out.dtype, "fill", "arange");
      if (isFloat(out.dtype)) machine.rows1(kernel, out, Number(start), Number(step));
      else machine.rows1(kernel, out, ...halves(BigInt(start)), ...halves(BigInt(step)));
    },
  };
}

/** The two words of a 64-bit integer, low first. */
const halves = (x: bigint): [number, number] => [
  Number(BigInt.asIntN(32, x)),
  Number(BigInt.asIntN(32, x >> 32n)),
];

const integers = ["int8", "int16", "int32", "int64"] as const;
/** The integer dtype as large as `dtype`, for kernels that only move bytes. */
const ofSize = (dtype: DType): DType => integers[31 - Math.clz32(sizeOf(dtype))]!;

function copyKernel(machine: Machine, from: DType, to: DType): Kernel {
  const wraps = !isFloat(from) && !isFloat(to) && sizeOf(from) === sizeOf(to) && to !== "bool";
  const bytes = ofSize(to);
  if (from === to || wraps) return machine.kernel(bytes, "copy", dtypes[bytes].prefix);
  return machine.kernel(from, "copy", to === "bool" ? "bool" : dtypes[to].prefix);
}

/** What `make` makes of a dtype, made when it is first asked for. */
function byDType<T>(make: (dtype: DType) => T): (dtype: DType) => T {
  const made: { [D in DType]?: T } = {};
  return (dtype) => (made[dtype] ??= make(dtype));
}
