/**
 * @file Operands of a matrix product copied into the order in which the micro-kernels read them.
 *
 *     panels: n elements along one dim (byte stride `s`), k along the other (byte stride `sk`), become panels
 *     of `width` elements; a panel holds for each k its elements side by side, those beyond n zero.
 *
 * `width` is a whole number of vectors; out has ⌈n / width⌉·k·width elements. Elements are moved as bits,
 * so U is u32 or u64 whatever they mean. out must not overlap the source.
 */

/** Panels of 4 elements, each of them twice. */
export function doubled(src: usize, s: usize, sk: usize, n: i32, k: i32, out: usize): void {
  for (let i = 0; i < n; i += 4) {
    const rows = n - i;
    let p = src + <usize>i * s;
    for (let q = 0; q < k; q++) {
      v128.store(out, v128.load64_splat(p));
      v128.store(out, rows > 1 ? v128.load64_splat(p + s) : i64x2.splat(0), 16);
      v128.store(out, rows > 2 ? v128.load64_splat(p + 2 * s) : i64x2.splat(0), 32);
      v128.store(out, rows > 3 ? v128.load64_splat(p + 3 * s) : i64x2.splat(0), 48);
      p += sk; out += 64;
    }
  }
}

export function panels<U>(src: usize, s: usize, sk: usize, n: i32, k: i32, width: i32, out: usize): void {
  const lanes = 16 / <i32>sizeof<U>();
  const step = <usize>width * sizeof<U>();
  for (let i = 0; i < n; i += width) {
    if (width == 2 * lanes && i + width <= n && s == sizeof<U>()) {
      out = pairs(src + <usize>i * s, sk, k, out);
      continue;
    }
    for (let j = 0; j < width; j += lanes) {
      const first = src + <usize>(i + j) * s, to = out + <usize>j * sizeof<U>();
      if (i + j + lanes > n) ragged<U>(first, s, sk, n - i - j, k, to, step);
      else if (s == sizeof<U>()) side<U>(first, sk, k, to, step);
      else if (sk == sizeof<U>()) across<U>(first, s, k, to, step);
      else ragged<U>(first, s, sk, lanes, k, to, step);
    }
    out += <usize>k * step;
  }
}

/** Two vectors for each k; their elements lie side by side. Returns where they end. */
function pairs(src: usize, sk: usize, k: i32, out: usize): usize {
  for (const end = out + 32 * <usize>k; out != end; out += 32) {
    const left = v128.load(src), right = v128.load(src, 16);
    v128.store(out, left); v128.store(out, right, 16);
    src += sk;
  }
  return out;
}

/** One vector for each k; its elements lie side by side. */
function side<U>(src: usize, sk: usize, k: i32, out: usize, step: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(out, v128.load(src));
    src += sk; out += step;
  }
}

/** One vector for each k, whose elements each go on along k: squares as large as a vector are transposed. */
function across<U>(src: usize, s: usize, k: i32, out: usize, step: usize): void {
  const lanes = 16 / <i32>sizeof<U>();
  let p = 0;
  for (; p + lanes <= k; p += lanes) {
    if (lanes == 4) {
      const r0 = v128.load(src), r1 = v128.load(src + s);
      const r2 = v128.load(src + 2 * s), r3 = v128.load(src + 3 * s);
      const q0 = v128.shuffle<u32>(r0, r1, 0, 4, 1, 5), q1 = v128.shuffle<u32>(r0, r1, 2, 6, 3, 7);
      const q2 = v128.shuffle<u32>(r2, r3, 0, 4, 1, 5), q3 = v128.shuffle<u32>(r2, r3, 2, 6, 3, 7);
      v128.store(out, v128.shuffle<u64>(q0, q2, 0, 2));
      v128.store(out + step, v128.shuffle<u64>(q0, q2, 1, 3));
      v128.store(out + 2 * step, v128.shuffle<u64>(q1, q3, 0, 2));
      v128.store(out + 3 * step, v128.shuffle<u64>(q1, q3, 1, 3));
    } else {
      const r0 = v128.load(src), r1 = v128.load(src + s);
      v128.store(out, v128.shuffle<u64>(r0, r1, 0, 2));
      v128.store(out + step, v128.shuffle<u64>(r0, r1, 1, 3));
    }
    src += 16; out += <usize>lanes * step;
  }
  ragged<U>(src, s, sizeof<U>(), lanes, k - p, out, step);
}

/** One vector for each k, of which only the first `n` elements exist. */
function ragged<U>(src: usize, s: usize, sk: usize, n: i32, k: i32, out: usize, step: usize): void {
  for (let p = 0; p < k; p++) {
    v128.store(out, i32x4.splat(0));
    for (let i = 0; i < n; i++) store<U>(out + <usize>i * sizeof<U>(), load<U>(src + <usize>i * s));
    src += sk; out += step;
  }
}
