/** Replays type promotion, casts and indexing. */
import type { DeviceName } from "../../src/backend/backend.js";
import { isDType, isFloat } from "../../src/core/dtype.js";
import { TorchError } from "../../src/core/errors.js";
import { numel } from "../../src/core/shape.js";
import type { Tensor } from "../../src/tensor/tensor.js";
import { encodeBase64 } from "./base64.js";
import { scope } from "./call.js";
import { compare } from "./compare.js";
import { Decoder, type TensorRow, Tuple } from "./decode.js";
import { camel, find, invoke, need } from "./library.js";
import { evaluatePython } from "./python.js";
import { Mismatch, type Report, type Row, Skip } from "./report.js";

/** Throws unless `run` throws one of the library's own errors. */
function mustThrow(run: () => unknown, message: string): void {
  try {
    run();
  } catch (error) {
    if (error instanceof TorchError) return;
    throw error;
  }
  throw new Mismatch(`nothing was thrown; PyTorch: ${message}`);
}

// ── promotion ────────────────────────────────────────────────────────────────────────────────────

type Promotion = [string, string, string, string, string | null, string | null, string | null];

function ones(decoder: Decoder, dtype: string, shape: number[]): Tensor {
  if (!isDType(dtype)) throw new Skip(`dtype ${dtype}`);
  return invoke(
    decoder.tensor({ dtype: "uint8", shape, data: encodeBase64(new Uint8Array(numel(shape)).fill(1)) }),
    "to",
    dtype,
  ) as Tensor;
}

/** A value of the kind that a row names. */
function operand(decoder: Decoder, kind: string, dtype: string | null): unknown {
  if (kind === "bool") return true;
  if (kind === "int") return 1;
  // A fraction, since 1. and 1 are one number here.
  if (kind === "float") return 1.5;
  return ones(decoder, dtype ?? "float32", kind === "0d" ? [] : [2]);
}

export function replayPromotion(rows: readonly unknown[], device: DeviceName, report: Report): void {
  for (const row of rows as Promotion[]) {
    const [op, leftKind, leftDtype, rightKind, rightDtype, result, error] = row;
    report.check(row.slice(0, 5).join(" "), () => {
      const decoder = new Decoder(device);
      const [a, b] = [operand(decoder, leftKind, leftDtype), operand(decoder, rightKind, rightDtype)];
      const run = () => promote(decoder, op, a, b);
      // PyTorch lacks kernels for half precision and whole numbers in places; having them is no fault.
      const isKernelGap = error?.includes("not implemented for");
      if (result === null && !isKernelGap) mustThrow(run, error ?? "");
      else if (result !== null) expectDtype(result, run());
    });
  }
}

function promote(decoder: Decoder, op: string, a: unknown, b: unknown): unknown {
  if (op === "cat") return need("cat")([a, b]);
  if (op === "where") return need("where")(ones(decoder, "bool", [2]), a, b);
  return op.endsWith("_") ? invoke(a, camel(op), b) : need(camel(op))(a, b);
}

function expectDtype(dtype: string, found: unknown): void {
  const { dtype: have } = (
    Array.isArray(found)
      ? found[0]
      : "values" in (found as object) && !("dtype" in (found as object))
        ? (found as { values: Tensor }).values
        : found
  ) as Tensor;
  if (have !== dtype) throw new Mismatch(`dtype: expected ${dtype}, found ${have}`);
}

const alongDim = ["cumsum", "cumprod", "logsumexp", "softmax", "cummax", "cummin", "logcumsumexp"];

export function replayResultDtypes(rows: readonly unknown[], device: DeviceName, report: Report): void {
  for (const [op, dtype, result, error] of rows as [string, string, string | null, string | null][])
    report.check(`${op} ${dtype}`, () => {
      const x = ones(new Decoder(device), dtype, [2]);
      const run = () => (alongDim.includes(op) ? invoke(x, camel(op), 0) : invoke(x, camel(op)));
      if (result !== null) expectDtype(result, run());
      else if (!error?.includes("not implemented for")) mustThrow(run, error ?? "");
    });
}

// ── casts ────────────────────────────────────────────────────────────────────────────────────────

export function replayCasts(rows: readonly Row[], device: DeviceName, report: Report): void {
  for (const row of rows)
    if (row.kind === "cast") {
      const from = (row.from as { $t: TensorRow }).$t;
      report.check(`${from.dtype} to ${row.to}`, () => {
        const decoder = new Decoder(device);
        compare(row.out, invoke(decoder.value(row.from), "to", decoder.value({ $dtype: row.to })));
      });
    } else
      report.check(String(row.code), () => {
        if (row.shape === null) throw new Skip("a Python class");
        const found = evaluatePython(String(row.code), scope({})) as Tensor;
        expectDtype(String(row.dtype), found);
        if (found.shape.join() !== String(row.shape))
          throw new Mismatch(`shape: expected [${row.shape}], found [${found.shape}]`);
      });
}

// ── indexing ─────────────────────────────────────────────────────────────────────────────────────

/** 1, 2, 3, … in float64. */
function counting(decoder: Decoder, shape: number[], scale = 1): Tensor {
  const values = Float64Array.from({ length: numel(shape) }, (_, i) => (i + 1) * scale);
  return decoder.tensor({ dtype: "float64", shape, data: encodeBase64(new Uint8Array(values.buffer)) });
}

/** The parts between the brackets of x[…]. */
function indexParts(decoder: Decoder, index: unknown): unknown[] {
  const value = decoder.value(index);
  return value instanceof Tuple ? [...value] : [value];
}

interface Assignment {
  readonly value: unknown;
  readonly after?: unknown;
  readonly error?: { readonly message: string };
}

export function replayIndexing(rows: readonly Row[], device: DeviceName, report: Report): void {
  for (const row of rows) {
    const name = `x of [${row.shape}] at ${JSON.stringify(row.index)}`;
    const fresh = () => {
      const decoder = new Decoder(device);
      return { decoder, x: counting(decoder, row.shape as number[]), parts: indexParts(decoder, row.index) };
    };
    report.check(name, () => checkGet(row, fresh));
    for (const { value, after, error } of (row.set ?? []) as Assignment[])
      report.check(`${name} = ${JSON.stringify(value)}`, () => {
        const { decoder, x, parts } = fresh();
        const run = () => invoke(x, "setAt", parts, decoder.value(value));
        if (error) return mustThrow(run, error.message);
        run();
        return compare(after, x);
      });
  }
}

function checkGet(row: Row, fresh: () => { decoder: Decoder; x: Tensor; parts: unknown[] }): void {
  const { decoder, x, parts } = fresh();
  const get = () => invoke(x, "at", ...parts) as Tensor;
  if (row.error) {
    mustThrow(get, (row.error as { message: string }).message);
    return;
  }
  if (isFloat(x.dtype)) x.requiresGrad = true;
  const out = get();
  compare(row.out, out);
  // PyTorch's flag is about memory shared with x; an empty view shares none.
  if (row.view === true && out.storage !== x.storage) throw new Mismatch("not a view");
  if (row.view === false && out.storage === x.storage && out.numel() > 0)
    throw new Mismatch("a view, not a copy");
  if (!row.grad || !find("autograd.grad")) return;
  const cotangent = counting(decoder, [...out.shape], 1 / 8);
  const [grad] = need("autograd.grad")([out], [x], { gradOutputs: [cotangent] }) as Tensor[];
  compare(row.grad, grad, {}, "gradient");
}
