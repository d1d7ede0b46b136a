/** Trains a model of characters on a text and lets it write; see README.md. */
import * as torch from "wasmgrad";
import { context, Transformer } from "./model.ts";
import { type Options, readOptions, UserError, usage } from "./options.ts";

const { nn, optim } = torch;
const batch = 16;

function main(options: Options): void {
  const text = readText(options.file);
  const alphabet = [...new Set(text)].sort();
  const numbers = encode(text, alphabet);
  // The last tenth is kept to see how well the model does on what it has not read.
  const cut = Math.floor(0.9 * numbers.length);
  if (numbers.length - cut <= context)
    throw new UserError(
      `${options.file}: expected at least ${10 * context + 10} characters, found ${numbers.length}`,
    );
  const [train, test] = [torch.tensor(numbers.slice(0, cut)), torch.tensor(numbers.slice(cut))];
  const prompt = options.prompt ?? (alphabet[numbers[0] as number] as string);
  encode(prompt, alphabet);
  torch.manualSeed(options.seed);
  const net = new Transformer(alphabet.length);
  if (options.from !== undefined) load(net, options.from, alphabet);
  console.log(
    `${numbers.length} characters, ${alphabet.length} different; ${countParameters(net)} parameters`,
  );

  const optimizer = new optim.AdamW(net.parameters(), { lr: 3e-3 });
  const schedule = new optim.lrScheduler.CosineAnnealingLR(optimizer, Math.max(options.steps, 1));
  for (let step = 1; step <= options.steps; step++) {
    optimizer.zeroGrad();
    const loss = lossOf(net, train, torch.randint(0, train.numel() - context, [batch]));
    loss.backward();
    optimizer.step();
    schedule.step();
    if (step % Math.ceil(options.steps / 10) === 0)
      console.log(`step ${step} loss ${loss.item().toFixed(4)}`);
  }
  const starts = torch.arange(0, test.numel() - context, context);
  const held = torch.noGrad(() => lossOf(net, test, starts).item());
  console.log(`loss ${held.toFixed(4)} on the last tenth, which it has not read`);

  if (options.steps > 0) save(net, options.out, alphabet);
  console.log(`\n${write(net, prompt, alphabet, options)}`);
}

/** Mean cross entropy of each next character, in the pieces of the text that begin at `starts`. */
function lossOf(net: Transformer, text: torch.Tensor, starts: torch.Tensor): torch.Tensor {
  const places = starts.unsqueeze(1).add(torch.arange(context + 1));
  const pieces = text.take(places);
  const logits = net(pieces.at(":", `:${context}`));
  return nn.functional.crossEntropy(logits.flatten(0, 1), pieces.at(":", "1:").flatten());
}

/** `prompt` and what follows, each character drawn by its probability. */
function write(
  net: Transformer,
  prompt: string,
  alphabet: string[],
  { length, temperature }: Options,
): string {
  const numbers = encode(prompt, alphabet);
  return torch.noGrad(() => {
    for (let i = 0; i < length; i++) {
      const logits = net(torch.tensor([numbers.slice(-context)])).select(1, -1);
      numbers.push(torch.multinomial(logits.div(temperature).softmax(1), 1).item());
    }
    return numbers.map((number) => alphabet[number]).join("");
  });
}

function encode(text: string, alphabet: string[]): number[] {
  const numbers = new Map(alphabet.map((character, i) => [character, i]));
  return Array.from(text, (character) => {
    const number = numbers.get(character);
    if (number === undefined) throw new UserError(`the text has no "${character}", which the prompt has`);
    return number;
  });
}

function save(net: Transformer, path: string, alphabet: string[]): void {
  const bytes = torch.io.saveSafetensors(net.stateDict(), { alphabet: alphabet.join("") });
  attempt("write", path, () => Deno.writeFileSync(path, bytes));
  console.log(`weights in ${path}, ${bytes.length} bytes`);
}

function load(net: Transformer, path: string, alphabet: string[]): void {
  const bytes = attempt("read", path, () => Deno.readFileSync(path));
  const { tensors, metadata } = attempt("read", path, () => torch.io.loadSafetensors(bytes));
  if (metadata.alphabet !== alphabet.join(""))
    throw new UserError(`${path}: these weights are of a text with other characters`);
  attempt("read", path, () => net.loadStateDict(tensors));
}

const readText = (path: string | URL): string => attempt("read", path, () => Deno.readTextFileSync(path));

/** Runs what needs a file; says in one line why it cannot be. */
function attempt<T>(what: "read" | "write", path: string | URL, run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof Deno.errors.NotCapable)
      throw new UserError(`may not ${what} ${path}: start Deno with --allow-${what}`);
    throw new UserError(`cannot ${what} ${path}: ${String((error as Error).message).split("\n")[0]}`);
  }
}

const countParameters = (net: torch.nn.Module): number =>
  [...net.parameters()].reduce((sum, parameter) => sum + parameter.numel(), 0);

try {
  const options = readOptions(Deno.args);
  if (options === null) console.log(usage.trimEnd());
  else main(options);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  Deno.exit(2);
}
