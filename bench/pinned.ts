/** Tasks in processes of their own, each held to one core. */
import { spawn, spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Tasks } from "./child.js";

const core = process.env.BENCH_CORE ?? "1";
const child = fileURLToPath(new URL("./child.js", import.meta.url));

/** Whether `taskset` is there and the core may be used. */
export const pinned = spawnSync("taskset", ["-c", core, process.execPath, "--version"]).status === 0;

export const whereItRuns = pinned
  ? `pinned to core ${core}`
  : `not pinned: taskset -c ${core} does not work here, so times vary more`;

/** A command, held to the core. */
export const onCore = (command: readonly string[]): string[] =>
  pinned ? ["taskset", "-c", core, ...command] : [...command];

/** Runs a task of child.ts in a fresh process and returns its result; what it prints appears at once. */
export function runPinned<T extends keyof Tasks>(
  task: T,
  args: readonly string[],
): Promise<ReturnType<Tasks[T]>> {
  const command = onCore([process.execPath, child, task, ...args]);
  return new Promise((resolve, reject) => {
    const running = spawn(command[0]!, command.slice(1), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    let result: ReturnType<Tasks[T]> | undefined;
    running.on("message", (message) => {
      result = message as ReturnType<Tasks[T]>;
    });
    running.on("error", reject);
    running.on("close", (status, signal) => {
      if (status === 0 && result !== undefined) resolve(result);
      else reject(new Error(`${task} ${args.join(" ")}: ended with ${signal ?? `status ${status}`}`));
    });
  });
}
