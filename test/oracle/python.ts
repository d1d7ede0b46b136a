/**
 * @file The few forms of Python that the vectors are written in: calls, attributes, subscripts, literals, arithmetic.
 *
 * What a name, a call or an operator means is up to the `Scope`; this file only reads.
 */

/** The meaning of names and operations. Values are whatever the scope makes them. */
export interface Scope {
  name(name: string): unknown;
  attribute(object: unknown, name: string): unknown;
  call(callee: unknown, args: unknown[], kwargs: Record<string, unknown>, literals: Literals): unknown;
  subscript(object: unknown, index: unknown): unknown;
  operator(symbol: string, left: unknown, right: unknown): unknown;
}

/** What kind of numbers were written between the brackets of a call: `1` and `1.` are one number here, but not there. */
export interface Literals {
  readonly floats: number;
}

/** A part of a subscript with colons. */
export class Slice {
  constructor(
    readonly start: number | null,
    readonly stop: number | null,
    readonly step: number | null,
  ) {}

  toString(): string {
    return [this.start, this.stop, ...(this.step === null ? [] : [this.step])].map((n) => n ?? "").join(":");
  }
}

const pattern =
  /\s*(?:(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<text>'[^']*'|"[^"]*")|(?<symbol>\*\*|\.\.\.|[-+*/@%()[\],.:={}]))/y;

const additive = ["+", "-"];
const multiplicative = ["*", "/", "@", "%"];

interface Token {
  readonly kind: string;
  readonly text: string;
}

function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const text = source.trimEnd();
  for (pattern.lastIndex = 0; pattern.lastIndex < text.length; ) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (!groups) throw new SyntaxError(`cannot read ${text.slice(at)}`);
    const kind = ["number", "name", "text", "symbol"].find((k) => groups[k] !== undefined)!;
    tokens.push({ kind, text: groups[kind]! });
  }
  tokens.push({ kind: "end", text: "" });
  return tokens;
}

class Evaluator {
  private next = 0;
  private floats = 0;
  constructor(
    private readonly tokens: readonly Token[],
    private readonly scope: Scope,
  ) {}

  run(): unknown {
    const value = this.sum();
    if (this.token.kind !== "end") this.fail();
    return value;
  }

  private get token(): Token {
    return this.tokens[this.next]!;
  }

  private fail(): never {
    throw new SyntaxError(`unexpected ${this.token.text || "end"}`);
  }

  private take(symbol: string): boolean {
    const found = this.token.kind === "symbol" && this.token.text === symbol;
    if (found) this.next++;
    return found;
  }

  private expect(symbol: string): void {
    if (!this.take(symbol)) this.fail();
  }

  private joined(symbols: readonly string[], operand: () => unknown): unknown {
    let left = operand();
    while (this.token.kind === "symbol" && symbols.includes(this.token.text)) {
      const symbol = this.tokens[this.next++]!.text;
      // A quotient is a fraction whatever it is made of.
      if (symbol === "/") this.floats++;
      left = this.scope.operator(symbol, left, operand());
    }
    return left;
  }

  private sum(): unknown {
    return this.joined(additive, () => this.product());
  }

  private product(): unknown {
    return this.joined(multiplicative, () => this.unary());
  }

  private unary(): unknown {
    if (this.take("-")) return this.scope.operator("-", undefined, this.unary());
    const base = this.postfix();
    return this.take("**") ? this.scope.operator("**", base, this.unary()) : base;
  }

  private postfix(): unknown {
    let value = this.atom();
    for (;;) {
      if (this.take(".")) value = this.scope.attribute(value, this.tokens[this.next++]!.text);
      else if (this.take("(")) value = this.call(value);
      else if (this.take("[")) value = this.scope.subscript(value, this.index());
      else return value;
    }
  }

  private atom(): unknown {
    const { kind, text } = this.token;
    if (this.take("(")) return this.tuple();
    if (this.take("[")) return this.items("]", () => this.sum());
    if (this.take("{")) return this.dict();
    if (this.take("...")) return "...";
    if (kind === "symbol" || kind === "end") this.fail();
    this.next++;
    if (kind === "text") return text.slice(1, -1);
    if (kind === "number") {
      if (/[.eE]/.test(text)) this.floats++;
      return Number(text);
    }
    if (text === "None") return null;
    if (text === "True" || text === "False") return text === "True";
    if (text === "inf" || text === "nan" || text === "pi") this.floats++;
    return this.scope.name(text);
  }

  private tuple(): unknown {
    const items = [];
    while (!this.take(")")) {
      items.push(this.sum());
      if (this.take(")")) return items.length === 1 ? items[0] : items;
      this.expect(",");
    }
    return items;
  }

  private items(close: string, item: () => unknown): unknown[] {
    const items = [];
    while (!this.take(close)) {
      items.push(item());
      if (!this.take(",")) {
        this.expect(close);
        break;
      }
    }
    return items;
  }

  private dict(): unknown {
    const entries = this.items("}", () => {
      const key = this.sum();
      this.expect(":");
      return [key, this.sum()];
    });
    return Object.fromEntries(entries as [string, unknown][]);
  }

  private call(callee: unknown): unknown {
    const args: unknown[] = [];
    const kwargs: Record<string, unknown> = {};
    const before = this.floats;
    this.items(")", () => {
      if (this.take("**")) Object.assign(kwargs, this.postfix());
      else if (this.take("*")) args.push(...(this.postfix() as unknown[]));
      else if (this.token.kind === "name" && this.tokens[this.next + 1]!.text === "=") {
        const key = this.tokens[this.next]!.text;
        this.next += 2;
        kwargs[key] = this.sum();
      } else args.push(this.sum());
    });
    return this.scope.call(callee, args, kwargs, { floats: this.floats - before });
  }

  private index(): unknown {
    const items = this.items("]", () => {
      const parts = [this.bound()];
      while (this.take(":")) parts.push(this.bound());
      return parts.length === 1 ? parts[0] : new Slice(parts[0] ?? null, parts[1] ?? null, parts[2] ?? null);
    });
    return items.length === 1 ? items[0] : items;
  }

  private bound(): number | null {
    const { kind, text } = this.token;
    return kind === "symbol" && [":", ",", "]"].includes(text) ? null : (this.sum() as number);
  }
}

/** The value of a Python expression. @throws SyntaxError for forms that are not known here */
export function evaluatePython(source: string, scope: Scope): unknown {
  return new Evaluator(tokenize(source), scope).run();
}
