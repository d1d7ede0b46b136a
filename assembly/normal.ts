/**
 * Sixteen uniforms in [0, 1) become sixteen normals, in place, as PyTorch's AVX2 path makes them to the bit.
 *
 * Box and Muller: u₁ = 1 − d[j], u₂ = d[j + 8]; d[j] = √(−2 ln u₁)·cos 2πu₂·std + mean, d[j + 8] likewise
 * with sin. Logarithm and sines are the polynomials of Cephes (Moshier 1989: logf.c, sinf.c; about 1 ulp)
 * with fused multiply-adds. All is float32 held in float64 lanes: a product is exact there, and what is
 * rounded there and then to float32 is what float32 arithmetic gives, fused or not.
 */

/** Two float64 rounded to float32. */
// @ts-ignore: decorator
@inline
function round(x: v128): v128 { return f64x2.promote_low_f32x4(f32x4.demote_f64x2_zero(x)); }
// @ts-ignore: decorator
@inline
function mul(a: v128, b: v128): v128 { return round(f64x2.mul(a, b)); }
// @ts-ignore: decorator
@inline
function add(a: v128, b: v128): v128 { return round(f64x2.add(a, b)); }
// @ts-ignore: decorator
@inline
function fma(a: v128, b: v128, c: v128): v128 { return round(f64x2.add(f64x2.mul(a, b), c)); }
// @ts-ignore: decorator
@inline
function f(x: f32): v128 { return f64x2.splat(<f64>x); }

/** ln x, for two normal float32 in (0, 1], in the first lanes. */
// @ts-ignore: decorator
@inline
function log(x: v128): v128 {
  // x = 2ᵉ·m with m in [½, 1); below √½, 2m and e − 1 are used. The polynomial is of the mantissa − 1.
  let e = f64x2.convert_low_i32x4_s(i32x4.sub(i32x4.shr_s(x, 23), i32x4.splat(126)));
  const mantissa = f64x2.promote_low_f32x4(
    v128.or(v128.and(x, i32x4.splat(0x807fffff)), i32x4.splat(0x3f000000)),
  );
  const small = f64x2.lt(mantissa, f(0.707106781186547524));
  const m = add(f64x2.sub(mantissa, f(1)), v128.and(mantissa, small));
  e = f64x2.sub(e, v128.and(f(1), small));
  const z = mul(m, m);
  let y = fma(f(7.0376836292E-2), m, f(-1.1514610310E-1));
  y = fma(y, m, f(1.1676998740E-1));
  y = fma(y, m, f(-1.2420140846E-1));
  y = fma(y, m, f(1.4249322787E-1));
  y = fma(y, m, f(-1.6668057665E-1));
  y = fma(y, m, f(2.0000714765E-1));
  y = fma(y, m, f(-2.4999993993E-1));
  y = fma(y, m, f(3.3333331174E-1));
  y = mul(y, m);
  y = fma(y, z, mul(e, f(-2.12194440e-4)));
  y = fma(z, f(-0.5), y);
  return fma(e, f(0.693359375), add(m, y));
}

/** Bit 2 of two i32 as the sign of two float64. */
// @ts-ignore: decorator
@inline
function sign(j: v128): v128 { return i64x2.shl(i64x2.extend_low_i32x4_u(v128.and(j, i32x4.splat(4))), 61); }

/** Two of the first half at p, two of the second at p + 32. */
function pairs(p: usize, mean: v128, std: v128): void {
  const u = f32x4.sub(f32x4.splat(1), v128.load64_zero(p));
  const r = round(f64x2.sqrt(f64x2.mul(f(-2), log(u))));
  let x = mul(f(6.283185307179586), f64x2.promote_low_f32x4(v128.load64_zero(p, 32)));
  // The octant rounded up to even: x minus j·π/4 lies in [−π/4, π/4].
  const octant = i32x4.trunc_sat_f64x2_s_zero(mul(x, f(1.27323954473516)));
  const j = v128.and(i32x4.add(octant, i32x4.splat(1)), i32x4.splat(~1));
  const k = f64x2.convert_low_i32x4_s(j);
  x = fma(k, f(-0.78515625), x);
  x = fma(k, f(-2.4187564849853515625e-4), x);
  x = fma(k, f(-3.77489497744594108e-8), x);
  const z = mul(x, x);
  let c = fma(f(2.443315711809948E-5), z, f(-1.388731625493765E-3));
  c = fma(c, z, f(4.166664568298827E-2));
  c = add(fma(mul(c, z), z, f64x2.mul(z, f(-0.5))), f(1));
  let s = fma(f(-1.9515295891E-4), z, f(8.3321608736E-3));
  s = fma(s, z, f(-1.6666654611E-1));
  s = fma(mul(s, z), x, x);
  const even = i64x2.extend_low_i32x4_s(i32x4.eq(v128.and(j, i32x4.splat(2)), i32x4.splat(0)));
  const sin = v128.xor(v128.bitselect(s, c, even), sign(j));
  const cos = v128.xor(v128.bitselect(c, s, even), sign(v128.not(i32x4.sub(j, i32x4.splat(2)))));
  v128.store64_lane(p, f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(mul(r, cos), std), mean)), 0);
  v128.store64_lane(p, f32x4.demote_f64x2_zero(f64x2.add(f64x2.mul(mul(r, sin), std), mean)), 0, 32);
}

export function normalBlock(p: usize, mean: f32, std: f32): void {
  const m = f(mean);
  const s = f(std);
  for (let j: usize = 0; j < 32; j += 8) pairs(p + j, m, s);
}
