/** Entry of `npm run bench:peers`: the workloads done by wasmgrad and by other libraries, side by side. */
import { appendFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { UsageError } from "../options.js";
import { whereItRuns } from "../pinned.js";
import { workloads } from "../workloads/index.js";
import { type Options, parseOptions, startup, usage } from "./options.js";
import { ours, startable, versions } from "./peers.js";
import { ask, environment } from "./process.js";
import type { Answer } from "./serve.js";
import { compareStartup, type StartupRow } from "./startup.js";
import { agrees, header, legend, row } from "./table.js";

/** What --json writes. */
interface Report {
  node: string;
  cpu: string;
  about: Record<string, string>;
  /** Answers of each library. */
  answers: Record<string, Answer[]>;
  startup?: StartupRow[];
}

async function compare({ names, peers, json }: Options): Promise<void> {
  if (json !== undefined) appendFileSync(json, "");
  const cpu = cpus()[0]?.model ?? "unknown processor";
  console.log(`Node ${process.version}, ${cpu}, ${whereItRuns}`);
  const libraries = [ours, ...startable(peers, environment)];
  const report: Report = { node: process.version, cpu, about: {}, answers: {} };
  const chosen = workloads.filter(({ name }) => names.includes(name));
  if (chosen.length) console.log(`\n${header(libraries.map(({ name }) => name))}`);
  for (const group of new Set(chosen.map((workload) => workload.group))) {
    const members = chosen.filter((workload) => workload.group === group).map(({ name }) => name);
    const columns: Answer[][] = [];
    for (const library of libraries) {
      const { answers, about } = await ask(library, members);
      columns.push(answers);
      (report.answers[library.name] ??= []).push(...answers);
      if (about !== undefined) report.about[library.name] = about;
    }
    for (const [i, name] of members.entries())
      console.log(
        row(
          name,
          columns.map((answers) => answers[i]!),
        ),
      );
  }
  if (chosen.length) notes(report);
  if (names.includes(startup)) report.startup = await compareStartup(libraries);
  if (json !== undefined) writeFileSync(json, JSON.stringify(report, null, 1) + "\n");
}

/** What the cells of the table have no room for. */
function notes({ about, answers }: Report): void {
  console.log(`\n${legend}`);
  console.log(`from npm: ${versions()}`);
  for (const [name, text] of Object.entries(about)) console.log(`${name}: ${text}`);
  for (const [name, list] of Object.entries(answers))
    for (const answer of list) {
      if ("error" in answer) console.log(`${name} ${answer.name}: ${answer.error}`);
      if (!agrees(answer)) console.log(`${name} ${answer.name}: the result is not PyTorch's`);
    }
}

try {
  const options = parseOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else await compare(options);
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`bench:peers: ${error.message}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
