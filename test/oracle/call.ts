/**
 * @file Calls of PyTorch as calls of this library.
 *
 * Names become camelCase. Required arguments, dims, sizes and second operands stay positional, everything else with a
 * default goes into one options object at the end; the tables say which is which.
 */
import { isDType } from "../../src/core/dtype.js";
import { Tensor } from "../../src/tensor/tensor.js";
import { Tuple } from "./decode.js";
import { camel, find, invoke, need } from "./library.js";
import { evaluatePython, type Literals, type Scope, Slice } from "./python.js";
import { Skip } from "./report.js";
import { functions } from "./signatures.js";

type Kwargs = Record<string, unknown>;

interface Parameter {
  readonly name: string;
  readonly required: boolean;
  /** Stands among the arguments, not in the options. */
  readonly positional: boolean;
  readonly noneByDefault: boolean;
  readonly keywordOnly: boolean;
}

/** One form of a function; `variadic` ones take their positionals as they come. */
interface Signature {
  readonly parameters: readonly Parameter[];
  readonly variadic: boolean;
}

export type Signatures = ReadonlyMap<string, readonly Signature[]>;

function parseSignature(text: string): Signature {
  const words = text.split(" ").filter(Boolean);
  const star = words.indexOf("*");
  const parameters = words
    .filter((word) => word !== "*" && word !== "...")
    .map((word): Parameter => {
      const mark = /[=?!]$/.exec(word)?.[0];
      const name = mark ? word.slice(0, -1) : word;
      const keywordOnly = star >= 0 && words.indexOf(word) > star;
      const required = mark === undefined;
      return {
        name,
        required,
        positional: required || mark === "!",
        noneByDefault: mark === "?",
        keywordOnly,
      };
    });
  return { parameters, variadic: words.includes("...") };
}

/** Reads a table of `name(parameters | parameters); …`. */
export function parseSignatures(table: string): Signatures {
  const entries = table.split(/;|\n/).filter((entry) => entry.trim());
  return new Map(
    entries.map((entry) => {
      const [, name, forms] = /^\s*([\w.]+)\((.*)\)$/.exec(entry)!;
      return [name!.replace(/^F\./, "nn.functional."), forms!.split("|").map(parseSignature)];
    }),
  );
}

const known = parseSignatures(functions);
/** Keywords that say nothing here: there is one layout, and memory is never pinned. */
const meaningless = ["layout", "pin_memory", "names", "non_blocking", "generator", "_stacklevel"];

function fits({ parameters, variadic }: Signature, args: readonly unknown[], kwargs: Kwargs): boolean {
  if (variadic) return true;
  const places = parameters.filter((p) => !p.keywordOnly);
  if (args.length > places.length) return false;
  // std(x, true) and std(x, 0) differ by the kind of the second argument alone.
  if (places.some((p, i) => p.name === "unbiased" && i < args.length && typeof args[i] !== "boolean"))
    return false;
  const given = (p: Parameter) => p.name in kwargs || places.indexOf(p) < args.length;
  if (parameters.some((p) => p.required && !places.includes(p) && !given(p))) return false;
  if (places.some((p) => p.required && !given(p) && !(places.indexOf(p) < args.length))) return false;
  return Object.keys(kwargs).every((key) => key === "dtype" || parameters.some((p) => p.name === key));
}

/** Arguments after the first, as this library takes them. */
export function bind(
  forms: readonly Signature[] | undefined,
  args: readonly unknown[],
  kwargs: Kwargs,
): unknown[] {
  const rest = { ...kwargs };
  for (const key of meaningless) delete rest[key];
  if (rest.out !== undefined && rest.out !== null) throw new Skip("no out arguments");
  delete rest.out;
  const form = forms?.find((f) => fits(f, args, rest)) ?? forms?.at(-1);
  const options: Kwargs = {};
  const positional: unknown[] = [];
  if (!form || form.variadic) {
    positional.push(...args);
    if (!form)
      for (const key of Object.keys(rest))
        if (!["dtype", "device", "requires_grad"].includes(key)) {
          positional.push(rest[key]);
          delete rest[key];
        }
  } else {
    const places = form.parameters.filter((p) => !p.keywordOnly);
    for (const p of form.parameters) {
      const index = places.indexOf(p);
      const given = index >= 0 && index < args.length ? args[index] : rest[p.name];
      delete rest[p.name];
      const value = given === null && p.noneByDefault ? undefined : given;
      if (p.positional) positional.push(value === null && !p.required ? undefined : value);
      else if (value !== undefined) options[camel(p.name)] = value;
    }
    positional.push(...args.slice(places.length));
  }
  for (const [key, value] of Object.entries(rest)) if (value !== null) options[camel(key)] = value;
  if (Object.keys(options).length) return [...positional, options];
  while (positional.length && positional.at(-1) === undefined) positional.pop();
  return positional;
}

// ── functions and methods ────────────────────────────────────────────────────────────────────────

/** A function known by its path below `torch`. */
class Path {
  constructor(readonly path: string) {}
}
/** A method taken from an object. */
class Method {
  constructor(
    readonly object: unknown,
    readonly name: string,
  ) {}
}

/** The operators' hidden names. */
const reflected: Record<string, (x: unknown, other: unknown) => unknown> = {
  __radd__: (x, other) => invoke(x, "add", other),
  __rmul__: (x, other) => invoke(x, "mul", other),
  __rsub__: (x, other) => invoke(x, "rsub", other),
  __rtruediv__: (x, other) => invoke(invoke(x, "reciprocal"), "mul", other),
  __rmod__: (x, other) => need("remainder")(other, x),
  // PyTorch makes a new tensor of the base here, so no gradient reaches it.
  __rpow__: (x, other) => need("pow")(other instanceof Tensor ? other.detach() : other, x),
  __rmatmul__: (x, other) => need("matmul")(other, x),
  __rand__: (x, other) => invoke(x, "bitwiseAnd", other),
  __ror__: (x, other) => invoke(x, "bitwiseOr", other),
  __rxor__: (x, other) => invoke(x, "bitwiseXor", other),
  __getitem__: (x, index) => invoke(x, "at", ...(isTuple(index) ? index : [index])),
};

/** As an index, a list with anything but numbers in it is read as a tuple. */
function isTuple(index: unknown): index is unknown[] {
  if (index instanceof Tuple) return true;
  return Array.isArray(index) && index.some((part) => typeof part !== "number" && typeof part !== "boolean");
}

/** In-place forms, and methods of functions that live in a namespace, take what those take. */
function signatureOf(path: string): readonly Signature[] | undefined {
  const name = path.replace(/_$/, "");
  return known.get(path) ?? known.get(name) ?? known.get(name.replace(/^.*\./, ""));
}

function callFunction(path: string, args: unknown[], kwargs: Kwargs): unknown {
  const name = path.replace(/^functional\.|^_C\._nn\./, "").replace("masked._ops.", "masked.");
  if (name.startsWith("Tensor.")) {
    const operator = reflected[name.slice("Tensor.".length)];
    if (!operator) throw new Skip(`no ${name}`);
    // The library itself must refuse a method on what is no tensor, whichever it is.
    if (!(args[0] instanceof Tensor)) return Reflect.apply(Tensor.prototype.clone, args[0], []);
    return operator(args[0], args[1]);
  }
  if (name === "ops.aten.slice") return slice(args, kwargs);
  const { input, ...rest } = kwargs;
  const [first, ...others] = input === undefined ? args : [input, ...args];
  const variadic = signatureOf(name)?.every((form) => form.variadic);
  const bound = variadic
    ? bind(signatureOf(name), args, rest)
    : [first, ...bind(signatureOf(name), others, rest)];
  const found = find(camel(name));
  if (typeof found === "function") return (found as (...all: unknown[]) => unknown)(...bound);
  // Not every function of torch stands beside its method.
  if (first instanceof Tensor && !name.includes(".")) return invoke(first, camel(name), ...bound.slice(1));
  throw new Skip(`no ${camel(name)}`);
}

/** x[…, start:end:step] along a dim. */
function slice(args: unknown[], kwargs: Kwargs): unknown {
  const [x, dim = kwargs.dim ?? 0, start = kwargs.start, end = kwargs.end, step = kwargs.step] = args;
  const whole = Array.from(
    { length: Number(dim) < 0 ? Number(dim) + (x as Tensor).ndim : Number(dim) },
    () => ":",
  );
  const part = new Slice(
    (start ?? null) as number | null,
    (end ?? null) as number | null,
    (step ?? null) as number | null,
  );
  return invoke(x, "at", ...whole, part.toString());
}

export function callMethod(object: unknown, name: string, args: unknown[], kwargs: Kwargs): unknown {
  if (reflected[name]) return reflected[name](object, args[0]);
  return invoke(object, camel(name), ...bind(signatureOf(name), args, kwargs));
}

function attribute(object: unknown, name: string): unknown {
  if (object instanceof Path) {
    if (!object.path && isDType(name) && /\d/.test(name)) return name;
    return new Path(object.path ? `${object.path}.${name}` : name);
  }
  const value = (object as Kwargs)[name];
  if (value === undefined && /^[A-Z]$|^m[TH]$/.test(name)) throw new Skip(`no property ${name}`);
  return value === undefined || typeof value === "function" ? new Method(object, name) : value;
}

const operators: Record<string, string> = {
  "+": "add",
  "-": "sub",
  "*": "mul",
  "/": "div",
  "@": "matmul",
  "**": "pow",
};

function operate(symbol: string, left: unknown, right: unknown): unknown {
  if (left instanceof Tensor) return invoke(left, operators[symbol]!, right);
  if (right instanceof Tensor) {
    if (left === undefined) return invoke(right, "neg");
    if (symbol === "-") return invoke(right, "rsub", left);
    return symbol === "/"
      ? invoke(invoke(right, "reciprocal"), "mul", left)
      : invoke(right, operators[symbol]!, left);
  }
  const [a, b] = [Number(left ?? 0), Number(right)];
  const results: Record<string, number> = { "+": a + b, "-": a - b, "*": a * b, "/": a / b, "**": a ** b };
  return results[symbol];
}

/** Names and operations as a call string means them: `torch`, and whatever else is given. */
export function scope(names: Readonly<Record<string, unknown>>, construct?: Scope["call"]): Scope {
  return {
    name(name) {
      if (name in names) return names[name];
      if (name === "torch") return new Path("");
      if (name === "nn" || name === "OrderedDict") return new Path(name);
      throw new Skip(`no name ${name}`);
    },
    attribute,
    call(callee, args, kwargs, literals: Literals) {
      if (callee instanceof Method) return callMethod(callee.object, callee.name, args, kwargs);
      if (!(callee instanceof Path)) throw new Skip("a call of a value");
      if (construct && /(^|\.)[A-Z]\w*$/.test(callee.path))
        return construct(callee.path, args, kwargs, literals);
      const typed =
        ["tensor", "arange", "full"].includes(callee.path) && literals.floats > 0 && !("dtype" in kwargs);
      return callFunction(callee.path, args, typed ? { ...kwargs, dtype: "float32" } : kwargs);
    },
    subscript(object, index) {
      const items = (Array.isArray(index) ? index : [index]).map((item) =>
        item instanceof Slice ? item.toString() : item,
      );
      if (object instanceof Tensor) return invoke(object, "at", ...items);
      const list = Array.isArray(object) ? object : Object.values(object as object);
      return index instanceof Slice
        ? list.slice(index.start ?? 0, index.stop ?? undefined)
        : list[index as number];
    },
    operator: operate,
  };
}

/** The value of a call string such as `torch.add(x, *a, **k)`. */
export function evaluateCall(call: string, x: unknown, a: unknown[], k: Kwargs): unknown {
  return evaluatePython(call, scope({ x, a, k }));
}
