/**
 * Pages bundled by esbuild, Rollup, Vite and webpack: the bundle runs and has its methods, kernels and devices; what a lean page
 * does not use is not in it. They are browsers' bundles; Node runs them here.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { here, root } from "../context.mjs";

const dependencies = {
  esbuild: "0.28.2",
  rollup: "4.68.8",
  "@rollup/plugin-node-resolve": "16.0.3",
  "@rollup/plugin-terser": "1.0.2",
  vite: "8.3.8",
  webpack: "5.113.0",
};
const bundlers = ["esbuild", "rollup", "vite", "webpack"];

/** Text of modules that a page with an MLP does not use. */
const unused = ["DataLoader: ", "linalg.svd", "convTranspose", "LayerNorm", "Adadelta", "saveSafetensors"];
/** The bound in kB that `npm run size` has. */
const bound = 90;

export async function run(context) {
  const read = (path) => readFileSync(join(here, "bundlers", path), "utf8");
  const folder = context.project(
    "bundlers",
    {
      "few.js": read("few.js"),
      "lean.js": read("lean.js"),
      "build.mjs": read("build.mjs"),
      "mlp.js": readFileSync(join(root, "scripts/size/mlp.js"), "utf8"),
    },
    dependencies,
  );
  const node = (...args) => context.sh(process.execPath, args, { cwd: folder });
  const expected = { few: node("few.js"), lean: node("lean.js") };

  for (const bundler of bundlers)
    for (const page of ["few", "lean"]) {
      const out = join(folder, "out", bundler, page);
      const built = await context.check(`${bundler}: builds ${page}.js`, () => {
        node("build.mjs", bundler, page);
        return true;
      });
      if (!built) continue;
      const files = readdirSync(out, { recursive: true }).filter((file) => file.endsWith(".js"));
      await context.check(`${bundler}: ${page}.js does what it does unbundled`, () =>
        assert.equal(node(join(out, "page.js")), expected[page]),
      );
      if (page !== "lean") continue;
      await context.check(`${bundler}: the lean page has nothing that it does not use`, () => {
        const texts = files.map((file) => readFileSync(join(out, file)));
        for (const text of unused)
          for (const file of texts) assert.ok(!file.includes(text), `it has "${text}"`);
        const size = texts.reduce((sum, file) => sum + gzipSync(file, { level: 9 }).length, 0) / 1000;
        console.log(`${bundler.padEnd(8)} ${size.toFixed(1)} kB gzipped for a page that trains an MLP`);
        assert.ok(size <= bound, `${size} kB are past the bound of ${bound} kB`);
      });
    }
}
