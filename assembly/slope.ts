/**
 * out = g·f′: the gradients of activations, from the gradient g of the result and either the result y or the argument x.
 *
 *   <dtype>_binary_<name>(rank, dims, n, o, so, g, sg, x, sx)
 *
 *   relugrad g where y > 0, else 0    sigmoidgrad g·y·(1 − y)    tanhgrad g·(1 − y²)
 *   silugrad g·s·(1 + x·(1 − s)), s = sigmoid x    gelugrad g·(Φ + x·φ)
 *   gelutanhgrad g·(s + x·s·(1 − s)·2u′), s = sigmoid 2u, u = √(2/π)·(x + 0.044715·x³)
 *
 * Element-aligned; out may be g or x itself but may not overlap them otherwise. Rounded after every operation; what the
 * functions inside err by, math/*.ts says. Error: of the first three a rounding for each sign, of the others 4 ulp of 1
 * where g is 1.
 */
import { erf } from "./math/erf";
import { exp } from "./math/exp";
import { nest3 } from "./nest";
import { Vectors } from "./rows";

/** The form for elements of an operation that has one for vectors. */
// @ts-ignore: decorator
@inline
function first<T>(y: v128): T { return v128.extract_lane<T>(y, 0); }

class ReluGrad<T> {
  @inline v(g: v128, y: v128): v128 { return v128.and(g, v128.gt<T>(y, v128.splat<T>(0))); }
  @inline s(g: T, y: T): T { return y > <T>0 ? g : <T>0; }
}
class SigmoidGrad<T> {
  @inline v(g: v128, y: v128): v128 {
    return v128.mul<T>(g, v128.mul<T>(y, v128.sub<T>(v128.splat<T>(1), y)));
  }
  @inline s(g: T, y: T): T { return g * (y * (<T>1 - y)); }
}
class TanhGrad<T> {
  @inline v(g: v128, y: v128): v128 {
    return v128.mul<T>(g, v128.sub<T>(v128.splat<T>(1), v128.mul<T>(y, y)));
  }
  @inline s(g: T, y: T): T { return g * (<T>1 - y * y); }
}
// s = sigmoid w and 1 − s, each to its own last bits: with e = e^−|w| they are 1/(1 + e) and e/(1 + e).

class SiluGrad<T> {
  @inline v(g: v128, x: v128): v128 {
    const one = v128.splat<T>(1), e = exp<T>(v128.neg<T>(v128.abs<T>(x)));
    const below = v128.lt<T>(x, v128.splat<T>(0)), inverse = v128.div<T>(one, v128.add<T>(one, e));
    const s = v128.mul<T>(v128.bitselect(e, one, below), inverse);
    const rest = v128.mul<T>(v128.bitselect(one, e, below), inverse);
    return v128.mul<T>(g, v128.mul<T>(s, v128.add<T>(v128.mul<T>(x, rest), one)));
  }
  @inline s(g: T, x: T): T { return first<T>(this.v(v128.splat<T>(g), v128.splat<T>(x))); }
}
class GeluGrad<T> {
  @inline v(g: v128, x: v128): v128 {
    const half = v128.splat<T>(<T>0.5), one = v128.splat<T>(1);
    const phi = v128.mul<T>(
      exp<T>(v128.mul<T>(v128.mul<T>(x, x), v128.splat<T>(<T>-0.5))), v128.splat<T>(<T>0.3989422804014327),
    );
    const Phi = v128.mul<T>(v128.add<T>(erf<T>(v128.mul<T>(x, v128.splat<T>(<T>0.7071067811865476))), one), half);
    return v128.mul<T>(g, v128.add<T>(Phi, v128.mul<T>(x, phi)));
  }
  @inline s(g: T, x: T): T { return first<T>(this.v(v128.splat<T>(g), v128.splat<T>(x))); }
}
class GeluTanhGrad<T> {
  @inline v(g: v128, x: v128): v128 {
    const one = v128.splat<T>(1), beta = v128.splat<T>(<T>1.5957691216057308);
    // Beyond 30 nothing changes any more, but x³ might overflow. In this order nan stays.
    const z = v128.pmax<T>(v128.pmin<T>(x, v128.splat<T>(30)), v128.splat<T>(-30));
    const cubic = v128.mul<T>(v128.mul<T>(z, z), v128.splat<T>(<T>0.044715));
    const w = v128.mul<T>(v128.mul<T>(z, beta), v128.add<T>(cubic, one));
    const e = exp<T>(v128.neg<T>(v128.abs<T>(w))), inverse = v128.div<T>(one, v128.add<T>(one, e));
    const s = v128.mul<T>(v128.bitselect(e, one, v128.lt<T>(w, v128.splat<T>(0))), inverse);
    const bell = v128.mul<T>(v128.mul<T>(e, inverse), inverse);
    const inner = v128.mul<T>(beta, v128.add<T>(v128.mul<T>(cubic, v128.splat<T>(3)), one));
    return v128.mul<T>(g, v128.add<T>(s, v128.mul<T>(v128.mul<T>(z, inner), bell)));
  }
  @inline s(g: T, x: T): T { return first<T>(this.v(v128.splat<T>(g), v128.splat<T>(x))); }
}

// ── exports ──────────────────────────────────────────────────────────────────────────────────────

export function f32_binary_relugrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f32, ReluGrad<f32>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f32_binary_sigmoidgrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f32, SigmoidGrad<f32>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f32_binary_tanhgrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f32, TanhGrad<f32>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f32_binary_silugrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f32, SiluGrad<f32>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f32_binary_gelugrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f32, GeluGrad<f32>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f32_binary_gelutanhgrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f32, GeluTanhGrad<f32>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f64_binary_relugrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f64, ReluGrad<f64>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f64_binary_sigmoidgrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f64, SigmoidGrad<f64>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f64_binary_tanhgrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f64, TanhGrad<f64>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f64_binary_silugrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f64, SiluGrad<f64>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f64_binary_gelugrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f64, GeluGrad<f64>>>(rank, dims, n, o, so, g, sg, x, sx); }
export function f64_binary_gelutanhgrad(
  rank: i32, dims: usize, n: i32, o: usize, so: usize, g: usize, sg: usize, x: usize, sx: usize,
): void { nest3<Vectors<f64, GeluTanhGrad<f64>>>(rank, dims, n, o, so, g, sg, x, sx); }
