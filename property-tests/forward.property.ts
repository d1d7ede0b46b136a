/** Values: each device agrees, and so do layouts, methods and in-place forms. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeviceName } from "../src/backend/backend.js";
import type { DType } from "../src/core/dtype.js";
import { sameShape } from "../src/core/shape.js";
import { Tensor } from "../src/index.js";
import type { Draw } from "./arbitraries.js";
import { expectAllSame, expectSame } from "./compare.js";
import { type Row, rows, run } from "./op-samples.js";

const views = (drawn: readonly Draw[], device?: DeviceName, dtype?: DType) =>
  drawn.map((x) => x.view(x.leaf({ device, dtype })));

function every(
  name: string,
  chosen: readonly Row[],
  check: (row: Row, drawn: readonly Draw[]) => void,
): void {
  describe(name, () => {
    it.each(chosen.map((row) => [row.label, row] as const))("%s", (_, row) => {
      fc.assert(
        fc.property(row.tensors, (drawn) => check(row, drawn)),
        { numRuns: 4, seed: 13 },
      );
    });
  });
}

// Sums of a few terms, functions of a few ulp.
const bounds = [
  ["float64", 1e-12],
  ["float32", 1e-5],
] as const;
every("the WASM kernels compute what the readable ones compute", rows, (row, drawn) => {
  for (const [dtype, bound] of bounds) {
    const expected = run(row, views(drawn, "reference", dtype)).map((y) => y.cpu());
    expectAllSame(run(row, views(drawn, "cpu", dtype)), expected, bound);
  }
});

every("layout does not matter", rows, (row, drawn) => {
  const x = views(drawn);
  expectAllSame(
    run(row, x),
    run(
      row,
      x.map((y) => y.clone()),
    ),
    1e-14,
  );
});

/** Functions whose tensor is not their first argument. */
const reordered = ["where", "polygamma"];
/** The same op as a method, if there is one. */
const methodOf = (row: Row, suffix = "") => {
  const name = row.op + suffix;
  const method: unknown = Reflect.get(Tensor.prototype, name);
  return typeof method === "function" && !reordered.includes(row.op) ? method : null;
};

every(
  "the method is the function",
  rows.filter((row) => methodOf(row)),
  (row, drawn) => {
    const x = views(drawn);
    expectAllSame(
      run(row, x, (self, ...rest) => Reflect.apply(methodOf(row)!, self, rest)),
      run(row, x),
    );
  },
);

every(
  "the in-place form writes what the op returns",
  rows.filter((row) => methodOf(row, "_")),
  (row, drawn) => {
    const x = views(drawn);
    const [expected] = run(row, x);
    const self = row.args(...x)[0] as Tensor;
    // PyTorch too: what is written to must have the shape of the result, and memory of its own.
    if (!sameShape(expected!.shape, self.shape)) return;
    run(row, x, (self, ...rest) => {
      const target = (self as Tensor).clone();
      const version = target.version.value;
      expect(Reflect.apply(methodOf(row, "_")!, target, rest)).toBe(target);
      expect(target.version.value).toBe(version + 1);
      if (expected!.dtype === target.dtype) expectSame(target, expected!);
      return target;
    });
  },
);
