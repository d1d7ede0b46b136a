/**
 * @file Blocks of WASM linear memory.
 *
 * Blocks up to 2 KiB come in size classes, carved from grains of 4 KiB and kept on one free list a class. Larger ones are
 * runs of grains; free runs are kept in order of address, joined with their neighbours, and the tightest fit is taken, so
 * the same program gets the same addresses every time. Blocks from 32 KiB on start at changing offsets in their first grain,
 * because reading and writing at one offset of two pages at once makes a processor's cache wait.
 */
const GRAIN = 4096;
const LARGEST_SMALL = 2048;
const STAGGERED_FROM = 32768;
const PAGE = 65536;
/** Pages the heap grows by at least: 1 MiB, and an eighth of what it has, since growing takes a millisecond or two. */
const GROWTH = 16;

interface Run {
  start: number;
  length: number;
}

/** 16, 32, … 128, then four classes to a doubling. */
function roundSmall(bytes: number): number {
  if (bytes <= 128) return Math.max(16, (bytes + 15) & ~15);
  const step = 1 << (29 - Math.clz32(bytes - 1));
  return (bytes + step - 1) & ~(step - 1);
}
const roundLarge = (bytes: number): number => Math.ceil(bytes / GRAIN) * GRAIN;

export class Heap {
  /** Views of the whole memory; growing replaces them. */
  u8!: Uint8Array;
  i32!: Int32Array;
  private readonly small = new Map<number, number[]>();
  private readonly runs: Run[] = [];
  private end: number;
  private offset = 0;
  private readonly start: number;
  /** How large the memory was to become when the host refused. */
  private refused = Infinity;

  /** The largest memory that is asked for: the end of the last page of 4 GiB is not an address of 32 bits. */
  static readonly LARGEST = 65535 * PAGE;

  constructor(
    readonly memory: WebAssembly.Memory,
    start: number,
  ) {
    this.end = this.start = roundLarge(start);
    this.refresh();
    if (this.u8.length > this.end) this.addRun(this.end, this.u8.length - this.end);
    this.end = Math.max(this.end, this.u8.length);
  }

  /** Bytes a block of this size really takes. */
  static rounded(bytes: number): number {
    return bytes <= LARGEST_SMALL ? roundSmall(bytes) : roundLarge(bytes);
  }

  /** The address of a new block, 16-byte aligned (64 from 2 KiB on), or 0 if the host refuses to grow. */
  allocate(bytes: number): number {
    if (bytes <= LARGEST_SMALL) return this.allocateSmall(roundSmall(bytes));
    if (bytes < STAGGERED_FROM) return this.takeRun(roundLarge(bytes));
    // 1088 = 17·64 runs through all 64 lines of a grain.
    this.offset = (this.offset + 1088) % GRAIN;
    const start = this.takeRun(roundLarge(bytes + this.offset));
    return start === 0 ? 0 : start + this.offset;
  }

  free(address: number, bytes: number): void {
    if (bytes <= LARGEST_SMALL) this.small.get(roundSmall(bytes))!.push(address);
    else {
      const offset = address % GRAIN;
      this.addRun(address - offset, roundLarge(bytes + offset));
    }
  }

  /** Bytes there are, used or not. */
  get capacity(): number {
    return this.u8.length - this.start;
  }

  /** Whether the host refused to grow the memory by as little as it is usually grown by. */
  get isFull(): boolean {
    return this.refused - this.u8.length <= PAGE * Math.max(GROWTH, this.u8.length / (8 * PAGE));
  }

  /** Forgets that the host refused, so that it is asked again. */
  askAgain(): void {
    this.refused = Infinity;
  }

  private allocateSmall(size: number): number {
    let list = this.small.get(size);
    if (!list) this.small.set(size, (list = []));
    if (list.length === 0) {
      const grain = this.takeRun(GRAIN);
      if (grain === 0) return 0;
      for (let at = grain + GRAIN - size - (GRAIN % size); at >= grain; at -= size) list.push(at);
    }
    return list.pop()!;
  }

  private takeRun(length: number): number {
    let best = -1;
    for (let i = 0; i < this.runs.length; i++) {
      const run = this.runs[i]!;
      if (run.length >= length && (best < 0 || run.length < this.runs[best]!.length)) best = i;
    }
    if (best < 0) return this.grow(length) ? this.takeRun(length) : 0;
    const run = this.runs[best]!;
    const { start } = run;
    if (run.length === length) this.runs.splice(best, 1);
    else {
      run.start += length;
      run.length -= length;
    }
    return start;
  }

  private addRun(start: number, length: number): void {
    let [low, high] = [0, this.runs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.runs[middle]!.start < start) low = middle + 1;
      else high = middle;
    }
    const [before, after] = [this.runs[low - 1], this.runs[low]];
    const joinsBefore = before !== undefined && before.start + before.length === start;
    const joinsAfter = after !== undefined && start + length === after.start;
    if (joinsBefore && joinsAfter) {
      before.length += length + after.length;
      this.runs.splice(low, 1);
    } else if (joinsBefore) before.length += length;
    else if (joinsAfter) {
      after.start = start;
      after.length += length;
    } else this.runs.splice(low, 0, { start, length });
  }

  private grow(length: number): boolean {
    const last = this.runs.at(-1);
    const spare = last && last.start + last.length === this.end ? last.length : 0;
    const pages = Math.ceil((length - spare) / PAGE);
    const generous = Math.max(pages, GROWTH, Math.floor(this.u8.length / (8 * PAGE)));
    if (!this.ask(generous) && !this.ask(pages)) return false;
    this.refresh();
    this.addRun(this.end, this.u8.length - this.end);
    this.end = this.u8.length;
    return true;
  }

  /** Grows the memory, unless the host refuses or has refused as much before. */
  private ask(pages: number): boolean {
    const size = this.u8.length + pages * PAGE;
    if (size >= this.refused || size > Heap.LARGEST) return false;
    try {
      this.memory.grow(pages);
      return true;
    } catch {
      this.refused = size;
      return false;
    }
  }

  private refresh(): void {
    this.u8 = new Uint8Array(this.memory.buffer);
    this.i32 = new Int32Array(this.memory.buffer);
  }
}
