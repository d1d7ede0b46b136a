/** The device "cpu": kernels compiled from assembly/, numbers in WASM linear memory. */
import type { Backend, Cell } from "../backend.js";
import { elementwise } from "./elementwise.js";
import { indexing } from "./indexing.js";
import { linear } from "./linear.js";
import { Machine } from "./machine.js";
import { norm } from "./norm.js";
import type { WasmCell } from "./queue.js";
import { reduction } from "./reduction.js";
import { update } from "./update.js";

export function createWasmBackend(): Backend {
  const machine = new Machine();
  const { cells } = machine;
  const own = (cell: Cell) => cell as WasmCell;
  return {
    device: "cpu",
    allocate: (bytes) => cells.allocate(bytes),
    release: (cell) => cells.release(own(cell)),
    watch: (owner, cell) => cells.watch(owner, own(cell)),
    adopt: (bytes) => cells.adopt(bytes),
    share: (cell) => cells.share(own(cell)),
    read: (cell, start, length) => {
      const bytes = cells.bytes(own(cell));
      return bytes.slice(start, start + length).buffer as ArrayBuffer;
    },
    write: (cell, start, bytes) => cells.bytes(own(cell)).set(bytes, start),
    memory: () => cells.stats(),
    setBudget: (bytes) => cells.setBudget(bytes),
    ...elementwise(machine),
    ...reduction(machine),
    ...norm(machine),
    ...linear(machine),
    ...indexing(machine),
    ...update(machine),
  };
}
