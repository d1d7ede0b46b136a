/** The package as Node loads it by its name: one bundle, whose worker threads share it with the user's modules. */
import { spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as source from "../src/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "wasmgrad-"));
  mkdirSync(join(project, "node_modules"));
  symlinkSync(root, join(project, "node_modules", "wasmgrad"));
  writeFileSync(
    join(project, "squares.mjs"),
    `import * as torch from "wasmgrad";
     export class Squares extends torch.utils.data.Dataset {
       length = 20;
       getItem(i) { return torch.tensor([i, i * i], { dtype: "float32" }); }
     }`,
  );
});
afterAll(() => rmSync(project, { recursive: true }));

/** What a module of the project prints, or what it says when it fails, as it must if it does not end `well`. */
function run(code: string, well = true): string {
  writeFileSync(join(project, "main.mjs"), code);
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(project, "main.mjs")], {
    encoding: "utf8",
  });
  expect(status === 0, stderr).toBe(well);
  return well ? stdout : stderr;
}

describe("the bundle", () => {
  it("has the names of the sources, and its classes theirs", () => {
    const printed = run(
      `import * as torch from "wasmgrad";
       const classes = Object.entries(torch.nn).filter(([, value]) => /^class /.test(String(value)));
       console.log(JSON.stringify([Object.keys(torch).sort(), classes.map(([name, { name: own }]) => [name, own])]));`,
    );
    const [names, classes] = JSON.parse(printed) as [string[], [string, string][]];
    expect(names).toEqual(Object.keys(source).sort());
    expect(classes.length).toBeGreaterThan(50);
    for (const [name, own] of classes) expect(own).toBe(name);
  });

  it("is one file that entries name parts of, so that it loads at once and state is shared", () => {
    const folder = join(root, "dist", "node");
    const entries = readdirSync(folder).filter((name) => name !== "library.js" && name !== "worker.js");
    expect(entries.length).toBeGreaterThan(10);
    for (const name of entries)
      expect(readFileSync(join(folder, name), "utf8").trim(), name).toMatch(
        /^(import|export\s*\{[^}]*\}\s*from)\s*"\.\/library\.js";\s*(export\s*\{\s*\};)?$/,
      );
    const printed = run(
      `import * as torch from "wasmgrad";
       import * as lean from "wasmgrad/lean";
       import { Linear } from "wasmgrad/nn";
       import { svd } from "wasmgrad/linalg";
       console.log(lean.Tensor === torch.Tensor, Linear === torch.nn.Linear, svd === torch.linalg.svd);`,
    );
    expect(printed).toBe("true true true\n");
  });

  it("shows the line of an uncaught error, not all of itself", () => {
    const shown = run(
      `import * as torch from "wasmgrad"; torch.ones([2, 3]).matmul(torch.ones([2, 3]));`,
      false,
    );
    expect(shown).toContain("ShapeError: matmul: inner sizes differ: [2, 3] @ [2, 3] (3 ≠ 2)");
    expect(shown.length).toBeLessThan(3000);
  });

  it("sweeps dead tensors in a synchronous loop, minified as it is", () => {
    const printed = run(
      `import * as torch from "wasmgrad";
       const x = torch.ones([1024, 256]);
       for (let i = 0; i < 200; i++) x.add(i);
       console.log(torch.memory().evicted < 2 ** 24);`,
    );
    expect(printed).toBe("true\n");
  });

  it("runs datasets of the user's in worker threads", () => {
    const printed = run(
      `import * as torch from "wasmgrad";
       import { Squares } from "./squares.mjs";
       const batches = async (options) => {
         const seen = [];
         for await (const x of new torch.utils.data.DataLoader(new Squares(), { batchSize: 8, ...options })) seen.push(x.tolist());
         return JSON.stringify(seen);
       };
       const alone = await batches({});
       const workers = await batches({ numWorkers: 2, workerModule: new URL("./squares.mjs", import.meta.url) });
       console.log(alone === workers, JSON.parse(workers)[2][3]);`,
    );
    expect(printed).toBe("true [ 19, 361 ]\n");
  });
});
