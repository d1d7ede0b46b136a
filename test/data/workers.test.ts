/** Worker threads load JavaScript, so these tests run the built library (`npm ci` builds it). */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";

async function built<M>(path: string): Promise<M> {
  const url = new URL(`../../dist/${path}`, import.meta.url);
  if (!existsSync(url)) throw new Error(`${url.pathname} is missing: run "npm run build" first`);
  return import(url.href);
}
const { DataLoader, randomSplit, Subset, TensorDataset, ConcatDataset, Dataset } =
  await built<typeof import("../../src/data/index.js")>("data/index.js");
const { tensor } = await built<typeof import("../../src/tensor/create.js")>("tensor/create.js");
const { bytesOf } = await built<typeof import("../../src/tensor/bytes.js")>("tensor/bytes.js");
const { Tensor } = await built<typeof import("../../src/tensor/tensor.js")>("tensor/tensor.js");
const { Generator } = await built<typeof import("../../src/core/generator.js")>("core/generator.js");
const { TorchError } = await built<typeof import("../../src/core/errors.js")>("core/errors.js");

await built("kernels.js");
(await built<typeof import("../../src/methods/all.js")>("methods/all.js")).installAll();

const workerModule = new URL("./worker-module.js", import.meta.url);
const user = await import(workerModule.href);

/** Everything that comes, tensors as [dtype, shape, bytes]. */
async function collect(batches: AsyncIterable<unknown>): Promise<unknown[]> {
  const plain = (value: unknown): unknown => {
    if (value instanceof Tensor) return [value.dtype, value.shape, bytesOf(value).join()];
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
  };
  const all: unknown[] = [];
  for await (const batch of batches) all.push(plain(batch));
  return all;
}

describe("batches are the same for every number of workers", () => {
  const same = async (dataset: object, options: object = {}, module?: URL) => {
    const load = (numWorkers: number) =>
      collect(
        new DataLoader(dataset as never, {
          ...options,
          generator: new Generator(5),
          ...(numWorkers > 0 && { numWorkers, workerModule: module }),
        }),
      );
    const expected = await load(0);
    expect(expected.length).toBeGreaterThan(2);
    for (const numWorkers of [1, 3]) expect(await load(numWorkers)).toEqual(expected);
  };

  test("of a dataset with code", () =>
    same(new user.Mixed(11), { batchSize: 2, shuffle: true }, workerModule));
  test("of a part of it", () => {
    const [part] = randomSplit(new user.Mixed(11), [8, 3], { generator: new Generator(1) });
    return same(part!, { batchSize: 3, dropLast: false }, workerModule);
  });
  test("of tensors, which need no module", () => {
    const x = tensor([
      [1.5, 2],
      [3, 4],
      [5, 6],
    ]);
    const rows = new TensorDataset(x, tensor([7, 8, 9]));
    return same(new ConcatDataset([rows, new Subset(rows, [2, 0])]), { batchSize: 2 });
  });
  test("of a plain array", () => same(["a", "b", "c", "d"], { batchSampler: [[3], [1, 2], [0]] }));
});

test("random numbers in a worker depend on the batch, not on the worker", async () => {
  const load = (numWorkers: number) =>
    collect(
      new DataLoader(new user.Noisy(9), {
        batchSize: 2,
        generator: new Generator(5),
        numWorkers,
        workerModule,
      }),
    );
  const one = await load(1);
  expect(new Set(one.map(String)).size).toBe(5);
  expect(await load(3)).toEqual(one);
});

test("functions go by name", async () => {
  const dataset = new user.Noisy(3, { transform: user.shape });
  const loader = new DataLoader(dataset, { numWorkers: 2, workerModule, collateFn: user.join });
  expect(await collect(loader)).toEqual([0, 1, 0].map((worker) => ({ worker, text: "2" })));
});

test("an iterable dataset is shared out by getWorkerInfo", async () => {
  const load = (numWorkers: number) =>
    collect(new DataLoader<string>(new user.Letters(), { batchSize: 2, numWorkers, workerModule }));
  expect(await load(1)).toEqual([["a", "b"], ["c", "d"], ["e", "f"], ["g"]]);
  expect(await load(2)).toEqual([["a", "c"], ["b", "d"], ["e", "g"], ["f"]]);
});

test("a worker makes no more than prefetchFactor batches ahead", async () => {
  const dataset = new user.Noisy(100);
  const options = { batchSize: 3, numWorkers: 2, prefetchFactor: 2, workerModule };
  for await (const _ of new DataLoader(dataset, options)) break;
  expect(dataset.calls[0]).toBeGreaterThanOrEqual(3);
  expect(dataset.calls[0]).toBeLessThanOrEqual(3 * (2 * 2 + 1));
});

describe("errors", () => {
  const failing = (options: object, dataset: object = new user.Noisy(8)) =>
    expect(collect(new DataLoader(dataset as never, { numWorkers: 2, workerModule, ...options }))).rejects;

  test("of the dataset come with worker, index and message", async () => {
    const dataset = new user.Noisy(8, { bad: 5 });
    await failing({ batchSize: 3 }, dataset).toThrow("DataLoader: worker 1, index 5: torn page");
    await failing({}, dataset).toBeInstanceOf(TorchError);
    await failing({}, dataset).toMatchObject({ cause: { message: "torn page" } });
  });
  test("batches before the bad one still come", async () => {
    let seen = 0;
    const loader = new DataLoader(new user.Noisy(8, { bad: 5 }), { numWorkers: 2, workerModule });
    await expect(async () => {
      for await (const _ of loader) seen++;
    }).rejects.toThrow("index 5");
    expect(seen).toBe(5);
  });
  test("of collating name the indices", () =>
    failing({ batchSize: 2, numWorkers: 1 }, [[1], [1, 2]]).toThrow(
      "DataLoader: worker 0, collating indices 0, 1: defaultCollate: each list should be of equal size",
    ));
  test("of workerInitFn", () =>
    failing({ workerInitFn: user.breakDown }).toThrow("DataLoader: worker 1, workerInitFn: no disk"));
  test("a class that the module does not export", () => {
    class Local extends Dataset<number> {
      readonly length = 1;
      getItem = () => 1;
    }
    return failing({}, new Local()).toThrow(
      "DataLoader: loader.dataset is a Local that a worker thread cannot find: export it from the module given as workerModule",
    );
  });
  test("a function that the module does not export", () =>
    failing({}, new user.Noisy(2, { transform: (x: unknown) => x })).toThrow(
      "DataLoader: loader.dataset.transform is function transform that a worker thread cannot find",
    ));
  test("a tensor with a history", () => {
    const x = tensor([1, 2], { dtype: "float32", requiresGrad: true });
    const dataset = Array.from(new TensorDataset(x));
    return failing({}, dataset).toThrow(
      "DataLoader: loader.dataset[0][0] has a history, which cannot be sent to another thread: detach it",
    );
  });
  test("a module that is not there", () =>
    failing({ workerModule: new URL("./nowhere.js", import.meta.url) }).toThrow(
      /workerModule .*nowhere\.js cannot be/,
    ));
});

describe("the process ends by itself", () => {
  /** Runs a program of its own; rejects if it fails or is still there after a minute. */
  const run = async (body: string) => {
    const program = `
      import ${JSON.stringify(new URL("../../dist/kernels.js", import.meta.url))};
      import { DataLoader } from ${JSON.stringify(new URL("../../dist/data/index.js", import.meta.url))};
      const loader = new DataLoader(Array.from({ length: 50 }, (_, i) => i), { numWorkers: 2 });
      ${body}`;
    const node = promisify(execFile)(process.execPath, ["--input-type=module", "--eval", program], {
      timeout: 60_000,
    });
    return (await node).stdout.trim();
  };

  test("after a whole epoch", async () => {
    expect(await run("let n = 0; for await (const batch of loader) n++; console.log(n);")).toBe("50");
  });
  test("after break", async () => {
    expect(await run("for await (const batch of loader) break; console.log('done');")).toBe("done");
  });
  test("after an iteration that was left lying", async () => {
    const body = "const i = loader[Symbol.asyncIterator](); await i.next(); console.log('done');";
    expect(await run(body)).toBe("done");
  });
});
