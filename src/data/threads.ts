/**
 * @file Worker threads of the runtime: node:worker_threads (Node, Bun, Deno) or module workers (browsers).
 *
 * A thread answers each request in turn with one reply. It keeps the process alive only while a reply is due.
 */
import { DeviceError, TorchError } from "../core/errors.js";
import type { Packed } from "./transport.js";

/** What a worker is asked: to set up, then for batches. */
export type Request = StartRequest | BatchRequest;
export interface StartRequest {
  readonly kind: "start";
  readonly id: number;
  readonly numWorkers: number;
  readonly seed: bigint;
  /** The address of the user's module. */
  readonly module: string | null;
  /** The packed `Job`. */
  readonly job: Packed;
}
export interface BatchRequest {
  readonly kind: "batch";
  /** Null asks an iterable dataset for its next batch. */
  readonly indices: readonly number[] | null;
  readonly seed: bigint;
}

/** What it answers; `batch` is null once an iterable dataset is through. */
export type Reply =
  | { readonly batch: Packed | null }
  | { readonly doing: string; readonly message: string; readonly stack: string };

/** One worker of the runtime, whichever it is. */
interface Host {
  post(request: Request): void;
  /** Whether it keeps the process alive. */
  hold(alive: boolean): void;
  stop(): Promise<unknown> | undefined;
}
interface Events {
  reply(reply: Reply): void;
  /** It ended, or never started. */
  end(error: Error): void;
}

export class Thread {
  private readonly due: { resolve(batch: Packed | null): void; reject(error: Error): void }[] = [];
  private ended: Error | null = null;

  private constructor(
    private readonly id: number,
    private readonly host: Host,
  ) {}

  static async start(id: number): Promise<Thread> {
    let thread: Thread | undefined;
    const host = await (inNode ? nodeHost : webHost)({
      reply: (reply) => thread?.settle(reply),
      end: (error) => thread?.end(error),
    });
    host.hold(false);
    thread = new Thread(id, host);
    return thread;
  }

  /** @throws TorchError with what went wrong in the thread, and where */
  request(request: Request): Promise<Packed | null> {
    const reply = new Promise<Packed | null>((resolve, reject) => {
      if (this.ended) return reject(this.ended);
      this.host.post(request);
      this.host.hold(true);
      this.due.push({ resolve, reject });
    });
    // Batches are asked for ahead; one that nobody fetches any more must not count as an unhandled error.
    reply.catch(() => {});
    return reply;
  }

  async stop(): Promise<void> {
    this.end(new TorchError(`DataLoader: worker ${this.id} was stopped`));
    await this.host.stop();
  }

  private settle(reply: Reply): void {
    const first = this.due.shift();
    if (!first) return; // it was stopped while it replied
    const { resolve, reject } = first;
    if (this.due.length === 0) this.host.hold(false);
    if ("batch" in reply) resolve(reply.batch);
    else {
      const { doing, message, stack } = reply;
      const cause = Object.assign(new Error(message), { stack });
      reject(new TorchError(`DataLoader: worker ${this.id}, ${doing}: ${message}`, { cause }));
    }
  }

  private end(error: Error): void {
    this.ended ??= error;
    for (const { reject } of this.due.splice(0)) reject(this.ended);
  }
}

// ── runtimes ─────────────────────────────────────────────────────────────────────────────────────

/** Bun and Deno speak it too, and only there can a worker be told not to keep the process alive. */
export const inNode = typeof process !== "undefined" && typeof process.versions?.node === "string";

/** Imported when workers are asked for, by a name that bundlers for browsers do not try to resolve. */
const workerThreads = "node:worker_threads";
export const importWorkerThreads = (): Promise<typeof import("node:worker_threads")> =>
  import(/* @vite-ignore */ /* webpackIgnore: true */ workerThreads);

async function nodeHost(events: Events): Promise<Host> {
  const { Worker } = await importWorkerThreads();
  // A program given on the command line has a type of module to go with it; the worker's file has its own.
  const execArgv = process.execArgv.filter((argument) => !argument.startsWith("--input-type"));
  const worker = new Worker(new URL("./worker.js", import.meta.url), { execArgv });
  worker.on("message", events.reply);
  worker.on("messageerror", events.end);
  worker.on("error", (error) =>
    events.end(new TorchError(`DataLoader: a worker thread failed: ${error.message}`, { cause: error })),
  );
  worker.on("exit", (code) =>
    events.end(new TorchError(`DataLoader: a worker thread ended with exit code ${code}`)),
  );
  return {
    post: (request) => worker.postMessage(request),
    hold: (alive) => (alive ? worker.ref() : worker.unref()),
    stop: () => worker.terminate(),
  };
}

async function webHost(events: Events): Promise<Host> {
  if (typeof Worker === "undefined")
    throw new DeviceError("DataLoader: this runtime has no worker threads: use numWorkers: 0");
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => events.reply(data);
  worker.onmessageerror = () => events.end(new TorchError("DataLoader: a worker's reply cannot be read"));
  worker.onerror = ({ message }) =>
    events.end(new TorchError(`DataLoader: a worker thread failed: ${message ?? "it could not be loaded"}`));
  return {
    post: (request) => worker.postMessage(request),
    hold: () => {},
    stop: () => {
      worker.terminate();
      return undefined;
    },
  };
}
