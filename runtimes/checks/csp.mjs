/**
 * Pages under a Content-Security-Policy, in Chromium and Firefox: with 'wasm-unsafe-eval' and nothing else the library works; without
 * it the error says so and names device "reference", on which training then goes on.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join, normalize } from "node:path";
import { chromiumFlags, here } from "../context.mjs";

const policies = {
  allowed: "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'",
  forbidden: "default-src 'none'; script-src 'self'; connect-src 'self'",
};
const PATIENCE_MS = 120_000;

export async function run(context) {
  const folder = context.project("csp");
  const programs = Object.fromEntries(
    ["whole.js", "lean.js", "train.js"].map((name) => [
      `/${name}`,
      readFileSync(join(here, "csp", name), "utf8"),
    ]),
  );
  const waiting = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const [, policy, browser, page] = pathname.split("/");
    if (request.method === "POST") {
      let body = "";
      request
        .on("data", (part) => (body += part))
        .on("end", () => {
          waiting.get(decodeURIComponent(pathname.slice(1)))?.(JSON.parse(body));
          response.end();
        });
    } else if (policies[policy] && page) {
      // Browser and page are in the address so that the result can say whose it is.
      response.setHeader("content-type", "text/html");
      response.setHeader("content-security-policy", policies[policy]);
      response.end(
        `<!doctype html><title>${browser}</title><script type="module" src="/${page}.js"></script>`,
      );
    } else {
      const path = join(folder, "node_modules", normalize(pathname));
      response.setHeader("content-type", "text/javascript");
      try {
        response.end(programs[pathname] ?? readFileSync(path));
      } catch {
        response.writeHead(404).end();
      }
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  context.onClose(() => server.close());
  const origin = `http://127.0.0.1:${server.address().port}`;

  const browsers = {};
  if (context.chromium()) browsers.chromium = openChromium;
  if (context.firefox()) browsers.firefox = openFirefox;
  for (const [browser, open] of Object.entries(browsers)) {
    const show = (policy, page) => {
      const path = `${policy}/${browser}/${page}`;
      return new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`${path}: no result after ${PATIENCE_MS / 1000} s`)),
          PATIENCE_MS,
        );
        waiting.set(path, (result) => {
          clearTimeout(timer);
          resolve(result);
        });
        open(context, `${origin}/${path}`).catch(reject);
      });
    };
    for (const page of ["whole", "lean"]) {
      const losses = await context.check(
        `${browser}: ${page} works with 'wasm-unsafe-eval' and nothing else`,
        async () => {
          const { error, losses, device } = await show("allowed", page);
          assert.deepEqual({ error, device }, { error: null, device: "cpu" });
          assert.ok(losses.at(-1) < losses[0] / 2, losses.join());
          return losses;
        },
      );
      await context.check(
        `${browser}: ${page} says what is missing without it, and trains on "reference"`,
        async () => {
          const result = await show("forbidden", page);
          assert.match(result.error, /^DeviceError: device "cpu": this host refuses to compile WebAssembly/);
          assert.match(
            result.error,
            /Content-Security-Policy allow 'wasm-unsafe-eval', or use device "reference"/,
          );
          assert.match(result.error, /setDefaultDevice\("reference"\) after import "wasmgrad\/reference"/);
          assert.deepEqual([result.device, result.missing], ["reference", page === "lean"]);
          // The twins of the kernels add in another order.
          result.losses.forEach((loss, i) =>
            assert.ok(Math.abs(loss - losses[i]) < 1e-4, `${loss} ≠ ${losses[i]}`),
          );
        },
      );
    }
  }
}

let chromium;
async function openChromium(context, url) {
  chromium ??= (async () => {
    const tools = context.project("playwright", {}, { "playwright-core": "1.65.1" });
    const { default: playwright } = await import(join(tools, "node_modules/playwright-core/index.js"));
    const browser = await playwright.chromium.launch({
      executablePath: context.chromium(),
      args: chromiumFlags,
    });
    context.onClose(() => browser.close());
    return browser;
  })();
  const page = await (await chromium).newPage();
  page.on("pageerror", (error) => console.log(`page: ${error}`));
  await page.goto(url);
}

/** playwright-core cannot drive Debian's Firefox; a page that sends its result needs no driver. */
async function openFirefox(context, url) {
  const profile = mkdtempSync(join(tmpdir(), "wasmgrad-firefox-"));
  writeFileSync(
    join(profile, "user.js"),
    'user_pref("network.captive-portal-service.enabled", false);\nuser_pref("app.update.enabled", false);\n',
  );
  const browser = spawn(context.firefox(), ["--headless", "--no-remote", "--profile", profile, url], {
    stdio: "ignore",
  });
  context.onClose(async () => {
    const ended = new Promise((resolve) => browser.once("exit", resolve));
    if (browser.exitCode === null && browser.kill()) await ended;
    rmSync(profile, { recursive: true, force: true });
  });
  await new Promise((resolve, reject) => browser.once("spawn", resolve).once("error", reject));
}
