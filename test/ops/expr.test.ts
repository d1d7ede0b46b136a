import { describe, expect, it } from "vitest";
import { type Tensor, tensor } from "../../src/index.js";
import { expr as formula } from "../../src/ops/expr.js";

const x = tensor([1, 2, 3], { dtype: "float64" });
const rows = tensor([
  [1, 2, 3],
  [4, 5, 6],
]);
const values = (y: Tensor) => y.toArray();

describe("expr", () => {
  it.each<[string, () => Tensor, unknown]>([
    ["(x ** 2 + 1) @ x", () => formula`(${x} ** 2 + 1) @ ${x}`, 42],
    ["-x ** 2", () => formula`-${x} ** 2`, [-1, -4, -9]],
    ["2 ** x", () => formula`2 ** ${x}`, [2, 4, 8]],
    ["1 - x, 6 / x", () => formula`(1 - ${x}) * (6 / ${x})`, [0, -3, -4]],
    ["7 // x, -7 % x", () => formula`7 // ${x} + -7 % ${x}`, [7, 4, 4]],
    ["comparisons and logic", () => formula`(${x} > 1) & ~(3 <= ${x})`, [false, true, false]],
    [
      "whole numbers",
      () => formula`${rows} << 1 | 1`,
      [
        [3, 5, 7],
        [9, 11, 13],
      ],
    ],
    ["subscripts", () => formula`${rows}[1, ::2] + ${rows}[..., -1]`, [7, 12]],
    ["new dims", () => formula`${x}[None, 1:]`, [[2, 3]]],
    ["methods and functions", () => formula`sum(${rows}, 0).sum() + exp(0 * ${x}.sum())`, 22],
  ])("%s", (_, run, expected) => expect(values(run())).toEqual(expected));

  it("keeps numbers numbers, and a tensor's dtype beside them", () => {
    expect(formula`2 ** 3 ** 2 - 7 // 2 * ${2}`).toBe(506);
    expect(formula`7 % -3`).toBe(-2);
    expect(formula`${rows} + 2 * 3`.dtype).toBe("int64");
    expect(formula`3 - ${x}`.dtype).toBe("float64");
  });

  it("refuses what it cannot run", () => {
    expect(() => formula`${x} + ${"1"}`).toThrow('expr: operands must be tensors or numbers: got "1"');
    expect(() => formula`2 @ 3`).toThrow("expr: @ multiplies tensors: got 2 @ 3");
    expect(() => formula`${x}.nothing()`).toThrow("expr: tensors have no method nothing");
    expect(() => formula`${x}.exp`).toThrow(
      "expr: Tensor of shape [3] has no attribute exp; call it: .exp(…)",
    );
    expect(() => formula`${x} +`).toThrow("expr: expected a value, found the end");
  });
});
