/**
 * Double-double arithmetic: a number as the unevaluated sum hi + lo, |lo| ≤ ulp(hi)/2, about 106 bits.
 *
 * The functions of this folder are computed so, and rounded once at the end: the shortest way to results
 * within a hair of ½ ulp. Algorithms: Dekker 1971; Knuth, TAOCP 4.2.2; Joldes, Muller & Popescu 2017 (error
 * bounds near 2⁻¹⁰⁴). Products need |x| < 2⁹⁹⁶, and hi·hi above 2⁻⁹⁶⁰ if the low part is to mean anything.
 */
export interface Double {
  readonly hi: number;
  readonly lo: number;
}

/** hi + lo as given: the caller knows that lo is the small part. */
export function double(hi: number, lo = 0): Double {
  return { hi, lo };
}

/** The nearest float64. */
export function value(x: Double): number {
  return x.hi + x.lo;
}

/** a + b without error. */
export function twoSum(a: number, b: number): Double {
  const hi = a + b;
  const v = hi - a;
  return { hi, lo: a - (hi - v) + (b - v) };
}

/** a + b without error, for |a| ≥ |b|. */
function quickSum(a: number, b: number): Double {
  const hi = a + b;
  return { hi, lo: b - (hi - a) };
}

/** a·b without error: halves of 26 bits multiply exactly. */
export function twoProduct(a: number, b: number): Double {
  const hi = a * b;
  const A = a * 134217729; // 2²⁷ + 1
  const B = b * 134217729;
  const ah = A - (A - a);
  const bh = B - (B - b);
  const al = a - ah;
  const bl = b - bh;
  return { hi, lo: ah * bh - hi + ah * bl + al * bh + al * bl };
}

/** x + y. */
export function add(x: Double, y: Double): Double {
  const s = twoSum(x.hi, y.hi);
  const t = twoSum(x.lo, y.lo);
  const v = quickSum(s.hi, s.lo + t.hi);
  return quickSum(v.hi, t.lo + v.lo);
}

/** x + b. */
export function addNumber(x: Double, b: number): Double {
  const s = twoSum(x.hi, b);
  return quickSum(s.hi, s.lo + x.lo);
}

/** −x. */
export function negate(x: Double): Double {
  return { hi: -x.hi, lo: -x.lo };
}

/** x − y. */
export function sub(x: Double, y: Double): Double {
  return add(x, negate(y));
}

/** x·y. */
export function mul(x: Double, y: Double): Double {
  const p = twoProduct(x.hi, y.hi);
  return quickSum(p.hi, p.lo + (x.hi * y.lo + x.lo * y.hi));
}

/** x·b for b a power of two, without error. */
export function scale(x: Double, b: number): Double {
  return { hi: x.hi * b, lo: x.lo * b };
}

/** x/y: a float64 quotient and one correction by the remainder. */
export function div(x: Double, y: Double): Double {
  const q = x.hi / y.hi;
  const rest = sub(x, mul(y, double(q)));
  return quickSum(q, value(rest) / y.hi);
}

/** √x for x ≥ 0: a float64 root and one Newton step. */
export function sqrt(x: Double): Double {
  const s = Math.sqrt(x.hi);
  if (s === 0) return double(s);
  return quickSum(s, value(sub(x, twoProduct(s, s))) / (2 * s));
}

/** Σ coefficients[k]·xᵏ: the small terms from `exact` on in float64, the leading ones in full. */
export function polynomial(coefficients: readonly Double[], x: Double, exact: number): Double {
  let tail = 0;
  for (let k = coefficients.length - 1; k >= exact; k--) tail = tail * x.hi + coefficients[k]!.hi;
  let sum = double(tail);
  for (let k = exact - 1; k >= 0; k--) sum = add(mul(sum, x), coefficients[k]!);
  return sum;
}

/**
 * The coefficients of a power series from the ratio of each to the one before: c₀ = 1, cₖ = cₖ₋₁·p(k)/q(k).
 */
export function series(count: number, ratio: (k: number) => readonly [number, number]): readonly Double[] {
  const c = [double(1)];
  for (let k = 1; k < count; k++) {
    const [p, q] = ratio(k);
    c.push(div(mul(c[k - 1]!, double(p)), double(q)));
  }
  return c;
}
