/** Batches made by worker threads, in the order in which they were asked for. */

import { Thread } from "./threads.js";
import { namesOf, type Packed, pack, unpack } from "./transport.js";

/** What every worker gets a copy of. */
export interface Job {
  readonly dataset: unknown;
  readonly collateFn: (samples: never[]) => unknown;
  readonly workerInitFn: ((id: number) => void) | undefined;
  /** Of an iterable dataset, whose samples the workers put into batches themselves. */
  readonly batching: { readonly batchSize: number; readonly dropLast: boolean } | null;
}

export interface Crew {
  readonly numWorkers: number;
  /** Batches asked of each worker ahead. */
  readonly prefetchFactor: number;
  readonly seed: bigint;
  readonly module: string | null;
}

/**
 * Batch k comes from worker k mod numWorkers; with an iterable dataset, from each worker in turn until that
 * is through.
 *
 * The random numbers of batch k start from seed + k, so they do not depend on how many workers there are.
 */
export async function* workerBatches<B>(
  job: Job,
  tasks: Iterator<readonly number[] | null>,
  { numWorkers, prefetchFactor, seed, module }: Crew,
): AsyncGenerator<B, void, undefined> {
  const names = await namesOf(module);
  const packed = pack(job, names, "loader");
  const threads: Thread[] = [];
  try {
    for (let id = 0; id < numWorkers; id++) threads.push(await Thread.start(id));
    await Promise.all(
      threads.map((thread, id) =>
        thread.request({ kind: "start", id, numWorkers, seed: seed + BigInt(id), module, job: packed }),
      ),
    );
    const queue: { thread: Thread; reply: Promise<Packed | null> }[] = [];
    let asked = 0n;
    const ask = (thread: Thread) => {
      const { done, value: indices } = tasks.next();
      if (done) return;
      queue.push({ thread, reply: thread.request({ kind: "batch", indices, seed: seed + asked++ }) });
    };
    for (let i = 0; i < numWorkers * prefetchFactor; i++) ask(threads[i % numWorkers]!);
    for (let next = queue.shift(); next; next = queue.shift()) {
      const batch = await next.reply;
      if (batch === null) continue;
      ask(next.thread);
      yield unpack(batch, names) as B;
    }
  } finally {
    tasks.return?.();
    await Promise.all(threads.map((thread) => thread.stop()));
  }
}
