/** The library as the replay sees it: names looked up at run time, because what is missing must be skipped, not fail to compile. */
import * as torch from "../../src/index.js";
import { Skip } from "./report.js";

type Names = Record<string, unknown>;
export type Callable = (...args: unknown[]) => unknown;

/** `log_softmax` → `logSoftmax`; the underscore of in-place forms stays. */
export function camel(name: string): string {
  return name.replace(/(?<=[A-Za-z0-9])_+([A-Za-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** What stands at a path such as `nn.functional.relu`, or undefined. */
export function find(path: string): unknown {
  let value: unknown = torch;
  for (const part of path.split(".")) {
    if (value === undefined || value === null) return undefined;
    value = (value as Names)[part];
  }
  return value;
}

/** @throws Skip if the library has no such function */
export function need(path: string): Callable {
  const value = find(path);
  if (typeof value !== "function") throw new Skip(`no ${path}`);
  return value as Callable;
}

/** Calls a method by name. @throws Skip if the object has none */
export function invoke(object: unknown, name: string, ...args: unknown[]): unknown {
  const method = (object as Names)[name];
  if (typeof method !== "function") throw new Skip(`no method ${name}`);
  return (method as Callable).apply(object, args);
}

/** Makes an instance of a class by path. @throws Skip if the library has no such class */
export function construct(path: string, ...args: unknown[]): unknown {
  return Reflect.construct(need(path), args);
}

/** Seeds the default generator. */
export const seed = (value: unknown): unknown => need("manualSeed")(value);

/** Runs with another default dtype. */
export function withDefaultDtype<T>(dtype: string | undefined, run: () => T): T {
  const set = need("setDefaultDtype");
  if (dtype === "float64") set(dtype);
  try {
    return run();
  } finally {
    set("float32");
  }
}
