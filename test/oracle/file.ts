/** Files of vectors. */
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { gunzipSync } from "node:zlib";
import type { DeviceName } from "../../src/backend/backend.js";
import { Report } from "./report.js";
import { replayRows } from "./rows.js";

/** The rows of a file, gzipped or not. */
export function readRows(path: string): unknown[] {
  const bytes = readFileSync(path);
  const text = (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line): unknown => JSON.parse(line));
}

export function replayFile(path: string, device: DeviceName): Report {
  const report = new Report(basename(path).replace(/\.jsonl(\.gz)?$/, ""));
  replayRows(readRows(path), device, report);
  return report;
}
