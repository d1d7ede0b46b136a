import { describe, expect, it } from "vitest";
import { ShapeError } from "../../src/core/errors.js";
import { bind, parseSignatures } from "./call.js";
import { compare } from "./compare.js";
import { Decoder, foundElements, type TensorRow, unify } from "./decode.js";
import { camel } from "./library.js";
import { evaluatePython, Slice } from "./python.js";
import { Mismatch, Report, type Row, Skip } from "./report.js";

const row = (values: number[], shape = [values.length], rest: Partial<TensorRow> = {}): TensorRow => ({
  dtype: "float32",
  shape,
  data: Buffer.from(Float32Array.from(values).buffer).toString("base64"),
  ...rest,
});

describe("camel", () => {
  it.each([
    ["log_softmax", "logSoftmax"],
    ["conv_transpose2d", "convTranspose2d"],
    ["atleast_1d", "atleast1d"],
    ["index_add_", "indexAdd_"],
    ["nn.functional.max_pool2d", "nn.functional.maxPool2d"],
  ])("%s → %s", (name, expected) => expect(camel(name)).toBe(expected));
});

describe("bind", () => {
  const known = parseSignatures(
    "sum(dim! keepdim= * dtype?); std(unbiased= | dim! unbiased= keepdim=)\nadd(other * alpha=)",
  );
  it.each([
    ["sum", [], { dim: 0, keepdim: true }, [0, { keepdim: true }]],
    ["sum", [[0, 1], true], {}, [[0, 1], { keepdim: true }]],
    ["sum", [], { dtype: "float64" }, [undefined, { dtype: "float64" }]],
    ["sum", [], {}, []],
    ["std", [true], {}, [{ unbiased: true }]],
    ["std", [0, true], {}, [0, { unbiased: true }]],
    ["add", [2], { alpha: 3 }, [2, { alpha: 3 }]],
    ["add", [2], { layout: "strided", out: null }, [2]],
    ["unknown", [1], { index: 2, requires_grad: true }, [1, 2, { requiresGrad: true }]],
  ])("%s(%o, %o)", (name, args, kwargs, expected) =>
    expect(bind(known.get(name), args, kwargs)).toEqual(expected),
  );

  it("skips calls with an out argument", () => {
    expect(() => bind(known.get("add"), [1], { out: 1 })).toThrow(Skip);
  });
});

describe("evaluatePython", () => {
  const scope = {
    name: (name: string) => name,
    attribute: (object: unknown, name: string) => `${object}.${name}`,
    call: (callee: unknown, args: unknown[], kwargs: object, literals: { floats: number }) => ({
      callee,
      args,
      kwargs,
      literals,
    }),
    subscript: (object: unknown, index: unknown) => ({ object, index }),
    operator: (symbol: string, left: unknown, right: unknown) => [left, symbol, right],
  };
  it("reads calls, literals and operators", () => {
    expect(evaluatePython("torch.f(x, [1., (2,)], k=None) @ -y", scope)).toEqual([
      { callee: "torch.f", args: ["x", [1, [2]]], kwargs: { k: null }, literals: { floats: 1 } },
      "@",
      [undefined, "-", "y"],
    ]);
    expect(evaluatePython("a[1:, ..., 0]", scope)).toEqual({
      object: "a",
      index: [new Slice(1, null, null), "...", 0],
    });
    expect(() => evaluatePython("f(", scope)).toThrow(SyntaxError);
  });
});

describe("Decoder and compare", () => {
  it("lays the same elements out with gaps", () => {
    const x = new Decoder("reference", "spread").tensor(row([1, 2, 3, 4], [2, 2]));
    expect(x.strides).toEqual([4, 2]);
    expect(foundElements(x)).toEqual([1, 2, 3, 4]);
  });

  it("keeps strides of 0, and makes one tensor of one row", () => {
    const decoder = new Decoder("reference");
    const repeated = row([5, 5, 5], [3], { stride: [0] });
    expect(decoder.tensor(repeated)).toBe(decoder.tensor(repeated));
    expect(foundElements(decoder.tensor(repeated))).toEqual([5, 5, 5]);
    const both: Row = {
      kind: "sample",
      input: { $t: row([1]) },
      args: [{ $t: row([1]) }],
      same: [["input", "args.0"]],
    };
    unify(both);
    expect((both.args as unknown[])[0]).toBe(both.input);
  });

  it("holds values, dtypes and shapes against each other", () => {
    const x = new Decoder("reference").tensor(row([1, Number.NaN, Number.POSITIVE_INFINITY]));
    const expecting = (values: number[], rest?: Partial<TensorRow>) => () =>
      compare({ $t: row(values, [values.length], rest) }, x);
    expect(expecting([1 + 5e-6, Number.NaN, Number.POSITIVE_INFINITY])).not.toThrow();
    expect(expecting([1.001, Number.NaN, Number.POSITIVE_INFINITY])).toThrow(
      "1 of 3 elements of [3] float32 differ, first at 0",
    );
    expect(expecting([1, 0, Number.POSITIVE_INFINITY])).toThrow("first at 1: expected 0, found NaN");
    expect(expecting([1, Number.NaN])).toThrow("shape: expected [2], found [3]");
    expect(() => compare({ $t: { dtype: "int32", shape: [3], data: "" } }, x)).toThrow(
      "dtype: expected int32, found float32",
    );
    expect(() =>
      compare({ $named: { fields: ["values"], values: [{ $t: row([1]) }] } }, { values: x }),
    ).toThrow("shape at 0");
    expect(() => compare({ $f: 0.5 }, 0.25)).toThrow(Mismatch);
  });
});

describe("Report", () => {
  it("counts passes, failures and what is missing", () => {
    const report = new Report("add");
    report.check("a", () => undefined);
    report.check("b", () => {
      throw new ShapeError("add: wrong");
    });
    report.check("c", () => {
      throw new Skip("no add_");
    });
    expect(String(report)).toBe("add: 1/2 (1 skipped)");
    expect(report.failures[0]!.message).toMatch(/^threw ShapeError: add: wrong/);
  });
});
