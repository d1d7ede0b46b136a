/** Checks of arguments that many functions share. */
import { ArgumentError, show } from "./errors.js";
import { checkOption } from "./option-kinds.js";

/** Edits (insert, delete, replace) between two words. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length]!;
}

/** The word nearest to `word`, if one is near enough to be meant. */
export function closest(word: string, words: readonly string[]): string | undefined {
  const plain = (s: string) => s.toLowerCase().replaceAll("_", "");
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const candidate of words) {
    const d = distance(plain(word), plain(candidate));
    if (d < least) [best, least] = [candidate, d];
  }
  return best;
}

/**
 * Refuses keys that an options object does not have.
 *
 * @throws ArgumentError that names the close key, if there is one
 */
export function checkOptions(op: string, options: unknown, keys: readonly string[]): void {
  if (options === undefined) return;
  if (typeof options !== "object" || options === null || Array.isArray(options))
    throw new ArgumentError(`${op}: options must be an object: got ${show(options)}`);
  for (const key in options) {
    if (keys.includes(key)) {
      checkOption(op, key, (options as Readonly<Record<string, unknown>>)[key]);
      continue;
    }
    const near = closest(key, keys);
    const hint = near
      ? `; did you mean "${near}"?`
      : keys.length
        ? ` (known: ${keys.join(", ")})`
        : " (it takes none)";
    throw new ArgumentError(`${op}: unknown option "${key}"${hint}`);
  }
}

/** @throws ArgumentError unless `value` is a whole number of at least `least` */
export function checkInteger(
  op: string,
  name: string,
  value: unknown,
  least = Number.MIN_SAFE_INTEGER,
): number {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw new ArgumentError(`${op}: ${name} must be an integer: got ${show(value)}`);
  if (value < least) throw new ArgumentError(`${op}: ${name} must be at least ${least}: got ${value}`);
  return value;
}

/** @throws ArgumentError unless `value` is a number */
export function checkNumber(op: string, name: string, value: unknown): number {
  if (typeof value !== "number")
    throw new ArgumentError(`${op}: ${name} must be a number: got ${show(value)}`);
  return value;
}

/** @throws ArgumentError unless `value` is a function */
export function checkFunction(op: string, name: string, value: unknown): void {
  if (typeof value !== "function")
    throw new ArgumentError(`${op}: ${name} must be a function: got ${show(value)}`);
}

/** @throws ArgumentError unless `value` can be iterated over, and is no text */
export function checkIterable(op: string, name: string, value: unknown): void {
  if (typeof value !== "object" || value === null || !(Symbol.iterator in value))
    throw new ArgumentError(`${op}: ${name} must be a list: got ${show(value)}`);
}

/** One whole number or a list of them, as a list. @throws ArgumentError unless it is one */
export function checkIntegers(op: string, name: string, value: unknown): readonly number[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((item) => checkInteger(op, name, item));
}

/** @throws ArgumentError unless `value` is one of `choices` */
export function checkChoice<T extends string>(
  op: string,
  name: string,
  value: unknown,
  choices: readonly T[],
): T {
  const found = choices.find((choice) => choice === value);
  if (found === undefined)
    throw new ArgumentError(
      `${op}: ${name} must be one of ${choices.map(show).join(", ")}: got ${show(value)}`,
    );
  return found;
}
