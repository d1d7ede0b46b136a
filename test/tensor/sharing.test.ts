/** Who shares memory with whom, and who notices a change. */
import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

const grid = () => torch.arange(6, { dtype: "float32" }).view(2, 3);

describe("views", () => {
  it.each<[string, (x: torch.Tensor) => torch.Tensor, readonly number[]]>([
    ["view", (x) => x.view(3, 2), [3, 2]],
    ["view -1", (x) => x.view(-1), [6]],
    ["reshape", (x) => x.reshape(6, 1), [6, 1]],
    ["t", (x) => x.t(), [3, 2]],
    ["T", (x) => x.T, [3, 2]],
    ["transpose", (x) => x.transpose(0, -1), [3, 2]],
    ["permute", (x) => x.permute(1, 0), [3, 2]],
    ["expand", (x) => x.unsqueeze(0).expand(4, -1, 3), [4, 2, 3]],
    ["unsqueeze", (x) => x.unsqueeze(-1), [2, 3, 1]],
    ["squeeze", (x) => x.view(2, 1, 3).squeeze(1), [2, 3]],
    ["narrow", (x) => x.narrow(1, 1, 2), [2, 2]],
    ["select", (x) => x.select(1, -1), [2]],
    ["flatten", (x) => x.flatten(), [6]],
    ["unflatten", (x) => x.unflatten(1, [3, 1]), [2, 3, 1]],
    ["diagonal", (x) => x.diagonal(1), [2]],
    ["movedim", (x) => x.movedim(0, 1), [3, 2]],
    ["split", (x) => x.split(2, 1)[1]!, [2, 1]],
    ["chunk", (x) => x.chunk(2)[1]!, [1, 3]],
    ["unbind", (x) => x.unbind(1)[2]!, [2]],
    ["at", (x) => x.at("...", "::2", null), [2, 2, 1]],
    ["at of nothing", (x) => x.at(), [2, 3]],
    ["detach", (x) => x.detach(), [2, 3]],
    ["data", (x) => x.data, [2, 3]],
  ])("%s shows the same memory", (_, view, shape) => {
    const x = grid();
    const y = view(x);
    expect(y === x).toBe(false);
    expect(y.shape).toEqual(shape);
    expect(y.storage).toBe(x.storage);
    x.fill_(7);
    expect(new Set(y.flatten().toArray() as number[])).toEqual(new Set([7]));
  });

  it("writing to a view writes to its base, wherever it lies", () => {
    const x = grid();
    x.t().at(2).mul_(10);
    x.at("1:").fill_(0);
    expect(x.toArray()).toEqual([
      [0, 1, 20],
      [0, 0, 0],
    ]);
  });

  it("reshape and contiguous copy only where they must", () => {
    const x = grid();
    expect(x.contiguous()).toBe(x);
    expect(x.reshape(3, 2).storage).toBe(x.storage);
    expect(x.t().reshape(6).storage === x.storage).toBe(false);
    expect(x.t().contiguous().toArray()).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
    expect([x.t().isContiguous(), x.t().stride(), x.t().stride(0), x.at(1).storageOffset()]).toEqual([
      false,
      [1, 3],
      1,
      3,
    ]);
    expect(() => x.t().view(6)).toThrow(
      "view: view size is not compatible with input tensor's size and stride",
    );
  });

  it("clone has memory of its own", () => {
    const x = grid();
    const y = x.clone();
    x.zero_();
    expect(y.at(1).toArray()).toEqual([3, 4, 5]);
  });

  it.each<[string, (x: torch.Tensor) => unknown, string, string]>([
    ["view", (x) => x.view(4), "ShapeError", "view: shape '[4]' is invalid for input of size 6"],
    ["view", (x) => x.view(-1, -1), "ShapeError", "view: only one dimension can be inferred"],
    [
      "reshape",
      (x) => x.reshape(-1, 4),
      "ShapeError",
      "reshape: shape '[-1, 4]' is invalid for input of size 6",
    ],
    ["permute", (x) => x.permute(0, 0), "ShapeError", "permute: dims [0, 0] are no order of the 2 dims"],
    [
      "transpose",
      (x) => x.transpose(0, 2),
      "IndexError",
      "transpose: Dimension out of range: dim 2 of a tensor with 2 dims (expected -2 to 1)",
    ],
    [
      "expand",
      (x) => x.expand(4, 3),
      "ShapeError",
      "expand: The expanded size of the tensor (4) must match the existing size (2)",
    ],
    [
      "narrow",
      (x) => x.narrow(0, 1, 2),
      "IndexError",
      "narrow: start (1) + length (2) exceeds dimension size (2)",
    ],
    [
      "select",
      (x) => x.select(0, 2),
      "IndexError",
      "select: index 2 is out of bounds for dimension 0 with size 2",
    ],
    ["split", (x) => x.split([1, 2]), "ShapeError", "split: sizes [1, 2] must sum to 2"],
    ["chunk", (x) => x.chunk(0), "ArgumentError", "chunk: chunks must be at least 1: got 0"],
    [
      "t",
      (x) => x.unsqueeze(0).t(),
      "ShapeError",
      "t: expects a tensor with <= 2 dimensions, but self is 3D",
    ],
    ["size", (x) => x.size(2), "IndexError", "size: Dimension out of range: dim 2"],
    ["length", () => torch.tensor(1).length, "ShapeError", "length: a 0-d tensor has no length"],
  ])("%s refuses what does not fit: %#", (_, run, name, text) => {
    expect(() => run(grid())).toThrow(
      expect.objectContaining({ name, message: expect.stringContaining(text) }),
    );
  });
});

describe("version", () => {
  it("counts changes in place, together for all views and detached tensors", () => {
    const x = grid();
    const [row, cut] = [x.at(0), x.detach()];
    row.add_(1);
    cut.mul_(2);
    x.setAt([1, 1], 5);
    x.zero_();
    expect([x, row, cut].map(({ version }) => version.value)).toEqual([4, 4, 4]);
  });

  it("is not touched through data", () => {
    const x = grid();
    x.data.mul_(2);
    expect([x.version.value, x.at(0, 2).item()]).toEqual([0, 4]);
  });
});

describe("identity", () => {
  it("x.op_() gives x itself, x.op() another tensor", () => {
    const [x, y] = [grid(), grid()];
    const { storage } = y;
    expect(y.add_(x)).toBe(y);
    expect(y.setAt("...", y.add(x))).toBe(y);
    expect(y.storage).toBe(storage);
    expect(y.add(x).storage === storage).toBe(false);
  });

  it("setting data takes over another memory and keeps the place in the graph", () => {
    const x = torch.ones(2, { requiresGrad: true });
    x.data = torch.tensor([3, 4], { dtype: "float32" });
    expect([x.toArray(), x.requiresGrad]).toEqual([[3, 4], true]);
    expect(() => {
      x.data = torch.ones(2, { dtype: "int64" });
    }).toThrow("data: the dtype of a tensor cannot change: float32 ≠ int64");
  });
});

describe("memory of the host", () => {
  it("fromTypedArray shares both ways", () => {
    const data = new Float32Array([1, 2, 3]);
    const x = torch.fromTypedArray(data);
    data[0] = 10;
    expect(x.add(1).toArray()).toEqual([11, 3, 4]);
    x.mul_(2);
    x.at("1:").sub_(1);
    expect([...data]).toEqual([20, 3, 5]);
  });

  it("fromTypedArray shares a part of a buffer, without touching the rest", () => {
    const buffer = new Float64Array([1, 2, 3, 4]);
    const x = torch.fromTypedArray(buffer.subarray(1, 3));
    x.add_(0.5);
    expect([[...buffer], x.dtype, x.shape]).toEqual([[1, 2.5, 3.5, 4], "float64", [2]]);
  });

  it("typedArray shares both ways, for ever", () => {
    const x = grid();
    const array = x.typedArray();
    array[0] = 9;
    x.at(1).neg_();
    expect([...array]).toEqual([9, 1, 2, -3, -4, -5]);
    expect(x.at(0, 0).item()).toBe(9);
    expect([...x.at(1).typedArray()]).toEqual([-3, -4, -5]);
    expect(torch.tensor([1n]).typedArray()).toEqual(new BigInt64Array([1n]));
  });

  it("a shared operand beside others, as output and twice in one call", () => {
    const data = new Float32Array([1, 2]);
    const x = torch.fromTypedArray(data);
    const y = torch.ones(2);
    y.add_(x);
    x.copy_(y);
    x.mul_(x);
    expect([...data]).toEqual([4, 9]);
    expect(x.matmul(x).item()).toBe(97);
  });

  it.each<[() => unknown, string, string]>([
    [
      () => grid().t().typedArray(),
      "ArgumentError",
      "typedArray: the tensor has gaps or another order in memory",
    ],
    [() => grid().requiresGrad_().typedArray(), "GradError", "Use tensor.detach().typedArray() instead"],
    [
      () => torch.fromTypedArray([1] as never),
      "ArgumentError",
      "fromTypedArray: expected a typed array: got [1]",
    ],
    [() => torch.fromTypedArray(new BigUint64Array(1) as never), "DTypeError", "no dtype"],
  ])("refuses what cannot be shared: %#", (run, name, text) => {
    expect(run).toThrow(expect.objectContaining({ name, message: expect.stringContaining(text) }));
  });
});
