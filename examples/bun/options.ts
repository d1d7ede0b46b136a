import { parseArgs } from "node:util";
import { UserError } from "./errors.ts";

export const usage = `Learns to predict a column of a table from the others, and how sure it may be of each prediction.

  bun examples/bun/main.ts [FILE.csv] [options]

  FILE.csv           with a line of names first (default this example's sample.csv)
  --target NAME      the column to predict (default the last)
  --epochs N         passes over the rows (default 100)
  --seed N           of weights, shuffling and the split (default 1)
  --out FILE         for the predictions of the rows kept back (default predictions.csv)
  --help             this text

Every fifth row is kept back to test with. Columns of texts are taken as categories; rows with an empty field are left out.
The same options print and write the same, whatever the machine.
`;

export interface Options {
  file: string;
  target: string | undefined;
  epochs: number;
  seed: number;
  out: string;
}

/** Reads the command line; null if it asks for help. */
export function readOptions(args: string[]): Options | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  if (positionals.length > 1)
    throw new UserError(`expected one file, found ${positionals.length}: ${positionals.join(", ")}`);
  const whole = (name: "epochs" | "seed", low: number, high: number, fallback: number) => {
    const text = values[name] ?? String(fallback);
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= low && value <= high) return value;
    throw new UserError(`--${name}: expected a whole number, ${low} … ${high}, found "${text}"`);
  };
  return {
    file: positionals[0] ?? `${import.meta.dir}/sample.csv`,
    target: values.target,
    epochs: whole("epochs", 1, 100_000, 100),
    seed: whole("seed", 0, 2 ** 32 - 1, 1),
    out: values.out ?? "predictions.csv",
  };
}

function parse(args: string[]) {
  const string = { type: "string" } as const;
  const options = {
    target: string,
    epochs: string,
    seed: string,
    out: string,
    help: { type: "boolean" },
  } as const;
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    const [first] = (error as Error).message.split(/[.\n]/);
    throw new UserError(`${first}; --help lists the options`);
  }
}
