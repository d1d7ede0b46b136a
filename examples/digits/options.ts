import { parseArgs } from "node:util";
import { UserError } from "./errors.js";

export const models = ["softmax", "mlp", "lenet"] as const;
export const devices = ["cpu", "reference"] as const;

/** What the command line asks for. */
export interface Options {
  data: string | undefined;
  epochs: number;
  batchSize: number;
  lr: number;
  seed: number;
  model: (typeof models)[number];
  device: (typeof devices)[number];
  out: string;
  resume: string | undefined;
  evaluate: string | undefined;
  help: boolean;
}

export const usage = `Trains a network on 28×28 pictures of digits and writes down how well it does.

  npm start -- [options]

  --data DIR         MNIST files (idx3-ubyte and idx1-ubyte, .gz or not); without it, digits the program draws
  --model NAME       softmax, mlp or lenet (default lenet)
  --epochs N         passes over the training images (default 3)
  --batch-size N     images a step (default 64)
  --lr X             step size of SGD, momentum 0.9, falling to 0 over the run (default 0.05; softmax 0.02)
  --seed N           of the weights and the shuffling (default 1)
  --device NAME      cpu (WebAssembly) or reference (plain TypeScript, slow) (default cpu)
  --out DIR          for report.html and model.safetensors (default runs/MODEL-seedN)
  --resume FILE      start from the weights in a model.safetensors
  --evaluate FILE    only test the weights in a model.safetensors (default --out runs/MODEL-evaluated)
  --help             this text

Ctrl-C stops after the batch and still tests and writes. The last line printed is
accuracy, loss and the SHA-256 of the weights; the same options give the same line on every machine.
`;

const names = [
  "data",
  "model",
  "epochs",
  "batch-size",
  "lr",
  "seed",
  "device",
  "out",
  "resume",
  "evaluate",
  "help",
] as const;
type Name = (typeof names)[number];

/**
 * Reads the command line, without the program's own name.
 *
 * @throws UserError of status 2, one line, for an unknown option or a value that does not fit.
 */
export function parseOptions(args: readonly string[]): Options {
  const given = readTokens(args);
  const model = choice(given, "model", models, "lenet");
  const seed = whole(given, "seed", 0, 0xffffffff, 1);
  const evaluate = given.get("evaluate");
  if (evaluate !== undefined && given.has("resume")) {
    throw new UserError("--resume and --evaluate exclude each other", 2);
  }
  return {
    data: given.get("data"),
    epochs: whole(given, "epochs", 1, 10000, 3),
    batchSize: whole(given, "batch-size", 1, 10000, 64),
    lr: positive(given, "lr", model === "softmax" ? 0.02 : 0.05),
    seed,
    model,
    device: choice(given, "device", devices, "cpu"),
    out: given.get("out") ?? `runs/${model}-${evaluate === undefined ? `seed${seed}` : "evaluated"}`,
    resume: given.get("resume"),
    evaluate,
    help: given.has("help"),
  };
}

/** The value of each option given, the last one where it is repeated. */
function readTokens(args: readonly string[]): Map<Name, string> {
  const options = Object.fromEntries(
    names.map((name) => [name, { type: name === "help" ? ("boolean" as const) : ("string" as const) }]),
  );
  // Not strict: its own errors span lines and suggest nothing, so the tokens are checked here.
  const { tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<Name, string>();
  for (const token of tokens) {
    if (token.kind === "positional")
      throw new UserError(`unexpected argument "${token.value}"; --help lists the options`, 2);
    if (token.kind !== "option") continue;
    const name = names.find((known) => known === token.name);
    if (name === undefined || !token.rawName.startsWith("--")) throw unknownOption(token.rawName);
    const missing =
      token.value === undefined || token.value === "" || (!token.inlineValue && token.value.startsWith("--"));
    if (name === "help") {
      if (token.value !== undefined) throw new UserError(`--help: takes no value, found "${token.value}"`, 2);
    } else if (missing) {
      throw new UserError(
        `--${name}: expected a value, found ${token.value ? `"${token.value}"` : "none"}`,
        2,
      );
    }
    given.set(name, token.value ?? "");
  }
  return given;
}

function unknownOption(rawName: string): UserError {
  const wanted = rawName.replace(/^-+/, "");
  const [nearest] = names
    .map((name) => ({ name, steps: distance(wanted, name) }))
    .sort((a, b) => a.steps - b.steps);
  const close = nearest && nearest.steps <= Math.max(1, Math.floor(nearest.name.length / 2));
  const hint = close ? `did you mean --${nearest.name}?` : "--help lists the options";
  return new UserError(`unknown option "${rawName}"; ${hint}`, 2);
}

/** How many letters must be inserted, removed or replaced to make `a` into `b`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function whole(given: Map<Name, string>, name: Name, low: number, high: number, fallback: number): number {
  const text = given.get(name);
  if (text === undefined) return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  throw new UserError(`--${name}: expected a whole number, ${low} … ${high}, found "${text}"`, 2);
}

function positive(given: Map<Name, string>, name: Name, fallback: number): number {
  const text = given.get(name);
  if (text === undefined) return fallback;
  const value = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
  if (value > 0 && Number.isFinite(value)) return value;
  throw new UserError(`--${name}: expected a number above 0, found "${text}"`, 2);
}

function choice<T extends string>(
  given: Map<Name, string>,
  name: Name,
  allowed: readonly T[],
  fallback: T,
): T {
  const text = given.get(name);
  if (text === undefined) return fallback;
  const value = allowed.find((known) => known === text);
  if (value !== undefined) return value;
  throw new UserError(
    `--${name}: expected ${allowed.join(", ").replace(/, (\w+)$/, " or $1")}, found "${text}"`,
    2,
  );
}
