/**
 * @file The WASM heap as a cache of cells.
 *
 * JavaScript has no destructors, so a dead tensor's block cannot be returned when it dies. Instead the least recently used
 * cells are evicted when the heap reaches its limit: copied out to an ArrayBuffer and forgotten here. A dead one is then
 * ordinary garbage; a live one is copied back when it is used again. The limit starts small, so that a loop of short-lived
 * tensors stays in the processor's cache, and rises by what has to be copied back, up to the budget: the heap becomes as
 * large as the working set, no larger. Where the host can be asked for a garbage collection (collector.ts), dead cells are
 * swept away at the limit without being copied; eviction is for what is left.
 */
import { DeviceError } from "../../core/errors.js";
import type { Cell, MemoryStats } from "../backend.js";
import { type Collector, type Cost, findCollector, mayCollect } from "./collector.js";
import { Heap } from "./heap.js";

const MiB = 1 << 20;
const FIRST_LIMIT = 16 * MiB;
export const DEFAULT_BUDGET = 1024 * MiB;
/** Sweeps may raise the limit up to here, so that they take little of the time between them. */
const SWEEP_LIMIT = 256 * MiB;
const SWEEP_SHARE = 0.04;
/** What evicting costs: copying, and the garbage of the copies. */
const EVICTION_MS_PER_BYTE = 0.2 / MiB;
/** Smaller blocks are left to eviction: watching them would cost more than they are worth. */
const WATCHED_FROM = 4096;
const ATTIC = 4096;
const LARGEST_IN_ATTIC = 512;

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

export class Cells {
  private newest: WasmCell | null = null;
  private oldest: WasmCell | null = null;
  private resident = 0;
  private peak = 0;
  private evicted = 0;
  private restored = 0;
  private budget = DEFAULT_BUDGET;
  private limit = FIRST_LIMIT;
  /** Counts kernel calls; cells of the running call are never evicted. */
  private call = 0;
  private borrowed: WasmCell[] = [];
  /** Small evicted cells share arrays, which cost the JavaScript heap far less than one each. */
  private attic = new Uint8Array(0);
  private atticUsed = ATTIC;
  private workspaceAddress = 0;
  private workspaceBytes = 0;
  private nextId = 1;
  private readonly watched = new Map<number, WasmCell>();
  /** Bytes placed under watch since the last sweep, and evicted since weak references last let go. */
  private fresh = 0;
  private kept = 0;
  private cost: Cost = { ms: 0, share: 0 };
  /** Whether the last sweep took more than its share of the time. */
  private dear = false;
  private sweptCall = 0;
  private readonly registry =
    typeof FinalizationRegistry === "undefined"
      ? null
      : new FinalizationRegistry<number>((id) => {
          const cell = this.watched.get(id);
          if (cell) this.release(cell);
        });

  constructor(
    readonly heap: Heap,
    /** Undefined until the first sweep looks for it. Where there is none, finalizers do what they can. */
    private collector: Collector | null | undefined = mayCollect() ? undefined : null,
  ) {}

  allocate(bytes: number): WasmCell {
    const cell = new WasmCell(bytes, this.nextId++);
    this.place(cell);
    return cell;
  }

  release(cell: WasmCell): void {
    this.watched.delete(cell.id);
    if (cell.address !== 0) this.leave(cell, null);
    cell.host = null;
  }

  watch(owner: object, cell: WasmCell): void {
    if (cell.bytes < WATCHED_FROM) return;
    if (this.collector !== null) {
      cell.owner = new WeakRef(owner);
      this.fresh += cell.bytes;
    } else if (this.registry) {
      this.watched.set(cell.id, cell);
      this.registry.register(owner, cell.id);
    }
  }

  adopt(bytes: Uint8Array): WasmCell {
    const cell = new WasmCell(bytes.byteLength, this.nextId++);
    cell.host = bytes;
    cell.shared = true;
    return cell;
  }

  /** Moves the bytes to the host for good and returns them. */
  share(cell: WasmCell): Uint8Array {
    if (!cell.shared) {
      if (cell.address !== 0) this.leave(cell, this.heap.u8.slice(cell.address, cell.address + cell.bytes));
      else cell.host = this.bytes(cell).slice();
      cell.hostOffset = 0;
      cell.shared = true;
    }
    return cell.host!;
  }

  // ── around a kernel call ───────────────────────────────────────────────────────────────────────

  /** Starts a kernel call: every cell located from here to `end` stays where it is. */
  begin(): void {
    this.call++;
  }

  /** The address of the cell's bytes, for this call. */
  locate(cell: WasmCell): number {
    cell.used = this.call;
    if (cell.address === 0) this.bringIn(cell);
    return cell.address;
  }

  /** Ends a kernel call: what the host shares is copied back to it. */
  end(): void {
    if (this.borrowed.length === 0) return;
    for (const cell of this.borrowed) {
      cell.host!.set(this.heap.u8.subarray(cell.address, cell.address + cell.bytes));
      this.heap.free(cell.address, cell.bytes);
      this.resident -= Heap.rounded(cell.bytes);
      cell.address = 0;
    }
    this.borrowed.length = 0;
  }

  /** Bytes for a kernel's own use until the next call that asks. */
  workspace(bytes: number): number {
    if (bytes > this.workspaceBytes) {
      if (this.workspaceBytes) this.heap.free(this.workspaceAddress, this.workspaceBytes);
      this.workspaceBytes = 0;
      this.workspaceAddress = this.block(bytes);
      this.workspaceBytes = bytes;
    }
    return this.workspaceAddress;
  }

  // ── bytes from and to the host ─────────────────────────────────────────────────────────────────

  /** The bytes where they are now; valid until the next allocation. */
  bytes(cell: WasmCell): Uint8Array {
    const { host, hostOffset, address } = cell;
    return host
      ? host.subarray(hostOffset, hostOffset + cell.bytes)
      : this.heap.u8.subarray(address, address + cell.bytes);
  }

  stats(): MemoryStats {
    const { resident, evicted, restored, peak, budget } = this;
    return { resident, evicted, restored, peak, budget, reserved: this.heap.u8.length };
  }

  setBudget(bytes: number): void {
    this.budget = bytes;
    this.limit = Math.min(this.limit, bytes);
    this.call++;
    this.makeRoom(0);
  }

  // ── residency ──────────────────────────────────────────────────────────────────────────────────

  private place(cell: WasmCell): void {
    const size = Heap.rounded(cell.bytes);
    if (this.resident + size > this.limit) this.makeRoom(size);
    cell.address = this.block(cell.bytes);
    this.resident += size;
    if (this.resident > this.peak) this.peak = this.resident;
    if (!cell.shared) this.linkNewest(cell);
  }

  private bringIn(cell: WasmCell): void {
    const bytes = this.bytes(cell);
    this.place(cell);
    this.heap.u8.set(bytes, cell.address);
    if (cell.shared) this.borrowed.push(cell);
    else {
      cell.host = null;
      this.restored += cell.bytes;
      if (this.registry && this.collector === null && cell.bytes >= WATCHED_FROM)
        this.watched.set(cell.id, cell);
      this.limit = Math.min(this.budget, this.limit + Heap.rounded(cell.bytes));
    }
  }

  /** Sweeps or evicts until `size` more bytes fit below the limit, or only cells of the running call are left. */
  private makeRoom(size: number): void {
    if (this.sweepPays()) this.sweep();
    while (this.resident + size > this.limit) {
      const cell = this.victim();
      if (!cell) break;
      this.evict(cell);
    }
    if (this.kept > FIRST_LIMIT && this.collector) {
      this.collector.forget();
      this.kept = 0;
    }
  }

  /** Whether half of the limit has been filled anew, and evicting that would cost more than a sweep. */
  private sweepPays(): boolean {
    if (this.collector === null || 2 * this.fresh < this.limit) return false;
    return this.limit < this.sweepLimit || this.cost.ms <= this.fresh * EVICTION_MS_PER_BYTE;
  }

  private get sweepLimit(): number {
    return Math.min(SWEEP_LIMIT, this.budget);
  }

  /** Releases the cells whose owners are garbage; small ones that lay idle since the last sweep are evicted. */
  private sweep(): void {
    if (this.collector === undefined) this.collector = findCollector();
    if (this.collector === null) return;
    this.collector.forget();
    this.cost = this.collector.collect();
    for (let cell = this.oldest; cell; ) {
      const { newer } = cell;
      if (cell.owner === null) {
        if (cell.bytes < WATCHED_FROM && cell.used < this.sweptCall) this.evict(cell);
        // Cells of the running call may have no other owner left than the kernel.
      } else if (cell.used !== this.call && cell.owner.deref() === undefined) this.release(cell);
      cell = newer;
    }
    this.sweptCall = this.call;
    // Twice in a row: the machine may have been busy once.
    const wasDear = this.dear;
    this.dear = this.cost.share > SWEEP_SHARE;
    if (this.dear && wasDear) this.limit = Math.max(this.limit, Math.min(2 * this.limit, this.sweepLimit));
    this.fresh = this.kept = 0;
  }

  /** The first in the queue that was not used since it was put there; those that were go to its end. */
  private victim(): WasmCell | null {
    for (let cell = this.oldest; cell; cell = this.oldest) {
      if (cell.used <= cell.queued && cell.used !== this.call) return cell;
      if (cell.queued === this.call) return null;
      this.unlink(cell);
      this.linkNewest(cell);
    }
    return null;
  }

  /** A block of the heap, at the cost of evictions; a host that refuses to grow lowers the budget. */
  private block(bytes: number): number {
    let address = this.heap.allocate(bytes);
    while (address === 0) {
      this.budget = this.limit = Math.min(this.limit, this.resident);
      const cell = this.victim();
      if (!cell)
        throw new DeviceError(
          `memory: cannot allocate ${bytes} bytes: ${this.resident} bytes are in use by the running operation ` +
            `and the host refuses to grow the heap beyond ${this.heap.u8.length}`,
        );
      this.evict(cell);
      address = this.heap.allocate(bytes);
    }
    return address;
  }

  private evict(cell: WasmCell): void {
    this.evicted += cell.bytes;
    this.kept += cell.bytes;
    this.watched.delete(cell.id);
    const { u8 } = this.heap;
    const bytes = u8.subarray(cell.address, cell.address + cell.bytes);
    if (cell.bytes > LARGEST_IN_ATTIC) {
      this.leave(cell, bytes.slice());
      return;
    }
    if (this.atticUsed + cell.bytes > ATTIC) {
      this.attic = new Uint8Array(ATTIC);
      this.atticUsed = 0;
    }
    cell.hostOffset = this.atticUsed;
    this.attic.set(bytes, this.atticUsed);
    this.atticUsed += (cell.bytes + 7) & ~7;
    this.leave(cell, this.attic);
  }

  /** Takes the cell off the heap. */
  private leave(cell: WasmCell, host: Uint8Array | null): void {
    this.heap.free(cell.address, cell.bytes);
    this.resident -= Heap.rounded(cell.bytes);
    cell.address = 0;
    cell.host = host;
    this.unlink(cell);
  }

  private linkNewest(cell: WasmCell): void {
    cell.queued = this.call;
    cell.older = this.newest;
    if (this.newest) this.newest.newer = cell;
    else this.oldest = cell;
    this.newest = cell;
  }

  private unlink(cell: WasmCell): void {
    if (cell.newer) cell.newer.older = cell.older;
    else this.newest = cell.older;
    if (cell.older) cell.older.newer = cell.newer;
    else this.oldest = cell.newer;
    cell.newer = cell.older = null;
  }
}
