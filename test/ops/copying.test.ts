import { describe, expect, it } from "vitest";
import { type Tensor, tensor, zeros } from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const x = tensor([1.9, -1.9, 0, 300]);

describe("values", () => {
  gives([
    [
      "int cuts off",
      () => [x.int(), x.long(), x.short()],
      [
        [1, -1, 0, 300],
        [1, -1, 0, 300],
        [1, -1, 0, 300],
      ],
    ],
    ["narrow integers wrap", () => [tensor([300, -1]).byte(), tensor([200]).char()], [[44, 255], [-56]]],
    ["bool", () => tensor([0, -0, 0.5, nan]).bool(), [false, false, true, true]],
    ["from bool", () => tensor([true, false]).float(), [1, 0]],
    ["half rounds to even", () => tensor([2049, 65520, -inf]).half(), [2048, inf, -inf]],
    ["bfloat16", () => tensor([1.005]).bfloat16(), [1.0078125]],
    [
      "clone of a view",
      () =>
        tensor([
          [1, 2],
          [3, 4],
        ])
          .t()
          .clone(),
      [
        [1, 3],
        [2, 4],
      ],
    ],
    ["to a device and back", () => x.to("reference").cpu().sub(x), [0, 0, 0, 0]],
    [
      "to another's dtype",
      () => [x.to(tensor([1])), x.typeAs(tensor([true]))],
      [
        [1, -1, 0, 300],
        [true, true, false, true],
      ],
    ],
    ["empty, 0-d", () => [zeros(0).int(), tensor(2.5).int()], [[], 2]],
  ]);
  it("gives the tensor itself where nothing changes", () => {
    const same = [
      x.to("float32"),
      x.cpu(),
      x.contiguous(),
      x.to("float32", undefined, { copy: true }),
      x.clone(),
    ];
    expect(same.map((y) => y === x)).toEqual([true, true, true, false, false]);
  });
  it("takes the gradient back to the dtype it came from", () => {
    const leaf: Tensor = zeros(2, { requiresGrad: true });
    leaf.double().mul(3).sum().backward();
    expect(leaf.grad!.dtype).toBe("float32");
    expect(leaf.grad!.toArray()).toEqual([3, 3]);
  });
});

describe("errors", () => {
  refuses([
    [
      "an unknown name",
      () => x.to("float99" as never),
      'DeviceError: to: device must be one of "cpu", "reference": got "float99"',
    ],
    [
      "an unknown option",
      () => x.to({ dtyp: "int64" } as never),
      'ArgumentError: to: unknown option "dtyp"; did you mean "dtype"?',
    ],
    [
      "a number",
      () => x.to(3 as never),
      "ArgumentError: to: expected a dtype, a device, a tensor or options: got 3",
    ],
    [
      "an unknown dtype",
      () => x.to({ dtype: "float99" as never }),
      'ArgumentError: to: dtype must be one of float64, float32, float16, bfloat16, int64, int32, int16, int8, uint8, bool: got "float99"',
    ],
  ]);
});

describe("memory formats", () => {
  const x = tensor(Array.from({ length: 36 }, (_, i) => i)).view(2, 3, 2, 3);
  const channelsLast = { memoryFormat: "channels_last" } as const;
  it("lay channels last, with the same values", () => {
    const copies = [
      x.clone(channelsLast),
      x.contiguous(channelsLast),
      x.to(channelsLast),
      x.float(channelsLast),
    ];
    for (const y of copies) {
      expect(y.strides).toEqual([18, 1, 9, 3]);
      expect(y.isContiguous()).toBe(false);
      expect(y.isContiguous(channelsLast)).toBe(true);
      expect(y.tolist()).toEqual(x.tolist());
    }
    expect(copies[0]!.contiguous(channelsLast)).toBe(copies[0]);
    const volume = zeros(1, 2, 3, 1, 2).clone({ memoryFormat: "channels_last_3d" });
    expect(volume.strides).toEqual([12, 1, 4, 4, 2]);
  });
  it("are kept or given up", () => {
    const y = x.clone(channelsLast);
    expect(y.double().strides).toEqual(y.strides);
    expect(y.to({ memoryFormat: "contiguous_format" }).strides).toEqual(x.strides);
    expect(x.to({ memoryFormat: "contiguous_format" })).toBe(x);
  });
  refuses([
    [
      "channels where there are none",
      () => zeros(2, 3).clone(channelsLast),
      "ShapeError: clone: required rank 4 tensor to use channels_last format: got [2, 3]",
    ],
  ]);
});
