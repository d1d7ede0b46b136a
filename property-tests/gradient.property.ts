/** First derivatives: backward agrees with differences, for every op and option, in every layout. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gradcheck } from "../src/autograd/index.js";
import { onLeaves, rows, table, withoutRow } from "./op-samples.js";

describe("gradient", () => {
  it.each(rows.filter((row) => row.differentiable).map((row) => [row.label, row] as const))(
    "%s",
    (_, row) => {
      fc.assert(
        fc.property(row.tensors, (drawn) => {
          const leaves = drawn.map((x) => x.leaf({ device: "reference", requiresGrad: true }));
          gradcheck(onLeaves(row, drawn), leaves);
        }),
        { numRuns: 3, seed: 11 },
      );
    },
  );
});

describe("samples", () => {
  it("cover every op", () => {
    const known = new Set([...rows.map(({ op }) => op), ...Object.values(withoutRow).flat()]);
    expect(Object.keys(table).filter((op) => !known.has(op))).toEqual([]);
    expect([...known].filter((op) => !(op in table))).toEqual([]);
  });
});
