/** PyTorch's answers, replayed: every operator once, and layers, optimizers, random numbers, printing. Bundled by bundle.mjs. */
import { Report } from "../../test/oracle/report.ts";
import { replayRows } from "../../test/oracle/rows.ts";
import { vectors } from "./vectors.mjs";

export function run() {
  let passed = 0;
  const failures = [];
  for (const [name, rows] of Object.entries(vectors)) {
    const report = new Report(name);
    replayRows(rows, "cpu", report);
    passed += report.passed;
    for (const { row, message } of report.failures) failures.push(`${name}: ${row}: ${message}`);
  }
  if (failures.length > 0)
    throw new Error(`${failures.length} of ${passed + failures.length} differ\n${failures.join("\n")}`);
  return { passed };
}
