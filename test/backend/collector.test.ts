/** Garbage swept from the heap in synchronous programs, where the host lets itself be asked. */
import { afterEach, describe, expect, it } from "vitest";
import { Cells } from "../../src/backend/wasm/cells.js";
import { type Collector, type Cost, findCollector, mayCollect } from "../../src/backend/wasm/collector.js";
import { Heap } from "../../src/backend/wasm/heap.js";

const MiB = 1 << 20;
const newCells = (collector?: Collector) =>
  new Cells(new Heap(new WebAssembly.Memory({ initial: 16, maximum: 16384 }), 1000), collector);

/** The host's collector, as if collecting took `cost`. */
function costing(cost: Cost): Collector & { times: number } {
  const { forget, collect } = findCollector()!;
  const collector = {
    times: 0,
    forget,
    collect: () => {
      collector.times++;
      collect();
      return cost;
    },
  };
  return collector;
}
const free: Cost = { ms: 0, share: 1 };

/** Watches `count` cells of a MiB whose owners are dropped at once, but for every `keep`-th. */
function litter(cells: Cells, count: number, keep: number): object[] {
  const kept: object[] = [];
  for (let i = 0; i < count; i++) {
    const cell = cells.allocate(MiB);
    cells.begin();
    cells.locate(cell);
    cells.end();
    const owner = { cell };
    cells.watch(owner, cell);
    if (i % keep === 0) kept.push(owner);
  }
  return kept;
}

const { getBuiltinModule } = process;

describe.runIf(mayCollect())("where the host can be asked", () => {
  it("collects what is dead and nothing else, in the middle of a job", () => {
    const { forget, collect } = findCollector()!;
    const alive = {};
    const [dead, living] = [(() => new WeakRef({}))(), new WeakRef(alive)];
    forget();
    collect();
    expect(dead.deref()).toBe(undefined);
    expect(living.deref()).toBe(alive);
  });

  it("sweeps dead cells away without copying them; living ones keep their bytes", () => {
    const cells = newCells(costing(free));
    const first = cells.allocate(MiB);
    const owner = { first };
    cells.watch(owner, first);
    cells.bytes(first).fill(7);
    const kept = litter(cells, 600, 100);
    const { evicted, peak } = cells.stats();
    // Without sweeps all but the first 16 MiB would have been copied out.
    expect(evicted).toBeLessThan(64 * MiB);
    expect(peak).toBeLessThanOrEqual(256 * MiB);
    expect(kept).toHaveLength(6);
    cells.begin();
    cells.locate(first);
    cells.end();
    expect(cells.bytes(first).every((byte) => byte === 7)).toBe(true);
  });

  it("does not collect where that costs more than copying, once the limit has risen", () => {
    const collector = costing({ ms: 1e6, share: 1 });
    const cells = newCells(collector);
    litter(cells, 2000, 2000);
    // Twice at 16 MiB, then at 32, 64 and 128; then the limit is where sweeps raise it no more.
    expect(collector.times).toBe(5);
    expect(cells.stats().evicted).toBeGreaterThan(1000 * MiB);
  });

  it("does not raise the limit where collecting takes little of the time", () => {
    const cells = newCells(costing({ ms: 1, share: 0.01 }));
    litter(cells, 300, 300);
    expect(cells.stats().peak).toBeLessThanOrEqual(17 * MiB);
  });

  it("small cells that lie idle leave at the second sweep, and come back", () => {
    const cells = newCells(costing(free));
    const small = Array.from({ length: 1000 }, () => cells.allocate(64));
    small.forEach((cell, i) => void cells.bytes(cell).fill(i));
    litter(cells, 1200, 1200);
    expect(small.filter((cell) => cell.address !== 0)).toHaveLength(0);
    expect(cells.bytes(small[300]!)).toEqual(new Uint8Array(64).fill(300));
  });
});

describe("where it cannot", () => {
  afterEach(() => {
    process.getBuiltinModule = getBuiltinModule;
  });

  it("there is no collector, and the heap stays within its limit by eviction", () => {
    process.getBuiltinModule = undefined as never;
    expect(mayCollect()).toBe(false);
    expect(findCollector()).toBe(null);
    const cells = newCells();
    litter(cells, 100, 100);
    const { resident, evicted } = cells.stats();
    expect(resident).toBeLessThanOrEqual(16 * MiB);
    expect(evicted).toBe(84 * MiB);
  });

  it("a host whose collector does not collect has none", () => {
    process.getBuiltinModule = ((name: string) =>
      name === "vm"
        ? {
            runInNewContext: () => () => {},
            createContext: () => ({}),
            Script: class {
              runInContext() {}
            },
          }
        : { setFlagsFromString() {} }) as never;
    expect(mayCollect()).toBe(true);
    expect(findCollector()).toBe(null);
  });
});
