/** What a process costs before and beside its work: time to the first product, memory of a short training. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { onCore } from "../pinned.js";

const program = (name: string) => [
  process.execPath,
  fileURLToPath(new URL(`../start/${name}.js`, import.meta.url)),
];
/** Node with nothing loaded. */
export const empty = program("empty");
/** Prints an element of the first product of matrices. */
export const first = program("first");
/** Trains the MLP for 200 steps and prints the bytes that were resident at most. */
export const train = program("train");

export interface StartupResult {
  /** Milliseconds from the start of the process to the first line that it prints: the best and median of 7. */
  best: number;
  median: number;
}

const processes = 7;

/** Runs a command 8 times; the first warms up the file cache. */
export async function timeStart(command: readonly string[], env = process.env): Promise<StartupResult> {
  await firstLine(command, env);
  const times: number[] = [];
  while (times.length < processes) times.push((await firstLine(command, env)).milliseconds);
  times.sort((a, b) => a - b);
  return { best: times[0]!, median: times[processes >> 1]! };
}

/** The bytes that a command prints. */
export const readBytes = async (command: readonly string[], env = process.env): Promise<number> =>
  Number((await firstLine(command, env)).line);

/** @throws Error if the command fails or prints no number */
function firstLine(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ line: string; milliseconds: number }> {
  return new Promise((resolve, reject) => {
    const [file, ...args] = onCore(command);
    const start = performance.now();
    const child = spawn(file!, args, { env, stdio: ["ignore", "pipe", "ignore"] });
    let [line, milliseconds] = ["", 0];
    child.stdout.on("data", (chunk) => {
      line ||= String(chunk).trim();
      milliseconds ||= performance.now() - start;
    });
    child.on("error", reject);
    child.on("close", (status, signal) => {
      if (status === 0 && /^[\d.]+$/.test(line)) resolve({ line, milliseconds });
      else
        reject(
          new Error(`${command.join(" ")}: printed "${line}" and ended with ${signal ?? `status ${status}`}`),
        );
    });
  });
}

export interface StartupReport {
  start: { empty: StartupResult; wasmgrad: StartupResult };
  /** Bytes resident at most. */
  peakRss: { empty: number; wasmgrad: number };
}

export async function reportStartup(): Promise<StartupReport> {
  const start = { empty: await timeStart(empty), wasmgrad: await timeStart(first) };
  const peakRss = { empty: await readBytes(empty), wasmgrad: await readBytes(train) };
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const over = (what: "best" | "median") => (start.wasmgrad[what] - start.empty[what]).toFixed(1);
  console.log("\nstartup: over an empty Node");
  console.log(
    `  to the first matmul      best ${over("best")} ms, median ${over("median")} ms of ${processes} processes`,
  );
  console.log(
    `  peak RSS of 200 steps    ${megabytes(peakRss.wasmgrad - peakRss.empty)} MB ` +
      `(${megabytes(peakRss.wasmgrad)} − ${megabytes(peakRss.empty)})`,
  );
  return { start, peakRss };
}
