/** What the command line of `npm run bench:peers` asks for. */
import { parseArgs } from "node:util";
import { UsageError } from "../options.js";
import { workloads } from "../workloads/index.js";
import { peerNames } from "./peers.js";

export const usage = `npm run bench:peers -- [NAME...] [--peers A,B] [--json FILE]

Without names: all workloads and the report "startup". Installs the libraries that npm has into bench/peers.

  --peers A,B   only these: ${peerNames.join(", ")}
  --json FILE   write all that was measured
  --help        print this

The environment variable BENCH_CORE says which core to use (1), PYTHON which Python has PyTorch (/usr/bin/python3).
`;

export const startup = "startup";

export interface Options {
  /** Workloads, and `startup`. */
  names: string[];
  peers: string[];
  help: boolean;
  json?: string;
}

/** @throws UsageError if an option, a name or a peer is unknown */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const names = known("workload", positionals, [...workloads.map(({ name }) => name), startup]);
  const peers = known("peer", values.peers?.split(",") ?? [], peerNames);
  return { names, peers, help: values.help ?? false, json: values.json };
}

/** `asked`, or everything if nothing is asked for. */
function known(what: string, asked: string[], all: readonly string[]): string[] {
  for (const name of asked)
    if (!all.includes(name)) throw new UsageError(`unknown ${what} "${name}": there are ${all.join(", ")}`);
  return asked.length ? asked : [...all];
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { peers: { type: "string" }, json: { type: "string" }, help: { type: "boolean" } },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
