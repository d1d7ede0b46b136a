/** Browsers: a page loads the package's modules as they are, runs a program and posts what it gives. */
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromiumFlags, readJson } from "../context.mjs";
import { before, start } from "./process.mjs";

const types = { ".js": "text/javascript", ".mjs": "text/javascript", ".html": "text/html" };

/** The page; its import map says what the package's `exports` say of the condition "default". */
function page(folder) {
  const { exports } = readJson(join(folder, "node_modules/wasmgrad/package.json"));
  const imports = Object.entries(exports)
    .filter(([, paths]) => paths.default)
    .map(([entry, paths]) => [
      entry.replace(".", "wasmgrad"),
      `/node_modules/wasmgrad/${paths.default.slice(2)}`,
    ]);
  return `<!doctype html>
<meta charset="utf-8">
<link rel="icon" href="data:,">
<script type="importmap">${JSON.stringify({ imports: Object.fromEntries(imports) })}</script>
<script type="module">
  import { runProgram } from "/programs/main.mjs";
  const program = new URLSearchParams(location.search).get("program");
  await fetch("/result", { method: "POST", body: JSON.stringify(await runProgram(program)) });
</script>`;
}

/** Serves the folder on a free port; `result` is the next result that is posted. */
async function serve(folder) {
  const html = page(folder);
  let posted;
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    if (request.method === "POST") {
      let body = "";
      request.setEncoding("utf8").on("data", (text) => {
        body += text;
      });
      request.on("end", () => {
        response.end();
        posted(body);
      });
    } else if (path === "/") response.writeHead(200, { "content-type": "text/html" }).end(html);
    else
      try {
        const bytes = readFileSync(join(folder, path));
        response
          .writeHead(200, { "content-type": types[extname(path)] ?? "application/octet-stream" })
          .end(bytes);
      } catch {
        response.writeHead(404).end();
      }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    close: () => server.close(),
    result: () =>
      new Promise((resolve) => {
        posted = resolve;
      }),
  };
}

/** `argumentsOf` gives the command line from a new, empty profile and the page's address. */
function browserHost(context, name, version, command, folder, argumentsOf) {
  let server;
  async function run(program) {
    if (!server) {
      server = await serve(folder);
      context.onClose(server.close);
    }
    const profile = mkdtempSync(join(folder, `${name}-`));
    const result = server.result();
    const host = start(command, argumentsOf(profile, `${server.url}?program=${program}`), {
      env: { ...process.env, HOME: profile },
    });
    return JSON.parse(await before(host, result));
  }
  return { name, version, run };
}

export const chromiumHost = (context, version, command, folder) =>
  browserHost(context, "chromium", version, command, folder, (profile, url) => [
    "--headless",
    ...chromiumFlags,
    `--user-data-dir=${profile}`,
    url,
  ]);

/** What keeps Firefox from asking the network, and from pages of its own. */
const preferences = {
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.aboutwelcome.enabled": false,
  "browser.region.network.url": "",
  "browser.safebrowsing.malware.enabled": false,
  "browser.safebrowsing.phishing.enabled": false,
  "browser.search.update": false,
  "browser.shell.checkDefaultBrowser": false,
  "captivedetect.canonicalURL": "",
  "datareporting.policy.dataSubmissionEnabled": false,
  "dom.max_script_run_time": 0,
  "extensions.getAddons.cache.enabled": false,
  "extensions.update.enabled": false,
  "media.gmp-manager.updateEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,",
  "toolkit.telemetry.enabled": false,
};

export const firefoxHost = (context, version, command, folder) =>
  browserHost(context, "firefox", version, command, folder, (profile, url) => {
    const lines = Object.entries(preferences).map(
      ([key, value]) => `user_pref("${key}", ${JSON.stringify(value)});\n`,
    );
    writeFileSync(join(profile, "user.js"), lines.join(""));
    return ["--headless", "--no-remote", "--profile", profile, url];
  });
