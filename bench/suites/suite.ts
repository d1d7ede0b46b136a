/** Kernels of the device "cpu" beside their readable twins on "reference". */
import Benchmark from "benchmark";
import { fill } from "../data.js";

export type Device = "cpu" | "reference";

/** A call to be timed on both devices. */
export interface Case {
  name: string;
  /** Makes the inputs on a device and returns the call. */
  prepare(device: Device): () => unknown;
}

/** Numbers in [−scale, scale) on a device. */
export const numbers = (device: Device, seed: number, shape: readonly number[], scale = 1) =>
  fill(seed, shape, scale).to(device);

/** A case of one call on a tensor of the shape. */
export function onTensor(
  name: string,
  shape: readonly number[],
  run: (x: ReturnType<typeof numbers>) => unknown,
): Case {
  return {
    name: `${name} [${shape}]`,
    prepare: (device) => {
      const x = numbers(device, 1, shape);
      return () => run(x);
    },
  };
}

const options = { minSamples: 5, maxTime: 0.3 };

/** Runs the cases of a family and prints calls per second and the ratio. */
export function runSuite(family: string, cases: readonly Case[]): void {
  console.log(
    `${family}${"cpu, calls/s".padStart(52 - family.length)}${"reference".padStart(20)}${"ratio".padStart(12)}`,
  );
  for (const { name, prepare } of cases) {
    const suite = new Benchmark.Suite(name);
    for (const device of ["cpu", "reference"] as const) suite.add(device, prepare(device), options);
    suite.run();
    const [cpu, reference] = suite.map((bench: Benchmark) => bench) as Benchmark[];
    const failed = [cpu!, reference!].find((bench) => bench.error);
    if (failed) console.log(`  ${name.padEnd(30)} ${failed.name}: ${failed.error}`);
    else console.log(`  ${name.padEnd(30)}${speed(cpu!)}${speed(reference!)}${ratio(cpu!, reference!)}`);
  }
}

const speed = ({ hz, stats }: Benchmark): string =>
  `${Benchmark.formatNumber(Math.round(hz))} ±${stats.rme.toFixed(0)} %`.padStart(20);

const ratio = (cpu: Benchmark, reference: Benchmark): string =>
  `${(cpu.hz / reference.hz).toFixed(1)} ×`.padStart(12);
