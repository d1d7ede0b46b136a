/** Second derivatives: backward through backward agrees with differences of backward, for every op and option. */
import fc from "fast-check";
import { describe, it } from "vitest";
import { gradgradcheck } from "../src/autograd/index.js";
import { onLeaves, rows } from "./op-samples.js";

describe("second-order gradient", () => {
  it.each(rows.filter((row) => row.differentiable).map((row) => [row.label, row] as const))(
    "%s",
    (_, row) => {
      fc.assert(
        fc.property(row.tensors, (drawn) => {
          const leaves = drawn.map((x) => x.leaf({ requiresGrad: true }));
          gradgradcheck(onLeaves(row, drawn), leaves, null, { fastMode: true });
        }),
        { numRuns: 4, seed: 12 },
      );
    },
  );
});
