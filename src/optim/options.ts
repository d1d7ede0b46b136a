/** Checks of optimizers' options: of the right kind, and in PyTorch's ranges. */
import { ArgumentError, show } from "../core/errors.js";

/** Ways of computing that PyTorch's options choose between; here there is one. */
const absent = ["capturable", "differentiable", "fused"];

const kinds: { readonly [K in string]?: (value: unknown) => boolean } = {
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  pair: (value) => Array.isArray(value) && value.length === 2 && value.every((x) => typeof x === "number"),
  flag: (value) => value === null || typeof value === "boolean",
};

const kindOf = (value: unknown): string => (Array.isArray(value) ? "pair" : typeof value);

/**
 * Checks that the options of a group are of the kinds of the defaults; the learning rate may still be missing.
 *
 * @throws ArgumentError that names the option
 */
export function checkGroup(op: string, group: object, defaults: object): void {
  const values = group as Readonly<Record<string, unknown>>;
  for (const [name, fallback] of Object.entries(defaults)) {
    const value = values[name];
    const kind = name === "foreach" ? "flag" : name === "lr" ? "number" : kindOf(fallback);
    if (name === "lr" && value === undefined) continue;
    if (!kinds[kind]?.(value))
      throw new ArgumentError(
        `${op}: ${name} must be ${kind === "pair" ? "a pair of numbers" : `a ${kind}`}: got ${show(value)}`,
      );
    if (absent.includes(name) && value === true)
      throw new ArgumentError(`${op}: ${name} is not supported: only false`);
  }
}

/** @throws ArgumentError unless lr ≥ 0, where it is given */
export function checkRate(op: string, lr: number | undefined): void {
  if (lr !== undefined && !(lr >= 0)) throw new ArgumentError(`${op}: Invalid learning rate: ${lr}`);
}

/** @throws ArgumentError unless 0 ≤ value ≤ most; `name` as PyTorch's message has it */
export function checkRange(op: string, name: string, value: number, most = Number.POSITIVE_INFINITY): void {
  if (!(value >= 0 && value <= most)) throw new ArgumentError(`${op}: Invalid ${name} value: ${value}`);
}

/** @throws ArgumentError unless both lie in [0, 1) */
export function checkBetas(op: string, betas: readonly [number, number]): void {
  betas.forEach((beta, i) => {
    if (!(beta >= 0 && beta < 1))
      throw new ArgumentError(`${op}: Invalid beta parameter at index ${i}: ${beta}`);
  });
}
