/** Learns to predict a column of a CSV file, with confidence; see README.md. */
import * as torch from "wasmgrad";
import { readCsv, writeCsv } from "./csv.ts";
import { UserError } from "./errors.ts";
import { type Prediction, Regression } from "./model.ts";
import { type Options, readOptions, usage } from "./options.ts";
import { readTable } from "./table.ts";

/** Half the width, in deviations, of the interval that holds so much of a normal distribution. */
const intervals = { "50 %": 0.6745, "90 %": 1.6449 };

async function main({ file, target: wanted, epochs, seed, out }: Options): Promise<void> {
  const { columns, target, inputs, targets, lines, leftOut } = readTable(
    readCsv(await readText(file)),
    wanted,
  );
  torch.manualSeed(seed);
  const order = torch.randperm(targets.length).tolist() as number[];
  const kept = Math.floor(targets.length / 5);
  const [test, train] = [order.slice(0, kept).sort((a, b) => a - b), order.slice(kept)];
  const of = <T>(values: T[], rows: number[]) => rows.map((i) => values[i] as T);
  console.log(`${target} from ${columns.join(", ")}`);
  console.log(
    `${train.length} rows to learn from, ${kept} to test with, ${leftOut} left out: a field is empty`,
  );

  const every = Math.ceil(epochs / 5);
  const model = new Regression(of(inputs, train), of(targets, train), epochs, (epoch, loss) => {
    if (epoch % every === 0 || epoch === epochs) console.log(`epoch ${epoch} loss ${loss.toFixed(4)}`);
  });
  const predictions = model.predict(of(inputs, test));
  report(predictions, of(targets, test), mean(of(targets, train)));

  const header = ["row", target, "predicted", "low", "high"];
  const rows = predictions.map(({ mean, deviation }, i) => {
    const [row, half] = [test[i] as number, intervals["90 %"] * deviation];
    return [
      lines[row],
      targets[row],
      ...[mean, mean - half, mean + half].map((x) => x.toPrecision(6)),
    ] as number[];
  });
  await writeText(out, writeCsv([header, ...rows]));
  console.log(`predictions in ${out}`);
}

/** How far off the predictions are, and whether they are as sure as they may be. */
function report(predictions: Prediction[], targets: number[], always: number): void {
  const off = predictions.map(({ mean }, i) => (targets[i] as number) - mean);
  const plain = targets.map((target) => target - always);
  console.log(
    `off by ${size(off).toPrecision(4)}; by ${size(plain).toPrecision(4)} if the mean were always said`,
  );
  for (const [name, width] of Object.entries(intervals)) {
    const inside = off.filter((x, i) => Math.abs(x) <= width * (predictions[i]?.deviation as number));
    console.log(
      `its ${name} intervals hold ${((100 * inside.length) / off.length).toFixed(0)} % of the values`,
    );
  }
}

const mean = (values: number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
/** The root of the mean square. */
const size = (values: number[]): number => Math.sqrt(mean(values.map((x) => x * x)));

async function readText(file: string): Promise<string> {
  try {
    return await Bun.file(file).text();
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

async function writeText(file: string, text: string): Promise<void> {
  try {
    await Bun.write(file, text);
  } catch (error) {
    throw new UserError(`cannot write ${file}: ${(error as Error).message}`);
  }
}

try {
  const options = readOptions(Bun.argv.slice(2));
  if (options === null) console.log(usage.trimEnd());
  else await main(options);
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  console.error(error.message);
  process.exit(2);
}
