/** What leaving memory to the library costs, against releasing everything at the end of each step. */
import { runPinned } from "../pinned.js";
import { digits } from "../timing.js";
import type { LoopResult } from "./loop.js";

const columns = ["resident", "peak", "reserved", "evicted", "restored", "rss", "peakRss"] as const;

/** Runs the loops, each in a process of its own, and prints a line for each. */
export async function reportMemory(steps: number): Promise<LoopResult[]> {
  console.log(`\nmemory: ${steps} synchronous steps of a network with a forward of its own; MiB`);
  console.log(
    `${"".padEnd(14)}${["mean ms", "median", ...columns].map((name) => name.padStart(10)).join("")}`,
  );
  const results: LoopResult[] = [];
  for (const net of ["mlp", "lenet"]) {
    const [plain, scope] = [await run(net, "plain", steps), await run(net, "scope", steps)];
    console.log(
      `${net}: plain is ${(plain.mean / scope.mean).toFixed(3)} × scope; losses ${plain.loss} and ${scope.loss}`,
    );
    results.push(plain, scope);
  }
  return results;
}

async function run(net: string, style: string, steps: number): Promise<LoopResult> {
  const result = await runPinned("loop", [net, style, String(steps)]);
  const cells = [
    digits(result.mean),
    digits(result.median),
    ...columns.map((name) => (result[name] / 2 ** 20).toFixed(1)),
  ];
  console.log(`${`${net} ${style}`.padEnd(14)}${cells.map((cell) => cell.padStart(10)).join("")}`);
  return result;
}
