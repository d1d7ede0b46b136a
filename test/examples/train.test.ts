import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { drawDigits } from "../../examples/digits/draw.js";
import { UserError } from "../../examples/digits/errors.js";
import { evaluate, toDataset } from "../../examples/digits/evaluate.js";
import { buildModel } from "../../examples/digits/model.js";
import { type Options, parseOptions } from "../../examples/digits/options.js";
import { Progress } from "../../examples/digits/progress.js";
import { train } from "../../examples/digits/train.js";
import { hashWeights, loadWeights, weightBytes } from "../../examples/digits/weights.js";
import * as torch from "../../src/index.js";

const split = { train: drawDigits(400, 1), test: drawDigits(100, 2) };

async function run(line: string, stopped: () => boolean = () => false) {
  const options: Options = parseOptions(line.split(" "));
  let text = "";
  const progress = new Progress({ write: (part) => (text += part) });
  torch.manualSeed(options.seed);
  const net = buildModel(options.model);
  net.to(options.device);
  const history = await train(net, split, options, progress, stopped);
  return { net, history, text, hash: hashWeights(net) };
}

describe("train", () => {
  it.each(["softmax", "mlp", "lenet"])("%s learns; the same seed gives the same weights", async (model) => {
    const line = `--model ${model} --epochs 4 --batch-size 20`;
    const [first, second] = [await run(line), await run(line)];
    expect(first.history.last.accuracy).toBeGreaterThan(0.7);
    expect(first.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(second.hash).toBe(first.hash);
    expect((await run(`${line} --seed 2`)).hash).not.toBe(first.hash);
  });

  it("stops after the batch at hand, and tests what it has", async () => {
    let asked = 0;
    // Asked once before the epoch and once after each batch.
    const { history, text } = await run("--model softmax --batch-size 50 --epochs 9", () => ++asked > 3);
    expect(history.images).toBe(150);
    expect(history.test).toHaveLength(1);
    expect(history.last.confusion.flat().reduce((a, b) => a + b)).toBe(100);
    expect(text).toContain("epoch 1/9 stopped after batch 3/8");
  });

  it("on the reference device comes to the same", async () => {
    const line = "--model softmax --epochs 1 --batch-size 40";
    const [cpu, reference] = [await run(line), await run(`${line} --device reference`)];
    expect(reference.history.last.loss).toBeCloseTo(cpu.history.last.loss, 4);
    expect(reference.history.last.accuracy).toBe(cpu.history.last.accuracy);
  });
});

describe("weights", () => {
  const folder = mkdtempSync(join(tmpdir(), "digits-"));
  const write = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  it("come back from a file, and test as they did", async () => {
    const { net, history, hash } = await run("--model mlp --epochs 1");
    const file = write("mlp.safetensors", weightBytes(net));
    const again = buildModel("mlp");
    loadWeights(again, file);
    expect(hashWeights(again)).toBe(hash);
    expect(evaluate(again, toDataset(split.test), split.test, "cpu").loss).toBe(history.last.loss);
  });

  it("that are missing, cut short or another network's are named in one line", () => {
    const bytes = weightBytes(buildModel("softmax"));
    const net = buildModel("mlp");
    const before = hashWeights(net);
    for (const [file, found] of [
      [join(folder, "none"), "ENOENT"],
      [write("short", bytes.subarray(0, 1000)), "up to byte"],
      [write("other", bytes), "Missing key(s)"],
    ] as const) {
      const load = () => loadWeights(net, file);
      expect(load).toThrow(UserError);
      expect(load).toThrow(found);
      expect(load).toThrow(file);
      expect(load).not.toThrow("\n");
    }
    expect(hashWeights(net)).toBe(before);
  });
});
