/**
 * @file Values on their way between threads.
 *
 * Structured cloning copies data but neither classes nor functions. As Python's pickle does, these go by
 * name: an instance is sent as its fields and the name under which its class is exported, a function as its
 * name. Both sides look the names up in the same modules: the library's own datasets, and the module the user
 * names. Tensors go as plain bytes.
 */

import type { DeviceName } from "../backend/backend.js";
import { backendOf } from "../backend/registry.js";
import type { DType } from "../core/dtype.js";
import { ArgumentError, GradError, show } from "../core/errors.js";
import { Generator } from "../core/generator.js";
import type { Shape } from "../core/shape.js";
import { bytesOf } from "../tensor/bytes.js";
import { makeFrom } from "../tensor/make.js";
import { Tensor } from "../tensor/tensor.js";
import { defaultCollate } from "./collate.js";
import { ConcatDataset, Subset, TensorDataset } from "./dataset.js";

/** A value that structured cloning carries whole. */
export type Packed =
  | { readonly kind: "plain"; readonly value: unknown }
  | { readonly kind: "named"; readonly name: string }
  | { readonly kind: "array"; readonly items: Packed[] }
  | { readonly kind: "map"; readonly entries: [Packed, Packed][] }
  | { readonly kind: "object"; readonly type: string | null; readonly fields: [string, Packed][] }
  | {
      readonly kind: "tensor";
      readonly bytes: Uint8Array<ArrayBuffer>;
      readonly dtype: DType;
      readonly shape: Shape;
      readonly device: DeviceName;
      readonly requiresGrad: boolean;
    };

/** Classes and functions that both threads know, by name. */
export type Names = ReadonlyMap<string, unknown>;

/** The library's own names and those that a module exports. @throws ArgumentError if it cannot be loaded */
export async function namesOf(module: string | null): Promise<Names> {
  const own = { TensorDataset, Subset, ConcatDataset, Generator, defaultCollate };
  const names = new Map<string, unknown>(Object.entries(own));
  if (module === null) return names;
  try {
    const exports: object = await import(/* @vite-ignore */ /* webpackIgnore: true */ module);
    for (const [name, value] of Object.entries(exports)) names.set(`export ${name}`, value);
  } catch (error) {
    throw new ArgumentError(`DataLoader: workerModule ${module} cannot be loaded: ${messageOf(error)}`);
  }
  return names;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : show(error));

/**
 * Makes a value ready to be sent. The same object met twice is one object on the other side too.
 *
 * @param place what the value is called in messages
 * @throws ArgumentError for a class or function without a name, GradError for a tensor with history
 */
export function pack(value: unknown, names: Names, place: string): Packed {
  const done = new Map<object, Packed>();
  const nameOf = (thing: unknown, kind: string, where: string): string => {
    for (const [name, known] of names) if (known === thing) return name;
    throw new ArgumentError(
      `DataLoader: ${where} is ${kind} that a worker thread cannot find: export it from the module given as workerModule`,
    );
  };

  function visit(value: unknown, where: string): Packed {
    if (typeof value === "function") return { kind: "named", name: nameOf(value, show(value), where) };
    if (typeof value === "symbol")
      throw new ArgumentError(`DataLoader: ${where} is a symbol, which cannot be sent`);
    if (typeof value !== "object" || value === null) return { kind: "plain", value };
    const known = done.get(value);
    if (known) return known;
    const keep = <P extends Packed>(packed: P): P => {
      done.set(value, packed);
      return packed;
    };
    if (value instanceof Tensor) return keep(packTensor(value, where));
    if (isPlain(value)) return keep({ kind: "plain", value });
    if (Array.isArray(value)) {
      const { items } = keep({ kind: "array", items: [] as Packed[] });
      for (const [i, item] of value.entries()) items.push(visit(item, `${where}[${i}]`));
    } else if (value instanceof Map) {
      const { entries } = keep({ kind: "map", entries: [] as [Packed, Packed][] });
      for (const [key, item] of value)
        entries.push([visit(key, `a key of ${where}`), visit(item, `${where}.get(${show(key)})`)]);
    } else {
      const prototype = Object.getPrototypeOf(value);
      const plain = prototype === Object.prototype || prototype === null;
      const type = plain ? null : nameOf(prototype.constructor, show(value), where);
      const { fields } = keep({ kind: "object", type, fields: [] as [string, Packed][] });
      for (const [key, item] of Object.entries(value)) fields.push([key, visit(item, `${where}.${key}`)]);
    }
    return done.get(value)!;
  }
  return visit(value, place);
}

/** Whether structured cloning makes of it what it was. */
function isPlain(value: object): boolean {
  const kinds = [ArrayBuffer, Date, RegExp, Set, Error];
  return ArrayBuffer.isView(value) || kinds.some((kind) => value instanceof kind);
}

function packTensor(x: Tensor, where: string): Packed {
  if (!x.isLeaf)
    throw new GradError(
      `DataLoader: ${where} has a history, which cannot be sent to another thread: detach it`,
    );
  const { dtype, shape, device, requiresGrad } = x;
  return { kind: "tensor", bytes: bytesOf(x), dtype, shape, device, requiresGrad };
}

/** The buffers of all tensors in a packed value: its own, so they may be moved instead of copied. */
export function buffersOf(packed: Packed, seen = new Set<Packed>()): ArrayBuffer[] {
  if (seen.has(packed)) return [];
  seen.add(packed);
  const within = (parts: readonly Packed[]) => parts.flatMap((part) => buffersOf(part, seen));
  switch (packed.kind) {
    case "tensor":
      return [packed.bytes.buffer];
    case "array":
      return within(packed.items);
    case "map":
      return within(packed.entries.flat());
    case "object":
      return within(packed.fields.map(([, field]) => field));
    default:
      return [];
  }
}

/** The value that was packed. @throws ArgumentError if a name is not known here */
export function unpack(packed: Packed, names: Names): unknown {
  const done = new Map<Packed, object>();
  const find = (name: string): unknown => {
    if (names.has(name)) return names.get(name);
    throw new ArgumentError(`DataLoader: ${name} was not found in this thread`);
  };

  function visit(packed: Packed): unknown {
    const known = done.get(packed);
    if (known) return known;
    const keep = <O extends object>(object: O): O => {
      done.set(packed, object);
      return object;
    };
    switch (packed.kind) {
      case "plain":
        return packed.value;
      case "named":
        return find(packed.name);
      case "tensor": {
        const { bytes, dtype, shape, device, requiresGrad } = packed;
        return keep(makeFrom(bytes, shape, dtype, backendOf(device)).requiresGrad_(requiresGrad));
      }
      case "array": {
        const array = keep([] as unknown[]);
        for (const item of packed.items) array.push(visit(item));
        return array;
      }
      case "map": {
        const map = keep(new Map<unknown, unknown>());
        for (const [key, item] of packed.entries) map.set(visit(key), visit(item));
        return map;
      }
      case "object": {
        const type = packed.type === null ? Object : (find(packed.type) as { prototype: object });
        const object = keep(Object.create(type.prototype) as object);
        for (const [key, field] of packed.fields)
          Object.defineProperty(object, key, {
            value: visit(field),
            writable: true,
            enumerable: true,
            configurable: true,
          });
        return object;
      }
    }
  }
  return visit(packed);
}
