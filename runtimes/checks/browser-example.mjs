/** examples/browser from the packed library: built by Vite, served under a strict policy, and used in Chromium as people would. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import {
  copyExample,
  develop,
  drawWithFinger,
  drawWithMouse,
  fits,
  launch,
  reads,
  serve,
  strokes,
  tabTo,
} from "../browser-page.mjs";
import { root } from "../context.mjs";

const policy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src data:";

export async function run(context) {
  const chromium = context.chromium();
  if (!chromium) return;
  const folder = copyExample(context);
  context.onClose(() => rmSync(dirname(folder), { recursive: true }));
  const check = (name, body) => context.check(`browser: ${name}`, body);

  await check("npm run build type-checks it and writes plain files", () => {
    context.sh("npm", ["run", "build"], { cwd: folder });
    const html = readFileSync(join(folder, "dist/index.html"), "utf8");
    assert.doesNotMatch(html, /(src|href)="(https?:|\/)/);
    assert.equal(readdirSync(join(folder, "dist/assets")).length, 3);
  });
  const node = await trainInNode(context, folder);
  const browser = await launch(context, chromium);
  const url = await serve(context, join(folder, "dist"), policy);

  /** What the console and the network complain of. */
  const complaints = [];
  const open = async (options = {}, address = url, heard = complaints) => {
    const page = await (
      await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
    ).newPage();
    page.setDefaultTimeout(60_000);
    page.on("console", (message) => heard.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => heard.push(String(error)));
    page.on("requestfailed", (request) => heard.push(`${request.url()}: ${request.failure()?.errorText}`));
    page.on("request", (request) => {
      const local = request.url().startsWith(new URL(address).origin) || /^(data|blob):/.test(request.url());
      if (!local) heard.push(`asks for ${request.url()}`);
    });
    await page.goto(address);
    return page;
  };
  const ready = (page) => page.getByText("Ready. The network knows nothing yet.").first().waitFor();
  const done = async (page) => {
    await page
      .getByText(/^Done: /)
      .first()
      .waitFor({ timeout: 300_000 });
    return {
      loss: await page.locator("#final-loss").textContent(),
      hash: await page.locator("#hash").textContent(),
      accuracy: Number(/[\d.]+/.exec(await page.locator("#accuracy").textContent())[0]),
    };
  };
  const button = (page, name) => page.getByRole("button", { name, exact: true });
  mkdirSync(join(root, "build"), { recursive: true });
  const picture = (page, name) =>
    page.screenshot({ path: join(root, `build/browser-example-${name}.png`), fullPage: true });

  const page = await open();
  await ready(page);
  await check("a learning rate that does not fit is refused in words", async () => {
    await page.getByLabel("Learning rate").fill("fast");
    await button(page, "Start training").click();
    await page.getByRole("alert").filter({ hasText: "Learning rate: a number above 0" }).waitFor();
    assert.equal(await page.getByLabel("Learning rate").getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement.id), "lr");
    await page.getByLabel("Learning rate").fill("0.05");
  });
  await check("it trains in a worker, pauses, continues, and tells how it goes", async () => {
    assert.equal(page.workers().length, 1);
    await page.getByLabel("Epochs").fill(String(node.epochs));
    await button(page, "Start training").click();
    await page.getByText(/^step \d/).waitFor();
    await button(page, "Pause").click();
    await page.getByText("Paused").first().waitFor();
    // An answer to what is asked after the pause comes after the last step.
    await button(page, "Sample of a 3").click();
    await page.locator(".bars .best").waitFor();
    const paused = await page.locator("#step").textContent();
    await drawWithMouse(page, strokes[7]);
    await page.locator(".bars .best").waitFor();
    assert.equal(await page.locator("#step").textContent(), paused);
    await button(page, "Continue").click();
    // Pauses and continues faster than the worker hears of it: the steps are still done once each.
    await page.locator("#go").evaluate((go) => {
      for (let i = 0; i < 20; i++) go.click();
    });
    const { accuracy } = await done(page);
    assert.ok(accuracy > 95, `${accuracy} % of test digits are right`);
    const [first, last] = /from ([\d.]+) to ([\d.]+)/
      .exec(await page.locator("#loss-words").textContent())
      .slice(1);
    assert.ok(Number(first) > 2 && Number(last) < 0.2, `the loss fell from ${first} to ${last}`);
    assert.ok(
      (await page.locator("#loss-chart polyline").last().getAttribute("points")).split(" ").length > 100,
    );
  });
  await check("loss and weights are Node's, to the last bit", async () => {
    const { loss, hash } = await done(page);
    assert.deepEqual({ loss, hash }, { loss: String(node.loss), hash: node.hash.slice(0, 16) });
  });
  for (const [digit, lines] of Object.entries(strokes))
    await check(`a ${digit} drawn with the mouse is read`, async () => {
      await drawWithMouse(page, lines);
      await reads(page, digit);
    });
  await picture(page, "light");

  const file = join(dirname(folder), "weights.safetensors");
  await check("weights are saved, and their hash is the one that is shown", async () => {
    const [download] = await Promise.all([page.waitForEvent("download"), button(page, "Save").click()]);
    assert.equal(download.suggestedFilename(), "digits-seed1.safetensors");
    await download.saveAs(file);
    assert.equal(createHash("sha256").update(readFileSync(file)).digest("hex"), node.hash);
  });
  await check("the file fits the network of npm start", async () => {
    const { buildModel } = await import(pathToFileURL(join(root, "build/examples/digits/model.js")));
    const { loadWeights } = await import(pathToFileURL(join(root, "build/examples/digits/weights.js")));
    loadWeights(buildModel("lenet"), file);
  });
  await page.context().close();

  await check("weights are loaded, and a file of something else is refused in words", async () => {
    const page = await open({ colorScheme: "dark" });
    await ready(page);
    const input = page.getByLabel("Load …", { exact: true });
    await input.setInputFiles({
      name: "x.safetensors",
      mimeType: "",
      buffer: Buffer.from("nonsense, and more of it"),
    });
    await page
      .getByRole("alert")
      .filter({ hasText: "x.safetensors: expected the weights of this network" })
      .waitFor();
    await input.setInputFiles(file);
    await page.getByText(/^weights\.safetensors: \d/).waitFor();
    assert.equal(await page.locator("#weights-error").textContent(), "");
    await drawWithMouse(page, strokes[7]);
    await reads(page, 7);
    await picture(page, "dark");
    await page.context().close();
  });

  await check("the keyboard alone trains and draws", async () => {
    const page = await open();
    await ready(page);
    await tabTo(page, "#epochs");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("2");
    await page.keyboard.press("Enter");
    await done(page);
    await tabTo(page, "#pad");
    const moves = async (key, times) => {
      for (let i = 0; i < times; i++) await page.keyboard.press(key);
    };
    await moves("Space", 1);
    await moves("ArrowDown", 14);
    await moves("Space", 1);
    await reads(page, 1);
    await page.getByText(/^Read as 1, /).waitFor();
    await page.keyboard.press("Delete");
    await page.getByText("Cleared").waitFor();
    await page.keyboard.press("4");
    await reads(page, 4);
    // Keys that draw do not scroll; the focus is to be seen.
    assert.notEqual(await page.locator("#pad").evaluate((pad) => getComputedStyle(pad).outlineStyle), "none");
    await picture(page, "keyboard");
    await page.context().close();
  });

  for (const colorScheme of ["light", "dark"])
    await check(
      `a telephone 360 pixels wide, ${colorScheme}: nothing scrolls sideways, a finger draws`,
      async () => {
        const page = await open({
          viewport: { width: 360, height: 740 },
          deviceScaleFactor: 2,
          hasTouch: true,
          isMobile: true,
          colorScheme,
        });
        await ready(page);
        await fits(page);
        await page.getByLabel("Learning rate").fill("-1");
        await page.getByLabel("Seed").fill("one");
        await button(page, "Start training").tap();
        await fits(page);
        await page.getByLabel("Learning rate").fill("0.05");
        await page.getByLabel("Seed").fill("2");
        await page.getByLabel("Epochs").fill("2");
        await button(page, "Start training").tap();
        await done(page);
        await drawWithFinger(page, strokes[0]);
        await reads(page, 0);
        await fits(page);
        await picture(page, `360-${colorScheme}`);
        await page.context().close();
      },
    );

  await check("a learning rate too large to learn anything with is named as the reason", async () => {
    const page = await open();
    await ready(page);
    await page.getByLabel("Learning rate").fill("1");
    await page.getByLabel("Epochs").fill("1");
    await button(page, "Start training").click();
    await page
      .getByText(/It has learnt nothing: try another|no longer a number\. Try a smaller/)
      .first()
      .waitFor();
    await page.context().close();
  });

  await check("MNIST's files train it, and others are refused in words", async () => {
    const page = await open();
    await ready(page);
    const input = page.getByLabel("Load MNIST’s files …");
    const files = await idxFiles(folder);
    await input.setInputFiles(files.slice(0, 2));
    await page.getByRole("alert").filter({ hasText: "expected four files, t10k-images-" }).waitFor();
    await input.setInputFiles(files);
    await page.getByText("300 to train and 100 to test, of MNIST’s files.").waitFor();
    await page.getByLabel("Epochs").fill("1");
    await button(page, "Start training").click();
    await done(page);
    assert.match(await page.locator("#step").textContent(), /step 6 of 6/);
    await button(page, "Back to drawn digits").click();
    await page.getByText("4000 to train and 500 to test, drawn by this page.").waitFor();
    await page.context().close();
  });

  await check(
    "where WebAssembly is refused, or the worker is missing, the page says so and can restart",
    async () => {
      const heard = [];
      const strict = await serve(context, join(folder, "dist"), policy.replace(" 'wasm-unsafe-eval'", ""));
      const refused = await open({}, strict, heard);
      await refused.getByRole("alert").filter({ hasText: "does not let the page run WebAssembly" }).waitFor();
      await refused.context().close();
      const context2 = await browser.newContext();
      const page = await context2.newPage();
      await page.route(/worker-/, (route) => route.abort());
      await page.goto(url);
      await page.getByRole("alert").filter({ hasText: "Its script could not be loaded" }).waitFor();
      await picture(page, "broken");
      await page.unroute(/worker-/);
      await button(page, "Restart").click();
      await ready(page);
      await context2.close();
    },
  );

  await check("npm run dev serves it too", async () => {
    const heard = [];
    const page = await open({}, await develop(context, folder), heard);
    await ready(page);
    await page.getByLabel("Epochs").fill("1");
    await button(page, "Start training").click();
    await done(page);
    assert.deepEqual(
      heard.filter((line) => !line.startsWith("debug: [vite]")),
      [],
    );
    await page.context().close();
  });

  await check("nothing is written to the console, and nothing is asked for elsewhere", () => {
    assert.deepEqual(complaints, []);
  });
}

/** The page's training without a page: the loss on test digits and the hash of the weights. */
async function trainInNode(context, folder) {
  const program = `
    import { saveSafetensors } from "wasmgrad/io";
    import { drawSet } from "./src/drawn.js";
    import { Trainer, test, toBatch } from "./src/trainer.js";
    const draw = async (part) => toBatch(await drawSet(part, async () => {}));
    const trainer = new Trainer(await draw("train"), { lr: 0.05, epochs: 3, seed: 1 });
    while (trainer.step < trainer.steps) trainer.next();
    const { loss } = test(trainer.net, await draw("test"));
    const digest = await crypto.subtle.digest("SHA-256", saveSafetensors(trainer.net.stateDict()));
    console.log(JSON.stringify({ epochs: 3, loss, hash: Buffer.from(digest).toString("hex") }));`;
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: folder, loader: "ts" },
    bundle: true,
    write: false,
    format: "esm",
    platform: "node",
    external: ["wasmgrad"],
  });
  writeFileSync(join(folder, "train.mjs"), outputFiles[0].contents);
  return JSON.parse(context.sh("node", ["train.mjs"], { cwd: folder }));
}

/** MNIST's four files, of drawn digits; those of training packed. */
async function idxFiles(folder) {
  const { outputFiles } = await build({
    entryPoints: [join(folder, "../digits/draw.ts")],
    bundle: true,
    write: false,
    format: "esm",
  });
  writeFileSync(join(folder, "draw.mjs"), outputFiles[0].contents);
  const { drawDigits } = await import(pathToFileURL(join(folder, "draw.mjs")));
  const pair = (part, count, finish) => {
    const { images, labels } = drawDigits(count, 9);
    const words = (...values) => Buffer.from(Uint32Array.from(values).buffer).swap32();
    const file = (name, ...parts) => ({
      name: `${part}-${name}-ubyte`,
      mimeType: "application/octet-stream",
      buffer: finish(Buffer.concat(parts)),
    });
    return [
      file("images-idx3", words(0x803, count, 28, 28), images),
      file("labels-idx1", words(0x801, count), labels),
    ];
  };
  return [...pair("train", 300, gzipSync), ...pair("t10k", 100, (bytes) => bytes)];
}
