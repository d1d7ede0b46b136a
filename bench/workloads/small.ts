/** So little work that only the way to the kernel counts. */
import { fill } from "../data.js";
import type { Workload } from "./workload.js";

export const smalls: readonly Workload[] = [
  {
    name: "add_16",
    group: "small",
    prepare: () => {
      const [a, b] = [fill(7, [16]), fill(8, [16])];
      return () => a.add(b);
    },
  },
  {
    name: "matmul_4",
    group: "small",
    flops: 128,
    prepare: () => {
      const [a, b] = [fill(7, [4, 4]), fill(8, [4, 4])];
      return () => a.matmul(b);
    },
  },
];
