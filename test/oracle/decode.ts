/** The oracle's JSON values as tensors and plain values, and tensors as plain numbers again. */
import type { DeviceName } from "../../src/backend/backend.js";
import { backendOf } from "../../src/backend/registry.js";
import { type DType, dtypes, isDType, sizeOf } from "../../src/core/dtype.js";
import { bfloat16ToNumber, float16ToNumber } from "../../src/core/half.js";
import { contiguousStrides, numel } from "../../src/core/shape.js";
import { Storage } from "../../src/tensor/storage.js";
import { Tensor } from "../../src/tensor/tensor.js";
import { decodeBase64 } from "./base64.js";
import { camel, construct, find } from "./library.js";
import { Slice } from "./python.js";
import { type Row, Skip } from "./report.js";

export interface TensorRow {
  readonly dtype: string;
  readonly shape: number[];
  /** Missing where the values mean nothing. */
  readonly data?: string;
  readonly stride?: number[];
  readonly rg?: boolean;
}

/** How tensors lie in memory: as the row says, or each with gaps between its elements. */
export type Layout = "given" | "spread";

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The tensor a value stands for, if it is one. */
export function tensorRow(value: unknown): TensorRow | undefined {
  return isObject(value) ? ((value.$t ?? value.$param) as TensorRow | undefined) : undefined;
}

/** A Python tuple: as an index it means several parts, where a list means one. */
export class Tuple extends Array<unknown> {}

/** A Python float, as JSON cannot write them all. */
export function decodeFloat(value: unknown): number {
  return value === "inf"
    ? Number.POSITIVE_INFINITY
    : value === "-inf"
      ? Number.NEGATIVE_INFINITY
      : Number(value);
}

const bytesOf = (row: TensorRow): Uint8Array => decodeBase64(row.data ?? "");

/** Makes the tensors of one row; the same part of the row is always the same tensor. */
export class Decoder {
  private readonly made = new Map<TensorRow, Tensor>();

  constructor(
    readonly device: DeviceName,
    readonly layout: Layout = "given",
  ) {}

  tensor(row: TensorRow, parameter = false): Tensor {
    let tensor = this.made.get(row);
    if (tensor) return tensor;
    tensor = this.build(row);
    if (parameter) tensor = construct("nn.Parameter", tensor, { requiresGrad: Boolean(row.rg) }) as Tensor;
    else if (row.rg) tensor.requiresGrad = true;
    this.made.set(row, tensor);
    return tensor;
  }

  private build(row: TensorRow): Tensor {
    const { dtype, shape } = row;
    if (!isDType(dtype)) throw new Skip(`dtype ${dtype}`);
    const size = sizeOf(dtype);
    const count = numel(shape);
    const strides = this.stridesOf(row);
    const last = shape.reduce((end, n, dim) => end + (n - 1) * strides[dim]!, 0);
    // Gaps hold 1 in every byte: a legal value of each dtype, and a wrong one if it is ever read.
    const bytes = new Uint8Array(count ? (last + 1) * size : size).fill(1);
    const data = bytesOf(row);
    const index = shape.map(() => 0);
    for (let i = 0; i < data.length / size; i++) {
      const at = index.reduce((sum, n, dim) => sum + n * strides[dim]!, 0);
      bytes.set(data.subarray(i * size, (i + 1) * size), at * size);
      for (let dim = shape.length - 1; dim >= 0 && ++index[dim]! === shape[dim]; dim--) index[dim] = 0;
    }
    const backend = backendOf(this.device);
    const cell = backend.allocate(bytes.length);
    backend.write(cell, 0, bytes);
    return new Tensor(new Storage(backend, cell), dtype, shape, strides);
  }

  private stridesOf({ shape, stride }: TensorRow): number[] {
    if (this.layout === "given") return stride ?? contiguousStrides(shape);
    return contiguousStrides(shape).map((step) => 2 * step);
  }

  /** @throws Skip for what this library has no counterpart of */
  value(json: unknown): unknown {
    if (Array.isArray(json)) return json.map((item) => this.value(item));
    if (json === "cpu") return this.device;
    if (!isObject(json)) return json;
    const [key, value] = Object.entries(json)[0] as [string, unknown];
    switch (key) {
      case "$t":
        return this.tensor(value as TensorRow);
      case "$param":
        return this.tensor(value as TensorRow, true);
      case "$f":
        return decodeFloat(value);
      case "$int":
        return BigInt(value as string);
      case "$size":
      case "$tuple":
        return Tuple.from(value as unknown[], (item) => this.value(item));
      case "$named":
        return this.value((value as { values: unknown }).values);
      case "$slice": {
        const [start, stop, step] = (value as unknown[]).map((part) => this.value(part) as number | null);
        return new Slice(start ?? null, stop ?? null, step ?? null).toString();
      }
      case "$ellipsis":
        return "...";
      case "$device":
        return this.device;
      case "$dtype":
        if (!isDType(value)) throw new Skip(`dtype ${value}`);
        return value;
      case "$memory_format":
      case "$layout":
        return value;
      case "$dict":
        return Object.fromEntries(Object.entries(value as object).map(([k, v]) => [k, this.value(v)]));
      case "$items":
        return new Map((value as [unknown, unknown][]).map(([k, v]) => [this.value(k), this.value(v)]));
      case "$callable":
        return find(camel((value as string).replace(/^torch\./, ""))) ?? skip(`no ${value}`);
      case "$module":
        return defaultModule(value as { type: string; repr: string });
      default:
        return skip(`value ${key}`);
    }
  }

  /** The arguments by keyword. */
  kwargs(json: unknown): Record<string, unknown> {
    const plain = isObject(json) && "$dict" in json ? json.$dict : json;
    return Object.fromEntries(Object.entries((plain ?? {}) as object).map(([k, v]) => [k, this.value(v)]));
  }
}

/** A module as an argument, if it was made without arguments. */
function defaultModule({ type, repr }: { type: string; repr: string }): unknown {
  if (!repr.endsWith("()")) throw new Skip(`value ${repr}`);
  return construct(`nn.${type.split(".").at(-1)}`);
}

function skip(reason: string): never {
  throw new Skip(reason);
}

/** What stands in a row at `args.0.2`, undecoded. */
export function atPath(row: Row, path: string): unknown {
  let value: unknown = row;
  for (const part of path.split(".")) {
    if (isObject(value)) {
      const key = Object.keys(value)[0];
      if (key === "$tuple" || key === "$dict") value = value[key];
      else if (key === "$named") value = (value.$named as { values: unknown }).values;
    }
    value = (value as Record<string, unknown>)[part];
  }
  return value;
}

/** Writes the first of each group of paths over the others, so that one tensor is made for all. */
export function unify(row: Row): void {
  for (const group of (row.same ?? []) as string[][])
    for (const path of group.slice(1)) {
      const parts = path.split(".");
      const last = parts.pop()!;
      let holder = parts.length ? atPath(row, parts.join(".")) : row;
      if (isObject(holder) && "$tuple" in holder) holder = holder.$tuple;
      (holder as Record<string, unknown>)[last] = atPath(row, group[0]!);
    }
}

// ── back to numbers ──────────────────────────────────────────────────────────────────────────────

type Elements = (number | bigint)[];

function elementsOf(dtype: DType, bytes: ArrayBufferLike): Elements {
  const raw = Array.from(new dtypes[dtype].array(bytes) as ArrayLike<number | bigint>);
  if (dtype === "float16") return raw.map((bits) => float16ToNumber(Number(bits)));
  if (dtype === "bfloat16") return raw.map((bits) => bfloat16ToNumber(Number(bits)));
  return raw;
}

/** The expected elements, row-major. */
export const expectedElements = (row: TensorRow): Elements =>
  elementsOf(row.dtype as DType, bytesOf(row).buffer);

/** The elements of a tensor, row-major, read from its memory without help of the library's own copying. */
export function foundElements(x: Tensor): Elements {
  const count = numel(x.shape);
  if (count === 0) return [];
  const { storage, dtype, shape, strides, offset } = x;
  const memory = elementsOf(dtype, storage.backend.read(storage.cell, 0, spanOf(x) * sizeOf(dtype)));
  const index = shape.map(() => 0);
  return Array.from({ length: count }, () => {
    const value = memory[index.reduce((sum, n, dim) => sum + n * strides[dim]!, offset)]!;
    for (let dim = shape.length - 1; dim >= 0 && ++index[dim]! === shape[dim]; dim--) index[dim] = 0;
    return value;
  });
}

/** Elements from the start of the storage to the last of `x`. */
const spanOf = ({ shape, strides, offset }: Tensor): number =>
  shape.reduce((end, n, dim) => end + (n - 1) * strides[dim]!, offset) + 1;
