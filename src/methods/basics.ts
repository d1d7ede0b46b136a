/** @file The methods that every entry of the library gives to tensors: gradients, reading, printing. */
import { backward } from "../autograd/engine.js";
import { registerHook, registerPostAccumulateGradHook, retainGrad } from "../autograd/hooks.js";
import * as attributes from "../ops/attributes.js";
import { where } from "../ops/elementwise/selection.js";
import { inspect, item, iterate, toArray, tolist, typedArray } from "../ops/reading.js";
import { permute, transpose } from "../ops/shape/view.js";
import type { Tensor } from "../tensor/tensor.js";
import { define, defineGetter, installMethods } from "./install.js";

export function installBasics(): void {
  installMethods({
    backward,
    registerHook,
    registerPostAccumulateGradHook,
    retainGrad,
    item,
    toArray,
    tolist,
    typedArray,
    ...attributes,
    where: (x: Tensor, condition: Tensor, other: Tensor | number) => where(condition, x, other),
  });
  define(Symbol.iterator, function (this: Tensor) {
    return iterate(this);
  });
  defineGetter("T", function () {
    return permute(this, [...this.shape.keys()].reverse());
  });
  defineGetter("mT", function () {
    return this.ndim === 0 ? this : transpose(this, -2, -1);
  });
  const print = function (this: Tensor) {
    return inspect(this);
  };
  for (const name of ["toString", Symbol.for("nodejs.util.inspect.custom"), Symbol.for("Deno.customInspect")])
    define(name, print);
}
