/** The process in which a library does the work: a line of JSON for each workload, written to file descriptor 3. */
import { writeSync } from "node:fs";
import { measure, measureAwaited, type Timing } from "../measure.js";
import { type Checksum, sumUp } from "../numbers.js";
import { type Work, works } from "./work.js";

/** A piece of work with its inputs in place. */
export interface Task {
  /** Does it once and releases the result, where the library wants that. A training step: updates the parameters. */
  call(): unknown;
  /** Whether a call is over only when its promise is kept. */
  awaited?: boolean;
  /** Does it once and returns the result in row-major order, images [N, C, H, W]. A training step: its loss alone. */
  read(): ArrayLike<number> | Promise<ArrayLike<number>>;
}

export interface Peer {
  /** Nothing if the library has no way to do this work. */
  prepare(work: Work, name: string): Task | undefined | Promise<Task | undefined>;
}

/** What is said of a workload. `missing`: not offered. `error`: tried and failed. */
export type Answer = { name: string } & (
  | { timing: Timing; checksum?: Checksum; losses?: number[] }
  | { missing: true }
  | { error: string }
);

/** What stands on a line: an answer, or what the process has loaded. */
export type Line = Answer | { about: string };

const say = (line: Line): void => void writeSync(3, `${JSON.stringify(line)}\n`);

/** Does the workloads of these names, one after another. */
export async function serve(peer: Peer, names: readonly string[]): Promise<void> {
  for (const name of names) {
    try {
      say(await answer(peer, name));
    } catch (error) {
      say({ name, error: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function answer(peer: Peer, name: string): Promise<Answer> {
  const work = works[name]!;
  const task = await peer.prepare(work, name);
  if (task === undefined) return { name, missing: true };
  const result =
    work.kind === "train" ? { losses: await tenLosses(task) } : { checksum: sumUp(await task.read()) };
  const call = () => task.call();
  const timing = task.awaited ? await measureAwaited(call) : measure(call);
  return { name, timing, ...result };
}

async function tenLosses(task: Task): Promise<number[]> {
  const losses: number[] = [];
  while (losses.length < 10) losses.push((await task.read())[0]!);
  return losses;
}
