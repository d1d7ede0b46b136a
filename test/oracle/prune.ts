/**
 * @file Makes the vectors that the tests replay: `node build/oracle/test/oracle/prune.js OUT FILE...`
 *
 * Of every op and sort of row the smallest that passes on `cpu` and does not fail on `reference`, gathered into one file.
 */
import { writeFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { readRows } from "./file.js";
import { Report, type Row } from "./report.js";
import { replayRows } from "./rows.js";

/** Characters beyond which a row is not worth its place, unless its op has no other. */
const longest = 6000;

/** What a row is an example of. */
function sortOf(row: Row, index: number): string {
  if (row.kind === "sample") return `${row.dtype} ${row.from ?? ""}`;
  if (row.kind === "error") return "error";
  if (row.case) return `${row.case} ${JSON.stringify(row.params)}`;
  return String(row.code ?? row.scheduler ?? row.optimizer ?? row.desc ?? index % 150);
}

const passes = (rows: readonly unknown[]): boolean =>
  (["cpu", "reference"] as const).every((device) => {
    const report = new Report("");
    try {
      replayRows(structuredClone(rows), device, report);
    } catch {
      return false;
    }
    return report.failed === 0 && (device === "reference" || report.passed > 0);
  });

function prune(path: string): unknown[] {
  const rows = readRows(path);
  // What the others need beside them: the op's own line, the optimizers' gradients.
  const heads = rows.filter((row) => ["op", "problem"].includes((row as Row).kind));
  const kept = new Map<string, unknown>();
  const bySize = rows
    .filter((row) => !heads.includes(row))
    .map((row, i) => ({ row, i, size: JSON.stringify(row).length }));
  for (const { row, i, size } of bySize.sort((a, b) => a.size - b.size)) {
    const sort = Array.isArray(row) ? `${row[0]} ${row[1]} ${row[3]}` : sortOf(row as Row, i);
    const worth = size <= longest || kept.size === 0;
    if (worth && !kept.has(sort) && passes([...heads, row])) kept.set(sort, row);
  }
  return kept.size ? [...heads, ...kept.values()] : [];
}

const [out, ...files] = process.argv.slice(2);
if (!out || !files.length) {
  console.error("usage: prune OUT FILE...");
  process.exit(2);
}
const rows = files.flatMap(prune);
writeFileSync(out, gzipSync(rows.map((row) => JSON.stringify(row)).join("\n"), { level: 9 }));
console.log(`${rows.length} rows`);
