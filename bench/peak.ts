/** What this machine can do at best, measured in the run that is compared with it. */
import { readFileSync } from "node:fs";

/** Rates in GFLOP/s and GB/s. */
export interface Peaks {
  /** float32 multiplications and additions between registers, four lanes wide. */
  muladd: number;
  /** Bytes read plus bytes written by a copy loop of 128-bit loads and stores. */
  copy: number;
  /** The same by memory.copy. */
  bulkCopy: number;
  /** Bytes read by a loop of 128-bit loads. */
  read: number;
}

interface Loops {
  f32_peak_muladd(steps: number, seed: number): number;
  f32_peak_copy(out: number, x: number, n: number): void;
  f32_peak_bulkcopy(out: number, x: number, n: number): void;
  f32_peak_read(x: number, n: number): number;
}

/** As many floats as the elementwise workloads have. */
const floats = 1 << 20;
const source = 1 << 16;
// Half a page off: loads wait for stores to addresses that are equal modulo 4096.
const target = source + 4 * floats + 2048;
const steps = 50_000;

/** The best rates seen so far: a slow moment of the machine is made good by the next `measure`. */
export class PeakMeter {
  readonly peaks: Peaks = { muladd: 0, copy: 0, bulkCopy: 0, read: 0 };
  private readonly loops: Loops;

  constructor() {
    const module = new WebAssembly.Module(readFileSync(new URL("./peak.wasm", import.meta.url)));
    const { exports } = new WebAssembly.Instance(module);
    this.loops = exports as unknown as Loops;
    // Memory that was never written is one page of zeros in the first-level cache, however much of it is read.
    new Float32Array((exports.memory as WebAssembly.Memory).buffer, source, floats).fill(1);
    this.measure(300);
  }

  /** Runs each loop for a quarter of `milliseconds`. */
  measure(milliseconds: number): void {
    const { loops, peaks } = this;
    const see = (name: keyof Peaks, work: number, run: () => unknown) => {
      const rate = work / shortest(run, milliseconds / 4) / 1e6;
      peaks[name] = Math.max(peaks[name], rate);
    };
    see("muladd", 64 * steps, () => loops.f32_peak_muladd(steps, 1e-9));
    see("copy", 8 * floats, () => loops.f32_peak_copy(target, source, floats));
    see("bulkCopy", 8 * floats, () => loops.f32_peak_bulkcopy(target, source, floats));
    see("read", 4 * floats, () => loops.f32_peak_read(source, floats));
  }
}

/** The shortest of the times that fit, in milliseconds. */
function shortest(run: () => unknown, milliseconds: number): number {
  let best = Number.POSITIVE_INFINITY;
  const start = performance.now();
  for (let now = start; now - start < milliseconds; ) {
    run();
    const then = performance.now();
    best = Math.min(best, then - now);
    now = then;
  }
  return best;
}

export function describePeaks({ muladd, copy, bulkCopy, read }: Peaks): string {
  const rate = (x: number) => x.toFixed(1);
  return (
    `peak: mul+add ${rate(muladd)} GFLOP/s, copy ${rate(copy)} GB/s ` +
    `(memory.copy ${rate(bulkCopy)}), read ${rate(read)} GB/s`
  );
}
