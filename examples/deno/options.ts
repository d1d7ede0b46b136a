/** What the person who typed the command can put right: shown as one line, without a stack. */
export class UserError extends Error {}

export const usage = `Trains a small transformer on the characters of a text, and writes more in the same manner.

  deno run --allow-read --allow-write main.ts [FILE] [options]

  FILE               text in UTF-8 (default this example's README.md)
  --steps N          of training; 0 only writes (default 300)
  --seed N           of weights, batches and what is written (default 1)
  --length N         characters to write (default 300)
  --prompt TEXT      how the new text begins (default the first character of FILE)
  --temperature X    below 1 the likelier is chosen more often (default 0.8)
  --out FILE         for the weights (default model.safetensors); --allow-write=FILE is enough
  --from FILE        begin with these weights, of a text with the same characters
  --help             this text

The same options print the same lines, whatever the machine.
`;

export interface Options {
  file: string | URL;
  steps: number;
  seed: number;
  length: number;
  prompt: string | undefined;
  temperature: number;
  out: string;
  from: string | undefined;
}

const names = ["steps", "seed", "length", "prompt", "temperature", "out", "from"] as const;

/** Reads the command line; null if it asks for help. */
export function readOptions(args: string[]): Options | null {
  const given = new Map<string, string>();
  const files: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [option, ...rest] = (args[i] as string).split("=");
    if (option === "--help") return null;
    if (!option?.startsWith("-")) files.push(args[i] as string);
    else if (!names.some((name) => `--${name}` === option))
      throw new UserError(`unknown option ${option}; --help lists them`);
    else {
      const value = rest.length > 0 ? rest.join("=") : args[++i];
      if (!value || (rest.length === 0 && value.startsWith("--")))
        throw new UserError(`${option}: expected a value`);
      given.set(option.slice(2), value);
    }
  }
  if (files.length > 1) throw new UserError(`expected one file, found ${files.length}: ${files.join(", ")}`);
  const whole = (name: string, low: number, high: number, fallback: number) => {
    const value = Number(given.get(name) ?? fallback);
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new UserError(`--${name}: expected a whole number, ${low} … ${high}, found "${given.get(name)}"`);
  };
  const temperature = Number(given.get("temperature") ?? 0.8);
  if (!(temperature >= 0.01 && temperature <= 100))
    throw new UserError(`--temperature: expected a number, 0.01 … 100, found "${given.get("temperature")}"`);
  return {
    file: files[0] ?? new URL("README.md", import.meta.url),
    steps: whole("steps", 0, 1_000_000, 300),
    seed: whole("seed", 0, 2 ** 32 - 1, 1),
    length: whole("length", 0, 1_000_000, 300),
    prompt: given.get("prompt"),
    temperature,
    out: given.get("out") ?? "model.safetensors",
    from: given.get("from"),
  };
}
