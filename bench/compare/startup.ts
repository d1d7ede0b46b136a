/** Cold start and memory of each library, in processes that load nothing else. */
import { readBytes, type StartupResult, timeStart } from "../reports/startup.js";
import { empty, type Starter } from "./peers.js";
import { environment } from "./process.js";

export interface StartupRow {
  name: string;
  start: StartupResult;
  /** Bytes resident at most in 200 steps of training; nothing if the library cannot train. */
  peakRss?: number;
}

export async function compareStartup(libraries: readonly Starter[]): Promise<StartupRow[]> {
  console.log(
    "\nstartup       to the first matmul, ms: best   median  over empty | 200 steps, peak MB  over empty",
  );
  const rows: StartupRow[] = [];
  for (const { name, first, train } of [empty, ...libraries]) {
    const start = await timeStart(first, environment);
    const row: StartupRow = {
      name,
      start,
      ...(train ? { peakRss: await readBytes(train, environment) } : {}),
    };
    rows.push(row);
    console.log(describe(row, rows[0]!));
  }
  return rows;
}

function describe({ name, start, peakRss }: StartupRow, none: StartupRow): string {
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  const cells = [
    name.padEnd(14),
    start.best.toFixed(1).padStart(29),
    start.median.toFixed(1).padStart(8),
    (start.best - none.start.best).toFixed(1).padStart(11),
    "|",
    (peakRss === undefined ? "-" : megabytes(peakRss)).padStart(18),
    (peakRss === undefined ? "-" : megabytes(peakRss - none.peakRss!)).padStart(11),
  ];
  return cells.join(" ");
}
