import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FormatError } from "../../src/core/errors.js";
import { type Expression, parseExpression, type Subscript } from "../../src/core/expression.js";

const parse = (strings: TemplateStringsArray, ..._values: unknown[]) => parseExpression(strings);
const [x, y, z] = ["x", "y", "z"];

/** A tree as text with every pair of brackets written out; holes by number. */
function text(tree: Subscript | null): string {
  if (tree === null) return "";
  switch (tree.kind) {
    case "number":
      return String(tree.value);
    case "hole":
      return "xyz"[tree.index]!;
    case "unary":
      return `(${tree.operator}${text(tree.operand)})`;
    case "binary":
      return `(${text(tree.left)} ${tree.operator} ${text(tree.right)})`;
    case "attribute":
      return `${text(tree.object)}.${tree.name}`;
    case "call":
      return `${tree.object ? text(tree.object) + "." : ""}${tree.name}(${tree.args.map(text).join(", ")})`;
    case "subscript":
      return `${text(tree.object)}[${tree.items.map(text).join(", ")}]`;
    case "none":
      return "None";
    case "ellipsis":
      return "...";
    case "slice":
      return [tree.start, tree.stop, tree.step].map(text).join(":");
  }
}

describe("parseExpression", () => {
  it.each<[Expression, string]>([
    [parse`(${x} ** 2 + ${y}) @ ${z}`, "(((x ** 2) + y) @ z)"],
    [parse`-${x} ** 2`, "(-(x ** 2))"],
    [parse`2 ** -${x} ** 3`, "(2 ** (-(x ** 3)))"],
    [parse`${x} ** ${y} ** ${z}`, "(x ** (y ** z))"],
    [parse`${x} - ${y} - ${z}`, "((x - y) - z)"],
    [parse`${x} / ${y} * ${z} // 2 % 3`, "((((x / y) * z) // 2) % 3)"],
    [parse`${x} + ${y} << 1 & 7 ^ 2 | 1 == ${z}`, "((((((x + y) << 1) & 7) ^ 2) | 1) == z)"],
    [parse`~${x} & ${y} > 0`, "(((~x) & y) > 0)"],
    [parse`(${x} < 1) & (${x} >= 0)`, "((x < 1) & (y >= 0))"],
    [parse`- -${x} + +1`, "((-(-x)) + (+1))"],
    [parse`1e-3 * .5 + 2. - 1.5E+2`, "(((0.001 * 0.5) + 2) - 150)"],
    [parse`${x}.T @ ${y}.t().sum(0, -1)`, "(x.T @ y.t().sum(0, (-1)))"],
    [parse`exp(-${x}) / sum(${y}, 1,)`, "(exp((-x)) / sum(y, 1))"],
    [parse`${x}[0, 1:3, ..., None, ${y}, ::-2, :, ${z}:]`, "x[0, 1:3:, ..., None, y, ::(-2), ::, z::]"],
    [parse`${x}[1][-1] ** 2`, "(x[1][(-1)] ** 2)"],
    [
      parse`
        ${x}
          * 2
      `,
      "(x * 2)",
    ],
  ])("%#: %o", (tree, expected) => expect(text(tree)).toBe(expected));

  it("parses once per place", () => {
    const trees = [1, 2].map((v) => parse`${v} + 1`);
    expect(trees[0]).toBe(trees[1]);
    expect(parse`${1} + 1`).not.toBe(trees[0]);
  });

  it.each<[() => Expression, string]>([
    [() => parse`${x} + * ${y}`, `expr: expected a value, found "*": \${0} + →* \${1}`],
    [() => parse`${x} ${y}`, `expr: expected an operator, found \${1}: \${0} →\${1}`],
    [() => parse`(${x} + 1`, `expr: expected ")", found the end: (\${0} + 1→`],
    [() => parse``, "expr: expected a value, found the end: →"],
    [() => parse`0 < ${x} < 1`, `expr: comparisons are not chained; write (a < b) & (b < c): 0 < \${0} →< 1`],
    [() => parse`w * ${x}`, `expr: w is not known here; interpolate it: \${w}: →w * \${0}`],
    [() => parse`${x} ? 1`, `expr: unknown character "?": \${0} →? 1`],
    [() => parse`${x} = 1`, `expr: unknown character "=": \${0} →= 1`],
    [() => parse`${x}[]`, `expr: expected an index, found "]": \${0}[→]`],
    [() => parse`${x}[1 2]`, `expr: expected "," or "]", found "2": \${0}[1 →2]`],
    [() => parse`${x}.2`, `expr: expected an operator, found ".2": \${0}→.2`],
    [() => parse`${x}.(1)`, `expr: expected a name, found "(": \${0}.→(1)`],
  ])("%#: refuses, showing where", (attempt, message) => {
    expect(attempt).toThrow(new FormatError(message));
  });

  it("reads every text or refuses it with a FormatError", () => {
    const symbols = [
      "1",
      "2.5",
      "+",
      "-",
      "**",
      "*",
      "(",
      ")",
      "[",
      "]",
      ":",
      ",",
      ".T",
      ".sum(",
      "<",
      "...",
      " ",
    ];
    const strings = fc.array(
      fc.array(fc.constantFrom(...symbols), { maxLength: 6 }).map((s) => s.join("")),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    fc.assert(
      fc.property(strings, (parts) => {
        try {
          parseExpression(parts);
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }),
    );
  });
});
