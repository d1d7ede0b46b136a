/**
 * @file The innermost loops of a matrix product: 4 rows by one or two vectors of C, kept in registers over
 * all of k.
 *
 *     C[i][j] (+)= Σ_p A[i][p]·B[p][j]    i < 4, j < 2 vectors (8 float32, 4 float64)
 *
 *     tile                     A and B packed as pack.ts packs them
 *     looseTile, looseStrip    A with any strides `ar` (row), `ak` (k), B in rows `bs` ≠ 0 apart;
 *                              strip: j < 1 vector
 *
 * Strides are in bytes. B is read in whole vectors; C has rows `cs` apart, of which the first `rows` (1 to
 * 4) are stored; the loose ones then read row 0 in place of those missing. With `add` the sums are added to
 * what is in C. Every element is ((0 + a₀b₀) + a₁b₁) + …, each product and each sum rounded. k ≥ 1; C
 * writable in whole vectors.
 *
 * The registers just suffice, and instructions are what limits the speed; hence the form of these loops. V8
 * hoists all loads of a basic block to its top and spills when more than sixteen vectors are alive, so
 * every k-step is a block of its own, ended by an exit test. Constant offsets cost nothing in plain loads,
 * but in a load that repeats an element V8 keeps a base register for each, so there may be few.
 */

// @ts-ignore: decorator
@inline
function multiplyAdd<T>(c: v128, x: v128, b: v128): v128 { return v128.add<T>(c, v128.mul<T>(x, b)); }

// @ts-ignore: decorator
@inline
function put<T>(c: usize, value: v128, add: bool): void {
  v128.store(c, add ? v128.add<T>(v128.load(c), value) : value);
}
// @ts-ignore: decorator
@inline
function put2<T>(c: usize, left: v128, right: v128, add: bool): void {
  put<T>(c, left, add); put<T>(c + 16, right, add);
}

// A packed: of 4-byte elements the 4 of each k lie side by side; of 8-byte ones each is there twice, because
// a load that repeats one costs an arithmetic unit.
// @ts-ignore: decorator
@inline
function aStep<T>(): usize { return sizeof<T>() == 4 ? 16 : 64; }
// @ts-ignore: decorator
@inline
function first<T>(a: usize): v128 { return sizeof<T>() == 4 ? v128.load32_splat(a) : v128.load(a); }
// @ts-ignore: decorator
@inline
function second<T>(a: usize): v128 { return sizeof<T>() == 4 ? v128.load32_splat(a, 4) : v128.load(a, 16); }
// @ts-ignore: decorator
@inline
function third<T>(a: usize): v128 { return sizeof<T>() == 4 ? v128.load32_splat(a, 8) : v128.load(a, 32); }
// @ts-ignore: decorator
@inline
function fourth<T>(a: usize): v128 { return sizeof<T>() == 4 ? v128.load32_splat(a, 12) : v128.load(a, 48); }

export function tile<T>(k: i32, a: usize, b: usize, c: usize, cs: usize, rows: i32, add: bool): void {
  let c00 = i32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  while (true) {
    {
      const u = v128.load(b), v = v128.load(b, 16);
      const x0 = first<T>(a), x1 = second<T>(a), x2 = third<T>(a), x3 = fourth<T>(a);
      c00 = multiplyAdd<T>(c00, x0, u); c01 = multiplyAdd<T>(c01, x0, v);
      c10 = multiplyAdd<T>(c10, x1, u); c11 = multiplyAdd<T>(c11, x1, v);
      c20 = multiplyAdd<T>(c20, x2, u); c21 = multiplyAdd<T>(c21, x2, v);
      c30 = multiplyAdd<T>(c30, x3, u); c31 = multiplyAdd<T>(c31, x3, v);
      if (--k == 0) break;
      a += aStep<T>();
    }
    {
      const u = v128.load(b, 32), v = v128.load(b, 48);
      const x0 = first<T>(a), x1 = second<T>(a), x2 = third<T>(a), x3 = fourth<T>(a);
      c00 = multiplyAdd<T>(c00, x0, u); c01 = multiplyAdd<T>(c01, x0, v);
      c10 = multiplyAdd<T>(c10, x1, u); c11 = multiplyAdd<T>(c11, x1, v);
      c20 = multiplyAdd<T>(c20, x2, u); c21 = multiplyAdd<T>(c21, x2, v);
      c30 = multiplyAdd<T>(c30, x3, u); c31 = multiplyAdd<T>(c31, x3, v);
      if (--k == 0) break;
      a += aStep<T>();
    }
    {
      const u = v128.load(b, 64), v = v128.load(b, 80);
      const x0 = first<T>(a), x1 = second<T>(a), x2 = third<T>(a), x3 = fourth<T>(a);
      c00 = multiplyAdd<T>(c00, x0, u); c01 = multiplyAdd<T>(c01, x0, v);
      c10 = multiplyAdd<T>(c10, x1, u); c11 = multiplyAdd<T>(c11, x1, v);
      c20 = multiplyAdd<T>(c20, x2, u); c21 = multiplyAdd<T>(c21, x2, v);
      c30 = multiplyAdd<T>(c30, x3, u); c31 = multiplyAdd<T>(c31, x3, v);
      if (--k == 0) break;
      a += aStep<T>();
    }
    {
      const u = v128.load(b, 96), v = v128.load(b, 112);
      const x0 = first<T>(a), x1 = second<T>(a), x2 = third<T>(a), x3 = fourth<T>(a);
      c00 = multiplyAdd<T>(c00, x0, u); c01 = multiplyAdd<T>(c01, x0, v);
      c10 = multiplyAdd<T>(c10, x1, u); c11 = multiplyAdd<T>(c11, x1, v);
      c20 = multiplyAdd<T>(c20, x2, u); c21 = multiplyAdd<T>(c21, x2, v);
      c30 = multiplyAdd<T>(c30, x3, u); c31 = multiplyAdd<T>(c31, x3, v);
      if (--k == 0) break;
      a += aStep<T>();
    }
    b += 128;
  }
  put2<T>(c, c00, c01, add);
  if (rows > 1) put2<T>(c + cs, c10, c11, add);
  if (rows > 2) put2<T>(c + 2 * cs, c20, c21, add);
  if (rows > 3) put2<T>(c + 3 * cs, c30, c31, add);
}

export function looseTile<T>(
  k: i32, a: usize, ar: usize, ak: usize, b: usize, bs: usize, c: usize, cs: usize, rows: i32, add: bool,
): void {
  let a0 = a, a1 = rows > 1 ? a + ar : a, a2 = rows > 2 ? a + 2 * ar : a, a3 = rows > 3 ? a + 3 * ar : a;
  let c00 = i32x4.splat(0), c01 = c00, c10 = c00, c11 = c00, c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const last = b + <usize>(k - 1) * bs;
  while (true) {
    {
      const u = v128.load(b), v = v128.load(b, 16);
      const x0 = v128.load_splat<T>(a0), x1 = v128.load_splat<T>(a1);
      const x2 = v128.load_splat<T>(a2), x3 = v128.load_splat<T>(a3);
      c00 = multiplyAdd<T>(c00, x0, u); c01 = multiplyAdd<T>(c01, x0, v);
      c10 = multiplyAdd<T>(c10, x1, u); c11 = multiplyAdd<T>(c11, x1, v);
      c20 = multiplyAdd<T>(c20, x2, u); c21 = multiplyAdd<T>(c21, x2, v);
      c30 = multiplyAdd<T>(c30, x3, u); c31 = multiplyAdd<T>(c31, x3, v);
      if (b == last) break;
      b += bs; a0 += ak; a1 += ak; a2 += ak; a3 += ak;
    }
    {
      const u = v128.load(b), v = v128.load(b, 16);
      const x0 = v128.load_splat<T>(a0), x1 = v128.load_splat<T>(a1);
      const x2 = v128.load_splat<T>(a2), x3 = v128.load_splat<T>(a3);
      c00 = multiplyAdd<T>(c00, x0, u); c01 = multiplyAdd<T>(c01, x0, v);
      c10 = multiplyAdd<T>(c10, x1, u); c11 = multiplyAdd<T>(c11, x1, v);
      c20 = multiplyAdd<T>(c20, x2, u); c21 = multiplyAdd<T>(c21, x2, v);
      c30 = multiplyAdd<T>(c30, x3, u); c31 = multiplyAdd<T>(c31, x3, v);
      if (b == last) break;
      b += bs; a0 += ak; a1 += ak; a2 += ak; a3 += ak;
    }
  }
  put2<T>(c, c00, c01, add);
  if (rows > 1) put2<T>(c + cs, c10, c11, add);
  if (rows > 2) put2<T>(c + 2 * cs, c20, c21, add);
  if (rows > 3) put2<T>(c + 3 * cs, c30, c31, add);
}

export function looseStrip<T>(
  k: i32, a: usize, ar: usize, ak: usize, b: usize, bs: usize, c: usize, cs: usize, rows: i32, add: bool,
): void {
  let a0 = a, a1 = rows > 1 ? a + ar : a, a2 = rows > 2 ? a + 2 * ar : a, a3 = rows > 3 ? a + 3 * ar : a;
  let c0 = i32x4.splat(0), c1 = c0, c2 = c0, c3 = c0;
  const last = b + <usize>(k - 1) * bs;
  while (true) {
    const u = v128.load(b);
    c0 = multiplyAdd<T>(c0, v128.load_splat<T>(a0), u);
    c1 = multiplyAdd<T>(c1, v128.load_splat<T>(a1), u);
    c2 = multiplyAdd<T>(c2, v128.load_splat<T>(a2), u);
    c3 = multiplyAdd<T>(c3, v128.load_splat<T>(a3), u);
    if (b == last) break;
    b += bs; a0 += ak; a1 += ak; a2 += ak; a3 += ak;
  }
  put<T>(c, c0, add);
  if (rows > 1) put<T>(c + cs, c1, add);
  if (rows > 2) put<T>(c + 2 * cs, c2, add);
  if (rows > 3) put<T>(c + 3 * cs, c3, add);
}
