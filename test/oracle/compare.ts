/** Whether what the library gave is what PyTorch gave. */
import type { DType } from "../../src/core/dtype.js";
import { Tensor } from "../../src/tensor/tensor.js";
import {
  decodeFloat,
  expectedElements,
  foundElements,
  isObject,
  type TensorRow,
  tensorRow,
} from "./decode.js";
import { camel } from "./library.js";
import { Mismatch } from "./report.js";

export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
}

/** How values are held against each other; see the oracle's README. */
export interface Comparison {
  readonly mode?: "value" | "uninitialised" | "ties" | "gauge";
  /** Greatest absolute error of PyTorch's own float32 result, by number of the output. */
  readonly f32Error?: Readonly<Record<string, readonly unknown[] | null>>;
  /** Gradients in float32 have passed through more roundings than the error above tells of. */
  readonly gradient?: boolean;
  /** Replaces the tolerance of every dtype. */
  readonly tolerance?: Tolerance;
}

/** Those of PyTorch's own tests. */
const tolerances: { readonly [D in DType]?: Tolerance } = {
  float64: { atol: 1e-7, rtol: 1e-7 },
  float32: { atol: 1e-5, rtol: 1.3e-6 },
  float16: { atol: 1e-5, rtol: 1e-3 },
  bfloat16: { atol: 1e-5, rtol: 1.6e-2 },
};
const exact: Tolerance = { atol: 0, rtol: 0 };

function toleranceOf(dtype: DType, path: string, how: Comparison): Tolerance {
  const usual = tolerances[dtype];
  if (!usual) return exact;
  if (how.tolerance) return how.tolerance;
  if (dtype !== "float32" || !how.f32Error) return usual;
  const own = (key: string) => {
    const error = how.f32Error?.[key]?.[0];
    return (error !== undefined && decodeFloat(isObject(error) ? error.$f : error)) || 0;
  };
  const error = how.gradient ? Math.max(0, ...Object.keys(how.f32Error).map(own)) : own(path);
  return { atol: usual.atol + 4 * error, rtol: usual.rtol * (how.gradient ? 10 : 1) };
}

/** NaN equals NaN; infinities must be the same. */
function close(expected: number | bigint, found: number | bigint, { atol, rtol }: Tolerance): boolean {
  if (expected === found) return true;
  if (typeof expected === "bigint" || typeof found === "bigint") return false;
  if (Number.isNaN(expected) || Number.isNaN(found)) return Number.isNaN(expected) && Number.isNaN(found);
  return Math.abs(expected - found) <= atol + rtol * Math.abs(expected);
}

const place = (path: string): string => (path ? ` at ${path}` : "");

function compareTensors(expected: TensorRow, found: unknown, path: string, how: Comparison): void {
  if (!(found instanceof Tensor)) throw new Mismatch(`expected a tensor${place(path)}, found ${show(found)}`);
  if (found.dtype !== expected.dtype)
    throw new Mismatch(`dtype${place(path)}: expected ${expected.dtype}, found ${found.dtype}`);
  if (found.shape.join() !== expected.shape.join())
    throw new Mismatch(`shape${place(path)}: expected [${expected.shape}], found [${found.shape}]`);
  if (expected.data === undefined || how.mode === "uninitialised") return;
  const tolerance = toleranceOf(found.dtype, path, how);
  const gauge = how.mode === "gauge" && expected.shape.length > 1;
  const free = gauge ? (x: number | bigint) => (x < 0 ? -x : x) : (x: number | bigint) => x;
  const [want, have] = [expectedElements(expected), foundElements(found)];
  const wrong = want.findIndex((x, i) => !close(free(x), free(have[i]!), tolerance));
  if (wrong < 0) return;
  const count = want.filter((x, i) => !close(free(x), free(have[i]!), tolerance)).length;
  throw new Mismatch(
    `value${place(path)}: ${count} of ${want.length} elements of [${expected.shape}] ${expected.dtype} differ, ` +
      `first at ${wrong}: expected ${want[wrong]}, found ${have[wrong]} (atol ${tolerance.atol}, rtol ${tolerance.rtol})`,
  );
}

function show(value: unknown): string {
  if (typeof value === "bigint") return `${value}n`;
  return Array.isArray(value) ? `[${value.map(show)}]` : value instanceof Tensor ? "a tensor" : String(value);
}

/** What a result holds under a name or number: arrays, tuples with fields, plain objects and maps alike. */
export function member(value: unknown, index: number, field?: string): unknown {
  if (Array.isArray(value)) return value[index];
  if (!isObject(value) || value instanceof Tensor) return index === 0 ? value : undefined;
  if (value instanceof Map) return value.get(field) ?? value.get(index);
  const object = value as Record<string | number, unknown>;
  if (field !== undefined) return object[camel(field)] ?? object[field] ?? object[index];
  return object[index] ?? Object.values(object)[index];
}

/** The part of a result at a path such as `1.0`. */
export function partAt(expected: unknown, found: unknown, path: string): unknown {
  if (path === "") return found;
  let [shape, value] = [expected, found];
  for (const part of path.split(".")) {
    const items = itemsOf(shape);
    const fields =
      isObject(shape) && "$named" in shape ? (shape.$named as { fields: string[] }).fields : undefined;
    if (isObject(shape) && "$dict" in shape) {
      value = member(value, 0, part);
      shape = (shape.$dict as Record<string, unknown>)[part];
    } else {
      value = member(value, Number(part), fields?.[Number(part)]);
      shape = items?.[Number(part)];
    }
  }
  return value;
}

/** The paths of the tensors in a result, in order. */
export function tensorPaths(expected: unknown, path = ""): string[] {
  if (tensorRow(expected)) return [path];
  const items = itemsOf(expected) ?? [];
  return items.flatMap((item, i) => tensorPaths(item, path ? `${path}.${i}` : `${i}`));
}

function itemsOf(json: unknown): readonly unknown[] | undefined {
  if (Array.isArray(json)) return json;
  if (!isObject(json)) return undefined;
  if ("$named" in json) return (json.$named as { values: unknown[] }).values;
  return (json.$tuple ?? json.$size) as unknown[] | undefined;
}

/** @throws Mismatch that names the first difference */
export function compare(expected: unknown, found: unknown, how: Comparison = {}, path = ""): void {
  const tensor = tensorRow(expected);
  if (tensor) {
    compareTensors(tensor, found, path, how);
    return;
  }
  const within = (key: string | number) => (path ? `${path}.${key}` : String(key));
  const items = itemsOf(expected);
  if (items) {
    const fields = (expected as { $named?: { fields: string[] } }).$named?.fields;
    const length = Array.isArray(found) ? found.length : items.length;
    if (length !== items.length)
      throw new Mismatch(`length${place(path)}: expected ${items.length}, found ${length}`);
    items.forEach((item, i) => {
      compare(item, member(found, i, fields?.[i]), how, within(i));
    });
  } else if (isObject(expected) && ("$dict" in expected || "$items" in expected)) {
    const entries = (expected.$items ?? Object.entries(expected.$dict as object)) as [unknown, unknown][];
    for (const [key, item] of entries) {
      const name = String(isObject(key) ? Object.values(key)[0] : key);
      compare(item, member(found, Number(name), name), how, within(name));
    }
  } else compareScalars(expected, found, path, how);
}

function compareScalars(expected: unknown, found: unknown, path: string, how: Comparison): void {
  let want = expected;
  let tolerance = exact;
  if (isObject(expected)) {
    const [key, value] = Object.entries(expected)[0]!;
    want = key === "$int" ? BigInt(value as string) : key === "$f" ? decodeFloat(value) : value;
    if (key === "$f") tolerance = how.tolerance ?? tolerances.float64!;
  }
  if (Object.is(want ?? null, found ?? null)) return;
  const numeric = (x: unknown): x is number | bigint => typeof x === "number" || typeof x === "bigint";
  if (numeric(want) && numeric(found) && (Number(want) === Number(found) || close(want, found, tolerance)))
    return;
  throw new Mismatch(`value${place(path)}: expected ${show(want)}, found ${show(found)}`);
}
