/** Writes runtimes/expected.json from what this Node computes with the built library: `node runtimes/expect.mjs`, named in CHANGELOG. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Context, here } from "./context.mjs";
import { commandHost } from "./hosts/command.mjs";
import { makeProject } from "./project.mjs";

const context = new Context();
try {
  const folder = await makeProject(context);
  const { error, result } = await commandHost("node", "", [process.execPath], folder).run("determinism");
  if (error) throw new Error(error);
  writeFileSync(join(here, "expected.json"), `${JSON.stringify(result, null, 2)}\n`);
  console.log(result.sha256);
} finally {
  await context.close();
}
