/** What the workloads leave out: products of transposed operands, a row times a matrix, the gradients of convolutions. */
import * as torch from "wasmgrad";
import { fill } from "../data.js";
import { measure } from "../measure.js";
import { PeakMeter } from "../peak.js";

/** Times are the best in scope, in milliseconds. */
export interface FormResult {
  name: string;
  best: number;
  /** Fraction of the peak that bounds it; of a gradient's: its time over that of the forward pass. */
  fraction: number;
}

const { conv2d } = torch.nn.functional;

const inScope = (call: () => unknown): number =>
  measure(() =>
    torch.scope(() => {
      call();
    }),
  ).best;

/** [m, k] @ [k, n] with neither, the second or the first operand transposed in memory. */
function* products(meter: PeakMeter): Generator<FormResult> {
  for (const [m, k, n] of [
    [64, 64, 64],
    [128, 128, 128],
    [256, 256, 256],
    [512, 512, 512],
    [1024, 1024, 1024],
    [64, 784, 256],
    [64, 256, 10],
  ] as const)
    for (const form of ["NN", "NT", "TN"] as const) {
      const a = form === "TN" ? fill(1, [k, m]).t() : fill(1, [m, k]);
      const b = form === "NT" ? fill(2, [n, k]).t() : fill(2, [k, n]);
      meter.measure(40);
      const best = inScope(() => a.matmul(b));
      yield {
        name: `matmul ${m}×${k}×${n} ${form}`,
        best,
        fraction: (2e-6 * m * k * n) / best / meter.peaks.muladd,
      };
    }
}

function* rows(meter: PeakMeter): Generator<FormResult> {
  const [x, w] = [fill(1, [1, 1024]), fill(2, [1024, 1024])];
  for (const [form, matrix] of [
    ["NN", w],
    ["NT", w.t()],
  ] as const) {
    meter.measure(40);
    const best = inScope(() => x.matmul(matrix));
    yield {
      name: `row × 1024² ${form}, of copy`,
      best,
      fraction: (4e-6 * 1024 * 1024) / best / meter.peaks.copy,
    };
  }
}

function* convolutions(): Generator<FormResult> {
  for (const [name, images, kernel, padding] of [
    ["conv_lenet1", [32, 1, 28, 28], [6, 1, 5, 5], 2],
    ["conv_lenet2", [32, 6, 14, 14], [16, 6, 5, 5], 0],
    ["conv_resnet", [8, 64, 56, 56], [64, 64, 3, 3], 1],
  ] as const) {
    const [x, w] = [fill(3, images), fill(4, kernel, 0.25)].map((t) => t.requiresGrad_());
    const forward = inScope(() => torch.noGrad(() => conv2d(x!, w!, { padding })));
    const y = conv2d(x!, w!, { padding });
    const gradOutputs = [fill(9, y.shape)];
    for (const [input, of] of [
      ["input", x!],
      ["weight", w!],
    ] as const) {
      const best = inScope(() => torch.autograd.grad([y], [of], { gradOutputs, retainGraph: true }));
      yield { name: `${name}, gradient of ${input}, over forward`, best, fraction: best / forward };
    }
  }
}

/** Times all and prints a line for each. */
export function timeForms(): FormResult[] {
  const meter = new PeakMeter();
  console.log("\nforms: best ms in scope; fraction of the peak, or multiple of the forward pass");
  const results: FormResult[] = [];
  for (const part of [products(meter), rows(meter), convolutions()])
    for (const result of part) {
      results.push(result);
      console.log(
        `  ${result.name.padEnd(44)}${result.best.toFixed(5).padStart(10)}${result.fraction.toFixed(2).padStart(7)}`,
      );
    }
  return results;
}
