/** Workloads timed one after another, beside what the machine can do at best. */
import * as torch from "wasmgrad";
import { checksum } from "./data.js";
import { expectedLosses, expectedSums } from "./expected.js";
import { measure, type Timing } from "./measure.js";
import { type Checksum, checksumsAgree, lossesAgree } from "./numbers.js";
import { describePeaks, PeakMeter, type Peaks } from "./peak.js";
import { workloads } from "./workloads/index.js";
import { rateOf, type Workload } from "./workloads/workload.js";

/** Milliseconds of peak loops before each workload. */
const peakMs = 80;

/** What was measured of one workload. Rates are those of the best times. */
export interface Result {
  name: string;
  /** Called as a user calls it, results left to the garbage collector. */
  plain: Timing;
  /** Each call inside torch.scope, which releases its results at once. */
  scoped: Timing;
  unit: "GFLOP/s" | "GB/s";
  /** Which of the peaks bounds it. */
  bound: "muladd" | "copy" | "read";
  checksum?: Checksum;
  losses?: number[];
  /** Whether the result is PyTorch's. */
  agrees: boolean;
}

export interface GroupResult {
  peaks: Peaks;
  results: Result[];
}

export const header =
  "workload            best ms  median ms        rate  of peak | in scope     of peak | result\n" +
  "─".repeat(120);

/** Times the workloads of these names and prints a line for each. */
export function timeWorkloads(names: readonly string[]): GroupResult {
  const meter = new PeakMeter();
  const results = workloads
    .filter(({ name }) => names.includes(name))
    .map((workload) => {
      meter.measure(peakMs);
      const result = timeWorkload(workload);
      console.log(describe(workload, result, meter.peaks));
      return result;
    });
  console.log(`  ${describePeaks(meter.peaks)}`);
  return { peaks: meter.peaks, results };
}

function timeWorkload(workload: Workload): Result {
  const call = workload.prepare();
  const verdict = workload.trains ? judgeTraining(workload.name, call) : judgeResult(workload.name, call());
  const plain = measure(call);
  const scoped = measure(() =>
    torch.scope(() => {
      call();
    }),
  );
  const { name, flops, bound = "copy" } = workload;
  return flops === undefined
    ? { name, plain, scoped, unit: "GB/s", bound, ...verdict }
    : { name, plain, scoped, unit: "GFLOP/s", bound: "muladd", ...verdict };
}

function judgeResult(name: string, y: torch.Tensor): Pick<Result, "checksum" | "agrees"> {
  const sums = checksum(y);
  return { checksum: sums, agrees: checksumsAgree(sums, expectedSums[name]!) };
}

function judgeTraining(name: string, step: () => torch.Tensor): Pick<Result, "losses" | "agrees"> {
  const losses = Array.from({ length: 10 }, () => Number(step().item()));
  return { losses, agrees: lossesAgree(losses, expectedLosses[name]!) };
}

// ── a line of the table ──────────────────────────────────────────────────────────────────────────

function describe(workload: Workload, result: Result, peaks: Peaks): string {
  const { name, plain, scoped, unit, bound, checksum, losses, agrees } = result;
  const speed = (ms: number): [rate: string, fraction: string] => {
    const rate = rateOf(workload, ms);
    return rate === undefined
      ? ["", ""]
      : [`${rate.toFixed(1)} ${unit}`, `${((100 * rate) / peaks[bound]).toFixed(0)} %`];
  };
  const [rate, fraction] = speed(plain.best);
  const cells = [
    name.padEnd(17),
    digits(plain.best).padStart(9),
    digits(plain.median).padStart(10),
    rate.padStart(13),
    fraction.padStart(6),
    "|",
    digits(scoped.best).padStart(8),
    speed(scoped.best)[1].padStart(11),
    "|",
    checksum ? describeSums(checksum) : describeLosses(losses!),
    agrees ? "ok" : "WRONG",
  ];
  return cells.join(" ");
}

const describeSums = ({ sum, wsum, abs }: Checksum): string =>
  `sum ${sum.toPrecision(7)} wsum ${wsum.toPrecision(7)} abs ${abs.toPrecision(7)}`;

const describeLosses = (losses: readonly number[]): string =>
  `losses ${losses[0]!.toFixed(6)} … ${losses.at(-1)!.toFixed(6)}`;

/** Milliseconds, to four digits. */
export const digits = (ms: number): string => (ms < 1 ? ms.toFixed(5) : ms.toPrecision(4));
