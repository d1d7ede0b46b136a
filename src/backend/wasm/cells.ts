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
import { DeviceError, showBytes } from "../../core/errors.js";
import type { MemoryStats } from "../backend.js";
import { type Collector, type Cost, findCollector, mayCollect } from "./collector.js";
import { Heap } from "./heap.js";
import { Queue, WasmCell } from "./queue.js";

const MiB = 1 << 20;
const FIRST_LIMIT = 16 * MiB;
/** A program on Cloudflare has 128 MB for everything; past the budget tensors are copied out, and dead ones with them. */
const inWorkerd = globalThis.navigator?.userAgent === "Cloudflare-Workers";
const DEFAULT_BUDGET = (inWorkerd ? 64 : 1024) * MiB;
/** Sweeps may raise the limit up to here, so that they take little of the time between them. */
const SWEEP_LIMIT = 256 * MiB;
const SWEEP_SHARE = 0.04;
/** What evicting costs: copying, and the garbage of the copies. */
const EVICTION_MS_PER_BYTE = 0.2 / MiB;
/** Smaller blocks are left to eviction: watching them would cost more than they are worth. */
const WATCHED_FROM = 4096;
const ATTIC = 4096;
const LARGEST_IN_ATTIC = 512;

export class Cells {
  private readonly queue = new Queue();
  private resident = 0;
  private peak = 0;
  private evicted = 0;
  private restored = 0;
  private budget = DEFAULT_BUDGET;
  private limit = FIRST_LIMIT;
  /** Counts kernel calls; cells of the running call are never evicted. */
  private call = 0;
  private running = false;
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
    // The call before ended in an error, and what it had borrowed was not computed.
    if (this.running && this.borrowed.length > 0) this.giveBack(false);
    this.running = true;
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
    this.running = false;
    if (this.borrowed.length > 0) this.giveBack(true);
  }

  private giveBack(changed: boolean): void {
    for (const cell of this.borrowed) {
      if (changed) cell.host!.set(this.heap.u8.subarray(cell.address, cell.address + cell.bytes));
      this.heap.free(cell.address, cell.bytes);
      this.resident -= Heap.rounded(cell.bytes);
      cell.address = 0;
    }
    this.borrowed.length = 0;
  }

  /** Bytes for a kernel's own use until the next call that asks, or the next new cell. */
  workspace(bytes: number): number {
    if (bytes > this.workspaceBytes) {
      this.dropWorkspace();
      this.workspaceAddress = this.block(bytes);
      this.workspaceBytes = bytes;
    }
    return this.workspaceAddress;
  }

  private dropWorkspace(): void {
    if (this.workspaceBytes) this.heap.free(this.workspaceAddress, this.workspaceBytes);
    this.workspaceBytes = 0;
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
    this.heap.askAgain();
    this.call++;
    this.makeRoom(0);
  }

  // ── residency ──────────────────────────────────────────────────────────────────────────────────

  private place(cell: WasmCell): void {
    const size = Heap.rounded(cell.bytes);
    // Room for what is larger than all that may stay is made once it is known to fit.
    const address = size > this.limit ? this.block(cell.bytes) : 0;
    if (this.resident + size > this.limit) this.makeRoom(size);
    cell.address = address || this.block(cell.bytes);
    this.resident += size;
    if (this.resident > this.peak) this.peak = this.resident;
    if (!cell.shared) this.queue.add(cell, this.call);
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
      const cell = this.queue.victim(this.call);
      if (!cell || !this.evict(cell)) break;
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
    for (let cell = this.queue.oldest; cell; ) {
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

  /** A block of the heap, at the cost of sweeping and evicting where the host refuses to grow it. */
  private block(bytes: number): number {
    return this.heap.allocate(bytes) || this.squeeze(bytes);
  }

  private squeeze(bytes: number): number {
    const { heap, queue } = this;
    if (!this.running) {
      // Between calls nothing has to stay where it is.
      this.call++;
      this.dropWorkspace();
    }
    // Whether all the rest would be enough comes first: no tensor moves for what cannot be.
    let free = heap.capacity - (this.running ? this.workspaceBytes : 0);
    for (let cell = queue.oldest; cell; cell = cell.newer)
      if (cell.used === this.call) free -= Heap.rounded(cell.bytes);
    for (const cell of this.borrowed) free -= Heap.rounded(cell.bytes);
    if (Heap.rounded(bytes) > free) return this.fail(bytes, free);

    if (heap.isFull)
      this.budget = this.limit = Math.min(this.limit, Math.max(this.resident, heap.capacity / 2));
    if (this.sweepPays()) this.sweep();
    let address = heap.allocate(bytes);
    while (address === 0) {
      const cell = queue.victim(this.call);
      if (!cell) return this.fail(bytes, free);
      if (!this.evict(cell)) {
        const before = this.resident;
        if (this.collector !== null) this.sweep();
        if (this.resident === before) return this.fail(bytes, free);
      }
      address = heap.allocate(bytes);
    }
    return address;
  }

  /** Asks the host once more, which may have found room. @throws DeviceError */
  private fail(bytes: number, free: number): number {
    this.heap.askAgain();
    const address = this.heap.allocate(bytes);
    if (address !== 0) return address;
    // The kernel call ends here, without what it was to compute.
    this.running = false;
    this.giveBack(false);
    const why =
      bytes > Heap.LARGEST
        ? `WebAssembly's memory ends at ${showBytes(Heap.LARGEST)}`
        : `the host refuses to grow the heap beyond ${showBytes(this.heap.u8.length)}`;
    throw new DeviceError(
      `memory: cannot allocate ${bytes} bytes (${showBytes(bytes)}): ${why}; of the heap as it is ${showBytes(Math.max(0, free))} ` +
        `can be made free, ${showBytes(this.resident)} hold tensors`,
    );
  }

  /** Copies the cell's bytes to the host and takes it off the heap; false if the host has no room for them. */
  private evict(cell: WasmCell): boolean {
    const bytes = this.heap.u8.subarray(cell.address, cell.address + cell.bytes);
    let host: Uint8Array;
    try {
      host = cell.bytes > LARGEST_IN_ATTIC ? bytes.slice() : this.store(cell, bytes);
    } catch {
      return false;
    }
    this.evicted += cell.bytes;
    this.kept += cell.bytes;
    this.watched.delete(cell.id);
    this.leave(cell, host);
    return true;
  }

  /** Small cells share an array. */
  private store(cell: WasmCell, bytes: Uint8Array): Uint8Array {
    if (this.atticUsed + cell.bytes > ATTIC) {
      this.attic = new Uint8Array(ATTIC);
      this.atticUsed = 0;
    }
    cell.hostOffset = this.atticUsed;
    this.attic.set(bytes, this.atticUsed);
    this.atticUsed += (cell.bytes + 7) & ~7;
    return this.attic;
  }

  /** Takes the cell off the heap. */
  private leave(cell: WasmCell, host: Uint8Array | null): void {
    this.heap.free(cell.address, cell.bytes);
    this.resident -= Heap.rounded(cell.bytes);
    cell.address = 0;
    cell.host = host;
    this.queue.remove(cell);
  }
}
