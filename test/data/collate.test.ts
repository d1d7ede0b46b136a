import { describe, expect, expectTypeOf, test } from "vitest";
import { type Collated, defaultCollate } from "../../src/data/index.js";
import { tensor } from "../../src/tensor/create.js";
import { Tensor } from "../../src/tensor/tensor.js";
import { valuesOf } from "../../src/tensor/values.js";

/** Tensors as [dtype, shape, values]. */
function plain(value: unknown): unknown {
  if (value instanceof Tensor) return [value.dtype, value.shape, valuesOf(value)];
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

describe("defaultCollate", () => {
  test.each<[string, unknown[], unknown]>([
    ["tensors", [tensor([1.5, 2]), tensor([3, 4.5])], ["float32", [2, 2], [1.5, 2, 3, 4.5]]],
    ["0-d tensors", [tensor(1), tensor(2)], ["int64", [2], [1n, 2n]]],
    ["typed arrays", [new Uint8Array([1, 2]), new Uint8Array([3, 4])], ["uint8", [2, 2], [1, 2, 3, 4]]],
    ["whole numbers", [1, 2], ["int64", [2], [1n, 2n]]],
    ["fractions", [1, 0.5], ["float64", [2], [1, 0.5]]],
    ["NaN", [1, Number.NaN], ["float64", [2], [1, Number.NaN]]],
    ["numbers beyond int64", [1e300, 1], ["float64", [2], [1e300, 1]]],
    ["bigints", [2n ** 60n, 1n], ["int64", [2], [2n ** 60n, 1n]]],
    ["booleans", [true, false], ["bool", [2], [1, 0]]],
    ["strings", ["a", "b"], ["a", "b"]],
    [
      "tuples",
      [
        [1, "a"],
        [2, "b"],
      ],
      [
        ["int64", [2], [1n, 2n]],
        ["a", "b"],
      ],
    ],
    [
      "objects, nested",
      [
        { id: 1.5, at: { xy: [1, 2] } },
        { id: 2.5, at: { xy: [3, 4] } },
      ],
      {
        id: ["float64", [2], [1.5, 2.5]],
        at: {
          xy: [
            ["int64", [2], [1n, 3n]],
            ["int64", [2], [2n, 4n]],
          ],
        },
      },
    ],
  ])("puts %s together", (_, samples, batch) => {
    expect(plain(defaultCollate(samples))).toEqual(batch);
  });

  test("says what comes out, for the compiler too", () => {
    type Sample = { ids: number[]; name: string; pair: [Tensor, boolean]; raw: Float32Array };
    expectTypeOf<Collated<Sample>>().toEqualTypeOf<{
      ids: Tensor[];
      name: string[];
      pair: [Tensor, Tensor];
      raw: Tensor;
    }>();
  });

  test.each<[unknown[], string]>([
    [[], "defaultCollate: expected a non-empty array of samples: got []"],
    [[null], "strings, arrays or plain objects: found null"],
    [[{ when: [new Date()] }], "strings, arrays or plain objects: found a Date at .when[0]"],
    [
      [{ x: tensor([1, 2]) }, { x: tensor([1, 2, 3]) }],
      "defaultCollate: stack expects each tensor to be equal size at .x: [2] at sample 0, [3] at sample 1",
    ],
    [[[1], [1, 2]], "defaultCollate: each list should be of equal size: 1 at sample 0, 2 at sample 1"],
    [[{ a: 1 }, { b: 2 }], 'defaultCollate: sample 1 has no "a", which sample 0 has'],
    [[1, 2, "a"], 'defaultCollate: samples differ in kind: 1 at sample 0, "a" at sample 2'],
    [[tensor([1]), 3], "samples differ in kind: Tensor of shape [1] at sample 0, 3 at sample 1"],
  ])("refuses %#", (samples, message) => {
    expect(() => defaultCollate(samples)).toThrow(message);
  });
});
