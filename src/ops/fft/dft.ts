/**
 * @file The discrete Fourier transform along the last dim, written in tensors, so that it is differentiable as often as wanted.
 *
 * A span of n = p·q values is transformed as p spans of q and q spans of p (Cooley & Tukey 1965); spans that are short, or
 * of prime length, by a product with the matrix of roots. Complex numbers are two real tensors.
 */
import { cos, sin } from "../../core/math.js";
import { makeOf } from "../../tensor/make.js";
import type { Tensor } from "../../tensor/tensor.js";
import { add, mul, neg, sub } from "../elementwise/arithmetic.js";
import { matmul } from "../linear/matmul.js";
import { reshape, transpose } from "../shape/view.js";

/** re + i·im; without `im` it is real. */
export interface Complex {
  readonly re: Tensor;
  readonly im: Tensor | null;
}

/** Spans up to this length are transformed by a matrix. */
const SHORT = 32;

/** e^(sign·2πi·jk/n) for j < rows, k < columns, of x's dtype. */
function roots(x: Tensor, n: number, rows: number, columns: number, sign: 1 | -1): Complex & { im: Tensor } {
  // j·k modulo n keeps the angles, and with them their errors, small.
  const angles = Array.from(
    { length: rows * columns },
    (_, i) => (2 * Math.PI * ((Math.floor(i / columns) * (i % columns)) % n)) / n,
  );
  const table = (values: number[]) => makeOf(values, [rows, columns], x.dtype, x.storage.backend);
  return { re: table(angles.map(cos)), im: table(angles.map((angle) => sign * sin(angle))) };
}

/** z·w by `product`: elementwise or of matrices. */
function times(z: Complex, w: Complex & { im: Tensor }, product: (a: Tensor, b: Tensor) => Tensor): Complex {
  const { re, im } = z;
  if (!im) return { re: product(re, w.re), im: product(re, w.im) };
  return {
    re: sub(product(re, w.re), product(im, w.im)),
    im: add(product(re, w.im), product(im, w.re)),
  };
}

/** Both parts changed alike. */
export const both = (z: Complex, change: (x: Tensor) => Tensor): Complex => ({
  re: change(z.re),
  im: z.im && change(z.im),
});
/** re − i·im. */
export const conjugate = ({ re, im }: Complex): Complex => ({ re, im: im && neg(im) });

/** The greatest factor of n up to SHORT, else its least one. */
function factorOf(n: number): number {
  for (let p = SHORT; p > 1; p--) if (n % p === 0) return p;
  let p = SHORT + 1;
  while (n % p !== 0) p++;
  return p;
}

/** y[k] = Σ x[j]·e^(sign·2πi·jk/n) along the last dim [..., n]. Linear, so ∂x is the same transform of g, sign turned. */
export function transform(z: Complex, sign: 1 | -1): Complex {
  const { shape } = z.re;
  const n = shape.at(-1)!;
  const p = n <= SHORT ? n : factorOf(n);
  if (p === n) return times(z, roots(z.re, n, n, n, sign), matmul);
  const q = n / p;
  const lead = shape.slice(0, -1);
  const turned = (x: Tensor) => transpose(x, -2, -1);
  // Place j = j1·q + j2, frequency k = k1 + p·k2.
  const columns = both(z, (x) => turned(reshape(x, [...lead, p, q])));
  const inner = times(transform(columns, sign), roots(z.re, n, q, p, sign), mul);
  const outer = transform(both(inner, turned), sign);
  return both(outer, (x) => reshape(turned(x), shape as number[]));
}
