/** Random fills and optimizer steps in place. */
import type { UpdateKernels } from "../backend.js";
import { elementwise } from "./elementwise.js";
import type { Machine } from "./machine.js";
import { optimizers } from "./optimizers.js";
import { random } from "./random.js";

export function update(machine: Machine): UpdateKernels {
  const { copy } = elementwise(machine);
  return { random: random(machine, copy), ...optimizers(machine, copy) };
}
