/** The heap's allocator, the cells above it, and what training loops leave behind. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Cells } from "../../src/backend/wasm/cells.js";
import { Heap } from "../../src/backend/wasm/heap.js";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const { nn } = torch;
const MiB = 1 << 20;

// ── the allocator ────────────────────────────────────────────────────────────────────────────────

const newHeap = (pages = 16, maximum = 1024) =>
  new Heap(new WebAssembly.Memory({ initial: pages, maximum }), 1000);

/** A stream of numbers that is the same every time. */
function stream(seed = 1): (n: number) => number {
  let state = seed;
  return (n) => (state = (Math.imul(state, 1103515245) + 12345) >>> 0) % n;
}

describe("heap", () => {
  it("gives aligned blocks that do not overlap, whatever is freed in between", () => {
    const heap = newHeap();
    const random = stream();
    const live: { at: number; bytes: number }[] = [];
    for (let i = 0; i < 4000; i++) {
      if (live.length > 0 && random(100) < 48) {
        const [block] = live.splice(random(live.length), 1);
        heap.free(block!.at, block!.bytes);
      } else {
        const bytes = 1 + (random(4) ? random(3000) : random(60_000));
        const at = heap.allocate(bytes);
        expect(at % (bytes > 2048 ? 64 : 16)).toBe(0);
        live.push({ at, bytes });
      }
    }
    live.sort((a, b) => a.at - b.at);
    expect(live[0]!.at).toBeGreaterThanOrEqual(1000);
    for (const [i, { at, bytes }] of live.entries())
      expect(at + bytes).toBeLessThanOrEqual(live[i + 1]?.at ?? heap.u8.length);
  });

  it("joins free neighbours: all that was given back can be had in one piece", () => {
    const heap = newHeap(16, 16);
    const blocks = Array.from({ length: 10 }, () => heap.allocate(65_536));
    for (const i of [1, 3, 5, 7, 9, 8, 0, 2, 4, 6]) heap.free(blocks[i]!, 65_536);
    expect(heap.allocate(655_360)).toBeGreaterThan(0);
  });

  it("takes the tightest fit, and the same block again", () => {
    const heap = newHeap();
    const [large, , small] = [
      heap.allocate(28_672),
      heap.allocate(4096),
      heap.allocate(8192),
      heap.allocate(4096),
    ];
    heap.free(large!, 28_672);
    heap.free(small!, 8192);
    expect(heap.allocate(8000)).toBe(small);
    expect(heap.allocate(28_000)).toBe(large);
    const tiny = heap.allocate(20);
    heap.free(tiny, 20);
    expect(heap.allocate(30)).toBe(tiny);
  });

  it("the same calls give the same addresses", () => {
    const run = () => {
      const [heap, random] = [newHeap(), stream(7)];
      const at: number[] = [];
      for (let i = 0; i < 500; i++) {
        at.push(heap.allocate(1 + random(9000)));
        if (i % 3 === 2) heap.free(at[i - 1]!, 0 || sizes[i - 1]!);
      }
      return at;
    };
    const random = stream(7);
    const sizes = Array.from({ length: 500 }, () => 1 + random(9000));
    expect(run()).toEqual(run());
  });

  it("grows on demand and gives 0 when the host refuses", () => {
    const heap = newHeap(1, 32);
    expect(heap.allocate(MiB)).toBeGreaterThan(0);
    expect(heap.u8.length).toBeGreaterThan(MiB);
    expect(heap.allocate(2 * MiB)).toBe(0);
    expect(heap.allocate(1024)).toBeGreaterThan(0);
  });
});

// ── cells ────────────────────────────────────────────────────────────────────────────────────────

describe("cells", () => {
  const KiB64 = 65_536;
  function filled(cells: Cells, byte: number, bytes = KiB64) {
    cells.begin();
    const cell = cells.allocate(bytes);
    cells.heap.u8.fill(byte, cells.locate(cell), cells.locate(cell) + bytes);
    cells.end();
    return cell;
  }
  const all = (bytes: Uint8Array, byte: number) => bytes.every((b) => b === byte);

  it("the least recently used leave first, and come back with their bits", () => {
    const cells = new Cells(newHeap());
    cells.setBudget(4 * KiB64);
    const made = [1, 2, 3, 4].map((byte) => filled(cells, byte));
    cells.begin();
    cells.locate(made[0]!);
    cells.end();
    made.push(filled(cells, 5));
    expect(made.map((cell) => cell.address === 0)).toEqual([false, true, false, false, false]);
    made.push(filled(cells, 6));
    expect(made.map((cell) => cell.address === 0)).toEqual([false, true, true, false, false, false]);
    for (const [i, cell] of made.entries()) expect(all(cells.bytes(cell), i + 1)).toBe(true);
    cells.begin();
    const at = cells.locate(made[1]!);
    expect(all(cells.heap.u8.subarray(at, at + KiB64), 2)).toBe(true);
    cells.end();
    expect(cells.stats()).toMatchObject({
      resident: 4 * KiB64,
      evicted: 3 * KiB64,
      restored: KiB64,
      budget: 4 * KiB64,
    });
  });

  it("what the running call uses stays, even past the limit", () => {
    const cells = new Cells(newHeap());
    cells.setBudget(2 * KiB64);
    const made = [1, 2, 3, 4].map((byte) => filled(cells, byte));
    cells.begin();
    const places = made.map((cell) => cells.locate(cell));
    expect(new Set(places).size).toBe(4);
    places.forEach((at, i) => void expect(cells.heap.u8[at]).toBe(i + 1));
    cells.end();
    filled(cells, 5);
    expect(cells.stats().resident).toBe(2 * KiB64);
    expect(cells.stats().peak).toBe(4 * KiB64);
  });

  it("the limit starts below the budget and rises by what has to come back", () => {
    const cells = new Cells(newHeap());
    cells.setBudget(64 * MiB);
    for (let round = 0; round < 200; round++) filled(cells, 1, MiB);
    expect(cells.stats().resident).toBe(16 * MiB);
    const made = Array.from({ length: 40 }, (_, i) => filled(cells, i, MiB));
    for (let round = 0; round < 3; round++)
      for (const cell of made) {
        cells.begin();
        cells.locate(cell);
        cells.end();
      }
    const { resident, restored } = cells.stats();
    expect(resident).toBe(40 * MiB);
    for (const [i, cell] of made.entries()) expect(cells.bytes(cell)[0]).toBe(i);
    for (const cell of made) {
      cells.begin();
      cells.locate(cell);
      cells.end();
    }
    expect(cells.stats().restored).toBe(restored);
  });

  it("a smaller budget takes effect at once", () => {
    const cells = new Cells(newHeap());
    const made = [1, 2, 3, 4].map((byte) => filled(cells, byte));
    cells.setBudget(KiB64);
    expect(cells.stats().resident).toBe(KiB64);
    for (const [i, cell] of made.entries()) expect(all(cells.bytes(cell), i + 1)).toBe(true);
  });

  it("released blocks are used again; releasing what was evicted frees nothing twice", () => {
    const cells = new Cells(newHeap(16, 64));
    cells.setBudget(2 * KiB64);
    for (let i = 0; i < 1000; i++) {
      const [a, b, c] = [filled(cells, 1), filled(cells, 2), filled(cells, 3)];
      for (const cell of [a, b, c]) cells.release(cell);
      cells.release(a);
    }
    expect(cells.stats().resident).toBe(0);
    expect(cells.stats().reserved).toBe(MiB);
  });

  it("shared cells live with the host and visit the heap for a call", () => {
    const cells = new Cells(newHeap());
    const host = new Uint8Array(KiB64).fill(7);
    const cell = cells.adopt(host);
    cells.begin();
    const at = cells.locate(cell);
    expect(cells.locate(cell)).toBe(at);
    expect(cells.heap.u8[at]).toBe(7);
    cells.heap.u8[at] = 9;
    cells.end();
    expect([host[0], cells.bytes(cell).buffer === host.buffer, cells.stats().resident]).toEqual([9, true, 0]);
    const own = filled(cells, 4);
    const bytes = cells.share(own);
    expect([bytes.buffer === cells.share(own).buffer, bytes[0], cells.stats().resident]).toEqual([
      true,
      4,
      0,
    ]);
  });

  it("a host that refuses to grow lowers the budget instead of failing", () => {
    const cells = new Cells(newHeap(16, 48));
    const made = Array.from({ length: 100 }, (_, i) => filled(cells, i));
    for (const [i, cell] of made.entries()) expect(all(cells.bytes(cell), i)).toBe(true);
    expect(cells.stats().budget).toBeLessThan(3 * MiB);
    expect(() => cells.allocate(8 * MiB)).toThrow("memory: cannot allocate 8388608 bytes");
  });
});

// ── training under a budget ──────────────────────────────────────────────────────────────────────

interface Layer {
  w: Tensor;
  b: Tensor;
}

/** A step as a user writes it: its tensors pile up until they are garbage. */
function trainer(seed: number) {
  const generator = new torch.Generator(seed);
  const layer = (n: number, m: number): Layer => ({
    w: torch.randn(n, m, { generator }).mul(0.1).requiresGrad_(),
    b: torch.zeros(m, { requiresGrad: true }),
  });
  const layers = [layer(16, 32), layer(32, 10)];
  const x = torch.randn(32, 16, { generator });
  const y = torch.randint(10, [32], { generator });
  const step = (): Tensor => {
    const h = x.matmul(layers[0]!.w).add(layers[0]!.b).relu();
    const loss = nn.functional.crossEntropy(h.matmul(layers[1]!.w).add(layers[1]!.b), y);
    loss.backward();
    torch.noGrad(() => {
      for (const { w, b } of layers)
        for (const p of [w, b]) {
          p.sub_(p.grad!.mul(0.05));
          p.grad = null;
        }
    });
    return loss;
  };
  return {
    step,
    bits: () =>
      layers.flatMap(({ w, b }) => [...w.detach().clone().typedArray(), ...b.detach().clone().typedArray()]),
  };
}

beforeEach(() => torch.setMemoryBudget(1024 * MiB));
afterEach(() => torch.setMemoryBudget(1024 * MiB));

describe("a loop of training steps", () => {
  it("20 000 synchronous steps under 64 MB: right, bounded, and old results stay readable", () => {
    torch.setMemoryBudget(64 * MiB);
    const { step, bits } = trainer(1);
    const kept: { loss: Tensor; value: number }[] = [];
    let [most, early] = [0, [] as unknown[]];
    for (let i = 0; i < 20_000; i++) {
      const loss = step();
      if (i % 100 === 0) kept.push({ loss: loss.detach(), value: loss.item() });
      if (i === 1999) early = bits();
      if (i % 50 === 0) most = Math.max(most, torch.memory().resident);
    }
    const { reserved, evicted } = torch.memory();
    expect(most).toBeLessThanOrEqual(64 * MiB);
    expect(reserved).toBeLessThan(96 * MiB);
    expect(evicted).toBeGreaterThan(64 * MiB);
    for (const { loss, value } of kept) expect(loss.item()).toBe(value);
    expect(kept.at(-1)!.value).toBeLessThan(0.05);

    torch.setMemoryBudget(1024 * MiB);
    const again = trainer(1);
    for (let i = 0; i < 2000; i++) again.step();
    expect(again.bits()).toEqual(early);
  });

  it("thousands of asynchronous steps under 64 MB give the same bits", async () => {
    const run = async (budget: number, pause: boolean) => {
      torch.setMemoryBudget(budget);
      const { step, bits } = trainer(2);
      let most = 0;
      for (let i = 0; i < 2000; i++) {
        step();
        if (pause) await (i % 100 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve)));
        most = Math.max(most, torch.memory().resident);
      }
      return { bits: bits(), most };
    };
    const [small, large] = [await run(64 * MiB, true), await run(1024 * MiB, false)];
    expect(small.most).toBeLessThanOrEqual(64 * MiB);
    expect(small.bits).toEqual(large.bits);
  });

  it("tensors that were evicted and are used again have their bits, gradients included", () => {
    torch.setMemoryBudget(4 * MiB);
    const n = 1 << 18;
    const leaves = Array.from({ length: 8 }, (_, i) => torch.full([n], i + 0.5, { requiresGrad: true }));
    const products = leaves.map((x) => x.mul(x));
    const before = torch.memory();
    const total = products.reduce((a, b) => a.add(b)).sum();
    total.backward();
    for (const [i, x] of leaves.entries()) {
      expect(new Set(x.grad!.toArray() as number[])).toEqual(new Set([2 * (i + 0.5)]));
      expect(new Set(products[i]!.toArray() as number[])).toEqual(new Set([(i + 0.5) * (i + 0.5)]));
    }
    const after = torch.memory();
    expect(after.evicted).toBeGreaterThan(before.evicted);
    expect(after.restored).toBeGreaterThan(before.restored);
    expect(after.resident).toBeLessThanOrEqual(4 * MiB);
  });

  it("a model larger than the budget works", () => {
    torch.setMemoryBudget(MiB);
    const x = torch.ones(8, 512);
    const w = torch.ones(512, 1024, { requiresGrad: true });
    const y = x.matmul(w).matmul(torch.ones(1024, 512)).mean();
    y.backward();
    expect([y.item(), w.grad!.at(511, 1023).item()]).toEqual([512 * 1024, 1]);
  });

  it("budgets are checked", () => {
    expect(() => torch.setMemoryBudget(100)).toThrow(
      "setMemoryBudget: expected at least 65536 bytes: got 100",
    );
    expect(() => torch.setMemoryBudget("1" as never)).toThrow('got "1"');
    expect(() => torch.memory("gpu" as never)).toThrow("memory: device must be one of");
  });
});
