import { describe, expect, it } from "vitest";
import { asarray, emptyStrided, frombuffer, range, tensor } from "../../src/index.js";
import { gives, refuses } from "../ops/tables.js";

describe("shared memory", () => {
  it("asarray shares what it can", () => {
    const array = Float32Array.of(1, 2);
    const [shared, copied] = [asarray(array), asarray(array, { copy: true })];
    array[0] = 5;
    expect([shared.toArray(), copied.toArray()]).toEqual([
      [5, 2],
      [1, 2],
    ]);
    const x = tensor([1]);
    expect([asarray(x) === x, asarray(x, { copy: true }) === x, asarray([1.5]).dtype]).toEqual([
      true,
      false,
      "float32",
    ]);
    const leaf = asarray(x.double(), { requiresGrad: true });
    expect([leaf.requiresGrad, asarray(leaf).requiresGrad]).toEqual([true, false]);
  });

  it("frombuffer reads bytes as they are, both ways", () => {
    const { buffer } = Int16Array.of(1, 2, 3, 4);
    const x = frombuffer(buffer, { dtype: "int16", offset: 2, count: 2 });
    x.mul_(10);
    expect([x.toArray(), [...new Int16Array(buffer)]]).toEqual([
      [20, 30],
      [1, 20, 30, 4],
    ]);
  });
});

describe("layouts", () => {
  gives([
    ["range includes the end", () => range(1, 3, 0.5), [1, 1.5, 2, 2.5, 3]],
    ["range downwards", () => range(2, -1, -1.5), [2, 0.5, -1]],
    [
      "strides",
      () => {
        const x = emptyStrided([2, 3], [1, 2]);
        return [x.shape, x.stride(), tensor([1, 2]).newEmptyStrided([2], [3]).dtype];
      },
      [[2, 3], [1, 2], "int64"],
    ],
  ]);
});

describe("errors", () => {
  refuses([
    [
      "strides of other dims",
      () => emptyStrided([2], [1, 1]),
      "ShapeError: emptyStrided: dimensionality of sizes (1) must match dimensionality of strides (2)",
    ],
    [
      "a copy that was forbidden",
      () => asarray([1], { copy: false }),
      "ArgumentError: asarray: can't alias [1] as a tensor of its own dtype: leave out { copy: false }",
    ],
    [
      "too short a buffer",
      () => frombuffer(new ArrayBuffer(6), { dtype: "float32" }),
      "ShapeError: frombuffer: [1] elements of float32 from byte 0 do not fit a buffer of 6 bytes",
    ],
    [
      "a range that never ends",
      () => range(0, 1, -1),
      "ArgumentError: range: upper bound and lower bound inconsistent with step sign: 0 to 1 by -1",
    ],
  ]);
});
