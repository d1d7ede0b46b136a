/** What the command line asks for. */
import { parseArgs } from "node:util";
import { suiteNames } from "./suites/index.js";
import { workloads } from "./workloads/index.js";

export const reportNames = ["forms", "memory", "dispatch", "startup"] as const;

export const usage = `npm run bench -- [NAME...] [--json FILE] [--threads N] [--steps N] [--list]
npm run bench -- --suite [SUITE...]

Without names: all workloads and reports. With --suite: kernels of "cpu" beside those of "reference".

  --json FILE   write all that was measured
  --threads N   how many threads compute (1; more are not there yet)
  --steps N     steps of each loop of the report "memory" (5000)
  --list        print the names of workloads, reports and suites
  --help        print this

The environment variable BENCH_CORE says which core to use (1).
`;

export interface Options {
  /** Workloads and reports, or suites. */
  names: string[];
  suite: boolean;
  list: boolean;
  help: boolean;
  steps: number;
  json?: string;
}

/** A mistake of the caller's: one line, exit status 2. */
export class UsageError extends Error {}

/** @throws UsageError if an option, a name or a value is unknown */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const { suite = false, list = false, help = false, steps = "5000", threads = "1", json } = values;
  if (threads !== "1")
    throw new UsageError(`--threads: the library computes on one thread so far: got "${threads}"`);
  if (suite && json !== undefined) throw new UsageError("--json: suites are only printed");
  const known: readonly string[] = suite
    ? suiteNames
    : [...workloads.map(({ name }) => name), ...reportNames];
  for (const name of positionals)
    if (!known.includes(name))
      throw new UsageError(`unknown ${suite ? "suite" : "workload"} "${name}": --list shows those there are`);
  if (!/^[1-9]\d*$/.test(steps)) throw new UsageError(`--steps: expected a number from 1: got "${steps}"`);
  return {
    names: positionals.length ? positionals : [...known],
    suite,
    list,
    help,
    steps: Number(steps),
    json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        suite: { type: "boolean" },
        list: { type: "boolean" },
        help: { type: "boolean" },
        steps: { type: "string" },
        threads: { type: "string" },
        json: { type: "string" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
