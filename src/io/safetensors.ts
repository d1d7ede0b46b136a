/**
 * @file The safetensors format: the header's length in 8 bytes, the header in JSON, then the tensors' bytes.
 *
 *     { "fc.weight": { "dtype": "F32", "shape": [10, 784], "data_offsets": [0, 31360] }, … }
 *
 * A file is data and nothing else, so reading one cannot run code; every number in it is checked before it is
 * used.
 *
 * @see https://huggingface.co/docs/safetensors
 */
import { backendOf } from "../backend/registry.js";
import { type DType, dtypes, sizeOf } from "../core/dtype.js";
import { ArgumentError, FormatError, show } from "../core/errors.js";
import type { Shape } from "../core/shape.js";
import { bytesOf } from "../tensor/bytes.js";
import { makeFrom } from "../tensor/make.js";
import { Tensor } from "../tensor/tensor.js";

/** What a safetensors file holds. */
export interface SafetensorsFile {
  /** In the order of the file's header. */
  readonly tensors: Map<string, Tensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const METADATA = "__metadata__";
const LARGEST_HEADER = 100_000_000;
const SPACE = 0x20;

const names = {
  float64: "F64",
  float32: "F32",
  float16: "F16",
  bfloat16: "BF16",
  int64: "I64",
  int32: "I32",
  int16: "I16",
  int8: "I8",
  uint8: "U8",
  bool: "BOOL",
} as const satisfies Record<DType, string>;
const dtypesByName = new Map(Object.entries(names).map(([dtype, name]) => [name as string, dtype as DType]));

// ── writing ──────────────────────────────────────────────────────────────────────────────────────

/**
 * The bytes of a safetensors file: header entries in the order given, the same bytes for the same values on
 * every machine.
 *
 * @param tensors a state dict; a Map keeps names like "0" in their place, an object sorts them first
 * @param metadata texts to keep beside them
 * @throws ArgumentError if a value is not a tensor or a name is "__metadata__"
 * @example await writeFile("model.safetensors", saveSafetensors(net.stateDict(), { epoch: "3" }))
 */
export function saveSafetensors(
  tensors: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Uint8Array<ArrayBuffer> {
  const entries = entriesOf(tensors);
  for (const [key, text] of Object.entries(metadata))
    if (typeof text !== "string")
      throw new ArgumentError(`saveSafetensors: metadata must be strings: ${show(key)} is ${show(text)}`);

  // Data in order of falling element size: then each tensor is aligned, for readers that map the file into
  // memory.
  const placed = entries.toSorted(([, a], [, b]) => sizeOf(b.dtype) - sizeOf(a.dtype));
  const offsets = new Map<string, readonly [begin: number, end: number]>();
  let total = 0;
  for (const [name, x] of placed) offsets.set(name, [total, (total += x.numel() * sizeOf(x.dtype))]);

  const fields: [string, unknown][] = entries.map(([name, { dtype, shape }]) => [
    name,
    { dtype: names[dtype], shape, data_offsets: offsets.get(name) },
  ]);
  if (Object.keys(metadata).length > 0) fields.unshift([METADATA, metadata]);
  const json = fields.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(",");
  const header = new TextEncoder().encode(`{${json}}`);

  const start = 8 + Math.ceil(header.length / 8) * 8;
  const file = new Uint8Array(start + total).fill(SPACE, 8, start);
  new DataView(file.buffer).setBigUint64(0, BigInt(start - 8), true);
  file.set(header, 8);
  for (const [name, x] of placed) file.set(canonical(bytesOf(x), x.dtype), start + offsets.get(name)![0]);
  return file;
}

function entriesOf(
  tensors: ReadonlyMap<string, Tensor> | Readonly<Record<string, Tensor>>,
): readonly (readonly [string, Tensor])[] {
  if (typeof tensors !== "object" || tensors === null || tensors instanceof Tensor)
    throw new ArgumentError(`saveSafetensors: expected tensors by name: got ${show(tensors)}`);
  const entries = tensors instanceof Map ? [...tensors] : Object.entries(tensors);
  for (const [name, x] of entries) {
    if (typeof name !== "string" || name === METADATA)
      throw new ArgumentError(`saveSafetensors: ${show(name)} cannot be the name of a tensor`);
    if (!(x instanceof Tensor))
      throw new ArgumentError(`saveSafetensors: ${show(name)} must be a tensor: got ${show(x)}`);
  }
  return entries;
}

/** Patterns of bits: those of the magnitude, infinity (every NaN is greater), and the NaN that is written. */
const patterns = {
  float32: { view: Uint32Array, magnitude: 0x7fffffff, infinity: 0x7f800000, nan: 0x7fc00000 },
  float16: { view: Uint16Array, magnitude: 0x7fff, infinity: 0x7c00, nan: 0x7e00 },
  bfloat16: { view: Uint16Array, magnitude: 0x7fff, infinity: 0x7f80, nan: 0x7fc0 },
} as const;

/** Every NaN with the same bits, because their sign and payload differ between machines. */
function canonical(bytes: Uint8Array<ArrayBuffer>, dtype: DType): Uint8Array {
  if (dtype === "float64") {
    const bits = new BigUint64Array(bytes.buffer);
    const values = new Float64Array(bytes.buffer);
    for (let i = 0; i < bits.length; i++) if (Number.isNaN(values[i])) bits[i] = 0x7ff8000000000000n;
  } else if (dtype === "float32" || dtype === "float16" || dtype === "bfloat16") {
    const { view, magnitude, infinity, nan } = patterns[dtype];
    const bits = new view(bytes.buffer);
    for (let i = 0; i < bits.length; i++) if ((bits[i]! & magnitude) > infinity) bits[i] = nan;
  }
  return bytes;
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────────

interface Entry {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly begin: number;
  readonly end: number;
}

/**
 * The tensors and the metadata of a safetensors file.
 *
 * @throws FormatError if anything in the file is not as the format says
 * @example net.loadStateDict(loadSafetensors(await readFile("model.safetensors")).tensors)
 */
export function loadSafetensors(bytes: Uint8Array): SafetensorsFile {
  if (!(bytes instanceof Uint8Array))
    throw new ArgumentError(`loadSafetensors: expected a Uint8Array: got ${show(bytes)}`);
  if (bytes.length < 8) fail("8 bytes with the header's length", `${bytes.length} bytes`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(LARGEST_HEADER)) fail(`a header of at most ${LARGEST_HEADER} bytes`, `${length}`);
  const start = 8 + Number(length);
  if (start > bytes.length) fail(`a header of ${length} bytes`, `only ${bytes.length - 8} after its length`);
  const header = parseHeader(bytes.subarray(8, start));
  const metadata = header.get(METADATA) ?? {};
  if (!isObject(metadata) || !Object.values(metadata).every((text) => typeof text === "string"))
    fail(`texts in ${METADATA}`, brief(metadata));

  const data = bytes.subarray(start);
  header.delete(METADATA);
  const entries = Array.from(header, ([name, field]) => readEntry(name, field, data.length));
  checkCover(entries, data.length);
  const backend = backendOf("cpu");
  const tensors = new Map<string, Tensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    const part = data.subarray(begin, end);
    if (dtype === "bool" && part.some((byte) => byte > 1))
      fail(`${brief(name)} of 0 and 1`, `${part.find((byte) => byte > 1)}`);
    tensors.set(name, makeFrom(part, shape, dtype, backend));
  }
  return { tensors, metadata: metadata as Record<string, string> };
}

function fail(expected: string, found: string): never {
  throw new FormatError(`loadSafetensors: expected ${expected}: found ${found}`);
}

/** A value of the file in a message. */
function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The header's fields in the order of the file. */
function parseHeader(bytes: Uint8Array): Map<string, unknown> {
  if (bytes[0] !== 0x7b) fail('a header that begins with "{"', bytes.length ? `byte ${bytes[0]}` : "none");
  let text = "";
  let header: unknown;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    header = JSON.parse(text);
  } catch (error) {
    fail("a header in JSON", brief((error as Error).message));
  }
  if (!isObject(header)) fail("an object as header", brief(header));
  return new Map(outerKeys(text).map((key) => [key, header[key]]));
}

/**
 * The keys of the outermost object of `text`, valid JSON, in order.
 *
 * JSON.parse sorts keys like "0" first, and of two equal keys it keeps the last and says nothing.
 */
function outerKeys(text: string): string[] {
  const outer = new Set<string>();
  const open: Set<string>[] = [];
  for (let i = 0; i < text.length; i++) {
    if (text[i] === "{") open.push(open.length === 0 ? outer : new Set());
    else if (text[i] === "}") open.pop();
    else if (text[i] === '"') {
      const start = i;
      while (text[++i] !== '"') if (text[i] === "\\") i++;
      let next = i + 1;
      while (/\s/.test(text[next] ?? "")) next++;
      if (text[next] !== ":") continue;
      const key: string = JSON.parse(text.slice(start, i + 1));
      const keys = open.at(-1)!;
      if (keys.has(key)) fail("each key once", `${brief(key)} twice`);
      keys.add(key);
    }
  }
  return [...outer];
}

const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

function readEntry(name: string, field: unknown, available: number): Entry {
  const where = `of ${brief(name)}`;
  if (!isObject(field)) fail(`an object with dtype, shape and data_offsets ${where}`, brief(field));
  const dtype = dtypesByName.get(field.dtype as string);
  if (!dtype) fail(`a dtype ${where} among ${Object.values(names).join(", ")}`, brief(field.dtype));
  const { shape, data_offsets: offsets } = field;
  if (!Array.isArray(shape) || !shape.every(isSize)) fail(`a shape ${where}`, brief(shape));
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isSize))
    fail(`data_offsets ${where} as [begin, end]`, brief(offsets));
  const [begin, end] = offsets as [number, number];
  if (begin > end) fail(`data_offsets ${where} in rising order`, brief(offsets));
  if (end > available) fail(`data ${where} up to byte ${end}`, `${available} bytes of data`);
  let size = dtypes[dtype].size;
  for (const n of shape)
    if (!Number.isSafeInteger((size *= n))) fail(`a shape ${where} that fits`, brief(shape));
  if (size !== end - begin)
    fail(`${size} bytes ${where} (${names[dtype]} ${brief(shape)})`, `${end - begin} (${begin} to ${end})`);
  return { name, dtype, shape, begin, end };
}

/** The tensors must lie one after the other, without overlaps or holes, over the whole of the data. */
function checkCover(entries: readonly Entry[], available: number): void {
  let end = 0;
  for (const entry of entries.toSorted((a, b) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin !== end)
      fail(
        `${brief(entry.name)} to begin at byte ${end} of the data`,
        `${entry.begin} (${entry.begin < end ? "an overlap" : "a hole"})`,
      );
    end = entry.end;
  }
  if (end !== available) fail(`${end} bytes of data`, `${available}`);
}
