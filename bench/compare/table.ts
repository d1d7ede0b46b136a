/** The table: a line for each workload, a column for each library. */
import { expectedLosses, expectedSums } from "../expected.js";
import { checksumsAgree, lossesAgree } from "../numbers.js";
import type { Answer } from "./serve.js";

const nameWidth = 18;
const width = 19;

export const header = (columns: readonly string[]): string =>
  `${"best ms".padEnd(nameWidth)}${columns.map((name) => name.padStart(width)).join("")}\n` +
  "─".repeat(nameWidth + width * columns.length);

export const legend =
  "1.9x: takes 1.9 times as long as wasmgrad   !: another result than PyTorch's   -: not offered   ERR: failed";

/** The first answer is wasmgrad's, by which the others are divided. */
export function row(name: string, answers: readonly Answer[]): string {
  const unit = timeOf(answers[0]!);
  const cells = answers.map((answer, i) => cell(answer, i === 0 ? undefined : unit));
  return `${name.padEnd(nameWidth)}${cells.map((text) => text.padStart(width)).join("")}`;
}

function cell(answer: Answer, unit: number | undefined): string {
  if ("missing" in answer) return "-";
  if ("error" in answer) return "ERR";
  const { best } = answer.timing;
  const ratio = unit === undefined ? "" : ` ${ratioOf(best / unit)}`;
  return `${milliseconds(best)}${ratio}${agrees(answer) ? "" : " !"}`;
}

const timeOf = (answer: Answer): number | undefined => ("timing" in answer ? answer.timing.best : undefined);

/** Whether the result is what PyTorch computes. */
export function agrees(answer: Answer): boolean {
  if (!("timing" in answer)) return true;
  const { name, checksum, losses } = answer;
  return checksum === undefined
    ? lossesAgree(losses!, expectedLosses[name]!)
    : checksumsAgree(checksum, expectedSums[name]!);
}

export const ratioOf = (ratio: number): string => `(${ratio < 10 ? ratio.toFixed(2) : ratio.toFixed(0)}x)`;

const milliseconds = (ms: number): string => (ms < 0.1 ? ms.toPrecision(3) : ms.toPrecision(4));
