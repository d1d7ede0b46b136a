/** A heap past 2 GiB, where an address is negative to whoever takes it for a signed number. */
import { expect, it, vi } from "vitest";
import * as below from "../../src/index.js";

const GiB = 1024 * 1024 * 1024;

/** One op of every family of kernels. */
function everything(torch: typeof below): unknown {
  const { nn, optim } = torch;
  torch.manualSeed(0);
  const x = torch.randn(6, 5, 9, 9);
  const rows = x.reshape(54, 45);
  const index = torch.randint(0, 54, [54, 45]);
  const net = new nn.Sequential(
    new nn.Conv2d(5, 4, 3, { padding: 1, stride: 2 }),
    new nn.BatchNorm2d(4),
    new nn.ReLU(),
    new nn.MaxPool2d(2),
    new nn.Flatten(),
    new nn.Linear(16, 3),
  );
  const optimizer = new optim.Adam(net.parameters(), { lr: 0.1 });
  nn.functional.crossEntropy(net(x), torch.tensor([0, 1, 2, 0, 1, 2])).backward();
  optimizer.step();
  const results = [
    ...net.parameters(),
    ...[x.add(1), x.permute(3, 1, 0, 2).mul(2), x.exp().lt(1), x.clamp(-1, 1), x.pow(2.5)],
    ...[
      x.sum(),
      x.sum([0, 2]),
      x.permute(2, 0, 3, 1).mean([1, 2]),
      x.std(1),
      x.amax(0),
      x.prod(3),
      x.logsumexp([0, 3]),
    ],
    ...[rows.argmax(1), rows.argmin(0), rows.cumsum(0), rows.cumprod(1), rows.softmax(0), rows.logSoftmax(1)],
    ...[rows.matmul(rows.t()), rows.mv(rows.select(0, 1)), rows.double().matmul(rows.double().t())],
    ...[
      rows.sort(0).values,
      rows.sort(1).indices,
      rows.gt(0).nonzero(),
      rows.gt(0).sum(),
      rows.half().float(),
    ],
    ...[
      rows.gather(0, index),
      rows.scatter(0, index, 0),
      rows.scatterAdd(0, index, rows),
      rows.indexSelect(0, index.select(1, 0)),
    ],
    ...[torch.cat([rows, rows], 1), torch.where(rows.gt(0), rows, 1), nn.functional.layerNorm(rows, [45])],
    ...[
      nn.functional.avgPool2d(x, 3),
      torch.rand(7),
      torch.bernoulli(torch.full([9], 0.5)),
      torch.randperm(20),
      torch.arange(9),
    ],
  ];
  return results.map((result) => result.tolist());
}

it("every family of kernels computes there what it computes below", async () => {
  // Another copy of the library, of whose memory nothing is in use yet.
  vi.resetModules();
  const above = await import("../../src/index.js");
  const { Heap } = await import("../../src/backend/wasm/heap.js");
  const { allocate } = Heap.prototype;
  let heap: InstanceType<typeof Heap> | undefined;
  Heap.prototype.allocate = function (bytes) {
    heap = this;
    return allocate.call(this, bytes);
  };
  above.empty(1);
  Heap.prototype.allocate = allocate;
  // A block that nobody touches takes addresses and no memory.
  expect(heap!.allocate(2 * GiB)).toBeGreaterThan(0);
  for (const bytes of [1 << 20, 1 << 14, 4096]) while (heap!.allocate(bytes) < 2 * GiB);
  const computed = everything(above);
  expect(above.memory().reserved).toBeGreaterThan(2 * GiB);
  expect(computed).toEqual(everything(below));
});
