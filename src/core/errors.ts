/**
 * The closed set of errors this library throws.
 *
 * A message reads `op: what is wrong: the actual values (the arithmetic)`, so that it can be understood without a debugger.
 */

/** Base of every error of this library. */
export class TorchError extends Error {
  override get name(): string {
    return this.constructor.name;
  }
}

/** Shapes or sizes do not fit together. */
export class ShapeError extends TorchError {}
/** An operation does not take this dtype, or dtypes differ where they may not. */
export class DTypeError extends TorchError {}
/** An index or dim lies outside its range. */
export class IndexError extends TorchError {}
/** A device is unknown, unavailable, or differs between operands. */
export class DeviceError extends TorchError {}
/** A rule of automatic differentiation is broken. */
export class GradError extends TorchError {}
/** A file or text is not in the format it should be in. */
export class FormatError extends TorchError {}
/** An argument is not of the kind the function takes. */
export class ArgumentError extends TorchError {}

/** What tells objects of this copy of the library from those of another that the same program has loaded. */
export const copyKey = Symbol.for("wasmgrad.copy");
export const thisCopy = Symbol("wasmgrad");
/** Whether it is a tensor, module or generator of another copy: ours do not see into its memory. */
export function isForeign(value: unknown): value is object {
  return (
    (typeof value === "object" || typeof value === "function") &&
    value !== null &&
    copyKey in value &&
    value[copyKey] !== thisCopy
  );
}

/** How a value of any kind appears in a message: short, one line. */
export function show(value: unknown): string {
  if (isForeign(value))
    return `a ${value.constructor.name} of another copy of wasmgrad, which this program has loaded too`;
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(show).join(", ")}]`;
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return value.name ? `function ${value.name}` : "a function";
  if (typeof value !== "object" || value === null) return String(value);
  const kind = value.constructor?.name ?? "Object";
  if ("shape" in value && Array.isArray(value.shape)) return `${kind} of shape [${value.shape.join(", ")}]`;
  return kind === "Object" ? "an object" : `a ${kind}`;
}

/** A number of bytes as people say it. */
export function showBytes(bytes: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${unit === 0 ? bytes : bytes.toFixed(2)} ${units[unit]}`;
}
