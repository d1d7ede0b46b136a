/** Values held within limits. */
import { record } from "../../autograd/record.js";
import { isFloat } from "../../core/dtype.js";
import { ArgumentError } from "../../core/errors.js";
import type { Tensor } from "../../tensor/tensor.js";
import { clone } from "../copying.js";
import { asOperand, binary, checkTensor, type Operand, promotedAll } from "../kernel.js";
import { mul } from "./arithmetic.js";
import { eq, ge, gt, isfinite, isnan, le, logicalAnd, logicalOr, lt } from "./comparison.js";
import { where } from "./selection.js";

/**
 * x held between `min` and `max` (either may be null). ∂x = g inside, both bounds included; ∂min, ∂max = g where they hold.
 *
 * @example x.clamp(0, 1)
 * @see torch.clamp
 */
export function clamp(x: Tensor, min?: Operand | null, max?: Operand | null): Tensor {
  checkTensor("clamp", x);
  if (min == null && max == null)
    throw new ArgumentError("clamp: At least one of 'min' or 'max' must not be None");
  const low = min == null ? null : asOperand("clamp", min, x);
  const high = max == null ? null : asOperand("clamp", max, x);
  if (low === null) return held("clamp", Number(high!.isNumber), x, high!, "minimum");
  if (high === null) return held("clamp", Number(low.isNumber), x, low, "maximum");
  const dtype = promotedAll([x, low, high]);
  const y = binary("clamp", "minimum", binary("clamp", "maximum", x, low, dtype), high, dtype);
  return record(y, {
    op: "clamp",
    overload: Number(low.isNumber),
    inputs: [x, low, high],
    saved: [x, low, high],
    backward: (g, [x, low, high]) => [
      () => where(logicalAnd(ge(x, low), le(x, high)), g, 0),
      () => where(logicalAnd(lt(x, low), lt(low, high)), g, 0),
      () => where(logicalOr(gt(x, high), gt(low, high)), g, 0),
    ],
  });
}

/** x held on one side. ∂x = g where it is not beyond the bound. */
function held(op: string, overload: number, x: Tensor, bound: Tensor, name: "maximum" | "minimum"): Tensor {
  const [inside, beyond] = name === "maximum" ? [ge, lt] : [le, gt];
  return record(binary(op, name, x, bound), {
    op,
    overload,
    inputs: [x, bound],
    saved: [x, bound],
    backward: (g, [x, bound]) => [() => where(inside(x, bound), g, 0), () => where(beyond(x, bound), g, 0)],
  });
}

/** x not below `min`. @see torch.clamp_min */
export function clampMin(x: Tensor, min: Operand): Tensor {
  checkTensor("clampMin", x);
  const low = asOperand("clampMin", min, x);
  return held("clamp_min", low.isNumber ? 0 : 1, x, low, "maximum");
}
/** x not above `max`. @see torch.clamp_max */
export function clampMax(x: Tensor, max: Operand): Tensor {
  checkTensor("clampMax", x);
  const high = asOperand("clampMax", max, x);
  return held("clamp_max", high.isNumber ? 0 : 1, x, high, "minimum");
}

/** NaN and infinities replaced by numbers; by default 0 and the dtype's extremes. ∂x = g where x is finite. @see torch.nan_to_num */
export function nanToNum(x: Tensor, nan = 0, posinf?: number | null, neginf?: number | null): Tensor {
  checkTensor("nanToNum", x);
  if (!isFloat(x.dtype)) return clone(x);
  const largest = x.dtype === "float64" ? Number.MAX_VALUE : 3.4028234663852886e38;
  const [top, bottom] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const z = x.detach();
  const numbers = where(isnan(z), nan, z);
  const above = where(eq(z, bottom), neginf ?? -largest, numbers);
  return record(where(eq(z, top), posinf ?? largest, above), {
    op: "nan_to_num",
    inputs: [x],
    saved: [x],
    backward: (g, [x]) => [() => mul(g, isfinite(x))],
  });
}
