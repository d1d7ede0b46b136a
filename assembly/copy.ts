/**
 * out = x, converted.
 *
 *   <dtype>_copy_<dtype>(rank, dims, n, o, so, a, sa)
 *
 * Element-aligned; out and x must not overlap. As C on x86 converts: fractions to whole numbers cut off, to
 * int64 or int32 directly, to narrower ones through those; what does not fit, and NaN, is the least value.
 * Everything but zero is true.
 */
import { BFloat16, Float16 } from "./half";
import { nest2 } from "./nest";

class Bool {
  @inline put<V>(p: usize, x: V): void { store<u8>(p, u8(x != 0)); }
  @inline size(): usize { return 1; }
}

class Cast<S, D> {
  @inline run(n: i32, o: usize, so: usize, a: usize, sa: usize): void {
    let done = 0;
    if (!isReference<S>() && !isReference<D>() && so == sizeof<D>() && sa == sizeof<S>())
      if (isFloat<D>() && (sizeof<D>() == 4 || isFloat<S>())) {
        done = vectors<S, D>(n, o, a);
        o += <usize>done * so;
        a += <usize>done * sa;
      }
    for (let i = done; i < n; i++, o += so, a += sa) element<S, D>(o, a);
  }
}

// @ts-ignore: decorator
@inline
function element<S, D>(o: usize, a: usize): void {
  if (isReference<S>()) put<f32, D>(o, changetype<S>(0).get(a));
  else put<S, D>(o, load<S>(a));
}

// @ts-ignore: decorator
@inline
function put<V, D>(p: usize, x: V): void {
  if (isReference<D>()) changetype<D>(0).put<V>(p, x);
  else store<D>(p, convert<V, D>(x));
}

// @ts-ignore: decorator
@inline
function convert<V, D>(x: V): D {
  if (isFloat<V>() && isInteger<D>()) {
    const y = <f64>x;
    if (sizeof<D>() == 8 || !isSigned<D>())
      return <D>(abs(y) < 9223372036854775808.0 ? <i64>x : i64.MIN_VALUE);
    return <D>(y > -2147483649.0 && y < 2147483648.0 ? <i32>y : i32.MIN_VALUE);
  }
  return <D>x;
}

/** All blocks of four, between f64 and f32 and of some integers to f32; how many elements those were. */
function vectors<S, D>(n: i32, o: usize, a: usize): i32 {
  const whole = n & ~3;
  for (let i = 0; i < whole; i += 4, o += 4 * sizeof<D>(), a += 4 * sizeof<S>()) {
    if (isFloat<S>() && sizeof<D>() == 8) {
      v128.store(o, f64x2.promote_low_f32x4(v128.load64_zero(a)));
      v128.store(o, f64x2.promote_low_f32x4(v128.load64_zero(a, 8)), 16);
    } else if (isFloat<S>()) {
      const low = f32x4.demote_f64x2_zero(v128.load(a));
      const high = f32x4.demote_f64x2_zero(v128.load(a, 16));
      v128.store(o, v128.shuffle<i64>(low, high, 0, 2));
    } else if (sizeof<S>() == 4) v128.store(o, f32x4.convert_i32x4_s(v128.load(a)));
    else if (sizeof<S>() == 1 && !isSigned<S>()) {
      const wide = i16x8.extend_low_i8x16_u(v128.load32_zero(a));
      v128.store(o, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_u(wide)));
    } else return 0;
  }
  return whole;
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f64_copy_f32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, f32>>(r, d, n, o, so, a, sa);
}
export function f64_copy_f16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, Float16>>(r, d, n, o, so, a, sa);
}
export function f64_copy_bf16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, BFloat16>>(r, d, n, o, so, a, sa);
}
export function f64_copy_i64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, i64>>(r, d, n, o, so, a, sa);
}
export function f64_copy_i32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, i32>>(r, d, n, o, so, a, sa);
}
export function f64_copy_i16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, i16>>(r, d, n, o, so, a, sa);
}
export function f64_copy_i8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, i8>>(r, d, n, o, so, a, sa);
}
export function f64_copy_u8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, u8>>(r, d, n, o, so, a, sa);
}
export function f64_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f64, Bool>>(r, d, n, o, so, a, sa);
}
export function f32_copy_f64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, f64>>(r, d, n, o, so, a, sa);
}
export function f32_copy_f16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, Float16>>(r, d, n, o, so, a, sa);
}
export function f32_copy_bf16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, BFloat16>>(r, d, n, o, so, a, sa);
}
export function f32_copy_i64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, i64>>(r, d, n, o, so, a, sa);
}
export function f32_copy_i32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, i32>>(r, d, n, o, so, a, sa);
}
export function f32_copy_i16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, i16>>(r, d, n, o, so, a, sa);
}
export function f32_copy_i8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, i8>>(r, d, n, o, so, a, sa);
}
export function f32_copy_u8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, u8>>(r, d, n, o, so, a, sa);
}
export function f32_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<f32, Bool>>(r, d, n, o, so, a, sa);
}
export function f16_copy_f64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, f64>>(r, d, n, o, so, a, sa);
}
export function f16_copy_f32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, f32>>(r, d, n, o, so, a, sa);
}
export function f16_copy_bf16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, BFloat16>>(r, d, n, o, so, a, sa);
}
export function f16_copy_i64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, i64>>(r, d, n, o, so, a, sa);
}
export function f16_copy_i32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, i32>>(r, d, n, o, so, a, sa);
}
export function f16_copy_i16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, i16>>(r, d, n, o, so, a, sa);
}
export function f16_copy_i8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, i8>>(r, d, n, o, so, a, sa);
}
export function f16_copy_u8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, u8>>(r, d, n, o, so, a, sa);
}
export function f16_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<Float16, Bool>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_f64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, f64>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_f32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, f32>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_f16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, Float16>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_i64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, i64>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_i32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, i32>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_i16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, i16>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_i8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, i8>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_u8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, u8>>(r, d, n, o, so, a, sa);
}
export function bf16_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<BFloat16, Bool>>(r, d, n, o, so, a, sa);
}
export function i64_copy_f64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, f64>>(r, d, n, o, so, a, sa);
}
export function i64_copy_f32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, f32>>(r, d, n, o, so, a, sa);
}
export function i64_copy_f16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, Float16>>(r, d, n, o, so, a, sa);
}
export function i64_copy_bf16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, BFloat16>>(r, d, n, o, so, a, sa);
}
export function i64_copy_i32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, i32>>(r, d, n, o, so, a, sa);
}
export function i64_copy_i16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, i16>>(r, d, n, o, so, a, sa);
}
export function i64_copy_i8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, i8>>(r, d, n, o, so, a, sa);
}
export function i64_copy_u8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, u8>>(r, d, n, o, so, a, sa);
}
export function i64_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i64, Bool>>(r, d, n, o, so, a, sa);
}
export function i32_copy_f64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, f64>>(r, d, n, o, so, a, sa);
}
export function i32_copy_f32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, f32>>(r, d, n, o, so, a, sa);
}
export function i32_copy_f16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, Float16>>(r, d, n, o, so, a, sa);
}
export function i32_copy_bf16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, BFloat16>>(r, d, n, o, so, a, sa);
}
export function i32_copy_i64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, i64>>(r, d, n, o, so, a, sa);
}
export function i32_copy_i16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, i16>>(r, d, n, o, so, a, sa);
}
export function i32_copy_i8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, i8>>(r, d, n, o, so, a, sa);
}
export function i32_copy_u8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, u8>>(r, d, n, o, so, a, sa);
}
export function i32_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i32, Bool>>(r, d, n, o, so, a, sa);
}
export function i16_copy_f64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, f64>>(r, d, n, o, so, a, sa);
}
export function i16_copy_f32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, f32>>(r, d, n, o, so, a, sa);
}
export function i16_copy_f16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, Float16>>(r, d, n, o, so, a, sa);
}
export function i16_copy_bf16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, BFloat16>>(r, d, n, o, so, a, sa);
}
export function i16_copy_i64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, i64>>(r, d, n, o, so, a, sa);
}
export function i16_copy_i32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, i32>>(r, d, n, o, so, a, sa);
}
export function i16_copy_i8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, i8>>(r, d, n, o, so, a, sa);
}
export function i16_copy_u8(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, u8>>(r, d, n, o, so, a, sa);
}
export function i16_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i16, Bool>>(r, d, n, o, so, a, sa);
}
export function i8_copy_f64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i8, f64>>(r, d, n, o, so, a, sa);
}
export function i8_copy_f32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i8, f32>>(r, d, n, o, so, a, sa);
}
export function i8_copy_f16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i8, Float16>>(r, d, n, o, so, a, sa);
}
export function i8_copy_bf16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i8, BFloat16>>(r, d, n, o, so, a, sa);
}
export function i8_copy_i64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i8, i64>>(r, d, n, o, so, a, sa);
}
export function i8_copy_i32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i8, i32>>(r, d, n, o, so, a, sa);
}
export function i8_copy_i16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i8, i16>>(r, d, n, o, so, a, sa);
}
export function i8_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<i8, Bool>>(r, d, n, o, so, a, sa);
}
export function u8_copy_f64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<u8, f64>>(r, d, n, o, so, a, sa);
}
export function u8_copy_f32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<u8, f32>>(r, d, n, o, so, a, sa);
}
export function u8_copy_f16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<u8, Float16>>(r, d, n, o, so, a, sa);
}
export function u8_copy_bf16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<u8, BFloat16>>(r, d, n, o, so, a, sa);
}
export function u8_copy_i64(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<u8, i64>>(r, d, n, o, so, a, sa);
}
export function u8_copy_i32(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<u8, i32>>(r, d, n, o, so, a, sa);
}
export function u8_copy_i16(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<u8, i16>>(r, d, n, o, so, a, sa);
}
export function u8_copy_bool(r: i32, d: usize, n: i32, o: usize, so: usize, a: usize, sa: usize): void {
  nest2<Cast<u8, Bool>>(r, d, n, o, so, a, sa);
}
