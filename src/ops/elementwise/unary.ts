/** Functions of one number, elementwise, beyond arithmetic and elementary functions. */

import { record } from "../../autograd/record.js";
import { checkNumber, checkOptions } from "../../core/arguments.js";
import { isFloat } from "../../core/dtype.js";
import { DTypeError } from "../../core/errors.js";
import { Tensor } from "../../tensor/tensor.js";
import { clone, to } from "../copying.js";
import { fill_ } from "../inplace.js";
import { checkTensor, floating, type Operand, unary } from "../kernel.js";
import { named } from "../named.js";
import { div, mul, rsub, sub } from "./arithmetic.js";
import { eq, ge, gt, isnan, le, logicalAnd, logicalNot, lt } from "./comparison.js";
import { log } from "./exponential.js";
import { clamp } from "./limits.js";
import { maskedFill, where } from "./selection.js";
import { cos, sin } from "./trigonometric.js";

const { PI } = Math;

/** sin(πx)/(πx), 1 at 0. ∂x = g·(πx·cos(πx) − sin(πx))/(πx²), 0 at 0. @see torch.sinc */
export function sinc(x: Tensor): Tensor {
  checkTensor("sinc", x);
  const z = mul(to(x.detach(), floating(x.dtype)), PI);
  return record(maskedFill(div(sin(z), z), eq(z, 0), 1), {
    op: "sinc",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [
      () => {
        const z = mul(x, PI);
        const slope = div(sub(mul(z, cos(z)), sin(z)), mul(z, x));
        return mul(g, maskedFill(slope, eq(x, 0), 0));
      },
    ],
  });
}

export interface LogitOptions {
  /** x is held between eps and 1 − eps. @defaultValue null */
  eps?: number | null;
}
/** ln(x/(1 − x)); x is first held in [eps, 1 − eps], if given. ∂x = g/(x·(1 − x)), 0 beyond eps. @see torch.logit */
export function logit(x: Tensor, options?: LogitOptions): Tensor {
  checkTensor("logit", x);
  checkOptions("logit", options, ["eps"]);
  const eps = options?.eps ?? null;
  if (eps != null) checkNumber("logit", "eps", eps);
  const z = to(x.detach(), floating(x.dtype));
  const held = eps == null ? z : clamp(z, eps, 1 - eps);
  const [low, high] = eps == null ? [0, 1] : [eps, 1 - eps];
  return record(log(div(held, rsub(held, 1))), {
    op: "logit",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [
      () => {
        const inside = logicalAnd(ge(x, low), le(x, high));
        return where(inside, div(g, mul(x, rsub(x, 1))), eps == null ? Number.NaN : 0);
      },
    ],
  });
}

/** The sign, as `sign`. @see torch.sgn */
export function sgn(x: Tensor): Tensor {
  checkTensor("sgn", x);
  return record(unary("sgn", "sign", x), { op: "sgn", inputs: [x], backward: (g) => [() => mul(g, 0)] });
}

/** π for negative numbers, else 0; NaN stays. ∂x = 0. @see torch.angle */
export function angle(x: Tensor): Tensor {
  checkTensor("angle", x);
  const z = to(x.detach(), floating(x.dtype));
  const y = where(isnan(z), z, to(mul(lt(z, 0), PI), z.dtype));
  return record(y, { op: "angle", inputs: [x], backward: (g) => [() => mul(g, 0)] });
}

/** Degrees as radians. @see torch.deg2rad */
export function deg2rad(x: Tensor): Tensor {
  checkTensor("deg2rad", x);
  return named("deg2rad", mul(to(x, floating(x.dtype)), PI / 180));
}
/** Radians as degrees. @see torch.rad2deg */
export function rad2deg(x: Tensor): Tensor {
  checkTensor("rad2deg", x);
  return named("rad2deg", mul(to(x, floating(x.dtype)), 180 / PI));
}

/** Whether it is +∞. @see torch.isposinf */
export function isposinf(x: Tensor): Tensor {
  checkTensor("isposinf", x);
  return isFloat(x.dtype) ? eq(x, Number.POSITIVE_INFINITY) : logicalAnd(gt(x, 0), lt(x, 0));
}
/** Whether it is −∞. @see torch.isneginf */
export function isneginf(x: Tensor): Tensor {
  checkTensor("isneginf", x);
  return isFloat(x.dtype) ? eq(x, Number.NEGATIVE_INFINITY) : logicalAnd(gt(x, 0), lt(x, 0));
}
/** Whether it is a real number: all are here. @see torch.isreal */
export function isreal(x: Tensor): Tensor {
  checkTensor("isreal", x);
  return logicalNot(logicalAnd(gt(x, 0), lt(x, 0)));
}

/** x itself. @see torch.positive */
export function positive(x: Tensor): Tensor {
  checkTensor("positive", x);
  if (x.dtype === "bool")
    throw new DTypeError("positive: The `+` operator, on a bool tensor is not supported.");
  return x;
}
/** x itself: there are no complex numbers here. @see torch.real */
export function real(x: Tensor): Tensor {
  checkTensor("real", x);
  return x;
}
/** x itself. @see torch.conj */
export function conj(x: Tensor): Tensor {
  checkTensor("conj", x);
  return x;
}
/** x itself. @see torch.conj_physical */
export function conjPhysical(x: Tensor): Tensor {
  checkTensor("conjPhysical", x);
  return x;
}
/** x itself. @see torch.resolve_conj */
export function resolveConj(x: Tensor): Tensor {
  checkTensor("resolveConj", x);
  return x;
}
/** x itself. @see torch.resolve_neg */
export function resolveNeg(x: Tensor): Tensor {
  checkTensor("resolveNeg", x);
  return x;
}

/** One value everywhere, with x's shape. ∂x = 0. @see torch.fill */
export function fill(x: Tensor, value: Operand): Tensor {
  checkTensor("fill", x);
  if (value instanceof Tensor) return fill_(clone(x), value);
  return record(fill_(clone(x.detach()), value), {
    op: "mul",
    inputs: [x],
    backward: (g) => [() => mul(g, 0)],
  });
}
