/** Bessel's and Airy's functions. Of the modified ones of the first kind PyTorch has derivatives; so it is here. */
import { record } from "../../autograd/record.js";
import * as math from "../../core/math.js";
import type { Tensor } from "../../tensor/tensor.js";
import { abs, add, mul, reciprocal, sign, sub } from "../elementwise/arithmetic.js";
import { gt, logicalNot } from "../elementwise/comparison.js";
import { maskedFill } from "../elementwise/selection.js";
import { hostUnary } from "./host.js";

// ── modified, of the first kind ──────────────────────────────────────────────────────────────────

/** I₀(x). ∂x = g·I₁(x). @see torch.i0 */
export function i0(x: Tensor): Tensor {
  return record(hostUnary("i0", math.besselI0, x), {
    op: "i0",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, i1(x))],
  });
}

/** e^(−|x|)·I₀(x). ∂x = g·(i1e(x) − sign(x)·y). @see torch.special.i0e */
export function i0e(x: Tensor): Tensor {
  const y = hostUnary("i0e", math.besselI0e, x);
  return record(y, {
    op: "special_i0e",
    inputs: [x],
    saved: [x, y],
    backward: (g, [x, y]) => [() => mul(g, sub(i1e(x), mul(sign(x), y)))],
  });
}

const EPSILON = { float64: 2.220446049250313e-16, float32: 1.1920928955078125e-7 };

/** f of an x held away from 0, and ½ where it was held: the slope of I₁ there. */
function besideZero(x: Tensor, f: (x: Tensor) => Tensor): Tensor {
  const epsilon = x.dtype === "float64" ? EPSILON.float64 : EPSILON.float32;
  const tiny = logicalNot(gt(abs(x), epsilon));
  return maskedFill(f(maskedFill(x, tiny, epsilon)), tiny, 0.5);
}

/** I₁(x). ∂x = g·(I₀(x) − y/x), g/2 at 0. @see torch.special.i1 */
export function i1(x: Tensor): Tensor {
  const y = hostUnary("i1", math.besselI1, x);
  return record(y, {
    op: "special_i1",
    inputs: [x],
    saved: [x, y],
    backward: (g, [x, y]) => [
      () =>
        mul(
          g,
          besideZero(x, (z) => sub(i0(z), mul(y, reciprocal(z)))),
        ),
    ],
  });
}

/** e^(−|x|)·I₁(x). ∂x = g·(i0e(x) − y·(sign(x) + 1/x)), g/2 at 0. @see torch.special.i1e */
export function i1e(x: Tensor): Tensor {
  const y = hostUnary("i1e", math.besselI1e, x);
  return record(y, {
    op: "special_i1e",
    inputs: [x],
    saved: [x, y],
    backward: (g, [x, y]) => [
      () =>
        mul(
          g,
          besideZero(x, (z) => sub(i0e(z), mul(y, add(sign(z), reciprocal(z))))),
        ),
    ],
  });
}

// ── without derivatives ──────────────────────────────────────────────────────────────────────────

/** Ai(x). @see torch.special.airy_ai */
export const airyAi = (x: Tensor): Tensor => hostUnary("airyAi", math.airyAi, x);
/** J₀(x). @see torch.special.bessel_j0 */
export const besselJ0 = (x: Tensor): Tensor => hostUnary("besselJ0", math.besselJ0, x);
/** J₁(x). @see torch.special.bessel_j1 */
export const besselJ1 = (x: Tensor): Tensor => hostUnary("besselJ1", math.besselJ1, x);
/** Y₀(x). @see torch.special.bessel_y0 */
export const besselY0 = (x: Tensor): Tensor => hostUnary("besselY0", math.besselY0, x);
/** Y₁(x). @see torch.special.bessel_y1 */
export const besselY1 = (x: Tensor): Tensor => hostUnary("besselY1", math.besselY1, x);
/** I₀(x). @see torch.special.modified_bessel_i0 */
export const modifiedBesselI0 = (x: Tensor): Tensor => hostUnary("modifiedBesselI0", math.besselI0, x);
/** I₁(x). @see torch.special.modified_bessel_i1 */
export const modifiedBesselI1 = (x: Tensor): Tensor => hostUnary("modifiedBesselI1", math.besselI1, x);
/** K₀(x). @see torch.special.modified_bessel_k0 */
export const modifiedBesselK0 = (x: Tensor): Tensor => hostUnary("modifiedBesselK0", math.besselK0, x);
/** K₁(x). @see torch.special.modified_bessel_k1 */
export const modifiedBesselK1 = (x: Tensor): Tensor => hostUnary("modifiedBesselK1", math.besselK1, x);
/** eˣ·K₀(x). @see torch.special.scaled_modified_bessel_k0 */
export const scaledModifiedBesselK0 = (x: Tensor): Tensor =>
  hostUnary("scaledModifiedBesselK0", math.besselK0e, x);
/** eˣ·K₁(x). @see torch.special.scaled_modified_bessel_k1 */
export const scaledModifiedBesselK1 = (x: Tensor): Tensor =>
  hostUnary("scaledModifiedBesselK1", math.besselK1e, x);
/** sin x/x. @see torch.special.spherical_bessel_j0 */
export const sphericalBesselJ0 = (x: Tensor): Tensor => hostUnary("sphericalBesselJ0", math.sphericalJ0, x);
