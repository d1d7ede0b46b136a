/**
 * @file What runs in a loader's worker thread: the dataset's code, and collating. threads.ts is the other end.
 *
 * A program of its own, as index.ts is: nothing imports it.
 */
import "../kernels.js";
import { ArgumentError } from "../core/errors.js";
import { installAll } from "../methods/all.js";
import { defaultGenerator } from "../tensor/random.js";
import { type Indexable, itemOf } from "./indexable.js";
import { BatchSampler } from "./sampler.js";
import { importWorkerThreads, inNode, type Reply, type Request, type StartRequest } from "./threads.js";
import { buffersOf, messageOf, type Names, namesOf, pack, unpack } from "./transport.js";
import { setWorkerInfo } from "./worker-info.js";
import type { Job } from "./workers.js";

installAll();

/** What the thread is at, for error messages. */
let doing = "starting";
let names: Names = new Map();
let nextBatch: (indices: readonly number[] | null) => unknown = () => {
  throw new ArgumentError("DataLoader: a worker was asked for a batch before its start");
};

async function start({ id, numWorkers, seed, module, job }: StartRequest): Promise<void> {
  names = await namesOf(module);
  const { dataset, collateFn, workerInitFn, batching } = unpack(job, names) as Job;
  const collate = collateFn as (samples: unknown[]) => unknown;
  setWorkerInfo({ id, numWorkers, seed, dataset });
  defaultGenerator.manualSeed(seed);
  doing = "workerInitFn";
  workerInitFn?.(id);
  if (batching) {
    const { batchSize, dropLast } = batching;
    doing = "iterating";
    const batches = new BatchSampler(dataset as Iterable<unknown>, batchSize, { dropLast })[
      Symbol.iterator
    ]();
    nextBatch = () => {
      doing = "iterating";
      const { done, value: samples } = batches.next();
      if (done) return null;
      doing = "collating";
      return collate(samples);
    };
  } else {
    nextBatch = (indices) => {
      const samples = indices!.map((index) => {
        doing = `index ${index}`;
        return itemOf(dataset as Indexable<unknown>, index);
      });
      doing = `collating indices ${indices!.join(", ")}`;
      return collate(samples);
    };
  }
}

async function answer(request: Request): Promise<Reply> {
  try {
    if (request.kind === "start") {
      await start(request);
      return { batch: null };
    }
    if (request.indices) defaultGenerator.manualSeed(request.seed);
    const batch = nextBatch(request.indices);
    return { batch: batch === null ? null : pack(batch, names, "batch") };
  } catch (error) {
    return { doing, message: messageOf(error), stack: String((error as Error)?.stack ?? error) };
  }
}

/** Answers requests one after the other. */
function serve(post: (reply: Reply, transfer: ArrayBuffer[]) => void): (request: Request) => void {
  let turn = Promise.resolve();
  return (request) => {
    turn = turn.then(async () => {
      const reply = await answer(request);
      post(reply, "batch" in reply && reply.batch ? buffersOf(reply.batch) : []);
    });
  };
}

if (inNode)
  void importWorkerThreads().then(({ parentPort: port }) =>
    port!.on(
      "message",
      serve((reply, transfer) => port!.postMessage(reply, transfer)),
    ),
  );
else {
  const receive = serve((reply, transfer) => globalThis.postMessage(reply, { transfer }));
  globalThis.onmessage = ({ data }: MessageEvent<Request>) => receive(data);
}
