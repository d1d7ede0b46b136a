import { describe, expect, it } from "vitest";
import { kernel, memory } from "./kernels.js";

const A = 1 << 20;
const O = 2 << 20;
const D = 3 << 20;

const floats = [0.3, -0.0, 1.7, NaN, -2.5, Infinity, 2.5, -1e-40, -Infinity, 1e30, 0.5, -0.7, 3.5];

describe.each([
  ["f32", Float32Array],
  ["f64", Float64Array],
] as const)("%s", (dtype, Floats) => {
  const bytes = Floats.BYTES_PER_ELEMENT;
  const names = ["neg", "exp", "log", "sin", "tanh", "gelu", "erf", "lgamma", "round", "relu"];

  it.each(names)("%s: tails, strides and outer dims give what the contiguous row gives", (name) => {
    const f = kernel(`${dtype}_unary_${name}`);
    const x = new Floats(memory.buffer, A, 64);
    x.set(floats);
    f(0, 0, 12, O, bytes, A, bytes);
    const whole = new Floats(memory.buffer, O, 12).slice();
    for (let n = 1; n < 12; n++) {
      new Floats(memory.buffer, O, 64).fill(0);
      f(0, 0, n, O, 3 * bytes, A, bytes);
      const spread = new Floats(memory.buffer, O, 64);
      for (let i = 0; i < n; i++) expect(spread[3 * i], `${n} of them, element ${i}`).toBe(whole[i]);
      expect(spread[3 * n]).toBe(0);
      f(0, 0, n, O, bytes, A, bytes);
      expect([...new Floats(memory.buffer, O, n)]).toEqual([...whole.slice(0, n)]);
    }
    // [2, 3] of a transposed [3, 2]
    new Int32Array(memory.buffer, D, 3).set([2, 3 * bytes, bytes]);
    f(1, D, 3, O, bytes, A, 2 * bytes);
    expect([...new Floats(memory.buffer, O, 6)]).toEqual([0, 2, 4, 1, 3, 5].map((i) => whole[i]!));
  });

  function run(name: string): number[] {
    new Floats(memory.buffer, A, floats.length).set(floats);
    kernel(`${dtype}_unary_${name}`)(0, 0, floats.length, O, bytes, A, bytes);
    return [...new Floats(memory.buffer, O, floats.length)];
  }
  it("round, sign, frac, relu as PyTorch", () => {
    expect(run("round")).toEqual([
      0,
      -0,
      2,
      NaN,
      -2,
      Infinity,
      2,
      -0,
      -Infinity,
      expect.closeTo(1e30, -25),
      0,
      -1,
      4,
    ]);
    expect(run("sign")).toEqual([1, 0, 1, 0, -1, 1, 1, -1, -1, 1, 1, -1, 1]);
    expect(
      run("frac")
        .slice(0, 8)
        .map((v) => (Math.abs(v) < 1e-39 ? 0 : Math.round(v * 10) / 10)),
    ).toEqual([0.3, 0, 0.7, NaN, -0.5, NaN, 0.5, 0]);
    expect(run("relu").slice(1, 7)).toEqual([-0, expect.closeTo(1.7, 6), NaN, 0, Infinity, 2.5]);
  });
  it.each([
    ["isnan", [0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
    ["isinf", [0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0]],
    ["isfinite", [1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 1, 1, 1]],
    ["signbit", [0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0, 1, 0]],
    ["logicalnot", [0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
  ])("%s", (name, expected) => {
    new Floats(memory.buffer, A, floats.length).set(floats);
    kernel(`${dtype}_unary_${name}`)(0, 0, floats.length, O, 1, A, bytes);
    expect([...new Uint8Array(memory.buffer, O, floats.length)]).toEqual(expected);
  });
});

describe("integers wrap", () => {
  const n = 19;
  it.each<[string, (x: number) => number]>([
    ["neg", (x) => -x],
    ["abs", (x) => x],
    ["sign", (x) => (x ? 1 : 0)],
    ["square", (x) => x * x],
    ["relu", (x) => x],
    ["bitwisenot", (x) => ~x],
    ["logicalnot", (x) => (x ? 0 : 1)],
  ])("u8 %s", (name, f) => {
    const x = Uint8Array.from({ length: n }, (_, i) => (i * 37) & 255);
    new Uint8Array(memory.buffer, A, n).set(x);
    kernel(`u8_unary_${name}`)(0, 0, n, O, 1, A, 1);
    expect([...new Uint8Array(memory.buffer, O, n)]).toEqual([...x].map((v) => f(v) & 255));
  });
  it.each<[string, (x: bigint) => bigint]>([
    ["neg", (x) => -x],
    ["abs", (x) => (x < 0n ? -x : x)],
    ["sign", (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n)],
    ["square", (x) => x * x],
    ["relu", (x) => (x > 0n ? x : 0n)],
    ["bitwisenot", (x) => ~x],
  ])("i32 and i64 %s", (name, f) => {
    const values = [0n, 1n, -1n, 5n, -7n, 2147483647n, -2147483648n, 65536n, -65537n];
    new Int32Array(memory.buffer, A, 9).set(values.map(Number));
    kernel(`i32_unary_${name}`)(0, 0, 9, O, 4, A, 4);
    expect([...new Int32Array(memory.buffer, O, 9)]).toEqual(
      values.map((v) => Number(BigInt.asIntN(32, f(v)))),
    );
    const wide = [...values.slice(0, 8), -(2n ** 63n)];
    new BigInt64Array(memory.buffer, A, 9).set(wide);
    kernel(`i64_unary_${name}`)(0, 0, 9, O, 8, A, 8);
    expect([...new BigInt64Array(memory.buffer, O, 9)]).toEqual(wide.map((v) => BigInt.asIntN(64, f(v))));
  });
});
