/**
 * e^x of each lane for x ≤ 0, as softmax needs it: faster than math/exp.ts because nothing can overflow.
 *
 *   eˣ = 2ⁿ·(1 + r + r²·q(r)), n = round(x/ln 2), r = x − n·ln 2
 *
 * float32: results below 2^−126.5 are 0 (n = −127 has no power of two), NaN stays; error 1 ulp. q: minimax by the Remez
 * exchange on |r| ≤ ln 2 / 2, relative to eʳ, 2⁻²⁸. float64 is math/exp.ts itself.
 */
import { exp } from "./math/exp";
import { at } from "./math/lanes";

// 1/ln 2, the magic number that rounds to integers, ln 2 high and low, 1, less than ln 2^−126.5; q, highest power first
const E: usize = memory.data<f32>([
  1.44269504088896341, 12582912.0, 0.693359375, -2.12194440e-4, 1.0, -88.0,
  0.001381459878757596, 0.008368716575205326, 0.04166838899254799, 0.1666652113199234, 0.4999999403953552,
]);

// @ts-ignore: decorator
@inline
function decay32(x: v128): v128 {
  const magic = at<f32>(E, 1), one = at<f32>(E, 4);
  x = f32x4.pmax(x, at<f32>(E, 5)); // in this order nan stays
  const t = f32x4.add(f32x4.mul(x, at<f32>(E, 0)), magic);
  const n = f32x4.sub(t, magic);
  const r = f32x4.sub(f32x4.sub(x, f32x4.mul(n, at<f32>(E, 2))), f32x4.mul(n, at<f32>(E, 3)));
  const r2 = f32x4.mul(r, r);
  const high = f32x4.add(f32x4.mul(at<f32>(E, 7), r), at<f32>(E, 8));
  const low = f32x4.add(f32x4.mul(at<f32>(E, 9), r), at<f32>(E, 10));
  const q = f32x4.add(f32x4.mul(f32x4.add(f32x4.mul(at<f32>(E, 6), r2), high), r2), low);
  const y = f32x4.add(f32x4.add(f32x4.mul(r2, q), r), one);
  // The low bits of t are n; the magic number has none there.
  return f32x4.mul(y, i32x4.add(i32x4.shl(t, 23), one));
}

// @ts-ignore: decorator
@inline
export function decay<T>(x: v128): v128 {
  if (sizeof<T>() == 4) return decay32(x);
  return exp<T>(x);
}
