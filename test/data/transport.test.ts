import { describe, expect, test } from "vitest";
import { Generator } from "../../src/core/generator.js";
import { Subset, TensorDataset } from "../../src/data/index.js";
import { buffersOf, type Names, namesOf, pack, unpack } from "../../src/data/transport.js";
import { bytesOf } from "../../src/tensor/bytes.js";
import { tensor } from "../../src/tensor/create.js";
import { Tensor } from "../../src/tensor/tensor.js";

class Point {
  constructor(readonly x: number) {}
  get double() {
    return 2 * this.x;
  }
}
const half = (x: number) => x / 2;
const names: Names = new Map<string, unknown>([...(await namesOf(null)), ["Point", Point], ["half", half]]);

/** There and back, by way of another thread's copy. */
function sent<T>(value: T, transfer = false): T {
  const packed = pack(value, names, "value");
  return unpack(structuredClone(packed, transfer ? { transfer: buffersOf(packed) } : {}), names) as T;
}

describe("what is sent arrives as it was", () => {
  test("plain values", () => {
    const value = {
      list: [1, -0, Number.NaN, 2n, "a", true, null, undefined],
      map: new Map<unknown, unknown>([["k", [new Date(3)]]]),
      set: new Set([1, 2]),
      raw: new Float32Array([1, 2]),
    };
    expect(sent(value)).toEqual(value);
  });
  test("tensors, transferred or copied", () => {
    const x = tensor([[1.5], [2]], { requiresGrad: true });
    for (const transfer of [true, false]) {
      const y = sent([x], transfer)[0]!;
      expect(y).toBeInstanceOf(Tensor);
      expect([y.dtype, y.shape, y.requiresGrad, bytesOf(y)]).toEqual(["float32", [2, 1], true, bytesOf(x)]);
    }
    expect(bytesOf(x)).toHaveLength(8);
  });
  test("instances and functions, by name", () => {
    const { point, f } = sent({ point: new Point(3), f: half });
    expect(point).toBeInstanceOf(Point);
    expect([point.double, f]).toEqual([6, half]);
  });
  test("the library's own datasets and generators", () => {
    const subset = sent(new Subset(new TensorDataset(tensor([5, 6, 7])), [2]));
    expect(subset).toBeInstanceOf(Subset);
    expect(bytesOf(subset.getItem(0)[0]!)[0]).toBe(7);
    const generator = new Generator(3);
    generator.u32();
    expect(sent(generator).u32()).toBe(generator.u32());
  });
  test("shared and circular references", () => {
    const shared = { n: 1 };
    const loop: unknown[] = [shared, shared];
    loop.push(loop);
    const copy = sent(loop);
    expect(copy[0]).toBe(copy[1]);
    expect(copy[2]).toBe(copy);
  });
});

test.each<[unknown, string]>([
  [[Symbol("s")], "DataLoader: value[0] is a symbol, which cannot be sent"],
  [{ f: Math.abs }, "DataLoader: value.f is function abs that a worker thread cannot find: export it from"],
  [new Map([["k", new (class Secret {})()]]), 'DataLoader: value.get("k") is a Secret that a worker thread'],
])("refuses %#", (value, message) => {
  expect(() => pack(value, names, "value")).toThrow(message);
});

test("a name that is not known on the other side is an error", () => {
  const packed = pack(new Point(1), names, "value");
  expect(() => unpack(packed, new Map())).toThrow("DataLoader: Point was not found in this thread");
});
