/**
 * Sixteen uniforms in [0, 1) become sixteen normals, in place, as PyTorch's AVX2 path makes them to the bit.
 *
 * Box and Muller: u₁ = 1 − d[j], u₂ = d[j + 8]; d[j] = √(−2 ln u₁)·cos 2πu₂·std + mean, d[j + 8] likewise
 * with sin. Logarithm and sines are the polynomials of Cephes (Moshier 1989: logf.c, sinf.c; about 1 ulp)
 * with fused multiply-adds. Those are made of float64: the product of two float32 is exact there, and the sum
 * is rounded to float64 and again to float32.
 */

// @ts-ignore: decorator
@inline
function fma(a: v128, b: v128, c: v128): v128 {
  const low = f64x2.add(
    f64x2.mul(f64x2.promote_low_f32x4(a), f64x2.promote_low_f32x4(b)),
    f64x2.promote_low_f32x4(c),
  );
  const high = f64x2.add(f64x2.mul(upper(a), upper(b)), upper(c));
  return i32x4.shuffle(f32x4.demote_f64x2_zero(low), f32x4.demote_f64x2_zero(high), 0, 1, 4, 5);
}

/** The upper two floats as doubles. */
// @ts-ignore: decorator
@inline
function upper(x: v128): v128 { return f64x2.promote_low_f32x4(i32x4.shuffle(x, x, 2, 3, 2, 3)); }

// @ts-ignore: decorator
@inline
function f(x: f32): v128 { return f32x4.splat(x); }

/** ln x, for normal x in (0, 1]. */
function log(x: v128): v128 {
  let e = f32x4.convert_i32x4_s(i32x4.sub(i32x4.shr_s(x, 23), i32x4.splat(126)));
  // x = 2ᵉ·m with m in [½, 1); below √½, 2m and e − 1 are used. Either way the polynomial is of the mantissa
  // − 1.
  let m = v128.or(v128.and(x, i32x4.splat(0x807fffff)), i32x4.splat(0x3f000000));
  const small = f32x4.lt(m, f(0.707106781186547524));
  m = f32x4.add(f32x4.sub(m, f(1)), v128.and(m, small));
  e = f32x4.sub(e, v128.and(f(1), small));
  const z = f32x4.mul(m, m);
  let y = fma(f(7.0376836292E-2), m, f(-1.1514610310E-1));
  y = fma(y, m, f(1.1676998740E-1));
  y = fma(y, m, f(-1.2420140846E-1));
  y = fma(y, m, f(1.4249322787E-1));
  y = fma(y, m, f(-1.6668057665E-1));
  y = fma(y, m, f(2.0000714765E-1));
  y = fma(y, m, f(-2.4999993993E-1));
  y = fma(y, m, f(3.3333331174E-1));
  y = f32x4.mul(y, m);
  y = fma(y, z, f32x4.mul(e, f(-2.12194440e-4)));
  y = fma(z, f(-0.5), y);
  return fma(e, f(0.693359375), f32x4.add(m, y));
}

/** Four of the first half at p, four of the second at p + 32. */
function pairs(p: usize, mean: v128, std: v128): void {
  const r = f32x4.sqrt(f32x4.mul(f(-2), log(f32x4.sub(f(1), v128.load(p)))));
  let x = f32x4.mul(f(6.283185307179586), v128.load(p, 32));
  // The octant rounded up to even: x minus j·π/4 lies in [−π/4, π/4].
  const j = v128.and(
    i32x4.add(i32x4.trunc_sat_f32x4_s(f32x4.mul(x, f(1.27323954473516))), i32x4.splat(1)),
    i32x4.splat(~1),
  );
  const k = f32x4.convert_i32x4_s(j);
  x = fma(k, f(-0.78515625), x);
  x = fma(k, f(-2.4187564849853515625e-4), x);
  x = fma(k, f(-3.77489497744594108e-8), x);
  const z = f32x4.mul(x, x);
  let c = fma(f(2.443315711809948E-5), z, f(-1.388731625493765E-3));
  c = fma(c, z, f(4.166664568298827E-2));
  c = f32x4.add(fma(f32x4.mul(c, z), z, f32x4.neg(f32x4.mul(z, f(0.5)))), f(1));
  let s = fma(f(-1.9515295891E-4), z, f(8.3321608736E-3));
  s = fma(s, z, f(-1.6666654611E-1));
  s = fma(f32x4.mul(s, z), x, x);
  const swap = i32x4.ne(v128.and(j, i32x4.splat(2)), i32x4.splat(0));
  const sin = v128.xor(v128.bitselect(c, s, swap), i32x4.shl(v128.and(j, i32x4.splat(4)), 29));
  const cos = v128.xor(
    v128.bitselect(s, c, swap),
    i32x4.shl(v128.andnot(i32x4.splat(4), i32x4.sub(j, i32x4.splat(2))), 29),
  );
  v128.store(p, fma(f32x4.mul(r, cos), std, mean));
  v128.store(p, fma(f32x4.mul(r, sin), std, mean), 32);
}

export function normalBlock(p: usize, mean: f32, std: f32): void {
  pairs(p, f(mean), f(std));
  pairs(p + 16, f(mean), f(std));
}
