/** Replays printed text of tensors, modules and optimizers. */
import type { DeviceName } from "../../src/backend/backend.js";
import { bind, parseSignatures, scope } from "./call.js";
import { modules } from "./class-signatures.js";
import { Decoder, decodeFloat } from "./decode.js";
import { camel, construct, need } from "./library.js";
import { evaluatePython, type Scope } from "./python.js";
import { Mismatch, type Report, type Row, Skip } from "./report.js";

const known = parseSignatures(modules);

const build: Scope["call"] = (path, args, kwargs) => {
  const name = String(path).split(".").at(-1)!;
  if (name === "OrderedDict") return args[0];
  const bare = camelKeys(kwargs);
  if (String(path).startsWith("optim."))
    return construct(String(path), ...args, ...(Object.keys(bare).length ? [bare] : []));
  if (name === "Parameter")
    return construct("nn.Parameter", ...args, ...(Object.keys(bare).length ? [bare] : []));
  return construct(`nn.${name}`, ...bind(known.get(name), args, kwargs));
};

const camelKeys = (object: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [camel(key), value]));

const names = {
  inf: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
  pi: Math.PI,
};

function decodeOptions(options: unknown): Record<string, unknown> {
  const entries = Object.entries((options ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const float = (value as { $f?: unknown } | null)?.$f;
      return [camel(key), float === undefined ? value : decodeFloat(float)];
    }),
  );
}

function subjectOf(row: Row, device: DeviceName): unknown {
  // What has no history can be made from its elements; everything else by running the expression.
  if (row.value && !row.grad_fn) return new Decoder(device).value(row.value);
  const code = String(row.code);
  if (/^class |\n|\bfor\b/.test(code)) throw new Skip("a class written in Python");
  try {
    return evaluatePython(code, scope(names, build));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Skip(`Python: ${error.message}`);
    throw error;
  }
}

const wholeFloat = /(\d)\.0\b/g;

export function replayPrinting(rows: readonly Row[], device: DeviceName, report: Report): void {
  for (const row of rows)
    report.check(String(row.code), () => {
      if (row.kind === "other" && !/optim\./.test(String(row.code))) throw new Skip("no such object here");
      const setOptions = row.options ? need("setPrintoptions") : () => undefined;
      const value = subjectOf(row, device);
      setOptions(decodeOptions(row.options));
      try {
        const [found, expected] = [String(value), expectedText(row, device)];
        if (found !== expected && found.replace(wholeFloat, "$1") === expected)
          throw new Skip("20 and 20.0 are one number here");
        if (found !== expected) throw new Mismatch(`expected\n${expected}\nfound\n${found}`);
      } finally {
        setOptions({ profile: "default" });
      }
    });
}

/** PyTorch's own text has no device, since it ran on its default one. */
function expectedText(row: Row, device: DeviceName): string {
  const text = String(row.text);
  if (device === "cpu" || row.kind !== "tensor") return text;
  throw new Skip("printed text on another device");
}
