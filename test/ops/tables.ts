/** Tables of values and of refusals: most of what there is to say about an op by itself. */
import { expect, it } from "vitest";
import { Tensor } from "../../src/index.js";

/** A tensor's values nested, several tensors as a list, anything else as it is. */
export function plain(result: unknown): unknown {
  if (result instanceof Tensor) return result.toArray();
  if (Array.isArray(result)) return result.map(plain);
  if (typeof result === "object" && result !== null)
    return Object.fromEntries(Object.entries(result).map(([key, value]) => [key, plain(value)]));
  return result;
}

/** Whether both are alike: structure, NaN and the sign of 0 to the bit, fractions to 6 places. */
function alike(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a === "number" && typeof b === "number")
    return b !== 0 && Number.isFinite(b) && Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b));
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const [p, q] = [Object.entries(a), Object.entries(b)];
  return p.length === q.length && p.every(([key, value]) => alike(value, Reflect.get(b, key)));
}

/** A name, what to run, and the values it must give. */
export type Value = [name: string, run: () => unknown, expected: unknown];

export function gives(cases: readonly Value[]): void {
  it.each(cases)("%s", (_, run, expected) => {
    const actual = plain(run());
    // `toEqual` for its report.
    if (!alike(actual, expected)) expect(actual).toEqual(expected);
  });
}

/** A name, what to run, and the error it must end in. */
export type Refusal = [name: string, run: () => unknown, error: string];

export function refuses(cases: readonly Refusal[]): void {
  it.each(cases)("refuses %s", (_, run, error) => {
    let thrown = "nothing";
    try {
      run();
    } catch (e) {
      thrown = `${(e as Error).name}: ${(e as Error).message}`;
    }
    expect(thrown).toBe(error);
  });
}
