/** The device "reference": every kernel in plain TypeScript, to read, to test against, and where WebAssembly is refused. */
import { DeviceError, showBytes } from "../../core/errors.js";
import type { Backend, Cell } from "../backend.js";
import type { HostCell } from "./arrays.js";
import { elementwise } from "./elementwise.js";
import { indexing } from "./indexing.js";
import { linear } from "./linear.js";
import { norm } from "./norm.js";
import { reduction } from "./reduction.js";
import { update } from "./update.js";

export function createReferenceBackend(): Backend {
  const own = (cell: Cell) => (cell as HostCell).data;
  const cell = (data: Uint8Array): HostCell => ({ bytes: data.byteLength, data });
  return {
    device: "reference",
    allocate: (bytes) => {
      try {
        return cell(new Uint8Array(bytes));
      } catch (cause) {
        throw new DeviceError(
          `memory: cannot allocate ${bytes} bytes (${showBytes(bytes)}): ${String(cause)}`,
          { cause },
        );
      }
    },
    // The JavaScript engine collects what nobody holds; there is nothing to give back or to count.
    release: () => {},
    watch: () => {},
    adopt: cell,
    share: own,
    read: (cell, start, length) => own(cell).slice(start, start + length).buffer as ArrayBuffer,
    write: (cell, start, bytes) => own(cell).set(bytes, start),
    memory: () => ({ resident: 0, evicted: 0, restored: 0, peak: 0, budget: Infinity, reserved: 0 }),
    setBudget: () => {},
    ...elementwise,
    ...reduction,
    ...norm,
    ...linear,
    ...indexing,
    ...update,
  };
}
