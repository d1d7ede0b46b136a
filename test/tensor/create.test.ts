import { afterEach, describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";

afterEach(() => torch.setDefaultDtype("float32"));

describe("sizes", () => {
  it.each([
    ["empty", torch.empty],
    ["zeros", torch.zeros],
    ["ones", torch.ones],
    ["rand", torch.rand],
    ["randn", torch.randn],
  ] as const)("%s takes them spread, as an array, and with options", (_, make) => {
    expect(make(2, 3).shape).toEqual([2, 3]);
    expect(make([2, 3]).shape).toEqual([2, 3]);
    expect(make().shape).toEqual([]);
    expect(make([]).shape).toEqual([]);
    expect(make(0, 3).shape).toEqual([0, 3]);
    const x = make(2, { dtype: "float64", requiresGrad: true });
    expect([x.dtype, x.requiresGrad, x.isLeaf, x.device]).toEqual(["float64", true, true, "cpu"]);
    expect(make([2, 1], { device: "reference" }).device).toBe("reference");
  });

  it.each([
    [() => torch.zeros(2, -1), "ShapeError", "zeros: negative dimension -1: [2, -1]"],
    [() => torch.zeros(2.5), "ArgumentError", "zeros: sizes must be integers: got [2.5]"],
    [() => torch.ones("2" as never), "ArgumentError", 'ones: sizes must be integers: got ["2"]'],
    [
      () => torch.zeros(2, { dtpye: "int64" } as never),
      "ArgumentError",
      'zeros: unknown option "dtpye"; did you mean "dtype"?',
    ],
    [() => torch.zeros(2, { dtype: "int" as never }), "ArgumentError", "zeros: dtype must be one of"],
    [() => torch.zeros(2, { device: "cuda" as never }), "DeviceError", "there is no CUDA in WebAssembly"],
    [
      () => torch.ones(2, { dtype: "int64", requiresGrad: true }),
      "DTypeError",
      "ones: Only Tensors of floating point dtype can require gradients: got int64",
    ],
    [() => torch.zerosLike([1] as never), "ArgumentError", "zerosLike: expected a tensor: got [1]"],
    [
      () => torch.full([2], "a" as never),
      "ArgumentError",
      'full: expected a number, a bigint or a boolean: got "a"',
    ],
    [() => torch.arange(1, 5, 0), "ArgumentError", "arange: step must be nonzero"],
    [
      () => torch.arange(5, 1),
      "ArgumentError",
      "arange: upper bound and larger bound inconsistent with step sign",
    ],
    [() => torch.arange(undefined as never), "ArgumentError", "arange: expected an end"],
    [() => torch.arange(Number.POSITIVE_INFINITY), "ArgumentError", "arange: unsupported range"],
    [() => torch.linspace(0, 1, 2.5), "ArgumentError", "linspace: steps must be an integer: got 2.5"],
    [() => torch.eye(-1), "ArgumentError", "eye: n must be at least 0: got -1"],
    [() => torch.randint(3, 3, [2]), "ArgumentError", "expects 'from' to be less than 'to'"],
    [() => torch.randperm(2.5), "ArgumentError", "randperm: n must be an integer: got 2.5"],
    [
      () => torch.rand(2, { generator: 3 as never }),
      "ArgumentError",
      "rand: generator must be a Generator: got 3",
    ],
    [() => torch.setDefaultDtype("int64"), "ArgumentError", "setDefaultDtype: only floating-point dtypes"],
  ])("bad input %#: %s", (run, name, text) => {
    expect(run).toThrow(expect.objectContaining({ name, message: expect.stringContaining(text) }));
  });
});

describe("values", () => {
  it("full takes the dtype of its value", () => {
    expect(torch.full([2], 3).dtype).toBe("int64");
    expect(torch.full([2], 0.5).dtype).toBe("float32");
    expect(torch.full([2], true).toArray()).toEqual([true, true]);
    expect(torch.full([], 2n ** 60n).item()).toBe(2n ** 60n);
  });

  it("arange counts without adding up errors; whole bounds give int64", () => {
    expect(torch.arange(4).toArray()).toEqual([0, 1, 2, 3]);
    expect(torch.arange(4).dtype).toBe("int64");
    expect(torch.arange(5, 0, -2).toArray()).toEqual([5, 3, 1]);
    expect(torch.arange(0, 1, 0.25).toArray()).toEqual([0, 0.25, 0.5, 0.75]);
    expect(torch.arange(3, { dtype: "float64" }).toArray()).toEqual([0, 1, 2]);
    expect(torch.arange(1, 1).shape).toEqual([0]);
    expect(torch.arange(0, 1, 0.1, { dtype: "float64" }).shape).toEqual([10]);
  });

  it("linspace meets both ends", () => {
    expect(torch.linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(torch.linspace(3, 10, 5, { dtype: "float64" }).toArray()).toEqual([3, 4.75, 6.5, 8.25, 10]);
    expect(torch.linspace(2, 9, 1).toArray()).toEqual([2]);
    expect(torch.linspace(2, 9, 0).shape).toEqual([0]);
    expect(torch.linspace(-0.3, 0.7, 1001, { dtype: "float64" }).at(-1).item()).toBe(0.7);
  });

  it("eye", () => {
    expect(torch.eye(2).toArray()).toEqual([
      [1, 0],
      [0, 1],
    ]);
    expect(torch.eye(2, 3).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(torch.eye(3, 1, { dtype: "int64" }).toArray()).toEqual([[1], [0], [0]]);
    expect(torch.eye(2, { requiresGrad: true }).isLeaf).toBe(true);
  });

  it("like and new keep dtype and device", () => {
    const x = torch.ones(2, 2, { dtype: "float64", device: "reference" });
    for (const y of [
      torch.zerosLike(x),
      torch.onesLike(x),
      torch.emptyLike(x),
      torch.fullLike(x, 7),
      torch.randLike(x),
    ])
      expect([y.dtype, y.device, y.shape]).toEqual(["float64", "reference", [2, 2]]);
    for (const y of [x.newZeros(3), x.newOnes([3]), x.newEmpty(3), x.newFull([3], 2), x.newTensor([1, 2, 3])])
      expect([y.dtype, y.device, y.shape]).toEqual(["float64", "reference", [3]]);
    expect(torch.onesLike(x, { dtype: "int64", device: "cpu" }).toArray()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(torch.onesLike(torch.rand(1, { requiresGrad: true })).requiresGrad).toBe(false);
  });
});

describe("tensor", () => {
  it.each([
    [[1, 2], "int64"],
    [[1, 2.5], "float32"],
    [[true, false], "bool"],
    [[true, 2], "int64"],
    [[], "float32"],
    [[1n], "int64"],
    [Number.NaN, "float32"],
    [new Float64Array(2), "float64"],
    [new Uint8Array(2), "uint8"],
    [new Int16Array(2), "int16"],
    [new BigInt64Array(2), "int64"],
    [new Uint8ClampedArray(2), "uint8"],
  ] as const)("%o makes %s", (data, dtype) => expect(torch.tensor(data as never).dtype).toBe(dtype));

  it("nests as deep as the arrays, typed arrays and tensors in it", () => {
    expect(
      torch.tensor([
        [[1], [2]],
        [[3], [4]],
      ]).shape,
    ).toEqual([2, 2, 1]);
    expect(torch.tensor([[], []]).shape).toEqual([2, 0]);
    expect(torch.tensor([new Float32Array([1, 2]), new Float32Array([3, 4])]).toArray()).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(torch.tensor([torch.tensor(1.5), torch.tensor(2)]).toArray()).toEqual([1.5, 2]);
    expect(torch.tensor(5).shape).toEqual([]);
  });

  it("follows the default dtype", () => {
    torch.setDefaultDtype("float64");
    expect([torch.tensor(0.5).dtype, torch.zeros(1).dtype, torch.tensor(1).dtype]).toEqual([
      "float64",
      "float64",
      "int64",
    ]);
    expect(String(torch.tensor([0.5]))).toBe("tensor([0.5000])");
  });

  it("converts as C does, and cuts fractions for whole dtypes", () => {
    expect(torch.tensor([1.9, -1.9], { dtype: "int64" }).toArray()).toEqual([1, -1]);
    expect(torch.tensor([0, 0.5, 2], { dtype: "bool" }).toArray()).toEqual([false, true, true]);
    expect(torch.tensor([1, 257], { dtype: "uint8" }).toArray()).toEqual([1, 1]);
    expect(torch.tensor([0.1], { dtype: "float16" }).item()).toBe(0.0999755859375);
    expect(torch.tensor([0.1], { dtype: "bfloat16" }).item()).toBe(0.10009765625);
  });

  it("copies: neither tensor nor array shares with it", () => {
    const data = new Float32Array([1, 2]);
    const a = torch.tensor(data);
    data[0] = 9;
    const b = torch.tensor(a);
    a.setAt(1, 9);
    expect([a.toArray(), b.toArray()]).toEqual([
      [1, 9],
      [1, 2],
    ]);
    expect(torch.tensor(torch.ones(1, { requiresGrad: true })).requiresGrad).toBe(false);
  });

  it.each([
    [
      () => torch.tensor([[1, 2], [3]]),
      "ShapeError",
      "tensor: expected sequence of length 2 at dim 1 (got 1)",
    ],
    [
      () => torch.tensor([[1], 2] as never),
      "ShapeError",
      "tensor: expected sequence of length 1 at dim 1 (got 2)",
    ],
    [
      () => torch.tensor([1, [2]] as never),
      "ArgumentError",
      "tensor: expected a number, a bigint or a boolean: got [2]",
    ],
    [() => torch.tensor("a" as never), "ArgumentError", 'got "a"'],
    [() => torch.tensor(null as never), "ArgumentError", "got null"],
    [() => torch.tensor([undefined] as never), "ArgumentError", "got undefined"],
    [
      () => torch.tensor([Number.NaN], { dtype: "int64" }),
      "ArgumentError",
      "tensor: cannot convert NaN to int64",
    ],
    [
      () => torch.tensor(new DataView(new ArrayBuffer(8)) as never),
      "DTypeError",
      "tensor: no dtype has the elements of a DataView",
    ],
    [() => torch.tensor(new BigUint64Array(1) as never), "DTypeError", "no dtype"],
    [() => torch.tensor([1, 2], { requiresGrad: true }), "DTypeError", "got int64"],
  ])("bad input %#: %s", (run, name, text) => {
    expect(run).toThrow(expect.objectContaining({ name, message: expect.stringContaining(text) }));
  });

  it("asTensor gives a fitting tensor back as it is", () => {
    const x = torch.ones(2);
    expect(torch.asTensor(x)).toBe(x);
    expect(torch.asTensor(x, { dtype: "float64" }).dtype).toBe("float64");
    expect(torch.asTensor([1, 2]).toArray()).toEqual([1, 2]);
    expect(torch.asTensor(x, { device: "reference" }).device).toBe("reference");
  });
});

describe("random", () => {
  it("a seed gives PyTorch's numbers", () => {
    torch.manualSeed(42);
    expect(torch.rand(2).toArray()).toEqual([0.8822692632675171, 0.9150039553642273]);
    torch.manualSeed(0);
    expect(torch.randint(10, [5]).toArray()).toEqual([4, 9, 3, 0, 3]);
    torch.manualSeed(0);
    expect(torch.randperm(5).toArray()).toEqual([4, 0, 1, 3, 2]);
  });

  it("a state taken and set gives the same numbers again", () => {
    const state = torch.getRngState();
    const a = torch.randn(5).toArray();
    torch.setRngState(state);
    expect(torch.randn(5).toArray()).toEqual(a);
  });

  it("a generator of one's own leaves the default one alone", () => {
    const state = torch.getRngState();
    torch.rand(3, { generator: new torch.Generator(1) });
    expect(torch.getRngState()).toEqual(state);
  });
});
