/** The most memory that was ever resident. */
import { existsSync, readFileSync } from "node:fs";

const status = "/proc/self/status";

/**
 * In bytes. Linux is asked for the process as it is since its program began: what `process.resourceUsage` says
 * includes the process that it was forked from.
 */
export function peakRss(): number {
  const kibibytes = existsSync(status) && /VmHWM:\s*(\d+)/.exec(readFileSync(status, "utf8"))?.[1];
  return 1024 * Number(kibibytes || process.resourceUsage().maxRSS);
}
