/** @file Every method of a tensor, and their types. */
import type { backward } from "../autograd/engine.js";
import type { registerHook, registerPostAccumulateGradHook, retainGrad } from "../autograd/hooks.js";
import { ShapeError } from "../core/errors.js";
import type * as attributes from "../ops/attributes.js";
import * as ops from "../ops/index.js";
import { isNonzero } from "../ops/inquiry.js";
import type { item, toArray, tolist, typedArray } from "../ops/reading.js";
import * as factories from "../tensor/like.js";
import type { Tensor } from "../tensor/tensor.js";
import { installBasics } from "./basics.js";
import type { inPlaceOps } from "./in-place.js";
import { defineGetter, installMethods } from "./install.js";

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

let installed = false;

/** Gives Tensor all its methods, once. */
export function installAll(): void {
  if (installed) return;
  installed = true;
  installBasics();
  const hidden: readonly string[] = functionsOnly;
  installMethods(Object.fromEntries(Object.entries(ops).filter(([name]) => !hidden.includes(name))));
  installMethods({ isNonzero, ...factories, polygamma: (x: Tensor, n: number) => ops.polygamma(n, x) });
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
}
