/** examples/browser as a user has it, the packed library installed; its server; and what a person does on the page. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, extname, join, normalize } from "node:path";
import { chromiumFlags, readJson, root } from "./context.mjs";

/** A copy of the example with the digits beside it, installed; its folder. */
export function copyExample(context) {
  const copy = mkdtempSync(join(tmpdir(), "wasmgrad-browser-"));
  const keep = (path) => !["node_modules", "dist"].includes(basename(path));
  for (const name of ["browser", "digits"])
    cpSync(join(root, "examples", name), join(copy, name), { recursive: true, filter: keep });
  const folder = join(copy, "browser");
  context.sh("npm", ["install", "--no-audit", "--no-fund", `wasmgrad@file:${context.tarball}`], {
    cwd: folder,
  });
  const { dependencies } = readJson(join(folder, "package.json"));
  assert.match(dependencies.wasmgrad, /\.tgz$/);
  return folder;
}

const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };

/** Serves the files of `folder` below /page/, every response with the policy; the page's address. */
export async function serve(context, folder, policy) {
  const server = createServer(({ url }, response) => {
    const path = normalize(url.replace(/\?.*/, "").replace(/\/$/, "/index.html"));
    const file = path.startsWith("/page/") && join(folder, path.slice("/page/".length));
    if (!file || !existsSync(file)) return response.writeHead(404).end();
    const headers = { "content-type": types[extname(file)], "content-security-policy": policy };
    return response.writeHead(200, headers).end(readFileSync(file));
  });
  await new Promise((resolve) => {
    server.listen(0, "localhost", resolve);
  });
  context.onClose(() => server.close());
  return `http://localhost:${server.address().port}/page/`;
}

/** Vite's development server in the example's folder; its address. */
export async function develop(context, folder) {
  const server = spawn("node", ["node_modules/vite/bin/vite.js", "--host", "localhost", "--port", "0"], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: "1" },
  });
  context.onClose(() => server.kill());
  let said = "";
  return new Promise((resolve, reject) => {
    const listen = (data) => {
      said += data;
      const address = /http:\/\/localhost:\d+\//.exec(said);
      if (address) resolve(address[0]);
    };
    server.stdout.on("data", listen);
    server.stderr.on("data", listen);
    server.on("exit", () => reject(new Error(said)));
  });
}

/** Debian's Chromium, driven by playwright-core. */
export async function launch(context, executablePath) {
  const driver = context.project("browser-driver", {}, { "playwright-core": "1.65.1" });
  const { chromium } = createRequire(join(driver, "package.json"))("playwright-core");
  const browser = await chromium.launch({ executablePath, args: chromiumFlags });
  context.onClose(() => browser.close());
  return browser;
}

/** Strokes, in shares of the pad's side. */
export const strokes = {
  0: [circle(0.5, 0.5, 0.24, 0.34)],
  1: [
    [
      [0.36, 0.3],
      [0.52, 0.15],
      [0.52, 0.85],
    ],
  ],
  7: [
    [
      [0.25, 0.2],
      [0.74, 0.2],
      [0.42, 0.84],
    ],
  ],
};

function circle(x, y, width, height) {
  return Array.from({ length: 33 }, (_, i) => {
    const angle = (-i / 32) * 2 * Math.PI - Math.PI / 2;
    return [x + width * Math.cos(angle), y + height * Math.sin(angle)];
  });
}

/** Places on the screen of places on the pad. */
async function placer(page) {
  const pad = page.getByRole("application", { name: "Drawing area" });
  await pad.scrollIntoViewIfNeeded();
  const { x, y, width, height } = await pad.boundingBox();
  return ([u, v]) => [x + u * width, y + v * height];
}

export async function drawWithMouse(page, lines) {
  await page.getByRole("button", { name: "Clear" }).click();
  const place = await placer(page);
  for (const [first, ...rest] of lines) {
    await page.mouse.move(...place(first));
    await page.mouse.down();
    for (const point of rest) await page.mouse.move(...place(point), { steps: 6 });
    await page.mouse.up();
  }
}

export async function drawWithFinger(page, lines) {
  await page.getByRole("button", { name: "Clear" }).tap();
  const place = await placer(page);
  const session = await page.context().newCDPSession(page);
  const touch = (type, points) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y]) => ({ x, y })) });
  for (const [first, ...rest] of lines) {
    await touch("touchStart", [place(first)]);
    for (const point of rest) await touch("touchMove", [place(point)]);
    await touch("touchEnd", []);
  }
}

/** Waits until the page reads the drawing as `digit`. */
export async function reads(page, digit) {
  const best = page.locator(".bars .best b");
  try {
    await page.locator(".bars .best b", { hasText: String(digit) }).waitFor();
  } catch {
    assert.fail(`expected to be read as ${digit}, is read as ${await best.textContent()}`);
  }
  assert.equal(await page.locator("#answer").textContent(), String(digit));
  const shares = await page.locator(".bars span").allTextContents();
  assert.equal(shares.length, 10);
  const sum = shares.reduce((total, text) => total + Number(/[\d.]+(?= %$)/.exec(text)[0]), 0);
  assert.ok(Math.abs(sum - 100) < 1.1, `the shares are ${shares.join(", ")}`);
}

/** Presses Tab until the element has the focus. */
export async function tabTo(page, selector) {
  for (let i = 0; i < 40; i++) {
    if (await page.locator(selector).evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

/** Nothing reaches beyond the window, so that nothing scrolls sideways. */
export async function fits(page) {
  const { scrollWidth, width, beyond } = await page.evaluate(() => ({
    scrollWidth: document.documentElement.scrollWidth,
    width: innerWidth,
    beyond: [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 0.5)
      .map((element) => element.outerHTML.slice(0, 80)),
  }));
  assert.deepEqual(beyond, []);
  assert.equal(scrollWidth, width);
}
