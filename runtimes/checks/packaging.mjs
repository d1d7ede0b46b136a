/** The package as npm packs it: what is in it, what publint and attw say of it, whether its types compile, whether CommonJS loads it. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { here, readJson, root } from "../context.mjs";
import { tool } from "../tools.mjs";

const linters = { publint: "0.3.25", "@arethetypeswrong/cli": "0.18.5" };
const typescript = { typescript: "6.0.3" };
/** The largest that the package may become without anyone noticing, in bytes packed and unpacked. */
const bounds = { packed: 1_500_000, unpacked: 7_000_000 };

export async function run(context) {
  const { exports, files } = readJson(join(root, "package.json"));
  const entries = Object.keys(exports).filter((path) => path !== "./package.json");
  const names = context
    .sh("tar", ["-tzf", context.tarball])
    .trim()
    .split("\n")
    .map((name) => name.replace("package/", ""));

  await context.check(
    "the package has its modules, their types and kernels, README and LICENSE, and nothing else",
    () => {
      const expected =
        /^(package\.json|README\.md|LICENSE|dist\/.+\.js|dist\/(?!workerd|node).+\.d\.ts|dist\/workerd\/.+\.wasm)$/;
      assert.deepEqual(
        names.filter((name) => !expected.test(name)),
        [],
      );
      assert.deepEqual(files, ["dist", "LICENSE", "README.md"]);
      // Nothing is left of modules that were renamed.
      const source = (name) =>
        name.replace(/^dist\/(workerd\/)?/, "src/").replace(/(\.d\.ts|\.js|\.wasm)$/, ".ts");
      const modules = names.filter((name) => name.startsWith("dist/") && !name.startsWith("dist/node/"));
      assert.deepEqual(
        modules.filter((name) => !existsSync(join(root, source(name)))),
        [],
      );
      for (const paths of Object.values(exports))
        for (const path of typeof paths === "string" ? [paths] : Object.values(paths))
          assert.ok(names.includes(path.replace("./", "")), `${path} is missing`);
    },
  );
  await context.check("the package is as large as it should be", () => {
    const lines = context.sh("tar", ["-tzvf", context.tarball]).trim().split("\n");
    const unpacked = lines.reduce((sum, line) => sum + Number(line.split(/\s+/)[2]), 0);
    const packed = statSync(context.tarball).size;
    console.log(
      `${names.length} files, ${(packed / 1e6).toFixed(2)} MB packed, ${(unpacked / 1e6).toFixed(2)} MB unpacked`,
    );
    assert.ok(packed <= bounds.packed && unpacked <= bounds.unpacked);
  });

  const tools = context.project("linters", {}, linters);
  await context.check("publint finds nothing", () => {
    const code = `import { publint } from "publint";
      const { messages, pkg } = await publint({ pkgDir: "node_modules/wasmgrad", pack: false, strict: true });
      const { formatMessage } = await import("publint/utils");
      console.log(messages.map((message) => formatMessage(message, pkg)).join("\\n"));`;
    const said = context.sh(process.execPath, ["--input-type=module", "-e", code], { cwd: tools });
    assert.equal(said.trim(), "");
  });
  await context.check("attw finds nothing", () => {
    const attw = join(tools, "node_modules", ".bin", "attw");
    context.sh(attw, [context.tarball, "--profile", "esm-only", "--format", "ascii", "--no-color"], {
      cwd: tools,
    });
  });

  const uses = readFileSync(join(here, "packaging/uses.ts"), "utf8");
  const typed = context.project("types", { "uses.ts": uses }, typescript);
  await context.check("the program that is compiled uses every entry", () => {
    for (const entry of entries)
      assert.ok(uses.includes(`"wasmgrad${entry.slice(1)}"`), `${entry} is not used`);
  });
  for (const [resolution, module] of [
    ["nodenext", "nodenext"],
    ["bundler", "esnext"],
  ])
    await context.check(
      `types compile, strict, libraries checked too, moduleResolution ${resolution}`,
      () => {
        const flags = {
          strict: true,
          skipLibCheck: false,
          noEmit: true,
          target: "es2022",
          lib: "es2022,dom",
        };
        const args = Object.entries({ ...flags, module, moduleResolution: resolution }).flatMap(
          ([name, value]) => [`--${name}`, String(value)],
        );
        context.sh("npx", ["tsc", ...args, "uses.ts"], { cwd: typed });
      },
    );

  const common = context.project("commonjs", {
    "main.cjs": `const torch = require("wasmgrad");
      const { Linear } = require("wasmgrad/nn");
      console.log(torch.ones(2).mul(3).tolist().join(), Linear === torch.nn.Linear);`,
  });
  for (const version of ["node22", "node24", "node26"])
    await context.check(`require("wasmgrad") works in ${version}`, () =>
      assert.equal(context.sh(tool(context, version), ["main.cjs"], { cwd: common }), "3,3 true\n"),
    );
  await context.check("an error that nobody catches does not print the library", () => {
    const code = `import { ones } from "wasmgrad"; ones(2).add(ones(3));`;
    const { stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
      cwd: common,
      encoding: "utf8",
    });
    assert.match(stderr, /ShapeError: add: /);
    assert.ok(stderr.length < 10_000, `it prints ${stderr.length} characters`);
  });
}
