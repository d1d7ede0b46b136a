/** wasmgrad doing the work, results left to the library as users leave them; timed as its peers are. */
import { workloads } from "../workloads/index.js";
import { serve } from "./serve.js";

await serve(
  {
    prepare: (_, name) => {
      const call = workloads.find((workload) => workload.name === name)!.prepare();
      return {
        call,
        read: () => call().detach().clone().typedArray() as Float32Array,
      };
    },
  },
  process.argv.slice(2),
);
