import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { ArgumentError, FormatError } from "../../src/core/errors.js";
import { Generator } from "../../src/core/generator.js";

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe("seeding", () => {
  test("gives the stream of mt19937, whose 10000th word from seed 5489 is known", () => {
    const generator = new Generator(5489);
    for (let i = 1; i < 10000; i++) generator.u32();
    expect(generator.u32()).toBe(4123659995);
  });

  test("without a seed gives PyTorch's default stream", () => {
    const generator = new Generator();
    expect(generator.initialSeed()).toBe(67280421310721);
    expect([generator.uniform32(), generator.uniform32()]).toEqual([0.267295241355896, 0.8725283145904541]);
  });

  test("takes the low 32 bits, of numbers and bigints, and remembers all 64", () => {
    const stream = (seed: number | bigint) => new Generator(seed).u32();
    expect(stream(2 ** 32 + 5)).toBe(stream(5));
    expect(stream(5n)).toBe(stream(5));
    expect(stream(-1)).toBe(stream(2 ** 32 - 1));
    expect(new Generator(2 ** 32 + 5).initialSeed()).toBe(2 ** 32 + 5);
    expect(new Generator(-1).initialSeed()).toBe(2n ** 64n - 1n);
  });

  test("refuses what is not a whole number of 64 bits", () => {
    expect(() => new Generator(0.5)).toThrow(ArgumentError);
    expect(() => new Generator(Number.NaN)).toThrow("seed must be an integer: got NaN");
    expect(() => new Generator(2n ** 64n)).toThrow("seed must fit in 64 bits");
    expect(() => new Generator(-(2n ** 63n) - 1n)).toThrow(ArgumentError);
  });

  test("starts the stream anew and returns the generator", () => {
    const generator = new Generator(1);
    const first = generator.normal();
    expect(generator.manualSeed(1)).toBe(generator);
    expect(generator.normal()).toBe(first);
  });

  test("from the host's randomness is seeding with the number returned", () => {
    const generator = new Generator();
    const seed = generator.seed();
    expect(generator.initialSeed()).toBe(seed);
    expect(new Generator(seed).u32()).toBe(generator.u32());
  });
});

describe("draws", () => {
  test("of 64 bits are two of 32, the first the high half", () => {
    const [a, b] = [new Generator(42), new Generator(42)];
    expect([a.u32(), a.u32(), a.u32(), a.u32()]).toEqual([1608637542, 3421126067, 4083286876, 787846414]);
    expect(b.u64()).toBe((1608637542n << 32n) | 3421126067n);
  });

  test("of fractions take the low 24 and 53 bits", () => {
    const [a, b, c] = [new Generator(42), new Generator(42), new Generator(42)];
    expect(a.uniform32()).toBe((1608637542 % 2 ** 24) / 2 ** 24);
    expect(b.uniform64()).toBe(Number(c.u64() % 2n ** 53n) / 2 ** 53);
  });

  test("of normals come in pairs, whatever is drawn in between", () => {
    const a = new Generator(42);
    const b = new Generator(42);
    const pair = [a.normal(), a.normal()];
    const first = b.normal();
    b.u32();
    expect([first, b.normal()]).toEqual(pair);
    expect(pair[0]).toBeCloseTo(0.33669036626815796, 7);
    expect(pair[1]).toBeCloseTo(0.12880940735340118, 7);
  });
});

describe("state", () => {
  /** SHA-256 of torch.get_rng_state(). */
  const pytorch = {
    minusOne: "74c65bce05a4fcdd46c9ffe85389eae89aa055a11270fd03732d3dfc85f94796",
    wordsUsedUp: "5715d5abf6c8c9dafc128f4e9a3284229907f4c0f2ec3d766b644a18a1f8d1c1",
    fourNormals: "79e322c3cc930c608c786f9669023bd62af19ece2255b58d9b27e06c55b6549e",
  };

  test("is PyTorch's, byte for byte", () => {
    expect(sha256(new Generator(-1).getState())).toBe(pytorch.minusOne);
    const used = new Generator(2 ** 32 + 5);
    for (let i = 0; i < 624; i++) used.u32();
    expect(sha256(used.getState())).toBe(pytorch.wordsUsedUp);
    const normals = new Generator(5);
    for (let i = 0; i < 4; i++) normals.normal();
    expect(sha256(normals.getState())).toBe(pytorch.fourNormals);
  });

  test("says where the next word stands and what is cached", () => {
    const generator = new Generator(5);
    for (let i = 0; i < 3; i++) generator.normal();
    const state = new DataView(generator.getState().buffer);
    expect([state.getInt32(8, true), state.getUint32(16, true)]).toEqual([617, 8]);
    expect([state.getFloat64(5024, true), state.getInt32(5040, true)]).toEqual([generator.normal(), 1]);
  });

  test.each([0, 1, 623, 624, 625])("after %i draws goes on in another generator", (draws) => {
    const a = new Generator(9);
    a.normal();
    for (let i = 0; i < draws; i++) a.u32();
    const b = new Generator();
    expect(b.setState(a.getState())).toBe(b);
    expect(b.initialSeed()).toBe(9);
    expect(b.normal()).toBe(a.normal());
    expect(Array.from({ length: 700 }, () => b.u32())).toEqual(Array.from({ length: 700 }, () => a.u32()));
  });

  test("of another length, or implausible, is refused", () => {
    const generator = new Generator();
    expect(() => generator.setState(new Uint8Array(5048))).toThrow(FormatError);
    expect(() => generator.setState(new Uint8Array(5056))).toThrow("invalid mt19937 state");
    const state = generator.getState();
    state[16] = 7;
    expect(() => generator.setState(state)).toThrow("1 words left, next word 7");
  });
});
