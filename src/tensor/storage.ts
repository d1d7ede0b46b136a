/** The memory of one or more tensors: a cell on a device, and who holds it. */
import type { Backend, Cell } from "../backend/backend.js";
import { GradError } from "../core/errors.js";
import { note } from "./frames.js";

export class Storage {
  private block: Cell | null;
  /** Whether user code may have a tensor over this memory; then it is never released before it is garbage. */
  private escaped: boolean;
  /** Holds of the library itself: graphs that saved it, leaves whose gradient it is, states of optimizers. */
  private holds = 0;
  /** Scratch mark of closing frames. */
  mentioned = false;

  constructor(
    readonly backend: Backend,
    cell: Cell,
  ) {
    this.block = cell;
    this.escaped = !note(this);
    backend.watch(this, cell);
  }

  get bytes(): number {
    return this.cell.bytes;
  }

  get cell(): Cell {
    if (this.block === null)
      throw new GradError(
        "tensor: its memory was released at the end of torch.scope; return it from the scope to keep it",
      );
    return this.block;
  }

  /** Makes sure that it has `bytes`: what there was stays, for all tensors over it. */
  grow(bytes: number): void {
    const old = this.cell;
    if (bytes <= old.bytes) return;
    const block = this.backend.allocate(bytes);
    this.backend.write(block, 0, new Uint8Array(this.backend.read(old, 0, old.bytes)));
    this.backend.release(old);
    this.block = block;
    this.backend.watch(this, block);
  }

  hold(): void {
    this.holds++;
  }

  /** Takes back one hold; the last one releases memory that only the library knew. */
  drop(): void {
    this.holds--;
    this.settle();
  }

  /** Takes back one hold of memory that is being handed on. */
  unhold(): void {
    this.holds--;
  }

  escape(): void {
    this.escaped = true;
  }

  /** Releases memory that nobody can reach any more. */
  settle(): void {
    if (!this.escaped && this.holds === 0) this.release();
  }

  /** Whether all of its `bytes` are known to one place in the library alone. */
  isSole(bytes: number): boolean {
    return !this.escaped && this.holds === 1 && this.bytes === bytes;
  }

  /** Whether the library itself holds it. */
  get held(): boolean {
    return this.holds > 0;
  }

  /** Gives the block back; any later use is an error. */
  release(): void {
    if (this.block === null) return;
    this.backend.release(this.block);
    this.block = null;
  }
}
