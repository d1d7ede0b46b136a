import { describe, expect, it } from "vitest";
import { manualSeed, ones, zeros } from "../../src/index.js";
import { dropout, dropout2d } from "../../src/ops/random/dropout.js";
import { gives, refuses } from "./tables.js";

describe("values", () => {
  gives([
    ["p 1", () => dropout(ones(2), { p: 1 }), [0, 0]],
    ["of nothing", () => dropout(zeros(0)), []],
  ]);
  it("leaves x as it is when it does nothing", () => {
    const x = ones(2);
    expect(dropout(x, { training: false })).toBe(x);
  });
  it("scales up what stays, about as much as p says", () => {
    manualSeed(3);
    const y = dropout(ones(1000), { p: 0.2 });
    expect(new Set(y.toArray() as number[])).toEqual(new Set([0, 1.25]));
    expect(y.countNonzero().item()).toBeGreaterThan(750);
    expect(y.countNonzero().item()).toBeLessThan(850);
  });
  it("drops whole channels", () => {
    manualSeed(3);
    const sums = dropout2d(ones(4, 5, 2, 2))
      .sum([2, 3])
      .flatten()
      .toArray();
    expect(new Set(sums as number[])).toEqual(new Set([0, 8]));
  });
});

describe("errors", () => {
  refuses([
    [
      "what is no probability",
      () => dropout(ones(2), { p: 1.5 }),
      "ArgumentError: dropout: dropout probability has to be between 0 and 1, but got 1.5",
    ],
    [
      "an unknown option",
      () => dropout(ones(2), { train: true } as object),
      'ArgumentError: dropout: unknown option "train" (known: p, training)',
    ],
    [
      "channels of a list",
      () => dropout2d(ones(2)),
      "ShapeError: dropout2d: Feature dropout requires at least 2 dimensions in the input: got [2]",
    ],
  ]);
});
