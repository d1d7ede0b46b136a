/**
 * Elementwise functions of one operand: o[i] = f(a[i]).
 *
 *   <dtype>_unary_<name>(rank, dims, n, o, so, a, sa)
 *
 * A row of n elements (first address and byte stride of o and a) repeated over outer dims, see nest.ts.
 * Element-aligned; o may be a itself, no other overlap. Contiguous rows run vector by vector; tails and
 * strided elements are gathered into a vector, so an element's bits do not depend on where it lies.
 * isnan isinf isfinite signbit logicalnot give bytes of 0 and 1 (so counts them); integers wrap.
 * Ranges, error bounds and sources: math/*.ts. Exact, or rounded once: neg abs sign (nan gives 0) square floor
 * ceil round (half to even) trunc frac relu sqrt reciprocal; rsqrt 1.5 ulp.
 */
import { acos, asin, atan } from "./math/arc";
import { erf, erfc, erfinv, gelu, gelutanh } from "./math/erf";
import { exp, exp2, expm1, sigmoid, silu } from "./math/exp";
import { digamma, lgamma } from "./math/gamma";
import { acosh, asinh, atanh, cosh, sinh, tanh } from "./math/hyperbolic";
import { log, log10, log1p, log2 } from "./math/log";
import { cos, sin, tan } from "./math/trig";
import { nest2 } from "./nest";
import { lanes } from "./simd";

/** Up to a vector of elements; the lanes beyond hold the first one again. */
// @ts-ignore: decorator
@inline
function gather<T>(count: i32, a: usize, sa: usize): v128 {
  let x = v128.splat<T>(load<T>(a));
  if (count > 1) x = v128.replace_lane<T>(x, 1, load<T>(a + sa));
  if (sizeof<T>() == 4) {
    if (count > 2) x = v128.replace_lane<T>(x, 2, load<T>(a + 2 * sa));
    if (count > 3) x = v128.replace_lane<T>(x, 3, load<T>(a + 3 * sa));
  }
  return x;
}
// @ts-ignore: decorator
@inline
function scatter<T>(x: v128, count: i32, o: usize, so: usize): void {
  store<T>(o, v128.extract_lane<T>(x, 0));
  if (count > 1) store<T>(o + so, v128.extract_lane<T>(x, 1));
  if (sizeof<T>() == 4) {
    if (count > 2) store<T>(o + 2 * so, v128.extract_lane<T>(x, 2));
    if (count > 3) store<T>(o + 3 * so, v128.extract_lane<T>(x, 3));
  }
}

/** Rows of a function of vectors. */
class Rows<T, Op> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize): void {
    const op = changetype<Op>(0);
    if (so == sizeof<T>() && sa == sizeof<T>()) {
      const end = o + <usize>(n & ~(lanes<T>() - 1)) * sizeof<T>();
      for (; o != end; o += 16, a += 16) v128.store(o, op.v<T>(v128.load(a)));
      n &= lanes<T>() - 1;
    }
    for (; n > 0; n -= lanes<T>(), o += so * lanes<T>(), a += sa * lanes<T>())
      scatter<T>(op.v<T>(gather<T>(n, a, sa)), n, o, so);
  }
}

/** Rows of a function of integer vectors; an element alone is a vector of copies. */
class IntegerRows<T, Op> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize): void {
    const op = changetype<Op>(0);
    if (so == sizeof<T>() && sa == sizeof<T>()) {
      const end = o + <usize>(n & ~(lanes<T>() - 1)) * sizeof<T>();
      for (; o != end; o += 16, a += 16) v128.store(o, op.v<T>(v128.load(a)));
      n &= lanes<T>() - 1;
    }
    for (; n > 0; n--, o += so, a += sa)
      store<T>(o, v128.extract_lane<T>(op.v<T>(v128.splat<T>(load<T>(a))), 0));
  }
}

/** Rows of a question about an element: o holds bytes of 0 and 1. */
class Flags<T, Op> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize): void {
    const op = changetype<Op>(0);
    for (; n > 0; n--, o += so, a += sa) store<u8>(o, u8(op.s<T>(load<T>(a))));
  }
}

/** 1 where `mask` is set. */
// @ts-ignore: decorator
@inline
function truth<T>(mask: v128): v128 { return v128.and(mask, v128.splat<T>(1)); }

class IsNan { @inline s<T>(x: T): bool { return x != x; } }
class IsInf { @inline s<T>(x: T): bool { return abs<T>(x) == <T>Infinity; } }
class IsFinite { @inline s<T>(x: T): bool { return abs<T>(x) < <T>Infinity; } }
class Signbit {
  @inline s<T>(x: T): bool {
    return sizeof<T>() == 4 ? reinterpret<i32>(<f32>x) < 0 : reinterpret<i64>(<f64>x) < 0;
  }
}
class LogicalNot { @inline s<T>(x: T): bool { return x == <T>0; } }
class BitwiseNot { @inline v<T>(x: v128): v128 { return v128.not(x); } }
class Neg { @inline v<T>(x: v128): v128 { return v128.neg<T>(x); } }
class Abs { @inline v<T>(x: v128): v128 { return isFloat<T>() || isSigned<T>() ? v128.abs<T>(x) : x; } }
class Sign {
  @inline v<T>(x: v128): v128 {
    const zero = v128.splat<T>(0);
    return v128.sub<T>(truth<T>(v128.gt<T>(x, zero)), truth<T>(v128.lt<T>(x, zero)));
  }
}
class Sqrt { @inline v<T>(x: v128): v128 { return v128.sqrt<T>(x); } }
class Rsqrt { @inline v<T>(x: v128): v128 { return v128.div<T>(v128.splat<T>(1), v128.sqrt<T>(x)); } }
class Reciprocal { @inline v<T>(x: v128): v128 { return v128.div<T>(v128.splat<T>(1), x); } }
class Square {
  @inline v<T>(x: v128): v128 {
    if (sizeof<T>() > 1) return v128.mul<T>(x, x);
    const byte = i16x8.splat(0xff);
    const l = v128.and(i16x8.extmul_low_i8x16_u(x, x), byte),
      h = v128.and(i16x8.extmul_high_i8x16_u(x, x), byte);
    return i8x16.narrow_i16x8_u(l, h);
  }
}
class Floor { @inline v<T>(x: v128): v128 { return v128.floor<T>(x); } }
class Ceil { @inline v<T>(x: v128): v128 { return v128.ceil<T>(x); } }
class Round { @inline v<T>(x: v128): v128 { return v128.nearest<T>(x); } }
class Trunc { @inline v<T>(x: v128): v128 { return v128.trunc<T>(x); } }
class Frac { @inline v<T>(x: v128): v128 { return v128.sub<T>(x, v128.trunc<T>(x)); } }
class Relu {
  @inline v<T>(x: v128): v128 {
    const zero = v128.splat<T>(0);
    if (isFloat<T>()) return v128.pmax<T>(x, zero); // in this order nan stays
    return v128.and(x, v128.gt<T>(x, zero));
  }
}
class Exp { @inline v<T>(x: v128): v128 { return exp<T>(x); } }
class Exp2 { @inline v<T>(x: v128): v128 { return exp2<T>(x); } }
class Expm1 { @inline v<T>(x: v128): v128 { return expm1<T>(x); } }
class Log { @inline v<T>(x: v128): v128 { return log<T>(x); } }
class Log1p { @inline v<T>(x: v128): v128 { return log1p<T>(x); } }
class Log2 { @inline v<T>(x: v128): v128 { return log2<T>(x); } }
class Log10 { @inline v<T>(x: v128): v128 { return log10<T>(x); } }
class Sin { @inline v<T>(x: v128): v128 { return sin<T>(x); } }
class Cos { @inline v<T>(x: v128): v128 { return cos<T>(x); } }
class Tan { @inline v<T>(x: v128): v128 { return tan<T>(x); } }
class Asin { @inline v<T>(x: v128): v128 { return asin<T>(x); } }
class Acos { @inline v<T>(x: v128): v128 { return acos<T>(x); } }
class Atan { @inline v<T>(x: v128): v128 { return atan<T>(x); } }
class Sinh { @inline v<T>(x: v128): v128 { return sinh<T>(x); } }
class Cosh { @inline v<T>(x: v128): v128 { return cosh<T>(x); } }
class Tanh { @inline v<T>(x: v128): v128 { return tanh<T>(x); } }
class Asinh { @inline v<T>(x: v128): v128 { return asinh<T>(x); } }
class Acosh { @inline v<T>(x: v128): v128 { return acosh<T>(x); } }
class Atanh { @inline v<T>(x: v128): v128 { return atanh<T>(x); } }
class Sigmoid { @inline v<T>(x: v128): v128 { return sigmoid<T>(x); } }
class Silu { @inline v<T>(x: v128): v128 { return silu<T>(x); } }
class Erf { @inline v<T>(x: v128): v128 { return erf<T>(x); } }
class Erfc { @inline v<T>(x: v128): v128 { return erfc<T>(x); } }
class Erfinv { @inline v<T>(x: v128): v128 { return erfinv<T>(x); } }
class Gelu { @inline v<T>(x: v128): v128 { return gelu<T>(x); } }
class GeluTanh { @inline v<T>(x: v128): v128 { return gelutanh<T>(x); } }
class Lgamma { @inline v<T>(x: v128): v128 { return lgamma<T>(x); } }
class Digamma { @inline v<T>(x: v128): v128 { return digamma<T>(x); } }

export function f32_unary_neg(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Neg>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_abs(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Abs>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_sign(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Sign>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_sqrt(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Sqrt>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_rsqrt(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Rsqrt>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_reciprocal(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Reciprocal>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_square(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Square>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_floor(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Floor>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_ceil(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Ceil>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_round(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Round>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_trunc(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Trunc>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_frac(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Frac>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_relu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Relu>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_exp(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Exp>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_exp2(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Exp2>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_expm1(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Expm1>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_log(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Log>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_log1p(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Log1p>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_log2(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Log2>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_log10(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Log10>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_sin(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Sin>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_cos(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Cos>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_tan(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Tan>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_asin(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Asin>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_acos(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Acos>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_atan(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Atan>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_sinh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Sinh>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_cosh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Cosh>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_tanh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Tanh>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_asinh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Asinh>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_acosh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Acosh>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_atanh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Atanh>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_sigmoid(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Sigmoid>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_silu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Silu>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_erf(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Erf>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_erfc(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Erfc>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_erfinv(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Erfinv>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_gelu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Gelu>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_gelutanh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, GeluTanh>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_lgamma(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Lgamma>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_digamma(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f32, Digamma>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_neg(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Neg>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_abs(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Abs>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_sign(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Sign>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_sqrt(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Sqrt>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_rsqrt(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Rsqrt>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_reciprocal(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Reciprocal>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_square(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Square>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_floor(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Floor>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_ceil(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Ceil>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_round(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Round>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_trunc(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Trunc>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_frac(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Frac>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_relu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Relu>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_exp(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Exp>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_exp2(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Exp2>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_expm1(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Expm1>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_log(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Log>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_log1p(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Log1p>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_log2(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Log2>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_log10(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Log10>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_sin(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Sin>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_cos(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Cos>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_tan(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Tan>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_asin(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Asin>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_acos(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Acos>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_atan(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Atan>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_sinh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Sinh>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_cosh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Cosh>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_tanh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Tanh>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_asinh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Asinh>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_acosh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Acosh>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_atanh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Atanh>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_sigmoid(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Sigmoid>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_silu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Silu>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_erf(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Erf>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_erfc(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Erfc>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_erfinv(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Erfinv>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_gelu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Gelu>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_gelutanh(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, GeluTanh>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_lgamma(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Lgamma>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_digamma(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Rows<f64, Digamma>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_isnan(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f32, IsNan>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_isinf(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f32, IsInf>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_isfinite(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f32, IsFinite>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_signbit(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f32, Signbit>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_isnan(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f64, IsNan>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_isinf(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f64, IsInf>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_isfinite(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f64, IsFinite>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_signbit(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f64, Signbit>>(rank, dims, n, o, so, a, sa); }
export function f32_unary_logicalnot(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f32, LogicalNot>>(rank, dims, n, o, so, a, sa); }
export function f64_unary_logicalnot(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<f64, LogicalNot>>(rank, dims, n, o, so, a, sa); }
export function i64_unary_logicalnot(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<i64, LogicalNot>>(rank, dims, n, o, so, a, sa); }
export function i32_unary_logicalnot(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<i32, LogicalNot>>(rank, dims, n, o, so, a, sa); }
export function u8_unary_logicalnot(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<Flags<u8, LogicalNot>>(rank, dims, n, o, so, a, sa); }
export function i64_unary_neg(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i64, Neg>>(rank, dims, n, o, so, a, sa); }
export function i64_unary_abs(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i64, Abs>>(rank, dims, n, o, so, a, sa); }
export function i64_unary_sign(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i64, Sign>>(rank, dims, n, o, so, a, sa); }
export function i64_unary_square(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i64, Square>>(rank, dims, n, o, so, a, sa); }
export function i64_unary_relu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i64, Relu>>(rank, dims, n, o, so, a, sa); }
export function i64_unary_bitwisenot(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i64, BitwiseNot>>(rank, dims, n, o, so, a, sa); }
export function i32_unary_neg(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i32, Neg>>(rank, dims, n, o, so, a, sa); }
export function i32_unary_abs(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i32, Abs>>(rank, dims, n, o, so, a, sa); }
export function i32_unary_sign(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i32, Sign>>(rank, dims, n, o, so, a, sa); }
export function i32_unary_square(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i32, Square>>(rank, dims, n, o, so, a, sa); }
export function i32_unary_relu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i32, Relu>>(rank, dims, n, o, so, a, sa); }
export function i32_unary_bitwisenot(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<i32, BitwiseNot>>(rank, dims, n, o, so, a, sa); }
export function u8_unary_neg(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<u8, Neg>>(rank, dims, n, o, so, a, sa); }
export function u8_unary_abs(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<u8, Abs>>(rank, dims, n, o, so, a, sa); }
export function u8_unary_sign(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<u8, Sign>>(rank, dims, n, o, so, a, sa); }
export function u8_unary_square(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<u8, Square>>(rank, dims, n, o, so, a, sa); }
export function u8_unary_relu(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<u8, Relu>>(rank, dims, n, o, so, a, sa); }
export function u8_unary_bitwisenot(rank: i32, dims: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void { nest2<IntegerRows<u8, BitwiseNot>>(rank, dims, n, o, so, a, sa); }
