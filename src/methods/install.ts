/**
 * @file Ops as methods: `x.op(…)` is `op(x, …)`, and `x.op_(…)` writes the result into x.
 *
 * One loop installs them and one mapped type declares them, so nothing is written per op. A method runs in a frame: what an
 * op makes on its way and does not return is released at once.
 */
import { ArgumentError, show } from "../core/errors.js";
import { inPlace } from "../ops/rewrite.js";
import { abandonFrame, closeFrame, openFrame } from "../tensor/frames.js";
import { Tensor } from "../tensor/tensor.js";
import { inPlaceOps } from "./in-place.js";

type AnyOp = (x: Tensor, ...rest: unknown[]) => unknown;

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

export const define = (name: string | symbol, value: unknown) =>
  Object.defineProperty(Tensor.prototype, name, { value, writable: true, configurable: true });
export const defineGetter = (name: string, get: (this: Tensor) => unknown) =>
  Object.defineProperty(Tensor.prototype, name, { get, configurable: true });

/** Gives Tensor the functions of `table` as methods, with the in-place forms of those that have one. */
export function installMethods(table: Readonly<Record<string, unknown>>): void {
  for (const [name, op] of Object.entries(table)) define(name, method(op as AnyOp));
  for (const name of inPlaceOps)
    if (Object.hasOwn(table, name)) define(`${name}_`, inPlaceMethod(name, table[name] as AnyOp));
}
