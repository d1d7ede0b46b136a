/**
 * e^x of each lane for x ≤ 0, as softmax needs it: faster than math/exp.ts because nothing can overflow.
 *
 *   eˣ = 2ⁿ·(1 + r + r²·q(r)), n = round(x/ln 2), r = x − n·ln 2, with q of math/exp.ts, here by Estrin's scheme
 *
 * float32: results below 2⁻¹²⁶ are 0, NaN stays; error 1.01 ulp. float64 is math/exp.ts itself.
 */
import { exp } from "./math/exp";
import { at } from "./math/lanes";

// 1/ln 2, the magic number that rounds to integers, ln 2 high and low, 1, ln 2⁻¹²⁶; q, highest power first
const E: usize = memory.data<f32>([
  1.44269504088896341, 12582912.0, 0.693359375, -2.12194440e-4, 1.0, -87.33654,
  1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 5.0000001201e-1,
]);

// @ts-ignore: decorator
@inline
function decay32(x: v128): v128 {
  const magic = at<f32>(E, 1), one = at<f32>(E, 4);
  const t = f32x4.add(f32x4.mul(x, at<f32>(E, 0)), magic);
  const n = f32x4.sub(t, magic);
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, at<f32>(E, 2))), f32x4.mul(n, at<f32>(E, 3)));
  const r2 = f32x4.mul(r, r);
  const a = f32x4.add(f32x4.mul(at<f32>(E, 6), r), at<f32>(E, 7));
  const b = f32x4.add(f32x4.mul(at<f32>(E, 8), r), at<f32>(E, 9));
  const c = f32x4.add(f32x4.mul(at<f32>(E, 10), r), at<f32>(E, 11));
  const q = f32x4.add(f32x4.mul(a, f32x4.mul(r2, r2)), f32x4.add(f32x4.mul(b, r2), c));
  const y = f32x4.add(f32x4.add(f32x4.mul(r2, q), r), one);
  // The low bits of t are n; the magic number has none there.
  const scaled = f32x4.mul(y, i32x4.add(i32x4.shl(t, 23), one));
  return v128.andnot(scaled, f32x4.lt(x, at<f32>(E, 5)));
}

// @ts-ignore: decorator
@inline
export function decay<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return decay32(x);
  return exp<T>(x);
}
