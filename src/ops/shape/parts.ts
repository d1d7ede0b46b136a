/** The views that taking parts comes to, beside their adjoint: a gradient put back where it came from, zeros elsewhere. */
import { noGrad } from "../../autograd/grad-mode.js";
import { record } from "../../autograd/record.js";
import { checkInteger } from "../../core/arguments.js";
import { ArgumentError, IndexError, show } from "../../core/errors.js";
import { normalizeDim, type Shape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { checkTensor } from "../kernel.js";
import { viewOf } from "./view-of.js";

/** Every `step`-th of [start, end) of a dim, bounds as Python's. */
export function slice(x: Tensor, dim: number, start?: number | null, end?: number | null, step = 1): Tensor {
  checkTensor("slice", x);
  const d = normalizeDim("slice", dim, x.ndim);
  if (x.ndim === 0) throw new IndexError("slice: slice() cannot be applied to a 0-dim tensor.");
  checkInteger("slice", "step", step);
  if (step < 1) throw new ArgumentError(`slice: step must be greater than zero: got ${step}`);
  const n = x.shape[d]!;
  const bound = (at: number | null | undefined, fallback: number) =>
    at == null ? fallback : Math.min(n, Math.max(0, checkInteger("slice", "bound", at) < 0 ? at + n : at));
  const from = bound(start, 0);
  return sliced(x, d, from, Math.max(from, bound(end, n)), step, "slice");
}

/** The view that slicing and splitting come to; bounds from the front. */
export function sliced(
  x: Tensor,
  d: number,
  start: number,
  end: number,
  step: number,
  op: "slice" | "split" | "split_with_sizes",
): Tensor {
  const from = x.shape;
  const y = viewOf(
    x,
    x.shape.with(d, Math.ceil((end - start) / step)),
    x.strides.with(d, x.strides[d]! * step),
    x.offset + start * x.strides[d]!,
    (x) => sliced(x, d, start, end, step, op),
    op === "slice" ? null : "multiple",
  );
  return record(y, {
    op,
    inputs: [x],
    backward: (g) => [() => sliceBackward(g, from, d, start, end, step)],
  });
}

/** The view that selecting and unbinding come to. */
export function selected(x: Tensor, dim: number, index: number, op: "select" | "unbind"): Tensor {
  checkTensor("select", x);
  if (x.ndim === 0) throw new IndexError("select: select() cannot be applied to a 0-dim tensor.");
  const d = normalizeDim("select", dim, x.ndim);
  const n = x.shape[d]!;
  if (!Number.isInteger(index) || index < -n || index >= n)
    throw new IndexError(`select: index ${show(index)} is out of bounds for dimension ${d} with size ${n}`);
  const i = index < 0 ? index + n : index;
  const from = x.shape;
  const y = viewOf(
    x,
    x.shape.toSpliced(d, 1),
    x.strides.toSpliced(d, 1),
    x.offset + i * x.strides[d]!,
    (x) => selected(x, d, i, op),
    op === "select" ? null : "multiple",
  );
  return record(y, {
    op,
    inputs: [x],
    backward: (g) => [() => put("select_backward", g, from, (x) => selected(x, d, i, "select"))],
  });
}

// ── adjoints ─────────────────────────────────────────────────────────────────────────────────────

/** Zeros of `shape` with g in the part that `part` shows. */
export function put(op: string, g: Tensor, shape: Shape, part: (x: Tensor) => Tensor): Tensor {
  const out = make(shape, g.dtype, g.storage.backend);
  const { backend } = out.storage;
  backend.fill(out, 0);
  backend.copy(
    noGrad(() => part(out)),
    g,
  );
  return record(out, { op, inputs: [g], backward: (gg) => [() => part(gg)] });
}

/** Zeros of `shape` with g in every `step`-th of [start, end) of a dim. */
export function sliceBackward(
  g: Tensor,
  shape: Shape,
  dim: number,
  start: number,
  end: number,
  step: number,
): Tensor {
  return put("slice_backward", g, shape, (x) => slice(x, dim, start, end, step));
}
