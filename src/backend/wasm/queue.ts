/** @file Cells of the WASM heap, and the order in which they are evicted. */
import type { Cell } from "../backend.js";

export class WasmCell implements Cell {
  /** Where the block is, 0 when it is not on the heap. */
  address = 0;
  /** Where the bytes are while they are not on the heap; for ever if the cell is shared with the host. */
  host: Uint8Array | null = null;
  hostOffset = 0;
  shared = false;
  /** The kernel call that used it last, and the one at which it was put at the end of the queue. */
  used = 0;
  queued = 0;
  /** Neighbours in the queue for eviction, while resident. */
  newer: WasmCell | null = null;
  older: WasmCell | null = null;
  /** Whose memory it is, if sweeps look after it. */
  owner: WeakRef<object> | null = null;

  constructor(
    readonly bytes: number,
    readonly id: number,
  ) {}

  /** A cell that stays where it is and is none of the heap's. */
  static fixed(address: number, bytes: number): WasmCell {
    const cell = new WasmCell(bytes, 0);
    cell.address = address;
    cell.shared = true;
    return cell;
  }
}

/** Resident cells, roughly those first that were used least recently. */
export class Queue {
  oldest: WasmCell | null = null;
  private newest: WasmCell | null = null;

  /** Puts the cell at the end, during the kernel call `call`. */
  add(cell: WasmCell, call: number): void {
    cell.queued = call;
    cell.older = this.newest;
    if (this.newest) this.newest.newer = cell;
    else this.oldest = cell;
    this.newest = cell;
  }

  remove(cell: WasmCell): void {
    if (cell.newer) cell.newer.older = cell.older;
    else this.newest = cell.older;
    if (cell.older) cell.older.newer = cell.newer;
    else this.oldest = cell.newer;
    cell.newer = cell.older = null;
  }

  /** The first that was not used since it was put there; those that were go to the end. Null if `call` uses all of them. */
  victim(call: number): WasmCell | null {
    for (let cell = this.oldest; cell; cell = this.oldest) {
      if (cell.used <= cell.queued && cell.used !== call) return cell;
      if (cell.queued === call) return null;
      this.remove(cell);
      this.add(cell, call);
    }
    return null;
  }
}
