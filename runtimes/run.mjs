/**
 * `npm run runtimes [-- CHECK...]`: the packed library in every runtime, its examples from end to end, and its packaging.
 *
 * Each file of checks/ is a check; this one packs the library, installs the tools into runtimes/node_modules, runs the checks one
 * after the other and prints `N passed, N failed`, also into build/runtimes.json. What a machine cannot do (browsers without apt) is
 * skipped in one clear line.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { Context } from "./context.mjs";

const wanted = process.argv.slice(2);
const known = readdirSync(new URL("checks/", import.meta.url))
  .filter((file) => file.endsWith(".mjs"))
  .map((file) => file.replace(".mjs", ""))
  .sort();
for (const name of wanted)
  if (!known.includes(name)) {
    console.error(`runtimes: unknown check "${name}"; there are ${known.join(", ")}`);
    process.exit(2);
  }

const context = new Context();
try {
  for (const name of wanted.length > 0 ? wanted : known) {
    console.log(`\n── ${name} ──`);
    const { run } = await import(`./checks/${name}.mjs`);
    await context.check(`${name}: runs to its end`, () => run(context));
  }
} finally {
  await context.close();
}

const { passed, failed } = context;
mkdirSync("build", { recursive: true });
writeFileSync("build/runtimes.json", JSON.stringify({ passed, failed }));
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
