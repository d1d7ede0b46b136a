/** Formulas as people write them: a template's text is parsed once, then run with the ops. */
import { ArgumentError, FormatError, show } from "../core/errors.js";
import { type BinaryOperator, type Expression, parseExpression, type Subscript } from "../core/expression.js";
import { pow as powNumber } from "../core/math.js";
import { Tensor } from "../tensor/tensor.js";
import { add, div, floorDivide, mul, neg, pow, remainder, sub } from "./elementwise/arithmetic.js";
import {
  bitwiseAnd,
  bitwiseLeftShift,
  bitwiseNot,
  bitwiseOr,
  bitwiseRightShift,
  bitwiseXor,
  eq,
  ge,
  gt,
  le,
  lt,
  ne,
} from "./elementwise/comparison.js";
import { asOperand, type Operand } from "./kernel.js";
import { matmul } from "./linear/matmul.js";

type Value = Operand;

const onTensors: { readonly [O in BinaryOperator]: (a: Tensor, b: Operand) => Tensor } = {
  "+": add,
  "-": sub,
  "*": mul,
  "/": div,
  "//": floorDivide,
  "%": remainder,
  "@": (a, b) => matmul(a, b as Tensor),
  "**": pow,
  "<": lt,
  "<=": le,
  ">": gt,
  ">=": ge,
  "==": eq,
  "!=": ne,
  "|": bitwiseOr,
  "^": bitwiseXor,
  "&": bitwiseAnd,
  "<<": bitwiseLeftShift,
  ">>": bitwiseRightShift,
};

const onNumbers: {
  readonly [O in Exclude<BinaryOperator, "@">]: (a: number, b: number) => number | boolean;
} = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
  "//": (a, b) => Math.floor(a / b),
  // The sign of the divisor, as Python has it.
  "%": (a, b) => a - b * Math.floor(a / b),
  "**": powNumber,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "|": (a, b) => a | b,
  "^": (a, b) => a ^ b,
  "&": (a, b) => a & b,
  "<<": (a, b) => a << b,
  ">>": (a, b) => a >> b,
};

function binary(operator: BinaryOperator, a: Value, b: Value): Value {
  if (a instanceof Tensor) return onTensors[operator](a, b);
  // A number before a tensor becomes one that leaves the other its dtype.
  if (b instanceof Tensor) return onTensors[operator](asOperand("expr", a, b), b);
  if (operator === "@") throw new ArgumentError(`expr: @ multiplies tensors: got ${show(a)} @ ${show(b)}`);
  return onNumbers[operator](Number(a), Number(b));
}

/** One run of a tree: the interpolated values stand in for its holes. */
class Run {
  constructor(private readonly values: readonly unknown[]) {}

  /** A tensor or number. @throws ArgumentError if an interpolated value is neither */
  operand(tree: Expression): Value {
    const value = this.value(tree);
    if (value instanceof Tensor || ["number", "bigint", "boolean"].includes(typeof value))
      return value as Value;
    throw new ArgumentError(`expr: operands must be tensors or numbers: got ${show(value)}`);
  }

  private value(tree: Expression): unknown {
    switch (tree.kind) {
      case "number":
        return tree.value;
      case "hole":
        return this.values[tree.index];
      case "unary":
        return this.unary(tree.operator, this.operand(tree.operand));
      case "binary":
        return binary(tree.operator, this.operand(tree.left), this.operand(tree.right));
      case "attribute":
        return this.attribute(this.operand(tree.object), tree.name);
      case "call": {
        const [object, ...args] = [...(tree.object ? [tree.object] : []), ...tree.args].map((part) =>
          this.value(part),
        );
        return callMethod(object, tree.name, args);
      }
      case "subscript": {
        const items = tree.items.map((item) => this.subscript(item));
        return callMethod(this.operand(tree.object), "at", items);
      }
    }
  }

  private unary(operator: "-" | "+" | "~", x: Value): Value {
    if (operator === "+") return x;
    if (x instanceof Tensor) return operator === "-" ? neg(x) : bitwiseNot(x);
    return operator === "-" ? -Number(x) : ~Number(x);
  }

  private attribute(object: Value, name: string): unknown {
    const value: unknown = object instanceof Tensor ? Reflect.get(object, name) : undefined;
    if (value === undefined || typeof value === "function")
      throw new FormatError(
        `expr: ${show(object)} has no attribute ${name}${value ? `; call it: .${name}(…)` : ""}`,
      );
    return value;
  }

  /** A part between brackets as `at` takes it. */
  private subscript(item: Subscript): unknown {
    if (item.kind === "none") return null;
    if (item.kind === "ellipsis") return "...";
    if (item.kind !== "slice") return this.value(item);
    const bound = (part: Expression | null) => (part ? String(this.operand(part)) : "");
    return `${bound(item.start)}:${bound(item.stop)}${item.step ? `:${bound(item.step)}` : ""}`;
  }
}

function callMethod(object: unknown, name: string, args: readonly unknown[]): unknown {
  if (!(object instanceof Tensor))
    throw new ArgumentError(`expr: ${name} needs a tensor: got ${show(object)}`);
  const method: unknown = Reflect.get(object, name);
  if (typeof method !== "function" || name === "constructor")
    throw new FormatError(`expr: tensors have no method ${name}`);
  return Reflect.apply(method, object, args);
}

/**
 * A formula with Python's precedence, tensors and numbers interpolated.
 *
 * Knows + - * / // % @ **, comparisons, & | ^ ~ << >>, parentheses, methods and functions of one tensor (`exp(…)`),
 * attributes (`.T`) and subscripts (`[0, 1:3, ..., None]`).
 *
 * @returns a tensor, or a number if no tensor was interpolated
 * @throws FormatError that shows where the text stops making sense
 * @example torch.expr`(${x} ** 2 + ${b}) @ ${w}`
 */
export function expr(strings: readonly string[], ...values: unknown[]): Tensor {
  if (!Array.isArray(strings) || strings.some((text) => typeof text !== "string"))
    throw new ArgumentError(`expr: write it before a template, expr\`\${x} + 1\`: got ${show(strings)}`);
  // Formulas of numbers alone are rare, and a union here would ask every user for a cast.
  return new Run(values).operand(parseExpression(strings)) as Tensor;
}
