/** Which replay rows of vectors need. */
import type { DeviceName } from "../../src/backend/backend.js";
import { replayCasts, replayIndexing, replayPromotion, replayResultDtypes } from "./extra.js";
import { replayModules } from "./modules.js";
import { replayOps } from "./opinfo.js";
import { replayOptim } from "./optim.js";
import { replayPrinting } from "./printing.js";
import type { Report, Row } from "./report.js";
import { replayRandom } from "./rng.js";

type Replay = (rows: readonly Row[], device: DeviceName, report: Report) => void;

/** What only rows of one sort have, most telling first. */
const replays: readonly (readonly [mark: (row: Row) => boolean, replay: Replay])[] = [
  [(row) => row.kind === "op", replayOps],
  [(row) => "ctor" in row, replayModules],
  [(row) => "text" in row, replayPrinting],
  [(row) => "case" in row, replayRandom],
  [(row) => "optimizer" in row, replayOptim],
  [(row) => row.kind === "cast" || row.kind === "infer", replayCasts],
  [(row) => row.kind.startsWith("index"), replayIndexing],
];

/** @throws SyntaxError if no row is of a known sort */
export function replayRows(rows: readonly unknown[], device: DeviceName, report: Report): void {
  const first = rows[0];
  if (Array.isArray(first)) (first.length === 4 ? replayResultDtypes : replayPromotion)(rows, device, report);
  else {
    const [, replay] = replays.find(([mark]) => (rows as Row[]).some(mark)) ?? [];
    if (!replay) throw new SyntaxError("no rows that can be replayed");
    replay(rows as Row[], device, report);
  }
}
