/** Products of matrices and vectors, batched; all of them end in one primitive. */
import { record } from "../autograd/record.js";
import { checkOptions } from "../core/arguments.js";
import { DTypeError, ShapeError } from "../core/errors.js";
import { broadcastShapes, formatShape, numel } from "../core/shape.js";
import { make } from "../tensor/make.js";
import type { Tensor } from "../tensor/tensor.js";
import { add, mul } from "./arithmetic.js";
import { broadcast, checkDevices, checkTensor } from "./kernel.js";
import { sum } from "./reduction.js";
import { matrixTranspose, reshape, t, unsqueeze } from "./view.js";

function checkProduct(op: string, a: Tensor, b: Tensor): void {
  checkTensor(op, a);
  checkTensor(op, b);
  checkDevices(op, a, b);
  if (a.dtype !== b.dtype)
    throw new DTypeError(`${op}: expected both operands to have the same dtype: ${a.dtype} ≠ ${b.dtype}`);
  if (a.dtype === "bool" || a.dtype === "float16" || a.dtype === "bfloat16")
    throw new DTypeError(`${op}: not implemented for ${a.dtype}`);
}

function innerSizesDiffer(op: string, a: Tensor, b: Tensor, k: number, k2: number): ShapeError {
  return new ShapeError(`${op}: inner sizes differ: ${formatShape(a.shape)} @ ${formatShape(b.shape)} (${k} ≠ ${k2})`);
}

/** [..., m, k] @ [..., k, n] → [..., m, n], both of at least two dims. ∂a = g·bᵀ, ∂b = aᵀ·g. */
function product(op: string, name: string, a: Tensor, b: Tensor): Tensor {
  const [m, k, k2, n] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-2)!, b.shape.at(-1)!];
  if (k !== k2) throw innerSizesDiffer(op, a, b, k, k2);
  const batch = broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = make([...batch, m, n], a.dtype, a.storage.backend);
  const fit = (x: Tensor, rows: number, columns: number) => broadcast(x, [...batch, rows, columns]);
  out.storage.backend.matmul(out, fit(a, m, k), fit(b, k, n));
  return record(out, {
    op: name,
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => [
      () => product(op, name, g, matrixTranspose(b)),
      () => product(op, name, matrixTranspose(a), g),
    ],
  });
}

/**
 * The matrix product; vectors count as a row on the left and a column on the right; leading dims are batch dims.
 *
 * @throws ShapeError if the inner sizes differ
 * @example torch.matmul(x, w)
 * @see torch.matmul
 */
export function matmul(a: Tensor, b: Tensor): Tensor {
  checkProduct("matmul", a, b);
  if (a.ndim === 0 || b.ndim === 0)
    throw new ShapeError(
      `matmul: both arguments to matmul need to be at least 1D, but they are ${a.ndim}D and ${b.ndim}D`,
    );
  if (a.ndim === 1 && b.ndim === 1) return dot(a, b);
  if (a.ndim === 2 && b.ndim === 1) return mv(a, b);
  if (a.ndim === 1) return reshapeWithout(product("matmul", "mm", unsqueeze(a, 0), b), -2);
  if (b.ndim === 1) return reshapeWithout(product("matmul", "mm", a, unsqueeze(b, 1)), -1);
  if (b.ndim === 2 && a.ndim > 2) return foldBatch(a, (rows) => product("matmul", "mm", rows, b));
  return product("matmul", a.ndim > 2 || b.ndim > 2 ? "bmm" : "mm", a, b);
}

function reshapeWithout(x: Tensor, dim: number): Tensor {
  const d = x.ndim + dim;
  return reshape(x, x.shape.toSpliced(d, 1));
}

/** Batches of rows that meet one matrix are simply more rows. */
function foldBatch(a: Tensor, run: (rows: Tensor) => Tensor): Tensor {
  const k = a.shape.at(-1)!;
  const y = run(reshape(a, [numel(a.shape.slice(0, -1)), k]));
  return reshape(y, [...a.shape.slice(0, -1), y.shape[1]!]);
}

function checkRank(op: string, x: Tensor, rank: number, name: string): void {
  if (x.ndim !== rank)
    throw new ShapeError(`${op}: ${name} must be a ${rank}D tensor: got shape ${formatShape(x.shape)}`);
}

/** [m, k] @ [k, n]. @see torch.mm */
export function mm(a: Tensor, b: Tensor): Tensor {
  checkProduct("mm", a, b);
  checkRank("mm", a, 2, "self");
  checkRank("mm", b, 2, "mat2");
  return product("mm", "mm", a, b);
}

/** [b, m, k] @ [b, k, n]. @see torch.bmm */
export function bmm(a: Tensor, b: Tensor): Tensor {
  checkProduct("bmm", a, b);
  checkRank("bmm", a, 3, "batch1");
  checkRank("bmm", b, 3, "batch2");
  if (a.shape[0] !== b.shape[0])
    throw new ShapeError(
      `bmm: batch sizes differ: ${formatShape(a.shape)} and ${formatShape(b.shape)} (${a.shape[0]} ≠ ${b.shape[0]})`,
    );
  return product("bmm", "bmm", a, b);
}

/** [m, k] @ [k]. @see torch.mv */
export function mv(a: Tensor, b: Tensor): Tensor {
  checkProduct("mv", a, b);
  checkRank("mv", a, 2, "self");
  checkRank("mv", b, 1, "vec");
  if (a.shape[1] !== b.shape[0]) throw innerSizesDiffer("mv", a, b, a.shape[1]!, b.shape[0]!);
  const out = make([a.shape[0]!], a.dtype, a.storage.backend);
  out.storage.backend.matmul(asColumn(out), a, asColumn(b));
  return record(out, {
    op: "mv",
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => [() => outer(g, b), () => mv(t(a), g)],
  });
}
/** [k] seen as [k, 1]. */
function asColumn({ storage, dtype, shape, strides, offset }: Tensor) {
  return { storage, dtype, shape: [shape[0]!, 1], strides: [strides[0]!, 1], offset };
}

/** Σ a·b of two lists. @see torch.dot */
export function dot(a: Tensor, b: Tensor): Tensor {
  checkProduct("dot", a, b);
  checkRank("dot", a, 1, "self");
  checkRank("dot", b, 1, "tensor");
  if (a.shape[0] !== b.shape[0]) throw innerSizesDiffer("dot", a, b, a.shape[0]!, b.shape[0]!);
  const out = make([], a.dtype, a.storage.backend);
  const { storage, dtype, offset } = out;
  const k = a.shape[0]!;
  const row = { storage: a.storage, dtype, shape: [1, k], strides: [k, a.strides[0]!], offset: a.offset };
  storage.backend.matmul({ storage, dtype, shape: [1, 1], strides: [1, 1], offset }, row, asColumn(b));
  return record(out, {
    op: "dot",
    inputs: [a, b],
    saved: [a, b],
    backward: (g, [a, b]) => [() => mul(g, b), () => mul(g, a)],
  });
}

/** All products of two lists, [m], [n] → [m, n]. @see torch.outer */
export function outer(a: Tensor, b: Tensor): Tensor {
  checkTensor("outer", a);
  checkTensor("outer", b);
  checkRank("outer", a, 1, "self");
  checkRank("outer", b, 1, "vec2");
  return mul(unsqueeze(a, 1), b);
}

export interface AddmmOptions {
  /** Factor of the added term. @defaultValue 1 */
  beta?: number;
  /** Factor of the product. @defaultValue 1 */
  alpha?: number;
}

function plus(op: string, c: Tensor, y: Tensor, options: AddmmOptions | undefined): Tensor {
  checkTensor(op, c);
  checkOptions(op, options, ["beta", "alpha"]);
  const { beta = 1, alpha = 1 } = options ?? {};
  const scaled = alpha === 1 ? y : mul(y, alpha);
  const shape = broadcastShapes(op, c.shape, y.shape);
  if (numel(shape) !== numel(y.shape) || shape.length !== y.ndim)
    throw new ShapeError(`${op}: ${formatShape(c.shape)} does not expand to ${formatShape(y.shape)}`);
  // beta 0 means that c is not looked at, NaN or not.
  return beta === 0 ? scaled : add(scaled, beta === 1 ? c : mul(c, beta));
}
/** beta·c + alpha·a@b. @see torch.addmm */
export function addmm(c: Tensor, a: Tensor, b: Tensor, options?: AddmmOptions): Tensor {
  return plus("addmm", c, mm(a, b), options);
}
/** beta·c + alpha·a@v. @see torch.addmv */
export function addmv(c: Tensor, a: Tensor, v: Tensor, options?: AddmmOptions): Tensor {
  return plus("addmv", c, mv(a, v), options);
}
/** beta·c + alpha·a⊗b. @see torch.addr */
export function addr(c: Tensor, a: Tensor, b: Tensor, options?: AddmmOptions): Tensor {
  return plus("addr", c, outer(a, b), options);
}
/** beta·c + alpha·a@b, batched. @see torch.baddbmm */
export function baddbmm(c: Tensor, a: Tensor, b: Tensor, options?: AddmmOptions): Tensor {
  return plus("baddbmm", c, bmm(a, b), options);
}
/** beta·c + alpha·Σ a@b over the batch. @see torch.addbmm */
export function addbmm(c: Tensor, a: Tensor, b: Tensor, options?: AddmmOptions): Tensor {
  return plus("addbmm", c, sum(bmm(a, b), 0), options);
}

/**
 * x·wᵀ + b: x [..., in], w [out, in] or [in], b [out] → [..., out]. ∂x = g·w, ∂w = gᵀ·x, ∂b = Σ g.
 *
 * @see torch.nn.functional.linear
 */
export function linear(x: Tensor, weight: Tensor, bias?: Tensor | null): Tensor {
  checkProduct("linear", x, weight);
  if (weight.ndim === 1) {
    const y = matmul(x, weight);
    return bias ? add(y, bias) : y;
  }
  const [inputs, outputs] = [weight.shape[1]!, weight.shape[0]!];
  if (x.shape.at(-1) !== inputs)
    throw new ShapeError(
      `linear: inner sizes differ: ${formatShape(x.shape)} @ ${formatShape(weight.shape)}ᵀ (${x.shape.at(-1)} ≠ ${inputs})`,
    );
  if (bias && (bias.ndim !== 1 || bias.shape[0] !== outputs))
    throw new ShapeError(`linear: bias of shape ${formatShape(bias.shape)} does not fit ${outputs} outputs`);
  if (x.ndim === 1) return reshape(linear(unsqueeze(x, 0), weight, bias), [outputs]);
  if (x.ndim > 2) return foldBatch(x, (rows) => linear(rows, weight, bias));
  const out = make([x.shape[0]!, outputs], x.dtype, x.storage.backend);
  out.storage.backend.matmul(out, x, t(weight.detach()), bias ?? undefined);
  return record(out, {
    op: bias ? "addmm" : "mm",
    inputs: bias ? [x, weight, bias] : [x, weight],
    saved: [x, weight],
    backward: (g, [x, weight]) => [
      () => mm(g, weight),
      () => mm(t(g), x),
      ...(bias ? [() => sum(g, 0)] : []),
    ],
  });
}
