/** Runtimes that are commands: node, bun, deno, and node under an emulator of another processor. */
import { before, start } from "./process.mjs";

/** `prefix` are the words of the command before the file it runs. */
export function commandHost(name, version, [command, ...prefix], folder) {
  async function run(program) {
    const host = start(command, [...prefix, "programs/command.mjs", program], { cwd: folder });
    const finished = host.ended.then((code) => {
      if (code !== 0) throw new Error(`it ended with ${code}\n${host.said.out}\n${host.said.err}`);
      return JSON.parse(host.said.out.trimEnd().split("\n").at(-1));
    });
    return before({ ...host, ended: new Promise(() => {}) }, finished);
  }
  return { name, version, run };
}
