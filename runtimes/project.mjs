/** A project with the packed library and the programs, that any runtime can open. */
import { cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { here, readJson } from "./context.mjs";
import { bundleOracle } from "./oracle/bundle.mjs";

/** What stands under a name: a class, and what it calls itself, or of which type it is. */
const kindOf = (value) =>
  typeof value === "function" && /^class\b/.test(Function.prototype.toString.call(value))
    ? { class: value.name }
    : { type: typeof value };

/** By specifier, the names that an entry of the package must have: those of the plain modules, which nothing has bundled. */
async function entriesOf(library) {
  const entries = {};
  for (const [entry, paths] of Object.entries(readJson(join(library, "package.json")).exports)) {
    if (!paths.default) continue;
    const names = await import(pathToFileURL(join(library, paths.default)).href);
    entries[entry.replace(".", "wasmgrad")] = Object.fromEntries(
      Object.entries(names).map(([name, value]) => [name, kindOf(value)]),
    );
  }
  return entries;
}

export async function makeProject(context) {
  const folder = context.project("runtimes");
  const programs = join(folder, "programs");
  cpSync(join(here, "programs"), programs, { recursive: true });
  const entries = await entriesOf(join(folder, "node_modules/wasmgrad"));
  writeFileSync(join(programs, "entries.mjs"), `export const entries = ${JSON.stringify(entries)};\n`);
  await bundleOracle(join(programs, "oracle.mjs"));
  return folder;
}
