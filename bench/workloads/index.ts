/** All workloads, in the order of the table. */
import { convolutions } from "./convolution.js";
import { elementwises } from "./elementwise.js";
import { inferences } from "./inference.js";
import { matmuls } from "./matmul.js";
import { reductions } from "./reduction.js";
import { smalls } from "./small.js";
import { trainings } from "./training.js";
import type { Workload } from "./workload.js";

export const workloads: readonly Workload[] = [
  ...matmuls,
  ...convolutions,
  ...elementwises,
  ...reductions,
  ...smalls,
  ...inferences,
  ...trainings,
];
