/**
 * @file Formulas in template strings: text with holes becomes a tree, with Python's precedence.
 *
 * Binding, loosest first: comparisons (not chained) · | · ^ · & · << >> · + - · * / // % @ · unary - + ~ · ** (to the
 * right, and tighter than a minus before it) · calls, attributes, subscripts. Evaluating the tree is not done here.
 */
import { FormatError } from "./errors.js";

export type UnaryOperator = "-" | "+" | "~";
export type BinaryOperator = keyof typeof levels;

export type Expression =
  | { readonly kind: "number"; readonly value: number }
  /** The `index`-th interpolated value. */
  | { readonly kind: "hole"; readonly index: number }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** `object.name` */
  | { readonly kind: "attribute"; readonly object: Expression; readonly name: string }
  /** `object.name(…)`, or `name(…)` without an object. */
  | {
      readonly kind: "call";
      readonly object: Expression | null;
      readonly name: string;
      readonly args: readonly Expression[];
    }
  | { readonly kind: "subscript"; readonly object: Expression; readonly items: readonly Subscript[] };

/** One part between the brackets of `x[…]`. */
export type Subscript =
  | Expression
  | { readonly kind: "none" }
  | { readonly kind: "ellipsis" }
  | {
      readonly kind: "slice";
      readonly start: Expression | null;
      readonly stop: Expression | null;
      readonly step: Expression | null;
    };

const levels = {
  "<": 1,
  "<=": 1,
  ">": 1,
  ">=": 1,
  "==": 1,
  "!=": 1,
  "|": 2,
  "^": 3,
  "&": 4,
  "<<": 5,
  ">>": 5,
  "+": 6,
  "-": 6,
  "*": 7,
  "/": 7,
  "//": 7,
  "%": 7,
  "@": 7,
  // Stands above the unary signs, so it has a rule of its own.
  "**": 9,
} as const;
const loosest = 1;
const comparison = 1;
const tightestInfix = 7;

interface Token {
  readonly kind: "number" | "name" | "symbol" | "hole" | "end";
  readonly text: string;
  /** Where it starts in the source as shown in errors. */
  readonly at: number;
}

const pattern =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<symbol>\.\.\.|\*\*|\/\/|<<|>>|[<>=!]=|[-+*/%@<>&|^~()[\].,:]))/y;

/** The source as a person wrote it, holes numbered. */
const sourceOf = (strings: readonly string[]): string =>
  strings.map((text, i) => (i ? `\${${i - 1}}` : "") + text).join("");

function fail(problem: string, source: string, at: number): never {
  throw new FormatError(`expr: ${problem}: ${source.slice(0, at)}→${source.slice(at)}`);
}

function tokenize(strings: readonly string[]): Token[] {
  const tokens: Token[] = [];
  let start = 0;
  strings.forEach((text, i) => {
    if (i) {
      const hole = `\${${i - 1}}`;
      tokens.push({ kind: "hole", text: String(i - 1), at: start });
      start += hole.length;
    }
    const end = text.trimEnd().length;
    for (pattern.lastIndex = 0; pattern.lastIndex < end; ) {
      const from = pattern.lastIndex;
      const groups = pattern.exec(text)?.groups;
      if (!groups) {
        const at = from + (text.slice(from).length - text.slice(from).trimStart().length);
        fail(`unknown character ${JSON.stringify(text[at])}`, sourceOf(strings), start + at);
      }
      const kind = groups.number !== undefined ? "number" : groups.name !== undefined ? "name" : "symbol";
      const word = groups[kind]!;
      tokens.push({ kind, text: word, at: start + pattern.lastIndex - word.length });
    }
    start += text.length;
  });
  tokens.push({ kind: "end", text: "", at: start });
  return tokens;
}

/** Recursive descent: one method a level of the grammar. */
class Parser {
  private next = 0;
  constructor(
    private readonly tokens: readonly Token[],
    private readonly source: string,
  ) {}

  parse(): Expression {
    const tree = this.infix(loosest);
    if (this.token.kind !== "end") this.unexpected("an operator");
    return tree;
  }

  private get token(): Token {
    return this.tokens[this.next]!;
  }

  private unexpected(wanted: string): never {
    const { kind, text, at } = this.token;
    const found = kind === "end" ? "the end" : kind === "hole" ? `\${${text}}` : JSON.stringify(text);
    return fail(`expected ${wanted}, found ${found}`, this.source, at);
  }

  private take(symbol: string): boolean {
    const found = this.token.kind === "symbol" && this.token.text === symbol;
    if (found) this.next++;
    return found;
  }

  private expect(symbol: string): void {
    if (!this.take(symbol)) this.unexpected(JSON.stringify(symbol));
  }

  /** Operators of `level` and tighter ones, joining to the left. */
  private infix(level: number): Expression {
    if (level > tightestInfix) return this.unary();
    let left = this.infix(level + 1);
    for (let count = 0; ; count++) {
      const { kind, text, at } = this.token;
      if (kind !== "symbol" || !Object.hasOwn(levels, text)) return left;
      const operator = text as BinaryOperator;
      if (levels[operator] !== level) return left;
      if (level === comparison && count > 0)
        fail("comparisons are not chained; write (a < b) & (b < c)", this.source, at);
      this.next++;
      left = { kind: "binary", operator, left, right: this.infix(level + 1) };
    }
  }

  private unary(): Expression {
    for (const operator of ["-", "+", "~"] as const)
      if (this.take(operator)) return { kind: "unary", operator, operand: this.unary() };
    return this.power();
  }

  private power(): Expression {
    const left = this.postfix();
    return this.take("**") ? { kind: "binary", operator: "**", left, right: this.unary() } : left;
  }

  private postfix(): Expression {
    let object = this.atom();
    for (;;) {
      if (this.take("[")) object = { kind: "subscript", object, items: this.list("]", () => this.item()) };
      else if (this.take(".")) {
        if (this.token.kind !== "name") this.unexpected("a name");
        const name = this.tokens[this.next++]!.text;
        object = this.take("(")
          ? { kind: "call", object, name, args: this.arguments() }
          : { kind: "attribute", object, name };
      } else return object;
    }
  }

  private atom(): Expression {
    const { kind, text, at } = this.token;
    if (kind === "symbol" && text === "(") {
      this.next++;
      const inner = this.infix(loosest);
      this.expect(")");
      return inner;
    }
    if (kind === "symbol" || kind === "end") return this.unexpected("a value");
    this.next++;
    if (kind === "number") return { kind, value: Number(text) };
    if (kind === "hole") return { kind, index: Number(text) };
    if (this.take("(")) return { kind: "call", object: null, name: text, args: this.arguments() };
    return fail(`${text} is not known here; interpolate it: \${${text}}`, this.source, at);
  }

  private arguments(): Expression[] {
    if (this.take(")")) return [];
    return this.list(")", () => this.infix(loosest));
  }

  /** Items between commas, one at least, a last comma allowed. */
  private list<T>(close: string, item: () => T): T[] {
    const items = [item()];
    while (!this.take(close)) {
      if (!this.take(",")) this.unexpected(`"," or ${JSON.stringify(close)}`);
      if (this.take(close)) break;
      items.push(item());
    }
    return items;
  }

  private item(): Subscript {
    if (this.take("...")) return { kind: "ellipsis" };
    if (this.token.kind === "name" && this.token.text === "None") {
      this.next++;
      return { kind: "none" };
    }
    const start = this.bound();
    if (!this.take(":")) return start ?? this.unexpected("an index");
    const stop = this.bound();
    return { kind: "slice", start, stop, step: this.take(":") ? this.bound() : null };
  }

  /** A bound of a slice, which may be left out. */
  private bound(): Expression | null {
    const { kind, text } = this.token;
    return kind === "symbol" && [":", ",", "]"].includes(text) ? null : this.infix(loosest);
  }
}

const parsed = new WeakMap<readonly string[], Expression>();

/**
 * The tree of a template's text, made once for each place in the program that writes one.
 *
 * @throws FormatError that shows where the text stops making sense
 */
export function parseExpression(strings: readonly string[]): Expression {
  let tree = parsed.get(strings);
  if (!tree) parsed.set(strings, (tree = new Parser(tokenize(strings), sourceOf(strings)).parse()));
  return tree;
}
