/**
 * Every program in every runtime: each pair is one check. The determinism run must give the hash in expected.json everywhere, bit
 * for bit; docs/runtimes.md says what it covers.
 */
import { join } from "node:path";
import { here, readJson } from "../context.mjs";
import { arm64Node } from "../emulator.mjs";
import { chromiumHost, firefoxHost } from "../hosts/browser.mjs";
import { commandHost } from "../hosts/command.mjs";
import { workerdHost } from "../hosts/workerd.mjs";
import { makeProject } from "../project.mjs";
import { tool, tools } from "../tools.mjs";

const programs = ["smoke", "lean", "oracle", "determinism"];
const expected = readJson(join(here, "expected.json"));

/** What starts each runtime; null where the machine cannot have it, after a line that said why. */
function runtimes(context, folder) {
  const ofTool = (name, words) => () =>
    commandHost(name, tools[name].version, [tool(context, name), ...words], folder);
  const node = (name) => () =>
    commandHost(`node ${process.arch}`, tools[name].version, [tool(context, name)], folder);
  const workerd = (date) => () =>
    workerdHost(`workerd as of ${date}`, tools.workerd.version, tool(context, "workerd"), folder, date);
  const browser = (name, host) => () => {
    const command = context[name]();
    if (!command) return null;
    const version = /[\d.]+/.exec(context.sh(command, ["--version"]))[0];
    return host(context, version, command, folder);
  };
  return {
    "this node": () => commandHost(`node ${process.arch}`, process.versions.node, [process.execPath], folder),
    node22: node("node22"),
    node24: node("node24"),
    node26: node("node26"),
    "node arm64": () => {
      const words = arm64Node(context);
      return words && commandHost("node arm64 (emulated)", tools.node24.version, words, folder);
    },
    bun: ofTool("bun", []),
    deno: ofTool("deno", ["run", "--allow-all"]),
    workerd: workerd("2026-09-01"),
    // Its .wasm imports need no date; FinalizationRegistry, which finds dead tensors, came later.
    "old workerd": workerd("2024-01-01"),
    chromium: browser("chromium", chromiumHost),
    firefox: browser("firefox", firefoxHost),
  };
}

/** @throws Error that names the parts in which the bits differ */
function checkHash({ sha256, parts }) {
  if (sha256 === expected.sha256) return;
  const names = [...new Set([...Object.keys(expected.parts), ...Object.keys(parts)])];
  const different = names.filter((name) => parts[name] !== expected.parts[name]);
  throw new Error(`${sha256}, expected ${expected.sha256}; these differ: ${different.join(", ")}`);
}

const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];

async function runAll(context, host) {
  const begun = performance.now();
  const starts = [];
  let hash = "-";
  for (const program of programs)
    await context.check(`${host.name} ${host.version}: ${program}`, async () => {
      const { error, coldStart, result } = await host.run(program);
      if (error) throw new Error(error);
      if (program !== "lean") starts.push(coldStart);
      if (program !== "determinism") return;
      hash = result.sha256.slice(0, 12);
      checkHash(result);
    });
  const took = (performance.now() - begun) / 1000;
  return [
    host.name,
    host.version,
    hash,
    starts.length > 0 ? median(starts).toFixed(0) : "-",
    took.toFixed(1),
  ];
}

function printTable(rows) {
  const table = [["runtime", "version", "hash", "cold start, ms", "programs, s"], ...rows];
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join("  ")
        .trimEnd(),
    );
}

export async function run(context) {
  const folder = await makeProject(context);
  const rows = [];
  for (const [name, make] of Object.entries(runtimes(context, folder))) {
    const host = await context.check(`${name}: starts`, make);
    if (host) rows.push(await runAll(context, host));
  }
  printTable(rows);
}
