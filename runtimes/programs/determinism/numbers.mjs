/** Arguments for functions: the same numbers everywhere, found with whole numbers and multiplication alone. */

/** What rounds, overflows or has a sign of its own. */
const edges = [
  0,
  -0,
  1,
  -1,
  0.5,
  -0.5,
  2,
  -2,
  3,
  20,
  170.5,
  -170.5,
  1e-8,
  1e-45,
  -1e-45,
  5e-324,
  -5e-324,
  1e-310,
  3e-39,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  1e22,
  1e300,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  Number.NaN,
];

/** A stream of numbers in [−1, 1). */
function* uniform(seed) {
  let state = seed;
  for (;;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield (state | 0) / 2147483648;
  }
}

/** The edges, then by turns numbers in [−1, 1), in [−20, 20), and of every size from 2⁻⁴⁰ to 2⁴⁰. */
export function numbers(count, seed) {
  const draws = uniform(seed);
  const next = () => draws.next().value;
  const values = [...edges];
  while (values.length < count) {
    const u = next();
    if (values.length % 3 === 0) values.push(u);
    else if (values.length % 3 === 1) values.push(20 * u);
    else {
      const doublings = Math.floor(40 * next());
      let x = u;
      for (let i = 0; i < Math.abs(doublings); i++) x *= doublings < 0 ? 0.5 : 2;
      values.push(x);
    }
  }
  return values;
}

/** Whole numbers in [0, below), as many. */
export function wholes(count, below, seed) {
  const draws = uniform(seed);
  return Array.from({ length: count }, () => Math.floor(((draws.next().value + 1) / 2) * below));
}
