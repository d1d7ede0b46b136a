/**
 * @file Objects that can be called.
 *
 * The constructor returns a function that has the class's prototype. A subclass's field initialisers then land on that
 * function, so it is the instance: it has the fields, the methods, and can be called.
 */
import { copyKey, thisCopy } from "../core/errors.js";

export abstract class Callable {
  get [copyKey](): symbol {
    return thisCopy;
  }

  constructor() {
    const self = (...args: unknown[]): unknown => instance.called(args);
    const instance: Callable = Object.setPrototypeOf(self, new.target.prototype);
    // A function's own name and length would stand in the way of fields with these names.
    Reflect.deleteProperty(self, "name");
    Reflect.deleteProperty(self, "length");
    // biome-ignore lint/correctness/noConstructorReturn: the function is the instance
    return instance;
  }

  /** What calling the object does. */
  protected abstract called(args: readonly unknown[]): unknown;
}
