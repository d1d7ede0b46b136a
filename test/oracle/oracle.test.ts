import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { replayFile } from "./file.js";

/** Vectors taken from PyTorch, pruned by prune.ts; `npm run oracle` replays whole files. */
const folder = fileURLToPath(new URL("vectors/", import.meta.url));

describe.each(["cpu", "reference"] as const)("PyTorch's answers on %s", (device) => {
  it.each(readdirSync(folder))("%s", (file) => {
    const report = replayFile(folder + file, device);
    expect(report.failures).toEqual([]);
    if (device === "cpu") expect(report.passed).toBeGreaterThan(0);
  });
});
