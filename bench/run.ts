/** Entry of `npm run bench`: workloads and reports, or suites, each in a pinned process. */
import { appendFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { type Options, parseOptions, reportNames, UsageError, usage } from "./options.js";
import { pinned, runPinned, whereItRuns } from "./pinned.js";
import type { DispatchResult } from "./reports/dispatch.js";
import type { FormResult } from "./reports/forms.js";
import type { LoopResult } from "./reports/loop.js";
import { reportMemory } from "./reports/memory.js";
import { reportStartup, type StartupReport } from "./reports/startup.js";
import { suiteNames } from "./suites/index.js";
import { type GroupResult, header } from "./timing.js";
import { workloads } from "./workloads/index.js";

/** What --json writes. */
interface Report {
  node: string;
  cpu: string;
  pinned: boolean;
  groups: Record<string, GroupResult>;
  forms?: FormResult[];
  memory?: LoopResult[];
  dispatch?: DispatchResult[];
  startup?: StartupReport;
}

async function main(args: readonly string[]): Promise<void> {
  const options = parseOptions(args);
  if (options.help) process.stdout.write(usage);
  else if (options.list) list();
  else {
    const cpu = cpus()[0]?.model ?? "unknown processor";
    console.log(`Node ${process.version}, ${cpu}, ${whereItRuns}\n`);
    if (options.suite) await runPinned("suite", options.names);
    else await bench(options, cpu);
  }
}

async function bench({ names, json, steps }: Options, cpu: string): Promise<void> {
  // A file that cannot be written is told of now, not after minutes.
  if (json !== undefined) appendFileSync(json, "");
  const report: Report = { node: process.version, cpu, pinned, groups: {} };
  const chosen = workloads.filter(({ name }) => names.includes(name));
  if (chosen.length) console.log(header);
  for (const group of new Set(chosen.map((workload) => workload.group))) {
    const members = chosen.filter((workload) => workload.group === group).map(({ name }) => name);
    report.groups[group] = await runPinned("time", members);
  }
  if (names.includes("forms")) report.forms = await runPinned("forms", []);
  if (names.includes("memory")) report.memory = await reportMemory(steps);
  if (names.includes("dispatch")) report.dispatch = await runPinned("dispatch", []);
  if (names.includes("startup")) report.startup = await reportStartup();
  if (json !== undefined) writeFileSync(json, JSON.stringify(report, null, 1) + "\n");
  const wrong = Object.values(report.groups).flatMap(({ results }) =>
    results.filter(({ agrees }) => !agrees),
  );
  if (wrong.length) throw new Error(`wrong results: ${wrong.map(({ name }) => name).join(", ")}`);
}

function list(): void {
  for (const { name, group } of workloads) console.log(`${name.padEnd(20)}${group}`);
  for (const name of reportNames) console.log(`${name.padEnd(20)}report`);
  for (const name of suiteNames) console.log(`${name.padEnd(20)}suite`);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
