/** Products of matrices and vectors, batched; all of them end in one primitive. */

import { record } from "../../autograd/record.js";
import { checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { ShapeError } from "../../core/errors.js";
import { broadcastShapes, formatShape, numel, sameShape } from "../../core/shape.js";
import { make } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { add, mul } from "../elementwise/arithmetic.js";
import { broadcast, checkTensor } from "../kernel.js";
import { named } from "../named.js";
import { sum } from "../reduction/reduction.js";
import { t, transpose, unsqueeze } from "../shape/view.js";
import { unsafeView } from "../shape/view-of.js";
import { checkProduct, foldBatch } from "./products.js";

function innerSizesDiffer(op: string, a: Tensor, b: Tensor, k: number, k2: number): ShapeError {
  return new ShapeError(
    `${op}: inner sizes differ: ${formatShape(a.shape)} @ ${formatShape(b.shape)} (${k} ≠ ${k2})`,
  );
}

/** The matrices of a batch transposed. */
const flipped = (x: Tensor): Tensor => transpose(x, -2, -1);

/** [..., m, k] @ [..., k, n] → [..., m, n], both of at least two dims. ∂a = g·bᵀ, ∂b = aᵀ·g. */
function product(op: string, name: string, a: Tensor, b: Tensor): Tensor {
  const [m, k, k2, n] = [a.shape.at(-2)!, a.shape.at(-1)!, b.shape.at(-2)!, b.shape.at(-1)!];
  if (k !== k2) throw innerSizesDiffer(op, a, b, k, k2);
  const batch = broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2));
  const out = make([...batch, m, n], a.dtype, a.storage.backend);
  const spread = (x: Tensor, rows: number, columns: number) => broadcast(x, [...batch, rows, columns]);
  out.storage.backend.matmul(out, spread(a, m, k), spread(b, k, n));
  return record(out, {
    op: name,
    inputs: [a, b],
    saved: [a, b],
    savedFor: [1, 0],
    backward: (g, [a, b]) => [() => product(op, name, g, flipped(b)), () => product(op, name, flipped(a), g)],
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
  if (a.ndim === 1 && b.ndim === 2) {
    const y = product("matmul", "mm", unsqueeze(a, 0), b);
    return unsafeView(y, [b.shape[1]!], "squeeze", 3);
  }
  if (a.ndim === 1) return dropped(product("matmul", "bmm", unsqueeze(a, 0), b), -2);
  if (b.ndim === 1) return dropped(product("matmul", "bmm", a, unsqueeze(b, 1)), -1);
  if (b.ndim === 2 && a.ndim > 2) return foldBatch(a, (rows) => product("matmul", "mm", rows, b));
  // A batch takes PyTorch more steps than us; the node is named after the last of them.
  const last = a.ndim > 2 ? "unsafe_view" : numel(b.shape) === 0 ? "transpose" : "clone";
  return product("matmul", b.ndim > 2 ? last : "mm", a, b);
}

/** A product without the dim of size 1 that a vector was given. */
function dropped(y: Tensor, dim: number): Tensor {
  return unsafeView(y, y.shape.toSpliced(y.ndim + dim, 1));
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
    savedFor: [1, 0],
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
    savedFor: [1, 0],
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

/** beta·c + alpha·y; whole numbers take the whole part of both factors. */
function plus(op: string, c: Tensor, y: Tensor, options: AddmmOptions | undefined): Tensor {
  checkTensor(op, c);
  checkOptions(op, options, ["beta", "alpha"]);
  const factor = (x = 1) => (isFloat(y.dtype) ? x : Math.trunc(x));
  const [beta, alpha] = [factor(options?.beta), factor(options?.alpha)];
  const scaled = alpha === 1 ? y : mul(y, alpha);
  const shape = broadcastShapes(op, c.shape, y.shape);
  if (!sameShape(shape, y.shape))
    throw new ShapeError(`${op}: ${formatShape(c.shape)} does not expand to ${formatShape(y.shape)}`);
  // beta 0 means that c is not looked at, NaN or not.
  return named(op, beta === 0 ? add(scaled, 0) : add(scaled, beta === 1 ? c : mul(c, beta)));
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
  const y = plus("addr", c, outer(a, b), options);
  return [c, a, b].every(({ dtype }) => dtype === "bool") ? to(y, "bool") : y;
}
/** beta·c + alpha·a@b, batched. @see torch.baddbmm */
export function baddbmm(c: Tensor, a: Tensor, b: Tensor, options?: AddmmOptions): Tensor {
  return plus("baddbmm", c, bmm(a, b), options);
}
/** beta·c + alpha·Σ a@b over the batch. @see torch.addbmm */
export function addbmm(c: Tensor, a: Tensor, b: Tensor, options?: AddmmOptions): Tensor {
  return plus("addbmm", c, sum(bmm(a, b), 0), options);
}
