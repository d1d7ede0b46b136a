/** Several copies of the package in one program, several threads of it, and one copy loaded twice. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "wasmgrad-copies-"));
  for (const name of ["one", "two"]) {
    const folder = join(project, "node_modules", name);
    mkdirSync(folder, { recursive: true });
    cpSync(join(root, "dist"), join(folder, "dist"), { recursive: true });
    cpSync(join(root, "package.json"), join(folder, "package.json"));
  }
});
afterAll(() => rmSync(project, { recursive: true }));

/** What a module of the project prints, as JSON. */
function run(code: string, ...flags: string[]): unknown {
  writeFileSync(join(project, "main.mjs"), code);
  return JSON.parse(
    execFileSync(process.execPath, [...flags, join(project, "main.mjs")], { encoding: "utf8" }),
  );
}

describe("two copies in one program", () => {
  it("share no seed, no default and no mode", () => {
    const printed = run(`
      import * as one from "one";
      import * as two from "two";
      one.manualSeed(1);
      two.manualSeed(1);
      const first = one.randn(3).tolist();
      one.setDefaultDtype(one.float64);
      one.setDefaultDevice("reference");
      one.setPrintoptions({ precision: 2 });
      const inside = one.noGrad(() => [one.isGradEnabled(), two.isGradEnabled()]);
      const x = two.ones(2, { requiresGrad: true });
      x.mul(3).sum().backward();
      const { resident } = two.memory();
      one.Tensor.prototype.relu = () => "changed";
      console.log(JSON.stringify([
        JSON.stringify(first) === JSON.stringify(two.randn(3).tolist()),
        [one.ones(1).dtype, one.ones(1).device, two.ones(1).dtype, two.ones(1).device],
        [one.getPrintoptions().precision, two.getPrintoptions().precision],
        inside, x.grad.tolist(), resident > 0, x.relu().tolist(), one.Tensor === two.Tensor,
      ]));`);
    expect(printed).toEqual([
      true,
      ["float64", "reference", "float32", "cpu"],
      [2, 4],
      [false, true],
      [3, 3],
      true,
      [1, 1],
      false,
    ]);
  });

  it("a tensor, module or generator of the other copy is an error that says so", () => {
    const messages = run(`
      import * as one from "one";
      import * as two from "two";
      const [a, b] = [one.ones(3), two.ones(3)];
      const uses = [
        () => b.add(a), () => two.matmul(a, b), () => two.cat([b, a]), () => two.relu(a), () => b.at(a),
        () => two.tensor([a, a]), () => two.nn.functional.mseLoss(b, a), () => new two.nn.Linear(3, 3)(a),
        () => new two.optim.SGD([a], { lr: 1 }), () => new two.nn.Parameter(a), () => two.rand(2, { generator: new one.Generator(0) }),
        () => new two.nn.Sequential(new one.nn.Linear(3, 3)),
        () => new two.nn.Linear(3, 3).loadStateDict(new one.nn.Linear(3, 3).stateDict()),
        () => { class Net extends two.nn.Module { inner = new one.nn.Linear(2, 2); } return new Net().parameters(); },
      ];
      console.log(JSON.stringify(uses.map((use) => {
        try { return "no error: " + use(); } catch (error) { return [error instanceof two.TorchError, error.message]; }
      })));`) as [boolean, string][];
    for (const [known, message] of messages) {
      expect(message).toMatch(
        /a (Tensor|Parameter|Linear|Generator) of another copy of wasmgrad, which this program has loaded too/,
      );
      expect(known).toBe(true);
    }
  });
});

describe("one copy loaded twice", () => {
  it("module by module, under two addresses", () => {
    const printed = run(`
      const address = new URL("./node_modules/one/dist/index.js", import.meta.url).href;
      const one = await import(address);
      const again = await import(address + "?again");
      const x = again.tensor([1, 2], { dtype: "float64", requiresGrad: true });
      one.mul(x, x).sum().backward();
      console.log(JSON.stringify([one.Tensor === again.Tensor, x.grad.tolist(), one.conv1d(again.ones(1, 1, 3), one.ones(1, 1, 2)).tolist()]));`);
    expect(printed).toEqual([true, [2, 4], [[[2, 2]]]]);
  });

  it.runIf(process.features.require_module)("by import and by require", () => {
    const printed = run(`
      import { createRequire } from "node:module";
      import * as one from "one";
      const again = createRequire(import.meta.url)("one");
      console.log(JSON.stringify([one.Tensor === again.Tensor, again.ones(2).add(one.ones(2)).tolist()]));`);
    expect(printed).toEqual([true, [2, 2]]);
  });
});

describe("threads", () => {
  it("each with its own state, compute the same bits at once", () => {
    const printed = run(`
      import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
      import * as torch from "one";
      const { nn, optim } = torch;
      function train(seed) {
        torch.manualSeed(seed);
        const net = new nn.Sequential(new nn.Linear(8, 16), new nn.Tanh(), new nn.Linear(16, 1));
        const optimizer = new optim.Adam(net.parameters(), { lr: 0.01 });
        const x = torch.randn(32, 8);
        for (let i = 0; i < 50; i++) {
          optimizer.zeroGrad();
          net(x).square().mean().backward();
          optimizer.step();
        }
        return JSON.stringify([torch.getDefaultDtype(), torch.isGradEnabled(), [...net.parameters()].map((p) => p.tolist())]);
      }
      if (!isMainThread) parentPort.postMessage(workerData.map(train));
      else {
        const ask = (seeds) => new Promise((resolve, reject) => {
          const worker = new Worker(new URL(import.meta.url), { workerData: seeds });
          worker.on("message", resolve);
          worker.on("error", reject);
        });
        const threads = [[1, 2], [2, 1], [1, 2]].map(ask);
        torch.setDefaultDtype(torch.float64);
        torch.setGradEnabled(false);
        const [a, b, c] = await Promise.all(threads);
        torch.setDefaultDtype(torch.float32);
        torch.setGradEnabled(true);
        const here = [1, 2].map(train);
        console.log(JSON.stringify([a, [...b].reverse(), c].map((there) => there.join() === here.join())));
      }`);
    expect(printed).toEqual([true, true, true]);
  });
});
