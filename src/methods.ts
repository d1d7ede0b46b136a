/**
 * @file Ops as methods: `x.op(…)` is `op(x, …)`, and `x.op_(…)` writes the result into x.
 *
 * One loop installs them and one mapped type declares them, so nothing is written per op. A method runs in a frame: what an
 * op makes on its way and does not return is released at once.
 */
import { backward } from "./autograd/engine.js";
import { registerHook, registerPostAccumulateGradHook, retainGrad } from "./autograd/hooks.js";
import { ArgumentError, ShapeError, show } from "./core/errors.js";
import * as attributes from "./ops/attributes.js";
import * as ops from "./ops/index.js";
import { isNonzero } from "./ops/inquiry.js";
import { inspect, item, iterate, toArray, tolist, typedArray } from "./ops/reading.js";
import { inPlace } from "./ops/rewrite.js";
import { abandonFrame, closeFrame, openFrame } from "./tensor/frames.js";
import * as factories from "./tensor/like.js";
import { Tensor } from "./tensor/tensor.js";

/** Ops that PyTorch has in an in-place form, beside those that exist only in place. */
const inPlaceOps = [
  "abs",
  "absolute",
  "acos",
  "acosh",
  "add",
  "addbmm",
  "addcdiv",
  "addcmul",
  "addmm",
  "addmv",
  "addr",
  "arccos",
  "arccosh",
  "arcsin",
  "arcsinh",
  "arctan",
  "arctan2",
  "arctanh",
  "asin",
  "asinh",
  "atan",
  "atan2",
  "atanh",
  "baddbmm",
  "bitwiseAnd",
  "bitwiseLeftShift",
  "bitwiseNot",
  "bitwiseOr",
  "bitwiseRightShift",
  "bitwiseXor",
  "ceil",
  "clamp",
  "clampMax",
  "clampMin",
  "clip",
  "conjPhysical",
  "copysign",
  "cos",
  "cosh",
  "cumprod",
  "cumsum",
  "deg2rad",
  "digamma",
  "div",
  "divide",
  "eq",
  "erf",
  "erfc",
  "erfinv",
  "exp",
  "exp2",
  "expm1",
  "fix",
  "floor",
  "floorDivide",
  "fmod",
  "frac",
  "gcd",
  "ge",
  "greater",
  "greaterEqual",
  "gt",
  "heaviside",
  "hypot",
  "i0",
  "igamma",
  "igammac",
  "indexAdd",
  "indexCopy",
  "indexFill",
  "indexPut",
  "indexReduce",
  "lcm",
  "ldexp",
  "le",
  "lerp",
  "less",
  "lessEqual",
  "lgamma",
  "log",
  "log10",
  "log1p",
  "log2",
  "logicalAnd",
  "logicalNot",
  "logicalOr",
  "logicalXor",
  "logit",
  "lt",
  "maskedFill",
  "maskedScatter",
  "mul",
  "multiply",
  "mvlgamma",
  "nanToNum",
  "ne",
  "neg",
  "negative",
  "nextafter",
  "notEqual",
  "pow",
  "put",
  "rad2deg",
  "reciprocal",
  "relu",
  "remainder",
  "renorm",
  "round",
  "rsqrt",
  "scatter",
  "scatterAdd",
  "scatterReduce",
  "sgn",
  "sigmoid",
  "sign",
  "sin",
  "sinc",
  "sinh",
  "sqrt",
  "square",
  "sub",
  "subtract",
  "tan",
  "tanh",
  "tril",
  "triu",
  "trueDivide",
  "trunc",
  "xlogy",
] as const satisfies readonly (keyof typeof ops)[];

/** Functions that are no methods in PyTorch, or other ones. */
const functionsOnly = [
  "broadcastTensors",
  "cdist",
  "chainMatmul",
  "gradient",
  "histogramdd",
  "luUnpack",
  "normal",
  "pcaLowrank",
  "polygamma",
  "segmentReduce",
  "svdLowrank",
  "tensordot",
  "unravelIndex",
  "vander",
  "where",
] as const satisfies readonly (keyof typeof ops)[];

type OpMethods = Omit<typeof ops, (typeof functionsOnly)[number]>;
type Others = {
  backward: typeof backward;
  isNonzero: typeof isNonzero;
  registerHook: typeof registerHook;
  registerPostAccumulateGradHook: typeof registerPostAccumulateGradHook;
  retainGrad: typeof retainGrad;
  item: typeof item;
  toArray: typeof toArray;
  tolist: typeof tolist;
  typedArray: typeof typedArray;
} & typeof attributes &
  typeof factories;

/** An op `f(x, …rest)` read as the method `x.f(…rest)`; keeps up to two overloads. */
type Method<F> = F extends { (x: Tensor, ...rest: infer A): infer P; (x: Tensor, ...rest: infer B): infer Q }
  ? ((...rest: A) => P) & ((...rest: B) => Q)
  : never;
type Methods<Ops> = { [Name in keyof Ops]: Method<Ops[Name]> };
type InPlaceMethods = {
  [Name in (typeof inPlaceOps)[number] as `${Name}_`]: (
    ...rest: (typeof ops)[Name] extends (x: Tensor, ...rest: infer A) => unknown ? A : never
  ) => Tensor;
};

export interface TensorMethods extends Methods<OpMethods>, Methods<Others>, InPlaceMethods {
  /** x where the condition holds, else `other`. @see torch.Tensor.where */
  where(condition: Tensor, other: Tensor | number): Tensor;
  /** The n-th derivative of digamma. @see torch.Tensor.polygamma */
  polygamma(n: number): Tensor;
  polygamma_(n: number): Tensor;
  readonly T: Tensor;
  readonly mT: Tensor;
  readonly H: Tensor;
  readonly mH: Tensor;
  [Symbol.iterator](): Generator<Tensor, void, undefined>;
  toString(): string;
}

type AnyOp = (x: Tensor, ...rest: unknown[]) => unknown;

/** Methods whose tensor is not the function's first argument. */
const reordered = {
  where: (x: Tensor, condition: Tensor, other: Tensor | number) => ops.where(condition, x, other),
  polygamma: (x: Tensor, n: number) => ops.polygamma(n, x),
};

/** Runs an op in a frame. */
function method(op: AnyOp) {
  return function (this: Tensor, ...rest: unknown[]): unknown {
    if (!(this instanceof Tensor))
      throw new ArgumentError(
        `${op.name || "method"}: called as a method of what is no tensor: ${show(this)}`,
      );
    const mark = openFrame();
    let result: unknown;
    try {
      result = op(this, ...rest);
    } catch (error) {
      abandonFrame(mark);
      throw error;
    }
    return closeFrame(mark, result);
  };
}

function inPlaceMethod(name: string, op: AnyOp) {
  return method((x, ...rest) =>
    inPlace(
      `${name}_`,
      x,
      rest.filter((value) => value instanceof Tensor),
      () => op(x, ...rest) as Tensor,
    ),
  );
}

const define = (name: string | symbol, value: unknown) =>
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
const defineGetter = (name: string, get: (this: Tensor) => unknown) =>
  Object.defineProperty(Tensor.prototype, name, { get, configurable: true });

let installed = false;

/** Gives Tensor its methods. */
export function installMethods(): typeof Tensor {
  if (installed) return Tensor;
  installed = true;
  const hidden: readonly string[] = functionsOnly;
  for (const [name, op] of Object.entries(ops)) if (!hidden.includes(name)) define(name, method(op as AnyOp));
  const table: Record<string, unknown> = { ...ops };
  for (const name of inPlaceOps) define(`${name}_`, inPlaceMethod(name, table[name] as AnyOp));
  const others = {
    backward,
    isNonzero,
    registerHook,
    registerPostAccumulateGradHook,
    retainGrad,
    item,
    toArray,
    tolist,
    typedArray,
    ...attributes,
    ...factories,
  };
  for (const [name, op] of Object.entries(others)) define(name, method(op as AnyOp));
  for (const [name, op] of Object.entries(reordered)) define(name, method(op as AnyOp));
  define("polygamma_", inPlaceMethod("polygamma", reordered.polygamma as AnyOp));
  define(Symbol.iterator, function (this: Tensor) {
    return iterate(this);
  });
  defineGetter("T", function () {
    return ops.permute(this, [...this.shape.keys()].reverse());
  });
  defineGetter("mT", function () {
    return this.ndim === 0 ? this : ops.transpose(this, -2, -1);
  });
  defineGetter("H", function () {
    if (this.ndim !== 0 && this.ndim !== 2)
      throw new ShapeError(
        `H: tensor.H is only supported on matrices (2-D tensors). Got ${this.ndim}-D tensor; use mH for batches`,
      );
    return ops.adjoint(this);
  });
  defineGetter("mH", function () {
    return ops.adjoint(this);
  });
  const print = function (this: Tensor) {
    return inspect(this);
  };
  for (const name of ["toString", Symbol.for("nodejs.util.inspect.custom"), Symbol.for("Deno.customInspect")])
    define(name, print);
  return Tensor;
}
