import { accessSync, constants, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as torch from "wasmgrad";
import { drawDigits } from "./draw.js";
import { oneLine, UserError } from "./errors.js";
import { evaluate, toDataset } from "./evaluate.js";
import { readMnist, type Split } from "./idx.js";
import { buildModel, countParameters } from "./model.js";
import { type Options, parseOptions, usage } from "./options.js";
import { formatSeconds, Progress } from "./progress.js";
import { reportHtml } from "./report.js";
import { type History, train } from "./train.js";
import { hashWeights, loadWeights, weightBytes } from "./weights.js";

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) {
    process.stdout.write(usage);
    return;
  }
  const split = options.data === undefined ? drawnDigits() : readMnist(options.data);
  torch.manualSeed(options.seed);
  const net = buildModel(options.model);
  const weights = options.evaluate ?? options.resume;
  if (weights !== undefined) loadWeights(net, weights);
  net.to(options.device);
  makeFolder(options.out);

  const progress = new Progress(process.stdout);
  const sizes = `${split.train.labels.length} images train, ${split.test.labels.length} test`;
  progress.line(
    `${options.model}, ${countParameters(net)} parameters; ${options.data ?? "drawn digits"}: ${sizes}`,
  );
  const history =
    options.evaluate === undefined
      ? await train(net, split, options, progress, stopOnInterrupt(progress))
      : evaluateOnly(net, split, options.device);

  const { accuracy, loss, confusion, mistakes } = history.last;
  const hash = hashWeights(net);
  const report = join(options.out, "report.html");
  const run = {
    title: `${options.model} on ${options.data ?? "drawn digits"}`,
    facts: listFacts(options, sizes, countParameters(net), history),
    train: history.train,
    test: history.test,
    accuracy,
    loss,
    hash,
    confusion,
    mistakes: mistakes.slice(0, 40),
  };
  writeOut(report, reportHtml(run));
  progress.line(`report   ${report}`);
  if (options.evaluate === undefined) {
    const file = join(options.out, "model.safetensors");
    writeOut(file, weightBytes(net));
    progress.line(`weights  ${file}`);
  }
  progress.line(`accuracy ${accuracy.toFixed(4)} loss ${loss.toFixed(4)} sha256 ${hash}`);
}

/** The data where none is given: always the same, whatever the seed of the run. */
function drawnDigits(): Split {
  return { train: drawDigits(6000, 1), test: drawDigits(1000, 2) };
}

function evaluateOnly(net: torch.nn.Sequential, { test }: Split, device: torch.DeviceName): History {
  return { train: [], test: [], last: evaluate(net, toDataset(test), test, device), seconds: 0, images: 0 };
}

function makeFolder(folder: string): void {
  try {
    makeParts(resolve(folder));
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new UserError(`${folder}: expected a folder to write to, found: ${oneLine(error)}`);
  }
}

/** Each part by itself: Node's own way to make several at once never ends where the system refuses one, as in /proc. */
function makeParts(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false });
  if (found?.isDirectory()) return;
  if (found) throw new Error(`${folder} is a file`);
  makeParts(dirname(folder));
  mkdirSync(folder);
}

function writeOut(file: string, bytes: string | Uint8Array): void {
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw new UserError(`${file}: expected a file to write, found: ${oneLine(error)}`);
  }
}

/** Whether Ctrl-C was pressed; pressed again a second later, it ends the program at once. */
function stopOnInterrupt(progress: Progress): () => boolean {
  let pressed = Number.POSITIVE_INFINITY;
  process.on("SIGINT", () => {
    // npm passes on a signal that the terminal has sent already: one press may come twice.
    if (performance.now() > pressed + 1000) process.exit(130);
    if (pressed === Number.POSITIVE_INFINITY) {
      pressed = performance.now();
      progress.line("stopping after this batch; Ctrl-C again ends at once");
    }
  });
  return () => pressed !== Number.POSITIVE_INFINITY;
}

function listFacts(
  options: Options,
  sizes: string,
  parameters: number,
  history: History,
): [string, string][] {
  const facts: [string, string][] = [
    ["model", `${options.model}, ${parameters} parameters`],
    ["data", `${options.data ?? "drawn digits"}: ${sizes}`],
    ["device", options.device],
  ];
  if (options.evaluate !== undefined) return [...facts, ["weights", options.evaluate]];
  const epochs = history.test.at(-1)?.epoch ?? 0;
  const stopped = epochs < options.epochs ? ` of ${options.epochs}, stopped` : "";
  facts.push(
    ["epochs", `${+epochs.toFixed(2)}${stopped}`],
    ["batch size", String(options.batchSize)],
    ["learning rate", `${options.lr}, falling to 0`],
    ["seed", String(options.seed)],
    [
      "training time",
      `${formatSeconds(history.seconds)}, ${Math.round(history.images / history.seconds)} images/s`,
    ],
  );
  if (options.resume !== undefined) facts.push(["resumed from", options.resume]);
  return facts;
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  process.stderr.write(`${oneLine(error)}\n`);
  process.exitCode = error.status;
}
