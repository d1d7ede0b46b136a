/** examples/bun from the packed library: its types, what it prints twice over, and what it says of wrong tables and arguments. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../context.mjs";
import { tool, tools } from "../tools.mjs";

const tsconfig = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ESNext"],
    module: "Preserve",
    moduleResolution: "Bundler",
    types: ["bun"],
    strict: true,
    noUncheckedIndexedAccess: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
};

export async function run(context) {
  const bun = tool(context, "bun");
  const files = { "tsconfig.json": JSON.stringify(tsconfig) };
  const folder = context.project("bun-example", files, { "@types/bun": tools.bun.version });
  cpSync(join(root, "examples/bun"), folder, { recursive: true });
  const start = (args) => spawnSync(bun, args, { cwd: folder, encoding: "utf8" });
  const print = (args, program = "main.ts") => {
    const { status, stdout, stderr } = start([program, ...args]);
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const read = (file) => readFileSync(join(folder, file), "utf8");

  await context.check("bun: its types", () =>
    context.sh(join(root, "node_modules/.bin/tsc"), ["-p", folder]),
  );
  await context.check("bun: --help", () => {
    const text = print(["--help"]);
    for (const option of ["FILE.csv", "--target", "--epochs", "--seed", "--out"])
      assert.ok(text.includes(option), option);
  });
  await context.check("bun: sample.ts makes the file that is committed", () => {
    assert.equal(print([], "sample.ts"), read("sample.csv"));
  });

  const first = await context.check("bun: prints what its README shows", () => {
    const [shown] = /(?<=```\n)hired from[\s\S]*?(?=```)/.exec(read("README.md"));
    const text = print([]);
    assert.equal(text, shown);
    return text;
  });
  await context.check("bun: its predictions are good, and as sure as they may be", () => {
    const [header, ...rows] = read("predictions.csv").trim().split("\n");
    assert.equal(header, "row,hired,predicted,low,high");
    assert.equal(rows.length, 117);
    const numbers = rows.map((row) => row.split(",").map(Number));
    for (const [, , middle, low, high] of numbers) assert.ok(low < middle && middle < high);
    const inside = numbers.filter(([, value, , low, high]) => low <= value && value <= high);
    assert.ok(inside.length > 0.8 * rows.length && inside.length < rows.length);
    const [, off, plain] = /off by (\S+); by (\S+) /.exec(first);
    assert.ok(off < plain / 3);
    // Hot days scatter more: the widest interval is several times the narrowest.
    const widths = numbers.map(([, , , low, high]) => high - low);
    assert.ok(Math.max(...widths) > 3 * Math.min(...widths));
  });
  await context.check("bun: a second run prints and writes the same; another seed does not", () => {
    assert.equal(print(["--out", "again.csv"]).replace("again.csv", "predictions.csv"), first);
    assert.equal(read("again.csv"), read("predictions.csv"));
    print(["--seed", "2", "--epochs", "5", "--out", "other.csv"]);
    assert.notEqual(read("other.csv"), read("predictions.csv"));
  });
  await context.check("bun: reads tables of other programs", () => {
    const lines = Array.from(
      { length: 40 },
      (_, i) => `"a, ""${i % 3}""",${2 * i},7,${i % 8 ? -1.5e1 * i : ""}`,
    );
    writeFileSync(join(folder, "other.csv"), `\uFEFF"kind",x,always, y \r\n${lines.join("\r\n\r\n")}`);
    const text = print(["other.csv", "--target", "x", "--epochs", "200", "--out", "x.csv"]);
    assert.match(
      text,
      /^x from kind \(3 categories\), always, y\n28 rows to learn from, 7 to test with, 5 left/,
    );
    const [, off, plain] = /off by (\S+); by (\S+) /.exec(text);
    assert.ok(off < plain / 4, text);
    assert.ok(read("x.csv").startsWith("row,x,predicted"));
  });

  const table = (name, rows, header = "a,b") =>
    writeFileSync(join(folder, name), [header, ...rows].join("\n"));
  const twenty = (row) => Array.from({ length: 40 }, (_, i) => row(i));
  table("short.csv", ["1,2", "3,4"]);
  table(
    "ragged.csv",
    twenty((i) => (i === 4 ? "1" : "1,2")),
  );
  table(
    "texts.csv",
    twenty((i) => `${i},much`),
  );
  table(
    "names.csv",
    twenty((i) => `name ${i},${i}`),
  );
  table("quote.csv", ['1,"2']);
  table("twice.csv", ["1,1"], "a,a");
  table("one.csv", ["1"], "a");
  writeFileSync(join(folder, "empty.csv"), "");
  mkdirSync(join(folder, "folder"));
  for (const [args, message] of [
    [["--epoch", "3"], /^Unknown option '--epoch'; --help lists the options$/],
    [["--epochs"], /--epochs.*; --help lists the options$/],
    [["--epochs", "many"], /^--epochs: expected a whole number, 1 … 100000, found "many"$/],
    [["--epochs", "0"], /^--epochs: /],
    [["--seed", "1.5"], /^--seed: /],
    [["a.csv", "b.csv"], /^expected one file, found 2: a.csv, b.csv$/],
    [["missing.csv"], /^cannot read missing.csv: /],
    [["folder"], /^cannot read folder: /],
    [["--target", "sun"], /^no column is named "sun"; there are weekday, temperature, wind, rain, hired$/],
    [["empty.csv"], /^expected two columns or more, found 0$/],
    [["one.csv"], /^expected two columns or more, found 1$/],
    [["twice.csv"], /^two columns are named "a"$/],
    [["quote.csv"], /^line 2: a quote in the wrong place$/],
    [["ragged.csv"], /^row 5: expected 2 fields, found 1$/],
    [["short.csv"], /^expected at least 20 rows without empty fields, found 2$/],
    [["texts.csv"], /^column "b": expected numbers, found "much"$/],
    [["names.csv"], /^column "a": expected numbers or at most 30 different texts, found 40$/],
    [["--epochs", "1", "--out", "folder"], /^cannot write folder: /],
  ])
    await context.check(`bun: ${args.join(" ")} in plain words`, () => {
      const { status, stderr } = start(["main.ts", ...args]);
      assert.match(stderr.trim(), message);
      assert.equal(status, 2);
    });
}
