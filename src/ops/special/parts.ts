/** Numbers taken apart: mantissa and exponent, common divisors and multiples. */
import { recordAll } from "../../autograd/record.js";
import { isFloat } from "../../core/dtype.js";
import { DTypeError } from "../../core/errors.js";
import * as math from "../../core/math.js";
import type { Tensor } from "../../tensor/tensor.js";
import { to } from "../copying.js";
import { div } from "../elementwise/arithmetic.js";
import { exp2 } from "../elementwise/exponential.js";
import { checkTensor } from "../kernel.js";
import { hostUnary, hostWhole } from "./host.js";

export interface MantissaAndExponent {
  readonly mantissa: Tensor;
  readonly exponent: Tensor;
}
/** x = mantissa·2^exponent with ½ ≤ |mantissa| < 1; the exponent is int32. ∂x = g/2^exponent. @see torch.frexp */
export function frexp(x: Tensor): MantissaAndExponent {
  checkTensor("frexp", x);
  if (!isFloat(x.dtype))
    throw new DTypeError(`frexp: torch.frexp() only supports floating-point dtypes: ${x.dtype}`);
  const mantissa = hostUnary("frexp", (value) => math.frexp(value).mantissa, x);
  const exponent = to(
    hostUnary("frexp", (value) => math.frexp(value).exponent, x),
    "int32",
  );
  const dtype = x.dtype;
  recordAll([mantissa, exponent], {
    op: "frexp",
    inputs: [x],
    saved: [exponent],
    backward: ([g], [exponent]) => [() => div(g!, exp2(to(exponent, dtype)))],
  });
  return { mantissa, exponent };
}

const size = (x: bigint): bigint => (x < 0n ? -x : x);

/** Euclid's algorithm. */
function divisor(a: bigint, b: bigint): bigint {
  let [p, q] = [size(a), size(b)];
  while (p !== 0n) [p, q] = [q % p, p];
  return q;
}

/** The greatest common divisor of whole numbers. @see torch.gcd */
export function gcd(a: Tensor, b: Tensor): Tensor {
  return hostWhole("gcd", divisor, a, b);
}

/** The least common multiple of whole numbers. @see torch.lcm */
export function lcm(a: Tensor, b: Tensor): Tensor {
  return hostWhole("lcm", (x, y) => (x === 0n || y === 0n ? 0n : size((x / divisor(x, y)) * y)), a, b);
}
