/**
 * @file Replays vectors taken from PyTorch: `npm run oracle -- [--device D] [--verbose] [--failures N] FILE...`
 *
 * Prints a line a file, `name: passed/total (n skipped)`, and the totals. What the library does not have is skipped.
 */
import { basename } from "node:path";
import type { DeviceName } from "../../src/backend/backend.js";
import { replayFile } from "./file.js";
import type { Report } from "./report.js";

interface Options {
  device: DeviceName;
  verbose: boolean;
  failures: number;
  files: string[];
}

function readOptions(words: readonly string[]): Options {
  const options: Options = { device: "cpu", verbose: false, failures: Number.POSITIVE_INFINITY, files: [] };
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--verbose") options.verbose = true;
    else if (word === "--device") options.device = (words[++i] ?? "") as DeviceName;
    else if (word === "--failures") [options.verbose, options.failures] = [true, Number(words[++i])];
    else if (word.startsWith("--")) usage(`unknown option ${word}`);
    else options.files.push(word);
  }
  if (!["cpu", "reference"].includes(options.device)) usage(`unknown device ${options.device}`);
  if (Number.isNaN(options.failures)) usage("--failures takes a number");
  if (!options.files.length) usage("no files");
  return options;
}

function usage(problem: string): never {
  console.error(
    `oracle: ${problem}; usage: npm run oracle -- [--device cpu|reference] [--verbose] [--failures N] FILE...`,
  );
  process.exit(2);
}

function main(): void {
  const { device, verbose, failures, files } = readOptions(process.argv.slice(2));
  let [passed, failed, skipped] = [0, 0, 0];
  for (const file of files.filter((path) => basename(path) !== "index.json")) {
    let report: Report;
    try {
      report = replayFile(file, device);
    } catch (error) {
      console.error(`oracle: ${file}: ${error instanceof Error ? error.message : error}`);
      process.exit(2);
    }
    console.log(String(report));
    passed += report.passed;
    failed += report.failed;
    skipped += report.skipped;
    if (!verbose) continue;
    for (const { row, message } of report.failures.slice(0, failures)) console.log(`  ${row}: ${message}`);
    for (const [reason, count] of report.skips) console.log(`  skipped ${count}: ${reason}`);
  }
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  process.exitCode = failed ? 1 : 0;
}

main();
