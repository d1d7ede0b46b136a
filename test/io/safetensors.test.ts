import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type DType, dtypes } from "../../src/core/dtype.js";
import { FormatError } from "../../src/core/errors.js";
import { loadSafetensors, saveSafetensors } from "../../src/io/index.js";
import { bytesOf } from "../../src/tensor/bytes.js";
import { tensor } from "../../src/tensor/create.js";
import { fromTypedArray } from "../../src/tensor/host.js";
import { Tensor } from "../../src/tensor/tensor.js";

const encoder = new TextEncoder();
/** A file with this header and data, as another program might write it. */
function file(header: string | object, data: readonly number[] = []): Uint8Array {
  const text = encoder.encode(typeof header === "string" ? header : JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}
const headerOf = (bytes: Uint8Array) =>
  new TextDecoder().decode(bytes.subarray(8, 8 + Number(new DataView(bytes.buffer).getBigUint64(0, true))));

const sample = () => ({
  "fc.weight": tensor([
    [1.5, -2],
    [Number.POSITIVE_INFINITY, -0],
  ]),
  flags: tensor([true, false, true]),
  step: tensor(7),
});

describe("saveSafetensors", () => {
  test("writes header entries in the order given and aligns the data", () => {
    const bytes = saveSafetensors(sample(), { epoch: "3" });
    expect(headerOf(bytes)).toBe(
      '{"__metadata__":{"epoch":"3"},' +
        '"fc.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[8,24]},' +
        '"flags":{"dtype":"BOOL","shape":[3],"data_offsets":[24,27]},' +
        '"step":{"dtype":"I64","shape":[],"data_offsets":[0,8]}}       ',
    );
    expect([...bytes.subarray(-27)]).toEqual([
      ...[7, 0, 0, 0, 0, 0, 0, 0],
      ...[0, 0, 0xc0, 0x3f, 0, 0, 0, 0xc0, 0, 0, 0x80, 0x7f, 0, 0, 0, 0x80],
      ...[1, 0, 1],
    ]);
  });

  test("keeps a Map's order, even of names that look like numbers", () => {
    const tensors = new Map([
      ["1", tensor([1])],
      ["0", tensor([2])],
    ]);
    expect([...loadSafetensors(saveSafetensors(tensors)).tensors.keys()]).toEqual(["1", "0"]);
  });

  test("writes views by their own elements", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const column = new Tensor(x.storage, x.dtype, [2], [3], 1);
    expect([...bytesOf(loadSafetensors(saveSafetensors({ column })).tensors.get("column")!)]).toEqual([
      ...[2, 0, 0, 0, 0, 0, 0, 0],
      ...[5, 0, 0, 0, 0, 0, 0, 0],
    ]);
  });

  test("writes every NaN with the same bits", () => {
    const f32 = fromTypedArray(
      new Float32Array(new Uint32Array([0xffc00001, 0x7f800001, 0xff800000]).buffer),
    );
    const f64 = fromTypedArray(new Float64Array(new BigUint64Array([0xfff0000000000001n]).buffer));
    const { tensors } = loadSafetensors(saveSafetensors({ f32, f64 }));
    expect([...new Uint32Array(bytesOf(tensors.get("f32")!).buffer)]).toEqual([
      0x7fc00000, 0x7fc00000, 0xff800000,
    ]);
    expect(new BigUint64Array(bytesOf(tensors.get("f64")!).buffer)[0]).toBe(0x7ff8000000000000n);
  });

  test.each([
    [() => saveSafetensors({ x: 3 as never }), 'saveSafetensors: "x" must be a tensor: got 3'],
    [() => saveSafetensors(null as never), "saveSafetensors: expected tensors by name: got null"],
    [
      () => saveSafetensors({ __metadata__: tensor(1) }),
      'saveSafetensors: "__metadata__" cannot be the name of a tensor',
    ],
    [
      () => saveSafetensors({}, { epoch: 3 as never }),
      'saveSafetensors: metadata must be strings: "epoch" is 3',
    ],
  ])("refuses what it cannot write (%#)", (save, message) => {
    expect(save).toThrow(message);
  });
});

describe("loadSafetensors", () => {
  test("reads back every dtype with its bytes", () => {
    const raw = Uint8Array.from({ length: 16 }, (_, i) => (i * 37) % 128);
    for (const dtype of Object.keys(dtypes) as DType[]) {
      const { size } = dtypes[dtype];
      const data = [...raw].map((byte) => (dtype === "bool" ? byte & 1 : byte));
      const name = { float64: "F64", float32: "F32", float16: "F16", bfloat16: "BF16", bool: "BOOL" }[
        dtype as string
      ];
      const code = name ?? (dtype === "uint8" ? "U8" : dtype.replace("int", "I"));
      const header = { x: { dtype: code, shape: [2, 8 / size], data_offsets: [0, 16] } };
      const x = loadSafetensors(file(header, data)).tensors.get("x")!;
      expect([x.dtype, x.shape, [...bytesOf(x)]]).toEqual([dtype, [2, 8 / size], data]);
      expect(headerOf(saveSafetensors({ x })).trim()).toBe(JSON.stringify(header));
    }
  });

  test("round-trips names, metadata and empty tensors", () => {
    const names = ["", "__proto__", 'quo"te', "naïve\n✓", "a"];
    const given = new Map(names.map((name, i) => [name, tensor(Array.from({ length: i }, Number))]));
    const { tensors, metadata } = loadSafetensors(saveSafetensors(given, { note: "{}:,\n" }));
    expect([...tensors.keys()]).toEqual(names);
    expect([...tensors.values()].map((x) => x.shape)).toEqual([[0], [1], [2], [3], [4]]);
    expect(metadata).toEqual({ note: "{}:,\n" });
  });

  test("reads a part of a larger buffer", () => {
    const bytes = saveSafetensors(sample());
    const larger = new Uint8Array(bytes.length + 3);
    larger.set(bytes, 3);
    expect(loadSafetensors(larger.subarray(3)).tensors.get("step")!.shape).toEqual([]);
  });

  const entry = (shape: unknown, data_offsets: unknown, dtype: unknown = "U8") => ({
    dtype,
    shape,
    data_offsets,
  });
  test.each<[string, Uint8Array, string]>([
    ["empty", new Uint8Array(), "expected 8 bytes with the header's length: found 0 bytes"],
    ["cut", file("{}").subarray(0, 9), "expected a header of 2 bytes: found only 1 after its length"],
    [
      "huge",
      new Uint8Array(8).fill(255),
      "expected a header of at most 100000000 bytes: found 18446744073709551615",
    ],
    ["not JSON", file("{nonsense"), "expected a header in JSON: found"],
    ["an array", file("[]"), 'expected a header that begins with "{": found byte 91'],
    ["not UTF-8", file("{}").fill(0xff, 9, 10), "expected a header in JSON: found"],
    ["no object", file({ x: 3 }), 'expected an object with dtype, shape and data_offsets of "x": found 3'],
    ["dtype", file({ x: entry([1], [0, 1], "U7") }, [0]), 'BOOL: found "U7"'],
    ["dtype of the prototype", file({ x: entry([1], [0, 1], "toString") }, [0]), 'BOOL: found "toString"'],
    ["shape", file({ x: entry([-1], [0, 1]) }, [0]), 'expected a shape of "x": found [-1]'],
    ["fraction", file({ x: entry([0.5], [0, 1]) }, [0]), 'expected a shape of "x": found [0.5]'],
    ["overflow", file({ x: entry([1e15, 1e15], [0, 1]) }, [0]), 'expected a shape of "x" that fits: found'],
    [
      "offsets",
      file({ x: entry([1], [1, 0]) }, [0]),
      'expected data_offsets of "x" in rising order: found [1,0]',
    ],
    [
      "too far",
      file({ x: entry([2], [0, 2]) }, [0]),
      'expected data of "x" up to byte 2: found 1 bytes of data',
    ],
    [
      "size",
      file({ x: entry([2, 3], [0, 4], "I16") }, [0, 0, 0, 0]),
      'expected 12 bytes of "x" (I16 [2,3]): found 4 (0 to 4)',
    ],
    [
      "overlap",
      file({ x: entry([2], [0, 2]), y: entry([2], [1, 3]) }, [0, 0, 0]),
      'expected "y" to begin at byte 2 of the data: found 1 (an overlap)',
    ],
    [
      "hole",
      file({ x: entry([1], [1, 2]) }, [0, 0]),
      'expected "x" to begin at byte 0 of the data: found 1 (a hole)',
    ],
    ["rest", file({ x: entry([1], [0, 1]) }, [0, 0]), "expected 1 bytes of data: found 2"],
    ["bool", file({ x: entry([2], [0, 2], "BOOL") }, [1, 2]), 'expected "x" of 0 and 1: found 2'],
    ["metadata", file({ __metadata__: { a: 1 } }), 'expected texts in __metadata__: found {"a":1}'],
    [
      "twins",
      file('{"x":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"\\u0078" :{}}'),
      'expected each key once: found "x" twice',
    ],
    [
      "inner twins",
      file('{"x":{"dtype":"U8","dtype":"I8","shape":[0],"data_offsets":[0,0]}}'),
      'expected each key once: found "dtype" twice',
    ],
  ])("refuses a file with a wrong %s", (_, bytes, message) => {
    expect(() => loadSafetensors(bytes)).toThrow(FormatError);
    expect(() => loadSafetensors(bytes)).toThrow(message);
  });

  /** Loads, or ends in a FormatError of one line. */
  function loadsOrRefuses(bytes: Uint8Array): void {
    try {
      loadSafetensors(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(FormatError);
      expect((error as Error).message).toMatch(/^loadSafetensors: expected .+: found .+$/);
    }
  }
  const whole = saveSafetensors(sample(), { epoch: "3" });

  test("refuses every truncation", () => {
    for (let n = 0; n < whole.length; n++)
      expect(() => loadSafetensors(whole.slice(0, n))).toThrow(FormatError);
  });

  test("any change of bytes ends in tensors or in a FormatError", () => {
    const position = fc.nat(whole.length - 1);
    fc.assert(
      fc.property(fc.array(fc.tuple(position, fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at] = value;
        loadsOrRefuses(bytes);
      }),
      { numRuns: 2000 },
    );
  });

  test("any JSON in place of an entry ends in tensors or in a FormatError", () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record(
        {
          dtype: fc.constantFrom("U8", "F64", "BOOL", "x"),
          shape: fc.array(fc.oneof(fc.nat(4), fc.integer(), fc.double())),
          data_offsets: fc.array(fc.oneof(fc.nat(9), fc.double()), { maxLength: 3 }),
        },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(fc.string(), value), fc.uint8Array({ maxLength: 16 }), (header, data) => {
        loadsOrRefuses(file(header, [...data]));
      }),
      { numRuns: 1000 },
    );
  });
});
