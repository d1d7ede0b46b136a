/** Slices as Python writes them. */
import { FormatError } from "./errors.js";

/** start:end:step, each of which may be left out. */
export class Slice {
  constructor(
    readonly start: number | null = null,
    readonly end: number | null = null,
    readonly step: number | null = null,
  ) {}
}

/** A slice for `at`: `slice(3)` is ":3", `slice(1, 3)` is "1:3", `slice(null, null, 2)` is "::2". */
export function slice(end: number | null): Slice;
export function slice(start: number | null, end: number | null, step?: number | null): Slice;
export function slice(start: number | null, ...rest: (number | null | undefined)[]): Slice {
  return rest.length === 0 ? new Slice(null, start) : new Slice(start, rest[0] ?? null, rest[1] ?? null);
}

const parsed = new Map<string, Slice>();

/** Reads "1:3", ":-1", "::2". @throws FormatError if it is no slice */
export function parseSlice(text: string): Slice {
  let found = parsed.get(text);
  if (!found) {
    const parts = text.split(":").map((part) => part.trim());
    if (parts.length < 2 || parts.length > 3 || parts.some((part) => !/^([+-]?\d+)?$/.test(part)))
      throw new FormatError(
        `at: ${JSON.stringify(text)} is no slice: expected something like "1:3", ":-1", "::2" or "..."`,
      );
    const [start, end, step] = parts.map((part) => (part === "" ? null : Number(part)));
    found = new Slice(start, end, step);
    if (parsed.size < 1000) parsed.set(text, found);
  }
  return found;
}
