/** Copies, serves and packs examples/worker for its check. */
import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./context.mjs";
import { tool } from "./tools.mjs";

/** A copy of the example that has installed the packed library and its own dependencies; beside it what draws its pictures. */
export function copyWorker(context) {
  const scratch = mkdtempSync(join(tmpdir(), "wasmgrad-worker-"));
  context.onClose(() => rmSync(scratch, { recursive: true, force: true }));
  const folder = join(scratch, "examples/worker");
  const own = (path) => !/worker\/(node_modules|build)/.test(path);
  cpSync(join(root, "examples/worker"), folder, { recursive: true, filter: own });
  cpSync(join(root, "build/examples"), join(scratch, "build/examples"), { recursive: true });
  writeFileSync(join(scratch, "package.json"), '{ "type": "module" }');
  const path = join(folder, "package.json");
  const text = readFileSync(path, "utf8").replace("file:../..", `file:${context.tarball}`);
  writeFileSync(path, text);
  context.sh("npm", ["install", "--no-audit", "--no-fund"], { cwd: folder });
  return folder;
}

/** Serves a configuration with the example's own workerd on a free port, until the end. */
export async function serve(context, folder, config) {
  const args = ["serve", config, "--socket-addr", "http=127.0.0.1:0", "--control-fd=1"];
  // npm's workerd is a script that starts the program; a group of their own lets both be ended.
  const child = spawn("node_modules/.bin/workerd", args, {
    cwd: folder,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  context.onClose(async () => {
    if (child.exitCode === null) process.kill(-child.pid);
    await exited;
  });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, port } = JSON.parse(line);
    if (event === "listen") return { url: `http://127.0.0.1:${port}`, pid: child.pid };
  }
  throw new Error(`workerd did not start: ${said}`);
}

/** What `wrangler deploy` would upload, and a configuration that serves it. */
export function wranglerConfig(context, folder) {
  const wrangler = context.project("wrangler", {}, { wrangler: "4.164.0" });
  // This version of wrangler needs Node 22.
  const program = join(wrangler, "node_modules/wrangler/bin/wrangler.js");
  const env = { ...process.env, WRANGLER_SEND_METRICS: "false" };
  context.sh(tool(context, "node22"), [program, "deploy", "--dry-run", "--outdir", "upload"], {
    cwd: folder,
    env,
  });
  const kinds = { ".js": "esModule", ".wasm": "wasm", ".safetensors": "data" };
  const modules = readdirSync(join(folder, "upload"))
    .filter((file) => /\.(js|wasm|safetensors)$/.test(file))
    .sort((a, b) => Number(b.endsWith(".js")) - Number(a.endsWith(".js")))
    .map((file) => `(name = "${file}", ${kinds[/\.\w+$/.exec(file)[0]]} = embed "upload/${file}")`);
  const own = readFileSync(join(folder, "config.capnp"), "utf8");
  writeFileSync(
    join(folder, "upload.capnp"),
    own.replace(/modules = \[[\s\S]*?\n {2}\]/, `modules = [${modules.join(",\n")}]`),
  );
  return "upload.capnp";
}
