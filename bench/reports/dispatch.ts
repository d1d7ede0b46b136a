/** What it costs to add 16 numbers: the way from the call to the kernel and back. */
import * as torch from "wasmgrad";
import { fill } from "../data.js";
import { measure, type Timing } from "../measure.js";

export interface DispatchResult {
  name: string;
  timing: Timing;
}

const cases: readonly [name: string, requiresGrad: boolean, scoped: boolean][] = [
  ["no gradient needed", false, false],
  ["no gradient needed, in scope", false, true],
  ["graph recorded", true, false],
  ["graph recorded, in scope", true, true],
];

export function timeDispatch(): DispatchResult[] {
  console.log("\ndispatch: a + b of 16 elements");
  return cases.map(([name, requiresGrad, scoped]) => {
    const [a, b] = [fill(7, [16]).requiresGrad_(requiresGrad), fill(8, [16])];
    const add = () => void a.add(b);
    const timing = measure(scoped ? () => torch.scope(add) : add);
    const microseconds = (ms: number) => `${(1000 * ms).toFixed(3)} µs`;
    console.log(
      `  ${name.padEnd(30)} best ${microseconds(timing.best)}, median ${microseconds(timing.median)}`,
    );
    return { name, timing };
  });
}
