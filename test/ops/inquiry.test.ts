import { describe, expect, it } from "vitest";
import * as torch from "../../src/index.js";
import { gives, refuses } from "./tables.js";

const { tensor, zeros } = torch;
const whole = tensor([1, 2]);
const fractions = tensor([1.5]);

describe("of tensors", () => {
  gives([
    ["kind", () => [torch.isTensor(whole), torch.isTensor([1])], [true, false]],
    ["elements", () => [torch.numel(zeros(2, 3)), whole.nbytes, fractions.itemsize], [6, 16, 4]],
    [
      "dtype",
      () => [torch.isFloatingPoint(whole), torch.isFloatingPoint(fractions), torch.isSigned(whole.byte())],
      [false, true, false],
    ],
    [
      "what they never are",
      () => [torch.isComplex(whole), torch.isConj(whole), whole.isCuda],
      [false, false, false],
    ],
    ["truth", () => [torch.isNonzero(tensor([0])), tensor(true).isNonzero()], [false, true]],
    [
      "memory",
      () => {
        const x = zeros(2, 3, 4);
        return [
          x.isSetTo(x.view(2, 3, 4)),
          x.isSetTo(x.clone()),
          x.dimOrder(),
          x.permute(2, 0, 1).dimOrder(),
        ];
      },
      [true, false, [0, 1, 2], [1, 2, 0]],
    ],
    [
      "type",
      () => [whole.type(), fractions.type(), fractions.type("int32")],
      ["torch.LongTensor", "torch.FloatTensor", [1]],
    ],
  ]);
});

describe("of dtypes and shapes", () => {
  gives([
    [
      "result",
      () => [
        torch.resultType(whole, 2.5),
        torch.resultType(fractions, tensor(1, { dtype: "float64" })),
        torch.resultType(fractions, tensor([1], { dtype: "float64" })),
        torch.resultType(whole.int(), 3),
      ],
      ["float32", "float32", "float64", "int32"],
    ],
    [
      "casts",
      () => [
        torch.canCast("int8", "bool"),
        torch.canCast("float32", "int32"),
        torch.canCast("int64", "uint8"),
        torch.canCast("bool", "float32"),
      ],
      [false, false, true, true],
    ],
    ["shapes", () => [torch.broadcastShapes([2, 1], 3, [1]), torch.broadcastShapes()], [[2, 3], []]],
    [
      "places",
      () => torch.unravelIndex(tensor([5, 0, 7]), [2, 4]),
      [
        [1, 0, 1],
        [1, 0, 3],
      ],
    ],
    ["nonzero, filled up", () => tensor([0, 3, 4]).nonzeroStatic({ size: 3 }), [[1], [2], [-1]]],
    ["nonzero, cut off", () => tensor([0, 3, 4]).nonzeroStatic({ size: 1 }), [[1]]],
  ]);
});

describe("limits", () => {
  gives([
    [
      "of fractions",
      () => torch.finfo("float16"),
      {
        dtype: "float16",
        bits: 16,
        eps: 0.0009765625,
        max: 65504,
        min: -65504,
        tiny: 6.103515625e-5,
        smallestNormal: 6.103515625e-5,
        resolution: 1e-3,
      },
    ],
    ["of whole numbers", () => torch.iinfo("int16"), { dtype: "int16", bits: 16, max: 32767, min: -32768 }],
    [
      "of long ones",
      () => torch.iinfo("int64"),
      { dtype: "int64", bits: 64, max: 9223372036854775807n, min: -9223372036854775808n },
    ],
  ]);

  it("finfo are what the numbers show", () => {
    for (const dtype of ["float64", "float32", "float16", "bfloat16"] as const) {
      const { eps, max, tiny } = torch.finfo(dtype);
      const kept = (value: number) => tensor(value, { dtype }).double().item();
      expect([kept(1 + eps), kept(1 + eps / 2), kept(max), kept(tiny)]).toEqual([1 + eps, 1, max, tiny]);
    }
  });
});

describe("defaults", () => {
  it("the device is where factories put tensors", () => {
    expect(torch.getDefaultDevice()).toBe("cpu");
    torch.setDefaultDevice("reference");
    try {
      expect([zeros(1).device, whole.newZeros(1).device]).toEqual(["reference", "cpu"]);
    } finally {
      torch.setDefaultDevice("cpu");
    }
  });

  it("inference mode does not record, and says so", () => {
    const x = fractions.clone().requiresGrad_();
    expect(torch.inferenceMode(() => [x.mul(2).requiresGrad, torch.isInferenceModeEnabled()])).toEqual([
      false,
      true,
    ]);
    expect([x.mul(2).requiresGrad, torch.isInferenceModeEnabled()]).toEqual([true, false]);
  });
});

describe("errors", () => {
  refuses([
    [
      "the truth of several",
      () => torch.isNonzero(whole),
      "ArgumentError: isNonzero: Boolean value of Tensor with more than one value is ambiguous",
    ],
    [
      "shapes apart",
      () => torch.broadcastShapes([2], [3]),
      "ShapeError: broadcastShapes: shapes do not broadcast: [2] and [3] (2 ≠ 3 at dim 0)",
    ],
    [
      "limits of the other kind",
      () => torch.iinfo("float32"),
      "DTypeError: iinfo: an integer dtype is required: got float32",
    ],
    [
      "a device there is not",
      () => torch.setDefaultDevice("cuda" as never),
      'DeviceError: setDefaultDevice: device must be one of "cpu", "reference": got "cuda" (there is no CUDA in WebAssembly)',
    ],
  ]);
});
