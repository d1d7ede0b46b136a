/** Hosts with little memory: what does not fit is an error that says so, and everything else goes on. */
import { afterEach, describe, expect, it } from "vitest";
import { Cells } from "../../src/backend/wasm/cells.js";
import { findCollector, mayCollect } from "../../src/backend/wasm/collector.js";
import { Heap } from "../../src/backend/wasm/heap.js";
import { createWasmBackend } from "../../src/backend/wasm/index.js";
import * as torch from "../../src/index.js";

type Tensor = torch.Tensor;
const { nn, optim } = torch;
const MiB = 1 << 20;
const PAGE = 65536;

// ── a host that gives no more than `most` bytes ──────────────────────────────────────────────────

let most = Infinity;
const { grow } = WebAssembly.Memory.prototype;
WebAssembly.Memory.prototype.grow = function (pages: number) {
  if (this.buffer.byteLength + pages * PAGE > most)
    throw new RangeError("WebAssembly.Memory.grow(): refused");
  return grow.call(this, pages);
};
afterEach(() => {
  most = Infinity;
  torch.setMemoryBudget(1024 * MiB);
});

/** Lets the library's memory grow by no more than `bytes` from now on. */
function narrow(bytes: number): void {
  torch.setMemoryBudget(1024 * MiB);
  most = torch.memory().reserved + bytes;
}
const bits = (tensors: Iterable<Tensor>) => [...tensors].map((x) => x.detach().clone().tolist());
const message = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    expect(error).toBeInstanceOf(torch.DeviceError);
    return (error as Error).message;
  }
  return "no error";
};

/** A network whose activations take megabytes. */
function trainer() {
  torch.manualSeed(3);
  const net = new nn.Sequential(new nn.Linear(16, 64), new nn.Tanh(), new nn.Linear(64, 4));
  const optimizer = new optim.Adam(net.parameters(), { lr: 0.01 });
  const x = torch.randn(4096, 16);
  const y = torch.randint(0, 4, [4096]);
  const loss = () => nn.functional.crossEntropy(net(x), y);
  const step = () => {
    optimizer.zeroGrad();
    const value = loss();
    value.backward();
    optimizer.step();
    return value.item();
  };
  return { net, optimizer, loss, step };
}

describe("a host that refuses memory", () => {
  it("what can never fit is an error with the figures, and moves nothing", () => {
    const x = torch.arange(1000);
    const { evicted } = torch.memory();
    expect(message(() => torch.zeros(1 << 20, 1 << 14))).toMatch(
      /^memory: cannot allocate 68719476736 bytes \(64\.00 GiB\): WebAssembly's memory ends at 4\.00 GiB; of the heap as it is [\d.]+ \wiB can be made free, /,
    );
    expect(message(() => torch.zeros([1 << 20, 1 << 20], { device: "reference" }))).toMatch(
      /^memory: cannot allocate 4398046511104 bytes \(4\.00 TiB\): RangeError/,
    );
    expect(torch.memory().evicted).toBe(evicted);
    expect(x.sum().item()).toBe(499_500);
  });

  it("an operation that does not fit fails, its operands intact; smaller ones go on", () => {
    const x = torch.arange(MiB / 4, { dtype: "float32" });
    const column = torch.arange(64, { dtype: "float32" }).unsqueeze(1);
    narrow(8 * MiB);
    expect(message(() => x.add(column))).toMatch(
      /cannot allocate 67108864 bytes \(64\.00 MiB\): the host refuses to grow the heap beyond [\d.]+ MiB; of the heap as it is [\d.]+ MiB can be made free, [\d.]+ MiB hold tensors$/,
    );
    expect(column.flatten().tolist()).toEqual([...Array(64).keys()]);
    expect(x.add(1).sub(x).sum().item()).toBe(MiB / 4);
    most = Infinity;
    expect(x.add(column).at(63, 5).item()).toBe(68);
  });

  it("training under it has the bits of training without", () => {
    const free = trainer();
    for (let i = 0; i < 30; i++) free.step();
    const expected = bits(free.net.parameters());
    narrow(0);
    const { step, net } = trainer();
    for (let i = 0; i < 30; i++) step();
    expect(bits(net.parameters())).toEqual(expected);
  });

  it("a pass that fails in the middle, forward or backward, leaves what training needs", () => {
    const free = trainer();
    for (let i = 0; i < 6; i++) free.step();
    const expected = bits(free.net.parameters());

    const { net, optimizer, loss, step } = trainer();
    for (let i = 0; i < 3; i++) step();
    const allocate = Heap.prototype.allocate;
    let failures = 0;
    for (let after = 0; after < 60; after += 3) {
      let left = after;
      // From the `after`-th block on, none of a megabyte can be had, whatever is evicted.
      Heap.prototype.allocate = function (bytes) {
        return bytes >= MiB && left-- <= 0 ? 0 : allocate.call(this, bytes);
      };
      optimizer.zeroGrad();
      try {
        loss().backward();
      } catch (error) {
        failures++;
        expect(error).toBeInstanceOf(torch.DeviceError);
      } finally {
        Heap.prototype.allocate = allocate;
      }
      expect(torch.isGradEnabled()).toBe(true);
    }
    expect(failures).toBeGreaterThan(1);
    for (let i = 0; i < 3; i++) step();
    expect(bits(net.parameters())).toEqual(expected);
  });

  it("the last call's operands make room for the next", () => {
    const cells = new Cells(new Heap(new WebAssembly.Memory({ initial: 16, maximum: 64 }), 1000));
    const use = (...used: Parameters<Cells["locate"]>[0][]) => {
      cells.begin();
      for (const cell of used) cells.locate(cell);
      cells.end();
    };
    const [x, y] = [cells.allocate(MiB), cells.allocate(MiB)];
    cells.bytes(x).fill(1);
    use(x, y);
    const z = cells.allocate(2.5 * MiB);
    use(z);
    expect([x.address, y.address, cells.bytes(x)[0]]).toEqual([0, 0, 1]);
  });

  it("what a failed call borrowed from the host stays as the host has it", () => {
    const cells = new Cells(new Heap(new WebAssembly.Memory({ initial: 16, maximum: 48 }), 1000));
    const host = new Uint8Array(PAGE).fill(7);
    const [borrowed, large] = [cells.adopt(host), cells.adopt(new Uint8Array(4 * MiB))];
    cells.begin();
    cells.locate(borrowed);
    expect(() => cells.locate(large)).toThrow("memory: cannot allocate 4194304 bytes (4.00 MiB)");
    expect(cells.stats().resident).toBe(0);
    host.fill(8);
    cells.begin();
    expect(cells.heap.u8[cells.locate(borrowed)]).toBe(8);
    cells.end();
    expect(host[0]).toBe(8);
  });

  it("asks again before it gives up, and after a new budget", () => {
    most = 4 * MiB;
    const cells = new Cells(new Heap(new WebAssembly.Memory({ initial: 16, maximum: 1024 }), 1000));
    expect(() => cells.allocate(8 * MiB)).toThrow("the host refuses to grow the heap beyond 1.00 MiB");
    most = Infinity;
    expect(cells.allocate(8 * MiB).address).toBeGreaterThan(0);
  });

  it.runIf(mayCollect())("dead tensors are swept away without a copy before anything is evicted", () => {
    most = 8 * MiB;
    const { forget, collect } = findCollector()!;
    const collector = { forget, collect: () => ({ ...collect(), ms: 0 }) };
    const cells = new Cells(
      new Heap(new WebAssembly.Memory({ initial: 16, maximum: 1024 }), 1000),
      collector,
    );
    for (let i = 0; i < 100; i++) {
      const cell = cells.allocate(MiB / 2);
      cells.watch({}, cell);
      cells.begin();
      cells.locate(cell);
      cells.end();
    }
    expect(cells.stats().reserved).toBeLessThanOrEqual(8 * MiB);
    expect(cells.stats().evicted).toBeLessThan(4 * MiB);
  });

  it("where the host has no room for what is evicted either, nothing is lost", () => {
    const cells = new Cells(new Heap(new WebAssembly.Memory({ initial: 16, maximum: 48 }), 1000));
    const made = [1, 2].map((byte) => {
      const cell = cells.allocate(MiB);
      cells.bytes(cell).fill(byte);
      return cell;
    });
    const { slice } = Uint8Array.prototype;
    Uint8Array.prototype.slice = () => {
      throw new RangeError("Array buffer allocation failed");
    };
    try {
      expect(() => cells.allocate(2 * MiB)).toThrow("memory: cannot allocate 2097152 bytes");
    } finally {
      Uint8Array.prototype.slice = slice;
    }
    expect(made.map((cell) => cells.bytes(cell)[MiB - 1])).toEqual([1, 2]);
    expect(cells.allocate(2 * MiB).address).toBeGreaterThan(0);
    expect(made.map((cell) => cells.bytes(cell)[MiB - 1])).toEqual([1, 2]);
  });
});

describe("a host that sets no address range aside", () => {
  const { Memory } = WebAssembly;
  afterEach(() => {
    WebAssembly.Memory = Memory;
  });
  /** `new WebAssembly.Memory` on a host with no more than so many pages to set aside. */
  function setAside(pages: number): number[] {
    const asked: number[] = [];
    WebAssembly.Memory = class extends Memory {
      constructor(descriptor: WebAssembly.MemoryDescriptor) {
        asked.push(descriptor.maximum!);
        if (descriptor.maximum! > pages) throw new RangeError("could not allocate memory");
        super(descriptor);
      }
    };
    return asked;
  }

  it("gets a smaller memory", () => {
    const asked = setAside(2000);
    const backend = createWasmBackend();
    expect(asked.at(-1)).toBe(1024);
    backend.allocate(32 * MiB);
    expect(() => backend.allocate(80 * MiB)).toThrow("memory: cannot allocate 83886080 bytes (80.00 MiB)");
  });

  it("is told of the other device if there is none", () => {
    setAside(8);
    expect(() => createWasmBackend()).toThrow(
      'device "cpu": this host refuses 1 MiB of memory to WebAssembly (RangeError: could not allocate memory); use device "reference"',
    );
  });
});
