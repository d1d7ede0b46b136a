import { afterEach, describe, expect, it } from "vitest";
import { contiguousStrides } from "../../src/core/shape.js";
import {
  fixed,
  formatTensor,
  getPrintoptions,
  type Printable,
  scientific,
  setPrintoptions,
} from "../../src/tensor/format.js";

afterEach(() => setPrintoptions({ profile: "default" }));

type Values = readonly (number | bigint | boolean)[];
function print(values: Values, shape: readonly number[] = [values.length], rest: Partial<Printable> = {}) {
  const strides = contiguousStrides(shape);
  const at = (index: readonly number[]) => values[index.reduce((sum, i, dim) => sum + i * strides[dim]!, 0)]!;
  return formatTensor({ shape, dtype: "float32", at, ...rest });
}

/** 0, 1, 2, … of a shape, counting how many were read. */
function counting(shape: readonly number[], dtype: Printable["dtype"] = "int64") {
  const strides = contiguousStrides(shape);
  const seen = { reads: 0, text: "" };
  const at = (index: readonly number[]) => {
    seen.reads++;
    return index.reduce((sum, i, dim) => sum + i * strides[dim]!, 0);
  };
  seen.text = formatTensor({ shape, dtype, at });
  return seen;
}

describe("fixed and scientific", () => {
  it.each([
    [0.03125, 4, "0.0312"],
    [0.09375, 4, "0.0938"],
    [0.5, 0, "0"],
    [1.5, 0, "2"],
    [2.5, 0, "2"],
    [-2.5, 0, "-2"],
    [-0, 0, "-0"],
    [-1e-5, 4, "-0.0000"],
    [1e22, 1, "10000000000000000000000.0"],
    [Number.NEGATIVE_INFINITY, 2, "-inf"],
    [Number.NaN, 2, "nan"],
  ])("fixed(%d, %d) is %s, as C rounds", (x, digits, text) => expect(fixed(x, digits)).toBe(text));

  it.each([
    [2.5, 0, "2e+00"],
    [3.5, 0, "4e+00"],
    [1e-5, 4, "1.0000e-05"],
    [1.00005e100, 4, "1.0000e+100"],
    [9.99995e7, 4, "1.0000e+08"],
    [0, 4, "0.0000e+00"],
  ])("scientific(%d, %d) is %s", (x, digits, text) => expect(scientific(x, digits)).toBe(text));
});

describe("formatTensor", () => {
  it.each<[string, Values]>([
    ["tensor([1., 2., 3.])", [1, 2, 3]],
    ["tensor([ 1.5000,     inf,     nan, -2.2500])", [1.5, Number.POSITIVE_INFINITY, Number.NaN, -2.25]],
    ["tensor([1.0000e-05, 1.0000e+00])", [Math.fround(1e-5), 1]],
    ["tensor([100000000.])", [1e8]],
    ["tensor([1.0000e+20,        nan,        inf])", [1e20, Number.NaN, Number.POSITIVE_INFINITY]],
    ["tensor([nan, inf])", [Number.NaN, Number.POSITIVE_INFINITY]],
  ])("%s", (text, values) => expect(print(values)).toBe(text));

  it("prints whole numbers and truth values without a point", () => {
    expect(print([-1n, 20n, -300n], [3], { dtype: "int64" })).toBe("tensor([  -1,   20, -300])");
    expect(print([true, false], [2], { dtype: "bool" })).toBe("tensor([ True, False])");
    expect(print([7], [], { dtype: "uint8" })).toBe("tensor(7, dtype=torch.uint8)");
  });

  it("separates matrices by blank lines", () => {
    expect(print([0, 1, 2, 3, 4, 5, 6, 7], [2, 2, 2], { dtype: "int64" })).toBe(
      "tensor([[[0, 1],\n         [2, 3]],\n\n        [[4, 5],\n         [6, 7]]])",
    );
  });

  it("names the size of an empty tensor, and its dtype even where it is int64", () => {
    expect(print([])).toBe("tensor([])");
    expect(print([], [2, 0])).toBe("tensor([], size=(2, 0))");
    expect(print([], [0], { dtype: "int64" })).toBe("tensor([], dtype=torch.int64)");
  });

  it("reads only the edges of a large tensor", () => {
    const { text, reads } = counting([1000, 1000]);
    expect(reads).toBe(36);
    expect(text.split("\n")[0]).toBe("tensor([[     0,      1,      2,  ...,    997,    998,    999],");
    expect(text.split("\n")[3]).toBe("        ...,");
    expect(counting([1000]).reads).toBe(1000);
  });

  it("adds device, dtype and gradient, on a line of their own where they do not fit", () => {
    const rest = { dtype: "float64", device: "reference", gradFn: "MulBackward0" } as const;
    expect(print([6], [1, 1], rest)).toBe(
      "tensor([[6.]], device='reference', dtype=torch.float64, grad_fn=<MulBackward0>)",
    );
    setPrintoptions({ linewidth: 20 });
    expect(print([1, 2], [2], { requiresGrad: true })).toBe("tensor([1., 2.],\n       requires_grad=True)");
    expect(print([1], [1], { parameter: true })).toBe("Parameter containing:\ntensor([1.])");
  });
});

describe("setPrintoptions", () => {
  it("changes what it names, and sciMode anew each time", () => {
    setPrintoptions({ precision: 2, sciMode: true });
    expect(print([0.5, 20])).toBe("tensor([5.00e-01, 2.00e+01])");
    setPrintoptions({ threshold: 5, edgeitems: 1 });
    expect(getPrintoptions()).toEqual({
      precision: 2,
      threshold: 5,
      edgeitems: 1,
      linewidth: 80,
      sciMode: null,
    });
    expect(counting([6]).text).toBe("tensor([0,  ..., 5])");
    setPrintoptions({ profile: "short" });
    expect(print([1 / 3, 2])).toBe("tensor([0.33, 2.00])");
  });

  it("refuses what it does not know", () => {
    expect(() => setPrintoptions({ precison: 2 } as object)).toThrow('did you mean "precision"?');
    expect(() => setPrintoptions({ precision: -1 })).toThrow(
      "setPrintoptions: precision must be at least 0: got -1",
    );
    expect(() => setPrintoptions({ edgeitems: 1.5 })).toThrow("edgeitems must be an integer: got 1.5");
  });
});
